import type { FaultId, Target } from '../../lib/faults/faults.ts'
import type { Segment } from '../../lib/http/format.ts'
import type { Exchange, HttpRequest } from '../../lib/http/message.ts'
import type { ApiCall } from '../../lib/oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import type { TokenOperation } from '../../lib/oauth/config/token-operation.ts'
import type { ReadToken } from '../../lib/oauth/response/read-response.ts'
import type { TokenFacts } from '../../lib/oauth/response/token-facts.ts'
import type { Understanding } from '../../lib/oauth/token/understand.ts'

/** What every request is made from, frozen at the moment of sending. */
interface Common {
  readonly config: TokenRequestConfig
  /** The exchange that demanded this one: its response asked for a nonce. */
  readonly after: Sent | null
  /** The number of the exchange whose very bytes this one sent again; `null` for a request of its own. */
  readonly replayOf: number | null
  /** What was wrong with it on purpose; `null` if nothing was. `config` is of the right request. */
  readonly fault: FaultId | null
}

/**
 * A request on the way to a token, or for a key or a reason; nothing but the configuration is known of it. `host`: what the
 * page itself asked of whoever hosts it. `test`: one of a server test.
 */
export interface PlainIntent extends Common {
  readonly about: 'token' | 'metadata' | 'registration' | 'keys' | 'probe' | 'host' | 'test'
}

/** A call of an API, with a token or before there is one. */
export interface ApiIntent extends Common {
  readonly about: 'api'
  /** The id of the server that was chosen. */
  readonly server: string
  readonly call: ApiCall
  /** Of the token at hand, presented or not; `null` if none was at hand. */
  readonly facts: TokenFacts | null
}

/** A question to the server about a token. */
export interface OperationIntent extends Common {
  readonly about: 'introspection' | 'revocation'
  readonly facts: TokenFacts
  readonly options: TokenOperation
}

/** What a request was made from and what it was for. */
export type Intent = PlainIntent | ApiIntent | OperationIntent

/** What an exchange was for: an access token, something on the way to one, what one is for, or why none came. */
export type About = Intent['about']

/** Whether it is none of the requests of a client: it explains, sets up or tests. */
export const isAside = (about: About): about is 'probe' | 'host' | 'test' =>
  about === 'probe' || about === 'host' || about === 'test'

/** An exchange with what it was made from and what it was for. */
export type Sent<I extends Intent = Intent> = I & { readonly exchange: Exchange }

/** An exchange opened for reading. */
export type View = Sent & {
  /** `null` for an exchange that was not about a token. */
  readonly understanding: Understanding | null
}

/** The intent of a first request that nothing but the configuration is known of. */
export function plain(about: PlainIntent['about'], config: TokenRequestConfig): PlainIntent {
  return { about, config, after: null, replayOf: null, fault: null }
}

/** What History calls a request of that purpose. */
export function purposeOf(purpose: string, { after, fault }: Pick<Common, 'after' | 'fault'>): string {
  const nonce = after ? ` with the nonce of #${after.exchange.id}` : ''
  return `${purpose}${nonce}${fault === null ? '' : `, broken on purpose: ${fault}`}`
}

/** The request to be sent next, or the one that the exchange on screen sent. */
export type Moment = 'next' | 'sent'

/** What the request to be sent next is for. */
export type Draft = 'token' | 'api' | 'introspection' | 'revocation'

/** A request under way. */
export interface Sending {
  readonly request: HttpRequest
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Seconds until it is given up, as set when it was sent. */
  readonly timeout: number
}

/** Makes requests wrong on purpose; it is there once the user has looked for that. */
export interface Breaker {
  /** The fault of the next request to that target; `null` if it is to be right. */
  armedFor(target: Target): FaultId | null
  /** Whether a broken request to that target has to be confirmed first. */
  holds(target: Target): boolean
  /** The next request is to be right again. */
  disarm(): void
  composeToken(fault: FaultId, config: TokenRequestConfig): Promise<HttpRequest>
  /** The call of an API that a fault makes of a right one. */
  brokenCall(fault: FaultId, call: ApiCall): ApiCall
  composeCall(
    fault: FaultId,
    call: ApiCall,
    token: ReadToken,
    config: TokenRequestConfig,
  ): Promise<HttpRequest>
  /** An exchange as it is to be understood: with the configuration of the broken request. */
  madeFrom(sent: Sent): Sent
  /** Marks in a request what a fault altered. */
  mark(segments: readonly Segment[], fault: FaultId): readonly Segment[]
}
