import type { FindKey } from '../../keys/key.ts'

/** What signing a request requires besides its configuration. */
export interface Signing {
  readonly findKey: FindKey
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The nonce that the server of this endpoint requires in DPoP proofs, `null` if it gave none. */
  readonly nonce: string | null
}
