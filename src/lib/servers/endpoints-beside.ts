import {
  practiceIntrospectionEndpoint,
  practiceJwksUri,
  practiceRevocationEndpoint,
  practiceTokenEndpoint,
} from '../practice/base/origin.ts'

/** The endpoints beside the token endpoint, by the names of the metadata. @see RFC 8414 section 2 */
export type EndpointName = 'jwks_uri' | 'introspection_endpoint' | 'revocation_endpoint'

type Endpoints = Readonly<Record<EndpointName, string>>

/**
 * Where a kind of server has an endpoint whose token endpoint is there, as long as it was not asked for its metadata;
 * empty where that is not known. A token endpoint that does not end as that kind's do tells nothing.
 */
export function endpointBeside(guide: string, tokenEndpoint: string, name: EndpointName): string {
  if (tokenEndpoint === practiceTokenEndpoint) return practice[name]
  const [end, endpoints] = kinds[guide] ?? ['', null]
  if (!endpoints || !tokenEndpoint.endsWith(end)) return ''
  return tokenEndpoint.slice(0, -end.length) + endpoints[name]
}

const practice: Endpoints = {
  jwks_uri: practiceJwksUri,
  introspection_endpoint: practiceIntrospectionEndpoint,
  revocation_endpoint: practiceRevocationEndpoint,
}

const oidcProvider = [
  '/token',
  {
    jwks_uri: '/jwks',
    introspection_endpoint: '/token/introspection',
    revocation_endpoint: '/token/revocation',
  },
] as const

/** By guide: how its token endpoint ends, and what stands there instead. */
const kinds: Readonly<Record<string, readonly [end: string, endpoints: Endpoints]>> = {
  local: oidcProvider,
  'oidc-provider': oidcProvider,
  simpleidserver: [
    '/token',
    {
      jwks_uri: '/jwks',
      introspection_endpoint: '/token_info',
      revocation_endpoint: '/token/revoke',
    },
  ],
  helseid: [
    '/connect/token',
    {
      jwks_uri: '/.well-known/openid-configuration/jwks',
      introspection_endpoint: '/connect/introspect',
      revocation_endpoint: '/connect/revocation',
    },
  ],
}
