import { originOf } from '../../http/message.ts'
import type { FindKey } from '../../keys/key.ts'
import type { ServerId } from '../../servers/servers.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'

/** The clients that a test uses; all but the first may be missing, and then their rows are skipped. */
export type ClientName = 'client' | 'operations' | 'encoding' | 'assertion' | 'dpop'

/** An API that accepts the tokens of the server. */
interface TestedApi {
  /** Is fetched with GET. */
  readonly url: string
  /** Whether it accepts tokens that are bound to a key. */
  readonly dpop: boolean
  /** What the token request has besides, such as `resource`. */
  readonly parameters: Readonly<Record<string, string>>
}

/** What is tested: a server, the clients it knows, and nothing that only its metadata name. */
export interface Subject {
  readonly name: string
  /** Which product it is; `null` if nobody knows. */
  readonly product: ServerId | null
  /** `null`: no metadata is asked for. */
  readonly issuer: string | null
  readonly introspection_endpoint: string | null
  readonly revocation_endpoint: string | null
  readonly clients: Readonly<
    { client: TokenRequestConfig } & Record<Exclude<ClientName, 'client'>, TokenRequestConfig | null>
  >
  readonly api: TestedApi | null
  /** Whether the secret of `client` may be in a URL, where logs keep it. */
  readonly throwaway_secret: boolean
  /** Milliseconds between two requests. */
  readonly pause_ms: number
  readonly findKey: FindKey
}

/** Who sends: a browser sends less, and reads less. `origin` is that of a page, by which a server decides on CORS. */
export type Environment = { readonly kind: 'page' } | { readonly kind: 'node'; readonly origin: string }

/** The origins that a test may send to: those of the URLs that the user named. */
export function originsOf(subject: Subject): readonly string[] {
  const { issuer, introspection_endpoint, revocation_endpoint, api, clients } = subject
  const urls = [clients.client.token_endpoint, issuer, introspection_endpoint, revocation_endpoint, api?.url]
  return [...new Set(urls.flatMap((url) => originOf(url ?? '') ?? []))]
}

/** What must not be in a report: secrets of the clients. Tokens are collected while the test runs. */
export function secretsOf({ clients }: Subject): readonly string[] {
  const all = Object.values(clients).flatMap((config) => config?.client_secret ?? [])
  return [...new Set(all)].filter((secret) => secret !== '')
}
