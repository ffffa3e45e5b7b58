import { fail, pass } from '../../check.ts'
import type { Verdict } from './verdict.ts'
import { quote, show } from './wording.ts'

/** Characters of a `jti`, which is kept as long as the JWT is good. @see RFC 9449 section 11.1 */
const maxLength = 256

/** Whether a JWT has an identifier that can be remembered. */
export function checkId(jti: unknown): Verdict {
  if (jti === undefined) return fail('There is no jti, by which a replay would be noticed')
  if (typeof jti !== 'string' || jti === '') return fail(`jti is ${show(jti)}, expected a text`)
  if (jti.length <= maxLength) return pass(`jti ${quote(jti)}`)
  return fail(`jti has ${jti.length} characters; ${maxLength} is the most`)
}
