import type { TokenRequestConfig } from '../../../oauth/config/config.ts'
import type { Came } from './came.ts'
import type { Measured } from './measured.ts'
import type { Sent } from './sent.ts'

export type Endpoint = 'token' | 'introspection' | 'revocation' | 'registration' | 'api' | 'metadata' | 'keys'

/** What went before in this tab, as far as it bears on a refusal. */
export interface Past {
  /** These very bytes were sent before, in the exchange of that number. */
  readonly replayOf: number | null
  /** The token that was sent was revoked here. */
  readonly revoked: boolean
  /** The token that was sent came from a token endpoint in this tab. */
  readonly issued: boolean
  /** `scope` of the response that the token came with; `null` if it had none, or the token was pasted. */
  readonly grantedScope: string | null
  /** What the metadata of this API say, if they were read in this tab and are about the URL that was called. @see RFC 9728 sections 2 and 3.3 */
  readonly metadata?: { readonly resource: string; readonly scopes: readonly string[] } | null
  /** `iss` of a token that this API accepted; `null` if none is known. */
  readonly acceptedIssuer: string | null
  /** The scheme under which this API accepted a token in this tab, in lower case; `null` if it accepted none. */
  readonly acceptedScheme: string | null
  /** This API accepted a token in this tab that is no JWT. */
  readonly acceptedOpaque: boolean
  /** The proof or the assertion was sent before, or its `jti` was. */
  readonly jtiSeen: boolean
  /** A request to this URL that was accepted, and the members of the form that differ since. */
  readonly worked: { readonly id: number; readonly since: readonly (keyof TokenRequestConfig)[] } | null
  /** The last exchange of this kind at this URL that went well, next to the refused one, and what differs since, as the form calls it. */
  readonly success?: {
    readonly id: number
    readonly refused: number
    readonly changed: readonly string[]
  } | null
  /** The methods of client authentication that the server's metadata list; `null` if they were not read. */
  readonly methods: readonly string[] | null
  /** `kid` of the keys that the issuer of the token publishes; `null` if nobody read them in this tab. */
  readonly keyIds: readonly string[] | null
}

export const noPast: Past = {
  replayOf: null,
  revoked: false,
  issued: false,
  grantedScope: null,
  acceptedIssuer: null,
  acceptedScheme: null,
  acceptedOpaque: false,
  jtiSeen: false,
  worked: null,
  methods: null,
  keyIds: null,
}

/** All that a refusal is explained by, gathered once. */
export interface Facts {
  readonly endpoint: Endpoint
  readonly sent: Sent
  /** What needs hashing; nothing of it is known unless somebody measured before. */
  readonly measured: Measured
  readonly came: Came
  /** What the request was made from. */
  readonly config: TokenRequestConfig
  /** When the response came, in milliseconds since the epoch: by the server's clock if `Date` can be read, else by this machine's. */
  readonly now: number
  readonly past: Past
  /** A line of the server's log or of a terminal that the user pasted; empty for none. */
  readonly pasted: string
}
