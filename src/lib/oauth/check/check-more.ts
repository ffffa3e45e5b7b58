import type { FindKey } from '../../keys/key.ts'
import { checkAssertion } from './check-assertion.ts'
import { checkDpop } from './check-dpop.ts'
import { checkHeaders } from './check-headers.ts'
import { checkParameters } from './check-parameters.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Problem } from './problem.ts'

/** Checks what not every request has: what is signed, with the keys there are, and what is asked for beside the scope. */
export function checkMore(config: TokenRequestConfig, findKey: FindKey): Problem[] {
  return [
    ...checkAssertion(config, findKey),
    ...checkDpop(config, findKey),
    ...checkParameters(config),
    ...checkHeaders(config),
  ]
}
