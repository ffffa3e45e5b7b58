import type { Clock } from '../lib/http/exchange.ts'
import { type HttpRequest, originOf } from '../lib/http/message.ts'
import { sameConfig, type TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Signing } from '../lib/oauth/compose/signing.ts'
import { savedServer } from '../lib/saved/saved-server.ts'
import { type Server, serversFor } from '../lib/servers/servers.ts'
import { toStored } from '../lib/saved/stored-config.ts'
import { without } from '../lib/text/without.ts'
import { ConfigChecks } from './config-checks.svelte.ts'
import type { KeyRing } from './base/key-ring.svelte.ts'
import type { Preferences } from './base/preferences.svelte.ts'
import type { Breaker, Sent } from './base/sent.ts'

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
  readonly #checks: ConfigChecks
  /** What is shown and typed is stored, unless the form is lent. */
  #lent = false
  /** What was typed for each server, so that looking at another one loses nothing. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when another server is chosen, never shown
  readonly #drafts = new Map<string, TokenRequestConfig>()
  #server: Server
  #config: TokenRequestConfig
  #preview: HttpRequest | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  /** What breaks requests on purpose; `null` until the user looks for that. */
  breaker: Breaker | null = $state.raw(null)

  /** The nonces that servers gave out for DPoP proofs, by origin. @see RFC 9449 section 8 */
  #nonces: Readonly<Record<string, string>> = $state.raw({})
  #compositions = 0
  #composed = $state.raw(false)

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
  readonly problems = $derived.by(() => this.#checks.of(this.#config))

  /** Whether the values differ from those this server starts with. */
  readonly changed = $derived.by(() => !sameConfig(this.#config, this.#server.config))
  readonly sendable = $derived.by(() => this.#checks.isSendable(this.#config, this.problems))

  constructor(preferences: Preferences, localIssuer: string, keys: KeyRing, clock: Clock) {
    this.#preferences = preferences
    this.#keys = keys
    this.#clock = clock
    this.#checks = new ConfigChecks(keys)
    this.known = serversFor(localIssuer)
    this.#offered = this.known
    this.#server = $state.raw(this.#find(preferences.settings.server))
    this.#config = $state.raw(this.#restore(this.#server))
    this.#drafts.set(this.#server.id, this.#config)
    void this.#compose()
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
    this.#keep(() => ({ server: this.#server.id }))
  }

  /**
   * Lends the form to somebody who fills it in for a while: nothing of it is stored until it is given back, and then all
   * is as it was.
   * @returns gives it back
   */
  lend(): () => void {
    const [server, drafts] = [this.#server, [...this.#drafts]]
    this.#lent = true
    return () => {
      this.#lent = false
      this.#drafts.clear()
      for (const [id, config] of drafts) this.#drafts.set(id, config)
      this.#show(server)
    }
  }

  #keep(change: Parameters<Preferences['update']>[0]): void {
    if (!this.#lent) this.#preferences.update(change)
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
    // What is shown is what would be sent: nothing to another server meanwhile.
    if (server.id !== this.#server.id) this.#preview = null
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
    this.#keep(({ configs }) => ({
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

  /** The request for a configuration, with a fault if there is one; what is signed is signed anew. */
  async compose(config: TokenRequestConfig, fault: Sent['fault'] = null): Promise<HttpRequest> {
    if (fault !== null && this.breaker) return this.breaker.composeToken(fault, config)
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
      await this.#checks.load(config)
      const sendable = this.#checks.isSendable(config, this.#checks.of(config))
      const fault = this.breaker?.armedFor('token')
      return { request: sendable ? await this.compose(config, fault) : null, trouble: null }
    } catch (error) {
      // A chunk could not be loaded, or the platform would not sign
      return { request: null, trouble: String(error) }
    }
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
    return config.client_id === server.config.client_id ? config : { ...config, client_secret: '' }
  }
}
