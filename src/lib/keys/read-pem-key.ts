import type { KeyMaterial, ReadResult } from './key-material.ts'
import { readBase64Body } from './base64-body.ts'
import { commands, ed25519OfOpenSsh, encryptedKey, notAPrivateKey } from './not-a-key.ts'
import { readPem, type PemBlock } from '../encoding/pem.ts'
import { readPrivateKeyDer } from './private-key-der.ts'
import { refused } from './refusal.ts'

/** Reads the first private key among the blocks of a PEM text, and the certificates beside it. Never throws. */
export function readPemKey(text: string): ReadResult {
  const blocks = readPem(text)
  const keys = blocks.filter(isPrivateKey)
  const block = keys[0] ?? blocks[0]
  if (block === undefined) return refused('There is an END line without its BEGIN line. Was the text cut?')
  const key = readBlock(block)
  if (!key.ok) return key
  const notes =
    keys.length > 1 ? [`The text has ${keys.length} private keys; the first of them was taken.`] : []
  return { ...key, certificates: certificatesOf(blocks), notes }
}

/** A private key in DER, as PEM has it inside; `container` is what it came in. */
export function readDerKey(bytes: Uint8Array<ArrayBuffer>, container: string): ReadResult {
  const read = readPrivateKeyDer(bytes)
  if (!read.ok) return read
  const { pkcs8: key, algs, format } = read
  const nothing = { kid: '', certificates: [], notes: [] } as const satisfies Partial<KeyMaterial>
  return { ok: true, key, algs, format: `${container} (${format})`, ...nothing }
}

function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY')
}

function readBlock(block: PemBlock): ReadResult {
  const { label, body } = block
  // `Proc-Type: 4,ENCRYPTED`, of RFC 1421; only OpenSSL's traditional formats have such header lines.
  if (/4,\s?ENCRYPTED/.test(body)) return encryptedKey(commands.decryptTraditional)
  const bytes = readBase64Body(body)
  if (label === 'OPENSSH PRIVATE KEY' && bytes.ok && isEd25519OfOpenSsh(bytes.bytes)) return ed25519OfOpenSsh
  const known = notAPrivateKey.get(label)
  if (known !== undefined) return known
  if (!isPrivateKey(block)) return refused(`A block BEGIN ${label} holds no private key that is read here.`)
  return bytes.ok ? readDerKey(bytes.bytes, 'PEM') : bytes
}

function isEd25519OfOpenSsh(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes).includes('ssh-ed25519')
}

function certificatesOf(blocks: readonly PemBlock[]): readonly Uint8Array<ArrayBuffer>[] {
  return blocks.flatMap(({ label, body }) => {
    const read = readBase64Body(body)
    return label === 'CERTIFICATE' && read.ok ? [read.bytes] : []
  })
}
