import type { Expectation } from '../expectation.ts'
import {
  before,
  entriesOf,
  failed,
  open,
  type Entry,
  type Outside,
  outsideOf,
  said,
  type TokenCause,
} from './causes-token.ts'

const at = entriesOf('openiddict')
const outside = outsideOf('openiddict')

/** The origin of the page that asked. */
const page = 'http://localhost:4353'

/** ID2055 with 401: the secret is wrong, or the client has keys only. */
const secretWrong: Entry = {
  stage: 'secret',
  cause: 'secret-wrong',
  certainty: 'likely',
  passed: ['client'],
  offered: ['secret'],
  notOffered: ['\\bscope', 'permission'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** ID2052 of the client_id. */
const unknownClient: Entry = {
  stage: 'client',
  cause: 'client-unknown',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('client', 'client-unknown'),
}

/** ID2029 of the client_id. */
const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('client', 'client-id-missing'),
}

/** ID2057: neither secret nor assertion. */
const noCredentials: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['secret|assertion'],
  notOffered: ['\\bscope', 'permission'],
  unknownServer: said('secret', 'no-credentials'),
}

/** ID2087. */
const twoCredentials: Entry = {
  stage: 'method',
  cause: 'two-credentials',
  certainty: 'certain',
  offered: ['one'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('method', 'two-credentials'),
}

/** ID2063, ID2075, ID2078: the client may not use this endpoint. */
const endpointPermission = (name: 'Token' | 'Introspection' | 'Revocation'): Entry => ({
  stage: 'enabled',
  cause: 'endpoint-permission-missing',
  certainty: 'certain',
  passed: ['client'],
  offered: [`Endpoints\\.${name}`],
  notOffered: ['secret', 'another client authentication', 'Prefixes\\.Scope'],
  unknownServer: said('enabled', 'endpoint-permission-missing'),
})

/** ID2051. */
const scopePermission: Entry = {
  stage: 'scope',
  cause: 'scope-permission-missing',
  certainty: 'certain',
  passed: ['client'],
  offered: ['Prefixes\\.Scope'],
  notOffered: ['secret', 'another client authentication', 'credentials in another place'],
  unknownServer: said('scope', 'scope-permission-missing'),
}

/** ID2052 of the scope. */
const scopeUnknown: Entry = {
  stage: 'scope',
  cause: 'scope-unknown',
  certainty: 'certain',
  offered: ['scope'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('scope', 'scope-unknown'),
}

/** ID2190. */
const resourceUnknown: Entry = {
  stage: 'resource',
  cause: 'resource-unknown',
  certainty: 'certain',
  offered: ['resource'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('resource', 'resource-unknown'),
}

/** ID2192. */
const resourcePermission: Entry = {
  stage: 'resource',
  cause: 'resource-permission-missing',
  certainty: 'certain',
  passed: ['client'],
  offered: ['Prefixes\\.Resource|permission'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('resource', 'resource-permission-missing'),
}

/** A fault of the assertion, whatever the code: invalid_client, invalid_request, invalid_grant, invalid_token. */
const assertion = (cause: TokenCause, offered: string, ...notOffered: readonly string[]): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: ['\\bscope', 'permission', 'new token', ...notOffered],
  unknownServer: said('assertion', cause),
})

/** ID2083: https only. */
const httpsRequired: Entry = {
  stage: 'https',
  cause: 'https-required',
  certainty: 'certain',
  offered: ['https'],
  notOffered: ['secret', '\\bscope', 'another client authentication'],
  unknownServer: said('https', 'https-required'),
}

/** ID2029 of the token. */
const noToken: Entry = {
  stage: 'token',
  cause: 'token-parameter-missing',
  certainty: 'certain',
  offered: ['token'],
  notOffered: ['secret'],
  unknownServer: said('token', 'token-parameter-missing'),
}

/** The developer exception page: an exception, wherever it was thrown. */
const exception: Entry = {
  stage: 'not known',
  cause: 'exception',
  certainty: 'certain',
  offered: ['log|exception'],
  notOffered: ['\\bscope', 'another client authentication'],
}

/** A bare 404. The operator chooses the paths of this server. */
const wrongPath: Entry = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'likely',
  offered: ['/connect/token'],
  notOffered: ['secret', '\\bscope'],
}

/** The page gets no response, and something listens. */
const refused = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  origin: page,
  known: { before: [before.answers] },
  stage,
  cause: 'cors-origin-refused',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['UseCors|AddCors|WithOrigins', 'relay'],
  notOffered: ['secret again', '\\bscope'],
})

/** The token of a simple request was read; preflights, refusals, metadata and keys are not. */
const afterAuthentication = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  origin: page,
  known: { before: [before.simpleRead, before.metadataUnreadable] },
  stage,
  cause: 'cors-after-authentication',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['UseCors.*before|before.*UseAuthentication', 'relay'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: { stage, cause: 'cors-origin-refused', certainty: 'likely' },
})

/** Simple requests and metadata were read; what asks for a header beyond the simple ones is not. */
const headersNotAllowed: Entry = {
  origin: page,
  known: { before: [before.simpleRead, before.metadataRead] },
  stage: 'preflight',
  cause: 'cors-headers-not-allowed',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['AllowAnyHeader|WithHeaders|Access-Control-Allow-Headers'],
  notOffered: ['secret again', '\\bscope'],
}

/** An http URL that the server redirects to https, without CORS: no response. */
const redirected: Entry = {
  origin: page,
  known: {
    pasted:
      'HTTP/1.1 307 Temporary Redirect\nLocation: https://localhost:5302/connect/token\nServer: Kestrel',
  },
  stage: 'https',
  cause: 'redirect-to-https',
  certainty: 'certain',
  offered: ['https://localhost:5302'],
  notOffered: ['secret', '\\bscope'],
}

/** What the real OpenIddict refuses, and why. `error_uri` holds the ID of the words. */
export const openIddict: readonly Expectation[] = [
  // ID and secret.
  at(7, 'unknown client', unknownClient),
  at(8, 'unknown client, Basic', unknownClient),
  // Without a store of clients, a handler of the operator says it in words of its own.
  at(145, 'degraded mode: unknown client', { ...unknownClient, certainty: 'likely' }),
  at(9, 'wrong secret, client_secret_post', secretWrong),
  at(10, 'wrong secret, client_secret_basic', secretWrong),
  at(114, 'status code pages: wrong secret', secretWrong),
  // The client has keys only; the words are the same.
  at(40, 'private_key_jwt client with a secret', secretWrong),
  at(117, 'wrong secret with Origin', { ...secretWrong, origin: page }),
  at(143, 'wrong secret with Origin', { ...secretWrong, origin: page }),
  at(11, 'no secret', noCredentials),
  at(12, 'empty secret', noCredentials),
  at(38, 'public client, no secret', noCredentials),
  at(41, 'private_key_jwt client without proof', noCredentials),
  at(13, 'no client_id', noClientId),
  at(14, 'secret without client_id', noClientId),
  at(15, 'secret in both places', twoCredentials),
  at(66, 'assertion and secret', twoCredentials),
  at(67, 'assertion and Basic', twoCredentials),
  at(39, 'public client with a secret', {
    stage: 'grant',
    cause: 'public-client',
    certainty: 'likely',
    passed: ['client'],
    offered: ['confidential|ClientTypes|secret'],
    notOffered: ['\\bscope', 'another client authentication'],
    unknownServer: said('grant', 'grant-not-allowed'),
  }),
  // The header is form-decoded: raw, `%` and `+` change the secret, and a colon ends the ID.
  at(70, 'Basic, raw special characters', {
    ...secretWrong,
    cause: 'basic-not-form-encoded',
    offered: ['form-encod|percent|body|client_secret_post'],
  }),
  at(71, 'Basic, colon in the id, raw', {
    ...unknownClient,
    cause: 'basic-not-form-encoded',
    certainty: 'likely',
    offered: ['form-encod|percent|body|client_secret_post'],
  }),

  // What the client may do.
  at(102, 'client credentials not enabled at the server', {
    stage: 'grant-known',
    cause: 'grant-not-enabled',
    certainty: 'certain',
    offered: ['AllowClientCredentialsFlow'],
    notOffered: ['secret', '\\bscope', 'another client authentication'],
    unknownServer: said('grant-known', 'grant-not-enabled'),
  }),
  at(24, 'grant not allowed for the client', {
    stage: 'grant',
    cause: 'grant-not-allowed',
    certainty: 'certain',
    passed: ['client'],
    offered: ['GrantTypes\\.ClientCredentials'],
    notOffered: ['secret', 'Prefixes\\.Scope', 'another client authentication'],
    unknownServer: said('grant', 'grant-not-allowed'),
  }),
  at(25, 'endpoint permission missing', endpointPermission('Token')),
  // Without any permission, the endpoint's is looked at before the grant's.
  at(26, 'no permission at all', endpointPermission('Token')),
  at(28, 'scope known but not permitted', scopePermission),
  at(29, 'scope not permitted, console client of Aridka with scope api', scopePermission),
  at(27, 'scope unknown', scopeUnknown),
  at(30, 'scope with comma', { ...scopeUnknown, offered: ['space|comma'] }),
  at(31, 'scope in capitals', scopeUnknown),
  at(144, 'degraded mode: any secret, any scope', scopeUnknown),
  at(6, 'token, offline_access', {
    stage: 'scope',
    cause: 'scope-user-only',
    certainty: 'certain',
    offered: ['offline_access'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: said('scope', 'scope-refused'),
  }),
  at(72, 'resource unknown', resourceUnknown),
  at(104, 'resource unknown', resourceUnknown),
  at(105, 'resource without the slash', resourceUnknown),
  at(73, 'resource, not a URI', {
    ...resourceUnknown,
    cause: 'resource-malformed',
    offered: ['absolute|URI'],
    unknownServer: said('resource', 'resource-malformed'),
  }),
  at(106, 'resource with a fragment', {
    ...resourceUnknown,
    cause: 'resource-malformed',
    offered: ['fragment|#'],
    unknownServer: said('resource', 'resource-malformed'),
  }),
  at(103, 'resource registered, not permitted', resourcePermission),
  at(107, 'resource twice', resourcePermission),
  at(74, 'audience', {
    stage: 'resource',
    cause: 'audience-not-accepted',
    certainty: 'certain',
    offered: ['audience'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: said('resource', 'audience-not-accepted'),
  }),
  at(76, 'application forbids', {
    stage: 'policy',
    cause: 'custom-rule',
    certainty: 'likely',
    offered: ['log|rule|handler|application'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: open('grant', 'scope', 'policy'),
  }),

  // The client assertion.
  at(43, 'assertion, typ JWT', assertion('assertion-typ', 'client-authentication\\+jwt', 'secret again')),
  at(44, 'assertion, no typ', assertion('assertion-typ', 'client-authentication\\+jwt', 'secret again')),
  at(45, 'assertion, typ at+jwt', assertion('assertion-typ', 'client-authentication\\+jwt', 'secret again')),
  at(
    46,
    'assertion, other key with the kid',
    assertion('assertion-signature', 'key', 'secret again', '\\baud\\b'),
  ),
  // The signature is called invalid, and there is none.
  at(58, 'assertion, alg none', {
    ...assertion('assertion-alg-none', 'sign|alg'),
    unknownServer: { stage: 'assertion', cause: 'assertion-alg-none', certainty: 'likely' },
  }),
  at(59, 'assertion, HS256', assertion('assertion-key-unknown', 'private_key_jwt|private key|RS256|ES256')),
  at(69, 'assertion of a client with a secret only', assertion('assertion-key-unknown', 'key|secret')),
  // The key is looked for by iss, which is another client.
  at(56, 'assertion, iss other', {
    ...assertion('assertion-issuer', '\\biss\\b'),
    certainty: 'likely',
    unknownServer: { stage: 'assertion', cause: 'assertion-issuer', certainty: 'likely' },
  }),
  at(57, 'assertion, sub other', assertion('assertion-issuer', '\\bsub\\b')),
  at(68, 'assertion of pkjwt, client_id of another', assertion('assertion-issuer', '\\biss\\b|client')),
  at(47, 'assertion, aud token endpoint', assertion('assertion-audience', 'issuer')),
  at(48, 'assertion, aud other', assertion('assertion-audience', 'issuer')),
  at(50, 'assertion, aud https of the same server', assertion('assertion-audience', 'issuer')),
  // A list of two is called missing.
  at(49, 'assertion, aud array of two', {
    ...assertion('assertion-two-audiences', '\\baud\\b|issuer'),
    unknownServer: { stage: 'assertion', cause: 'assertion-two-audiences', certainty: 'likely' },
  }),
  at(51, 'assertion, no aud', assertion('assertion-claim-missing', '\\baud\\b')),
  at(53, 'assertion, no exp', assertion('assertion-claim-missing', '\\bexp\\b')),
  at(55, 'assertion, no sub', assertion('assertion-claim-missing', '\\bsub\\b')),
  // "invalid" is all that is said, and iss is missing.
  at(54, 'assertion, no iss', {
    ...assertion('assertion-claim-missing', '\\biss\\b'),
    unknownServer: { stage: 'assertion', cause: 'assertion-claim-missing', certainty: 'likely' },
  }),
  at(52, 'assertion, expired', assertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion')),
  at(60, 'assertion, not a JWT', assertion('assertion-malformed', 'assertion|JWT')),
  at(61, 'assertion, garbage', assertion('assertion-malformed', 'assertion|JWT')),
  // The words have the two parameters the wrong way round.
  at(62, 'assertion, empty', {
    ...assertion('assertion-missing', 'assertion'),
    unknownServer: { stage: 'assertion', cause: 'assertion-missing', certainty: 'likely' },
  }),
  at(65, 'assertion type without assertion', {
    ...assertion('assertion-missing', 'assertion'),
    unknownServer: { stage: 'assertion', cause: 'assertion-missing', certainty: 'likely' },
  }),
  at(63, 'assertion type other', assertion('assertion-type', 'client_assertion_type|jwt-bearer')),

  // Exceptions.
  at(75, 'exception in the application', exception),
  at(77, 'principal without subject', { ...exception, offered: ['subject|\\bsub\\b'] }),
  at(118, 'exception with Origin', { ...exception, origin: page }),
  at(129, 'exception with Origin', { ...exception, origin: page }),
  // In Production the exception has no CORS.
  at(113, 'exception in the application, Production', {
    ...exception,
    origin: page,
    known: { pasted: 'HTTP/1.1 500 Internal Server Error\nServer: Kestrel\nContent-Length: 0' },
    offered: ['log'],
  }),
  at(113, 'exception in the application, Production', {
    ...failed,
    origin: page,
    known: { before: [before.metadataRead, before.refusalRead] },
    offered: ['log|500'],
    notOffered: ['\\bscope'],
  }),

  // Paths, and https.
  at(121, 'wrong path with Origin', { ...wrongPath, origin: page }),
  at(130, 'wrong path with Origin', { ...wrongPath, origin: page }),
  at(109, 'introspection endpoint absent', {
    ...wrongPath,
    endpoint: 'introspection',
    offered: ['introspection'],
  }),
  // Unreadable, at a path that is not this server's.
  at(36, 'wrong path', {
    ...wrongPath,
    origin: page,
    known: { before: [before.answers] },
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(37, 'post to /token', {
    ...wrongPath,
    origin: page,
    known: { before: [before.answers] },
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(139, 'wrong path with Origin', {
    ...wrongPath,
    origin: page,
    known: { before: [before.answers] },
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(94, 'discovery over http, transport security required', { ...httpsRequired, endpoint: 'metadata' }),
  at(95, 'jwks over http, transport security required', { ...httpsRequired, endpoint: 'keys' }),
  at(96, 'token over http, transport security required', httpsRequired),
  at(96, 'token over http, transport security required', {
    ...httpsRequired,
    origin: page,
    known: {
      pasted:
        'HTTP/1.1 400 Bad Request\nServer: Kestrel\n\n{"error":"invalid_request","error_description":"This server only accepts HTTPS requests.","error_uri":"https://documentation.openiddict.com/errors/ID2083"}',
    },
  }),
  at(97, 'introspection over http', { ...httpsRequired, endpoint: 'introspection' }),
  at(98, 'revocation over http', { ...httpsRequired, endpoint: 'revocation' }),
  at(146, 'discovery over http, transport security required', {
    ...httpsRequired,
    endpoint: 'metadata',
    origin: page,
  }),
  at(147, 'jwks over http, transport security required', {
    ...httpsRequired,
    endpoint: 'keys',
    origin: page,
  }),
  at(148, 'token over http, transport security required', { ...httpsRequired, origin: page }),
  // Unreadable, an http URL: this server accepts https only as it comes, and has no CORS as it comes.
  at(99, 'preflight over http, no CORS', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'not known',
    among: ['https', 'preflight'],
    cause: null,
    certainty: 'possible',
    offered: ['https'],
    notOffered: ['secret again', '\\bscope'],
  }),
  at(110, 'UseHttpsRedirection before OpenIddict', redirected),
  // Nothing is known, and nothing is told apart.
  at(110, 'UseHttpsRedirection before OpenIddict', {
    origin: page,
    known: {},
    stage: 'not known',
    among: ['reach', 'https', 'origin'],
    cause: null,
    certainty: 'possible',
    offered: ['https'],
    notOffered: ['secret again', '\\bscope'],
  }),
  at(111, 'discovery with UseHttpsRedirection', {
    ...redirected,
    endpoint: 'metadata',
    known: {
      pasted:
        'HTTP/1.1 307 Temporary Redirect\nLocation: https://localhost:5302/.well-known/openid-configuration\nServer: Kestrel',
    },
  }),
  at(112, 'preflight with UseHttpsRedirection', redirected),

  // Introspection and revocation.
  at(82, 'introspection, no permission for the endpoint', {
    ...endpointPermission('Introspection'),
    endpoint: 'introspection',
  }),
  at(87, 'introspection by the public client', {
    ...endpointPermission('Introspection'),
    endpoint: 'introspection',
  }),
  at(90, 'revocation, no permission for the endpoint', {
    ...endpointPermission('Revocation'),
    endpoint: 'revocation',
  }),
  at(83, 'introspection, wrong secret', { ...secretWrong, endpoint: 'introspection' }),
  at(84, 'introspection, wrong secret, Basic', { ...secretWrong, endpoint: 'introspection' }),
  at(89, 'revocation, wrong secret', { ...secretWrong, endpoint: 'revocation' }),
  at(85, 'introspection, no client', { ...noClientId, endpoint: 'introspection' }),
  at(92, 'revocation, no client', { ...noClientId, endpoint: 'revocation' }),
  at(86, 'introspection, client without a secret sent', { ...noCredentials, endpoint: 'introspection' }),
  at(88, 'introspection, token missing', { ...noToken, endpoint: 'introspection' }),
  at(91, 'revocation, token missing', { ...noToken, endpoint: 'revocation' }),

  // No CORS.
  at(4, 'token, client_secret_post', refused('origin')),
  at(35, 'token endpoint with a trailing slash', refused('origin')),
  at(79, 'wrong secret with Origin, no CORS', refused('origin')),
  at(78, 'preflight for a Basic header, no CORS', refused('preflight')),
  at(108, 'discovery without introspection and revocation', {
    ...refused('not known'),
    endpoint: 'metadata',
  }),

  // CORS that does not list the origin: no page can tell this from none.
  at(116, 'preflight from another origin', { ...refused('preflight'), origin: 'http://localhost:9999' }),
  at(131, 'preflight, authorization', refused('preflight')),
  // Without CORS, this server responds to a preflight with 400: 204 without headers is CORS that refuses.
  at(131, 'preflight, authorization', {
    ...refused('preflight'),
    known: { pasted: 'HTTP/1.1 204 No Content\nServer: Kestrel' },
    cause: 'cors-origin-not-listed',
    certainty: 'certain',
    offered: ['WithOrigins|slash'],
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'certain' },
  }),
  at(132, 'preflight, authorization and dpop', refused('preflight')),
  at(133, 'preflight of introspection', { ...refused('preflight'), endpoint: 'introspection' }),
  at(134, 'token with Origin', refused('origin')),
  at(135, 'wrong secret with Origin', refused('origin')),
  at(136, 'exception with Origin', refused('origin')),
  at(137, 'discovery with Origin', { ...refused('not known'), endpoint: 'metadata' }),
  at(138, 'jwks with Origin', { ...refused('not known'), endpoint: 'keys' }),

  // UseCors after UseAuthentication.
  at(122, 'preflight, authorization', afterAuthentication('preflight')),
  at(122, 'preflight, authorization', {
    ...afterAuthentication('preflight'),
    known: {
      before: [before.simpleRead, before.metadataUnreadable],
      pasted:
        'HTTP/1.1 400 Bad Request\nServer: Kestrel\n\n{"error":"invalid_request","error_description":"The specified HTTP method is not valid.","error_uri":"https://documentation.openiddict.com/errors/ID2084"}',
    },
    certainty: 'certain',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'certain' },
  }),
  at(123, 'preflight, authorization and dpop', afterAuthentication('preflight')),
  at(124, 'preflight of introspection', { ...afterAuthentication('preflight'), endpoint: 'introspection' }),
  at(126, 'wrong secret with Origin', afterAuthentication('origin')),
  at(127, 'discovery with Origin', {
    ...afterAuthentication('not known'),
    endpoint: 'metadata',
    known: { before: [before.simpleRead] },
  }),
  at(128, 'jwks with Origin', { ...afterAuthentication('not known'), endpoint: 'keys' }),

  // The header of the request is not allowed.
  at(140, 'preflight, authorization', headersNotAllowed),
  at(140, 'preflight, authorization', {
    ...headersNotAllowed,
    known: {
      pasted: 'HTTP/1.1 204 No Content\nServer: Kestrel\nAccess-Control-Allow-Origin: http://localhost:4353',
    },
    certainty: 'certain',
  }),
  at(141, 'preflight, authorization and dpop', headersNotAllowed),
  at(142, 'preflight of introspection', { ...headersNotAllowed, endpoint: 'introspection' }),
]

/** Captured, and nothing that this page sends. */
export const openIddictOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in the body.',
    [18, 'missing grant_type'],
    [19, 'empty grant_type'],
    [20, 'unknown grant_type'],
    [21, 'grant_type password, not enabled'],
    [22, 'grant_type authorization_code, not enabled'],
    [23, 'refresh_token grant not enabled'],
    [32, 'repeated grant_type'],
    [33, 'empty body'],
    [34, 'POST with parameters in the query, empty body'],
  ),
  ...outside(
    'The page writes a whole Basic header.',
    [16, 'Basic without colon'],
    [17, 'Basic that is not base64'],
  ),
  ...outside('The page sends client_assertion_type with every assertion.', [64, 'assertion without type']),
]
