import type { Fix } from '../../explanation/explanation.ts'
import type { Reach } from '../../explanation/reach.ts'
import type { AddressSpace } from '../../http/address-space.ts'
import type { Engine } from '../../http/engine.ts'

/** What the page knows of itself and its browser, without any network. */
export interface PageFacts {
  /** The serialized origin; `null` as text on file://. */
  readonly origin: string
  readonly engine: Engine
  /** `isSecureContext`. */
  readonly secureContext: boolean
  /** `navigator.onLine`. */
  readonly online: boolean
}

/** The request that failed, or is to be checked, without anything secret. */
export interface Target {
  /** Absolute, serialized by the URL Standard. */
  readonly url: string
  readonly method: string
  /** Lower-case names of the header fields that make the browser ask first; empty if it asks nothing. */
  readonly asks: readonly string[]
  /** Whether the same can be sent so that the browser asks nothing: credentials in the body. */
  readonly avoidable: boolean
  /** What it is for; advice for an API speaks of no client. */
  readonly about: About
  /** What an API is sent as the token; `null` for a request that is no API's. */
  readonly token: 'none' | 'opaque' | 'JWT' | null
}

/** An endpoint of the authorization server, or an API. */
export type About = 'token' | 'introspection' | 'revocation' | 'registration' | 'metadata' | 'keys' | 'api'

/**
 * Whether a request got onto a connection, by its Resource Timing entry. In Firefox a duration of 0 means that it did
 * not; without an entry it never left the browser. Other browsers do not show it. A behaviour, not a guarantee.
 */
export type Wire = 'sent' | 'unsent' | 'blocked' | 'unknown'

/** What came of a request, as far as a page can tell. */
export type Result =
  /** `status` is `null` if the response is opaque, as in mode no-cors. */
  | { readonly kind: 'answered'; readonly status: number | null }
  /** A 30x that was not followed. */
  | { readonly kind: 'redirected' }
  /** A rejected fetch, in the browser's words. */
  | { readonly kind: 'failed'; readonly message: string; readonly wire: Wire }
  /** Not settled when its time was over, or not settled yet. */
  | { readonly kind: 'pending'; readonly wire: Wire }
  /** A web socket closed with this code: what `wss` gives. */
  | { readonly kind: 'closed'; readonly code: number }
  /** Durations in milliseconds: of fetches of the target, and of one the browser refuses by itself. */
  | { readonly kind: 'timed'; readonly target: Durations; readonly baseline: Durations }

/** Of several fetches of the same. */
export interface Durations {
  readonly median: number
  /** A third of them is as short: what else the machine does makes a fetch longer, never shorter. */
  readonly third: number
}

/** The exchange that gave the page no response to read. */
interface FailedExchange {
  /** Its number in History. */
  readonly id: number
  /** Milliseconds. */
  readonly duration: number
  readonly result: Extract<Result, { kind: 'redirected' | 'failed' | 'pending' }>
}

/** What can be tried without a credential. */
export const probeKinds = [
  'no-cors-get',
  'cors-get',
  'preflight',
  'other-preflight',
  'cors-post',
  'no-cors-post',
  'other-scheme',
  'other-scheme-cors',
  'localhost',
  'ipv4',
  'ipv6',
  'tls',
  'timing',
  'metadata',
  'other-slash',
] as const

export type ProbeKind = (typeof probeKinds)[number]

export interface ProbeResult {
  readonly kind: ProbeKind
  /** The number of its exchange in History; `null` for what is none: a web socket, a series of measurements. */
  readonly id: number | null
  /** Milliseconds. */
  readonly duration: number
  readonly result: Result
}

/** An event `securitypolicyviolation` that named the target. */
export interface PolicyViolation {
  readonly directive: string
  readonly blocked: string
}

/** What this page has read from there before, by History. */
export interface Before {
  /** A success, from this URL. */
  readonly succeeded: boolean
  /** A success, from this URL, for the client that is named now. */
  readonly ofClient: boolean
  /** A response from this URL to a request that the browser does not ask about first. */
  readonly simple: boolean
  /** A refusal, from this URL. */
  readonly refused: boolean
  /** A success, from another endpoint of this origin. */
  readonly beside: boolean
  /** The metadata of this origin, if they were asked for. */
  readonly metadata: 'read' | 'unreadable' | null
  /** The last exchange in which something at this origin responded; `null` if there is none. */
  readonly responded: number | null
}

export const nothingBefore: Before = {
  succeeded: false,
  ofClient: false,
  simple: false,
  refused: false,
  beside: false,
  metadata: null,
  responded: null,
}

/** What the record of a server says of its connections. */
export interface KnownServer extends Pick<
  Reach,
  | 'originsOfClient'
  | 'originsBeforeSecret'
  | 'originsOfRequest'
  | 'unseen'
  | 'successOnly'
  | 'refusalsReadable'
  | 'redirects'
  | 'withoutDpop'
  | 'methodFixed'
  | 'exceptionsLoseCors'
  | 'ownCors'
  | 'corsLines'
> {
  /** As the user knows it. */
  readonly name: string
  /** The command that makes its development certificate trusted; `null` if there is none. */
  readonly trust: string | null
  /** Endpoints that its CORS does not cover, and what makes it do so. */
  readonly uncovered: Readonly<Partial<Record<About, string>>>
  /** Whether an exception loses the CORS headers, as in ASP.NET Core. */
  readonly losesCors: boolean
  /** If another URL was asked: the endpoint by the metadata, or the place that a server of this kind has for it. */
  readonly elsewhere: string | null
  /** Its metadata, if they are at the same origin: an address at which a tab shows something. */
  readonly metadata: string | null
  /** The metadata that belong to this URL, if every page may read them, and what to look at if there are none; else `null`. */
  readonly metadataForAll: { readonly url: string; readonly ifMissing: string } | null
  /** If it is asked over http: the same at its usual https: address; else `null`. */
  readonly secure: string | null
  /** What it is known to fail at, of what was sent. */
  readonly suspects: readonly Fix[]
  /** What to do after a redirect, by what was sent. */
  readonly afterRedirect?: readonly Fix[]
}

/** Everything the diagnosis goes by. */
export interface Evidence {
  readonly page: PageFacts
  readonly target: Target
  /** `null` when the connection is checked before anything was sent. */
  readonly exchange: FailedExchange | null
  /** In the order they were made. */
  readonly probes: readonly ProbeResult[]
  /** Whether the user agreed to a POST without credentials to the target. */
  readonly allowsPost: boolean
  readonly violation: PolicyViolation | null
  /** State of the permission `loopback-network` or `local-network`; `null` if the browser knows none. */
  readonly permission: 'granted' | 'prompt' | 'denied' | null
  readonly before: Before
  /** What the chosen server is known for; `null` if nothing is. */
  readonly known: KnownServer | null
}

/** Names of the permission that guards an address space. @see https://wicg.github.io/local-network-access/ */
export const permissionNames = {
  loopback: 'loopback-network',
  local: 'local-network',
} as const satisfies Partial<Record<AddressSpace, string>>

/** `Wire` from the duration of a Resource Timing entry in milliseconds; `undefined` if there is no entry. */
export function wireOf(engine: Engine, duration: number | undefined): Wire {
  if (engine !== 'firefox') return 'unknown'
  if (duration === undefined) return 'blocked'
  return duration > 0 ? 'sent' : 'unsent'
}
