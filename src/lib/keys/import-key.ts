import { encodeBase64 } from '../encoding/base64.ts'
import { importHalves } from './import-halves.ts'
import { type KeyMaterial, type Refusal, refused } from './key-material.ts'
import type { Key, KeyAlg } from './key.ts'
import { makeKey } from './make-key.ts'
import { readPrivateKey } from './read-private-key.ts'
import { hasWebCrypto } from './web-crypto.ts'

export interface ImportOptions {
  /** For keys that leave a choice; `null` while none was made. */
  readonly alg: KeyAlg | null
  /** Whether the private key can be read later; it cannot if not given. */
  readonly extractable?: boolean
  /** There is none: keys behind a passphrase are refused, with the command that decrypts them. */
  readonly passwordHint?: never
}

/** A key, with notes for the reader; or why there is none. */
export type ImportResult =
  { readonly ok: true; readonly key: Key; readonly notes: readonly string[] } | Refusal

/** Characters. An RSA key of 16384 bits has 13000 as PEM. */
const longest = 64 * 1024

/**
 * Imports a private key from a text: JWK or JWK Set, PKCS#8, PKCS#1 or SEC1, however it was copied. The algorithm is
 * the one the key names, else the only one that fits it, else the chosen one; an RSA key without any gives `choices`.
 * Its `kid` is the JWK's, else its thumbprint. Never rejects.
 * @see RFC 7517 section 4, RFC 5958 section 2, RFC 8017 appendix A.1.2, RFC 5915 section 3
 */
export async function importPrivateKey(text: string, options: ImportOptions): Promise<ImportResult> {
  if (text.length > longest) {
    return refused(
      `This text has ${text.length} characters; up to ${longest} are read, and no key needs more.`,
    )
  }
  if (!hasWebCrypto())
    return refused('Browsers have keys for pages on https, on localhost or opened as a file.')
  const material = readPrivateKey(text)
  if (!material.ok) return material
  const { algs, kid, format } = material
  const alg = algs.length === 1 ? algs[0] : algs.find((one) => one === options.alg)
  if (alg === undefined) return { ...chooseAlg, choices: algs }
  const halves = await importHalves(material.key, alg, options.extractable ?? false)
  if (!halves.ok) return halves
  const { privateKey, publicKey } = halves
  const { certificate, notes } = await matchingCertificate(publicKey, material.certificates)
  return {
    ok: true,
    key: await makeKey({ alg, kid, privateKey, publicKey, origin: `Imported from ${format}`, certificate }),
    notes: [...removedNote(material.removed), ...material.notes, ...notes, ...algNotes(alg, options.alg)],
  }
}

const chooseAlg = refused(
  'Choose the algorithm: this key can sign with several, and the server expects the one it was registered for.',
)

/** In the order from outside to inside, each once. */
function removedNote(removed: readonly string[]): readonly string[] {
  return removed.length === 0 ? [] : [`Taken off or mended: ${[...new Set(removed)].join('; ')}.`]
}

function algNotes(alg: KeyAlg, wanted: KeyAlg | null): readonly string[] {
  return wanted === null || wanted === alg ? [] : [`This is a key for ${alg}; ${wanted} was not used.`]
}

/** A certificate holds the whole SubjectPublicKeyInfo of its key, byte for byte. @see RFC 5280 section 4.1 */
async function matchingCertificate(
  publicKey: CryptoKey,
  certificates: KeyMaterial['certificates'],
): Promise<{ readonly certificate: string | null; readonly notes: readonly string[] }> {
  if (certificates.length === 0) return { certificate: null, notes: [] }
  const binary = (bytes: BufferSource) => new TextDecoder('latin1').decode(bytes)
  const spki = binary(await crypto.subtle.exportKey('spki', publicKey))
  const found = certificates.find((certificate) => binary(certificate).includes(spki))
  if (found === undefined) {
    return {
      certificate: null,
      notes: ['The certificate beside it was left out: it does not hold its public key.'],
    }
  }
  return { certificate: encodeBase64(found), notes: ['The certificate beside it was kept.'] }
}
