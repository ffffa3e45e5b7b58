import type { KeyAlg } from './key.ts'
import type { Refusal } from './refusal.ts'

/** A private key as a text gave it, before the browser was asked. */
export interface KeyMaterial {
  readonly ok: true
  /** A PrivateKeyInfo, or the members of a JWK that are the key. @see RFC 5958 section 2, RFC 7517 section 4 */
  readonly key: Uint8Array<ArrayBuffer> | Readonly<Record<string, string>>
  /** The algorithms it can sign with: one, or the choice that an RSA key leaves. */
  readonly algs: readonly KeyAlg[]
  /** Empty for none. */
  readonly kid: string
  /** "PEM (PKCS#8)" */
  readonly format: string
  /** DER of the certificates that stood beside it. */
  readonly certificates: readonly Uint8Array<ArrayBuffer>[]
  /** Sentences for the reader. */
  readonly notes: readonly string[]
}

export type ReadResult = KeyMaterial | Refusal
