import type { Expectation } from '../expectation.ts'
import {
  before,
  entriesOf,
  failed,
  open,
  type Entry,
  type Outside,
  outsideOf,
  relay,
  said,
  type TokenCause,
} from './causes-token.ts'

const outside = outsideOf('identityserver4')

/** The origin of the page that asked. */
const page = 'http://localhost:4305'

/** Read by the page that asked, unless it says otherwise. */
const at = (line: number, name: string, entry: Entry) =>
  entriesOf('identityserver4')(line, name, { origin: page, ...entry })

const notForMethod = ['another client authentication', 'registered for another']

/** A bare invalid_client after a secret. The server gives no reason; its log does. */
const bareSecret: Entry = {
  stage: 'not known',
  among: ['client', 'secret', 'enabled'],
  cause: null,
  certainty: 'possible',
  offered: ['\\blog'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** A bare invalid_client after an assertion in which the page sees no fault. */
const bareAssertion: Entry = {
  stage: 'not known',
  among: ['client', 'method', 'assertion', 'enabled'],
  cause: null,
  certainty: 'possible',
  offered: ['\\blog'],
  notOffered: ['\\bscope'],
  unknownServer: open('client', 'method', 'assertion', 'enabled'),
}

/** A bare invalid_client after an assertion with a fault that the page sees. */
const seenAssertion = (cause: TokenCause, offered: string): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'likely',
  offered: [offered],
  notOffered: ['secret again', '\\bscope'],
})

/** The same of a fault for this server only: aud is the issuer, which others demand. */
const audienceOfThisServer: Entry = {
  ...seenAssertion('assertion-audience', '/connect/token|token endpoint'),
  unknownServer: open('client', 'method', 'assertion', 'enabled'),
}

/** Nothing was sent that could be wrong. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'likely',
  offered: ['secret'],
  notOffered: ['\\bscope', ...notForMethod],
}

const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'likely',
  offered: ['client'],
  notOffered: ['\\bscope', ...notForMethod],
}

/** Of the lines in the server's log, the last of its kind, as copied out of a terminal. */
const log = (logger: string, line: string) => ({
  pasted: `fail: IdentityServer4.${logger}[0]\n      ${line}`,
})

/** What a pasted line of the log makes certain, known server or not. */
const logged = (
  stage: 'client' | 'secret' | 'assertion' | 'grant' | 'scope',
  cause: TokenCause,
  offered: string,
  ...line: Parameters<typeof log>
): Entry => ({
  known: log(...line),
  stage,
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: [...(stage === 'scope' ? [] : ['\\bscope']), ...notForMethod],
})

const unknownInLog = (id: string) =>
  logged(
    'client',
    'client-unknown',
    'client',
    'Validation.ClientSecretValidator',
    `No client with id '${id}' found. aborting`,
  )

const secretInLog = (id: string): Entry => ({
  ...logged(
    'secret',
    'secret-wrong',
    'secret',
    'Validation.ClientSecretValidator',
    `Client secret validation failed for client: ${id}.`,
  ),
  passed: ['client'],
})

const invalidInLog = (id: string, why: string, offered: string): Entry =>
  logged(
    'client',
    'client-configuration-invalid',
    offered,
    'Stores.ValidatingClientStore',
    `Invalid client configuration for client ${id}: ${why}`,
  )

/** The validator of assertions has the key of the client: the client is known. */
const assertionInLog = (cause: TokenCause, offered: string, line: string): Entry => ({
  ...logged('assertion', cause, offered, 'Validation.PrivateKeyJwtSecretValidator', line),
  passed: ['client'],
})

const validation = (exception: string, text: string) =>
  `JWT token validation error\n      Microsoft.IdentityModel.Tokens.${exception}: ${text}`

const audienceInLog = assertionInLog(
  'assertion-audience',
  '/connect/token|token endpoint',
  validation(
    'SecurityTokenInvalidAudienceException',
    "IDX10214: Audience validation failed. Audiences: '[PII is hidden. For more details, see https://aka.ms/IdentityModel/PII.]'.",
  ),
)

/** A bare invalid_scope. */
const scopeRefused: Entry = {
  stage: 'scope',
  cause: 'scope-refused',
  certainty: 'certain',
  passed: ['client'],
  offered: ['scope'],
  notOffered: ['secret', ...notForMethod],
  unknownServer: { stage: 'scope', cause: 'scope-refused', certainty: 'likely' },
}

/** openid and offline_access are always refused for this grant. */
const scopeOfUsers: Entry = {
  ...scopeRefused,
  cause: 'scope-user-only',
  offered: ['openid|offline_access'],
  unknownServer: { stage: 'scope', cause: 'scope-user-only', certainty: 'likely' },
}

const scopeInLog = (cause: TokenCause, line: string): Entry => ({
  ...logged('scope', cause, 'scope', 'Validation.DefaultResourceValidator', line),
  passed: ['client'],
})

/** The page gets no response: CORS of this server goes by the origins that its clients list. */
const notListed = (stage: 'origin' | 'preflight' | 'not known'): Entry => ({
  known: { before: [before.answers, before.metadataUnreadable] },
  stage,
  cause: 'cors-origin-not-listed',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['AllowedCorsOrigins', 'relay'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: { stage, cause: 'cors-origin-refused', certainty: 'likely' },
})

const originInLog = (origin: string) =>
  ({
    pasted: `warn: IdentityServer4.Hosting.CorsPolicyProvider[0]\n      CorsPolicyService did not allow origin: ${origin}`,
  }) as const

/** The token endpoint was read, and introspection is not: CORS leaves it out. */
const introspectionLeftOut = (stage: 'origin' | 'preflight'): Entry => ({
  endpoint: 'introspection',
  known: { before: [before.metadataRead, before.simpleRead] },
  stage,
  cause: 'introspection-without-cors',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['CorsPaths', 'relay'],
  notOffered: ['AllowedCorsOrigins', 'secret again'],
})

/** The introspection endpoint refuses with an empty 401, whoever asks. */
const needsApi: Entry = {
  endpoint: 'introspection',
  origin: relay,
  stage: 'client',
  cause: 'introspection-needs-api',
  certainty: 'likely',
  offered: ['API|resource'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

const apiInLog = (stage: 'client' | 'secret', cause: TokenCause, line: string): Entry => ({
  ...logged(stage, cause, 'API|resource|secret', 'Validation.ApiSecretValidator', line),
  endpoint: 'introspection',
  origin: relay,
})

/** Unreadable, at a path that the metadata does not name. */
const wrongPath: Entry = {
  known: { before: [before.metadataRead] },
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['/connect/token'],
  notOffered: ['secret', '\\bscope'],
}

/** An http URL that the server redirects to https, without CORS: no response. */
const redirected = (path: string): Entry => ({
  known: {
    pasted: `HTTP/1.1 307 Temporary Redirect\nLocation: https://localhost:5402${path}\nServer: Kestrel`,
  },
  stage: 'https',
  cause: 'redirect-to-https',
  certainty: 'certain',
  offered: ['https://localhost:5402'],
  notOffered: ['secret', '\\bscope'],
})

/** With IssuerUri set, aud is the token endpoint at that URI, which the metadata does not name. */
const issuerUri = 'The metadata names the issuer https://id.example and a token endpoint at another host.'

const audienceAtIssuerUri: Entry = {
  ...seenAssertion('assertion-audience', 'https://id\\.example/connect/token'),
  known: { before: [issuerUri] },
  unknownServer: open('client', 'method', 'assertion', 'enabled'),
}

const notListedMethod = 'The metadata does not list private_key_jwt.'

/** AddJwtBearerClientAuthentication is off as it comes. */
const assertionsOff: Entry = {
  known: { before: [notListedMethod] },
  stage: 'method',
  cause: 'assertion-not-enabled',
  certainty: 'likely',
  offered: ['AddJwtBearerClientAuthentication|client_secret'],
  notOffered: ['\\bscope'],
  unknownServer: { stage: 'method', cause: 'assertion-not-enabled', certainty: 'likely' },
}

/** What the real IdentityServer4 refuses, and why. The response has a code and no more; the log has the reason. */
export const identityServer4: readonly Expectation[] = [
  // A secret: one bare invalid_client for every fault.
  at(9, 'wrong secret, post', bareSecret),
  at(9, 'wrong secret, post', secretInLog('m2m')),
  at(10, 'wrong secret, Basic', bareSecret),
  at(10, 'wrong secret, Basic', secretInLog('m2m')),
  at(76, 'CORS: wrong secret', bareSecret),
  at(79, 'CORS: wrong secret, another origin', { ...bareSecret, origin: 'http://localhost:4999' }),
  at(17, 'several secrets, first (expired)', bareSecret),
  at(17, 'several secrets, first (expired)', secretInLog('m2m.many')),
  // Stored without .Sha256().
  at(18, 'secret stored unhashed', bareSecret),
  at(18, 'secret stored unhashed', { ...secretInLog('m2m.plain'), offered: ['Sha256'] }),
  // What was sent is a hash; whether this is the reason is another thing.
  at(19, 'the stored hash sent as secret', {
    stage: 'secret',
    cause: 'secret-is-hash',
    certainty: 'likely',
    offered: ['hash|secret itself|plain'],
    notOffered: ['\\bscope', ...notForMethod],
  }),
  at(11, 'secret with a space at its end', {
    stage: 'secret',
    cause: 'secret-with-space',
    certainty: 'likely',
    offered: ['space|blank'],
    notOffered: ['\\bscope', ...notForMethod],
  }),
  at(43, 'client_secret too long', bareSecret),
  at(43, 'client_secret too long', {
    ...logged(
      'secret',
      'secret-too-long',
      'secret',
      'Validation.PostBodySecretParser',
      'Client secret exceeds maximum length.',
    ),
  }),
  at(12, 'empty secret', noSecret),
  at(13, 'no secret', noSecret),
  // "validation failed" is said of a secret that was not sent.
  at(13, 'no secret', { ...secretInLog('m2m'), cause: 'no-credentials' }),
  // The client has keys; a page cannot know.
  at(72, 'assertion: a secret instead', bareSecret),
  at(72, 'assertion: a secret instead', secretInLog('m2m.jwt')),
  // Two ways at once: Basic beats the body, a secret in the body beats an assertion.
  at(4, 'basic wrong, body right', {
    stage: 'method',
    cause: 'two-credentials',
    certainty: 'likely',
    offered: ['one|Basic'],
    notOffered: ['\\bscope'],
  }),
  at(71, 'assertion: secret too, right assertion', {
    stage: 'method',
    cause: 'two-credentials',
    certainty: 'likely',
    offered: ['one|secret'],
    notOffered: ['\\bscope'],
  }),

  // The client.
  at(14, 'unknown client', bareSecret),
  at(14, 'unknown client', unknownInLog('nobody')),
  at(15, 'client id in other case', bareSecret),
  at(15, 'client id in other case', unknownInLog('M2M')),
  at(16, 'no client at all', noClientId),
  at(16, 'no client at all', {
    ...noClientId,
    known: log('Validation.ClientSecretValidator', 'No client identifier found'),
    certainty: 'certain',
  }),
  // A disabled client is called unknown.
  at(20, 'disabled client', bareSecret),
  at(20, 'disabled client', { ...unknownInLog('m2m.off'), offered: ['Enabled'] }),
  at(42, 'client_id too long', {
    stage: 'client',
    cause: 'client-id-too-long',
    certainty: 'likely',
    offered: ['client'],
    notOffered: ['\\bscope', ...notForMethod],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  at(42, 'client_id too long', {
    ...logged(
      'client',
      'client-id-too-long',
      'client',
      'Validation.PostBodySecretParser',
      'Client ID exceeds maximum length.',
    ),
  }),
  // The header is form-decoded: a raw `+` became a space, a colon ended the ID.
  at(5, 'special characters, Basic raw (RFC 7617)', {
    stage: 'client',
    cause: 'basic-not-form-encoded',
    certainty: 'likely',
    offered: ['form-encod|percent|body|client_secret_post'],
    notOffered: ['\\bscope', ...notForMethod],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  at(5, 'special characters, Basic raw (RFC 7617)', {
    ...unknownInLog('m2m sp'),
    cause: 'basic-not-form-encoded',
    offered: ['form-encod|percent|body'],
  }),
  at(6, 'client id with colon, Basic raw', {
    stage: 'client',
    cause: 'basic-not-form-encoded',
    certainty: 'likely',
    offered: ['form-encod|percent|body|client_secret_post'],
    notOffered: ['\\bscope', ...notForMethod],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  // An invalid definition: the client is called unknown, ID and secret are right.
  at(24, 'client without any secret (invalid configuration)', bareSecret),
  at(
    24,
    'client without any secret (invalid configuration)',
    invalidInLog(
      'm2m.nosecrets',
      'Client secret is required for client_credentials, but no client secret is configured.',
      'secret',
    ),
  ),
  at(25, 'AccessTokenLifetime = 0 (invalid configuration)', bareSecret),
  at(
    25,
    'AccessTokenLifetime = 0 (invalid configuration)',
    invalidInLog('m2m.zero', 'access token lifetime is 0 or negative', 'lifetime'),
  ),
  at(26, 'AllowedCorsOrigins with trailing slash (invalid configuration)', bareSecret),
  at(
    26,
    'AllowedCorsOrigins with trailing slash (invalid configuration)',
    invalidInLog(
      'm2m.badcors',
      'AllowedCorsOrigins contains invalid origin: http://localhost:4999/',
      'AllowedCorsOrigins',
    ),
  ),
  // CORS works with the slash or the path, and the client does not.
  at(95, 'CORS: success', bareSecret),
  at(
    95,
    'CORS: success',
    invalidInLog(
      'm2m',
      'AllowedCorsOrigins contains invalid origin: http://localhost:4305/',
      'AllowedCorsOrigins',
    ),
  ),
  at(97, 'CORS: success', bareSecret),
  at(
    97,
    'CORS: success',
    invalidInLog(
      'm2m',
      'AllowedCorsOrigins contains invalid origin: http://localhost:4305/app',
      'AllowedCorsOrigins',
    ),
  ),
  at(96, 'CORS: wrong secret', bareSecret),
  at(98, 'CORS: wrong secret', bareSecret),

  // What the client may do.
  at(21, 'client without the grant', {
    stage: 'grant',
    cause: 'grant-not-allowed',
    certainty: 'certain',
    passed: ['client'],
    offered: ['AllowedGrantTypes|GrantTypes\\.ClientCredentials'],
    notOffered: ['secret', '\\bscope', ...notForMethod],
    unknownServer: { stage: 'grant', cause: 'grant-not-allowed', certainty: 'likely' },
  }),
  at(
    21,
    'client without the grant',
    logged(
      'grant',
      'grant-not-allowed',
      'AllowedGrantTypes|GrantTypes\\.ClientCredentials',
      'Validation.TokenRequestValidator',
      'Client not authorized for client credentials flow, check the AllowedGrantTypes setting{ clientId = m2m.nogrant }, details: {',
    ),
  ),
  at(22, 'client without AllowedScopes, scope asked', scopeRefused),
  at(
    22,
    'client without AllowedScopes, scope asked',
    scopeInLog('scope-permission-missing', 'Client m2m.noscopes is not allowed access to scope api1.'),
  ),
  at(32, 'scope known, not allowed to the client', scopeRefused),
  at(
    32,
    'scope known, not allowed to the client',
    scopeInLog('scope-permission-missing', 'Client m2m is not allowed access to scope secretscope.'),
  ),
  // No scope was sent, and none is refused: the client has none.
  at(23, 'client without AllowedScopes, no scope', {
    ...scopeRefused,
    cause: 'scope-permission-missing',
    certainty: 'likely',
    offered: ['AllowedScopes|scope'],
  }),
  at(23, 'client without AllowedScopes, no scope', {
    ...logged(
      'scope',
      'scope-permission-missing',
      'AllowedScopes',
      'Validation.TokenRequestValidator',
      'No allowed scopes configured for client{ clientId = m2m.noscopes }, details: {',
    ),
    passed: ['client'],
  }),
  at(31, 'scope unknown to the server', scopeRefused),
  at(31, 'scope unknown to the server', scopeInLog('scope-unknown', 'Scope nosuch not found in store.')),
  at(33, 'scope disabled', scopeRefused),
  at(33, 'scope disabled', scopeInLog('scope-unknown', 'Scope disabled not found in store.')),
  at(34, 'scope in other case', scopeRefused),
  at(35, 'scopes separated by comma', { ...scopeRefused, offered: ['space|comma'] }),
  at(35, 'scopes separated by comma', {
    ...scopeInLog('scope-unknown', 'Scope api1,api2 not found in store.'),
    offered: ['space|comma'],
  }),
  at(36, 'name of the ApiResource as scope', scopeRefused),
  at(
    36,
    'name of the ApiResource as scope',
    scopeInLog('scope-unknown', 'Scope invoice not found in store.'),
  ),
  at(27, 'scope openid', scopeOfUsers),
  at(28, 'scope openid, not allowed to the client', scopeOfUsers),
  at(29, 'scope offline_access', scopeOfUsers),
  at(30, 'scope offline_access, not allowed to the client', scopeOfUsers),
  at(29, 'scope offline_access', {
    ...logged(
      'scope',
      'scope-user-only',
      'offline_access',
      'Validation.TokenRequestValidator',
      'Client cannot request a refresh token in client credentials flow{ clientId = m2m.all }, details: {',
    ),
  }),
  at(27, 'scope openid', {
    ...logged(
      'scope',
      'scope-user-only',
      'openid',
      'Validation.TokenRequestValidator',
      'Client cannot request OpenID scopes in client credentials flow{ clientId = m2m.all }, details: {',
    ),
  }),
  at(37, 'scope too long', scopeRefused),
  at(37, 'scope too long', {
    ...logged(
      'scope',
      'scope-too-long',
      'scope',
      'Validation.TokenRequestValidator',
      'Scope parameter exceeds max allowed length, {',
    ),
  }),
  // The server itself never describes: a rule of the operator does.
  at(116, 'custom validator refuses', {
    stage: 'policy',
    cause: 'custom-rule',
    certainty: 'likely',
    passed: ['client'],
    offered: ['tenant is required|ICustomTokenRequestValidator|rule'],
    notOffered: ['secret again', ...notForMethod],
    unknownServer: open('form', 'parameter-present', 'policy'),
  }),

  // The client assertion.
  at(47, 'assertion: aud issuer', audienceOfThisServer),
  at(47, 'assertion: aud issuer', audienceInLog),
  at(48, 'assertion: aud issuer with slash', audienceOfThisServer),
  at(49, 'assertion: aud other', seenAssertion('assertion-audience', '/connect/token|token endpoint')),
  at(49, 'assertion: aud other', audienceInLog),
  at(
    50,
    'assertion: aud https of the same',
    seenAssertion('assertion-audience', '/connect/token|token endpoint|http:'),
  ),
  at(51, 'assertion: no aud', seenAssertion('assertion-claim-missing', '\\baud\\b')),
  at(52, 'assertion: no iss', seenAssertion('assertion-claim-missing', '\\biss\\b')),
  at(
    52,
    'assertion: no iss',
    assertionInLog(
      'assertion-claim-missing',
      '\\biss\\b',
      validation(
        'SecurityTokenInvalidIssuerException',
        "IDX10211: Unable to validate issuer. The 'issuer' parameter is null or whitespace",
      ),
    ),
  ),
  at(53, 'assertion: no sub', seenAssertion('assertion-claim-missing', '\\bsub\\b')),
  at(54, 'assertion: iss other', seenAssertion('assertion-issuer', '\\biss\\b')),
  at(
    54,
    'assertion: iss other',
    assertionInLog(
      'assertion-issuer',
      '\\biss\\b',
      validation('SecurityTokenInvalidIssuerException', 'IDX10205: Issuer validation failed.'),
    ),
  ),
  at(55, 'assertion: sub other (unknown client)', seenAssertion('assertion-issuer', '\\bsub\\b')),
  at(55, 'assertion: sub other (unknown client)', unknownInLog('x')),
  at(56, 'assertion: sub another known client', seenAssertion('assertion-issuer', '\\bsub\\b')),
  at(
    57,
    'assertion: expired 10 minutes ago',
    seenAssertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion'),
  ),
  at(
    57,
    'assertion: expired 10 minutes ago',
    assertionInLog(
      'assertion-expired',
      '\\bexp\\b|clock|lifetime|new assertion',
      validation(
        'SecurityTokenExpiredException',
        'IDX10223: Lifetime validation failed. The token is expired.',
      ),
    ),
  ),
  at(58, 'assertion: no exp', seenAssertion('assertion-claim-missing', '\\bexp\\b')),
  at(
    58,
    'assertion: no exp',
    assertionInLog(
      'assertion-claim-missing',
      '\\bexp\\b',
      validation(
        'SecurityTokenNoExpirationException',
        'IDX10225: Lifetime validation failed. The token is missing an Expiration Time.',
      ),
    ),
  ),
  at(59, 'assertion: nbf 10 minutes ahead', seenAssertion('assertion-not-yet-valid', '\\bnbf\\b|clock')),
  at(
    59,
    'assertion: nbf 10 minutes ahead',
    assertionInLog(
      'assertion-not-yet-valid',
      '\\bnbf\\b|clock',
      validation(
        'SecurityTokenNotYetValidException',
        'IDX10222: Lifetime validation failed. The token is not yet valid.',
      ),
    ),
  ),
  at(60, 'assertion: no jti', {
    ...seenAssertion('assertion-claim-missing', '\\bjti\\b'),
    unknownServer: open('client', 'method', 'assertion', 'enabled'),
  }),
  at(60, 'assertion: no jti', assertionInLog('assertion-claim-missing', '\\bjti\\b', 'jti is missing.')),
  at(61, 'assertion: second use of the same (replay)', {
    ...seenAssertion('assertion-replayed', '\\bjti\\b|new assertion|again'),
    known: { before: ['This assertion was sent before, and a token came.'] },
  }),
  at(
    61,
    'assertion: second use of the same (replay)',
    assertionInLog(
      'assertion-replayed',
      '\\bjti\\b|new assertion|again',
      'jti is found in replay cache. Possible replay attack.',
    ),
  ),
  at(62, 'assertion: wrong key, same kid', bareAssertion),
  at(
    62,
    'assertion: wrong key, same kid',
    assertionInLog(
      'assertion-signature',
      'key',
      validation('SecurityTokenInvalidSignatureException', 'IDX10511: Signature validation failed.'),
    ),
  ),
  at(63, 'assertion: wrong key, no kid', bareAssertion),
  at(
    63,
    'assertion: wrong key, no kid',
    assertionInLog(
      'assertion-signature',
      'key',
      validation('SecurityTokenInvalidSignatureException', 'IDX10503: Signature validation failed.'),
    ),
  ),
  at(65, 'assertion: changed payload', bareAssertion),
  at(64, 'assertion: alg none', seenAssertion('assertion-alg-none', 'sign|alg')),
  at(
    64,
    'assertion: alg none',
    assertionInLog(
      'assertion-alg-none',
      'sign|alg',
      validation(
        'SecurityTokenInvalidSignatureException',
        'IDX10504: Unable to validate signature, token does not have a signature',
      ),
    ),
  ),
  at(66, 'assertion: not a JWT', seenAssertion('assertion-malformed', 'assertion|JWT')),
  at(67, 'assertion: empty', seenAssertion('assertion-missing', 'assertion')),
  at(
    69,
    'assertion: client_assertion_type wrong',
    seenAssertion('assertion-type', 'client_assertion_type|jwt-bearer'),
  ),
  // The client has a secret only.
  at(70, 'assertion: client with a shared secret only', bareAssertion),
  at(
    70,
    'assertion: client with a shared secret only',
    assertionInLog(
      'assertion-key-unknown',
      'key|secret',
      'There are no keys available to validate client assertion.',
    ),
  ),
  at(109, 'assertion', audienceAtIssuerUri),
  at(109, 'assertion', { ...audienceInLog, offered: ['https://id\\.example/connect/token|token endpoint'] }),
  at(110, 'assertion with client_id', audienceAtIssuerUri),
  at(111, 'assertion, aud https://id.example', audienceAtIssuerUri),
  at(112, 'assertion, aud https://id.example/', audienceAtIssuerUri),
  at(113, 'assertion, aud http://localhost:5401/connect/token', audienceAtIssuerUri),
  at(114, 'assertion', assertionsOff),
  at(114, 'assertion', bareAssertion),
  // An ID was found in the body, and no secret: "validation failed".
  at(115, 'assertion with client_id', assertionsOff),

  // Exceptions.
  at(117, 'token', {
    stage: 'issue',
    cause: 'signing-key-missing',
    certainty: 'certain',
    passed: ['client', 'secret', 'grant', 'scope'],
    offered: ['AddDeveloperSigningCredential|AddSigningCredential|signing'],
    notOffered: ['secret', '\\bscope', ...notForMethod],
    unknownServer: said('issue', 'signing-key-missing'),
  }),
  // In Production the exception has no CORS.
  at(118, 'token', {
    ...failed,
    known: { before: [before.metadataRead, before.refusalRead] },
    offered: ['\\blog|500'],
    notOffered: ['\\bscope', ...notForMethod],
  }),
  at(118, 'token', {
    ...failed,
    origin: relay,
    certainty: 'certain',
    offered: ['\\blog'],
    notOffered: ['\\bscope', ...notForMethod],
  }),
  at(118, 'token', {
    known: {
      pasted:
        "fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      An unhandled exception was thrown by the application.\n      System.InvalidOperationException: No signing credential is configured. Can't create JWT token",
    },
    stage: 'issue',
    cause: 'signing-key-missing',
    certainty: 'certain',
    offered: ['AddDeveloperSigningCredential|AddSigningCredential|signing'],
    notOffered: ['secret', '\\bscope', ...notForMethod],
    unknownServer: said('issue', 'signing-key-missing'),
  }),

  // Paths. What is no endpoint has no CORS.
  at(44, 'path with trailing slash', wrongPath),
  at(45, 'wrong path /token', wrongPath),
  at(46, 'POST to the introspection endpoint', { ...wrongPath, cause: 'other-endpoint' }),
  at(81, 'CORS: preflight, wrong path', wrongPath),
  at(82, 'CORS: preflight, trailing slash', wrongPath),
  at(75, 'RFC 8414 place', {
    ...wrongPath,
    endpoint: 'metadata',
    known: { before: [before.answers] },
    cause: 'metadata-elsewhere',
    offered: ['openid-configuration'],
  }),
  at(122, 'discovery, RFC 8414 insertion', {
    ...wrongPath,
    endpoint: 'metadata',
    known: { before: [before.answers] },
    cause: 'metadata-elsewhere',
    offered: ['/auth/\\.well-known|append'],
  }),
  at(119, 'token', redirected('/connect/token')),
  at(119, 'token', {
    known: {},
    stage: 'not known',
    among: ['reach', 'https', 'origin'],
    cause: null,
    certainty: 'possible',
    offered: ['https'],
    notOffered: ['secret again', '\\bscope'],
  }),
  at(120, 'preflight', redirected('/connect/token')),
  at(121, 'discovery', { ...redirected('/.well-known/openid-configuration'), endpoint: 'metadata' }),

  // An origin that no client lists.
  at(99, 'CORS: success', notListed('origin')),
  at(100, 'CORS: wrong secret', notListed('origin')),
  at(100, 'CORS: wrong secret', {
    ...notListed('origin'),
    known: originInLog('http://localhost:4305'),
    certainty: 'certain',
    unknownServer: { stage: 'origin', cause: 'cors-origin-not-listed', certainty: 'certain' },
  }),
  at(105, 'CORS: success', notListed('origin')),
  at(
    105,
    'CORS: success',
    invalidInLog('m2m', 'AllowedCorsOrigins contains invalid origin: localhost:4305', 'AllowedCorsOrigins'),
  ),
  at(106, 'CORS: wrong secret', notListed('origin')),
  at(107, 'CORS: success', notListed('origin')),
  at(
    107,
    'CORS: success',
    invalidInLog('m2m', 'AllowedCorsOrigins contains invalid origin: *', 'AllowedCorsOrigins'),
  ),
  at(108, 'CORS: wrong secret', notListed('origin')),
  at(101, 'CORS: preflight, token', notListed('preflight')),
  // A preflight that this server does not allow reaches the token endpoint, which accepts POST only.
  at(101, 'CORS: preflight, token', {
    ...notListed('preflight'),
    known: {
      pasted: 'HTTP/1.1 400 Bad Request\nServer: Kestrel\n\n{"error":"invalid_request"}',
    },
    certainty: 'certain',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-refused', certainty: 'certain' },
  }),
  at(101, 'CORS: preflight, token', {
    ...notListed('preflight'),
    known: originInLog('http://localhost:4305'),
    certainty: 'certain',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-not-listed', certainty: 'certain' },
  }),
  at(102, 'CORS: preflight, token, dpop', notListed('preflight')),
  at(80, 'CORS: preflight, Origin null', { ...notListed('preflight'), origin: 'null' }),
  at(80, 'CORS: preflight, Origin null', {
    ...notListed('preflight'),
    origin: 'null',
    known: originInLog('null'),
    certainty: 'certain',
    unknownServer: { stage: 'preflight', cause: 'cors-origin-not-listed', certainty: 'certain' },
  }),
  at(103, 'CORS: discovery', {
    ...notListed('not known'),
    endpoint: 'metadata',
    known: { before: [before.answers] },
  }),
  at(104, 'CORS: JWKS', { ...notListed('not known'), endpoint: 'keys' }),

  // Introspection: no CORS, and the credentials of an API.
  at(78, 'CORS: preflight, introspection', introspectionLeftOut('preflight')),
  at(83, 'introspection: JWT, API resource by Basic', introspectionLeftOut('preflight')),
  at(84, 'introspection: JWT, API resource by post', introspectionLeftOut('origin')),
  at(85, 'introspection: reference token', introspectionLeftOut('preflight')),
  at(86, 'introspection: the client itself', introspectionLeftOut('origin')),
  at(86, 'introspection: the client itself', needsApi),
  at(
    86,
    'introspection: the client itself',
    apiInLog('client', 'introspection-needs-api', 'No API resource with that name found. aborting'),
  ),
  at(87, 'introspection: the client itself, Basic', needsApi),
  // The name is an API's, and the secret is not: nothing tells.
  at(88, 'introspection: API, wrong secret', {
    endpoint: 'introspection',
    origin: relay,
    stage: 'not known',
    among: ['client', 'secret'],
    cause: null,
    certainty: 'possible',
    offered: ['API|resource', '\\blog'],
    notOffered: ['\\bscope', ...notForMethod],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  at(88, 'introspection: API, wrong secret', apiInLog('secret', 'secret-wrong', 'API validation failed.')),
  at(89, 'introspection: no credentials', {
    ...noSecret,
    endpoint: 'introspection',
    origin: relay,
    offered: ['API|resource|secret'],
  }),
  at(89, 'introspection: no credentials', apiInLog('secret', 'no-credentials', 'No API secret found')),
  at(90, 'introspection: no token', {
    endpoint: 'introspection',
    origin: relay,
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret'],
    unknownServer: said('token', 'token-parameter-missing'),
  }),

  // Revocation.
  at(91, 'revocation: wrong secret', { ...bareSecret, endpoint: 'revocation' }),
  at(92, 'revocation: no credentials', { ...noClientId, endpoint: 'revocation' }),
  at(93, 'revocation: no token', {
    endpoint: 'revocation',
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'likely',
    offered: ['token'],
    notOffered: ['secret'],
  }),
  at(94, 'revocation: bad hint', {
    endpoint: 'revocation',
    stage: 'token',
    cause: 'token-type-hint-unknown',
    certainty: 'certain',
    offered: ['hint'],
    notOffered: ['secret'],
  }),
]

/** Captured, and nothing that this page sends. */
export const identityServer4Outside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials.',
    [38, 'no grant_type'],
    [39, 'grant_type empty'],
    [40, 'unknown grant_type'],
    [41, 'grant_type password'],
  ),
  ...outside('The page writes a whole Basic header.', [7, 'basic, not base64'], [8, 'basic, no colon']),
  ...outside('The page sends client_assertion_type with every assertion.', [
    68,
    'assertion: client_assertion_type missing',
  ]),
]
