import type { Key } from '../../lib/keys/key.ts'
import type { Registered } from '../../lib/oauth/operations/registration.ts'
import { httpUrl } from '../../lib/http/http-url.ts'
import { registerKey } from '../form-keys.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { Task } from '../base/task.svelte.ts'
import { endpointElsewhere, serverEndpoint } from './server-endpoint.ts'

/**
 * Making the chosen key known to a server that accepts registrations. An initial access token is kept in memory alone, and
 * belongs to the endpoint it was typed for: no other is shown it or gets it.
 * @see RFC 7591 section 3
 */
export class KeyRegistration {
  readonly #playground: Playground
  readonly task = new Task()
  /** What was typed, by endpoint. */
  #tokens: Readonly<Record<string, string>> = $state.raw({})
  /** Endpoints at another origin than the server's that the user accepted. */
  #accepted: readonly string[] = $state.raw([])
  /** What came of the last one, with the key and the place it is about: another choice makes it past. */
  #last: { readonly about: string; readonly registered: Registered } | null = $state.raw(null)

  constructor(playground: Playground) {
    this.#playground = playground
  }

  // Getters: what is derived would end with the form that first asked for it, and the registration outlives that.

  /** The key of the assertion, and where it can be registered; `null` as long as one of them is not known. */
  get possible(): { readonly key: Key; readonly endpoint: string } | null {
    const { keys, connection } = this.#playground
    const key = keys.find(connection.config.assertion.key)
    const elsewhere = endpointElsewhere(this.#playground, 'registration_endpoint')
    const accepted = this.#accepted.find((url) => url === elsewhere)
    const endpoint = httpUrl(accepted ?? serverEndpoint(this.#playground, 'registration_endpoint'))?.href
    return key && endpoint !== undefined ? { key, endpoint } : null
  }

  /** What the metadata name at another origin, as long as the user has not accepted it; `null` for nothing. */
  get elsewhere(): string | null {
    const { keys, connection } = this.#playground
    if (!keys.find(connection.config.assertion.key)) return null
    const url = endpointElsewhere(this.#playground, 'registration_endpoint')
    return url === null || httpUrl(url) === null || this.#accepted.includes(url) ? null : url
  }

  accept(url: string): void {
    this.#accepted = [...this.#accepted, url]
  }

  get #about(): string {
    const { possible } = this
    return possible ? `${possible.endpoint} ${possible.key.thumbprint}` : ''
  }

  /** What came of registering this key at this endpoint; `null` as long as nobody did. */
  get registered(): Registered | null {
    return this.#last?.about === this.#about ? this.#last.registered : null
  }

  /** The initial access token for this endpoint; empty if there is none. */
  get initialAccessToken(): string {
    const { possible } = this
    return (possible && this.#tokens[possible.endpoint]) ?? ''
  }

  typeInitialAccessToken(text: string): void {
    const { possible } = this
    if (possible) this.#tokens = { ...this.#tokens, [possible.endpoint]: text.trim() }
  }

  /** Registers the key; nothing happens while one is on its way, or if there is no key or no endpoint. Never rejects. */
  async register(): Promise<void> {
    const { possible, initialAccessToken } = this
    if (!possible) return
    const about = this.#about
    await this.task.run(async () => {
      const { endpoint, key } = possible
      const registered = await registerKey(this.#playground, endpoint, key, initialAccessToken)
      this.#last = { about, registered }
    })
  }
}

/** The registration of a page, made when a part of it first needs it: what was typed outlives the form it was typed in. */
export const registrationOf = onePerPage(
  (playground: Playground): KeyRegistration => new KeyRegistration(playground),
)
