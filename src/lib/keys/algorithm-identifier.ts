import { firstDer, oidText, readDer, tags, writeDer, type DerElement } from '../encoding/der.ts'
import { fitOfOid, type Fit } from './key-kinds.ts'
import type { KeyAlg } from './key.ts'
import { commands } from './not-a-key.ts'
import { refused, type Refusal } from './key-material.ts'

/** The object identifiers under which keys have parameters. @see RFC 4055 section 1.2, RFC 5480 section 2.1.1 */
export const oids = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsassaPss: '1.2.840.113549.1.1.10',
  ecPublicKey: '1.2.840.10045.2.1',
} as const

const noBytes = new Uint8Array()

/** The AlgorithmIdentifier of any RSA key, with its NULL. */
export const rsaEncryption = writeIdentifier(
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
  writeDer(0x05),
)

/** The AlgorithmIdentifier of a key on a curve, which `params` names. */
export function ecIdentifier(params: DerElement): Uint8Array<ArrayBuffer> {
  return writeIdentifier([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01], params.whole)
}

function writeIdentifier(oid: readonly number[], params: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeDer(tags.sequence, writeDer(tags.oid, new Uint8Array(oid)), params)
}

/** What a key on a curve can sign with, by the parameters that name the curve. */
export function fitOfCurve(params: DerElement | undefined): Fit {
  if (params?.tag === tags.oid) return fitOfIdentifier('curve', oidText(params.content))
  return refused(
    'The key spells its curve out instead of naming it, which browsers do not read.',
    commands.nameCurve,
  )
}

/** What a key can sign with whose algorithm has no parameters. */
export function fitOfIdentifier(what: 'kind' | 'curve', oid: string): Fit {
  return fitOfOid(oid) ?? refused(`This key is of a ${what} (OID ${oid}) with which browsers cannot sign.`)
}

/**
 * What a key signs with that is marked for RSASSA-PSS: with the hash it names, or with any. Parameters that name no
 * hash mean SHA-1.
 * @see RFC 4055 section 3.1
 */
export function pssAlgs(params: DerElement | undefined): readonly KeyAlg[] | Refusal {
  if (params?.tag !== tags.sequence) return ['PS256', 'PS384', 'PS512']
  const [hash] = readDer(params.content) ?? []
  const identifier = firstDer(hash?.tag === tags.context0 ? hash.content : noBytes)
  const oid = firstDer(identifier?.content ?? noBytes)
  const alg = oid === null ? undefined : pssHashes.get(oidText(oid.content))
  return alg === undefined
    ? refused('The key is for RSASSA-PSS with SHA-1 or another hash that JWS does not have.')
    : [alg]
}

const pssHashes: ReadonlyMap<string, KeyAlg> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'PS256'],
  ['2.16.840.1.101.3.4.2.2', 'PS384'],
  ['2.16.840.1.101.3.4.2.3', 'PS512'],
])
