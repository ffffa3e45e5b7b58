import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import {
  composeDiscoveryRequest,
  discoveryAttempts,
  type DiscoveryNote,
  issuerOfDocument,
} from '../lib/oauth/discovery/discovery.ts'
import { type DiscoveryRecord, discoveryView, foundMetadata } from '../lib/oauth/discovery/discovery-view.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Metadata } from '../lib/oauth/discovery/metadata.ts'
import { without } from '../lib/text/without.ts'
import { changeOf } from '../lib/oauth/discovery/metadata-proposals.ts'
import { parseMetadata, readMetadata } from '../lib/oauth/discovery/metadata-reading.ts'
import type { Connection } from './connection.svelte.ts'

/** Makes one exchange that lands in History. */
export type Ask = (
  request: HttpRequest,
  purpose: string,
  about: 'metadata',
  cancel: AbortSignal,
) => Promise<Exchange>

/** What was found, with the text it was looked for by: it belongs to no other. */
interface Found {
  readonly typed: string
  readonly record: DiscoveryRecord
  /** What the server says of itself, if that is used. */
  readonly metadata: Metadata | null
}

/** Finding a server by its issuer: what was asked, what came, and what of it went into the form. */
export class Discovery {
  readonly #connection: Connection
  readonly #ask: Ask
  readonly #origin: string
  /** By server id, so that looking at another server loses nothing. */
  #found: Readonly<Record<string, Found>> = $state.raw({})
  /** What was filled in last, by server id: nobody typed it, so it may be filled in anew. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when a server is found, never shown
  readonly #filled = new Map<string, Partial<TokenRequestConfig>>()
  /** With what was looked for: for another text or another server, it would be wrong. */
  #problem: (Place & { readonly note: DiscoveryNote }) | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)
  #work: (Place & { readonly cancel: AbortController }) | null = $state.raw(null)

  /** `origin` is the page's. */
  constructor(connection: Connection, ask: Ask, origin: string) {
    this.#connection = connection
    this.#ask = ask
    this.#origin = origin
  }

  get record(): DiscoveryRecord | null {
    return this.#current?.record ?? null
  }

  /** What the server says of itself, if it was found and is used. */
  get metadata(): Metadata | null {
    return this.#current?.metadata ?? null
  }

  /** Why nothing was asked at all. */
  get problem(): DiscoveryNote | null {
    return this.#problem && this.#isHere(this.#problem) ? this.#problem.note : null
  }

  /** What kept the page itself from doing it, in the platform's words. */
  get trouble(): string | null {
    return this.#trouble
  }

  get busy(): boolean {
    return this.#work !== null && this.#isHere(this.#work)
  }

  /** What was typed to find the server by has changed: what was found belongs to another. */
  type(discovery: string): void {
    this.#supersede()
    this.#problem = null
    this.#trouble = null
    this.#found = without(this.#found, this.#connection.server.id)
    this.#connection.edit({ discovery, issuer: '' })
  }

  /** Asks no further. What was asked so far stays. */
  cancel(): void {
    this.#work?.cancel.abort()
  }

  /** Asks at one place after the other until one responds with metadata; each attempt is an exchange of its own. */
  async find(): Promise<void> {
    this.#supersede()
    await this.#working(async (cancel) => {
      const place = this.#here
      const attempts = discoveryAttempts(place.typed)
      this.#problem = attempts.ok ? null : { ...place, note: attempts.problem }
      if (!attempts.ok) return
      const { issuer, urls, notes } = attempts
      const record = { attempts: [], notes, issuer, pasted: null, usedAnyway: false, filled: [] }
      await this.#attempt(record, urls, cancel)
    })
  }

  /** Accepts metadata that the user pasted because the browser may not read it; says what is wrong with it. */
  paste(text: string): string | null {
    const pasted = parseMetadata(text)
    if (pasted.kind !== 'found') return pasted.why
    this.#supersede()
    this.#problem = null
    const typed = discoveryAttempts(this.#here.typed)
    const { attempts, notes } = this.record ?? { attempts: [], notes: [] }
    const issuer = typed.ok ? (typed.issuer ?? issuerOfDocument(typed.urls[0] ?? '')) : null
    this.#take({ attempts, notes, issuer, pasted, usedAnyway: false, filled: [] })
    return null
  }

  /** Uses the values of metadata that names another issuer, because the user says so. */
  useAnyway(): void {
    const { record } = this
    this.#supersede()
    if (record) this.#take({ ...record, usedAnyway: true })
  }

  async #attempt(record: DiscoveryRecord, urls: readonly string[], cancel: AbortSignal): Promise<void> {
    const place = this.#here
    this.#keep(record)
    let soFar = record
    for (const url of urls) {
      const request = await composeDiscoveryRequest(url)
      const exchange = await this.#ask(request, 'Metadata', 'metadata', cancel)
      // Another server may have been chosen meanwhile; History has the exchange all the same.
      if (!this.#isHere(place)) {
        this.#forget(place)
        return
      }
      if (this.#work?.cancel.signal !== cancel) return
      const attempt = { url, exchangeId: exchange.id, reading: readMetadata(exchange.outcome) }
      soFar = { ...soFar, attempts: [...soFar.attempts, attempt] }
      this.#keep(soFar)
      if (attempt.reading.kind === 'found' || cancel.aborted) break
    }
    this.#take(soFar)
  }

  /** Fills in what nobody typed; the rest is offered. Metadata of another issuer fills in nothing. */
  #take(record: DiscoveryRecord): void {
    const { config, server } = this.#connection
    const initial = { ...server.config, ...this.#filled.get(server.id) }
    const { found } = discoveryView(record, { config, initial, pageOrigin: this.#origin })
    const filled = found?.usable ? found.offered.filter(({ typed }) => !typed) : []
    const metadata = found?.usable ? (foundMetadata(record)?.reading.metadata ?? null) : null
    this.#keep({ ...record, filled }, metadata)
    const change = changeOf(filled)
    this.#filled.set(server.id, { ...this.#filled.get(server.id), ...change })
    if (filled.length > 0) this.#connection.edit(change)
  }

  /** What is looked for now. */
  get #here(): Place {
    return { server: this.#connection.server.id, typed: this.#connection.config.discovery }
  }

  #isHere({ server, typed }: Place): boolean {
    return server === this.#here.server && typed === this.#here.typed
  }

  get #current(): Found | null {
    const { server, typed } = this.#here
    const found = this.#found[server]
    return found?.typed === typed ? found : null
  }

  #keep(record: DiscoveryRecord, metadata: Metadata | null = null): void {
    const { server, typed } = this.#here
    this.#found = { ...this.#found, [server]: { typed, record, metadata } }
  }

  #forget({ server, typed }: Place): void {
    if (this.#found[server]?.typed === typed) this.#found = without(this.#found, server)
  }

  /** Whatever is under way counts no more. */
  #supersede(): void {
    this.#work?.cancel.abort()
    this.#work = null
  }

  async #working(task: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    const work = { ...this.#here, cancel: new AbortController() }
    this.#work = work
    try {
      await task(work.cancel.signal)
      this.#trouble = null
    } catch (error) {
      // A part of the page did not load
      this.#trouble = String(error)
    } finally {
      if (this.#work === work) this.#work = null
    }
  }
}

/** A server, and what was typed to find it by. */
interface Place {
  readonly server: string
  readonly typed: string
}
