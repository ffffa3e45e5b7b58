import { rfc } from '../../spec.ts'
import { assertionCauses, assertionFixes, assertionOddities } from './assertion-refused.ts'
import { usesAssertion } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import { methods } from './methods.ts'

/** The refusal with the most causes: the client, its secret, its method, or the encoding of both. @see RFC 6749 section 5.2 */
export function invalidClient(config: TokenRequestConfig): Omit<Explanation, 'title' | 'certainty'> {
  const method = methods[config.token_endpoint_auth_method]
  const signed = usesAssertion(config)
  const oddities = signed ? assertionOddities(config) : []
  return {
    meaning: 'The server does not know this client, or did not accept its proof.',
    causes: [
      ...oddities.map(({ cause }) => cause),
      ...method.causes(config),
      ...(signed ? assertionCauses : []),
    ],
    fixes: [
      ...oddities.flatMap(({ fix }) => fix ?? []),
      ...method.fixes(config),
      ...(signed ? assertionFixes(config) : []),
    ],
    spec: [rfc(6749, '5.2'), signed ? rfc(7523, '3') : rfc(6749, '2.3.1')],
  }
}
