import type { UseTarget } from '../../explanation/api-record.ts'
import type { ServerRecord } from '../../explanation/server-record.ts'
import { emptyApiCall } from '../../oauth/config/api-call.ts'
import { practiceApis } from '../../practice/apis/apis.ts'
import {
  helseIdOrigin,
  practiceIntrospectionEndpoint,
  practiceJwksUri,
  practiceRevocationEndpoint,
  registrationEndpoint,
  simpleIdServerOrigin,
} from '../../practice/base/origin.ts'
import { mcpCall } from '../../mcp/requests.ts'
import { oidcProvider } from './oidc-provider.ts'

/** Names of practice APIs whose id would read like a button of the page. */
const names: Readonly<Partial<Record<string, string>>> = { introspected: 'asks the server' }

/** The first request to an MCP server. */
const discovery = mcpCall('server/discover', { version: null, session: null, nextId: 1 }, [])

/** The practice server. */
export const practice: ServerRecord = {
  about: 'Runs inside this page: real keys, strict rules, no network.',
  guide: null,
  endpoints: {
    jwks_uri: practiceJwksUri,
    introspection_endpoint: practiceIntrospectionEndpoint,
    revocation_endpoint: practiceRevocationEndpoint,
    registration_endpoint: registrationEndpoint,
  },
  apis: () =>
    practiceApis.map(({ id, url, method, description, wants, schemes }) => ({
      name: names[id] ?? id,
      about: `${description} It wants: ${wants}.`,
      call: {
        ...emptyApiCall,
        url,
        method,
        body: method === 'POST' ? '{"hello": "API"}' : '',
        presentation: schemes.includes('Bearer') ? 'bearer' : 'dpop',
        ...(id === 'mcp' ? discovery : {}),
      },
    })),
}

/** What is next to a server in this page that has the manners of a product, besides what the product has. */
export const besideManners: Readonly<
  Record<string, { readonly registration_endpoint?: string; readonly apis: readonly UseTarget[] }>
> = {
  [simpleIdServerOrigin]: {
    apis: [
      {
        name: 'shopApi',
        about:
          'The API resource of the tutorial, in this page. It wants a token for shopApi with the scope read.',
        call: { ...emptyApiCall, url: `${simpleIdServerOrigin}/shopApi/products` },
      },
    ],
  },
  [helseIdOrigin]: {
    registration_endpoint: `${helseIdOrigin}/register`,
    apis: [
      {
        name: 'Sample API',
        about:
          'HelseID’s Sample API, in this page. Unlike the one of the samples, it lets a page read its responses.',
        call: {
          ...emptyApiCall,
          url: `${helseIdOrigin}/machine-clients/greetings`,
          presentation: 'dpop',
        },
      },
    ],
  },
}

const localApis = [
  { name: 'greeting', about: 'It wants the scope read.' },
  {
    name: 'reports',
    about: 'A resource of its own: ask for the token with its address as resource. It wants the scope read.',
  },
  { name: 'admin', about: 'It wants the scope admin, which no client may have: 403.' },
  {
    name: 'mcp',
    about: 'An MCP server: ask for the token with its address as resource, and the scope mcp:tools.',
  },
] as const

/** The server of `npm start`: oidc-provider, with registration switched on and an API next to it. */
export const local: ServerRecord = {
  about: 'oidc-provider, started on this machine by npm start together with this page.',
  guide: null,
  endpoints: { ...oidcProvider.endpoints, registration_endpoint: '{base}/reg' },
  apis: (origin) =>
    localApis.map(({ name, about }) => ({
      name,
      about,
      call: { ...emptyApiCall, url: `${origin}/${name}`, ...(name === 'mcp' ? discovery : {}) },
    })),
}

/** Any other server: nothing is known of it. */
export const own: ServerRecord = {
  about: 'Any token endpoint that allows this page’s origin.',
  guide: null,
  endpoints: {},
}
