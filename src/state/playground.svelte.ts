import { type Exchange, type HttpRequest, wasSentHere } from '../lib/http/message.ts'
import type { Lesson } from '../lib/lessons/lesson.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Understanding } from '../lib/oauth/token/understand.ts'
import { isPractice } from '../lib/practice/base/origin.ts'
import type { SiteFile } from '../lib/saved/site-file.ts'
import { AtHand } from './base/at-hand.svelte.ts'
import { Connection } from './connection.svelte.ts'
import type { Discovery } from './discovery.svelte.ts'
import type { Environment } from './base/environment.ts'
import { Exchanges } from './base/exchanges.svelte.ts'
import { Finder } from './finder.svelte.ts'
import { KeyRing } from './base/key-ring.svelte.ts'
import type { OpenedLink } from './link.svelte.ts'
import { Preferences, Secrets } from './base/preferences.svelte.ts'
import type { Draft, Moment, PlainIntent, Sending, Sent, View } from './base/sent.ts'
import { plain } from './base/sent.ts'
import { Task } from './base/task.svelte.ts'
import { Why } from './why.svelte.ts'

/** The page: what is to be sent, what is under way, what came back. */
export class Playground {
  readonly preferences: Preferences
  readonly secrets: Secrets
  readonly keys: KeyRing
  readonly connection: Connection
  readonly environment: Environment
  readonly exchanges: Exchanges
  readonly atHand = new AtHand()
  readonly why: Why
  readonly finder: Finder
  readonly #task = new Task()
  #sending: Sending | null = $state.raw(null)
  #view: View | null = $state.raw(null)
  /** Which request is shown; holds until the form changes. */
  #chosen: { readonly moment: Moment; readonly config: TokenRequestConfig } | null = $state.raw(null)
  #wanted: Sent | null = null

  /** Which text the page asks the user for, as it may not read it itself. */
  pasting: 'metadata' | 'keys' | null = $state(null)

  /** What whoever hosts this copy of the page says of it; `null` until that is read. */
  site: SiteFile | null = $state.raw(null)

  /** What the next request is for: the form that has or had the focus says so. */
  draft: Draft = $state.raw('token')

  /** Whether the server test is in the place of the exchange. */
  testing = $state.raw(false)

  /** The lesson under way; `null` if there is none. */
  lesson: Lesson | null = $state.raw(null)

  /** The link that the address has or had; `null` if there is none, or the user is done with it. */
  link: OpenedLink | null = $state.raw(null)

  /** Whether the form has moved on since the exchange on screen was made. */
  readonly stale = $derived.by(() => this.#view !== null && this.#view.config !== this.connection.config)

  /** Which request is on screen: the one that was sent, until the form moves on from it. */
  readonly moment: Moment = $derived.by(() =>
    this.#view !== null && this.#chosen?.config === this.connection.config ? this.#chosen.moment : 'next',
  )

  /** The exchange on screen; `null` while the next request is shown. */
  readonly selected: View | null = $derived.by(() => (this.moment === 'sent' ? this.#view : null))

  /** Whether Get token can send; the servers in this page need WebCrypto. */
  readonly sendable = $derived.by(() => {
    const { sendable, config, breaker } = this.connection
    if (this.environment.place === 'insecure' && isPractice(config.token_endpoint)) return false
    return sendable && breaker?.holds('token') !== true
  })

  constructor(environment: Environment) {
    this.environment = environment
    this.preferences = new Preferences(environment.store)
    this.secrets = new Secrets(this.preferences)
    this.keys = new KeyRing(environment.keyStore, () => this.connection.refresh())
    const { localIssuer, clock } = environment
    this.connection = new Connection(this.preferences, localIssuer, this.keys, clock)
    this.why = new Why(this)
    this.finder = new Finder(this.connection, this.ask, environment.browser.origin, () => {
      const before = this.#view
      return (id) => (this.#view === before ? this.openExchange(id) : undefined)
    })
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

  /** What kept the page from doing what was asked, in the platform's words; `null` when nothing did. */
  get trouble(): string | null {
    return this.finder.trouble ?? this.why.trouble ?? this.#task.trouble ?? this.connection.trouble
  }

  /** Sends the current request; nothing happens while another is under way or an error prevents that. */
  async send(): Promise<void> {
    const { config, breaker } = this.connection
    const fault = breaker?.armedFor('token') ?? null
    if (this.sendable) await this.sendAs('Token request', { ...plain('token', config), fault })
  }

  /** Sends a token request that is made from this, if none is under way. @param purpose as History calls it */
  sendAs(purpose: string, made: PlainIntent): Promise<void> {
    return this.#working(async (cancel) =>
      (await import('./send-token.ts')).sendToken(this, purpose, made, cancel, this.#announce),
    )
  }

  /** Sends the very bytes of an earlier request once more, signatures and all. */
  replay(earlier: Sent): Promise<void> {
    return this.#working(async (cancel) =>
      (await import('./send-token.ts')).sendBytes(this, earlier, cancel, this.#announce),
    )
  }

  /** Asks for something other than a token; the exchange lands in History and does not change what is on screen. */
  readonly ask = async (
    request: HttpRequest,
    purpose: string,
    about: PlainIntent['about'],
    cancel = new AbortController().signal,
  ): Promise<Exchange> => {
    const intent = plain(about, this.connection.config)
    return (await this.exchanges.make(request, intent, { purpose, cancel })).exchange
  }

  /** Finding a server by its issuer; `null` until somebody looks for one. */
  get discovery(): Discovery | null {
    return this.finder.discovery
  }

  cancel(): void {
    this.#task.cancel()
  }

  /** Shows the request that would be sent next, or the exchange that was shown last. */
  look(moment: Moment): void {
    this.testing = false
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
    const understanding = sent.about === 'token' ? await this.understand(sent) : null
    const view = { ...sent, understanding }
    const newest = this.exchanges.history.entries.find(({ about }) => about === 'token')
    // The token of a request just made is at hand, whatever is shown by now; that of another page is to look at.
    const isOwn = wasSentHere(sent.exchange)
    if (isOwn && understanding?.reading.kind === 'issued' && (this.#wanted === sent || newest === sent))
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

  /** Opens the exchange of that number; whether History still has it. */
  async openExchange(id: number): Promise<boolean> {
    const sent = this.exchanges.history.entries.find(({ exchange }) => exchange.id === id)
    if (sent) await this.open(sent)
    return sent !== undefined
  }

  /** Shows the next request: the exchange on screen was deleted. What it brought stays at hand. */
  close(): void {
    this.#view = null
    this.#wanted = null
  }

  /** All that can be said of a token request, by what is known now. */
  async understand(sent: Sent): Promise<Understanding> {
    const { understand } = await import('../lib/oauth/token/understand.ts')
    const made = this.connection.breaker?.madeFrom(sent) ?? sent
    const { exchange, config } = made
    const explain: Parameters<typeof understand>[2] = async (answer) =>
      (await import('./known.ts')).explainSent(this, made, answer, this.why.lineOf(exchange.id))
    return understand(exchange, config, explain, this.atHand.instead[exchange.id])
  }

  async #working(work: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    await this.#task.run(async (cancel) => {
      this.why.checks?.dismiss()
      this.finder.forgetTrouble()
      try {
        await work(cancel)
      } finally {
        this.#sending = null
      }
    })
  }

  readonly #announce = (request: HttpRequest): void => {
    const { timeout } = this.preferences.settings
    this.#sending = { request, startedAt: this.environment.clock.now(), timeout }
  }
}
