import type { FindKey } from '../../keys/key.ts'
import { missingKey, ownObject } from './check-assertion.ts'
import { dpopKey, type TokenRequestConfig } from '../config/config.ts'
import type { Problem } from './problem.ts'

/** Checks what a DPoP proof is made of, where one is sent. @see RFC 9449 section 4.2 */
export function checkDpop(config: TokenRequestConfig, findKey: FindKey): Problem[] {
  if (!config.dpop.on) return []
  const thumbprint = dpopKey(config)
  const key = findKey(thumbprint) ? null : missingKey('dpop_key', thumbprint)
  return [key, ownObject('dpop_payload', config.dpop.payload)].filter((problem) => problem !== null)
}
