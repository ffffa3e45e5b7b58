import type { Check } from '../../lib/check.ts'
import { brokenCall, brokenConfig, composeBroken, composeBrokenCall } from '../../lib/faults/break-request.ts'
import type { Fault, Setting, Use } from '../../lib/faults/fault.ts'
import {
  type FaultId,
  faultGroups,
  faults,
  type Offer,
  offersOf,
  type Target,
  targetOf,
} from '../../lib/faults/faults.ts'
import { judge } from '../../lib/faults/judge.ts'
import { markAltered } from '../../lib/faults/mark-altered.ts'
import type { Segment } from '../../lib/http/format.ts'
import { type HttpRequest, originOf } from '../../lib/http/message.ts'
import type { ApiCall } from '../../lib/oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import { signedParts } from '../../lib/oauth/compose/signed-parts.ts'
import { readApiResponse } from '../../lib/oauth/api/api-response.ts'
import { type ReadToken, readTokenResponse } from '../../lib/oauth/response/read-response.ts'
import { expiresAt } from '../../lib/oauth/response/token-facts.ts'
import { isPractice } from '../../lib/practice/base/origin.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import type { Breaker, Sent } from '../base/sent.ts'
import { toolsOf } from '../token/token-tools.ts'

/** A group of the menu. */
interface MenuGroup {
  readonly title: string
  readonly offers: readonly Offer[]
}

/** What breaks the requests of a page, made when a part of it first needs that. */
export const breakItOf = onePerPage((playground: Playground): BreakIt => new BreakIt(playground))

/** One fault for the next request, and none for the one after it. */
export class BreakIt implements Breaker {
  readonly #playground: Playground
  #armed: FaultId | null = $state.raw(null)
  /** The origins that broken requests may go to, until the page is loaded anew. */
  #confirmed: readonly string[] = $state.raw([])

  constructor(playground: Playground) {
    this.#playground = playground
  }

  /** The fault of the next request; `null` if it is to be right. */
  readonly armed: Fault | null = $derived.by(() => this.#armed && faults[this.#armed])

  /** Why it does not apply any more, now that the form is another; `null` if it does, or there is none. */
  readonly unless: string | null = $derived.by(() => {
    const { config } = this.#playground.connection
    return this.armed?.unless(this.#setting(config)) ?? null
  })

  /** Which request it breaks; `null` if it is none. */
  readonly target: Target | null = $derived.by(() => this.#armed && targetOf(this.#armed))

  /** Where the broken request would go, as long as the user has not confirmed that; else `null`. */
  readonly unconfirmed: string | null = $derived.by(() => {
    if (this.target === null || this.unless !== null) return null
    const origin = originOf(this.target === 'api' ? toolsOf(this.#playground).use.call.url : this.#endpoint)
    return origin === null || isPractice(origin) || this.#confirmed.includes(origin) ? null : origin
  })

  get #endpoint(): string {
    return this.#playground.connection.config.token_endpoint
  }

  /** The menu, for what is in the form and at hand at this moment. */
  groups(): MenuGroup[] {
    const setting = this.#setting(this.#playground.connection.config)
    return faultGroups.map((group) => ({ title: group.title, offers: offersOf(group, setting) }))
  }

  /** Shows the next request with that fault; it is sent by the button that sends it without. */
  arm(id: FaultId): void {
    this.#armed = id
    this.#playground.connection.breaker = this
    this.#playground.plan(targetOf(id))
    this.#playground.connection.refresh()
  }

  disarm(): void {
    if (this.#armed === null) return
    this.#armed = null
    this.#playground.connection.refresh()
  }

  /** Lets broken requests go to the origin of the next one. */
  confirm(): void {
    if (this.unconfirmed !== null) this.#confirmed = [...this.#confirmed, this.unconfirmed]
  }

  armedFor(target: Target): FaultId | null {
    return this.target === target && this.unless === null ? this.#armed : null
  }

  holds(target: Target): boolean {
    return this.target === target && this.unconfirmed !== null
  }

  composeToken(fault: FaultId, config: TokenRequestConfig): Promise<HttpRequest> {
    const { connection } = this.#playground
    return composeBroken(faults[fault], this.#setting(config), connection.signingFor(config.token_endpoint))
  }

  brokenCall(fault: FaultId, call: ApiCall): ApiCall {
    return brokenCall(faults[fault], this.#rightCall(call))
  }

  composeCall(
    fault: FaultId,
    call: ApiCall,
    token: ReadToken,
    config: TokenRequestConfig,
  ): Promise<HttpRequest> {
    const use = this.#useOf(this.#rightCall(call), token)
    const signing = this.#playground.connection.signingFor(call.url)
    return composeBrokenCall(faults[fault], use, { ...this.#setting(config), use }, signing)
  }

  madeFrom(sent: Sent): Sent {
    const { fault, config } = sent
    return fault === null ? sent : { ...sent, config: brokenConfig(faults[fault].change, config) }
  }

  mark(segments: readonly Segment[], fault: FaultId): readonly Segment[] {
    return markAltered(segments, faults[fault])
  }

  /** Whether the response to a broken request is as the standard expects; `null` for a request that was right. */
  judge(sent: Sent): Check | null {
    const { fault, exchange } = sent
    return fault && judge(faults[fault], targetOf(fault), exchange, this.#worked(sent))
  }

  /** Whether the same was accepted before, without a fault. */
  #worked({ about, exchange, config }: Sent): boolean {
    return this.#playground.exchanges.history.entries.some(
      (other) =>
        other.about === about &&
        other.fault === null &&
        other.exchange.request.url.split('?')[0] === exchange.request.url.split('?')[0] &&
        other.config.client_id === config.client_id &&
        isAccepted(other),
    )
  }

  #setting(config: TokenRequestConfig): Setting {
    const { held, use } = toolsOf(this.#playground)
    return {
      config,
      now: this.#playground.environment.clock.now(),
      signedBefore: this.#signedBefore(config),
      use: held.issued && this.#useOf(this.#rightCall(use.call), held.issued),
    }
  }

  /** A token that is bound to a key goes with a proof, any other as it is. */
  #rightCall(call: ApiCall): ApiCall {
    const bound = toolsOf(this.#playground).held.isBound || call.presentation === 'dpop'
    return { ...call, presentation: bound ? 'dpop' : 'bearer', proof: 'none' }
  }

  #useOf(call: ApiCall, token: ReadToken): Use {
    return { call, token, expired: this.#expired(call) }
  }

  #signedBefore({ token_endpoint, client_id }: TokenRequestConfig): Setting['signedBefore'] {
    const last = this.#issued.find(
      ({ config }) => config.token_endpoint === token_endpoint && config.client_id === client_id,
    )
    const parts = last ? signedParts(last.exchange.request) : []
    return Object.fromEntries(parts.map(({ name, jwt }) => [name, jwt]))
  }

  /** The last token that has expired, of the server of the token at hand and presented as this call presents one. */
  #expired({ presentation }: ApiCall): string | null {
    const now = this.#playground.environment.clock.now()
    const endpoint = toolsOf(this.#playground).held.config?.token_endpoint
    for (const { exchange, config } of this.#issued) {
      const reading = readTokenResponse(exchange.outcome)
      const end = expiresAt({ exchange, understanding: { reading } })
      const isSame = config.token_endpoint === endpoint && config.dpop.on === (presentation === 'dpop')
      if (reading.kind === 'issued' && isSame && end !== null && end <= now) return reading.accessToken
    }
    return null
  }

  /** The exchanges of right requests that brought a token, the last first. */
  get #issued(): readonly Sent[] {
    return this.#playground.exchanges.history.entries.filter(
      (sent) => sent.about === 'token' && sent.fault === null && isAccepted(sent),
    )
  }
}

const isAccepted = ({ about, exchange: { outcome } }: Sent): boolean =>
  about === 'api'
    ? readApiResponse(outcome).kind === 'accepted'
    : readTokenResponse(outcome).kind === 'issued'
