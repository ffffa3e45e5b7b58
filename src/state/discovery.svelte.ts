import type { Exchange, HttpRequest } from '../lib/http/message.ts'
import { discoveryAttempts, type DiscoveryNote, issuerOfDocument } from '../lib/oauth/discovery/discovery.ts'
import { type DiscoveryRecord, discoveryView, foundMetadata } from '../lib/oauth/discovery/discovery-view.ts'
import type { Metadata } from '../lib/oauth/discovery/metadata.ts'
import { changeOf } from '../lib/oauth/discovery/metadata-proposals.ts'
import { parseMetadata } from '../lib/oauth/discovery/metadata-reading.ts'
import { httpUrl } from '../lib/http/http-url.ts'
import { type FoundResource, parseResourceMetadata } from '../lib/oauth/resource/resource-metadata.ts'
import { searchFor } from '../lib/oauth/resource/resource-place.ts'
import { issuerToAsk, type ResourceRecord } from '../lib/oauth/resource/resource-view.ts'
import { whyNothing } from '../lib/oauth/resource/find-view.ts'
import type { Connection } from './connection.svelte.ts'
import { FoundServers, type Place } from './found.svelte.ts'
import { type Asking, Inquirer, type Inquiry, unaskedResource, unaskedServer } from './inquire.ts'
import { ResourceStart } from './resource-start.svelte.ts'

/** Makes one exchange that lands in History. */
export type Ask = (
  request: HttpRequest,
  purpose: string,
  about: 'metadata',
  cancel: AbortSignal,
) => Promise<Exchange>

/** A challenge of an API that says where its metadata are. @see RFC 9728 section 5.1 */
export interface ChallengeStart {
  /** The value of `resource_metadata`. */
  readonly url: string
  /** The URL that was called: what the metadata have to name. */
  readonly called: string
  /** The scope that the challenge demands; `null` for none. */
  readonly scope: string | null
}

/** Finding a server by its issuer, or by an API that names it: what was asked, what came, and what of it went into the form. */
export class Discovery {
  readonly #connection: Connection
  readonly #ask: Ask
  readonly #origin: string
  readonly #found: FoundServers
  /** What an API says, and what that fills in. */
  readonly start: ResourceStart
  /** With what was looked for: for another text or another server, it would be wrong. */
  #problem: (Place & { readonly note: DiscoveryNote }) | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)
  #work: (Place & { readonly cancel: AbortController }) | null = $state.raw(null)
  /** The challenge that the text in the field came from. */
  #challenge: (Place & ChallengeStart) | null = null

  /** `origin` is the page's. */
  constructor(connection: Connection, ask: Ask, origin: string) {
    this.#connection = connection
    this.#ask = ask
    this.#origin = origin
    this.#found = new FoundServers(connection)
    this.start = new ResourceStart(connection, this.#found)
  }

  get record(): DiscoveryRecord | null {
    return this.#found.current?.record ?? null
  }

  /** What the server says of itself, if it was found and is used. */
  get metadata(): Metadata | null {
    return this.#found.current?.metadata ?? null
  }

  /** The exchange that shows why nothing was found; `null` if something was. */
  get failed(): number | null {
    const { record, start, metadata } = this
    const nothing = metadata === null && start.view === null
    return nothing ? whyNothing(record?.attempts ?? [], start.record?.attempts ?? []) : null
  }

  /** Why nothing was asked at all. */
  get problem(): DiscoveryNote | null {
    return this.#problem && this.#found.isHere(this.#problem) ? this.#problem.note : null
  }

  /** What kept the page itself from doing it, in the platform's words; `null` if nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  get busy(): boolean {
    return this.#work !== null && this.#found.isHere(this.#work)
  }

  /** What was typed to find the server by has changed: what was found belongs to another. */
  type(discovery: string): void {
    this.#supersede()
    this.#problem = null
    this.#trouble = null
    this.#found.forgetServer()
    this.#connection.edit({ discovery, issuer: '' })
  }

  /** Puts the metadata URL of a challenge into the field; what they name is compared with the URL that was called. */
  typeChallenge(challenge: ChallengeStart): void {
    this.type(challenge.url)
    this.#challenge = { ...this.#found.here, ...challenge }
  }

  /** Asks no further. What was asked so far stays. */
  cancel(): void {
    this.#work?.cancel.abort()
  }

  /** Asks at one place after the other until one responds with metadata; each attempt is an exchange of its own. */
  async find(): Promise<void> {
    this.#supersede()
    await this.#working(async (cancel) => {
      if (this.#readTyped()) return
      const place = this.#found.here
      const challenge = this.#challengeAt(place)
      const search = searchFor(place.typed, challenge?.called)
      this.#problem = search.ok ? null : { ...place, note: search.problem }
      if (!search.ok) return
      const { server, resource } = search
      const record = { ...unaskedServer, notes: server?.notes ?? [], issuer: server?.issuer ?? null }
      const challenged = challenge?.scope ?? null
      const asked = resource && { ...unaskedResource, asked: resource.asked, challenged }
      const inquirer = this.#inquirer({ record, resource: asked }, place, cancel)
      this.#arrive(await inquirer.search(search))
    })
  }

  /** Looks for an issuer that an API names, because the user chose it; `against` the standard, if the resource is another. */
  async lookFor(issuer: string, against = false): Promise<void> {
    const { record } = this
    const before = this.start.record
    this.#supersede()
    if (!record || !before || before.confirmed) return
    await this.#working(async (cancel) => {
      const resource = { ...before, against: before.against || against, issuer, server: null }
      await this.#inquirer({ record, resource }, this.#found.here, cancel).issuer(issuer)
    })
  }

  /** Accepts metadata, of a server or of an API, that the user pasted because the browser may not read it; says what is wrong with it. */
  paste(text: string): string | null {
    const pasted = parseMetadata(text)
    if (pasted.kind !== 'found') {
      const resource = parseResourceMetadata(text)
      if (resource.kind !== 'found') return pasted.why
      const search = searchFor(this.#found.here.typed)
      this.#takeResource(resource, search.ok ? (search.resource?.asked ?? null) : null)
      return null
    }
    this.#supersede()
    this.#problem = null
    const server = { ...unaskedServer, pasted }
    if (this.start.accept(server)) return null
    const typed = discoveryAttempts(this.#found.here.typed)
    const { attempts, notes } = this.record ?? unaskedServer
    const issuer = typed.ok ? (typed.issuer ?? issuerOfDocument(typed.urls[0] ?? '')) : null
    this.#take({ ...server, attempts, notes, issuer })
    return null
  }

  /** Uses the values of metadata that names another issuer, because the user says so. */
  useAnyway(): void {
    const { record } = this
    this.#supersede()
    if (record) this.#take({ ...record, usedAnyway: true })
  }

  /** Metadata of an API in place of its URL: the field has that URL then. @returns whether that is what was typed */
  #readTyped(): boolean {
    const { typed } = this.#found.here
    const pasted = typed.trimStart().startsWith('{') ? parseResourceMetadata(typed) : null
    if (pasted?.kind !== 'found' || !httpUrl(pasted.metadata.resource)) return false
    this.type(pasted.metadata.resource ?? '')
    this.#takeResource(pasted, null)
    return true
  }

  #takeResource(pasted: FoundResource, asked: string | null): void {
    this.#supersede()
    this.#problem = null
    const resource: ResourceRecord = {
      ...unaskedResource,
      attempts: this.start.record?.attempts ?? [],
      asked,
      pasted,
    }
    this.#found.keep({ record: this.record ?? unaskedServer, resource })
    const issuer = issuerToAsk(resource)
    if (issuer !== null) void this.lookFor(issuer)
  }

  #challengeAt({ server, typed }: Place): ChallengeStart | null {
    const challenge = this.#challenge
    return challenge?.server === server && challenge.typed === typed ? challenge : null
  }

  #inquirer(inquiry: Inquiry, place: Place, cancel: AbortSignal): Inquirer {
    const asking: Asking = async (request) => {
      const exchange = await this.#ask(request, 'Metadata', 'metadata', cancel)
      // Another server may have been chosen meanwhile; History has the exchange all the same.
      if (!this.#found.isHere(place)) {
        this.#found.forget(place)
        return null
      }
      return this.#work?.cancel.signal === cancel ? exchange : null
    }
    return new Inquirer(inquiry, asking, (soFar) => {
      this.#found.keep(soFar)
    })
  }

  /** Of an API, nothing is filled in yet. */
  #arrive(inquiry: Inquiry | null): void {
    if (inquiry && this.start.view === null) this.#take(inquiry.record, inquiry.resource)
  }

  /** Fills in what nobody typed; the rest is offered. Metadata of another issuer fills in nothing. */
  #take(record: DiscoveryRecord, resource: ResourceRecord | null = null): void {
    const { config } = this.#connection
    const { found } = discoveryView(record, {
      config,
      initial: this.#found.initial,
      pageOrigin: this.#origin,
    })
    const filled = found?.usable ? found.offered.filter(({ typed }) => !typed) : []
    const metadata = found?.usable ? (foundMetadata(record)?.reading.metadata ?? null) : null
    this.#found.keep({ record: { ...record, filled }, resource, metadata })
    this.#found.fill(changeOf(filled))
  }

  /** Whatever is under way counts no more. */
  #supersede(): void {
    this.#work?.cancel.abort()
    this.#work = null
  }

  async #working(task: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    const work = { ...this.#found.here, cancel: new AbortController() }
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
