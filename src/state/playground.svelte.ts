import { exchange } from '../lib/http/exchange.ts'
import { emptyHistory, remember, type History } from '../lib/http/history.ts'
import type { Exchange, HttpRequest, Transport } from '../lib/http/message.ts'
import type { TokenRequestConfig } from '../lib/oauth/config.ts'
import type { Understanding } from '../lib/oauth/understand.ts'
import type { Checkups } from './checkups.svelte.ts'
import { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Environment } from './environment.ts'
import { KeyRing } from './key-ring.svelte.ts'
import { Preferences } from './preferences.svelte.ts'

/** An exchange with the configuration it was made from, frozen at the moment of sending. */
export interface Sent {
  readonly exchange: Exchange
  readonly config: TokenRequestConfig
  readonly about: About
  /** The exchange this one was the answer to: the server had demanded a nonce. */
  readonly after: Sent | null
  /** The number of the exchange whose very bytes this one sent again; `null` for a request of its own. */
  readonly replayOf: number | null
}

/** What an exchange asked for: an access token, something on the way to one, what one is for, or why none came. */
export type About =
  'token' | 'metadata' | 'registration' | 'keys' | 'api' | 'introspection' | 'revocation' | 'probe'

/** An exchange opened for reading. */
export interface View extends Sent {
  /** `null` for an exchange that was not about a token. */
  readonly understanding: Understanding | null
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
  readonly keys: KeyRing
  readonly connection: Connection
  readonly environment: Environment
  #sending: Sending | null = $state.raw(null)
  #view: View | null = $state.raw(null)
  #held: View | null = $state.raw(null)
  #history: History<Sent> = $state.raw(emptyHistory)
  #cancel: AbortController | null = null
  /** Which request the person asked to see; holds until the form changes. */
  #chosen: { readonly moment: Moment; readonly config: TokenRequestConfig } | null = $state.raw(null)
  #sent = 0
  #wanted: Sent | null = null
  #discovery: Discovery | null = $state.raw(null)
  #checkups: Checkups | null = $state.raw(null)

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
    this.keys = new KeyRing(environment.keyStore, () => this.connection.refresh())
    const { localIssuer, clock } = environment
    this.connection = new Connection(this.preferences, localIssuer, this.keys, clock)
  }

  get sending(): Sending | null {
    return this.#sending
  }

  get view(): View | null {
    return this.#view
  }

  /** The exchange with the access token at hand: the last one that was issued, or opened again. */
  get held(): View | null {
    return this.#held
  }

  get trouble(): string | null {
    return this.#trouble ?? this.connection.trouble
  }

  get history(): History<Sent> {
    return this.#history
  }

  /** Sends the request of the moment; nothing happens while another is under way or an error stands in the way. */
  async send(): Promise<void> {
    if (!this.connection.sendable) return
    const { config } = this.connection
    await this.#working(async (cancel) => {
      const first = await this.#token(config, cancel, null)
      const again = await this.#learnNonce(first)
      if (!again) return this.#show(first)
      try {
        const second = await this.#token(config, cancel, first)
        await this.#learnNonce(second)
        await this.#show(second)
      } catch (error) {
        // The key may be gone by now: the first answer is not lost with it.
        await this.#show(first)
        throw error
      }
    })
  }

  /** Sends the very bytes of an earlier request once more, signatures and all. */
  async replay({ exchange: { id, request }, config, about }: Sent): Promise<void> {
    await this.#working(async (cancel) => {
      this.#announce(request)
      const exchange = await this.#exchange(request, `Replay of #${id}`, cancel)
      const sent = this.#record({ exchange, config, about, after: null, replayOf: id })
      await this.#learnNonce(sent)
      await this.#show(sent)
    })
  }

  /** Asks for something other than a token; the exchange lands in History and does not change what is on screen. */
  readonly ask = async (
    request: HttpRequest,
    purpose: string,
    about: About,
    cancel = new AbortController().signal,
    config = this.connection.config,
  ): Promise<Exchange> => {
    const exchange = await this.#exchange(request, purpose, cancel)
    this.#record({ exchange, config, about, after: null, replayOf: null })
    return exchange
  }

  /** Tries something without credentials, to find out why an answer is missing. `timeout` in milliseconds. */
  probe(
    request: HttpRequest,
    purpose: string,
    options: { readonly timeout: number; readonly cancel: AbortSignal; readonly transport?: Transport },
  ): Promise<Exchange> {
    // What the browser itself can do is the question: never through the relay.
    const { relay, transport } = this.environment
    return this.#exchange(request, purpose, options.cancel, {
      transport: relay?.past ?? transport,
      ...options,
    })
  }

  /** Enters what was tried into History. */
  recordProbe(exchange: Exchange): void {
    this.#record({ exchange, config: this.connection.config, about: 'probe', after: null, replayOf: null })
  }

  /** Finding a server by its issuer; `null` until somebody looks for one. */
  get discovery(): Discovery | null {
    return this.#discovery
  }

  async loadDiscovery(): Promise<Discovery> {
    const { Discovery } = await import('./discovery.svelte.ts')
    this.#discovery ??= new Discovery(this.connection, this.ask, this.environment.browser.origin)
    return this.#discovery
  }

  /** Looks for the server by what was typed. */
  async find(): Promise<void> {
    const still = this.connection.still(({ discovery }) => discovery)
    try {
      const discovery = await this.loadDiscovery()
      if (still()) await discovery.find()
    } catch (error) {
      this.#trouble = String(error)
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
    const understanding = sent.about === 'token' ? await this.#understand(sent) : null
    // Another exchange may have been opened meanwhile; the last one asked for is the one shown.
    if (this.#wanted !== sent) return
    this.#view = { ...sent, understanding }
    if (understanding?.reading.kind === 'issued') this.#held = this.#view
    this.#chosen = null
  }

  async #understand({ exchange, config, replayOf }: Sent): Promise<Understanding> {
    const { understand } = await import('../lib/oauth/understand.ts')
    return understand(exchange, config, replayOf)
  }

  /** One thing at a time; what goes wrong is the page's own trouble, never lost. */
  async #working(task: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#cancel) return
    this.#checkups?.dismiss()
    this.#cancel = new AbortController()
    try {
      await task(this.#cancel.signal)
      this.#trouble = null
    } catch (error) {
      this.#trouble = String(error)
    } finally {
      this.#cancel = null
      this.#sending = null
    }
  }

  /** Composed anew for each send, as what is signed is good for one; the form may change meanwhile, this does not. */
  async #token(config: TokenRequestConfig, cancel: AbortSignal, after: Sent | null): Promise<Sent> {
    const request = await this.connection.compose(config)
    const purpose = after ? `Token request with the nonce of #${after.exchange.id}` : 'Token request'
    this.#announce(request)
    const exchange = await this.#exchange(request, purpose, cancel)
    return this.#record({ exchange, config, about: 'token', after, replayOf: null })
  }

  /** Keeps the nonce an answer gives out, whatever else it says; whether the answer demands it at once. */
  async #learnNonce({ exchange, config }: Sent): Promise<boolean> {
    if (!config.dpop.on) return false
    const { demandsNonce, givenNonce } = await import('../lib/oauth/dpop-nonce.ts')
    const nonce = givenNonce(exchange)
    if (nonce !== null) this.connection.setNonce(exchange.request.url, nonce)
    return demandsNonce(exchange)
  }

  #announce(request: HttpRequest): void {
    const { timeout } = this.preferences.settings
    this.#sending = { request, startedAt: this.environment.clock.now(), timeout }
  }

  #exchange(
    request: HttpRequest,
    purpose: string,
    cancel: AbortSignal,
    options: { readonly timeout?: number; readonly transport?: Transport } = {},
  ): Promise<Exchange> {
    const { clock, transport } = this.environment
    this.#sent += 1
    const timeout = this.preferences.settings.timeout * 1000
    return exchange(request, { id: this.#sent, purpose, transport, clock, cancel, timeout, ...options })
  }

  #record(sent: Sent): Sent {
    this.#history = remember(this.#history, sent)
    if (sent.exchange.outcome.kind !== 'response' && sent.about !== 'probe') void this.#askWhy(sent)
    return sent
  }

  /** Why answers are missing; `null` until one is. */
  get checkups(): Checkups | null {
    return this.#checkups
  }

  /** Checks the connection before anything is sent. */
  async check(): Promise<void> {
    try {
      const checkups = await this.#loadCheckups()
      checkups.check()
    } catch (error) {
      this.#trouble = String(error)
    }
  }

  async #loadCheckups(): Promise<Checkups> {
    const { Checkups } = await import('./checkups.svelte.ts')
    return (this.#checkups ??= new Checkups(this))
  }

  /** What a browser keeps to itself is looked for by itself. */
  async #askWhy(sent: Sent): Promise<void> {
    try {
      const checkups = await this.#loadCheckups()
      checkups.after(sent)
    } catch (error) {
      this.#trouble = String(error)
    }
  }
}
