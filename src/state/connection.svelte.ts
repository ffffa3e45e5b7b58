import type { Clock } from '../lib/http/exchange.ts'
import { type HttpRequest, originOf } from '../lib/http/message.ts'
import { checkConfig, isSendable, needsMore } from '../lib/oauth/check/check-config.ts'
import type { checkMore } from '../lib/oauth/check/check-more.ts'
import type { checkTyped } from '../lib/oauth/check/check-typed.ts'
import { sameConfig, type TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Problem } from '../lib/oauth/check/problem.ts'
import type { Signing } from '../lib/oauth/compose/signing.ts'
import { savedServer } from '../lib/saved/saved-server.ts'
import { type Server, serversFor } from '../lib/servers/servers.ts'
import { toStored } from '../lib/saved/stored-config.ts'
import { without } from '../lib/text/without.ts'
import type { KeyRing } from './key-ring.svelte.ts'
import type { Preferences } from './preferences.svelte.ts'

/** What will be sent: the chosen server, what was typed for it, and the request that comes of it. */
export class Connection {
  /** All that are built in, of which the picker may offer others or fewer. */
  readonly known: readonly Server[]
  #offered: readonly Server[] = $state.raw([])
  /** Whether the user has chosen or typed something since the page was opened. */
  #touched = false
  readonly #preferences: Preferences
  readonly #keys: KeyRing
  readonly #clock: Clock
  /** What was typed for each server, so that looking at another one loses nothing. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when another server is chosen, never shown
  readonly #drafts = new Map<string, TokenRequestConfig>()
  #server: Server
  #config: TokenRequestConfig
  #preview: HttpRequest | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  /** The nonces that servers gave out for DPoP proofs, by origin. @see RFC 9449 section 8 */
  #nonces: Readonly<Record<string, string>> = $state.raw({})
  #compositions = 0
  #composed = $state.raw(false)

  /** Loaded when a configuration first needs it. */
  #checkMore: typeof checkMore | null = $state.raw(null)
  /** Loaded with the first request, which does not wait for it: nothing that it says prevents sending. */
  #checkTyped: typeof checkTyped | null = $state.raw(null)

  readonly #available: readonly Server[] = $derived.by(() => [
    ...this.#offered,
    ...this.#preferences.settings.connections.map((saved) =>
      savedServer(saved, [...this.#offered, ...this.known]),
    ),
  ])
  /** The servers to choose from, with those the user saved, and the one in use if another tab has removed it. */
  readonly servers: readonly Server[] = $derived.by(() =>
    this.#available.some(({ id }) => id === this.#server.id)
      ? this.#available
      : [...this.#available, this.#server],
  )
  readonly problems = $derived.by(() => this.#check(this.#config))

  /** Whether the values differ from those this server starts with. */
  readonly changed = $derived.by(() => !sameConfig(this.#config, this.#server.config))
  readonly sendable = $derived.by(
    () => isSendable(this.problems) && (this.#checkMore !== null || !needsMore(this.#config)),
  )

  constructor(preferences: Preferences, localIssuer: string, keys: KeyRing, clock: Clock) {
    this.#preferences = preferences
    this.#keys = keys
    this.#clock = clock
    this.known = serversFor(localIssuer)
    this.#offered = this.known
    const { server: id } = preferences.settings
    this.#server = $state.raw(this.#find(id))
    this.#config = $state.raw(this.#restore(this.#server))
    this.#drafts.set(this.#server.id, this.#config)
    void this.#compose()
    import('../lib/oauth/check/check-typed.ts').then(
      (typed) => {
        this.#checkTyped = typed.checkTyped
      },
      () => {
        // The file did not come: what prevents sending is said all the same.
      },
    )
  }

  get server(): Server {
    return this.#server
  }

  get config(): TokenRequestConfig {
    return this.#config
  }

  /** The request exactly as it would be sent now; `null` while something prevents that. */
  get preview(): HttpRequest | null {
    return this.#preview
  }

  /** Why there is no preview although the values are fine; `null` when all is well. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Whether the first composition is over, whatever it came to. */
  get composed(): boolean {
    return this.#composed
  }

  choose(id: string): void {
    this.#touched = true
    this.#show(this.#find(id))
    this.#preferences.update(() => ({ server: this.#server.id }))
  }

  /**
   * What whoever hosts the page has in the picker, and begins with. That came late: what the user chose before is found now, and
   * what the user has done since stays, as does a server in use.
   * @param stays whether another server must not be shown now
   */
  offer(servers: readonly Server[], first: string | null, stays: boolean): void {
    this.#offered = servers
    if (this.#touched || stays) return
    const ids = [this.#preferences.settings.server, first, servers[0]?.id]
    const server = ids
      .map((id) => [...this.#available, ...this.known].find((one) => one.id === id))
      .find((one) => one !== undefined)
    if (server && server.id !== this.#server.id) this.#show(server)
  }

  #show(server: Server): void {
    this.#server = server
    this.#config = this.#drafts.get(server.id) ?? this.#restore(server)
    this.#drafts.set(server.id, this.#config)
    void this.#compose()
  }

  edit(change: Partial<TokenRequestConfig>): void {
    this.adopt({ ...this.#config, ...change })
  }

  /** Adopts a whole configuration, such as the one an earlier exchange was made from. */
  adopt(config: TokenRequestConfig): void {
    this.#touched = true
    this.#config = config
    this.#drafts.set(this.#server.id, this.#config)
    this.#preferences.update(({ configs }) => ({
      server: this.#server.id,
      configs: { ...configs, [this.#server.id]: toStored(this.#config, this.#server.config) },
    }))
    void this.#compose()
  }

  /**
   * Says later whether the form is as it was now: the same server with the same values, or those of them that count.
   * What was waited for is written in one edit then, or not at all.
   */
  still(counts: (config: TokenRequestConfig) => unknown = (config) => config): () => boolean {
    const server = this.#server
    const before = counts(this.#config)
    return () => this.#server === server && counts(this.#config) === before
  }

  /** Back to the values this server starts with. */
  reset(): void {
    this.adopt(this.#server.config)
  }

  /** The nonce that the server of this endpoint gave out last, `null` if it gave none. */
  get nonce(): string | null {
    return this.signingFor(this.#config.token_endpoint).nonce
  }

  /** Keeps a nonce for the proofs to come; `null` forgets it, so that the server has to ask again. */
  setNonce(url: string, nonce: string | null): void {
    const origin = originOf(url) ?? ''
    this.#nonces = nonce === null ? without(this.#nonces, origin) : { ...this.#nonces, [origin]: nonce }
    this.refresh()
  }

  /** Composes the preview anew: the keys have changed, or what it signs is to be of this moment. */
  refresh(): void {
    void this.#compose()
  }

  /** The request for a configuration; what is signed is signed anew. */
  async compose(config: TokenRequestConfig): Promise<HttpRequest> {
    const { composeTokenRequest } = await import('../lib/oauth/token/token-request.ts')
    // By the configuration that is sent: the form may have moved on to another server meanwhile.
    return composeTokenRequest(config, this.signingFor(config.token_endpoint))
  }

  /** What signing a request to that URL requires, at this moment. */
  signingFor(url: string): Signing {
    return {
      findKey: this.#keys.find,
      now: () => this.#clock.now(),
      nonce: this.#nonces[originOf(url) ?? ''] ?? null,
    }
  }

  /** Later edits may overtake a composition under way; only the last one counts, its trouble too. */
  async #compose(): Promise<void> {
    this.#compositions += 1
    const composition = this.#compositions
    const { request, trouble } = await this.#tryToCompose(this.#config)
    if (composition !== this.#compositions) return
    this.#preview = request
    this.#trouble = trouble
    this.#composed = true
  }

  async #tryToCompose(
    config: TokenRequestConfig,
  ): Promise<{ request: HttpRequest | null; trouble: string | null }> {
    try {
      if (needsMore(config) && !this.#checkMore) {
        this.#checkMore = (await import('../lib/oauth/check/check-more.ts')).checkMore
      }
      const sendable = isSendable(this.#check(config))
      return { request: sendable ? await this.compose(config) : null, trouble: null }
    } catch (error) {
      // A chunk could not be loaded, or the platform would not sign
      return { request: null, trouble: String(error) }
    }
  }

  #check(config: TokenRequestConfig): Problem[] {
    const early = checkConfig(config)
    return [
      ...(this.#checkTyped?.(config, early) ?? early),
      ...(this.#checkMore?.(config, this.#keys.find) ?? []),
    ]
  }

  #find(id: string | null): Server {
    const server =
      [...this.#available, ...this.known].find((candidate) => candidate.id === id) ?? this.known[0]
    if (!server) throw new Error('There is no server to choose')
    return server
  }

  /** Stored values over the server's own. The secret is never stored, so the server's own serves its own client only. */
  #restore(server: Server): TokenRequestConfig {
    const config = { ...server.config, ...this.#preferences.settings.configs[server.id] }
    const own = config.client_id === server.config.client_id
    return own ? config : { ...config, client_secret: '' }
  }
}
