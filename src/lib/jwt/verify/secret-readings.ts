import { decodeBase64url } from '../../encoding/base64url.ts'
import type { Candidate } from './try-keys.ts'

/**
 * The bytes a secret may stand for: its text in UTF-8, and where it looks like base64 or hexadecimal also what that
 * encodes, because servers differ.
 * @see RFC 7518 section 3.2
 */
export function secretReadings(secret: string): readonly Candidate[] {
  const text = { name: 'the secret, as text', key: new TextEncoder().encode(secret) }
  const base64 = /^[\w+/-]{8,}={0,2}$/.test(secret)
    ? decodeBase64url(secret.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')).bytes
    : null
  const hex = /^(?:[\da-f]{2}){8,}$/i.test(secret) ? fromHex(secret) : null
  return [
    text,
    ...(base64 === null ? [] : [{ name: 'the secret, decoded from base64', key: base64 }]),
    ...(hex === null ? [] : [{ name: 'the secret, decoded from hexadecimal', key: hex }]),
  ]
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
