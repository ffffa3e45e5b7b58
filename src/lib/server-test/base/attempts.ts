import type { HttpRequest } from '../../http/message.ts'
import type { Change } from '../../faults/fault.ts'
import { composeBroken } from '../../faults/break-request.ts'
import { composeApiRequest } from '../../oauth/api/api-request.ts'
import { emptyApiCall, type ApiCall } from '../../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { composeDiscoveryRequest } from '../../oauth/discovery/discovery.ts'
import { composeIntrospectionRequest } from '../../oauth/operations/introspection.ts'
import { composeRevocationRequest } from '../../oauth/operations/revocation.ts'
import type { ReadToken } from '../../oauth/response/read-response.ts'
import { schemeOf } from '../../oauth/response/token-facts.ts'
import type { Attempt, Seen } from './row.ts'
import type { ClientName } from './subject.ts'

type More = Partial<
  Pick<Attempt, 'works' | 'fails' | 'issues' | 'only' | 'wait' | 'origin' | 'by' | 'altered'>
>

interface TokenAttempt extends More {
  readonly client?: ClientName
  readonly says?: string
  readonly change?: Change
}

/** The request as it is configured. */
const unchanged: Change = { kind: 'config', to: (config) => config }

/** Composed by another configuration. */
export const configured = (to: (config: TokenRequestConfig) => TokenRequestConfig): Change => ({
  kind: 'config',
  to,
})

/** Changed when it is composed. */
export const edited = (to: (request: HttpRequest, config: TokenRequestConfig) => HttpRequest): Change => ({
  kind: 'request',
  to: (request, { config }) => to(request, config),
})

/** A token request of one of the clients with that change. Not sent if there is no such client. */
export function tokenAttempt({
  client = 'client',
  says = 'The request as it is configured.',
  change = unchanged,
  ...more
}: TokenAttempt): Attempt {
  return {
    target: 'token',
    client,
    says,
    altered: [],
    ...more,
    compose: async (seen) => {
      const config = seen.subject.clients[client]
      return config && composeChanged(config, change, seen)
    },
  }
}

/** As the working request: it has to bring a token. */
export const accepted = (attempt: TokenAttempt): Attempt =>
  tokenAttempt({ works: true, issues: true, ...attempt })

/** Composes a token request with that change. Rejects as `composeTokenRequest` does. */
export function composeChanged(
  config: TokenRequestConfig,
  change: Change,
  { now, signingFor }: Seen,
): Promise<HttpRequest> {
  const setting = { config, now: now(), signedBefore: {}, use: null }
  return composeBroken({ change }, setting, signingFor(config.token_endpoint))
}

/** The same request as an earlier one, byte for byte. */
export const repeated = (
  says: string,
  { client = 'client', ...more }: More & { readonly client?: ClientName },
): Attempt => ({
  target: 'token',
  client,
  says,
  altered: [],
  ...more,
  compose: ({ mine }) => Promise.resolve(mine.at(-1)?.exchange.request ?? null),
})

/** A document that is fetched with GET; `null` if nothing names its URL. */
export const documentAttempt = (
  says: string,
  urlOf: (seen: Seen) => string | null,
  more: More = {},
): Attempt => ({
  target: 'document',
  client: 'client',
  says,
  altered: [],
  ...more,
  compose: (seen) => {
    const url = urlOf(seen)
    return url === null ? Promise.resolve(null) : composeDiscoveryRequest(url)
  },
})

interface OperationAttempt extends More {
  readonly target: 'introspection' | 'revocation'
  readonly says: string
  /** `null`: there is none, so that nothing is sent. */
  readonly token: (seen: Seen) => string | null
  readonly client?: ClientName
  /** Whether the client leaves itself out. */
  readonly anonymous?: boolean
}

const operations = {
  introspection: ['introspection_endpoint', composeIntrospectionRequest],
  revocation: ['revocation_endpoint', composeRevocationRequest],
} as const

/** A token that is introspected or revoked. */
export function operationAttempt({
  target,
  says,
  token,
  client = 'operations',
  anonymous = false,
  ...more
}: OperationAttempt): Attempt {
  return {
    target,
    client,
    says,
    altered: [],
    ...more,
    compose: async (seen) => {
      const [member, compose] = operations[target]
      const endpoint = seen.subject[member]
      const config = seen.subject.clients[client]
      const value = token(seen)
      if (endpoint === null || config === null || value === null) return null
      const request = await compose(endpoint, value, config, seen.signingFor(endpoint))
      return anonymous ? withoutClient(request, value) : request
    },
  }
}

/** The token alone: neither the ID of a client nor what proves it. */
const withoutClient = (request: HttpRequest, token: string): HttpRequest => ({
  ...request,
  headers: request.headers.filter(([name]) => name.toLowerCase() !== 'authorization'),
  body: new URLSearchParams({ token }).toString(),
})

interface ApiAttempt extends More {
  readonly says: string
  readonly client: ClientName
  readonly token: (seen: Seen) => ReadToken | null
  readonly call?: Partial<ApiCall>
  readonly edit?: (request: HttpRequest) => HttpRequest
}

/** A call of the API with a token. Not sent if there is no token, no API or no such client. */
export function apiAttempt({ says, client, token, call, edit, ...more }: ApiAttempt): Attempt {
  return {
    target: 'api',
    client,
    says,
    altered: [],
    ...more,
    compose: async (seen) => {
      const { api, clients } = seen.subject
      const config = clients[client]
      const read = token(seen)
      if (api === null || config === null || read === null) return null
      const own = { ...emptyApiCall, url: api.url, presentation: presentationOf(read, config), ...call }
      const request = await composeApiRequest(own, read, config, seen.signingFor(api.url))
      return edit ? edit(request) : request
    },
  }
}

/** As the token wants it: one that is bound to a key goes with a proof. @see RFC 9449 section 7.1 */
const presentationOf = ({ claims }: ReadToken, config: TokenRequestConfig): 'bearer' | 'dpop' =>
  schemeOf({ ...emptyApiCall, presentation: 'broken' }, claims, config) === 'DPoP' ? 'dpop' : 'bearer'
