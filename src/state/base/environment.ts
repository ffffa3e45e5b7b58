import type { BrowserFacts } from '../../lib/http/browser-fields.ts'
import type { Clock } from '../../lib/http/exchange.ts'
import type { Prober } from '../../lib/why/probes/prober.ts'
import type { NextToPage } from '../../lib/saved/host-file.ts'
import type { Transport } from '../../lib/http/message.ts'
import type { KeyStore } from '../../lib/keys/key-store.ts'
import type { Relay } from './relay.svelte.ts'

/** A place for text that survives a reload, if the browser gives one. */
export interface Store {
  read(): string | null
  write(text: string): void
  /** As if nothing had ever been written; other tabs are told, even if nothing was. */
  clear(): void
  /** Calls back after another tab has changed it. */
  follow(changed: () => void): void
}

/**
 * Where the page was opened, if that keeps something from it. `insecure`: it has no WebCrypto, as from http on another host.
 * `disk`: a file. `opaque`: a frame that is sandboxed without `allow-same-origin`. A page has no origin in the last two.
 */
export type Place = 'ordinary' | 'insecure' | 'disk' | 'opaque'

/** A place for text that survives a reload of this tab, and is gone with it. */
export interface Session {
  /** `null` if nothing is there, or everything was forgotten since it was written. */
  read(): string | null
  write(text: string): void
  clear(): void
  /** Keeps what is given then as the page is left, and not if everything is forgotten; nothing is left of it once the page is back. */
  whenLeft(kept: () => string): void
}

/** Everything outside the program, named once in `main.ts` and handed in. */
export interface Environment {
  readonly clock: Clock
  readonly transport: Transport
  /** The relay of `npm start`, of which `transport` knows; `null` unless it was asked for. */
  readonly relay: Relay | null
  /** What a browser shows besides responses, loaded when a connection is first checked. */
  readonly prober: () => Promise<Prober>
  readonly browser: BrowserFacts
  readonly place: Place
  /** Where the page is, without query and fragment: what a link to it begins with. */
  readonly address: string
  readonly store: Store
  /** Loaded when it is first used. */
  readonly session: () => Promise<Session>
  /** Where keys can be remembered, loaded when it is first used; `null` if a page must not. */
  readonly keyStore: (() => Promise<KeyStore>) | null
  /** Lets go of all that is kept or in memory, in every tab, and opens the page anew. Rejects with a sentence for the reader if it cannot. */
  readonly forget: () => Promise<void>
  /** The issuer of the server that `npm start` runs, with the port it really got. */
  readonly localIssuer: string
  /** The origin of the API that goes with it. */
  readonly localApi: string
  /** A file next to the page by its name; `null` if the page was opened from disk. */
  readonly nextToPage: (name: string) => Promise<NextToPage | null>
  /** Calls back once a newer version of the page is there, with what reloads the page. */
  readonly whenNewer: (say: (reload: () => void) => void) => void
}
