import type { Expectation } from '../expectation.ts'
import { before, entriesOf, open, type Entry, type Outside, outsideOf, said } from './causes-token.ts'

const at = entriesOf('django-oauth-toolkit')
const outside = outsideOf('django-oauth-toolkit')

/** The origin of the page that asked. */
const page = 'http://localhost:4314'

/** This server reads ID and secret in the header and in the body, for every client. */
const notForMethod = ['another client authentication', 'registered for another']

/** A bare invalid_client after a secret: one response for an unknown ID and for a wrong secret. */
const clientOrSecret: Entry = {
  stage: 'not known',
  among: ['client', 'secret'],
  cause: null,
  certainty: 'likely',
  passed: ['grant-known'],
  offered: ['secret', 'client'],
  notOffered: ['\\bscope', 'Allow the grant', ...notForMethod],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** The same at another endpoint, which looks at no grant. */
const atOperation = { ...clientOrSecret, passed: [] } satisfies Entry

/** What was pasted is by its form what the server stores of a secret: certain. That it is the reason is not. */
const storedHash: Entry = {
  stage: 'secret',
  cause: 'secret-is-hash',
  certainty: 'likely',
  passed: ['grant-known'],
  offered: ['hash|creation|once|new secret'],
  notOffered: ['\\bscope', 'Allow the grant', 'form-encod', ...notForMethod],
}

/** No secret and no assertion: a public client is refused, too. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  passed: ['grant-known'],
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', ...notForMethod],
  unknownServer: said('secret', 'no-credentials'),
}

/** A bare invalid_scope. */
const scopeRefused: Entry = {
  stage: 'scope',
  cause: 'scope-refused',
  certainty: 'certain',
  offered: ['scope'],
  notOffered: ['secret', 'Allow the grant', ...notForMethod],
  unknownServer: said('scope', 'scope-refused'),
}

/** "The resource '...' is not a valid resource indicator", also of one with a fragment. */
const resourceMalformed = (offered: string): Entry => ({
  stage: 'resource',
  cause: 'resource-malformed',
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope', ...notForMethod],
  unknownServer: said('resource', 'resource-malformed'),
})

/** unsupported_grant_type of the right grant in a form: the form was not read, which JSONOAuthLibCore does not. */
const jsonWanted: Entry = {
  stage: 'form',
  cause: 'json-wanted',
  certainty: 'likely',
  offered: ['JSON'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('grant-known', 'grant-not-enabled'),
}

/** "You called this URL via POST, but the URL doesn't end in a slash". */
const slashMissing: Entry = {
  stage: 'route',
  cause: 'slash-at-end',
  certainty: 'certain',
  offered: ['slash|/o/\\w+/'],
  notOffered: ['secret', '\\bscope', 'still starting', 'https:'],
  unknownServer: said('route', 'slash-at-end'),
}

/** 301 to the path with a slash: the redirect names it. */
const redirectedToSlash: Entry = { ...slashMissing, notOffered: ['secret', '\\bscope', 'https:', 'realm'] }

/** "Page not found", or the page of Django without DEBUG. */
const pathUnknown = (offered: string): Entry => ({
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: [offered],
  // The page of DEBUG lists a path api/scoped.
  notOffered: ['secret', '\\bscopes?\\b', 'realm', 'tenant'],
  unknownServer: said('route', 'path-unknown'),
})

/** "OIDC views are not enabled unless you have configured OIDC_ENABLED". */
const oidcOff = (endpoint: 'metadata' | 'keys', offered: string): Entry => ({
  endpoint,
  stage: 'route',
  cause: 'oidc-off',
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope', 'realm', 'still starting'],
  unknownServer: said('route', 'oidc-off'),
})

/** "Bad Request (400)" as a page: Django says so of a Host that it does not accept, among others. */
const hostRefused: Entry = {
  stage: 'host',
  cause: 'host-not-allowed',
  certainty: 'likely',
  offered: ['ALLOWED_HOSTS'],
  notOffered: ['secret', '\\bscope', 'realm', ...notForMethod],
  unknownServer: open('host', 'gateway'),
}

/** "Token parameter is missing." and "Missing token parameter." */
const noToken: Entry = {
  stage: 'token',
  cause: 'token-parameter-missing',
  certainty: 'certain',
  offered: ['token'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('token', 'token-parameter-missing'),
}

/** No response. The metadata is readable for every origin, whatever CORS is set to, so that it tells nothing. */
const corsRefused = (stage: 'origin' | 'preflight', offered: string): Entry => ({
  origin: page,
  known: { before: [before.metadataRead] },
  stage,
  cause: 'cors-origin-refused',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: [offered, 'relay'],
  notOffered: ['secret again', '\\bscope', 'CORS_ALLOW_ALL_ORIGINS'],
})

const anyCors = 'CORS_ALLOWED_ORIGINS|corsheaders|django-cors-headers'

/** SECURE_SSL_REDIRECT: the redirect has no CORS, and where it leads no TLS may be spoken. */
const redirectedToHttps: Entry = {
  stage: 'https',
  cause: 'redirect-to-https',
  certainty: 'certain',
  offered: ['https://localhost:8002|SECURE_SSL_REDIRECT'],
  notOffered: ['secret', '\\bscope', '127\\.0\\.0\\.1'],
}

const curlOfRedirect = {
  pasted: 'HTTP/1.1 301 Moved Permanently\nLocation: https://localhost:8002/o/token/\nServer: WSGIServer/0.2',
} as const

/** What the real django-oauth-toolkit refuses, and why. It has /o/token/, /o/introspect/ and /o/revoke_token/. */
export const djangoOAuthToolkit: readonly Expectation[] = [
  // ID and secret: one bare invalid_client for every fault.
  at(3, 'wrong secret, post', clientOrSecret),
  at(4, 'wrong secret, Basic', clientOrSecret),
  at(5, 'unknown client, post', clientOrSecret),
  at(6, 'the hashed secret copied from the admin list', storedHash),
  at(7, 'the hashed secret, Basic', storedHash),
  at(8, 'no secret', noSecret),
  at(10, 'public client, no secret', noSecret),
  at(9, 'no client at all', {
    ...noSecret,
    stage: 'client',
    cause: 'client-id-missing',
    offered: ['client'],
    unknownServer: said('client', 'client-id-missing'),
  }),
  // The header is form-decoded: `%` and `+` in a raw one change the secret.
  at(16, 'Basic, raw, odd secret', {
    stage: 'secret',
    cause: 'basic-not-form-encoded',
    certainty: 'likely',
    passed: ['grant-known'],
    offered: ['form-encod|percent|body|client_secret_post'],
    notOffered: ['\\bscope', 'Allow the grant'],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  // Its metadata lists client_secret_post and client_secret_basic alone.
  at(20, 'private_key_jwt', {
    stage: 'method',
    cause: 'assertion-not-enabled',
    certainty: 'likely',
    passed: ['grant-known'],
    offered: ['client_secret_|a secret|Client secret'],
    notOffered: ['\\bscope', '\\baud\\b', 'Allow the grant'],
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),

  // What the client may do.
  at(11, 'grant of the client is authorization-code', {
    stage: 'grant',
    cause: 'grant-not-allowed',
    certainty: 'certain',
    passed: ['grant-known', 'client'],
    offered: ['Client credentials|grant type'],
    notOffered: ['secret again', '\\bscope', ...notForMethod],
    unknownServer: said('grant', 'grant-not-allowed'),
  }),
  at(12, 'unknown scope', scopeRefused),
  at(13, 'one scope known, one not', scopeRefused),
  // OpenID Connect is off; where it is on, this server gives openid to a client.
  at(14, 'openid asked', { ...scopeRefused, unknownServer: said('scope', 'scope-user-only') }),
  at(15, 'empty scope', {
    ...scopeRefused,
    cause: 'scope-empty',
    offered: ['leave|left out|without|empty|remove'],
    unknownServer: said('scope', 'scope-empty'),
  }),
  at(18, 'resource not a URI', resourceMalformed('absolute|scheme|URI')),
  at(19, 'resource with a fragment', resourceMalformed('fragment|#')),

  // The form, the host and the path.
  at(17, 'any query', {
    stage: 'form',
    cause: 'query-not-allowed',
    certainty: 'certain',
    offered: ['query|\\?'],
    notOffered: ['secret', '\\bscope', ...notForMethod],
    unknownServer: said('form', 'query-not-allowed'),
  }),
  at(63, 'form body where JSONOAuthLibCore is on', jsonWanted),
  at(64, 'form body and Basic where JSONOAuthLibCore is on', jsonWanted),
  at(23, 'missing slash', slashMissing),
  at(31, 'introspection without the slash', { ...slashMissing, endpoint: 'introspection' }),
  at(53, 'missing slash, DEBUG off', redirectedToSlash),
  at(53, 'missing slash, DEBUG off', {
    // A page sees that there is a redirect, and not where it leads.
    ...redirectedToSlash,
    origin: page,
    certainty: 'likely',
    unknownServer: open('https', 'route'),
  }),
  at(65, 'CorsMiddleware last: missing slash', slashMissing),
  at(65, 'CorsMiddleware last: missing slash', {
    // CorsMiddleware is last: a response of CommonMiddleware has no CORS. The path is none of this server's.
    ...slashMissing,
    origin: page,
    known: { before: [before.metadataRead] },
    certainty: 'likely',
    passed: ['reach', 'tls'],
    notOffered: ['secret', '\\bscope', 'https:'],
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(24, 'wrong path', pathUnknown('/o/token/')),
  at(54, 'wrong path, DEBUG off', pathUnknown('/o/token/')),
  at(34, 'revocation at /o/revoke/ (does not exist)', {
    ...pathUnknown('revoke_token'),
    endpoint: 'revocation',
  }),
  at(61, 'ALLOWED_HOSTS: token', hostRefused),
  at(62, 'ALLOWED_HOSTS: discovery', { ...hostRefused, endpoint: 'metadata' }),
  at(68, 'SECURE_SSL_REDIRECT: token', redirectedToHttps),
  at(68, 'SECURE_SSL_REDIRECT: token', { ...redirectedToHttps, origin: page, known: curlOfRedirect }),
  at(67, 'SECURE_SSL_REDIRECT: preflight', { ...redirectedToHttps, origin: page, known: curlOfRedirect }),

  // Metadata and keys.
  at(25, 'discovery, OIDC off', oidcOff('metadata', 'oauth-authorization-server|OIDC_ENABLED')),
  at(27, 'JWKS, OIDC off', oidcOff('keys', 'OIDC_ENABLED|introspection')),
  at(26, 'discovery at the root', {
    endpoint: 'metadata',
    stage: 'route',
    cause: 'metadata-elsewhere',
    certainty: 'likely',
    offered: ['/o\\b'],
    notOffered: ['secret', '\\bscope', 'realm', 'tenant'],
    unknownServer: said('route', 'path-unknown'),
  }),

  // Introspection and revocation. Wrong credentials are an empty 403 at the one, and a 401 at the other.
  at(28, 'introspection, wrong secret', { ...atOperation, endpoint: 'introspection' }),
  at(29, 'introspection, wrong secret, post', { ...atOperation, endpoint: 'introspection' }),
  at(30, 'introspection without token', { ...noToken, endpoint: 'introspection' }),
  at(32, 'revocation, wrong secret', { ...atOperation, endpoint: 'revocation' }),
  at(33, 'revocation without token', { ...noToken, endpoint: 'revocation' }),

  // CORS.
  at(2, 'preflight for a DPoP header (not in the default list)', {
    origin: page,
    known: { before: [before.simpleRead, before.metadataRead] },
    stage: 'preflight',
    cause: 'cors-headers-not-allowed',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['CORS_ALLOW_HEADERS|Access-Control-Allow-Headers'],
    notOffered: ['secret again', '\\bscope'],
  }),
  at(51, 'preflight, origin not listed', {
    ...corsRefused('preflight', anyCors),
    origin: 'http://localhost:9999',
  }),
  at(52, 'token, origin not listed', { ...corsRefused('origin', anyCors), origin: 'http://localhost:9999' }),
  at(56, 'preflight', corsRefused('preflight', anyCors)),
  at(57, 'token', corsRefused('origin', anyCors)),
  at(58, 'wrong secret', corsRefused('origin', anyCors)),
  at(58, 'wrong secret', clientOrSecret),
  at(59, 'preflight at the token endpoint', corsRefused('preflight', 'CORS_URLS_REGEX|CORS_ALLOWED_ORIGINS')),
  at(60, 'token', corsRefused('origin', 'CORS_URLS_REGEX|CORS_ALLOWED_ORIGINS')),
]

/** Captured, and nothing that this page sends. They show that the grant is looked at before the client. */
export const djangoOAuthToolkitOutside: readonly Outside[] = outside(
  'The page sends grant_type=client_credentials, in a form.',
  [21, 'JSON body'],
  [22, 'no body'],
)
