import { originOf } from '../../lib/http/message.ts'
import { asNumber, asString, member } from '../../lib/json/value.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import { readToken, type ReadToken } from '../../lib/oauth/response/read-response.ts'
import {
  boundKey,
  clientNamed,
  expiresAt,
  responseScope,
  type TokenFacts,
  tokenFacts,
} from '../../lib/oauth/response/token-facts.ts'
import type { Playground } from '../playground.svelte.ts'
import type { View } from '../base/sent.ts'

/** The access token at hand, issued, opened again or pasted; what it is used for is about this one. */
export class HeldToken {
  readonly #playground: Playground

  constructor(playground: Playground) {
    this.#playground = playground
  }

  readonly #pasted: ReadToken | null = $derived.by(() => {
    const { pasted } = this.#playground.atHand
    return pasted === '' ? null : readToken(pasted)
  })

  get isPasted(): boolean {
    return this.#playground.atHand.source === 'pasted'
  }

  /** The exchange that brought it; `null` if none did. */
  get view(): View | null {
    return this.isPasted ? null : this.#playground.atHand.issued
  }

  /** With what it says. */
  get issued(): ReadToken | null {
    if (this.isPasted) return this.#pasted
    const reading = this.view?.understanding?.reading
    return reading?.kind === 'issued' ? reading : null
  }

  get token(): string | null {
    return this.issued?.accessToken ?? null
  }

  /** What is known of it at a moment, in milliseconds since the epoch; `null` if there is none. */
  factsAt(now: number): TokenFacts | null {
    return (
      this.issued &&
      tokenFacts(this.issued, now, responseScope(this.view?.understanding?.reading), this.client)
    )
  }

  /** What it was asked for with; `null` if that is not known. */
  get config(): TokenRequestConfig | null {
    return this.view?.config ?? null
  }

  /** The client it was issued to: that of the exchange, else the one it names; `null` if nothing says so. */
  get client(): string | null {
    return this.config?.client_id ?? clientNamed(this.issued?.claims ?? null)
  }

  /** Whether it is bound to a key: it says so, or the response it came with does. @see RFC 9449 sections 5 and 6.1 */
  get isBound(): boolean {
    const reading = this.view?.understanding?.reading
    const type =
      reading?.kind === 'issued' ? asString(member(reading.answer.members, 'token_type')) : undefined
    return type?.toLowerCase() === 'dpop' || boundKey(this.issued?.claims ?? null) !== null
  }

  /** When it ends, in milliseconds since the epoch; `null` if nothing says so. */
  get end(): number | null {
    if (this.view) return expiresAt(this.view)
    const exp = asNumber(member(this.issued?.claims ?? null, 'exp'))
    return exp === undefined ? null : exp * 1000
  }

  /**
   * The token endpoint that issued it or, of a pasted one, its issuer, if the form names another server by now; else `null`. What is done with the token then
   * gives it to servers that it is not meant for.
   */
  get issuedElsewhere(): string | null {
    const { token_endpoint } = this.#playground.connection.config
    if (this.isPasted) {
      const origin = this.issuerOrigin
      return origin === null || origin === originOf(token_endpoint) ? null : (this.#issuer ?? null)
    }
    const endpoint = this.config?.token_endpoint ?? null
    return endpoint === token_endpoint ? null : endpoint
  }

  /** The origin of the server that issued it; `null` if nothing says so. */
  get issuerOrigin(): string | null {
    return originOf(this.config?.token_endpoint ?? this.#issuer ?? '')
  }

  get #issuer(): string | undefined {
    return asString(member(this.issued?.claims ?? null, 'iss'))
  }
}
