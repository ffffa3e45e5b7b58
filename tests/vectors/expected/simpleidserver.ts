import type { Expectation } from '../expectation.ts'
import { before, entriesOf, failed, open, type Entry, type Outside, outsideOf, said } from './causes-token.ts'

const at = entriesOf('simpleidserver')
const outside = outsideOf('simpleidserver')

/** The origin of the page that asked. */
const page = 'http://localhost:4301'

/** "bad client credential": the ID is known; the secret is wrong or expired, or is in the wrong place. */
const badCredential: Entry = {
  stage: 'not known',
  among: ['secret', 'method'],
  cause: null,
  certainty: 'likely',
  passed: ['client'],
  offered: ['secret', 'Basic|header|body|client_secret_'],
  notOffered: ['\\bscope'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** "bad client credential" of a secret that the server is known to misread. */
const misread = (
  cause: 'secret-with-space' | 'secret-decoded-twice' | 'secret-with-colon' | 'basic-form-encoded',
  offered: string,
): Entry => ({
  stage: 'secret',
  cause,
  certainty: 'likely',
  passed: ['client'],
  offered: [offered],
  notOffered: ['\\bscope'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
})

/** Nothing was sent that could be wrong. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  passed: ['client'],
  offered: ['secret'],
  notOffered: ['\\bscope'],
  unknownServer: { stage: 'secret', cause: 'no-credentials', certainty: 'likely' },
}

/** "missing parameter scope", said before the secret is looked at. */
const noScope: Entry = {
  stage: 'parameter-present',
  cause: 'scope-not-sent',
  certainty: 'certain',
  offered: ['scope'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('parameter-present', 'scope-not-sent'),
}

/** "unauthorized to scopes : X", said after the secret was found right. */
const scopeRefused: Entry = {
  stage: 'scope',
  cause: 'scope-refused',
  certainty: 'certain',
  passed: ['parameter-present', 'client', 'secret'],
  offered: ['scope'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('scope', 'scope-refused'),
}

const unknownClient: Entry = {
  stage: 'client',
  cause: 'client-unknown',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('client', 'client-unknown'),
}

const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'certain',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('client', 'client-id-missing'),
}

/** A body value of digits or `true` is read as JSON: the right secret ends in an exception, a wrong one does not. */
const secretAsJson: Entry = {
  stage: 'issue',
  cause: 'secret-read-as-json',
  certainty: 'likely',
  offered: ['Basic|header|another secret|letter'],
  notOffered: ['\\bscope'],
  unknownServer: failed,
}

const resourceUnknown: Entry = {
  stage: 'resource',
  cause: 'resource-unknown',
  certainty: 'certain',
  passed: ['parameter-present', 'client', 'secret'],
  offered: ['resource'],
  notOffered: ['secret', 'another client authentication'],
  unknownServer: said('resource', 'resource-unknown'),
}

/** A fault of the assertion which the words name, and one claim or header mends. */
const assertion = (
  cause: 'assertion-audience' | 'assertion-issuer' | 'assertion-claim-missing' | 'assertion-expired',
  offered: string,
): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('assertion', cause),
})

const keyUnknown: Entry = {
  stage: 'assertion',
  cause: 'assertion-key-unknown',
  certainty: 'certain',
  passed: ['client'],
  offered: ['kid'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('assertion', 'assertion-key-unknown'),
}

/** IDX10511: another key has this kid. */
const signature: Entry = {
  stage: 'assertion',
  cause: 'assertion-signature',
  certainty: 'certain',
  passed: ['client'],
  offered: ['key'],
  notOffered: ['secret again', '\\bscope', 'aud'],
  unknownServer: said('assertion', 'assertion-signature'),
}

/** A fault of the proof which the words name. ID and secret were looked at before. */
const proof = (
  cause:
    | 'proof-malformed'
    | 'proof-typ'
    | 'proof-algorithm'
    | 'proof-key-missing'
    | 'proof-claim-missing'
    | 'proof-htm'
    | 'proof-htu'
    | 'proof-expired'
    | 'proof-lifetime'
    | 'proof-signature',
  offered: string,
): Entry => ({
  stage: 'binding',
  cause,
  certainty: 'certain',
  passed: ['client', 'secret'],
  offered: [offered],
  notOffered: ['secret', '\\bscope', 'another client authentication'],
  unknownServer: said('binding', cause),
})

/** "DPoP is expired" of a proof that has no exp, as RFC 9449 has it. */
const expMissing: Entry = {
  stage: 'binding',
  cause: 'proof-exp-missing',
  certainty: 'certain',
  passed: ['client', 'secret'],
  offered: ['\\bexp\\b'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'binding', cause: 'proof-exp-missing', certainty: 'likely' },
}

const proofMissing: Entry = {
  stage: 'binding',
  cause: 'proof-missing',
  certainty: 'certain',
  passed: ['client', 'secret'],
  offered: ['DPoP|bind'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('binding', 'proof-missing'),
}

/** The proof was sent, and the server calls it missing: its name arrived in lower case. */
const headerName: Entry = {
  stage: 'binding',
  cause: 'proof-header-name',
  certainty: 'certain',
  passed: ['client', 'secret'],
  offered: ['Http1|HTTP/1\\.1', 'relay|http:'],
  notOffered: ['secret', '\\bscope', 'bind the token'],
  unknownServer: { stage: 'binding', cause: 'proof-header-name', certainty: 'likely' },
}

const nonce: Entry = {
  stage: 'binding',
  cause: 'nonce-demanded',
  certainty: 'certain',
  passed: ['client', 'secret'],
  offered: ['nonce'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'binding', cause: 'nonce-demanded', certainty: 'certain' },
}

/** A bare 404 at a path of the right shape. */
const realmUnknown: Entry = {
  stage: 'tenant',
  cause: 'realm-unknown',
  certainty: 'likely',
  offered: ['realm|master'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'likely' },
}

/** 405 with `Allow: GET` at /token: the path without a realm is another page. */
const realmMissing: Entry = {
  stage: 'tenant',
  cause: 'realm-missing',
  certainty: 'certain',
  offered: ['/master/'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: open('route', 'http-method'),
}

/** A path that this server has not. */
const wrongPath: Entry = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: ['/token'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'likely' },
}

/** The library as it comes has no CORS: a page gets no response, and something listens. */
const corsOff = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  origin: page,
  known: { before: [before.answers] },
  stage,
  cause: 'cors-off',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['UseCors|AddCors|CORS', 'relay'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: { stage, cause: 'cors-origin-refused', certainty: 'likely' },
})

/** What the real SimpleIdServer refuses, and why. Realms are on, so that paths begin with /master. */
export const simpleIdServer: readonly Expectation[] = [
  // Scope: that there is one is looked at before the secret, what it may be after it.
  at(9, 'no scope', noScope),
  // The wrong secret was not looked at.
  at(10, 'no scope and wrong secret: which comes first', noScope),
  at(11, 'empty scope', noScope),
  at(12, 'scope of blanks', noScope),
  at(54, 'resource without scope', noScope),
  at(13, 'scope not allowed to the client', scopeRefused),
  at(14, 'scope that does not exist', scopeRefused),
  at(15, 'one allowed, one not', scopeRefused),
  at(18, 'scope in upper case', scopeRefused),
  at(19, 'client without scopes', scopeRefused),
  // The server decodes the body twice: `a%2Bb` became two scopes.
  at(168, 'scope with a plus in it', scopeRefused),
  at(16, 'duplicate scope', {
    stage: 'scope',
    cause: 'scope-duplicate',
    certainty: 'certain',
    passed: ['parameter-present'],
    offered: ['scope'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: said('scope', 'scope-duplicate'),
  }),

  // ID and secret.
  at(20, 'no client_id', noClientId),
  at(21, 'unknown client', unknownClient),
  at(22, 'client ID in upper case', unknownClient),
  at(34, 'Basic, unknown client', unknownClient),
  at(23, 'no secret', noSecret),
  at(3, 'wrong secret, Accept-Language: fr', badCredential),
  at(24, 'wrong secret, client_secret_post', badCredential),
  at(27, 'client without the grant, wrong secret', badCredential),
  at(28, 'expired secret', badCredential),
  at(33, 'Basic, wrong secret', badCredential),
  at(197, 'realms off: wrong secret', badCredential),
  at(157, 'cross-origin: refusal 400', { ...badCredential, origin: page }),
  at(121, 'DPoP proof and wrong secret', badCredential),
  at(25, 'secret with a blank behind', {
    ...misread('secret-with-space', 'space|blank'),
    unknownServer: { stage: 'secret', cause: 'secret-with-space', certainty: 'likely' },
  }),
  // The server accepts one place for credentials per client, and says no word of it.
  at(31, 'Basic of a client registered for client_secret_post', {
    ...badCredential,
    offered: ['body|client_secret_post'],
  }),
  at(32, 'body of a client registered for client_secret_basic', {
    ...badCredential,
    offered: ['Basic|header'],
  }),
  // ID, secret and method were accepted; the code is not the standard's.
  at(26, 'client without the grant', {
    stage: 'grant',
    cause: 'grant-not-allowed',
    certainty: 'certain',
    passed: ['parameter-present', 'client', 'method', 'secret'],
    offered: ['grant|client_credentials'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: said('grant', 'grant-not-allowed'),
  }),

  // What the server makes of a secret.
  at(40, 'secret with : % + / = & in the body', misread('secret-decoded-twice', 'twice|once more|percent')),
  // Split at every colon: no ID was found.
  at(41, 'secret with a colon, Basic raw', {
    stage: 'form',
    cause: 'secret-with-colon',
    certainty: 'certain',
    offered: ['body|client_secret_post|another secret'],
    notOffered: ['form-encod'],
    unknownServer: said('client', 'client-id-missing'),
  }),
  // Encoded, the colon passes, and the secret is another one.
  at(
    42,
    'secret with a colon, Basic form-encoded (RFC 6749)',
    misread('secret-with-colon', 'body|client_secret_post|another secret'),
  ),
  at(43, 'secret with % + / = &, Basic form-encoded', misread('basic-form-encoded', 'raw')),
  at(44, 'all-digits secret, body', secretAsJson),
  at(47, 'secret "true", body', secretAsJson),
  // With CORS for everybody, an exception still has none: the page gets no response.
  at(162, 'cross-origin: 500 of an all-digits secret', {
    ...secretAsJson,
    origin: page,
    known: { before: [before.metadataRead] },
    unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(162, 'cross-origin: 500 of an all-digits secret', {
    ...secretAsJson,
    origin: page,
    known: { pasted: 'HTTP/1.1 500 Internal Server Error\nServer: Kestrel\nContent-Length: 0' },
    unknownServer: { stage: 'not known', cause: 'exception', certainty: 'certain' },
  }),
  at(163, 'cross-origin: 500 over HTTP/2', {
    ...secretAsJson,
    origin: page,
    known: { before: [before.metadataRead, before.refusalRead] },
    unknownServer: failed,
  }),
  at(163, 'cross-origin: 500 over HTTP/2', {
    ...secretAsJson,
    origin: page,
    known: { pasted: 'HTTP/2 500 \nserver: Kestrel\ncontent-length: 0' },
    unknownServer: { stage: 'not known', cause: 'exception', certainty: 'certain' },
  }),
  // The exception, readable in Development, names the builder of the refresh token: the secret was right.
  at(198, 'cross-origin: 500 of an all-digits secret, Development', {
    ...secretAsJson,
    origin: page,
    certainty: 'certain',
    passed: ['parameter-present', 'client', 'secret'],
    unknownServer: { stage: 'not known', cause: 'exception', certainty: 'certain' },
  }),
  // A wrong secret of digits does no harm, and neither does another JSON value.
  at(45, 'all-digits secret, wrong, body', badCredential),
  at(46, 'digits as secret of a client with another secret, body', badCredential),
  at(48, 'secret "null" sent, body', badCredential),
  at(50, 'secret that is JSON, body', badCredential),
  at(49, 'client_id of digits', {
    stage: 'client',
    cause: 'client-id-read-as-json',
    certainty: 'likely',
    offered: ['client'],
    notOffered: ['\\bscope'],
    unknownServer: failed,
  }),

  // Resource and authorization details.
  at(51, 'unknown resource', resourceUnknown),
  at(52, 'resource as an absolute URI that is an audience', { ...resourceUnknown, offered: ['name'] }),
  at(53, 'one of two resources unknown', resourceUnknown),
  at(55, 'authorization_details not JSON', {
    stage: 'not known',
    cause: 'authorization-details-broken',
    certainty: 'likely',
    offered: ['authorization_details|JSON'],
    notOffered: ['secret'],
    unknownServer: failed,
  }),

  // Paths.
  at(58, 'realm wrong', realmUnknown),
  at(60, 'realm in capitals', realmUnknown),
  at(159, 'cross-origin: 404 wrong realm', { ...realmUnknown, origin: page }),
  at(59, 'realm left out', realmMissing),
  at(160, 'cross-origin: 405 realm left out', { ...realmMissing, origin: page }),
  at(61, 'wrong path', wrongPath),
  at(161, 'cross-origin: 404 wrong path', { ...wrongPath, origin: page }),
  at(193, 'double slash in the path', wrongPath),
  at(194, 'realms off: double slash', wrongPath),
  at(195, 'realms off: with a realm in the path', {
    ...realmUnknown,
    cause: 'realm-not-used',
    offered: ['realm'],
  }),
  at(131, 'discovery RFC 8414 inserted', {
    ...wrongPath,
    endpoint: 'metadata',
    cause: 'metadata-elsewhere',
    offered: ['/master/\\.well-known|append'],
  }),
  at(132, 'discovery openid inserted', {
    ...wrongPath,
    endpoint: 'metadata',
    cause: 'metadata-elsewhere',
    offered: ['/master/\\.well-known|append'],
  }),
  at(133, 'discovery without realm', {
    ...realmUnknown,
    endpoint: 'metadata',
    cause: 'realm-missing',
    offered: ['/master/'],
  }),
  at(134, 'discovery of a wrong realm', { ...realmUnknown, endpoint: 'metadata' }),
  at(167, 'cross-origin: discovery of a wrong realm', {
    ...realmUnknown,
    endpoint: 'metadata',
    origin: page,
  }),
  at(196, 'realms off: discovery with realm', {
    ...realmUnknown,
    endpoint: 'metadata',
    cause: 'realm-not-used',
    offered: ['realm'],
  }),
  at(136, 'jwks without realm', {
    ...realmUnknown,
    endpoint: 'keys',
    cause: 'realm-missing',
    offered: ['/master/'],
  }),

  // The client assertion.
  at(63, 'private_key_jwt, aud an array', {
    stage: 'assertion',
    cause: 'assertion-two-audiences',
    certainty: 'likely',
    offered: ['aud'],
    notOffered: ['secret', '\\bscope'],
    unknownServer: failed,
  }),
  // "expired" is said of an exp that is not there.
  at(64, 'no exp', assertion('assertion-claim-missing', '\\bexp\\b')),
  at(65, 'expired assertion', assertion('assertion-expired', '\\bexp\\b|clock|new assertion|lifetime')),
  // Another audience is said of an aud that is not there.
  at(66, 'no aud', assertion('assertion-claim-missing', '\\baud\\b')),
  at(67, 'aud another server', assertion('assertion-audience', 'aud|issuer')),
  at(68, 'aud the host without the realm', assertion('assertion-audience', 'aud|issuer|/master')),
  at(69, 'iss is not sub', assertion('assertion-issuer', '\\b(iss|sub)\\b')),
  at(70, 'no sub', assertion('assertion-claim-missing', '\\bsub\\b')),
  at(71, 'no iss', assertion('assertion-claim-missing', '\\biss\\b')),
  at(72, 'no iss, client_id in the body', assertion('assertion-claim-missing', '\\biss\\b')),
  at(73, 'iss an unknown client', unknownClient),
  at(74, 'unknown kid', keyUnknown),
  at(75, 'no kid', keyUnknown),
  at(76, 'wrong signature', signature),
  at(77, 'signed with another key under this kid', signature),
  at(78, 'ES256 under an RSA key', signature),
  // Signed with the secret, by a client whose keys verify it.
  at(90, 'client_secret_jwt, HS256 of a private_key_jwt client', {
    ...signature,
    offered: ['private_key_jwt|private key'],
  }),
  at(79, 'alg none', {
    stage: 'assertion',
    cause: 'assertion-alg-none',
    certainty: 'certain',
    offered: ['sign'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-alg-none'),
  }),
  at(80, 'assertion type unknown', {
    stage: 'assertion',
    cause: 'assertion-type',
    certainty: 'certain',
    offered: ['client_assertion_type|jwt-bearer'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-type'),
  }),
  at(81, 'assertion missing', {
    stage: 'assertion',
    cause: 'assertion-missing',
    certainty: 'certain',
    offered: ['assertion'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-missing'),
  }),
  at(82, 'assertion empty', {
    stage: 'assertion',
    cause: 'assertion-missing',
    certainty: 'certain',
    offered: ['assertion'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-missing'),
  }),
  at(83, 'assertion not a JWT', {
    stage: 'assertion',
    cause: 'assertion-malformed',
    certainty: 'certain',
    offered: ['assertion|JWT'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-malformed'),
  }),
  // A secret of a client that is registered for a key.
  at(87, 'private_key_jwt client with a secret instead', {
    stage: 'method',
    cause: 'method-other',
    certainty: 'certain',
    passed: ['client'],
    offered: ['private_key_jwt|private key'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: { stage: 'method', cause: 'method-other', certainty: 'likely' },
  }),
  // No secret was sent that could be wrong, and faults of an assertion have words of their own.
  at(88, 'assertion of a client registered for client_secret_post', {
    stage: 'method',
    cause: 'method-other',
    certainty: 'certain',
    passed: ['client'],
    offered: ['client_secret_post|secret'],
    notOffered: ['\\bscope', 'aud'],
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),
  at(89, 'client_secret_jwt, HS256 as the standards have it', {
    stage: 'assertion',
    cause: 'assertion-not-encrypted',
    certainty: 'certain',
    passed: ['client'],
    offered: ['private_key_jwt|client_secret_post'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('assertion', 'assertion-not-encrypted'),
  }),
  at(92, 'client_secret_jwt client with the secret in the body', {
    ...failed,
    offered: ['log'],
    notOffered: ['\\bscope'],
  }),

  // DPoP.
  at(93, 'no DPoP header', proofMissing),
  at(128, 'nonce demanded, no DPoP header', proofMissing),
  at(96, 'header dpop in lower case, HTTP/1.1', headerName),
  at(98, 'DPoP over HTTP/2', headerName),
  at(129, 'nonce demanded, HTTP/2', headerName),
  at(95, 'DPoP proof without exp, as RFC 9449 has it', expMissing),
  at(127, 'nonce demanded, proof without exp', expMissing),
  at(100, 'DPoP not a JWT', proof('proof-malformed', 'proof|DPoP')),
  at(101, 'DPoP empty', proof('proof-malformed', 'proof|DPoP')),
  at(102, 'typ JWT', proof('proof-typ', 'typ|dpop\\+jwt')),
  at(103, 'no typ', proof('proof-typ', 'typ|dpop\\+jwt')),
  at(104, 'alg none', proof('proof-algorithm', 'alg|ES256|sign')),
  at(105, 'alg PS256', proof('proof-algorithm', 'alg|ES256|RS256')),
  at(106, 'alg EdDSA', proof('proof-algorithm', 'alg|ES256|RS256')),
  at(107, 'no jwk', proof('proof-key-missing', 'jwk|key')),
  at(108, 'htm missing', proof('proof-claim-missing', 'htm')),
  at(109, 'htu missing', proof('proof-claim-missing', 'htu')),
  at(110, 'htm GET', proof('proof-htm', 'htm')),
  at(111, 'htm in lower case', proof('proof-htm', 'htm')),
  at(112, 'htu another', proof('proof-htu', 'htu')),
  at(113, 'htu with a slash', proof('proof-htu', 'htu')),
  at(114, 'htu with a query', proof('proof-htu', 'htu')),
  at(122, 'DPoP over plain http', proof('proof-htu', 'htu')),
  at(115, 'no iat', proof('proof-lifetime', '\\biat\\b')),
  at(116, 'iat in the past by 10 min, exp ahead', proof('proof-lifetime', '\\biat\\b|clock|300|lifetime')),
  at(118, 'exp 301 s after iat', proof('proof-lifetime', '\\bexp\\b|300|lifetime')),
  at(117, 'exp in the past by 10 min', proof('proof-expired', '\\bexp\\b|clock|lifetime')),
  at(119, 'wrong signature', proof('proof-signature', 'sign|key')),
  at(120, 'signed by another key than jwk', proof('proof-signature', 'sign|key')),
  at(123, 'nonce demanded, proof without nonce', nonce),
  at(125, 'the nonce once more', nonce),
  at(126, 'nonce made up', nonce),
  at(188, 'cross-origin: 401 use_dpop_nonce', { ...nonce, origin: page }),
  // CORS for everybody hides the header that carries the nonce.
  at(158, 'cross-origin: 401 use_dpop_nonce', {
    ...nonce,
    origin: page,
    cause: 'nonce-unreadable',
    offered: ['WithExposedHeaders|Expose', 'relay'],
    unknownServer: { stage: 'binding', cause: 'nonce-unreadable', certainty: 'certain' },
  }),

  // Introspection.
  at(138, 'introspection of a refresh token', {
    endpoint: 'introspection',
    stage: 'token',
    cause: 'refresh-token-introspected',
    certainty: 'likely',
    offered: ['access token'],
    notOffered: ['\\bscope'],
    unknownServer: failed,
  }),
  at(139, 'introspection without token', {
    endpoint: 'introspection',
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret'],
    unknownServer: said('token', 'token-parameter-missing'),
  }),
  at(140, 'introspection without client', { ...noClientId, endpoint: 'introspection' }),
  at(141, 'introspection, wrong secret', { ...badCredential, endpoint: 'introspection' }),
  at(142, 'introspection, Basic, wrong secret', { ...badCredential, endpoint: 'introspection' }),

  // Revocation, which accepts credentials in the body only.
  at(144, 'revocation, Basic', {
    endpoint: 'revocation',
    stage: 'method',
    cause: 'basic-ignored',
    certainty: 'certain',
    offered: ['body|client_secret_post'],
    notOffered: ['secret again'],
    unknownServer: said('client', 'client-id-missing'),
  }),
  at(145, 'revocation, Basic of the owner with client_id in the body', {
    endpoint: 'revocation',
    stage: 'method',
    cause: 'basic-ignored',
    certainty: 'certain',
    passed: ['client'],
    offered: ['body|client_secret_post'],
    notOffered: ['secret again'],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  at(192, 'revocation by the client of a Basic token with the secret in the body', {
    ...badCredential,
    endpoint: 'revocation',
  }),
  at(148, 'revocation, wrong secret', { ...badCredential, endpoint: 'revocation' }),
  at(149, 'revocation, unknown client', { ...unknownClient, endpoint: 'revocation' }),
  at(146, 'revocation, bad hint', {
    endpoint: 'revocation',
    stage: 'token',
    cause: 'token-type-hint-unknown',
    certainty: 'certain',
    offered: ['hint'],
    notOffered: ['secret'],
    unknownServer: { stage: 'token', cause: 'token-type-hint-unknown', certainty: 'certain' },
  }),
  at(147, 'revocation, no token', {
    endpoint: 'revocation',
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret'],
    unknownServer: said('token', 'token-parameter-missing'),
  }),
  // "unauthorized client" is said of the token's owner.
  at(150, 'revocation by another client', {
    endpoint: 'revocation',
    stage: 'owner',
    cause: 'token-of-another-client',
    certainty: 'certain',
    passed: ['client', 'secret'],
    offered: ['client'],
    notOffered: ['secret again'],
    unknownServer: open('client', 'method', 'secret', 'enabled', 'owner'),
  }),
  at(151, 'revocation, private_key_jwt, aud the issuer', {
    endpoint: 'revocation',
    stage: 'owner',
    cause: 'token-of-another-client',
    certainty: 'certain',
    passed: ['client', 'assertion'],
    offered: ['client'],
    notOffered: ['secret again', 'aud'],
    unknownServer: open('client', 'method', 'assertion', 'enabled', 'owner'),
  }),

  // Registration.
  at(153, 'registration without token', {
    endpoint: 'registration',
    stage: 'token',
    cause: 'registration-needs-token',
    certainty: 'certain',
    offered: ['token'],
    unknownServer: said('token', 'registration-needs-token'),
  }),
  at(191, 'registration without jwks, no token', {
    endpoint: 'registration',
    origin: page,
    stage: 'token',
    cause: 'registration-needs-token',
    certainty: 'certain',
    offered: ['token'],
    unknownServer: said('token', 'registration-needs-token'),
  }),
  at(155, 'registration of a key', {
    endpoint: 'registration',
    stage: 'form',
    cause: 'registration-with-keys',
    certainty: 'likely',
    offered: ['jwks_uri'],
    unknownServer: failed,
  }),
  at(189, 'registration with jwks', {
    endpoint: 'registration',
    stage: 'form',
    cause: 'registration-with-keys',
    certainty: 'likely',
    offered: ['jwks_uri'],
    unknownServer: failed,
  }),
  // With CORS for everybody, the exception has none.
  at(190, 'registration with jwks, no token, as the page sends it', {
    endpoint: 'registration',
    origin: page,
    known: { before: [before.metadataRead, before.preflighted] },
    stage: 'form',
    cause: 'registration-with-keys',
    certainty: 'likely',
    offered: ['jwks_uri'],
    unknownServer: failed,
  }),

  // The library alone: no CORS.
  at(169, 'cross-origin: token', corsOff('origin')),
  at(170, 'cross-origin: refusal 400', corsOff('origin')),
  at(172, 'cross-origin: 404 wrong realm', corsOff('origin')),
  // A path that does not fit this server is suspected before CORS.
  at(173, 'cross-origin: 405 realm left out', {
    ...corsOff('origin'),
    stage: 'tenant',
    cause: 'realm-missing',
    offered: ['/master/'],
  }),
  at(174, 'cross-origin: 404 wrong path', {
    ...corsOff('origin'),
    stage: 'route',
    cause: 'path-unknown',
    offered: ['/token'],
  }),
  at(187, 'cross-origin: introspection', { ...corsOff('origin'), endpoint: 'introspection' }),
  at(184, 'cross-origin: discovery', { ...corsOff('not known'), endpoint: 'metadata' }),
  at(185, 'cross-origin: discovery of a wrong realm', { ...corsOff('not known'), endpoint: 'metadata' }),
  at(186, 'cross-origin: jwks', { ...corsOff('not known'), endpoint: 'keys' }),
  // The request with a DPoP header needs a preflight, and this was not sent.
  at(171, 'cross-origin: 401 use_dpop_nonce', corsOff('preflight')),
  at(175, 'preflight for Authorization', corsOff('preflight')),
  // With CORS on, this server responds to every preflight with 204.
  at(175, 'preflight for Authorization', {
    ...corsOff('preflight'),
    known: { pasted: 'HTTP/1.1 405 Method Not Allowed\nServer: Kestrel\nAllow: POST\nContent-Length: 0' },
    certainty: 'certain',
    unknownServer: { stage: 'preflight', cause: 'cors-off', certainty: 'likely' },
  }),
  at(176, 'preflight for DPoP', corsOff('preflight')),
  at(177, 'preflight for both, HTTP/2', corsOff('preflight')),
  at(178, 'preflight at a wrong realm', corsOff('preflight')),
  at(179, 'preflight without realm', {
    ...corsOff('preflight'),
    stage: 'tenant',
    cause: 'realm-missing',
    offered: ['/master/'],
  }),
  at(181, 'preflight at introspection', { ...corsOff('preflight'), endpoint: 'introspection' }),
  at(182, 'preflight over http', corsOff('preflight')),
  at(183, 'preflight with private network', corsOff('preflight')),
]

/** Captured, and nothing that this page sends. */
export const simpleIdServerOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in the body.',
    [4, 'no grant_type'],
    [5, 'unknown grant_type'],
    [6, 'grant_type twice'],
    [7, 'grant_type password at a client without it'],
    [8, 'refresh_token that came with the client_credentials answer'],
    [56, 'empty body with form type'],
    [57, 'parameters in the query, empty body'],
  ),
  ...outside(
    'The page sends each of these parameters once.',
    [17, 'scope parameter twice'],
    [29, 'client_id twice'],
  ),
  ...outside(
    'The page writes a whole Basic header, and no other scheme, at the token endpoint and introspection.',
    [35, 'Basic not base64'],
    [36, 'Basic without credentials'],
    [37, 'Basic without colon'],
    [38, 'scheme basic in lower case'],
    [39, 'Bearer as Authorization, credentials in the body'],
    [199, '500 of a Bearer header at the token endpoint, Development'],
    [143, 'introspection with the token as Bearer'],
  ),
  ...outside(
    'The page sends client_assertion_type with every assertion.',
    [85, 'assertion without type'],
    [86, 'assertion without type, with client_id'],
  ),
  ...outside(
    'The page makes no assertion that is no JSON, and none that is encrypted.',
    [84, 'assertion with broken payload'],
    [91, 'client_secret_jwt, JWE without client_id in the body'],
  ),
  ...outside(
    'The page sends one DPoP header, in this spelling.',
    [97, 'header Dpop, HTTP/1.1'],
    [99, 'two DPoP headers'],
  ),
  ...outside('The page sends no header of its own for metadata.', [180, 'preflight at discovery']),
]
