import {
  ecIdentifier,
  fitOfCurve,
  fitOfIdentifier,
  oids,
  pssAlgs,
  rsaEncryption,
} from './algorithm-identifier.ts'
import { firstDer, oidText, readDer, tags, writeDer, type DerElement } from '../encoding/der.ts'
import { fitOfRsa, rsaAlgs, type Fit } from './key-kinds.ts'
import type { KeyAlg } from './key.ts'
import { refused, type Refusal } from './refusal.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A private key in the one form that browsers import, and the form it came in. */
export interface DerKey {
  readonly ok: true
  readonly pkcs8: Bytes
  readonly algs: readonly KeyAlg[]
  readonly format: 'PKCS#8' | 'PKCS#1' | 'SEC1'
}

/** Reads what a SEQUENCE is made of, and has it whole besides. */
export type ReadParts = (parts: readonly DerElement[], whole: Bytes) => DerKey | Refusal

const noBytes = new Uint8Array()
const version0 = writeDer(tags.integer, new Uint8Array([0]))
const damaged = refused('The key is damaged: its parts are not those of a private key.')

/** A PrivateKeyInfo. @see RFC 5958 section 2 */
export const fromPkcs8: ReadParts = ([, identifier, key]) => {
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
export const fromPkcs1: ReadParts = (_, whole) => rsaKey(whole, rsaAlgs, 'PKCS#1')

/** An ECPrivateKey. @see RFC 5915 section 3 */
export const fromSec1: ReadParts = (parts, whole) => {
  const params = firstDer(parts.find(({ tag }) => tag === tags.context0)?.content ?? noBytes)
  if (params === null) return refused('The key does not say which curve it is on.')
  return asKey(fitOfCurve(params), ecIdentifier(params), whole, 'SEC1')
}

/** The identifier is always that of plain RSA: Chromium refuses keys that are marked for RSASSA-PSS. */
function rsaKey(key: Bytes, algs: readonly KeyAlg[] | Refusal, format: DerKey['format']): DerKey | Refusal {
  if ('ok' in algs) return algs
  const [, modulus] = readDer(firstDer(key)?.content ?? noBytes) ?? []
  return modulus === undefined ? damaged : asKey(fitOfRsa(modulus.content, algs), rsaEncryption, key, format)
}

/** Without attributes and without a copy of the public key, which not every browser reads. */
function asKey(fit: Fit, identifier: Bytes, key: Bytes, format: DerKey['format']): DerKey | Refusal {
  if (!fit.ok) return fit
  const pkcs8 = writeDer(tags.sequence, version0, identifier, writeDer(tags.octetString, key))
  return { ok: true, pkcs8, algs: fit.algs, format }
}
