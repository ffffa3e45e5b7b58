import { encodeBase64url } from '../../encoding/base64.ts'
import { fromHex } from '../../keys/forms/inside.ts'
import { quoted } from '../../text/quoted.ts'
import { type Choice, listKeys } from './choose-keys.ts'
import { whyUnfit } from './key-fit.ts'
import type { NamedCertificate } from './readable-jws.ts'
import type { SignatureAlg } from './signature-alg.ts'
import type { VerificationKey } from './verification-key.ts'

/** How a thumbprint is made. SHA-1 is that of x5t, whatever is thought of it. @see RFC 7515 sections 4.1.7 and 4.1.8 */
const hashes = { x5t: 'SHA-1', 'x5t#S256': 'SHA-256' } as const

/**
 * The keys whose certificate a header names, by what they say of it themselves, by the certificate in x5c, or by a kid
 * that is the thumbprint, as with Microsoft. Never rejects.
 * @see RFC 7515 sections 4.1.7 and 4.1.8, RFC 7517 sections 4.7 to 4.9
 */
export async function keysOfCertificate(
  { name, thumbprint }: NamedCertificate,
  keys: readonly VerificationKey[],
): Promise<readonly VerificationKey[]> {
  const wanted = strict(thumbprint)
  const found = await Promise.all(
    keys.map(async ({ kid, certificate }) => {
      const own = certificate?.[name]
      if (typeof own === 'string' && strict(own) === wanted) return true
      if (kid !== null && strict(kid) === wanted) return true
      const der = certificate?.der ?? null
      return der !== null && (await thumbprintOf(der, hashes[name])) === wanted
    }),
  )
  return keys.filter((_, index) => found[index])
}

/** Some write a thumbprint in hexadecimal, or in plain base64. */
function strict(thumbprint: string): string {
  const plain = thumbprint.replace(/[:\s]/g, '')
  if (/^(?:[\da-f]{40}|[\da-f]{64})$/i.test(plain)) return encodeBase64url(fromHex(plain))
  return plain.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
}

async function thumbprintOf(der: Uint8Array<ArrayBuffer>, hash: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest(hash, der)))
}

/** Chooses for a token that names its key by a certificate, and by no kid. Never rejects. @see RFC 7515 appendix D */
export async function chooseByCertificate(
  alg: SignatureAlg,
  named: NamedCertificate,
  keys: readonly VerificationKey[],
): Promise<Choice> {
  const opening = `The token names no kid, but a certificate (${named.name} “${quoted(named.thumbprint)}”).`
  const fitting = keys.filter((key) => whyUnfit(key, alg) === null)
  const matching = await keysOfCertificate(named, keys)
  const usable = matching.filter((key) => fitting.includes(key))
  if (usable.length > 0) {
    const found = `${opening} That of ${listKeys(usable)} is the same.`
    return { ok: true, keys: usable, found, sure: usable.length === 1 }
  }
  const [unfit] = matching
  if (unfit !== undefined) {
    const found = `${opening} That of ${listKeys([unfit])} is the same, but it ${whyUnfit(unfit, alg) ?? ''}.`
    return { ok: false, found, otherwise: [], remedy: 'paste' }
  }
  const silent = fitting.filter(({ certificate }) => !certificate?.der && !certificate?.[named.name])
  if (silent.length > 0) {
    const found = `${opening} What there is names no certificate to compare, and each key that fits ${alg.name} is tried: ${listKeys(silent)}.`
    return { ok: true, keys: silent, found, sure: false }
  }
  const found = `${opening} No key here has that certificate; there ${keys.length === 1 ? 'is' : 'are'} ${listKeys(keys) || 'none'}.`
  return { ok: false, found, otherwise: fitting, remedy: 'fetch-again' }
}
