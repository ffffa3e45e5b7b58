import { encodeBase64url } from '../encoding/base64.ts'
import { decodeBase64url } from '../encoding/base64url.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import type { Key } from '../keys/key.ts'
import { webCryptoAlgs } from '../keys/web-crypto.ts'
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

const part = (members: Members): string => encodeBase64url(new TextEncoder().encode(JSON.stringify(members)))

/** The same claims with that in the header, signed by HMAC with SHA-256. @see RFC 7518 section 3.2 */
export function signedBySecret(jwt: string, secret: string, header: Members): Promise<string> {
  const bytes = new TextEncoder().encode(secret)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const to = { ...membersOf(jwt.split('.')[0] ?? ''), ...header, alg: 'HS256' }
  return signedWith(jwt, to, (input) =>
    crypto.subtle
      .importKey('raw', bytes, hmac, false, ['sign'])
      .then((key) => crypto.subtle.sign(hmac, key, input)),
  )
}

/** The same claims with the private key in `jwk` of the header, signed by it. Rejects if that cannot be read. @see RFC 9449 section 4.3 */
export async function withPrivateKey(jwt: string, { privateKey, alg }: Key): Promise<string> {
  const jwk = await crypto.subtle.exportKey('jwk', privateKey)
  const header = membersOf(jwt.split('.')[0] ?? '')
  const own = isObject(header['jwk']) ? header['jwk'] : {}
  return signedWith(jwt, { ...header, jwk: { ...own, d: jwk.d } }, (input) =>
    crypto.subtle.sign(webCryptoAlgs[alg].signature, privateKey, input),
  )
}

async function signedWith(
  jwt: string,
  header: Members,
  sign: (input: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const input = `${part(header)}.${jwt.split('.')[1] ?? ''}`
  return `${input}.${encodeBase64url(new Uint8Array(await sign(new TextEncoder().encode(input))))}`
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
