import { scopeValues } from '../decode/claim-values.ts'
import type { Outcome, Requirements } from './presented.ts'

type Refused = Extract<Outcome, { result: 'fail' }>

/** The algorithms this API accepts for proofs. @see RFC 9449 section 7.1 */
const proofAlgs = 'ES256 ES384 ES512 PS256 RS256 Ed25519'

/**
 * The value of `WWW-Authenticate` for a refusal. The realm is the audience, if a field can carry that.
 * @see RFC 6750 section 3, RFC 9449 section 7.1
 */
export function challenge({ refusal, description }: Refused, requirements: Requirements): string {
  const { scheme, audience, scope } = requirements
  const isError = refusal !== 'none'
  const parameters: readonly (readonly [name: string, value: string, isThere: boolean])[] = [
    ['realm', quotable(audience) || 'api', true],
    ['error', refusal, isError],
    ['error_description', description, isError],
    // "the scope necessary to access the protected resource"
    ['scope', scopeValues(scope).map(quotable).join(' '), refusal === 'insufficient_scope'],
    ['algs', proofAlgs, scheme === 'DPoP'],
  ]
  const listed = parameters.filter(([, , isThere]) => isThere).map(([name, value]) => `${name}="${value}"`)
  return `${scheme} ${listed.join(', ')}`
}

/** The characters that may be between quotation marks without a backslash: "%x20-21 / %x23-5B / %x5D-7E". */
function quotable(text: string): string {
  return text.slice(0, 200).replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')
}
