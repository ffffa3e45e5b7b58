import {
  ecIdentifier,
  fitOfCurve,
  fitOfIdentifier,
  oids,
  pssAlgs,
  rsaEncryption,
} from './algorithm-identifier.ts'
import { type DerElement, firstDer, oidText, readDer, tags, writeDer } from '../encoding/der.ts'
import { type Fit, fitOfRsa, rsaAlgs } from './key-kinds.ts'
import type { KeyAlg } from './key.ts'
import { type Refusal, refused } from './key-material.ts'
import { commands, dsa, encryptedKey, moreThanTwoPrimes, onlyPublic, pkcs12, pkcs7 } from './not-a-key.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A private key in the one form that browsers import, and the form it came in. */
export interface DerKey {
  readonly ok: true
  readonly pkcs8: Bytes
  readonly algs: readonly KeyAlg[]
  readonly format: 'PKCS#8' | 'PKCS#1' | 'SEC1'
}

/** Reads what a SEQUENCE is made of, and has it whole besides. */
type ReadParts = (parts: readonly DerElement[], whole: Bytes) => DerKey | Refusal

const noBytes = new Uint8Array()
const version0 = writeDer(tags.integer, new Uint8Array([0]))
const damaged = refused('The key is damaged: its parts are not those of a private key.')

/** A PrivateKeyInfo. @see RFC 5958 section 2 */
const fromPkcs8: ReadParts = ([, identifier, key]) => {
  const [oid, params] = readDer(identifier?.content ?? noBytes) ?? []
  if (identifier === undefined || key === undefined || oid?.tag !== tags.oid) return damaged
  const name = oidText(oid.content)
  switch (name) {
    case oids.rsaEncryption:
      return rsaKey(key.content, rsaAlgs, 'PKCS#8')
    case oids.rsassaPss:
      return rsaKey(key.content, pssAlgs(params), 'PKCS#8')
    case oids.ecPublicKey:
      return asKey(fitOfCurve(params), identifier.whole, key.content, 'PKCS#8')
    default:
      return asKey(fitOfIdentifier('kind', name), identifier.whole, key.content, 'PKCS#8')
  }
}

/** An RSAPrivateKey. @see RFC 8017 appendix A.1.2 */
const fromPkcs1: ReadParts = (_, whole) => rsaKey(whole, rsaAlgs, 'PKCS#1')

/** An ECPrivateKey. @see RFC 5915 section 3 */
const fromSec1: ReadParts = (parts, whole) => {
  const params = firstDer(parts.find(({ tag }) => tag === tags.context0)?.content ?? noBytes)
  if (params === null) return refused('The key does not say which curve it is on.')
  return asKey(fitOfCurve(params), ecIdentifier(params), whole, 'SEC1')
}

/** The identifier is always that of plain RSA: Chromium refuses keys that are marked for RSASSA-PSS. */
function rsaKey(key: Bytes, algs: readonly KeyAlg[] | Refusal, format: DerKey['format']): DerKey | Refusal {
  if ('ok' in algs) return algs
  const [, modulus, ...rest] = readDer(firstDer(key)?.content ?? noBytes) ?? []
  if (rest.length > 7) return moreThanTwoPrimes
  return modulus === undefined ? damaged : asKey(fitOfRsa(modulus.content, algs), rsaEncryption, key, format)
}

/** Without attributes and without a copy of the public key, which not every browser reads. */
function asKey(fit: Fit, identifier: Bytes, key: Bytes, format: DerKey['format']): DerKey | Refusal {
  if (!fit.ok) return fit
  const pkcs8 = writeDer(tags.sequence, version0, identifier, writeDer(tags.octetString, key))
  return { ok: true, pkcs8, algs: fit.algs, format }
}

/** What a SEQUENCE is, by the tags of its elements: the label of PEM can be wrong or missing, these cannot. */
const shapes: readonly (readonly [tags: RegExp, read: ReadParts])[] = [
  [/^02 30 04/, fromPkcs8],
  [/^(?:02 ){8}02/, fromPkcs1],
  [/^02 04/, fromSec1],
  [/^30 04$/, () => encryptedKey(commands.decryptDer)],
  [/^30 03$|^02 02$/, () => onlyPublic('This is a public key')],
  [/^30 30 03$/, () => onlyPublic('This is a certificate, or a request for one')],
  [/^02 30(?: 30)?$/, () => pkcs12],
  [/^06 a0$/, () => pkcs7],
  [/^(?:02 ){5}02$/, () => dsa],
]

/** Reads a private key in DER and wraps PKCS#1 and SEC1 into PKCS#8. Bytes after the key are left out. Never throws. */
export function readPrivateKeyDer(bytes: Uint8Array<ArrayBuffer>): DerKey | Refusal {
  const outer = firstDer(bytes)
  const parts = outer?.tag === tags.sequence ? readDer(outer.content) : null
  if (outer === null || parts === null) {
    return refused('The key is damaged or incomplete: its bytes end too early. Was the text cut?')
  }
  const shape = parts.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ')
  const read = shapes.find(([seen]) => seen.test(shape))?.[1]
  return read?.(parts, outer.whole) ?? refused('These bytes are DER, and not a private key.')
}
