import type { Stage } from '../../../src/lib/explanation/stage.ts'
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

/**
 * Spring Authorization Server gives a code and no words. Its order: client, method, secret, grant, scope, DPoP. Of
 * credentials that it recognises a refusal has a body; an empty 401 means that it recognised none. A redirect to the login
 * page is its way to say that the path is no endpoint, or that an exception was thrown. Without an Origin in the
 * captured request, the response is read through the relay.
 */

const at = entriesOf('spring-authorization-server')
const outside = outsideOf('spring-authorization-server')

/** The origin of the page that asked. */
const page = 'http://localhost:4312'

/** An origin that the server does not allow. */
const foreign = 'http://localhost:4999'

const authenticated: readonly Stage[] = ['client', 'method', 'secret']

const notForMethod = ['another client authentication', 'registered for another']

/** What no fix of CORS may say: a chain of one line leaves the server without endpoints. */
const noChainOfOneLine = 'withDefaults\\(\\)\\)\\.build'

/** A bare invalid_client after a secret: ID, method or secret; wrong, expired, or with its prefix. */
const bareSecret: Entry = {
  stage: 'not known',
  among: ['client', 'method', 'secret'],
  cause: null,
  certainty: 'possible',
  offered: ['\\blog', 'secret'],
  notOffered: ['\\bscope', 'Allow the grant', 'proof'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** The same of a secret in which the page sees something. */
const seenSecret = (stage: 'client' | 'secret', cause: TokenCause, offered: string): Entry => ({
  stage,
  cause,
  certainty: 'likely',
  offered: [offered],
  notOffered: ['\\bscope', 'Allow the grant'],
})

/** A bare invalid_client after an assertion in which the page sees no fault. */
const bareAssertion: Entry = {
  stage: 'not known',
  among: ['client', 'method', 'assertion'],
  cause: null,
  certainty: 'possible',
  offered: ['\\blog', 'signing.?algorithm'],
  notOffered: ['\\bscope', 'typ: JWT', 'secret again'],
  unknownServer: open('client', 'method', 'assertion', 'enabled'),
}

/** The same of an assertion that is signed with the secret: the text as stored is the key, its prefix included. */
const bareSecretAssertion: Entry = {
  ...bareAssertion,
  offered: ['\\blog', 'signing.?algorithm', '\\{noop\\}|prefix'],
  notOffered: ['\\bscope', 'typ: JWT'],
}

/** A bare invalid_client after an assertion with a fault that the page sees. */
const seenAssertion = (cause: TokenCause, offered: string, ...notOffered: readonly string[]): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'likely',
  offered: [offered],
  notOffered: ['secret again', '\\bscope', ...notOffered],
})

/** What a line of the server's log makes certain, known server or not: copied out of a terminal, and shortened. */
const logged = (
  stage: 'client' | 'method' | 'secret' | 'assertion',
  cause: TokenCause,
  offered: string,
  line: string,
  passed: readonly Stage[] = [],
): Entry => ({
  known: { pasted: line },
  stage,
  cause,
  certainty: 'certain',
  passed,
  offered: [offered],
  notOffered: ['\\bscope', 'Allow the grant'],
})

const failedIn = (parameter: string) =>
  `TRACE 1 --- [nio-9000-exec-1] : Client authentication failed: [invalid_client] Client authentication failed: ${parameter}`

const assertionFailed = (why: string) =>
  `${failedIn('client_assertion')}\nCaused by: An error occurred while attempting to decode the Jwt: ${why}`

/** Said of a secret that is stored without the name of its encoding. */
const noPrefixInLog =
  'java.lang.IllegalArgumentException: Given that there is no default password encoder configured, each password must have a password encoding prefix.'

/** No credentials were sent: an empty 401. */
const noCredentials: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: { stage: 'secret', cause: 'no-credentials', certainty: 'likely' },
}

/** Of an unknown server: a redirect whose Location is a login page over http, as the relay reads it. */
const toLoginPage: NonNullable<Entry['unknownServer']> = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'possible',
}

/** No credentials were sent, and the redirect leads to the login page. */
const redirectedWithout: Entry = {
  ...noCredentials,
  certainty: 'likely',
  notOffered: ['secret again', '\\bscope', 'https:'],
  unknownServer: open('route', 'secret'),
}

/** A redirect of a request whose credentials and path are right, as far as the page sees. */
const storedWithoutPrefix: Entry = {
  stage: 'secret',
  cause: 'secret-stored-without-prefix',
  certainty: 'likely',
  offered: ['\\{bcrypt\\}|\\{noop\\}', '\\blog'],
  notOffered: ['\\bscope', 'https:', 'secret again', ...notForMethod],
  unknownServer: toLoginPage,
}

/** A redirect at a path that is no endpoint of this server. */
const wrongPath: Entry = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'likely',
  offered: ['/oauth2/token'],
  notOffered: ['secret again', '\\bscope', 'https:', ...notForMethod],
  unknownServer: toLoginPage,
}

/** The same as a page with CORS sees it, which is not told where the redirect leads. */
const unseenPath: Entry = { ...wrongPath, unknownServer: open('https', 'route') }

/** The same of a document. */
const metadataElsewhere = (offered: string): Entry => ({
  ...wrongPath,
  endpoint: 'metadata',
  cause: 'metadata-elsewhere',
  offered: [offered],
})

/** A Basic challenge comes from the login of the application, never from the token endpoint. */
const loginOfApplication = open('gateway', 'route', 'client', 'method', 'secret', 'enabled')

/** Spring Boot's error page, as JSON. Its 403 is the CSRF check of a chain that has no token endpoint. */
const noEndpoint: Entry = {
  stage: 'route',
  cause: 'endpoints-not-set-up',
  certainty: 'likely',
  offered: ['SecurityFilterChain|filter chain'],
  notOffered: ['secret', '\\bscope', ...notForMethod],
  unknownServer: open('gateway', 'route'),
}

/** A bare unauthorized_client: ID, method and secret were right. */
const grantNotAllowed: Entry = {
  stage: 'grant',
  cause: 'grant-not-allowed',
  certainty: 'certain',
  passed: authenticated,
  offered: ['grant'],
  notOffered: ['secret again', '\\bscope', 'public', ...notForMethod],
  unknownServer: { stage: 'grant', cause: 'grant-not-allowed', certainty: 'likely' },
}

/** A bare invalid_scope. */
const scopeRefused: Entry = {
  stage: 'scope',
  cause: 'scope-refused',
  certainty: 'certain',
  passed: [...authenticated, 'grant'],
  offered: ['scope'],
  notOffered: ['secret', 'Allow the grant', ...notForMethod],
  unknownServer: { stage: 'scope', cause: 'scope-refused', certainty: 'likely' },
}

/** A bare invalid_dpop_proof; the page sees the fault in the proof. */
const proof = (cause: TokenCause, offered: string): Entry => ({
  stage: 'binding',
  cause,
  certainty: 'certain',
  passed: [...authenticated, 'grant', 'scope'],
  offered: [offered],
  notOffered: ['secret', '\\bscope', 'exp of 200', ...notForMethod],
  unknownServer: said('binding', cause),
})

/** The same of what a clock, a key or the past decides. */
const likelyProof = (cause: TokenCause, offered: string): Entry => ({
  ...proof(cause, offered),
  certainty: 'likely',
})

/** A bare invalid_request, and the page sees what the server looks at before the client. */
const beforeClient = (stage: 'client' | 'secret', cause: TokenCause, offered: string): Entry => ({
  stage,
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'audience', ...notForMethod],
  unknownServer: { stage, cause, certainty: 'likely' },
})

/** "... Parameter: token". */
const noToken: Entry = {
  stage: 'token',
  cause: 'token-parameter-missing',
  certainty: 'certain',
  passed: authenticated,
  offered: ['token'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('token', 'token-parameter-missing'),
}

/** "This combination of host and port requires TLS": Tomcat says it of http at its https port. */
const httpsRequired: Entry = {
  stage: 'https',
  cause: 'https-required',
  certainty: 'certain',
  offered: ['https'],
  notOffered: ['secret', '\\bscope', 'AllowedOrigin'],
  unknownServer: said('https', 'https-required'),
}

/** Tomcat's own 404: the application has a context path, as it redirects what it does not know. */
const outsideContextPath: Entry = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: ['context'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'likely' },
}

/** The page gets no response, something listens, and the metadata could not be read either. */
const refused = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  origin: page,
  known: { before: [before.answers, before.metadataUnreadable] },
  stage,
  cause: 'cors-origin-refused',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['CorsConfigurationSource', 'relay'],
  notOffered: ['secret again', '\\bscope', noChainOfOneLine],
})

const invalidCors = 'HTTP/1.1 403\nTransfer-Encoding: chunked\n\nInvalid CORS request'
const toLogin = 'HTTP/1.1 302\nLocation: http://localhost:9000/login\nContent-Length: 0'

/** "Invalid CORS request", pasted: CORS is on for this path, and does not list something of the request. */
const notListed = (stage: 'origin' | 'preflight'): Entry => ({
  ...refused(stage),
  known: { pasted: invalidCors },
  cause: 'cors-request-refused',
  certainty: 'certain',
  offered: ['Allowed.?Origin', 'Allowed.?Method'],
  unknownServer: said(stage, 'cors-request-refused'),
})

/** The metadata was read, so that this origin is allowed; a POST without a header of its own is not. */
const methodNotListed: Entry = {
  ...refused('origin'),
  known: { before: [before.metadataRead], pasted: invalidCors },
  cause: 'cors-method-not-allowed',
  certainty: 'certain',
  offered: ['Allowed.?Method'],
  unknownServer: said('origin', 'cors-request-refused'),
}

/** Simple requests and metadata were read; what needs a preflight is not. */
const headersNotListed: Entry = {
  ...refused('preflight'),
  known: { before: [before.simpleRead, before.metadataRead] },
  cause: 'cors-headers-not-allowed',
  offered: ['Allowed.?Header'],
}

/** CORS is set at one of two filter chains: the first responds to the POST, the second to the preflight. */
const oneChain = (stage: 'origin' | 'preflight', known: NonNullable<Entry['known']>): Entry => ({
  ...refused(stage),
  known,
  cause: 'cors-on-one-chain',
  certainty: 'likely',
  offered: ['both|second|bean'],
  unknownServer: stage === 'origin' ? failed : { stage, cause: 'cors-origin-refused', certainty: 'likely' },
})

/** What the real Spring Authorization Server refuses, and why. */
export const springAuthorizationServer: readonly Expectation[] = [
  // ID and secret: invalid_client, and nothing else.
  at(12, 'wrong secret, client_secret_post', bareSecret),
  at(
    12,
    'wrong secret, client_secret_post',
    logged('secret', 'secret-wrong', 'secret', failedIn('client_secret'), ['client', 'method']),
  ),
  at(
    12,
    'wrong secret, client_secret_post',
    logged(
      'secret',
      'secret-wrong',
      'secret',
      "DEBUG 1 --- [nio-9000-exec-1] : Invalid request: client_secret does not match for registered client 'm2m'",
      ['client', 'method'],
    ),
  ),
  at(13, 'wrong secret, client_secret_basic', bareSecret),
  at(14, 'unknown client', bareSecret),
  at(14, 'unknown client', logged('client', 'client-unknown', 'client', failedIn('client_id'))),
  at(15, 'expired secret', bareSecret),
  at(
    15,
    'expired secret',
    logged('secret', 'secret-expired', 'expir|new secret', failedIn('client_secret_expires_at'), [
      'client',
      'method',
    ]),
  ),
  at(16, 'method not registered: post for a Basic client', bareSecret),
  at(
    16,
    'method not registered: post for a Basic client',
    logged('method', 'method-other', 'Basic|method', failedIn('authentication_method'), ['client']),
  ),
  at(17, 'method not registered: Basic for a post client', bareSecret),
  // The good proof is not looked at.
  at(87, 'DPoP, wrong secret beside a good proof', bareSecret),
  // The header comes first, and the body is right.
  at(24, 'body and header, header wrong', { ...bareSecret, offered: ['\\blog', 'one|header'] }),
  // The prefix says how the secret is stored, and is no part of it.
  at(11, 'secret typed with {noop}', seenSecret('secret', 'secret-with-prefix', '\\{noop\\}|prefix')),
  at(47, 'secret with a trailing space', seenSecret('secret', 'secret-with-space', 'space|blank')),
  at(46, 'client_id with a trailing space', seenSecret('client', 'client-id-with-space', 'space|blank')),
  at(40, 'colon in the ID, Basic raw', {
    ...seenSecret('client', 'basic-not-form-encoded', 'form-encod|percent|body|client_secret_post'),
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  at(128, 'token 401, wrong secret', { ...bareSecret, origin: page }),

  // invalid_request: what the server looks at before the client.
  at(
    39,
    'special characters, Basic raw',
    beforeClient('client', 'basic-not-form-encoded', 'form-encod|percent|body|client_secret_post'),
  ),
  at(42, 'Basic, empty secret', beforeClient('secret', 'no-credentials', 'secret')),
  at(44, 'client_id not ASCII', beforeClient('client', 'client-id-characters', 'ASCII|character|client ID')),
  at(
    45,
    'client_id with a newline',
    beforeClient('client', 'client-id-characters', 'line|character|client ID'),
  ),
  at(49, 'private_key_jwt, without client_id', {
    ...beforeClient('client', 'client-id-missing', 'client_id|client ID'),
    unknownServer: { stage: 'client', cause: 'client-id-missing', certainty: 'possible' },
  }),

  // No credentials: an empty 401, or a redirect if the request does not ask for JSON.
  at(22, 'no credentials at all, Accept application/json', noCredentials),
  at(111, 'token, no credentials', { ...noCredentials, origin: page }),
  at(130, 'token, no credentials', { ...noCredentials, origin: page }),
  at(19, 'empty secret', redirectedWithout),
  at(20, 'no secret (client_id alone)', redirectedWithout),
  at(21, 'no credentials at all', redirectedWithout),
  // The client is registered for a certificate, which no page can tell.
  at(48, 'client registered for tls_client_auth, no certificate', redirectedWithout),
  at(23, 'secret without client_id', {
    ...redirectedWithout,
    stage: 'client',
    cause: 'client-id-missing',
    offered: ['client'],
    unknownServer: open('route', 'client'),
  }),
  at(114, 'token, no credentials, Accept */*', {
    ...redirectedWithout,
    origin: page,
    unknownServer: open('https', 'route', 'secret'),
  }),
  at(65, 'private_key_jwt, wrong client_assertion_type', {
    ...seenAssertion('assertion-type', 'client_assertion_type|jwt-bearer', 'https:'),
    unknownServer: open('route', 'assertion'),
  }),

  // A secret that is stored without the name of its encoding: an exception, and the login page.
  at(10, 'plain secret stored without {noop}', storedWithoutPrefix),
  at(9, 'bcrypt hash stored without {bcrypt}', storedWithoutPrefix),
  at(10, 'plain secret stored without {noop}', {
    ...storedWithoutPrefix,
    known: { before: [before.emptyRefusal] },
    passed: ['route'],
  }),
  at(
    10,
    'plain secret stored without {noop}',
    logged('secret', 'secret-stored-without-prefix', '\\{bcrypt\\}|\\{noop\\}', noPrefixInLog, [
      'client',
      'method',
    ]),
  ),
  at(142, 'plain secret stored without {noop}', {
    ...storedWithoutPrefix,
    origin: page,
    unknownServer: loginOfApplication,
  }),

  // Paths.
  at(34, 'POST to a trailing slash', { ...wrongPath, offered: ['slash|/oauth2/token'] }),
  at(35, 'POST to /token', wrongPath),
  at(36, 'POST to /', wrongPath),
  at(37, 'POST to //oauth2/token', { ...wrongPath, cause: 'path-with-double-slash', offered: ['slash|//'] }),
  at(38, 'POST to the JWK Set', { ...wrongPath, cause: 'other-endpoint' }),
  at(113, 'POST to /token', { ...unseenPath, origin: page }),
  at(132, 'POST to /token', { ...unseenPath, origin: page }),
  at(106, 'POST to /token', {
    ...wrongPath,
    origin: page,
    known: { before: [before.answers] },
    passed: ['reach', 'tls'],
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  // Pasted, the redirect leads to the login page.
  at(106, 'POST to /token', {
    ...wrongPath,
    origin: page,
    known: { pasted: toLogin },
    unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'possible' },
  }),
  at(100, 'preflight /token', {
    ...wrongPath,
    origin: page,
    known: { before: [before.answers] },
    passed: ['reach', 'tls'],
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  // The application asks for a login of its own there.
  at(141, 'POST to /token', { ...wrongPath, origin: page, unknownServer: loginOfApplication }),
  // With several issuers, the path would be right: a path that is none, or an exception.
  at(139, 'POST /tenant/oauth2/token', {
    origin: page,
    stage: 'not known',
    among: ['route', 'secret'],
    cause: null,
    certainty: 'likely',
    offered: ['/oauth2/token', '\\{bcrypt\\}|\\{noop\\}|prefix'],
    notOffered: ['\\bscope', 'https:', ...notForMethod],
    unknownServer: open('https', 'route'),
  }),
  at(115, 'token 200', { ...noEndpoint, origin: page }),
  at(116, 'POST to /token', {
    ...noEndpoint,
    cause: 'path-unknown',
    offered: ['/oauth2/token'],
    origin: page,
  }),
  at(117, 'introspection 200', { ...noEndpoint, endpoint: 'introspection', origin: page }),
  at(134, 'POST /oauth2/token', httpsRequired),
  at(134, 'POST /oauth2/token', {
    ...httpsRequired,
    origin: page,
    known: {
      pasted:
        'HTTP/1.1 400\nContent-Type: text/plain;charset=UTF-8\n\nBad Request\nThis combination of host and port requires TLS.',
    },
  }),
  at(133, '/.well-known/openid-configuration', { ...httpsRequired, endpoint: 'metadata' }),
  at(137, 'POST /oauth2/token', outsideContextPath),
  at(137, 'POST /oauth2/token', {
    ...outsideContextPath,
    origin: page,
    known: {
      pasted:
        'HTTP/1.1 404\nContent-Type: text/html;charset=utf-8\n\n<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title>',
    },
  }),
  at(136, '/.well-known/openid-configuration', { ...outsideContextPath, endpoint: 'metadata' }),
  at(135, '/.well-known/oauth-authorization-server/auth', {
    ...outsideContextPath,
    endpoint: 'metadata',
    cause: 'metadata-elsewhere',
    offered: ['/auth/\\.well-known|append'],
  }),
  at(2, 'discovery with a trailing slash', {
    ...metadataElsewhere('slash|well-known'),
    cause: 'path-unknown',
  }),
  at(3, 'discovery, path appended', metadataElsewhere('well-known')),
  at(4, 'discovery, path inserted', metadataElsewhere('well-known')),
  at(138, '/.well-known/oauth-authorization-server/tenant', {
    ...metadataElsewhere('well-known'),
    origin: page,
  }),
  // With several issuers, RFC 8414 puts the path of the issuer behind it.
  at(140, '/foo/.well-known/oauth-authorization-server', {
    ...metadataElsewhere('/\\.well-known/oauth-authorization-server/foo|insert'),
    origin: page,
  }),

  // What the client may do.
  at(18, 'grant not registered for the client', grantNotAllowed),
  at(5, 'scope not allowed', scopeRefused),
  at(6, 'one of two scopes not allowed', scopeRefused),
  at(8, 'scope openid', scopeRefused),
  at(129, 'token 400, scope', { ...scopeRefused, origin: page }),
  at(7, 'scope with a comma', { ...scopeRefused, offered: ['space|comma'] }),

  // The client assertion: a bare invalid_client for each fault.
  at(
    51,
    'private_key_jwt, other aud',
    seenAssertion('assertion-audience', 'issuer|token endpoint', 'typ: JWT'),
  ),
  at(
    51,
    'private_key_jwt, other aud',
    logged(
      'assertion',
      'assertion-audience',
      'issuer|token endpoint',
      assertionFailed('The aud claim is not valid'),
      ['client', 'method'],
    ),
  ),
  // Some servers write their issuer so.
  at(50, 'private_key_jwt, aud issuer with a slash', {
    ...seenAssertion('assertion-audience', 'slash|issuer|token endpoint', 'typ: JWT'),
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),
  at(148, 'private_key_jwt, aud /oauth2/authorize', {
    ...seenAssertion('assertion-audience', 'issuer|token endpoint', 'typ: JWT'),
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),
  at(52, 'private_key_jwt, no aud', seenAssertion('assertion-claim-missing', '\\baud\\b')),
  at(53, 'private_key_jwt, no exp', seenAssertion('assertion-claim-missing', '\\bexp\\b', '\\baud\\b')),
  at(
    54,
    'private_key_jwt, expired 61 s ago',
    seenAssertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion', '\\baud\\b'),
  ),
  at(
    54,
    'private_key_jwt, expired 61 s ago',
    logged(
      'assertion',
      'assertion-expired',
      '\\bexp\\b|clock|lifetime|new assertion',
      assertionFailed('Jwt expired at 2026-11-30T00:21:58Z'),
      ['client', 'method'],
    ),
  ),
  at(
    55,
    'private_key_jwt, nbf 90 s ahead',
    seenAssertion('assertion-not-yet-valid', '\\bnbf\\b|clock', '\\baud\\b'),
  ),
  at(56, 'private_key_jwt, iss other', seenAssertion('assertion-issuer', '\\biss\\b|client', '\\baud\\b')),
  at(57, 'private_key_jwt, sub other', seenAssertion('assertion-issuer', '\\bsub\\b|client', '\\baud\\b')),
  at(61, 'private_key_jwt, alg none', seenAssertion('assertion-alg-none', 'sign|alg', '\\baud\\b')),
  at(62, 'private_key_jwt, not a JWT', seenAssertion('assertion-malformed', 'assertion|JWT', '\\baud\\b')),
  // The page does not know which keys and which algorithm the client has.
  at(58, 'private_key_jwt, other key under the same kid', bareAssertion),
  at(
    58,
    'private_key_jwt, other key under the same kid',
    logged(
      'assertion',
      'assertion-signature',
      'key',
      assertionFailed('Signed JWT rejected: Invalid signature'),
      ['client', 'method'],
    ),
  ),
  at(59, 'private_key_jwt, unknown kid, right key', bareAssertion),
  at(60, 'private_key_jwt, PS256', bareAssertion),
  at(63, 'private_key_jwt, client without a JWK Set URL and signing algorithm', bareAssertion),
  at(
    63,
    'private_key_jwt, client without a JWK Set URL and signing algorithm',
    logged(
      'assertion',
      'assertion-algorithm-not-set',
      'signing.?algorithm',
      "[invalid_client] Failed to find a Signature Verifier for Client: 'm2m-pk-nourl'. Check to ensure you have configured a valid JWS Algorithm: 'null'.",
      ['client', 'method'],
    ),
  ),
  at(64, 'private_key_jwt, client with secret only', bareAssertion),
  at(67, 'client_secret_jwt, wrong secret', bareSecretAssertion),
  at(68, 'client_secret_jwt, registered as {noop}..., signed with the secret', bareSecretAssertion),
  at(69, 'client_secret_jwt, client without a signing algorithm', bareSecretAssertion),

  // DPoP: a bare invalid_dpop_proof for each fault.
  at(70, 'DPoP, htu with a query', proof('proof-htu', 'htu')),
  at(71, 'DPoP, htu with 127.0.0.1', proof('proof-htu', 'htu')),
  // The same URL, in other letters.
  at(72, 'DPoP, htu in other case', {
    ...proof('proof-htu', 'htu'),
    unknownServer: { stage: 'binding', cause: 'proof-htu', certainty: 'possible' },
  }),
  at(73, 'DPoP, htm GET', proof('proof-htm', 'htm')),
  at(74, 'DPoP, no htm', proof('proof-claim-missing', '\\bhtm\\b')),
  at(75, 'DPoP, no jti', proof('proof-claim-missing', '\\bjti\\b')),
  at(76, 'DPoP, no iat', proof('proof-claim-missing', '\\biat\\b')),
  at(79, 'DPoP, typ JWT', proof('proof-typ', 'typ|dpop\\+jwt')),
  at(80, 'DPoP, no jwk', proof('proof-key-missing', 'jwk|key')),
  at(85, 'DPoP, not a JWT', proof('proof-malformed', 'proof|DPoP')),
  at(77, 'DPoP, iat 70 s old', likelyProof('proof-iat', '\\biat\\b|clock')),
  at(78, 'DPoP, iat 70 s ahead', likelyProof('proof-iat', '\\biat\\b|clock')),
  at(83, 'DPoP, with exp in the past', likelyProof('proof-expired', '\\bexp\\b|clock')),
  at(82, 'DPoP, other jwk', likelyProof('proof-signature', 'sign|key')),
  at(84, 'DPoP, the same again', {
    ...likelyProof('proof-replayed', 'new proof|again|\\bjti\\b'),
    known: { before: [before.proofSent] },
  }),

  // Introspection and revocation.
  at(88, 'introspection, no token', { ...noToken, endpoint: 'introspection' }),
  at(89, 'introspection, wrong secret', { ...bareSecret, endpoint: 'introspection' }),
  at(91, 'introspection, no credentials, Accept application/json', {
    ...noCredentials,
    endpoint: 'introspection',
  }),
  at(90, 'introspection, no credentials', { ...redirectedWithout, endpoint: 'introspection' }),
  at(94, 'revocation, no token', { ...noToken, endpoint: 'revocation' }),
  at(95, 'revocation, wrong secret', { ...bareSecret, endpoint: 'revocation' }),
  at(98, 'revocation, method not registered', { ...bareSecret, endpoint: 'revocation' }),
  at(97, 'revocation, no credentials, Accept application/json', { ...noCredentials, endpoint: 'revocation' }),
  at(96, 'revocation, no credentials', { ...redirectedWithout, endpoint: 'revocation' }),
  // 400: of wrong credentials it is 401.
  at(93, 'revocation, another client’s token', {
    endpoint: 'revocation',
    stage: 'owner',
    cause: 'token-of-another-client',
    certainty: 'certain',
    passed: authenticated,
    offered: ['client'],
    notOffered: ['secret again', '\\bscope', ...notForMethod],
    unknownServer: open('client', 'method', 'secret', 'enabled', 'owner'),
  }),

  // Registration.
  at(143, 'registration without a token', {
    endpoint: 'registration',
    origin: page,
    stage: 'token',
    cause: 'registration-needs-token',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret again'],
    unknownServer: { stage: 'token', cause: 'registration-needs-token', certainty: 'likely' },
  }),
  at(146, 'registration with a token of the wrong scope', {
    endpoint: 'registration',
    origin: page,
    stage: 'token',
    cause: 'registration-token-invalid',
    certainty: 'certain',
    offered: ['client\\.create|initial access token'],
    notOffered: ['secret again'],
    unknownServer: said('token', 'registration-token-invalid'),
  }),
  // It is good for one registration.
  at(149, 'registration, the same token again', {
    endpoint: 'registration',
    origin: page,
    stage: 'token',
    cause: 'registration-token-invalid',
    certainty: 'certain',
    offered: ['initial access token|new'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('token', 'registration-token-invalid'),
  }),
  at(144, 'registration, jwks', {
    endpoint: 'registration',
    origin: page,
    stage: 'form',
    cause: 'registration-with-scope',
    certainty: 'certain',
    passed: ['token'],
    offered: ['without|leave|empty|remove'],
    notOffered: ['secret again', 'initial access token'],
    unknownServer: said('form', 'registration-with-scope'),
  }),

  // No CORS as it comes: no response, whatever it is.
  at(103, 'token 200', refused('origin')),
  at(104, 'token 200, Basic', refused('preflight')),
  at(105, 'token 401, wrong secret', refused('origin')),
  at(101, 'preflight token endpoint, authorization', refused('preflight')),
  at(102, 'preflight introspection', { ...refused('preflight'), endpoint: 'introspection' }),
  at(99, 'preflight /oauth2/revoke', { ...refused('preflight'), endpoint: 'revocation' }),
  at(109, 'introspection 200', { ...refused('origin'), endpoint: 'introspection' }),
  at(107, 'discovery RFC 8414', {
    ...refused('not known'),
    endpoint: 'metadata',
    known: { before: [before.answers] },
  }),
  at(108, 'JWK Set', { ...refused('not known'), endpoint: 'keys', known: { before: [before.answers] } }),
  at(127, 'preflight token endpoint, authorization', refused('preflight')),
  // Pasted: with CORS on, Spring lets a preflight pass or says "Invalid CORS request".
  at(101, 'preflight token endpoint, authorization', {
    ...refused('preflight'),
    known: { before: [before.metadataUnreadable], pasted: toLogin },
    cause: 'cors-off',
    certainty: 'likely',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'likely' },
  }),

  // CORS is on, and does not list the origin: nothing was processed.
  at(112, 'token, other origin', { ...refused('origin'), origin: foreign }),
  at(112, 'token, other origin', { ...notListed('origin'), origin: foreign }),
  at(110, 'preflight token endpoint, other origin', { ...refused('preflight'), origin: foreign }),
  at(110, 'preflight token endpoint, other origin', {
    ...notListed('preflight'),
    origin: foreign,
    offered: ['Allowed.?Origin', 'Allowed.?Header'],
  }),
  at(131, 'token, other origin', { ...refused('origin'), origin: foreign }),
  at(131, 'token, other origin', { ...notListed('origin'), origin: foreign }),
  at(147, 'token, origin null', { ...refused('origin'), origin: 'null' }),
  at(147, 'token, origin null', { ...notListed('origin'), origin: 'null' }),
  // This origin may read, by GET and HEAD alone.
  at(123, 'token 200', methodNotListed),
  at(122, 'preflight token endpoint, authorization', {
    ...notListed('preflight'),
    known: { before: [before.metadataRead], pasted: invalidCors },
    offered: ['Allowed.?Method', 'Allowed.?Header'],
  }),
  at(123, 'token 200', {
    ...methodNotListed,
    known: { before: [before.metadataRead] },
    certainty: 'likely',
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(120, 'preflight token endpoint, authorization', headersNotListed),
  at(120, 'preflight token endpoint, authorization', {
    ...headersNotListed,
    known: { before: [before.simpleRead, before.metadataRead], pasted: invalidCors },
    certainty: 'certain',
    unknownServer: said('preflight', 'cors-headers-not-allowed'),
  }),
  at(121, 'preflight introspection', {
    ...headersNotListed,
    endpoint: 'introspection',
    known: { before: [before.simpleRead, before.metadataRead], pasted: invalidCors },
    certainty: 'certain',
    unknownServer: said('preflight', 'cors-headers-not-allowed'),
  }),
  // CORS of the first chain alone: what needs no preflight was read.
  at(
    118,
    'preflight token endpoint, authorization',
    oneChain('preflight', { before: [before.simpleRead, before.metadataRead], pasted: toLogin }),
  ),
  // CORS of the second chain alone: the preflight passes, and nothing can be read.
  at(119, 'token 200', oneChain('origin', { before: [before.preflighted, before.metadataUnreadable] })),
  // CORS was registered for the paths of OAuth, without those of the metadata.
  at(124, 'discovery RFC 8414', {
    ...refused('not known'),
    endpoint: 'metadata',
    known: { before: [before.answers, before.simpleRead] },
    cause: 'cors-not-for-path',
    offered: ['/\\*\\*|well-known'],
    unknownServer: { stage: 'not known', cause: 'cors-not-for-path', certainty: 'likely' },
  }),
  // `*` with credentials: an exception for every request with an Origin, and no CORS.
  at(125, 'token 200', refused('origin')),
  at(125, 'token 200', {
    ...refused('not known'),
    known: { before: [before.metadataUnreadable], pasted: toLogin },
    cause: 'exception',
    offered: ['\\blog'],
    notOffered: ['\\bscope', 'https:', noChainOfOneLine],
    unknownServer: open('https', 'route'),
  }),
  at(126, 'discovery RFC 8414', {
    ...refused('not known'),
    endpoint: 'metadata',
    known: { before: [before.answers] },
  }),
  at(126, 'discovery RFC 8414', {
    ...refused('not known'),
    endpoint: 'metadata',
    known: { pasted: toLogin },
    cause: 'cors-any-origin-with-credentials',
    certainty: 'possible',
    offered: ['credentials'],
    notOffered: ['secret again', '\\bscope', 'https:', noChainOfOneLine],
    unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'possible' },
  }),
]

/** Captured, and nothing that this page sends. */
export const springAuthorizationServerOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in a form.',
    [28, 'grant_type twice'],
    [29, 'no grant_type'],
    [30, 'unknown grant_type'],
    [31, 'JSON body'],
  ),
  ...outside(
    'The page sends each of these parameters once.',
    [25, 'client_id twice'],
    [26, 'client_secret twice'],
    [27, 'scope parameter twice'],
  ),
  ...outside(
    'The page writes a whole Basic header, and no other scheme, at the token endpoint and introspection.',
    [41, 'Basic, not base64'],
    [43, 'Authorization: Bearer at the token endpoint'],
    [92, 'introspection, Bearer'],
  ),
  ...outside('The page sends ID and secret in the header or the body.', [32, 'everything in the query']),
  ...outside('A GET is no token request, and this server redirects it whatever the POST does.', [33, 'GET']),
  ...outside('The page sends client_assertion_type with every assertion.', [
    66,
    'client_assertion without type',
  ]),
  ...outside(
    'The page sends one proof, without its private key.',
    [81, 'DPoP, private jwk'],
    [86, 'DPoP, two headers'],
  ),
  ...outside('The page registers a key with its JWK Set, and never with a URL.', [
    145,
    'registration, jwks_uri',
  ]),
]
