import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import { discoveryAttempts } from '../lib/oauth/discovery/discovery.ts'
import { isPractice } from '../lib/practice/base/origin.ts'
import { ConnectionCheck } from './connection-check.svelte.ts'
import type { Page } from './first-evidence.ts'
import type { About, Sent } from './base/sent.ts'

/** One connection check for each exchange that came to nothing, and one that was asked for beforehand. */
export class ConnectionChecks {
  readonly #page: Page
  readonly #made = new WeakMap<Exchange, ConnectionCheck>()
  #beforehand: ConnectionCheck | null = $state.raw(null)
  /** One at a time: two would measure each other. */
  #current: ConnectionCheck | null = null

  constructor(page: Page) {
    this.#page = page
  }

  /** The connection check of an exchange in History; `null` if there is nothing to find out. */
  of(exchange: Exchange): ConnectionCheck | null {
    const sent = this.#page.exchanges.history.entries.find((entry) => entry.exchange === exchange)
    return sent ? this.#of(sent) : null
  }

  #of(sent: Sent): ConnectionCheck | null {
    if (!isUnexplained(sent)) return null
    const made = this.#made.get(sent.exchange) ?? this.#make(sent.exchange.request, sent)
    this.#made.set(sent.exchange, made)
    return made
  }

  #make(request: HttpRequest, sent: Sent | null): ConnectionCheck {
    return new ConnectionCheck(this.#page, request, sent, (check) => this.run(check))
  }

  /** The one that was asked for before anything was sent; `null` when none was, or when something was sent since. */
  get beforehand(): ConnectionCheck | null {
    return this.#beforehand
  }

  /** Runs by itself after a failed fetch, where its response would be. What lies only in History waits for the user. */
  after(sent: Sent): void {
    const connectionCheck = this.#of(sent)
    if (connectionCheck && standsOnThePage.has(sent.about)) void this.run(connectionCheck)
  }

  async run(connectionCheck: ConnectionCheck, options?: { readonly allowsPost: boolean }): Promise<void> {
    if (this.#current !== connectionCheck) this.#current?.cancel()
    this.#current = connectionCheck
    await connectionCheck.run(options)
  }

  /** Checks the connection before anything is sent: to the token endpoint or, if there is none yet, to the metadata. */
  check(): void {
    const { preview, config } = this.#page.connection
    const request = preview ?? metadataRequest(config.discovery)
    if (!request || isPractice(request.url)) return
    this.#beforehand = this.#make(request, null)
    void this.run(this.#beforehand)
  }

  /** Ends what is under way, and puts away what was found beforehand: something else is sent. */
  dismiss(): void {
    this.#current?.cancel()
    this.#beforehand = null
  }
}

/** What finding a server would ask first; `null` if there is nothing to ask by. */
function metadataRequest(typed: string): HttpRequest | null {
  const attempts = discoveryAttempts(typed)
  const [url] = attempts.ok ? attempts.urls : []
  return url === undefined
    ? null
    : { method: 'GET', url, headers: [['accept', 'application/json']], body: null }
}

const standsOnThePage: ReadonlySet<About> = new Set(['token', 'api', 'introspection', 'revocation'])

/** Whether the browser kept from the page what became of it. */
function isUnexplained({ exchange: { outcome, serverView, via, request }, about }: Sent): boolean {
  if (about === 'probe' || about === 'host' || serverView !== null || via !== undefined) return false
  if (isPractice(request.url)) return false
  switch (outcome.kind) {
    case 'response':
    case 'opaque':
      return false
    case 'opaque-redirect':
      return true
    case 'failure':
      return outcome.partial === null
    case 'aborted':
      return outcome.by === 'timeout' && outcome.partial === null
    default:
      return outcome satisfies never
  }
}
