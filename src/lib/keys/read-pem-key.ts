import { aroundPem, type PemBlock, readPem } from '../encoding/pem.ts'
import { parseJson } from '../json/parse.ts'
import { readBase64Body } from './base64-body.ts'
import { readOpenSsh } from './forms/openssh-key.ts'
import { type KeyMaterial, type ReadResult, type Refusal, refused } from './key-material.ts'
import {
  commands,
  encryptedKey,
  notAPrivateKey,
  openSshDamaged,
  openSshEncrypted,
  openSshOther,
} from './not-a-key.ts'
import { readPrivateKeyDer } from './pkcs8.ts'
import { readJwk } from './read-jwk.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Private keys of one text that are tried. */
const most = 20

/**
 * Reads the first private key among the blocks of a PEM text that can be used, and the certificates next to it. Never
 * throws.
 * @see RFC 7468 section 10
 */
export function readPemKey(text: string): ReadResult {
  const blocks = readPem(text)
  const keys = blocks.filter(isPrivateKey).slice(0, most)
  const [first = blocks[0]] = keys
  if (first === undefined) return noBegin
  const read = (keys.length > 0 ? keys : [first]).map((block) => ({ block, key: readBlock(block) }))
  const usable = read.find(({ key }) => key.ok)
  if (usable?.key.ok !== true) return read[0]?.key ?? noBegin
  const { block, key } = usable
  return {
    ...key,
    certificates: certificatesOf(blocks),
    removed: removedFrom(text, block),
    notes: [...key.notes, ...otherKeys(keys, block), ...otherBlocks(blocks)],
  }
}

const noBegin = refused('There is an END line without its BEGIN line. Was the text cut?')

function removedFrom(text: string, { removed }: PemBlock): readonly string[] {
  const around = /\w/.test(aroundPem(text)) ? ['the text around the key'] : []
  return [...around, ...removed]
}

function otherKeys(keys: readonly PemBlock[], block: PemBlock): readonly string[] {
  if (keys.length < 2) return []
  const which = block === keys[0] ? 'the first of them was taken' : 'the first that can be used was taken'
  return [`The text has ${keys.length} private keys; ${which}.`]
}

/** What is neither a key, nor a certificate, nor the parameters that openssl writes before a key. */
function otherBlocks(blocks: readonly PemBlock[]): readonly string[] {
  const others = blocks.filter(
    (block) => !isPrivateKey(block) && !/CERTIFICATE$|^EC PARAMETERS$/.test(block.label),
  )
  const labels = [...new Set(others.map(({ label }) => label))].slice(0, 5)
  return labels.length === 0 ? [] : [`Left out: ${labels.map((label) => `BEGIN ${label}`).join(', ')}.`]
}

/** A private key in DER, as PEM has it inside; `container` is what it came in. */
export function readDerKey(bytes: Bytes, container: string): ReadResult {
  const read = readPrivateKeyDer(bytes)
  if (!read.ok) return read
  const { pkcs8: key, algs, format } = read
  const nothing = {
    kid: '',
    certificates: [],
    removed: [],
    notes: [],
  } as const satisfies Partial<KeyMaterial>
  return { ok: true, key, algs, format: `${container} (${format})`, ...nothing }
}

/** A private key as ssh-keygen writes it; `container` is what it came in. */
export function readOpenSshKey(bytes: Bytes, container: string): ReadResult {
  const read = readOpenSsh(bytes)
  if (read === null) return openSshDamaged
  if (read.kind === 'encrypted') return openSshEncrypted
  if (read.kind === 'other') return openSshOther(read.type)
  const json = parseJson(JSON.stringify(read.jwk))
  const key = json.ok ? readJwk(json.value) : openSshDamaged
  // What the format leaves out of an RSA key is computed, which is no fault of the key.
  return key.ok ? { ...key, format: `${container} (OpenSSH)`, notes: [] } : key
}

function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY')
}

function readBlock(block: PemBlock): ReadResult {
  const { label, body, base64 } = block
  // `Proc-Type: 4,ENCRYPTED`, of RFC 1421; only OpenSSL's traditional formats have such header lines.
  if (/4,\s?ENCRYPTED/.test(body)) return encryptedKey(commands.decryptTraditional)
  const known = notAPrivateKey.get(label) ?? unknownLabel(block)
  if (known !== null) return known
  const bytes = readBase64Body(base64)
  if (!bytes.ok) return bytes
  const isOpenSsh = label === 'OPENSSH PRIVATE KEY'
  const key = isOpenSsh ? readOpenSshKey(bytes.bytes, 'PEM') : readDerKey(bytes.bytes, 'PEM')
  return !key.ok && key.command === undefined && !block.begins ? noBegin : key
}

function unknownLabel(block: PemBlock): Refusal | null {
  if (isPrivateKey(block)) return null
  return refused(`A block BEGIN ${block.label} holds no private key that is read here.`)
}

function certificatesOf(blocks: readonly PemBlock[]): KeyMaterial['certificates'] {
  return blocks.flatMap(({ label, base64 }) => {
    const read = readBase64Body(base64)
    return label === 'CERTIFICATE' && read.ok ? [read.bytes] : []
  })
}
