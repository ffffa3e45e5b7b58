import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import { checkApiCall } from '../lib/oauth/check/check-api-call.ts'
import type { ApiProblem } from '../lib/oauth/check/problem.ts'
import { type ApiCall, emptyApiCall } from '../lib/oauth/config/api-call.ts'
import { responseScope, schemeOf, tokenFacts, type TokenFacts } from '../lib/oauth/response/token-facts.ts'
import { claimsOf } from '../lib/jwt/decode/decode.ts'
import type { ReadToken } from '../lib/oauth/response/read-response.ts'
import { isSendable } from '../lib/oauth/check/check-config.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import { type UseTarget, useTargets } from '../lib/oauth/api/use-targets.ts'
import type { HeldToken } from './held-token.ts'
import type { Playground, View } from './playground.svelte.ts'

/** A call of an API that was answered, with what it was made from. */
export interface Called {
  /** The server that was chosen. */
  readonly server: string
  readonly exchange: Exchange
  readonly call: ApiCall
  readonly config: TokenRequestConfig
  readonly facts: TokenFacts
}

/** Using the token at hand at an API. */
export class TokenUse {
  readonly #playground: Playground
  readonly #held: HeldToken
  /** What was typed for each server, so that looking at another one loses nothing. */
  #calls: Readonly<Record<string, ApiCall>> = $state.raw({})
  #called: Called | null = $state.raw(null)
  /** How often a token was used at an API that answered. */
  #sent: { readonly token: string; readonly times: number } = $state.raw({ token: '', times: 0 })
  #cancel: AbortController | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  constructor(playground: Playground, held: HeldToken) {
    this.#playground = playground
    this.#held = held
  }

  /** The APIs that go with the chosen server. */
  readonly targets: readonly UseTarget[] = $derived.by(() =>
    useTargets(this.#playground.connection.server.guide, this.#playground.environment.localApi),
  )

  /** The call as it is typed; until then the first of the ready ones. */
  get call(): ApiCall {
    return this.#calls[this.#playground.connection.server.id] ?? this.targets[0]?.call ?? emptyApiCall
  }

  get called(): Called | null {
    return this.#called
  }

  /** Whether the answer is about another token, or another server, than those of now: what it advises is not for them. */
  get outdated(): boolean {
    const called = this.#called
    if (!called) return false
    return (
      called.facts.accessToken !== this.#held.token || called.server !== this.#playground.connection.server.id
    )
  }

  get busy(): boolean {
    return this.#cancel !== null
  }

  /** What kept the page itself from doing it, in the platform's words; `null` when nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** How many token requests were saved by using the one at hand again. */
  get saved(): number {
    return this.#sent.token === this.#held.token ? Math.max(0, this.#sent.times - 1) : 0
  }

  readonly problems: readonly ApiProblem[] = $derived.by(() =>
    checkApiCall(this.call, this.#config, this.#playground.keys.find, this.#held.issued),
  )

  readonly sendable = $derived.by(() => this.#held.token !== null && isSendable(this.problems))

  edit(change: Partial<ApiCall>): void {
    const { id } = this.#playground.connection.server
    this.#calls = { ...this.#calls, [id]: { ...this.call, ...change } }
  }

  /** The call as it would be sent now, what is signed signed anew; `null` while something stands in its way. */
  compose(): Promise<HttpRequest> | null {
    const { call, sendable } = this
    const { issued } = this.#held
    return issued !== null && sendable ? this.#compose(call, issued, this.#config) : null
  }

  /** Calls the API; where it wants a nonce of its own in the proof, once more with that. */
  async send(): Promise<void> {
    const { call, sendable } = this
    const { view, issued } = this.#held
    if (!view || issued === null || !sendable || this.#cancel) return
    const cancel = new AbortController()
    this.#cancel = cancel
    try {
      this.#called = await this.#call(call, view, issued, cancel.signal)
      if (isUse(this.#called)) {
        const token = issued.accessToken
        const times = this.#sent.token === token ? this.#sent.times + 1 : 1
        this.#sent = { token, times }
      }
      this.#trouble = null
    } catch (error) {
      // A chunk did not load, or the platform would not sign
      this.#trouble = String(error)
    } finally {
      this.#cancel = null
    }
  }

  cancel(): void {
    this.#cancel?.abort()
  }

  /** The token is used with the key it was asked for with. */
  get #config(): TokenRequestConfig {
    return this.#held.config ?? this.#playground.connection.config
  }

  async #call(
    call: ApiCall,
    { config, understanding }: View,
    token: ReadToken,
    cancel: AbortSignal,
  ): Promise<Called> {
    const server = this.#playground.connection.server.id
    const { demandsApiNonce } = await import('../lib/oauth/api/api-response.ts')
    const once = async (purpose: string): Promise<Exchange> => {
      const request = await this.#compose(call, token, config)
      const exchange = await this.#playground.ask(request, purpose, 'api', cancel, config)
      await this.#learnNonce(exchange)
      return exchange
    }
    const first = await once('API call')
    const again = schemeOf(call, claimsOf(token.decoded), config) === 'DPoP' && demandsApiNonce(first)
    const exchange = again ? await once(`API call with the nonce of #${first.id}`) : first
    const facts = tokenFacts(
      token,
      this.#playground.environment.clock.now(),
      responseScope(understanding?.reading),
    )
    return { server, exchange, call, config, facts }
  }

  async #compose(call: ApiCall, token: ReadToken, config: TokenRequestConfig): Promise<HttpRequest> {
    const signing = this.#playground.connection.signingFor(call.url)
    const { composeApiRequest } = await import('../lib/oauth/api/api-request.ts')
    return composeApiRequest(call, token, config, signing)
  }

  /** An API gives out nonces for proofs as the server does. @see RFC 9449 section 9 */
  async #learnNonce(exchange: Exchange): Promise<void> {
    const { givenNonce } = await import('../lib/oauth/dpop/dpop-nonce.ts')
    const nonce = givenNonce(exchange)
    if (nonce !== null) this.#playground.connection.setNonce(exchange.request.url, nonce)
  }
}

/** Whether a token was used: as it is, at an API that answered. */
const isUse = ({ call, exchange }: Called): boolean =>
  (call.presentation === 'bearer' || call.presentation === 'dpop') && exchange.outcome.kind === 'response'
