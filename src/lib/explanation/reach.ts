import type { TokenRequestConfig } from '../oauth/config/config.ts'
import type { Fix } from './explanation.ts'

/** What was asked of a server, and for what: "token", "introspection", "metadata". */
export interface Asked {
  readonly url: string
  readonly about: string
  readonly config: TokenRequestConfig
}

/** What explains a response that a page may not read. */
export interface Reach {
  /** The command that makes its development certificate trusted. */
  readonly trust?: string
  /** Endpoints that its CORS does not cover, and what makes it do so. */
  readonly uncovered?: Readonly<Partial<Record<'introspection' | 'revocation' | 'metadata' | 'keys', string>>>
  /** Whether an exception loses the CORS headers, as in ASP.NET Core. */
  readonly losesCors?: true
  /** Whether an exception loses the CORS headers there, and nothing else does (Starlette). */
  readonly exceptionsLoseCors?: true
  /** Whether an endpoint has a slash at its end as well as none. */
  readonly acceptsSlash?: true
  /** Endpoints whose CORS has a switch of its own: if that of the others is on, this is what is off. */
  readonly ownCors?: Readonly<Partial<Record<'introspection', string>>>
  /** The ports of its administration and of the public, if these have different paths. */
  readonly ports?: { readonly administration: string; readonly public: string }
  /** Whether its refusals have CORS headers as its successes have. */
  readonly refusalsReadable?: true
  /** The setting of a client that has origins for requests which name the client alone: no preflight, metadata or keys. */
  readonly originsOfRequest?: string
  /** If every page may read its metadata, whatever its clients allow: what to look at if there are none for a path. */
  readonly metadataForAll?: string
  /** The setting of a client that has its origins, if each client has its own. */
  readonly originsOfClient?: string
  /** Whether it compares them before it looks at the secret. */
  readonly originsBeforeSecret?: true
  /** What it does with the request of an origin that it does not allow: whether a token is issued that nobody reads. */
  readonly unseen?: string
  /** Whether it sends CORS headers with what succeeds alone. */
  readonly successOnly?: true
  /** What a redirect of a POST means there. */
  readonly redirects?: string
  /** What to do about it, by what was sent. */
  readonly afterRedirect?: (asked: Asked) => readonly Fix[]
  /** What to look at first, by what was sent, if it refuses and that cannot be read. */
  readonly suspects?: (asked: Asked) => readonly Fix[]
  /** The lines of its setup that allow more, if it has CORS for all its endpoints at once. */
  readonly corsLines?: Readonly<Record<'origin' | 'method' | 'header', string>>
  /** Whether it has no DPoP at all. */
  readonly withoutDpop?: true
  /** Whether each client has exactly one way to authenticate. */
  readonly methodFixed?: true
  /** What it is known to fail at there, besides what is said before sending. */
  readonly fails?: Readonly<Partial<Record<'registration', string>>>
}
