import type { FindKey } from '../../keys/key.ts'
import { checkAssertion, missingKey, ownObject } from './check-assertion.ts'
import { checkHeaders } from './check-headers.ts'
import { checkParameters } from './check-parameters.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { dpopKey } from '../config/derived-values.ts'
import type { Problem } from './problem.ts'

/** Checks what not every request has: what is signed, with the keys there are, and what is asked for besides the scope. */
export function checkMore(config: TokenRequestConfig, findKey: FindKey): Problem[] {
  return [
    ...checkAssertion(config, findKey),
    ...checkDpop(config, findKey),
    ...checkParameters(config),
    ...checkHeaders(config),
  ]
}

/** Checks what a DPoP proof is made of, if one is sent. @see RFC 9449 section 4.2 */
export function checkDpop(config: TokenRequestConfig, findKey: FindKey): Problem[] {
  if (!config.dpop.on) return []
  const thumbprint = dpopKey(config)
  const key = findKey(thumbprint) ? null : missingKey('dpop_key', thumbprint)
  return [key, ownObject('dpop_payload', config.dpop.payload)].filter((problem) => problem !== null)
}
