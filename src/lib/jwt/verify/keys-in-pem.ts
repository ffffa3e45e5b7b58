import { readPem } from '../../encoding/pem.ts'
import { readBase64Body } from '../../keys/base64-body.ts'
import { type Refusal, refused } from '../../keys/key-material.ts'
import { readPublicKeyDer } from './der-public-key.ts'
import type { ReadKey } from './verification-key.ts'

/** Keys of one text that are read. */
export const mostKeys = 1000

/** The keys of a text with PEM blocks, of private keys their public half. @see RFC 7468 sections 5 and 13 */
export function readKeyBlocks(text: string): readonly (ReadKey | Refusal)[] {
  return readPem(text)
    .filter(({ label }) => !label.endsWith('PARAMETERS'))
    .slice(0, mostKeys + 1)
    .map(({ label, body, base64, removed }) => {
      if (/4,\s?ENCRYPTED/.test(body) || label === 'OPENSSH PRIVATE KEY') return noPublicHalf
      const read = readBase64Body(base64)
      const key = read.ok ? readKeyBytes(read.bytes) : read
      if (!('key' in key) || removed.length === 0) return key
      return { ...key, notes: [...key.notes, removedNote(removed)] }
    })
}

/** What was around a key or in it. */
export const removedNote = (removed: readonly string[]): string =>
  `Taken off or mended: ${[...new Set(removed)].join('; ')}.`

const noPublicHalf = refused(
  'The public half of this private key cannot be read here. Paste the public key, or a certificate.',
)

/** The key of a public key, certificate or private key in DER. @see RFC 5280 section 4.1 */
export function readKeyBytes(bytes: Uint8Array<ArrayBuffer>): ReadKey | Refusal {
  const read = readPublicKeyDer(bytes)
  if (!read.ok) return read
  const { jwk, alg, from } = read
  const certificate = from === 'certificate' ? { x5t: null, 'x5t#S256': null, der: bytes } : null
  const key = { kid: null, kty: jwk['kty'] ?? '', alg, use: null, key_ops: null, certificate, jwk }
  return { key, notes: from === 'public key' ? [] : [origins[from]] }
}

const origins = {
  certificate:
    'The key was taken from a certificate. Who issued that, and until when it is valid, was not checked.',
  'request for a certificate': 'The key was taken from a request for a certificate.',
  'private key': 'This is a private key. Only its public half is used, and the rest was not kept.',
} as const
