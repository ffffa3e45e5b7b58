import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import type { DiscoveryNote } from '../lib/oauth/discovery.ts'
import type { DiscoveryRecord } from '../lib/oauth/discovery-view.ts'
import type { TokenRequestConfig } from '../lib/oauth/config.ts'
import type { Metadata } from '../lib/oauth/metadata.ts'
import { without } from '../lib/without.ts'
import type { Connection } from './connection.svelte.ts'

/** Makes one exchange that lands in History. */
type Ask = (
  request: HttpRequest,
  purpose: string,
  about: 'metadata',
  cancel: AbortSignal,
) => Promise<Exchange>

/** Finding a server by its issuer: what was asked, what came, and what of it went into the form. */
export class Discovery {
  readonly #connection: Connection
  readonly #ask: Ask
  readonly #origin: string
  /** By server id, so that looking at another server loses nothing. */
  #records: Readonly<Record<string, DiscoveryRecord>> = $state.raw({})
  #metadata: Readonly<Record<string, Metadata>> = $state.raw({})
  /** What was filled in last, by server id: nobody typed it, so it may be filled in anew. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when a server is found, never shown
  readonly #filled = new Map<string, Partial<TokenRequestConfig>>()
  #problem: DiscoveryNote | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)
  #cancel: AbortController | null = $state.raw(null)

  /** `origin` is the page's. */
  constructor(connection: Connection, ask: Ask, origin: string) {
    this.#connection = connection
    this.#ask = ask
    this.#origin = origin
  }

  get record(): DiscoveryRecord | null {
    return this.#records[this.#connection.server.id] ?? null
  }

  /** What the server says of itself, where it was found and is used. */
  get metadata(): Metadata | null {
    return this.#metadata[this.#connection.server.id] ?? null
  }

  /** Why nothing was asked at all. */
  get problem(): DiscoveryNote | null {
    return this.#problem
  }

  /** What kept the page itself from doing it, in the platform's words. */
  get trouble(): string | null {
    return this.#trouble
  }

  get busy(): boolean {
    return this.#cancel !== null
  }

  /** What was typed to find the server by has changed: what was found belongs to another. */
  type(discovery: string): void {
    this.cancel()
    this.#problem = null
    this.#records = without(this.#records, this.#connection.server.id)
    this.#metadata = without(this.#metadata, this.#connection.server.id)
    this.#connection.edit({ discovery, issuer: '' })
  }

  cancel(): void {
    this.#cancel?.abort()
    this.#cancel = null
  }

  /** Asks at one place after the other until one answers with metadata; each attempt is an exchange of its own. */
  async find(): Promise<void> {
    const { discoveryAttempts } = await import('../lib/oauth/discovery.ts')
    const attempts = discoveryAttempts(this.#connection.config.discovery)
    this.#problem = attempts.ok ? null : attempts.problem
    if (!attempts.ok) return
    const { issuer, urls, notes } = attempts
    this.cancel()
    await this.#working(async (cancel) => {
      const record = { attempts: [], notes, issuer, pasted: null, usedAnyway: false, filled: [] }
      await this.#attempt(record, urls, cancel)
    })
  }

  /** Takes metadata that the person pasted, where the browser may not read it; says what is wrong with it. */
  async paste(text: string): Promise<string | null> {
    const { parseMetadata } = await import('../lib/oauth/metadata-reading.ts')
    const pasted = parseMetadata(text)
    if (pasted.kind !== 'found') return pasted.why
    const { discoveryAttempts } = await import('../lib/oauth/discovery.ts')
    const typed = discoveryAttempts(this.#connection.config.discovery)
    const { attempts, notes } = this.record ?? { attempts: [], notes: [] }
    const issuer = typed.ok ? typed.issuer : null
    await this.#take({ attempts, notes, issuer, pasted, usedAnyway: false, filled: [] })
    return null
  }

  /** Takes the values of metadata that names another issuer, because the person says so. */
  async useAnyway(): Promise<void> {
    const { record } = this
    if (record) await this.#working(() => this.#take({ ...record, usedAnyway: true }))
  }

  async #attempt(record: DiscoveryRecord, urls: readonly string[], cancel: AbortSignal): Promise<void> {
    const { composeDiscoveryRequest } = await import('../lib/oauth/discovery-request.ts')
    const { readMetadata } = await import('../lib/oauth/metadata-reading.ts')
    const { server } = this.#connection
    let soFar = record
    for (const url of urls) {
      const request = await composeDiscoveryRequest(url)
      const exchange = await this.#ask(request, 'Metadata', 'metadata', cancel)
      // Another server may have been chosen meanwhile; History has the exchange all the same.
      if (cancel.aborted || server !== this.#connection.server) return
      const attempt = { url, exchangeId: exchange.id, reading: readMetadata(exchange.outcome) }
      soFar = { ...soFar, attempts: [...soFar.attempts, attempt] }
      this.#keep(soFar)
      if (attempt.reading.kind === 'found') break
    }
    await this.#take(soFar)
  }

  /** Fills in what nobody typed; the rest is offered. Metadata of another issuer fills in nothing. */
  async #take(record: DiscoveryRecord): Promise<void> {
    const { discoveryView, foundMetadata } = await import('../lib/oauth/discovery-view.ts')
    const { changeOf } = await import('../lib/oauth/metadata-proposals.ts')
    const { config, server } = this.#connection
    const initial = { ...server.config, ...this.#filled.get(server.id) }
    const { found } = discoveryView(record, { config, initial, pageOrigin: this.#origin })
    const filled = found?.usable ? found.offered.filter(({ typed }) => !typed) : []
    this.#keep({ ...record, filled })
    if (!found?.usable) return
    const metadata = foundMetadata(record)?.reading.metadata
    if (metadata) this.#metadata = { ...this.#metadata, [server.id]: metadata }
    const change = changeOf(filled)
    this.#filled.set(server.id, { ...this.#filled.get(server.id), ...change })
    this.#connection.edit(change)
  }

  #keep(record: DiscoveryRecord): void {
    this.#records = { ...this.#records, [this.#connection.server.id]: record }
  }

  async #working(task: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    const cancel = new AbortController()
    this.#cancel = cancel
    try {
      await task(cancel.signal)
      this.#trouble = null
    } catch (error) {
      // The code for it did not load
      this.#trouble = String(error)
    } finally {
      if (this.#cancel === cancel) this.#cancel = null
    }
  }
}
