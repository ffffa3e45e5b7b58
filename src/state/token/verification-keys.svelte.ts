import type { Explanation } from '../../lib/explanation/explanation.ts'
import { asString, type JsonValue, member } from '../../lib/json/value.ts'
import { troubleWords } from '../../lib/text/trouble.ts'
import { atOrigin } from '../../lib/http/http-url.ts'
import { type Exchange, originOf } from '../../lib/http/message.ts'
import { notAsked, readKeySetAnswer } from '../../lib/jwt/verify/key-set-response.ts'
import { type KeySource, readKeys } from '../../lib/jwt/verify/key-source.ts'
import { checkEndpoint } from '../../lib/oauth/check/check-endpoint.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import type { Remark } from '../../lib/oauth/check/problem.ts'
import type { ReadToken } from '../../lib/oauth/response/read-response.ts'
import { without } from '../../lib/text/without.ts'
import type { Playground } from '../playground.svelte.ts'
import { Task } from '../base/task.svelte.ts'
import { at, type ByPlace, type Place } from './place.ts'
import { endpointElsewhere, serverEndpoint } from './server-endpoint.ts'

/** Where the keys to verify a token with come from. */
export const keyOrigins = { server: 'Server’s keys', pasted: 'Pasted', secret: 'Shared secret' } as const
export type KeyOrigin = keyof typeof keyOrigins

/** A key set that was fetched, with the exchange that brought it. */
interface Fetched {
  readonly source: KeySource
  readonly exchangeId: number
}

/** What tokens are verified with: the server's keys, asked for by the user, or keys that were pasted. */
export class VerificationKeys {
  readonly playground: Playground
  /** By URL. */
  #fetched: Readonly<Record<string, Fetched>> = $state.raw({})
  /** By token endpoint, as are the next two: where the keys are as typed, and where they were. */
  #typed: ByPlace<string> = $state.raw({})
  #found: ByPlace<string> = $state.raw({})
  /** Where the server says that they are, if that is at another origin than its own. */
  #elsewhere: ByPlace<string> = $state.raw({})
  #explanations: ByPlace<Explanation> = $state.raw({})
  #pasted = $state.raw('')
  #secret = $state.raw('')
  #origin: KeyOrigin = $state.raw('server')
  /** Whose keys an exchange asked for. */
  readonly #asked = new WeakMap<Exchange, Place>()
  readonly #task = new Task()

  constructor(playground: Playground) {
    this.playground = playground
  }

  get origin(): KeyOrigin {
    return this.#origin
  }

  get busy(): boolean {
    return this.#task.busy
  }

  get pasted(): string {
    return this.#pasted
  }

  get secret(): string {
    return this.#secret
  }

  /** What to verify the token at hand with; `null` if there is nothing yet. */
  sourceOf(token: ReadToken | null, config: TokenRequestConfig | null): KeySource | null {
    return this.sourceFor(this.placeOf(token?.claims ?? null, config))
  }

  /**
   * The server of a token: the one it was asked for at or, of a token from elsewhere, the one that it names, which need
   * not be the one in the form.
   */
  placeOf(claims: JsonValue | null, issuedBy: TokenRequestConfig | null): Place {
    const { connection, discovery } = this.playground
    const { config } = connection
    const iss = asString(member(claims, 'iss'))
    if (issuedBy) return { token_endpoint: issuedBy.token_endpoint, discovery: issuedBy.discovery, iss }
    const known = [discovery?.metadata?.issuer, config.issuer, config.discovery.trim()]
    return iss === undefined || known.includes(iss) ? config : { token_endpoint: iss, discovery: iss }
  }

  /** What to verify a token of that server with; `null` if there is nothing yet. */
  sourceFor(place: Place): KeySource | null {
    switch (this.#origin) {
      case 'server':
        return this.fetched(place)?.source ?? null
      case 'pasted':
        return this.#pastedKeys
      case 'secret':
        return this.#secretKey
      default:
        return this.#origin satisfies never
    }
  }

  // Made once for each text: the holder of a source can see from it whether the keys have changed.
  readonly #pastedKeys: KeySource | null = $derived.by(() =>
    this.#pasted.trim() === '' ? null : readKeys(this.#pasted),
  )
  readonly #secretKey: KeySource | null = $derived.by(() =>
    this.#secret === '' ? null : { kind: 'secret', secret: this.#secret },
  )

  /** Where the server's keys are: as typed, else as its metadata says or servers of its kind do; else empty. */
  url({ token_endpoint: place }: Place): string {
    const isChosen = place === this.playground.connection.config.token_endpoint
    const known = isChosen ? serverEndpoint(this.playground, 'jwks_uri') : ''
    return at(this.#typed, place) ?? (known || (at(this.#found, place) ?? ''))
  }

  /** What the server’s metadata name at another origin, as long as no URL is known; `null` for nothing. */
  elsewhere(place: Place): string | null {
    if (this.url(place) !== '') return null
    const isChosen = place.token_endpoint === this.playground.connection.config.token_endpoint
    const named = isChosen ? endpointElsewhere(this.playground, 'jwks_uri') : null
    return named ?? at(this.#elsewhere, place.token_endpoint) ?? null
  }

  /** What is wrong with that URL, so that nothing can be asked there; `null` when nothing is. */
  urlProblem(place: Place): Remark | null {
    const problem = checkEndpoint(this.url(place))
    return problem?.level === 'error' ? problem : null
  }

  fetched(place: Place): Fetched | null {
    return at(this.#fetched, this.url(place)) ?? null
  }

  /** Why no keys came when they were asked for last; `null` when they did. */
  explanation({ token_endpoint: place }: Place): Explanation | null {
    return at(this.#explanations, place) ?? null
  }

  /** Whose keys that exchange asked for; `null` if it asked for none. */
  askedBy(exchange: Exchange): Place | null {
    return this.#asked.get(exchange) ?? null
  }

  choose(origin: KeyOrigin): void {
    this.#origin = origin
  }

  typeUrl({ token_endpoint: place }: Place, url: string): void {
    this.#typed = { ...this.#typed, [place]: url }
    this.#explanations = without(this.#explanations, place)
  }

  paste(text: string): void {
    this.#pasted = text
  }

  typeSecret(secret: string): void {
    this.#secret = secret
  }

  /** Asks the server for its keys; if nobody knows their URL, the server is found first. */
  async fetch(place: Place): Promise<void> {
    await this.#task.run(async (cancel) => {
      await this.#fetch(await this.#located(place, cancel), cancel)
    })
    const { trouble } = this.#task
    if (trouble !== null)
      this.#fail(place, { ...notAsked, title: 'The keys were not fetched', meaning: troubleWords(trouble) })
  }

  cancel(): void {
    this.#task.cancel()
    this.playground.discovery?.cancel()
  }

  /** The place, its server found if it has to be: only the chosen one can be, and its endpoint may come of that. */
  async #located(place: Place, cancel: AbortSignal): Promise<Place> {
    const { connection } = this.playground
    if (this.url(place) !== '') return place
    if (place.discovery.trim() === '') return this.#locatedByToken(place, cancel)
    if (place.token_endpoint !== connection.config.token_endpoint)
      return this.#locatedBy(place.discovery, place.discovery, place, cancel)
    this.#typed = without(this.#typed, place.token_endpoint)
    if (this.url(place) !== '') return place
    const { server, config } = connection
    await this.playground.finder.find()
    // Another one may have been chosen meanwhile, whose keys nobody asked for.
    const isSame = connection.server === server && connection.config.discovery === config.discovery
    if (!isSame || cancel.aborted) return place
    const { token_endpoint, discovery } = connection.config
    const found = { token_endpoint, discovery, iss: place.iss }
    return this.url(found) === '' ? this.#locatedByToken(found, cancel) : found
  }

  /** By what the token calls its server, at the host that issued it: no other host is asked for that. */
  async #locatedByToken(place: Place, cancel: AbortSignal): Promise<Place> {
    const { iss = '', token_endpoint, discovery } = place
    const isAsked = iss === discovery && originOf(iss) === originOf(token_endpoint)
    return isAsked || atOrigin(iss, token_endpoint) === null
      ? place
      : this.#locatedBy(iss, token_endpoint, place, cancel)
  }

  /** The place, its keys found by its issuer, past the form. */
  async #locatedBy(issuer: string, base: string, place: Place, cancel: AbortSignal): Promise<Place> {
    const { findKeys } = await import('./find-keys.ts')
    const { ask } = this.playground
    const url = await findKeys(issuer, (request) => ask(request, 'Metadata', 'metadata', cancel), base)
    if (url === null) return place
    const known = { [place.token_endpoint]: url }
    if ([originOf(issuer), originOf(base)].includes(originOf(url))) this.#found = { ...this.#found, ...known }
    else this.#elsewhere = { ...this.#elsewhere, ...known }
    return place
  }

  async #fetch(place: Place, cancel: AbortSignal): Promise<void> {
    const url = this.url(place)
    if (url === '') {
      if (this.elsewhere(place) === null) this.#fail(place, notAsked)
      return
    }
    const problem = this.urlProblem(place)
    if (problem) {
      this.#fail(place, {
        ...notAsked,
        title: 'The URL of the keys cannot be asked',
        meaning: problem.message,
      })
      return
    }
    const headers = [['accept', 'application/jwk-set+json, application/json']] as const
    const request = { method: 'GET', url, headers, body: null }
    const exchange = await this.playground.ask(request, 'Key set (JWKS)', 'keys', cancel)
    this.#asked.set(exchange, place)
    const answer = readKeySetAnswer(exchange.outcome)
    if (!answer.ok) {
      this.#fail(place, answer.explanation)
      return
    }
    this.#fetched = { ...this.#fetched, [url]: { source: answer.source, exchangeId: exchange.id } }
    this.#found = { ...this.#found, [place.token_endpoint]: url }
    this.#explanations = without(this.#explanations, place.token_endpoint)
  }

  /** Keys that were fetched before stay. */
  #fail({ token_endpoint: place }: Place, explanation: Explanation): void {
    this.#explanations = { ...this.#explanations, [place]: explanation }
  }
}
