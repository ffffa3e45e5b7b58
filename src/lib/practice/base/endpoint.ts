import type { CheckLog, Rule } from './check-log.ts'
import type { ClientRegistry, DpopNonces, SigningKeys } from './server-state.ts'
import type { ExpiringMap, SeenIds } from './expiring-map.ts'
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
  /** The URL of each API, for which alone a token can be. @see RFC 9728 section 2 */
  readonly apiUrls: readonly string[]
  /** The client that began each session of MCP. */
  readonly sessions: ExpiringMap<string>
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
  /** The methods it has, if it looks at the method itself, after the token. */
  readonly ownMethods?: readonly string[]
  /** Header fields besides the usual ones that a page may send to it, and that it may read of a response. */
  readonly moreFields?: { readonly sent: string; readonly read: string }
  /** Throws a ProtocolError to refuse. */
  answer(request: Request, context: Context): Promise<Response>
}
