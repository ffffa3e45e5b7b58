import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Understanding } from '../lib/oauth/token/understand.ts'
import type { SiteFile } from '../lib/saved/site-file.ts'
import { AtHand } from './at-hand.svelte.ts'
import { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Environment } from './environment.ts'
import { Exchanges, withNonce } from './exchanges.svelte.ts'
import { KeyRing } from './key-ring.svelte.ts'
import { Preferences } from './preferences.svelte.ts'
import { plain, type PlainIntent, type Sending, type Sent, type View } from './sent.ts'
import { Task } from './task.svelte.ts'
import { Why } from './why.svelte.ts'

/** The request to be sent next, or the one that the exchange on screen sent. */
export type Moment = 'next' | 'sent'

/** What the request to be sent next is for. */
export type Draft = 'token' | 'api' | 'introspection' | 'revocation'

/** The page: what is to be sent, what is under way, what came back. */
export class Playground {
  readonly preferences: Preferences
  readonly keys: KeyRing
  readonly connection: Connection
  readonly environment: Environment
  readonly exchanges: Exchanges
  readonly atHand = new AtHand()
  readonly why: Why
  readonly #task = new Task()
  #sending: Sending | null = $state.raw(null)
  #view: View | null = $state.raw(null)
  /** Which request is shown; holds until the form changes. */
  #chosen: { readonly moment: Moment; readonly config: TokenRequestConfig } | null = $state.raw(null)
  #draft: Draft = $state.raw('token')
  #wanted: Sent | null = null
  #discovery: Discovery | null = $state.raw(null)
  /** What kept the page from doing what was asked, in the platform's words; `null` when nothing did. */
  #trouble: string | null = $state.raw(null)

  /** Which text the page asks the user for, as it may not read it itself. */
  pasting: 'metadata' | 'keys' | null = $state(null)

  /** What whoever hosts this copy of the page says of it; `null` until that is read. */
  site: SiteFile | null = $state.raw(null)

  /** Whether secrets are shown, wherever they are; never stored. */
  showSecrets = $state(false)

  /** Whether the form has moved on since the exchange on screen was made. */
  readonly stale = $derived.by(() => this.#view !== null && this.#view.config !== this.connection.config)

  /** Which request is on screen: the one that was sent, until the form moves on from it. */
  readonly moment: Moment = $derived.by(() =>
    this.#view !== null && this.#chosen?.config === this.connection.config ? this.#chosen.moment : 'next',
  )

  /** The exchange on screen; `null` while the next request is shown. */
  readonly selected: View | null = $derived.by(() => (this.moment === 'sent' ? this.#view : null))

  /** Whether Get token can send; the practice server needs WebCrypto. */
  readonly sendable = $derived.by(
    () =>
      this.connection.sendable && !(this.connection.server.inPage && this.environment.place === 'insecure'),
  )

  constructor(environment: Environment) {
    this.environment = environment
    this.preferences = new Preferences(environment.store)
    this.keys = new KeyRing(environment.keyStore, () => this.connection.refresh())
    const { localIssuer, clock } = environment
    this.connection = new Connection(this.preferences, localIssuer, this.keys, clock)
    this.why = new Why(this)
    const timeout = () => this.preferences.settings.timeout * 1000
    this.exchanges = new Exchanges(environment, timeout, (sent) => void this.why.ask(sent))
  }

  get sending(): Sending | null {
    return this.#sending
  }

  /** The exchange that was shown last. */
  get view(): View | null {
    return this.#view
  }

  /** What the next request is for: the form that has or had the focus says so. */
  get draft(): Draft {
    return this.#draft
  }

  set draft(draft: Draft) {
    this.#draft = draft
  }

  get trouble(): string | null {
    return this.#trouble ?? this.why.trouble ?? this.#task.trouble ?? this.connection.trouble
  }

  /** Sends the current request; nothing happens while another is under way or an error prevents that. */
  async send(): Promise<void> {
    if (!this.sendable) return
    const { config } = this.connection
    await this.#working((cancel) =>
      withNonce((after) => this.#token(config, cancel, after), this.learnNonce, this.open),
    )
  }

  /** Sends the very bytes of an earlier request once more, signatures and all. */
  async replay(earlier: Sent): Promise<void> {
    const { request, id } = earlier.exchange
    await this.#working(async (cancel) => {
      this.#announce(request)
      const purpose = `Replay of #${id}`
      const sent = await this.exchanges.make(
        request,
        { ...earlier, after: null, replayOf: id },
        { purpose, cancel },
      )
      await this.learnNonce(sent)
      await this.open(sent)
    })
  }

  /** Asks for something other than a token; the exchange lands in History and does not change what is on screen. */
  readonly ask = async (
    request: HttpRequest,
    purpose: string,
    about: PlainIntent['about'],
    cancel = new AbortController().signal,
  ): Promise<Exchange> => {
    const intent = plain(about, this.connection.config)
    const { exchange } = await this.exchanges.make(request, intent, { purpose, cancel })
    return exchange
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
      if (!still()) return
      await discovery.find()
      // What the server says of itself is in the form by now; if it said nothing, the reason is in the response.
      const last = discovery.record?.attempts.at(-1)
      if (last && discovery.metadata === null && last.reading.kind !== 'found')
        await this.openExchange(last.exchangeId)
    } catch (error) {
      this.#trouble = String(error)
    }
  }

  cancel(): void {
    this.#task.cancel()
  }

  /** Shows the request that would be sent next, or the exchange that was shown last. */
  look(moment: Moment): void {
    this.#chosen = { moment, config: this.connection.config }
  }

  /** Shows the next request of that form. */
  plan(draft: Draft): void {
    this.draft = draft
    this.look('next')
  }

  /** Shows an exchange: one just made, or an earlier one again, in full and with the request it sent. */
  readonly open = async (sent: Sent): Promise<void> => {
    this.#wanted = sent
    const understanding = sent.about === 'token' ? await this.#understand(sent) : null
    const view = { ...sent, understanding }
    const newest = this.exchanges.history.entries.find(({ about }) => about === 'token')
    // The token of a request just made is at hand, whatever is shown by now.
    if (understanding?.reading.kind === 'issued' && (this.#wanted === sent || newest === sent))
      this.atHand.take(view)
    // Another exchange may have been opened meanwhile; the last one asked for is the one shown.
    if (this.#wanted !== sent) return
    this.#view = view
    this.look('sent')
  }

  /** Keeps a line of a log as evidence of why the exchange on screen was refused. */
  async paste(line: string): Promise<void> {
    if (!this.#view) return
    this.why.keep(this.#view.exchange.id, line)
    await this.open(this.#view)
  }

  /** Opens the exchange of that number, if History still has it. */
  async openExchange(id: number): Promise<void> {
    const sent = this.exchanges.history.entries.find(({ exchange }) => exchange.id === id)
    if (sent) await this.open(sent)
  }

  async #understand(sent: Sent): Promise<Understanding> {
    const { understand } = await import('../lib/oauth/token/understand.ts')
    const { exchange, config } = sent
    const explain: Parameters<typeof understand>[2] = async (answer) =>
      (await import('./known.ts')).explainSent(this, sent, answer, this.why.lineOf(exchange.id))
    return understand(exchange, config, explain, this.atHand.instead[exchange.id])
  }

  async #working(work: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    await this.#task.run(async (cancel) => {
      this.why.checks?.dismiss()
      this.#trouble = null
      try {
        await work(cancel)
      } finally {
        this.#sending = null
      }
    })
  }

  /** Composed anew for each send, as what is signed is good for one; the form may change meanwhile, this does not. */
  async #token(config: TokenRequestConfig, cancel: AbortSignal, after: Sent | null): Promise<Sent> {
    const request = await this.connection.compose(config)
    const purpose = after ? `Token request with the nonce of #${after.exchange.id}` : 'Token request'
    this.#announce(request)
    return this.exchanges.make(request, { ...plain('token', config), after }, { purpose, cancel })
  }

  /** Keeps the nonce a response gives out, whatever else it says; whether the response demands it at once. */
  readonly learnNonce = async ({ exchange, config }: Sent): Promise<boolean> => {
    if (!config.dpop.on) return false
    const { demandsNonce, givenNonce } = await import('../lib/oauth/response/dpop-nonce.ts')
    const nonce = givenNonce(exchange)
    if (nonce !== null) this.connection.setNonce(exchange.request.url, nonce)
    return demandsNonce(exchange)
  }

  #announce(request: HttpRequest): void {
    const { timeout } = this.preferences.settings
    this.#sending = { request, startedAt: this.environment.clock.now(), timeout }
  }
}
