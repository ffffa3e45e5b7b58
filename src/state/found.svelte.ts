import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { DiscoveryRecord } from '../lib/oauth/discovery/discovery-view.ts'
import type { Metadata } from '../lib/oauth/discovery/metadata.ts'
import type { ResourceRecord } from '../lib/oauth/resource/resource-view.ts'
import { without } from '../lib/text/without.ts'
import type { Connection } from './connection.svelte.ts'

/** A server, and what was typed to find it by. */
export interface Place {
  readonly server: string
  readonly typed: string
}

/** What was found, with the text it was looked for by: it belongs to no other. */
interface Found {
  readonly typed: string
  readonly record: DiscoveryRecord
  /** About an API; `null` if none was looked for. */
  readonly resource: ResourceRecord | null
  /** What the server says of itself, if that is used. */
  readonly metadata: Metadata | null
  /** Undoes what a confirmed issuer filled in; `null` while nothing is. */
  readonly undo: (() => void) | null
}

const unknown = { resource: null, metadata: null, undo: null }

/** What was found, by server, so that looking at another server loses nothing. */
export class FoundServers {
  readonly #connection: Connection
  #found: Readonly<Record<string, Found>> = $state.raw({})
  /** What was filled in last, by server id: nobody typed it, so it may be filled in anew. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when a server is found, never shown
  readonly #filled = new Map<string, Partial<TokenRequestConfig>>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** What is looked for now. */
  get here(): Place {
    return { server: this.#connection.server.id, typed: this.#connection.config.discovery }
  }

  isHere({ server, typed }: Place): boolean {
    return server === this.here.server && typed === this.here.typed
  }

  get current(): Found | null {
    const { server, typed } = this.here
    const found = this.#found[server]
    return found?.typed === typed ? found : null
  }

  /** Keeps what was found anew; the rest of what is said of it is not known then. */
  keep(found: Pick<Found, 'record'> & Partial<Found>): void {
    const { server, typed } = this.here
    this.#found = { ...this.#found, [server]: { ...unknown, ...found, typed } }
  }

  /** Changes what is kept of what was found, if anything is. */
  change(change: Partial<Found>): void {
    const { current } = this
    if (current) this.keep({ ...current, ...change })
  }

  forget({ server, typed }: Place): void {
    if (this.#found[server]?.typed === typed) this.#found = without(this.#found, server)
  }

  /** Of the server in use, whatever it was found by. */
  forgetServer(): void {
    this.#found = without(this.#found, this.here.server)
  }

  /** The values of the form that nobody typed: the server's own, and what was filled in. */
  get initial(): TokenRequestConfig {
    return { ...this.#connection.server.config, ...this.filled }
  }

  /** What was filled in last. */
  get filled(): Partial<TokenRequestConfig> {
    return this.#filled.get(this.#connection.server.id) ?? {}
  }

  /** Fills in what nobody has to type. @returns makes these values ones that somebody typed, unless they were before */
  fill(change: Partial<TokenRequestConfig>): () => void {
    const { id } = this.#connection.server
    const before = this.#filled.get(id) ?? {}
    this.#filled.set(id, { ...before, ...change })
    if (Object.keys(change).length > 0) this.#connection.edit(change)
    return () => {
      this.#filled.set(id, before)
    }
  }
}
