import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import {
  before,
  entriesOf,
  open,
  type Entry,
  type Outside,
  outsideOf,
  relay,
  said,
  type TokenCause,
} from './causes-token.ts'

const outside = outsideOf('ory-hydra')

/** The origin of the page that asked. */
const page = 'http://localhost:4313'

/** An origin that the server does not list. */
const other = 'http://localhost:9999'

/** Read by the page that asked, unless it says otherwise. */
const at = (line: number, name: string, entry: Entry) =>
  entriesOf('ory-hydra')(line, name, { origin: page, ...entry })

/** The order of this server: client, method, secret; then scope, audience, a public client, hooks, the grant. */
const authenticated: readonly Stage[] = ['client', 'method', 'secret']

const notForMethod = ['another client authentication', 'registered for another']

/** fosite opens invalid_client with a sentence that lists alternatives; what follows it is the reason. */
const openToAll = open('client', 'method', 'secret', 'enabled')

/** The opening sentence alone, after a secret: another method would have been named. */
const bareSecret: Entry = {
  stage: 'not known',
  among: ['client', 'secret'],
  cause: null,
  certainty: 'likely',
  offered: ['secret', 'client', 'expose_internal_errors'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: openToAll,
}

/** With expose_internal_errors: "passwords do not match". */
const secretWrong: Entry = {
  stage: 'secret',
  cause: 'secret-wrong',
  certainty: 'certain',
  passed: ['client', 'method'],
  offered: ['secret'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: said('secret', 'secret-wrong'),
}

/** With expose_internal_errors: "Unable to locate the resource", which is the client. */
const unknownClient: Entry = {
  stage: 'client',
  cause: 'client-unknown',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: openToAll,
}

/** A client ID was sent, and no secret. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'likely',
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope'],
}

const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope', 'redirect'],
  unknownServer: said('client', 'client-id-missing'),
}

/** "supports client authentication method 'X', but method 'Y' was requested", said before the secret is looked at. */
const methodOther = (offered: string): Entry => ({
  stage: 'method',
  cause: 'method-other',
  certainty: 'certain',
  passed: ['client'],
  offered: [offered],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('method', 'method-other'),
})

const sendInHeader = methodOther('client_secret_basic|header')

/** The same after credentials in both places. */
const twoCredentials = (offered: string): Entry => ({
  ...methodOther(offered),
  cause: 'two-credentials',
  unknownServer: said('method', 'two-credentials'),
})

/** The client is registered for no authentication: this grant is closed to it, with a secret and without. */
const publicClient = (stage: 'method' | 'grant'): Entry => ({
  stage,
  cause: 'public-client',
  certainty: 'certain',
  passed: ['client'],
  offered: ['confidential|token_endpoint_auth_method|client_secret'],
  notOffered: ['secret again', '\\bscope', 'DPoP'],
  unknownServer: said(stage, 'public-client'),
})

/** "could not be decoded": a `%` in the raw header begins no escape. It is read before the client is looked up. */
const rawBasic: Entry = {
  stage: 'client',
  cause: 'basic-not-form-encoded',
  certainty: 'certain',
  offered: ['form-encod|percent|body|client_secret_post'],
  notOffered: ['secret again', '\\bscope', 'audience', 'resource', ...notForMethod],
  unknownServer: said('client', 'basic-not-form-encoded'),
}

const grantNotAllowed: Entry = {
  stage: 'grant',
  cause: 'grant-not-allowed',
  certainty: 'certain',
  passed: authenticated,
  offered: ['client_credentials'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('grant', 'grant-not-allowed'),
}

/** "is not allowed to request scope 'X'": the first that the client may not have. Scopes are known of clients only. */
const scopeRefused = (scope: string, ...notOffered: readonly string[]): Entry => ({
  stage: 'scope',
  cause: 'scope-permission-missing',
  certainty: 'certain',
  passed: authenticated,
  offered: [scope],
  notOffered: ['secret', ...notForMethod, ...notOffered],
  unknownServer: said('scope', 'scope-permission-missing'),
})

/** "Requested audience 'X' has not been whitelisted", with the code invalid_request. */
const audienceRefused: Entry = {
  stage: 'resource',
  cause: 'resource-permission-missing',
  certainty: 'certain',
  passed: authenticated,
  offered: ['audience'],
  notOffered: ['secret', '\\bscope', ...notForMethod],
  unknownServer: said('resource', 'resource-permission-missing'),
}

/** A fault of the assertion which the words name, whatever the code. */
const assertion = (cause: TokenCause, offered: string, ...notOffered: readonly string[]): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'certain',
  passed: ['client'],
  offered: [offered],
  notOffered: ['secret again', '\\bscope', ...notOffered],
  unknownServer: said('assertion', cause),
})

/** The key and its signature are looked at before the claims. */
const claim = (cause: TokenCause, offered: string) => assertion(cause, offered, 'public key', '\\bkid\\b')

/** The same before a client is looked for. */
const unreadAssertion = (cause: TokenCause, offered: string): Entry => ({
  ...assertion(cause, offered, 'public key'),
  passed: [],
})

/** 500 "The error is unrecognizable" after an assertion: exp, nbf or iat, and the page sees which. */
const outOfTime = (cause: TokenCause, offered: string): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'likely',
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'public key', '\\baud\\b'],
})

/** With expose_internal_errors the same names the claim. */
const outOfTimeNamed = (cause: TokenCause, offered: string): Entry => ({
  ...outOfTime(cause, offered),
  certainty: 'certain',
  unknownServer: said('assertion', cause),
})

const expiry = '\\bexp\\b|clock|lifetime|new assertion'

/** "An error occurred while executing the token hook", after a secret in the body. */
const hookFailed: Entry = {
  stage: 'policy',
  cause: 'token-hook-failed',
  certainty: 'certain',
  passed: authenticated,
  offered: ['hook'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('policy', 'token-hook-failed'),
}

/** "404 page not found", of the router. */
const pathUnknown = (offered: string): Entry => ({
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('route', 'path-unknown'),
})

/** The port of the administration has no token endpoint, and no CORS as it comes. */
const adminPort: Entry = { ...pathUnknown('4444|public'), origin: relay }

/** The well-known path at a place that this server does not use. */
const metadataElsewhere = (offered: string): Entry => ({
  endpoint: 'metadata',
  stage: 'route',
  cause: 'metadata-elsewhere',
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'route', cause: 'metadata-elsewhere', certainty: 'likely' },
})

/** 307 to another path of this server. The page is not shown where to. */
const redirected = (cause: TokenCause): Entry => ({
  known: { before: [before.metadataRead] },
  stage: 'route',
  cause,
  certainty: 'likely',
  offered: ['slash'],
  notOffered: ['https', 'secret', '\\bscope'],
})

/** The same as curl prints it. */
const redirectPasted = (cause: TokenCause, location: string, offered: string): Entry => ({
  ...redirected(cause),
  known: { pasted: `HTTP/1.1 307 Temporary Redirect\nLocation: ${location}` },
  certainty: 'certain',
  offered: [offered],
})

/** The page gets no response, and something listens. Off is how CORS of this server comes. */
const refused = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  known: { before: [before.answers] },
  stage,
  cause: 'cors-origin-refused',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['allowed_origins', 'relay'],
  notOffered: ['secret again', '\\bscope'],
})

/** A token request in the body was read at this URL, and the preflight fails: for a header that is not allowed. */
const headerNotAllowed: Entry = {
  known: { before: [before.metadataRead, before.simpleRead] },
  stage: 'preflight',
  cause: 'cors-headers-not-allowed',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['allowed_headers|Access-Control-Allow-Headers'],
  notOffered: ['secret again', '\\bscope'],
}

/** Of a proof: this server knows no DPoP, and the body asks for a preflight as well. */
const proofNotAllowed: Entry = {
  ...headerNotAllowed,
  offered: ['DPoP'],
  notOffered: ['Access-Control-Allow-Headers', '- DPoP', 'in the body', '\\bscope'],
}

/** A client's allowed_cors_origins are for requests that name the client: no preflight, no metadata, no keys. */
const ofClientOnly = (stage: 'preflight' | 'not known'): Entry => ({
  known: { before: [before.simpleRead, before.metadataUnreadable] },
  stage,
  cause: 'cors-of-client-only',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['allowed_origins'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: { stage, cause: 'cors-origin-refused', certainty: 'likely' },
})

/** A token was read at the public port. Introspection is at the other one, which has a CORS of its own. */
const introspectionLeftOut = (stage: 'origin' | 'preflight'): Entry => ({
  endpoint: 'introspection',
  known: { before: [before.metadataRead, before.simpleRead] },
  stage,
  cause: 'introspection-without-cors',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['admin', 'relay|curl|terminal'],
  notOffered: ['secret again', 'in the body'],
})

/** Introspection at the public port, which has none. */
const introspectionElsewhere: Entry = { ...pathUnknown('4445|admin'), endpoint: 'introspection' }

/** Revocation: the opening sentence alone, for another method, too. */
const revocationRefused: Entry = {
  endpoint: 'revocation',
  stage: 'not known',
  among: ['client', 'method', 'secret'],
  cause: null,
  certainty: 'possible',
  offered: ['secret', 'client'],
  notOffered: ['\\bscope'],
  unknownServer: openToAll,
}

/** A server with TLS, asked over http: Go says so, without CORS. */
const httpsRequired: Entry = {
  origin: relay,
  stage: 'https',
  cause: 'https-required',
  certainty: 'certain',
  offered: ['https'],
  notOffered: ['secret', '\\bscope', 'allowed_origins'],
  unknownServer: said('https', 'https-required'),
}

/** The same unread: an http URL, and something listens. */
const httpsOrCors = (stage: 'origin' | 'preflight'): Entry => ({
  known: { before: [before.answers] },
  stage: 'not known',
  among: ['https', stage],
  cause: null,
  certainty: 'possible',
  passed: ['reach'],
  offered: ['https', 'allowed_origins'],
  notOffered: ['secret again', '\\bscope'],
})

/** What Ory Hydra 2.3 and fosite 0.49 refuse, and why. */
export const oryHydra: readonly Expectation[] = [
  // ID and secret.
  at(3, 'wrong secret, post', secretWrong),
  at(4, 'wrong secret, basic', secretWrong),
  at(5, 'unknown client, post', unknownClient),
  at(6, 'unknown client, basic', unknownClient),
  at(100, 'wrong secret, post', bareSecret),
  at(81, 'wrong secret, post', { ...bareSecret, origin: relay }),
  at(82, 'wrong secret, basic', { ...bareSecret, origin: relay }),
  at(83, 'unknown client, post', { ...bareSecret, origin: relay }),
  // "passwords do not match", and none was sent.
  at(22, 'client_id alone, registered post', { ...noSecret, certainty: 'certain', passed: ['client'] }),
  at(23, 'client_id alone, registered basic', { ...noSecret, certainty: 'certain', passed: ['client'] }),
  at(85, 'client_id alone, registered post', { ...noSecret, origin: relay }),
  at(21, 'no credentials', noClientId),
  at(29, 'secret with % + : é, basic, raw', rawBasic),
  at(86, 'secret with % + : é, basic, raw', { ...rawBasic, origin: relay }),

  // The method of client authentication.
  at(7, 'method mismatch: registered basic, sent in the body', sendInHeader),
  at(8, 'method mismatch: registered post, sent in the header', methodOther('client_secret_post|body')),
  // The secret is wrong besides, which nothing tells.
  at(9, 'method mismatch and wrong secret: registered basic, sent in the body', sendInHeader),
  at(84, 'method mismatch and wrong secret: registered basic, sent in the body', {
    ...sendInHeader,
    origin: relay,
  }),
  at(10, 'method mismatch: registered private_key_jwt, secret in the body', methodOther('private_key_jwt')),
  at(56, 'private_key_jwt, for a client registered for basic', {
    ...sendInHeader,
    notOffered: ['public key', '\\baud\\b', '\\bkid\\b', '\\bscope'],
  }),
  at(26, 'both header and body, registered basic', twoCredentials('client_secret_basic|header')),
  at(116, 'client registered for post: header and body', twoCredentials('client_secret_post|body')),
  at(
    115,
    'two Authorization-like credentials: header right, body of another client',
    twoCredentials('client_secret_basic|header'),
  ),
  // The client that client_id names is registered for a secret, and the assertion is another's.
  at(60, 'private_key_jwt, another client_id in the body', {
    ...methodOther('client_id|client ID'),
    certainty: 'likely',
    unknownServer: { stage: 'method', cause: 'method-other', certainty: 'likely' },
  }),
  at(11, 'method mismatch: registered none, secret in the body', publicClient('method')),

  // What the client may do.
  at(12, 'registered none, client_id alone', publicClient('grant')),
  at(13, 'client without the grant', grantNotAllowed),
  at(14, 'client created without grant_types', grantNotAllowed),
  at(2, 'scope unknown (the word undefined)', scopeRefused('undefined')),
  at(15, 'client without any scope', scopeRefused('read')),
  at(16, 'scope not allowed', scopeRefused('admin')),
  at(17, 'one scope allowed, one not', scopeRefused('admin', '(drop|remove|without|leave out) .?read')),
  at(18, 'scope by wildcard strategy', scopeRefused('api:read')),
  // A client that lists openid or offline gets it, although there is no user.
  at(19, 'openid', scopeRefused('openid', 'asks for a user')),
  at(20, 'offline', scopeRefused('offline', 'asks for a user')),
  at(30, 'audience not whitelisted', audienceRefused),
  at(31, 'audience, client has none', audienceRefused),
  at(32, 'audience not a URL', audienceRefused),
  at(123, 'JWT: audience in other case', audienceRefused),
  at(120, 'token hook down', hookFailed),
  at(122, 'token hook 500', hookFailed),
  at(119, 'token hook 404', hookFailed),
  at(121, 'token hook 403', {
    ...hookFailed,
    cause: 'custom-rule',
    unknownServer: said('policy', 'custom-rule'),
  }),

  // The client assertion.
  at(42, 'private_key_jwt, aud the issuer', claim('assertion-audience', 'token endpoint|/oauth2/token')),
  at(
    43,
    'private_key_jwt, aud the issuer without slash',
    claim('assertion-audience', 'token endpoint|/oauth2/token'),
  ),
  at(44, 'private_key_jwt, aud other', claim('assertion-audience', 'token endpoint|/oauth2/token')),
  at(46, 'private_key_jwt, no exp', claim('assertion-claim-missing', '\\bexp\\b')),
  at(47, 'private_key_jwt, no jti', claim('assertion-claim-missing', '\\bjti\\b')),
  at(48, 'private_key_jwt, replayed', claim('assertion-replayed', 'new assertion|\\bjti\\b|once|again')),
  at(53, 'private_key_jwt, iss differs', claim('assertion-issuer', '\\biss\\b')),
  at(45, 'private_key_jwt, expired', outOfTimeNamed('assertion-expired', expiry)),
  at(54, 'private_key_jwt, nbf ahead', outOfTimeNamed('assertion-not-yet-valid', '\\bnbf\\b|clock')),
  at(55, 'private_key_jwt, iat ahead', outOfTimeNamed('assertion-not-yet-valid', '\\biat\\b|clock')),
  at(87, 'private_key_jwt, expired', { ...outOfTime('assertion-expired', expiry), origin: relay }),
  at(90, 'private_key_jwt, nbf ahead', {
    ...outOfTime('assertion-not-yet-valid', '\\bnbf\\b|clock'),
    origin: relay,
  }),
  at(91, 'private_key_jwt, iat ahead', {
    ...outOfTime('assertion-not-yet-valid', '\\biat\\b|clock'),
    origin: relay,
  }),
  at(
    49,
    'private_key_jwt, unknown kid',
    assertion('assertion-key-unknown', '\\bkid\\b|key', 'in the body', 'audience', ...notForMethod),
  ),
  at(
    50,
    'private_key_jwt, wrong key under the kid',
    assertion('assertion-signature', 'key', '\\baud\\b', ...notForMethod),
  ),
  // The same words are said of an assertion that is no JWT, and this one is.
  at(88, 'private_key_jwt, wrong key under the kid', {
    ...assertion('assertion-signature', 'key', '\\baud\\b', ...notForMethod),
    origin: relay,
    certainty: 'likely',
  }),
  at(
    51,
    'private_key_jwt, RS512 where RS256 is registered',
    assertion('assertion-algorithm', 'RS256', '\\baud\\b', ...notForMethod),
  ),
  at(57, 'private_key_jwt, garbage', unreadAssertion('assertion-malformed', 'assertion|JWT')),
  at(92, 'private_key_jwt, garbage', {
    ...unreadAssertion('assertion-malformed', 'assertion|JWT'),
    origin: relay,
    certainty: 'likely',
  }),
  at(58, 'private_key_jwt, no assertion', unreadAssertion('assertion-missing', 'assertion')),
  at(
    59,
    'private_key_jwt, wrong type',
    unreadAssertion('assertion-type', 'client_assertion_type|jwt-bearer'),
  ),
  at(52, 'private_key_jwt, unknown sub', unknownClient),
  // Every fault of an assertion has words: without any, it is the client.
  at(89, 'private_key_jwt, unknown sub', {
    ...unknownClient,
    origin: relay,
    certainty: 'likely',
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),

  // Members of Hydra 1: the reason is in error_hint, and with debugging on in error_debug. These clients have no method.
  at(124, 'wrong secret, post', { ...secretWrong, passed: ['client'] }),
  at(125, 'wrong secret, basic', { ...secretWrong, passed: ['client'] }),
  at(126, 'unknown client', unknownClient),
  // A colon ends the ID.
  at(132, 'encoded client, raw Basic', { ...rawBasic, certainty: 'likely', unknownServer: openToAll }),
  at(127, 'scope not allowed', { ...scopeRefused('admin'), passed: ['client', 'secret'] }),
  at(128, 'audience not whitelisted', { ...audienceRefused, passed: ['client', 'secret'] }),
  at(131, 'no credentials', noClientId),

  // Paths, and https.
  at(38, '/token', pathUnknown('/oauth2/token')),
  at(37, 'trailing slash', redirected('path-redirected')),
  at(37, 'trailing slash', redirectPasted('path-redirected', '/oauth2/token', 'slash')),
  at(39, '//oauth2/token', redirected('path-with-double-slash')),
  at(39, '//oauth2/token', redirectPasted('path-with-double-slash', '/oauth2/token', 'slash|//')),
  at(40, 'token endpoint at the admin port', adminPort),
  at(40, 'token endpoint at the admin port', {
    ...adminPort,
    origin: page,
    known: { before: [before.answers] },
    certainty: 'likely',
    passed: ['reach', 'tls'],
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(65, 'discovery, RFC 8414', metadataElsewhere('openid-configuration')),
  at(66, 'discovery at the admin port', { ...metadataElsewhere('4444|public'), origin: relay }),
  at(66, 'discovery at the admin port', {
    ...metadataElsewhere('4444|public'),
    known: { before: [before.answers] },
    certainty: 'likely',
    passed: ['reach', 'tls'],
    unknownServer: { stage: 'not known', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(109, 'http: token', httpsRequired),
  at(109, 'http: token', {
    ...httpsRequired,
    origin: page,
    known: {
      pasted: 'HTTP/1.0 400 Bad Request\n\nClient sent an HTTP request to an HTTPS server.',
    },
  }),
  at(109, 'http: token', httpsOrCors('origin')),
  at(111, 'http: preflight', httpsOrCors('preflight')),
  at(110, 'http: discovery', { ...httpsRequired, endpoint: 'metadata' }),

  // No CORS, or none for this page: the response is unreadable, whatever it is.
  at(80, 'token, client_secret_post', refused('origin')),
  at(81, 'wrong secret, post', refused('origin')),
  at(79, 'token, client_secret_basic (the default method)', refused('preflight')),
  at(82, 'wrong secret, basic', refused('preflight')),
  at(93, 'preflight token', refused('preflight')),
  // With CORS on, a preflight is 204, allowed or not.
  at(93, 'preflight token', {
    ...refused('preflight'),
    known: { pasted: 'HTTP/1.1 200 OK\nDate: Mon, 30 Nov 2026 00:24:16 GMT\nContent-Length: 0' },
    cause: 'cors-off',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(105, 'preflight', {
    ...refused('preflight'),
    known: {
      pasted:
        'HTTP/1.1 204 No Content\nVary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\nDate: Mon, 30 Nov 2026 00:34:04 GMT',
    },
    cause: 'cors-origin-not-listed',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(102, 'token, client_secret_post', refused('origin')),
  at(104, 'wrong secret, post', refused('origin')),
  at(63, 'preflight, other origin', { ...refused('preflight'), origin: other }),
  at(64, 'POST, other origin', { ...refused('origin'), origin: other }),
  at(95, 'discovery', { ...refused('not known'), endpoint: 'metadata' }),
  at(97, 'revocation, wrong secret', { ...refused('origin'), endpoint: 'revocation' }),
  at(94, 'preflight revocation', { ...refused('preflight'), endpoint: 'revocation' }),
  at(96, 'introspection, no authentication', {
    ...refused('origin'),
    endpoint: 'introspection',
    offered: ['admin', 'relay|curl|terminal'],
  }),
  at(108, 'preflight', headerNotAllowed),
  at(61, 'preflight token, authorization and dpop', proofNotAllowed),
  at(101, 'preflight, dpop', proofNotAllowed),
  at(105, 'preflight', ofClientOnly('preflight')),
  at(103, 'token, client_secret_basic', ofClientOnly('preflight')),
  at(106, 'discovery', { ...ofClientOnly('not known'), endpoint: 'metadata' }),
  at(107, 'JWKS', { ...ofClientOnly('not known'), endpoint: 'keys' }),

  // Introspection: at the port of the administration, without client authentication.
  at(62, 'preflight introspection (admin port)', introspectionLeftOut('preflight')),
  at(67, 'introspection, no authentication', introspectionLeftOut('origin')),
  at(68, 'introspection, with client credentials (not looked at)', introspectionLeftOut('preflight')),
  at(69, 'introspection, no token', {
    endpoint: 'introspection',
    origin: relay,
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'likely',
    offered: ['token'],
    notOffered: ['secret', '\\bscope'],
  }),
  at(70, 'introspection at the public port, /oauth2/introspect', introspectionElsewhere),
  at(71, 'introspection at the public port, /admin/oauth2/introspect', introspectionElsewhere),
  at(72, 'introspection at the admin port without /admin (v1 path)', {
    ...redirectPasted(
      'path-redirected',
      'http://localhost:4445/admin/oauth2/introspect',
      '/admin/oauth2/introspect',
    ),
    endpoint: 'introspection',
  }),
  // fosite's own has client authentication, by the header only.
  at(134, 'introspection, wrong secret', {
    ...bareSecret,
    endpoint: 'introspection',
    offered: ['secret'],
  }),
  at(135, 'introspection, no credentials', { ...noClientId, endpoint: 'introspection' }),
  at(137, 'introspection by the body', {
    endpoint: 'introspection',
    stage: 'method',
    cause: 'body-ignored',
    certainty: 'certain',
    offered: ['header|client_secret_basic'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('method', 'body-ignored'),
  }),

  // Revocation and registration.
  at(75, 'revocation, wrong secret', revocationRefused),
  at(76, 'revocation, method mismatch', revocationRefused),
  at(138, 'revocation, wrong secret', revocationRefused),
  // The words are about redirect_uri, which this request has not.
  at(77, 'revocation, no credentials', {
    ...noClientId,
    endpoint: 'revocation',
    certainty: 'likely',
    unknownServer: { stage: 'client', cause: 'client-id-missing', certainty: 'likely' },
  }),
  at(118, 'dynamic registration (off)', {
    endpoint: 'registration',
    stage: 'route',
    cause: 'registration-not-enabled',
    certainty: 'certain',
    offered: ['regist|create client|admin'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('route', 'registration-not-enabled'),
  }),
]

/** Captured, and nothing that this page sends to a token endpoint or an operation of the server. */
export const oryHydraOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in a form.',
    [24, 'no grant_type'],
    [25, 'unknown grant_type'],
    [33, 'JSON body'],
    [34, 'multipart'],
    [41, 'empty body'],
    [129, 'no grant_type'],
    [130, 'unknown grant_type'],
  ),
  ...outside(
    'The page writes a whole Basic header, and no other scheme, at the token endpoint and introspection.',
    [27, 'Basic not base64'],
    [28, 'Bearer at the token endpoint'],
    [136, 'introspection with the token itself'],
  ),
  ...outside(
    'The page sends ID and secret in the header or the body, by POST.',
    [35, 'GET'],
    [36, 'POST, all in the query'],
    [133, 'GET'],
  ),
  ...outside('The page makes no client at the port of the administration.', [
    117,
    'admin API: client secret too short',
  ]),
  ...outside(
    'The request is a call of an API: see ory-hydra-api.ts.',
    [73, 'userinfo with garbage'],
    [74, 'userinfo without a token'],
    [78, 'userinfo after revocation'],
    [98, 'userinfo after revocation'],
    [99, 'userinfo after revocation'],
    [112, 'userinfo, payload changed'],
    [113, 'userinfo, signature changed'],
    [114, 'userinfo, scheme DPoP'],
  ),
]
