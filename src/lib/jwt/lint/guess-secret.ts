import { hasWebCrypto } from '../../keys/web-crypto.ts'

/** Secrets of tutorials, templates and defaults. */
const common: readonly string[] = [
  '',
  'secret',
  'password',
  'changeit',
  'changeme',
  'change-me',
  'test',
  'key',
  'jwt',
  'admin',
  'default',
  'private',
  'qwerty',
  '123456',
  '12345678',
  'secretkey',
  'secret-key',
  'secret_key',
  'mysecret',
  'my-secret',
  'mysecretkey',
  'supersecret',
  'super-secret',
  'topsecret',
  'jwtsecret',
  'jwt-secret',
  'jwt_secret',
  'your_jwt_secret',
  'your-secret-key',
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'shhhhh',
  'keyboard cat',
]

const hashes: ReadonlyMap<string, string> = new Map([
  ['HS256', 'SHA-256'],
  ['HS384', 'SHA-384'],
  ['HS512', 'SHA-512'],
])

/** Characters hashed while guessing: less than a second. */
const mostWork = 32 * 1024 * 1024

/** `secret` is what made the token's HMAC, `common` whether anybody would try it. */
export type Guess =
  | { readonly kind: 'guessed'; readonly secret: string; readonly common: boolean }
  | { readonly kind: 'not-guessed' | 'not-tried' }

/**
 * Tries, on this machine, whether a token's HMAC was made with a secret that is easily guessed. Never rejects.
 * @param own secrets and names that go with this client; they are tried first
 * @see RFC 8725 section 3.5
 */
export async function guessSecret(
  token: string,
  alg: string,
  signature: Uint8Array<ArrayBuffer>,
  own: readonly string[],
): Promise<Guess> {
  const hash = hashes.get(alg)
  const guesses = [...new Set([...own, ...common])]
  if (hash === undefined || !hasWebCrypto() || token.length * guesses.length > mostWork)
    return { kind: 'not-tried' }
  const input = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')))
  for (const secret of guesses) {
    const key = await crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash }, false, [
      'verify',
    ])
    if (await crypto.subtle.verify('HMAC', key, signature, input))
      return { kind: 'guessed', secret, common: common.includes(secret) }
  }
  return { kind: 'not-guessed' }
}

/** WebCrypto refuses a secret of no bytes, which HMAC pads to the same as one zero byte. @see RFC 2104 section 2 */
function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  return secret === '' ? new Uint8Array(1) : new TextEncoder().encode(secret)
}
