import { composeApiRequest } from '../../lib/oauth/api/api-request.ts'
import { type HttpRequest, originOf } from '../../lib/http/message.ts'
import { checkApiCall } from '../../lib/oauth/check/check-api-call.ts'
import type { ApiProblem } from '../../lib/oauth/check/problem.ts'
import { type ApiCall, emptyApiCall, withHeader } from '../../lib/oauth/config/api-call.ts'
import { isSendable } from '../../lib/oauth/check/check-config.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import type { UseTarget } from '../../lib/explanation/api-record.ts'
import { apisOf } from '../../lib/servers/records/records.ts'
import { without } from '../../lib/text/without.ts'
import type { ReadToken } from '../../lib/oauth/response/read-response.ts'
import type { HeldToken } from './held-token.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { type ApiIntent, type Breaker, type Sent } from '../base/sent.ts'
import { Task } from '../base/task.svelte.ts'
import { sendCall } from './send-call.ts'

/** Calling an API: with the token at hand, or without one while there is none. */
export class TokenUse {
  readonly #playground: Playground
  readonly #held: HeldToken
  /** What was typed for each server, so that looking at another one loses nothing. */
  #calls: Readonly<Record<string, ApiCall>> = $state.raw({})
  /** For which servers the user said how the token is presented. */
  #presented: Readonly<Record<string, boolean>> = $state.raw({})
  /** The number of the last exchange before the calls were lent; 0 if they are not. */
  #since = $state.raw(0)
  #called: Sent<ApiIntent> | null = $state.raw(null)
  /** How often a token was used at an API that responded. */
  #sent: { readonly token: string; readonly times: number } = $state.raw({ token: '', times: 0 })
  readonly task = new Task()

  constructor(playground: Playground, held: HeldToken) {
    this.#playground = playground
    this.#held = held
  }

  /** The APIs that go with the chosen server. */
  readonly targets: readonly UseTarget[] = $derived.by(() => {
    const { connection, environment } = this.#playground
    return apisOf(connection.server, connection.config, environment.localApi)
  })

  /**
   * The call as it is typed; until then the first of the ready ones. A token that is bound to a key goes with a proof, and while none is at hand, none is
   * presented, whatever was chosen.
   */
  get call(): ApiCall {
    const { id } = this.#playground.connection.server
    const call = this.#typed
    if (this.#held.token === null) return { ...call, presentation: 'none' }
    if (this.#presented[id] === true || call.presentation !== 'bearer') return call
    return { ...call, presentation: this.#held.isBound ? 'dpop' : 'bearer' }
  }

  get #typed(): ApiCall {
    return this.#calls[this.#playground.connection.server.id] ?? this.targets[0]?.call ?? emptyApiCall
  }

  /** The last call that came to an end. */
  get called(): Sent<ApiIntent> | null {
    return this.#called
  }

  /** Whether the response is about another token, or another server, than those of now: what it advises is not for them. */
  isOutdated({ facts, server }: Sent<ApiIntent>): boolean {
    return (
      (facts?.accessToken ?? null) !== this.#held.token || server !== this.#playground.connection.server.id
    )
  }

  /** How many token requests were saved by using the one at hand again. */
  get saved(): number {
    return this.#sent.token === this.#held.token ? Math.max(0, this.#sent.times - 1) : 0
  }

  readonly problems: readonly ApiProblem[] = $derived.by(() =>
    checkApiCall(this.call, this.#config, this.#playground.keys.find, this.#held.issued),
  )

  /** While the first token is under way, it is waited for. */
  readonly sendable = $derived.by(() => {
    const isFirst = this.#held.token === null && this.#playground.sending !== null
    return isSendable(this.problems) && this.#breaker?.holds('api') !== true && !isFirst
  })

  edit(change: Partial<ApiCall>): void {
    this.#playground.plan('api')
    const { id } = this.#playground.connection.server
    if (change.presentation !== undefined) this.#presented = { ...this.#presented, [id]: true }
    const call = { ...this.#typed, ...change }
    // The ID of a session is for the server that gave it.
    const isElsewhere = originOf(call.url) !== originOf(this.#typed.url)
    const headers = isElsewhere ? withHeader(call.headers, 'Mcp-Session-Id', null) : call.headers
    this.#calls = { ...this.#calls, [id]: { ...call, headers } }
  }

  /** Adds a header field for the user to fill in, unless one of that name is sent already. */
  addHeader(name: string): void {
    const { headers } = this.call
    const isThere = headers.some((one) => one.on && one.name.toLowerCase() === name.toLowerCase())
    if (!isThere) this.edit({ headers: [...headers, { name, value: '', on: true }] })
  }

  /** After which exchange calls are of whoever has them now: what an API said before, such as a session, was said to another. */
  get since(): number {
    return this.#since
  }

  /** Lends the calls as `Connection.lend` does the form. */
  lend(): () => void {
    const [calls, presented, since] = [this.#calls, this.#presented, this.#since]
    this.#since = this.#playground.exchanges.last
    return () => {
      this.#calls = calls
      this.#presented = presented
      this.#since = since
    }
  }

  /** Adopts a ready call; how its token is presented stays open. */
  take(call: ApiCall): void {
    this.edit(call)
    const { id } = this.#playground.connection.server
    if (call.presentation === 'bearer') this.#presented = { ...this.#presented, [id]: false }
  }

  /**
   * Fills in the call of another API, unless it is there already: whole, as header fields that were typed for one API are not
   * for another.
   * @returns puts back what was there for this server
   */
  begin({ url, method }: Pick<ApiCall, 'url' | 'method'>): () => void {
    const { id } = this.#playground.connection.server
    const [call, presented] = [this.#calls[id], this.#presented[id] ?? false]
    if (this.call.url.trim() !== url) this.take({ ...emptyApiCall, url, method })
    return () => {
      this.#calls = call ? { ...this.#calls, [id]: call } : without(this.#calls, id)
      this.#presented = { ...this.#presented, [id]: presented }
    }
  }

  /** The call as it would be sent now, what is signed signed anew; `null` while something prevents that. */
  compose(): Promise<HttpRequest> | null {
    const { call, sendable } = this
    const { issued } = this.#held
    const complete = sendable || this.#breaker?.holds('api') === true
    return complete ? this.#compose(call, issued, this.#config, this.#armed) : null
  }

  /**
   * Calls the API; if it requires a nonce of its own in the proof, once more with that.
   * @param next the change of the call with which it is called again, seeing what came of it; `null` for no more
   */
  async send(next: (sent: Sent<ApiIntent>) => Partial<ApiCall> | null = () => null): Promise<void> {
    await this.task.run(async (cancel) => {
      for (let goesOn = this.sendable; goesOn;) {
        await this.#callOnce(cancel)
        const sent = this.#called
        const change = sent === null || cancel.aborted || this.isOutdated(sent) ? null : next(sent)
        if (change) this.edit(change)
        goesOn = change !== null && this.sendable
      }
    })
  }

  async #callOnce(cancel: AbortSignal): Promise<void> {
    const { call } = this
    const fault = this.#armed
    const intent: ApiIntent = {
      about: 'api',
      config: this.#config,
      after: null,
      replayOf: null,
      fault,
      server: this.#playground.connection.server.id,
      call: (fault && this.#breaker?.brokenCall(fault, call)) ?? call,
      facts: this.#held.factsAt(this.#playground.environment.clock.now()),
    }
    await this.#sendCall(intent, call, null, cancel)
  }

  /** Sends an earlier call once more, with the token and the configuration of then; what is signed is signed anew. */
  async sendAgain({ exchange, ...intent }: Sent<ApiIntent>): Promise<void> {
    const { call, facts } = intent
    const now = this.#playground.environment.clock.now()
    const again = { ...intent, after: null, replayOf: null, facts: facts && { ...facts, now } }
    await this.task.run((cancel) => this.#sendCall(again, call, exchange.id, cancel))
  }

  /** @param right the call without its fault, if it has one */
  #sendCall(intent: ApiIntent, right: ApiCall, earlier: number | null, cancel: AbortSignal): Promise<void> {
    const compose = async () => {
      const { facts, config, fault } = intent
      const request = await this.#compose(right, facts, config, fault)
      if (fault) this.#breaker?.disarm()
      return request
    }
    const sending = { earlier, cancel, compose }
    return sendCall(this.#playground, intent, sending, (sent) => this.#keep(sent))
  }

  /** The token is used with the key it was asked for with, and with the clock as it is set now. */
  get #config(): TokenRequestConfig {
    const { config } = this.#playground.connection
    const { clock_skew } = config
    const held = this.#held.config ?? config
    return held.clock_skew === clock_skew ? held : { ...held, clock_skew }
  }

  get #breaker(): Breaker | null {
    return this.#playground.connection.breaker
  }

  /** What is to be wrong with the next call. */
  get #armed(): ApiIntent['fault'] {
    return this.#breaker?.armedFor('api') ?? null
  }

  #keep(sent: Sent<ApiIntent>): Promise<void> {
    this.#called = sent
    const token = sent.facts?.accessToken
    if (token !== undefined && isUse(sent))
      this.#sent = { token, times: this.#sent.token === token ? this.#sent.times + 1 : 1 }
    return this.#playground.open(sent)
  }

  #compose(
    call: ApiCall,
    token: ReadToken | null,
    config: TokenRequestConfig,
    fault: ApiIntent['fault'],
  ): Promise<HttpRequest> {
    if (fault && token && this.#breaker) return this.#breaker.composeCall(fault, call, token, config)
    const signing = this.#playground.connection.signingFor(call.url)
    return composeApiRequest(call, token, config, signing)
  }
}

/** Whether a token was used: as it is, at an API that responded. */
const isUse = ({ call, fault, exchange }: Sent<ApiIntent>): boolean =>
  fault === null &&
  (call.presentation === 'bearer' || call.presentation === 'dpop') &&
  exchange.outcome.kind === 'response'
