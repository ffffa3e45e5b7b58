import { quoted } from '../../text/quoted.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import { httpUrl, isInternalHost, isPlainHttp } from '../../http/http-url.ts'
import { type MetadataCheck, type MetadataContext, type MetadataRule, notUrls } from './metadata-check.ts'
import type { Metadata } from './metadata.ts'

/** The endpoints this page calls. */
const endpoints = [
  'token_endpoint',
  'jwks_uri',
  'introspection_endpoint',
  'revocation_endpoint',
  'registration_endpoint',
] as const

type EndpointName = (typeof endpoints)[number]

const tokenEndpoint: MetadataRule = ({ metadata: { token_endpoint: endpoint } }) =>
  endpoint === undefined
    ? {
        result: 'fail',
        member: 'token_endpoint',
        what: 'No token endpoint',
        found: 'It is required, and without it there is no token to be had by this grant.',
        spec: rfc(8414, '2'),
      }
    : null

const endpointsAreUrls: MetadataRule = ({ metadata }) => notUrls(metadata, endpoints, rfc(8414, '2'))

/** One check for all of them: their common host is the cause. */
const internalHosts: MetadataRule = ({ metadata }, context) => {
  const concerned = where(metadata, isInternalHost)
  const first = concerned[0]
  if (!first) return null
  return {
    result: 'warn',
    member: first.name,
    what: `This browser will hardly find ${quoted(first.url.hostname)}`,
    found: `The name looks like one of a container network. It is in ${names(concerned)}.`,
    ...tokenEndpointFix(metadata, context, isInternalHost),
    spec: rfc(8414, '2'),
  }
}

const plainHttp: MetadataRule = ({ metadata }, context) => {
  const isPlain = (url: URL): boolean => isPlainHttp(url) && !isInternalHost(url)
  const concerned = where(metadata, isPlain)
  const first = concerned[0]
  if (!first) return null
  const mixed = context.pageOrigin.startsWith('https:')
  const behindProxy = context.url?.startsWith('https:') ?? false
  const sentences = [
    mixed
      ? 'Browsers block http: from a page that came by https: (mixed content).'
      : 'Secret and token can be read on the way.',
    `It is in ${names(concerned)}.`,
    ...(behindProxy
      ? ['The metadata itself came by https:, so a proxy may end TLS without telling the server.']
      : []),
  ]
  return {
    result: 'warn',
    member: first.name,
    what: mixed ? 'This page may not call http: endpoints' : 'Secrets would travel by http:',
    found: sentences.join(' '),
    ...(behindProxy ? tokenEndpointFix(metadata, context, isPlain) : {}),
    spec: mixed ? fetchStandard('concept-network-error') : rfc(6749, '3.2'),
  }
}

const otherOrigin: MetadataRule = ({ metadata: { issuer, token_endpoint: endpoint } }) => {
  const [one, other] = [httpUrl(issuer), httpUrl(endpoint)]
  if (!one || !other || one.origin === other.origin) return null
  return {
    result: 'warn',
    member: 'token_endpoint',
    what: 'The token endpoint has another origin than the issuer',
    found: `That is allowed: ${quoted(other.origin)}. It is where secret and assertion would go, so it is offered and not filled in. What the server lets pages do (CORS) may differ between the two.`,
    spec: rfc(8414, '2'),
  }
}

const noKeys: MetadataRule = ({ metadata: { jwks_uri } }) =>
  jwks_uri === undefined
    ? {
        result: 'note',
        member: 'jwks_uri',
        what: 'No jwks_uri',
        found: 'Where its keys are is not said: to verify a token, its JWK Set must be pasted.',
        spec: rfc(8414, '2'),
      }
    : null

/** Where the endpoints are, as far as that matters to a page. */
export const endpointRules: readonly MetadataRule[] = [
  tokenEndpoint,
  endpointsAreUrls,
  internalHosts,
  plainHttp,
  otherOrigin,
  noKeys,
]

interface Located {
  readonly name: EndpointName
  readonly url: URL
}

function where(metadata: Metadata, applies: (url: URL) => boolean): Located[] {
  return endpoints.flatMap((name) => {
    const url = httpUrl(metadata[name])
    return url && applies(url) ? [{ name, url }] : []
  })
}

const names = (located: readonly Located[]): string => located.map(({ name }) => name).join(', ')

/** The token endpoint at the origin at which the metadata was found. */
function tokenEndpointFix(
  { token_endpoint: value }: Metadata,
  { url }: MetadataContext,
  applies: (url: URL) => boolean,
): Pick<MetadataCheck, 'fix'> {
  const endpoint = httpUrl(value)
  if (url === null || !endpoint || !applies(endpoint)) return {}
  const token_endpoint = new URL(url).origin + endpoint.pathname + endpoint.search
  return { fix: { text: `Use ${quoted(token_endpoint)}`, change: { token_endpoint } } }
}
