import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import {
  before,
  clientId,
  entriesOf,
  found,
  noPreflight,
  ofToken,
  open,
  said,
  thinkable,
} from './causes-api.ts'
import type { Outside } from './causes-api.ts'

/**
 * An API of Spring Security. It describes every fault of a Bearer token. A bare `Bearer` says that no token was judged:
 * none arrived, or an exception or the CSRF check came first, and the error page asked for a token itself. Faults of a
 * proof are `invalid_dpop_proof` without a word, but proof and request can be read in the page. Boot's own JSON is no
 * refusal by OAuth. The API exposes WWW-Authenticate to the page that asked, so that it reads what the relay reads.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:48:24 GMT')

/** The page that asked. */
const page = 'http://localhost:4312'

/** An origin that the API does not list. */
const foreign = 'http://localhost:4999'

const entry = entriesOf('spring-resource-server')

/** It looks at a token in this order: key and algorithm, signature, typ, time, issuer, audience. */
const readable: readonly Stage[] = [...found, 'token']
const verified: readonly Stage[] = [...readable, 'key', 'signature']
const beforeIssuer: readonly Stage[] = [...verified, 'typ', 'time']
const beforeAudience: readonly Stage[] = [...beforeIssuer, 'issuer']

/** Authentication is whole before authorities are compared. */
const authenticated: readonly Stage[] = [...found, ...ofToken]

const proofFound: readonly Stage[] = [...found, 'proof-present']

/** If the token was not judged, or could not be read or verified, none of this is at fault. */
const notToken = ['audience', 'ValidTypes', 'clock', 'revoked']

const notAuthentication = ['audience', 'signature', 'clock', 'UseCors']

/** For a request that the API's own code or setup stopped, or that found no path. */
const notCredentials = ['audience', 'scope', 'new token', 'clock', 'UseCors']

/** A bound token is for no other scheme. */
const notBearer = ['as a Bearer', 'bound to no key']

/** A 403 without a word, at an API that nothing is known of. */
const forbidden = open('origin', 'csrf', 'gateway', 'scope', 'role')

/** A 500 without a word, at an API that nothing is known of. */
const failed = {
  stage: 'not known',
  among: ['gateway', 'handler', 'setup'],
  cause: 'exception',
  certainty: 'likely',
} as const

/** What may have kept a response from the page that knows nothing else. */
const missing = open('reach', 'host', 'preflight', 'gateway', 'route', 'origin')

const toLogin = 'HTTP/1.1 302\nLocation: http://localhost:9001/login'

const malformed =
  'HTTP/1.1 401\nWWW-Authenticate: Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Malformed token"'

export const springResourceServer: readonly Expectation[] = [
  // No token, or not where the API looks.
  entry(2, 'no token', {
    stage: 'header',
    cause: 'no-credentials',
    certainty: 'certain',
    offered: ['token|Authorization'],
    notOffered: [...notToken, 'jwk-set-uri'],
  }),
  entry(26, 'Authorization: the token alone', {
    stage: 'scheme',
    cause: 'scheme-missing',
    certainty: 'certain',
    passed: ['header'],
    offered: ['Bearer'],
    notOffered: notToken,
    unknownServer: said('scheme', 'scheme-missing'),
  }),
  entry(27, 'Basic', {
    stage: 'scheme',
    cause: 'scheme-wrong',
    certainty: 'certain',
    passed: ['header'],
    offered: ['Bearer'],
    notOffered: notToken,
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  entry(28, 'token in the query', {
    stage: 'header',
    cause: 'token-elsewhere',
    certainty: 'certain',
    offered: ['Authorization|header'],
    notOffered: notToken,
    unknownServer: said('header', 'token-elsewhere'),
  }),
  entry(29, 'token in the query and in the header', {
    stage: 'header',
    cause: 'token-in-two-places',
    certainty: 'certain',
    offered: ['query|URL|access_token|one place'],
    notOffered: notToken,
    unknownServer: said('header', 'token-in-two-places'),
  }),
  entry(72, 'POST without a token, no CORS', {
    // The CSRF check comes first, and the error page asks for a token. With a Bearer token there is no CSRF check.
    stage: 'header',
    cause: 'no-credentials',
    certainty: 'certain',
    offered: ['token|Authorization'],
    notOffered: [...notToken, 'jwk-set-uri'],
  }),

  // CSRF: requests with a Bearer token in the header are exempt. Boot's JSON with 403 can also come from the API's own code.
  entry(30, 'token in the form', {
    stage: 'csrf',
    cause: 'csrf-protection',
    certainty: 'likely',
    offered: ['Authorization|header'],
    notOffered: [...notToken, 'role'],
    unknownServer: open('csrf', 'header'),
  }),
  entry(31, 'POST without a token', {
    stage: 'csrf',
    cause: 'csrf-protection',
    certainty: 'likely',
    offered: ['token|Authorization'],
    notOffered: [...notToken, 'role'],
    unknownServer: open('csrf', 'header'),
  }),
  entry(63, 'DPoP: POST', {
    // A missing scope would be called insufficient_scope.
    stage: 'csrf',
    cause: 'csrf-protection',
    certainty: 'likely',
    offered: ['csrf'],
    notOffered: [...notToken, ...notBearer, 'scope'],
    unknownServer: forbidden,
  }),
  entry(73, 'DPoP: POST', {
    // The same with one chain for all paths. A bare `Bearer` could also come of an exception, or of an API without DPoP.
    stage: 'not known',
    among: ['csrf', 'scheme', 'setup'],
    cause: null,
    certainty: 'likely',
    offered: ['csrf'],
    notOffered: notToken,
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  entry(73, 'DPoP: POST', {
    known: { before: [before.acceptedByGet] },
    stage: 'csrf',
    cause: 'csrf-protection',
    certainty: 'likely',
    offered: ['csrf'],
    notOffered: [...notToken, ...notBearer, 'scope'],
    unknownServer: thinkable('csrf', 'csrf-protection'),
  }),

  // The token cannot be read.
  entry(18, 'not a JWT', {
    stage: 'token',
    cause: 'token-not-jwt',
    certainty: 'certain',
    passed: found,
    offered: ['token'],
    notOffered: notToken,
    unknownServer: said('token', 'token-not-jwt'),
  }),
  entry(19, 'reference token at a JWT API', {
    stage: 'token',
    cause: 'token-reference',
    certainty: 'likely',
    passed: found,
    offered: ['introspect|opaqueToken'],
    notOffered: notToken,
    unknownServer: said('token', 'token-reference'),
  }),
  entry(19, 'reference token at a JWT API', {
    known: { before: [before.tokenIssued] },
    stage: 'token',
    cause: 'token-reference',
    certainty: 'certain',
    passed: found,
    offered: ['introspect|opaqueToken'],
    notOffered: notToken,
    unknownServer: said('token', 'token-reference'),
  }),
  entry(20, 'three parts, no JSON', {
    stage: 'token',
    cause: 'token-not-jwt',
    certainty: 'certain',
    passed: found,
    offered: ['token'],
    notOffered: [...notToken, 'introspect'],
    unknownServer: said('token', 'token-not-jwt'),
  }),
  entry(21, 'broken payload', {
    stage: 'token',
    cause: 'payload-malformed',
    certainty: 'certain',
    passed: found,
    offered: ['token|payload'],
    notOffered: notToken,
    unknownServer: said('token', 'payload-malformed'),
  }),
  entry(9, 'exp as a string', {
    // The payload is a JSON object, and its exp a text.
    stage: 'token',
    cause: 'claim-type-wrong',
    certainty: 'certain',
    passed: found,
    offered: ['exp\\b', 'number'],
    notOffered: notToken,
    unknownServer: said('token', 'claim-type-wrong'),
  }),
  entry(22, 'token with a space', {
    stage: 'token',
    cause: 'token-characters',
    certainty: 'certain',
    passed: found,
    offered: ['space|token'],
    notOffered: notToken,
    unknownServer: said('token', 'token-characters'),
  }),
  entry(62, 'DPoP: token with a space', {
    stage: 'token',
    cause: 'token-characters',
    certainty: 'certain',
    passed: found,
    offered: ['space|token'],
    notOffered: [...notToken, 'htu'],
    unknownServer: said('token', 'token-characters'),
  }),
  entry(23, 'token empty', {
    stage: 'token',
    cause: 'token-empty',
    certainty: 'certain',
    passed: found,
    offered: ['token'],
    notOffered: notToken,
    unknownServer: said('token', 'token-empty'),
  }),
  entry(24, 'Bearer Bearer', {
    stage: 'token',
    cause: 'scheme-twice',
    certainty: 'certain',
    passed: found,
    offered: ['Bearer|twice'],
    notOffered: notToken,
    unknownServer: said('token', 'scheme-twice'),
  }),
  entry(25, 'token in quotes', {
    stage: 'token',
    cause: 'token-in-quotes',
    certainty: 'certain',
    passed: found,
    offered: ['quot'],
    notOffered: notToken,
    unknownServer: said('token', 'token-in-quotes'),
  }),
  entry(61, 'DPoP: not a JWT', {
    stage: 'token',
    cause: 'token-not-jwt',
    certainty: 'certain',
    passed: found,
    offered: ['token'],
    notOffered: [...notToken, 'htu'],
    unknownServer: said('token', 'token-not-jwt'),
  }),
  entry(46, 'opaque: unknown token', {
    // It asked the authorization server; "revoked" is one of the reasons why a token is not active.
    stage: 'token',
    cause: 'token-not-active',
    certainty: 'certain',
    passed: found,
    offered: ['token'],
    notOffered: ['audience', 'ValidTypes', 'clock', 'jwk-set-uri'],
    unknownServer: said('token', 'token-not-active'),
  }),

  // Key and signature. "Another algorithm expected, or no matching key(s) found" names two; RS256 is what Spring expects.
  entry(12, 'kid unknown', {
    stage: 'key',
    cause: 'key-unknown',
    certainty: 'likely',
    passed: readable,
    offered: ['key', 'algorithm|\\balg\\b'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('key', 'key-unknown'),
  }),
  entry(41, 'decoder for ES256: RS256 token', {
    // What was sent and what came are of the same kind as with an unknown kid: the page cannot see that the algorithm is the reason.
    stage: 'key',
    cause: 'key-unknown',
    certainty: 'likely',
    passed: readable,
    offered: ['key', 'algorithm|\\balg\\b'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('key', 'key-unknown'),
  }),
  entry(14, 'RS384', {
    stage: 'key',
    cause: 'algorithm-other',
    certainty: 'likely',
    passed: readable,
    offered: ['RS256|jwsAlgorithm|jws-algorithm'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: thinkable('key', 'algorithm-other'),
  }),
  entry(15, 'ES256 token', {
    stage: 'key',
    cause: 'algorithm-other',
    certainty: 'likely',
    passed: readable,
    offered: ['RS256|jwsAlgorithm|jws-algorithm'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: thinkable('key', 'algorithm-other'),
  }),
  entry(16, 'HS256 token', {
    stage: 'key',
    cause: 'algorithm-other',
    certainty: 'likely',
    passed: readable,
    offered: ['RS256|jwsAlgorithm|jws-algorithm|HS256'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: thinkable('key', 'algorithm-other'),
  }),
  entry(17, 'alg none', {
    stage: 'signature',
    cause: 'alg-none',
    certainty: 'certain',
    passed: readable,
    offered: ['signed|token'],
    notOffered: notToken,
    unknownServer: said('signature', 'alg-none'),
  }),
  entry(13, 'other key under the kid', {
    stage: 'signature',
    cause: 'signature-wrong',
    certainty: 'certain',
    passed: [...readable, 'key'],
    offered: ['token|key'],
    notOffered: notToken,
    unknownServer: said('signature', 'signature-wrong'),
  }),

  // The type of the token: typ, and what RFC 9068 has in a token of that type.
  entry(10, 'typ at+jwt, default decoder', {
    stage: 'typ',
    cause: 'typ-not-valid',
    certainty: 'certain',
    passed: verified,
    offered: ['AtJwtValidator|at\\+jwt'],
    notOffered: [...notToken, '\\baud\\b', 'resource\\b'],
    unknownServer: said('typ', 'typ-not-valid'),
  }),
  entry(11, 'typ foo', {
    stage: 'typ',
    cause: 'typ-not-valid',
    certainty: 'certain',
    passed: verified,
    offered: ['typ\\b'],
    notOffered: [...notToken, '\\baud\\b', 'AtJwtValidator'],
    unknownServer: said('typ', 'typ-not-valid'),
  }),
  entry(37, 'at+jwt validator: token without typ', {
    stage: 'typ',
    cause: 'typ-not-valid',
    certainty: 'certain',
    passed: verified,
    offered: ['at\\+jwt'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('typ', 'typ-not-valid'),
  }),
  entry(38, 'at+jwt validator: no client_id', {
    stage: 'typ',
    cause: 'claim-missing',
    certainty: 'certain',
    passed: verified,
    offered: [clientId],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('typ', 'claim-missing'),
  }),
  entry(40, 'at+jwt validator: no jti', {
    stage: 'typ',
    cause: 'claim-missing',
    certainty: 'certain',
    passed: verified,
    offered: ['jti'],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('typ', 'claim-missing'),
  }),
  entry(39, 'at+jwt validator: other client_id', {
    stage: 'typ',
    cause: 'client-other',
    certainty: 'certain',
    passed: verified,
    offered: [clientId],
    notOffered: [...notToken, '\\baud\\b'],
    unknownServer: said('typ', 'client-other'),
  }),

  // Time, issuer and audience: of several faults it names the first alone.
  entry(3, 'expired 61 s ago', {
    stage: 'time',
    cause: 'token-expired',
    certainty: 'certain',
    passed: [...verified, 'typ'],
    offered: ['token'],
    notOffered: ['audience', 'ValidTypes'],
    unknownServer: said('time', 'token-expired'),
  }),
  entry(36, 'wrong aud and expired and wrong issuer at once', {
    stage: 'time',
    cause: 'token-expired',
    certainty: 'certain',
    passed: [...verified, 'typ'],
    offered: ['token'],
    notOffered: ['ValidTypes', 'scope'],
    unknownServer: said('time', 'token-expired'),
  }),
  entry(60, 'DPoP: expired token', {
    stage: 'time',
    cause: 'token-expired',
    certainty: 'certain',
    passed: [...verified, 'typ'],
    offered: ['token'],
    notOffered: ['audience', 'ValidTypes', 'htu'],
    unknownServer: said('time', 'token-expired'),
  }),
  entry(4, 'nbf 90 s ahead', {
    stage: 'time',
    cause: 'token-not-yet-valid',
    certainty: 'certain',
    passed: [...verified, 'typ'],
    offered: ['clock|wait'],
    notOffered: ['audience', 'ValidTypes', 'revoked'],
    unknownServer: said('time', 'token-not-yet-valid'),
  }),
  entry(5, 'exp before iat', {
    // It has not expired, and one clock wrote both.
    stage: 'time',
    cause: 'exp-before-iat',
    certainty: 'certain',
    passed: verified,
    offered: ['\\biat\\b'],
    notOffered: notToken,
    unknownServer: said('time', 'exp-before-iat'),
  }),
  entry(6, 'other issuer', {
    stage: 'issuer',
    cause: 'issuer-other',
    certainty: 'certain',
    passed: beforeIssuer,
    offered: ['issuer|\\biss\\b'],
    notOffered: notToken,
    unknownServer: said('issuer', 'issuer-other'),
  }),
  entry(7, 'issuer with a slash', {
    stage: 'issuer',
    cause: 'issuer-other',
    certainty: 'certain',
    passed: beforeIssuer,
    offered: ['slash'],
    notOffered: notToken,
    unknownServer: said('issuer', 'issuer-other'),
  }),
  entry(8, 'no issuer', {
    stage: 'issuer',
    cause: 'issuer-missing',
    certainty: 'certain',
    passed: beforeIssuer,
    offered: ['issuer|\\biss\\b'],
    notOffered: notToken,
    unknownServer: said('issuer', 'issuer-missing'),
  }),
  entry(33, 'aud validator: wrong aud', {
    stage: 'audience',
    cause: 'audience-other',
    certainty: 'certain',
    passed: beforeAudience,
    offered: ['aud'],
    notOffered: ['ValidTypes', 'clock', 'revoked'],
    unknownServer: said('audience', 'audience-other'),
  }),
  entry(34, 'aud validator: no aud', {
    stage: 'audience',
    cause: 'audience-missing',
    certainty: 'certain',
    passed: beforeAudience,
    offered: ['aud'],
    notOffered: ['ValidTypes', 'clock', 'revoked'],
    unknownServer: said('audience', 'audience-missing'),
  }),
  entry(35, 'own validator: custom_code', {
    // No sentence of Spring's: what the API looks at beyond typ and time is its own, and typ and time are in order.
    stage: 'not known',
    among: ['issuer', 'audience'],
    cause: null,
    certainty: 'possible',
    passed: found,
    offered: ['validator|code|log'],
    notOffered: ['revoked', 'clock', 'ValidTypes'],
    unknownServer: open(...ofToken),
  }),

  // What the token may. It says insufficient_scope of every authority: a scope, a role, or one with a prefix.
  entry(43, 'scope missing', {
    stage: 'not known',
    among: ['scope', 'role'],
    cause: null,
    certainty: 'likely',
    passed: authenticated,
    offered: ['scope', 'SCOPE_|role|authorit'],
    notOffered: notAuthentication,
    unknownServer: said('scope', 'scope-insufficient'),
  }),
  entry(44, 'scope missing, no scope claim', {
    stage: 'scope',
    cause: 'scope-insufficient',
    certainty: 'likely',
    passed: authenticated,
    offered: ['scope'],
    notOffered: notAuthentication,
    unknownServer: said('scope', 'scope-insufficient'),
  }),
  entry(45, 'role missing', {
    stage: 'not known',
    among: ['scope', 'role'],
    cause: null,
    certainty: 'likely',
    passed: authenticated,
    offered: ['scope', 'SCOPE_|role|authorit'],
    notOffered: notAuthentication,
    unknownServer: said('scope', 'scope-insufficient'),
  }),
  entry(64, 'DPoP: scope missing', {
    // The challenge is for Bearer, though token and proof were accepted under DPoP.
    stage: 'not known',
    among: ['scope', 'role'],
    cause: null,
    certainty: 'likely',
    passed: [...proofFound, ...ofToken, 'proof-valid'],
    offered: ['scope', 'SCOPE_|role|authorit'],
    notOffered: [...notAuthentication, ...notBearer],
    unknownServer: said('scope', 'scope-insufficient'),
  }),

  // DPoP.
  entry(48, 'DPoP-bound token as Bearer', {
    stage: 'scheme',
    cause: 'scheme-wrong',
    certainty: 'certain',
    passed: ['header'],
    offered: ['DPoP'],
    notOffered: notToken,
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  entry(49, 'DPoP: no proof', {
    stage: 'proof-present',
    cause: 'proof-missing',
    certainty: 'certain',
    passed: found,
    offered: ['proof'],
    notOffered: [...notToken, ...notBearer, 'htu'],
    unknownServer: said('proof-present', 'proof-missing'),
  }),
  entry(50, 'DPoP: two proofs', {
    stage: 'proof-valid',
    cause: 'proof-twice',
    certainty: 'certain',
    passed: proofFound,
    offered: ['one|twice|two'],
    notOffered: [...notToken, ...notBearer, 'htu'],
    unknownServer: said('proof-valid', 'proof-twice'),
  }),
  entry(51, 'DPoP: wrong htu', {
    stage: 'proof-valid',
    cause: 'proof-htu',
    certainty: 'certain',
    passed: proofFound,
    offered: ['htu|URL'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-htu'),
  }),
  entry(52, 'DPoP: htu with a query, request with it', {
    stage: 'proof-valid',
    cause: 'proof-htu',
    certainty: 'certain',
    passed: proofFound,
    offered: ['htu|query'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-htu'),
  }),
  entry(53, 'DPoP: wrong htm', {
    stage: 'proof-valid',
    cause: 'proof-htm',
    certainty: 'certain',
    passed: proofFound,
    offered: ['htm|method'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-htm'),
  }),
  entry(54, 'DPoP: iat 70 s old', {
    // It accepts 60 s.
    stage: 'proof-valid',
    cause: 'proof-iat',
    certainty: 'certain',
    passed: proofFound,
    offered: ['clock|new proof|fresh'],
    notOffered: ['audience', 'ValidTypes', 'revoked', ...notBearer, 'exp of'],
    unknownServer: thinkable('proof-valid', 'proof-iat'),
  }),
  entry(55, 'DPoP: no ath', {
    stage: 'proof-valid',
    cause: 'proof-ath-missing',
    certainty: 'certain',
    passed: proofFound,
    offered: ['ath\\b'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-ath-missing'),
  }),
  entry(56, 'DPoP: wrong ath', {
    stage: 'proof-valid',
    cause: 'proof-ath',
    certainty: 'certain',
    passed: proofFound,
    offered: ['ath\\b|this token'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-ath'),
  }),
  entry(57, 'DPoP: another key', {
    stage: 'proof-valid',
    cause: 'cnf-mismatch',
    certainty: 'certain',
    passed: proofFound,
    offered: ['key'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'cnf-mismatch'),
  }),
  entry(58, 'DPoP: replay', {
    // Every rule that the page can look at holds: a proof that was used elsewhere is what remains.
    stage: 'proof-valid',
    cause: 'proof-replayed',
    certainty: 'likely',
    passed: proofFound,
    offered: ['proof'],
    notOffered: ['audience', 'ValidTypes', 'revoked', ...notBearer],
    unknownServer: { stage: 'proof-valid', cause: 'proof-replayed', certainty: 'possible' },
  }),
  entry(58, 'DPoP: replay', {
    known: { before: [before.proofSent] },
    stage: 'proof-valid',
    cause: 'proof-replayed',
    certainty: 'certain',
    passed: proofFound,
    offered: ['new proof|fresh|again|jti'],
    notOffered: [...notToken, ...notBearer],
    unknownServer: said('proof-valid', 'proof-replayed'),
  }),
  entry(59, 'DPoP: token bound to no key', {
    stage: 'proof-valid',
    cause: 'cnf-missing',
    certainty: 'certain',
    passed: proofFound,
    offered: ['bind|bound|cnf|Bearer'],
    notOffered: notToken,
    unknownServer: said('proof-valid', 'cnf-missing'),
  }),

  // No refusal by OAuth: Boot's JSON, an exception, a login page.
  entry(32, 'unknown path with a token', {
    stage: 'route',
    cause: 'path-unknown',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['path|address|URL'],
    notOffered: notCredentials,
    unknownServer: said('route', 'path-unknown'),
  }),
  entry(42, 'issuer-uri with a slash', {
    // So it is with keys and metadata that it cannot fetch, too.
    stage: 'not known',
    among: ['handler', 'setup'],
    cause: 'exception',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['exception|log', 'issuer-uri|jwk-set-uri|metadata|keys'],
    notOffered: notCredentials,
    unknownServer: failed,
  }),
  entry(47, 'opaque: introspection refuses the API (wrong secret)', {
    stage: 'not known',
    among: ['handler', 'setup'],
    cause: 'exception',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['exception|log', 'introspect'],
    notOffered: notCredentials,
    unknownServer: failed,
  }),
  entry(74, 'good token', {
    // Spring gives every bad token a code and words. So none was judged: it was lost on the way, or an exception came first.
    stage: 'not known',
    among: ['header', 'setup'],
    cause: null,
    certainty: 'likely',
    offered: ['log', 'jwk-set-uri|issuer-uri|metadata|keys'],
    notOffered: [...notToken, '\\baud\\b', 'csrf'],
    unknownServer: open('header', ...ofToken),
  }),
  entry(74, 'good token', {
    known: { before: [before.callRead] },
    stage: 'setup',
    cause: 'metadata-not-fetched',
    certainty: 'likely',
    offered: ['log', 'jwk-set-uri|issuer-uri|metadata|keys'],
    notOffered: [...notToken, '\\baud\\b', 'csrf'],
    unknownServer: open(...ofToken),
  }),
  entry(69, 'form login chain: no token', {
    known: { pasted: toLogin },
    stage: 'header',
    cause: 'no-credentials',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['token|Authorization'],
    notOffered: [...notToken, 'to https'],
  }),
  entry(70, 'form login chain: Bearer', {
    // The page sees that there was a redirect, and not where it leads.
    origin: page,
    stage: 'not known',
    among: ['https', 'route', 'scheme'],
    cause: null,
    certainty: 'likely',
    offered: ['log-?in', 'relay|curl|terminal|Location'],
    notOffered: notToken,
    unknownServer: open('https', 'route'),
  }),
  entry(70, 'form login chain: Bearer', {
    origin: page,
    known: { pasted: toLogin },
    stage: 'scheme',
    cause: 'login-page',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['oauth2ResourceServer|resource server|path'],
    notOffered: [...notToken, 'to https', 'UseCors'],
    unknownServer: said('scheme', 'login-page'),
  }),

  // CORS. A filter comes before everything; without CORS the preflight is asked for a token.
  entry(71, 'other origin: 200 becomes 403', {
    stage: 'origin',
    cause: 'cors-refused',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['allow|origin'],
    notOffered: notCredentials,
    unknownServer: said('origin', 'cors-refused'),
  }),
  entry(71, 'other origin: 200 becomes 403', {
    origin: foreign,
    stage: 'not known',
    among: ['reach', 'host', 'preflight', 'gateway', 'route', 'origin'],
    cause: null,
    certainty: 'possible',
    offered: ['relay'],
    notOffered: ['audience', 'UseCors'],
    unknownServer: missing,
  }),
  entry(71, 'other origin: 200 becomes 403', {
    origin: foreign,
    known: { pasted: 'HTTP/1.1 403\n\nInvalid CORS request' },
    stage: 'origin',
    cause: 'cors-refused',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['allow|origin'],
    notOffered: [...notCredentials, 'dev-certs'],
    unknownServer: said('origin', 'cors-refused'),
  }),
  entry(65, 'no CORS: 200', {
    // It works in a terminal: a refused origin would have been 403.
    origin: page,
    known: { pasted: 'HTTP/1.1 200\nContent-Type: application/json' },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['CORS'],
    notOffered: [...notCredentials, 'dev-certs'],
    unknownServer: open('preflight', 'origin'),
  }),
  entry(66, 'no CORS: 401', {
    origin: page,
    known: { pasted: malformed },
    stage: 'token',
    cause: 'token-not-jwt',
    certainty: 'certain',
    passed: ['reach', ...found],
    offered: ['token', 'CORS'],
    notOffered: ['audience', 'clock', 'UseCors', 'dev-certs'],
    unknownServer: said('token', 'token-not-jwt'),
  }),
  entry(67, 'no CORS: preflight', {
    // What the page sees is that its GET got no response.
    origin: page,
    stage: 'not known',
    among: ['reach', 'host', 'preflight', 'gateway', 'route', 'origin'],
    cause: null,
    certainty: 'possible',
    offered: ['relay'],
    notOffered: ['audience', 'UseCors'],
  }),
  entry(67, 'no CORS: preflight', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['CORS', 'relay'],
    notOffered: [...notCredentials, 'dev-certs'],
    unknownServer: {
      stage: 'not known',
      among: ['host', 'preflight', 'gateway', 'route', 'origin'],
      cause: 'cors-off',
      certainty: 'likely',
    },
  }),
  entry(67, 'no CORS: preflight', {
    origin: page,
    known: { pasted: noPreflight },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['CORS', 'relay'],
    notOffered: [...notCredentials, 'dev-certs'],
  }),
  entry(68, 'CORS without exposed headers: 401', {
    // CORS hides the challenge; that the token is no JWT can be seen.
    origin: page,
    stage: 'token',
    cause: 'token-not-jwt',
    certainty: 'likely',
    offered: ['token', 'WWW-Authenticate|expose'],
    notOffered: ['audience', 'ValidTypes', 'clock', 'WithExposedHeaders'],
    unknownServer: open(...found, ...ofToken),
  }),
]

export const outsideSpringResourceServer: readonly Outside[] = []
