import { quoted } from '../text/quoted.ts'
import { membersOf, pick } from './forms/jwk-members.ts'
import { type KeyMaterial, type Refusal, refused } from './key-material.ts'
import type { KeyAlg } from './key.ts'
import { webCryptoAlgs } from './web-crypto.ts'

interface Halves {
  readonly ok: true
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

/** Lets the browser import both halves for one algorithm, and tries whether they belong together. Never rejects. */
export async function importHalves(
  key: KeyMaterial['key'],
  alg: KeyAlg,
  extractable: boolean,
): Promise<Halves | Refusal> {
  try {
    const jwk = key instanceof Uint8Array ? await jwkOf(key, alg) : key
    const members = membersOf(jwk['kty']) ?? { public: [], private: [] }
    const [privateKey, publicKey] = await Promise.all([
      importJwk(pick(jwk, [...members.public, ...members.private]), alg, extractable, 'sign'),
      importJwk(pick(jwk, members.public), alg, true, 'verify'),
    ])
    return (await agree(alg, privateKey, publicKey)) ? { ok: true, privateKey, publicKey } : halvesDiffer
  } catch (error) {
    return refusedByBrowser(error, alg)
  }
}

const halvesDiffer = refused(
  'The private and the public half of this key do not belong together: what the one signs, the other does not verify.',
)

/** The one time the private key is readable: PKCS#8 gives no public key but through its JWK. */
async function jwkOf(pkcs8: Uint8Array<ArrayBuffer>, alg: KeyAlg): Promise<Readonly<Record<string, string>>> {
  const readable = await crypto.subtle.importKey('pkcs8', pkcs8, webCryptoAlgs[alg].key, true, ['sign'])
  return (await crypto.subtle.exportKey('jwk', readable)) as Readonly<Record<string, string>>
}

function importJwk(jwk: JsonWebKey, alg: KeyAlg, extractable: boolean, use: KeyUsage): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, webCryptoAlgs[alg].key, extractable, [use])
}

/** Signs once and verifies that: browsers differ in what they check of a key while importing it. */
async function agree(alg: KeyAlg, privateKey: CryptoKey, publicKey: CryptoKey): Promise<boolean> {
  const { signature } = webCryptoAlgs[alg]
  const data = new TextEncoder().encode('Do the halves belong together?')
  // Of an RSA key with wrong factors, an OperationError.
  const signed = await crypto.subtle.sign(signature, privateKey, data).catch(() => null)
  return signed !== null && crypto.subtle.verify(signature, publicKey, signed, data)
}

/** A NotSupportedError, or a DataError, which may come without a word. */
function refusedByBrowser(error: unknown, alg: KeyAlg): Refusal {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'NotSupportedError')
    return refused(`This browser does not have ${alg}. Use a key for another algorithm.`)
  const said = quoted(message === '' ? name : `${name}: ${message}`)
  return refused(
    `The browser refused the key (${said}). It is damaged, or its private and public half do not belong together.`,
  )
}
