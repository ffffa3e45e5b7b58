import { encodeBase64url } from '../encoding/base64.ts'
import { decodeBase64url } from '../encoding/base64url.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import { withPayload } from '../jwt/extract/token-text.ts'

type Members = Readonly<Record<string, unknown>>

/** The members of one part; none if it is no JSON object. */
function membersOf(part: string): Members {
  const { bytes } = decodeBase64url(part)
  const parsed = parsePlain(bytes ? decodeUtf8(bytes).text : '')
  return parsed.ok && isObject(parsed.value) ? parsed.value : {}
}

/** Whether it has the three parts of a signed JWT. @see RFC 7515 section 7.1 */
export const hasParts = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)

/** The claims of a JWT, without a promise that no digit is lost. */
export const claimsIn = (jwt: string): Members => membersOf(jwt.split('.')[1] ?? '')

/** The same JWT as if nobody had signed it. @see RFC 7519 section 6 */
export function unsigned(jwt: string): string {
  const [header = '', payload = ''] = jwt.split('.')
  const members = JSON.stringify({ ...membersOf(header), alg: 'none' })
  return `${encodeBase64url(new TextEncoder().encode(members))}.${payload}.`
}

/** The same JWT with more scope, under the signature of before. */
export function withMoreScope(jwt: string): string {
  const claims = claimsIn(jwt)
  const { scope } = claims
  const more = Array.isArray(scope)
    ? [...(scope as unknown[]), 'admin']
    : `${typeof scope === 'string' ? `${scope} ` : ''}admin`
  return withPayload(jwt, JSON.stringify({ ...claims, scope: more }))
}
