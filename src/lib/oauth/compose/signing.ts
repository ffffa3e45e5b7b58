import type { FindKey } from '../../keys/key.ts'

/** Members of a header or of a payload that is about to be signed. */
export type Members = Record<string, unknown>

/** Changes what is about to be signed, on purpose. */
export type Spoil = (
  header: Members,
  claims: Members,
) => { readonly header: Members; readonly claims: Members }

/** What is wrong, on purpose, with a JWT that is about to be signed. */
interface Wrong {
  readonly spoil?: Spoil | undefined
  /** Signs in the place of the right one, which the JWT names all the same. */
  readonly privateKey?: CryptoKey
}

/** What signing a request requires besides its configuration. */
export interface Signing {
  readonly findKey: FindKey
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The nonce that the server of this endpoint requires in DPoP proofs, `null` if it gave none. */
  readonly nonce: string | null
  /** What is to be wrong on purpose; nothing if it is absent. */
  readonly wrong?: { readonly client_assertion?: Wrong; readonly DPoP?: Wrong }
}
