import type { KeyAlg } from './key.ts'

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
  /** DER of the certificates next to it. */
  readonly certificates: readonly Uint8Array<ArrayBuffer>[]
  /** In words, what was around the key or in it and was taken off or mended: "HTML tags". */
  readonly removed: readonly string[]
  /** Sentences for the reader. */
  readonly notes: readonly string[]
}

export type ReadResult = KeyMaterial | Refusal

/** Why a text gives no key, and what to do about it. */
export interface Refusal {
  readonly ok: false
  readonly message: string
  /** A command for a shell that makes of the key one that can be used here. */
  readonly command?: string
  /** The algorithms to choose from, when all that is missing is the choice. */
  readonly choices?: readonly KeyAlg[]
}

/** Says no, in a sentence or two, with the command that helps if there is one. */
export function refused(message: string, command?: string): Refusal {
  return command === undefined ? { ok: false, message } : { ok: false, message, command }
}
