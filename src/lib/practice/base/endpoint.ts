import type { CheckLog, Rule } from './check-log.ts'
import type { ClientRegistry, DpopNonces, SigningKeys } from './server-state.ts'
import type { SeenIds } from './expiring-map.ts'
import type { TokenRecords } from './token-records.ts'

/** What an endpoint needs to respond to one request. */
export interface Context {
  readonly checks: CheckLog
  readonly keys: SigningKeys
  readonly clients: ClientRegistry
  /** Of the tokens issued. */
  readonly records: TokenRecords
  /** Of client assertions. */
  readonly assertionIds: SeenIds
  /** Of DPoP proofs. */
  readonly proofIds: SeenIds
  readonly nonces: DpopNonces
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface Endpoint {
  readonly path: string
  readonly method: 'GET' | 'POST'
  /** The first thing checked: the request came with this endpoint's method. */
  readonly rule: Rule
  /** Whether a page may read the header fields that say why it was refused. It may unless this says otherwise. */
  readonly exposesChallenge?: boolean
  /** Throws a ProtocolError to refuse. */
  answer(request: Request, context: Context): Promise<Response>
}
