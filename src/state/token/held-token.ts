import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import type { ReadToken } from '../../lib/oauth/response/read-response.ts'
import type { Playground } from '../playground.svelte.ts'
import type { View } from '../sent.ts'

/** The access token at hand: the last one that was issued, or opened again; what it is used for is about this one. */
export class HeldToken {
  readonly #playground: Playground

  constructor(playground: Playground) {
    this.#playground = playground
  }

  /** The exchange that brought it; `null` while there is none. */
  get view(): View | null {
    return this.#playground.held
  }

  /** With what it says. */
  get issued(): ReadToken | null {
    const reading = this.view?.understanding?.reading
    return reading?.kind === 'issued' ? reading : null
  }

  get token(): string | null {
    return this.issued?.accessToken ?? null
  }

  /** What it was asked for with. */
  get config(): TokenRequestConfig | null {
    return this.view?.config ?? null
  }

  /**
   * The token endpoint that issued it, where the form names another by now; else `null`. What is done with the token
   * then gives it to servers that it is not meant for.
   */
  get issuedElsewhere(): string | null {
    const endpoint = this.config?.token_endpoint ?? null
    return endpoint === this.#playground.connection.config.token_endpoint ? null : endpoint
  }
}
