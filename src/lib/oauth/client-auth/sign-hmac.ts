const hashes = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' } as const

/**
 * A JWS in compact form, signed with the UTF-8 bytes of a secret. The header is taken as it is given, so that a wrong
 * one can be tried out. Rejects for an empty secret, which WebCrypto makes no key of.
 * @see RFC 7515 section 7.1, RFC 7518 section 3.2
 */
export async function signHmac(
  alg: keyof typeof hashes,
  secret: string,
  header: object,
  claims: object,
): Promise<string> {
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: hashes[alg] }, false, [
    'sign',
  ])
  const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(claims)))}`
  return `${input}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(input))))}`
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** @see RFC 4648 section 5 */
function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
