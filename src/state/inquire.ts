import type { Exchange, HttpRequest, Outcome } from '../lib/http/message.ts'
import type { NoDocument } from '../lib/oauth/discovery/document-reading.ts'
import { composeDiscoveryRequest } from '../lib/oauth/discovery/discovery.ts'
import { type DiscoveryRecord, foreignIssuer } from '../lib/oauth/discovery/discovery-view.ts'
import { readMetadata } from '../lib/oauth/discovery/metadata-reading.ts'
import { placesOf } from '../lib/oauth/resource/named-servers.ts'
import { readResourceMetadata } from '../lib/oauth/resource/resource-metadata.ts'
import { composeResourceRequest, type Search } from '../lib/oauth/resource/resource-place.ts'
import { issuerToAsk, type ResourceRecord } from '../lib/oauth/resource/resource-view.ts'

/** What was asked for a text, and what came of it. */
export interface Inquiry {
  /** About the server. */
  readonly record: DiscoveryRecord
  /** About the API; `null` if none was asked. */
  readonly resource: ResourceRecord | null
}

/** Sends a request for metadata; `null` if nobody waits for what comes of it any more. */
export type Asking = (request: HttpRequest) => Promise<Exchange | null>

/** `stopped` by the user; `gone` if nobody waits for it. */
type Step = 'found' | 'nothing' | 'stopped' | 'gone'

interface Attempted<R> {
  readonly url: string
  readonly exchangeId: number
  readonly reading: R
}

/** What is known of a server before it is asked. */
export const unaskedServer: DiscoveryRecord = {
  attempts: [],
  notes: [],
  issuer: null,
  pasted: null,
  usedAnyway: false,
  filled: [],
}

/** What is known of an API before it is asked. */
export const unaskedResource: ResourceRecord = {
  attempts: [],
  asked: null,
  pasted: null,
  challenged: null,
  against: false,
  issuer: null,
  server: null,
  confirmed: null,
}

/**
 * Asks for metadata at one place after the other, of a server or of an API, until one responds with some that can be used. Of an
 * API it goes on to the server that is named; nothing but plain GETs is ever sent.
 */
export class Inquirer {
  readonly #asking: Asking
  readonly #keep: (inquiry: Inquiry) => void
  #inquiry: Inquiry

  /** `keep` hears of each step. */
  constructor(inquiry: Inquiry, asking: Asking, keep: (inquiry: Inquiry) => void) {
    this.#inquiry = inquiry
    this.#asking = asking
    this.#keep = keep
  }

  /** All that is to be asked for a text; `null` if nobody waits for it any more. */
  async search({ server, resource, isResource }: Extract<Search, { ok: true }>): Promise<Inquiry | null> {
    const ofServer = () => this.#server(server?.urls ?? [])
    const ofResource = () => this.#resource(resource?.urls ?? [])
    this.#put({})
    let step: Step = 'nothing'
    for (const ask of isResource ? [ofResource, ofServer] : [ofServer, ofResource]) {
      if (step === 'nothing') step = await ask()
    }
    if (step === 'nothing') step = await this.#itself()
    return step === 'gone' ? null : this.#inquiry
  }

  async #server(urls: readonly string[]): Promise<Step> {
    const { record } = this.#inquiry
    const step = await this.#at(urls, composeDiscoveryRequest, readMetadata, (attempts) => {
      this.#put({ record: { ...record, attempts } })
    })
    return step === 'found' && foreignIssuer(this.#inquiry.record) !== null ? 'nothing' : step
  }

  async #resource(urls: readonly string[]): Promise<Step> {
    const before = this.#inquiry.resource
    if (!before) return 'nothing'
    const step = await this.#at(urls, composeResourceRequest, readResourceMetadata, (attempts) => {
      this.#put({ resource: { ...before, attempts } })
    })
    const { resource } = this.#inquiry
    const issuer = step === 'found' && resource ? issuerToAsk(resource) : null
    return issuer === null ? step : this.issuer(issuer)
  }

  /** Looks for the server of the issuer that an API names. */
  async issuer(issuer: string): Promise<Step> {
    const { resource } = this.#inquiry
    if (!resource) return 'nothing'
    this.#put({ resource: { ...resource, issuer, server: null } })
    const server = { ...unaskedServer, issuer }
    const step = await this.#at(placesOf(issuer), composeDiscoveryRequest, readMetadata, (attempts) => {
      this.#put({ resource: { ...resource, issuer, server: { ...server, attempts } } })
    })
    return step === 'nothing' ? 'found' : step
  }

  /** Asks a server whose metadata were found elsewhere whether it responds itself. */
  async #itself(): Promise<Step> {
    const { record } = this.#inquiry
    const issuer = foreignIssuer(record)
    return this.#at(
      issuer === null ? [] : placesOf(issuer),
      composeDiscoveryRequest,
      readMetadata,
      (named) => {
        this.#put({ record: { ...record, named } })
      },
    )
  }

  async #at<R extends { readonly kind: 'found' } | NoDocument>(
    urls: readonly string[],
    compose: (url: string) => HttpRequest | Promise<HttpRequest>,
    read: (outcome: Outcome) => R,
    keep: (attempts: readonly Attempted<R>[]) => void,
  ): Promise<Step> {
    let attempts: readonly Attempted<R>[] = []
    for (const url of urls) {
      const exchange = await this.#asking(await compose(url))
      if (!exchange) return 'gone'
      const { id: exchangeId, outcome } = exchange
      const reading = read(outcome)
      attempts = [...attempts, { url, exchangeId, reading }]
      keep(attempts)
      if (reading.kind === 'found') return 'found'
      if (outcome.kind === 'aborted' && outcome.by === 'person') return 'stopped'
    }
    return 'nothing'
  }

  #put(change: Partial<Inquiry>): void {
    this.#inquiry = { ...this.#inquiry, ...change }
    this.#keep(this.#inquiry)
  }
}
