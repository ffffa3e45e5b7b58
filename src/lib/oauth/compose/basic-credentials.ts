import { ClientSecretBasic } from 'oauth4webapi'
import type { BasicEncoding } from '../config/config.ts'

/** How a Basic header came to be, step by step. */
export interface BasicConstruction {
  readonly encodedId: string
  readonly encodedSecret: string
  /** `encodedId:encodedSecret` */
  readonly joined: string
  readonly base64: string
}

/**
 * Builds Basic credentials in one of the three ways servers in the wild need.
 * - `form`: RFC 6749 appendix B, which the WHATWG serializer implements; what the standard asks for.
 * - `strict`: oauth4webapi's, which also escapes `- _ . ! ~ * ' ( )`; equal to `form` for a server that decodes.
 * - `raw`: RFC 7617 alone, UTF-8; for servers that do not form-decode.
 * @see RFC 6749 section 2.3.1, RFC 7617 section 2
 */
export function basicCredentials(encoding: BasicEncoding, id: string, secret: string): BasicConstruction {
  const encode = encoders[encoding]
  const encodedId = encode(id)
  const encodedSecret = encode(secret)
  const joined = `${encodedId}:${encodedSecret}`
  return { encodedId, encodedSecret, joined, base64: base64(joined) }
}

/**
 * Whether the choice matters for this very id and secret. A server either form-decodes or does not, so the
 * two encoded forms are compared with the raw one, and the raw one against the standard's; usually they are equal.
 */
export function encodingMatters(chosen: BasicEncoding, id: string, secret: string): boolean {
  const other = chosen === 'raw' ? 'form' : 'raw'
  return basicCredentials(chosen, id, secret).joined !== basicCredentials(other, id, secret).joined
}

const encoders: Readonly<Record<BasicEncoding, (value: string) => string>> = {
  form: (value) => new URLSearchParams([['', value]]).toString().slice(1),
  // A lone surrogate has no UTF-8: the library would throw, the others put U+FFFD.
  strict: (value) => (value === '' ? '' : libraryEncoded(value.replace(/\p{Surrogate}/gu, '\uFFFD'))),
  raw: (value) => value,
}

/** The library does not export its encoder, so it is asked for a header and the value is read back out of it. */
function libraryEncoded(value: string): string {
  const headers = new Headers()
  void ClientSecretBasic(value)(
    { issuer: 'https://unused.invalid' },
    { client_id: 'x' },
    new URLSearchParams(),
    headers,
  )
  return atob((headers.get('authorization') ?? '').slice('Basic '.length)).slice('x:'.length)
}

/** Base64 of the UTF-8 bytes; `btoa` alone refuses everything beyond Latin-1. @see RFC 4648 section 4 */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
