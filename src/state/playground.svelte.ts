import { exchange } from '../lib/http/exchange.ts'
import { emptyHistory, remember, type History } from '../lib/http/history.ts'
import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import type { TokenRequestConfig } from '../lib/oauth/config.ts'
import type { Understanding } from '../lib/oauth/understand.ts'
import { Connection } from './connection.svelte.ts'
import type { Environment } from './environment.ts'
import { Preferences } from './preferences.svelte.ts'

/** An exchange with the configuration it was made from, frozen at the moment of sending. */
export interface Sent {
  readonly exchange: Exchange
  readonly config: TokenRequestConfig
}

/** An exchange opened for reading. */
export interface View extends Sent {
  readonly understanding: Understanding
}

/** A request under way. */
export interface Sending {
  readonly request: HttpRequest
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Seconds until it is given up, as set when it was sent. */
  readonly timeout: number
}

/** The request to be sent next, or the one that the exchange on screen sent. */
export type Moment = 'next' | 'sent'

/** The page: what is to be sent, what is under way, what came back. */
export class Playground {
  readonly preferences: Preferences
  readonly connection: Connection
  readonly environment: Environment
  #sending: Sending | null = $state.raw(null)
  #view: View | null = $state.raw(null)
  #history: History<Sent> = $state.raw(emptyHistory)
  #cancel: AbortController | null = null
  /** Which request the person asked to see; holds until the form changes. */
  #chosen: { readonly moment: Moment; readonly config: TokenRequestConfig } | null = $state.raw(null)
  #sent = 0
  #wanted: Sent | null = null

  /** What kept the page from doing what was asked, in the platform's words; `null` when nothing did. */
  #trouble: string | null = $state.raw(null)

  /** Whether secrets are shown, wherever they stand; never stored. */
  showSecrets = $state(false)

  /** Whether the form has moved on since the exchange on screen was made. */
  readonly stale = $derived.by(() => this.#view !== null && this.#view.config !== this.connection.config)

  /** Which request is on screen: the one that was sent, until the form moves on from it. */
  readonly moment: Moment = $derived.by(() => {
    if (this.#view === null) return 'next'
    if (this.#chosen?.config === this.connection.config) return this.#chosen.moment
    return this.stale ? 'next' : 'sent'
  })

  constructor(environment: Environment) {
    this.environment = environment
    this.preferences = new Preferences(environment.store)
    this.connection = new Connection(this.preferences, environment.localIssuer)
  }

  get sending(): Sending | null {
    return this.#sending
  }

  get view(): View | null {
    return this.#view
  }

  get trouble(): string | null {
    return this.#trouble ?? this.connection.trouble
  }

  get history(): History<Sent> {
    return this.#history
  }

  /** Sends the request of the moment; nothing happens while another is under way or an error stands in the way. */
  async send(): Promise<void> {
    if (this.#cancel || !this.connection.sendable) return
    this.#cancel = new AbortController()
    try {
      const sent = await this.#exchange(this.connection.config, this.#cancel.signal)
      this.#history = remember(this.#history, sent)
      await this.#show(sent)
      this.#trouble = null
    } catch (error) {
      this.#trouble = String(error)
    } finally {
      this.#cancel = null
      this.#sending = null
    }
  }

  cancel(): void {
    this.#cancel?.abort()
  }

  /** Looks at the request that would be sent next, or at the one that was sent. */
  look(moment: Moment): void {
    this.#chosen = { moment, config: this.connection.config }
  }

  /** Opens an exchange out of History again, in full and with the request it sent. */
  async open(sent: Sent): Promise<void> {
    await this.#show(sent)
    this.look('sent')
  }

  async #show(sent: Sent): Promise<void> {
    this.#wanted = sent
    const { understand } = await import('../lib/oauth/understand.ts')
    const understanding = await understand(sent.exchange, sent.config, this.environment.browser.origin)
    // Another exchange may have been opened meanwhile; the last one asked for is the one shown.
    if (this.#wanted !== sent) return
    this.#view = { ...sent, understanding }
    this.#chosen = null
  }

  /** Composed anew for each send, as later methods sign anew; the form may change meanwhile, this does not. */
  async #exchange(config: TokenRequestConfig, cancel: AbortSignal): Promise<Sent> {
    const { clock, transport } = this.environment
    const { composeTokenRequest } = await import('../lib/oauth/token-request.ts')
    const request = await composeTokenRequest(config)
    const { timeout } = this.preferences.settings
    this.#sending = { request, startedAt: clock.now(), timeout }
    this.#sent += 1
    const made = await exchange(request, {
      id: this.#sent,
      purpose: 'Token request',
      transport,
      clock,
      cancel,
      timeout: timeout * 1000,
    })
    return { exchange: made, config }
  }
}
