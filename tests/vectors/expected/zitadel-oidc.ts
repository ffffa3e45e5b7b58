import type { Expectation } from '../expectation.ts'
import { before, entriesOf, open, type Entry, type Outside, outsideOf, said } from './causes-token.ts'

const outside = outsideOf('zitadel-oidc')

/** Every origin may read what this library says, so each response is read by the page that asked. */
const at = (line: number, name: string, entry: Entry) =>
  entriesOf('zitadel-oidc')(line, name, { origin: 'http://localhost:4313', ...entry })

const notForMethod = ['another client authentication', 'registered for another']

const openToAll = open('client', 'method', 'secret', 'enabled')
const openToAssertions = open('client', 'method', 'assertion', 'enabled')

/** A bare invalid_client after a secret: for this grant the library looks for service users alone, which have no method. */
const bareSecret: Entry = {
  stage: 'not known',
  among: ['client', 'secret'],
  cause: null,
  certainty: 'likely',
  offered: ['secret', 'client|service user'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: openToAll,
}

/** 500 "wrong service user or password", of the newer API: no fault of the server. */
const userOrPassword: Entry = {
  ...bareSecret,
  notOffered: ['\\bscope', '\\blog\\b', ...notForMethod],
  unknownServer: open('client', 'secret'),
}

/** A client ID was sent, and no secret. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'likely',
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
}

/** Nothing was sent, and the words do not say so. */
const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'likely',
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
}

/** "client_id missing", "client_id or client_assertion must be provided". */
const noClientIdSaid: Entry = {
  ...noClientId,
  certainty: 'certain',
  unknownServer: said('client', 'client-id-missing'),
}

/** "invalid basic auth header": a `%` in the raw header begins no escape. */
const rawBasic: Entry = {
  stage: 'client',
  cause: 'basic-not-form-encoded',
  certainty: 'certain',
  offered: ['form-encod|percent|body|client_secret_post'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('client', 'basic-not-form-encoded'),
}

/** After an assertion, which the library does not look at for this grant: it looks for a secret. */
const assertionIgnored: Entry = {
  stage: 'method',
  cause: 'assertion-not-for-grant',
  certainty: 'likely',
  offered: ['client_secret|secret|jwt-bearer'],
  notOffered: ['\\bscope', '\\baud\\b', 'public key', '\\bkid\\b', 'new assertion'],
  unknownServer: openToAssertions,
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

const found = '/oauth/token|metadata|discovery|Find'

/** Introspection is for clients of APIs, and a service user is none. */
const introspectionOfUser: Entry = {
  endpoint: 'introspection',
  stage: 'client',
  cause: 'introspection-needs-api',
  certainty: 'likely',
  offered: ['API'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('client', 'client-unknown'),
}

/** "invalid client_id / client_secret": either, and a service user has no access to revocation. */
const revocationRefused: Entry = {
  endpoint: 'revocation',
  stage: 'not known',
  among: ['client', 'secret'],
  cause: null,
  certainty: 'likely',
  offered: ['secret', 'client'],
  notOffered: ['\\bscope', ...notForMethod],
  unknownServer: open('client', 'secret'),
}

/** "token missing", of the newer API. */
const noToken: Entry = {
  stage: 'token',
  cause: 'token-parameter-missing',
  certainty: 'certain',
  offered: ['token'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: said('token', 'token-parameter-missing'),
}

/** What the example server of zitadel/oidc 3.52 refuses, and why: with the older API of the library, then with the newer. */
export const zitadelOidc: readonly Expectation[] = [
  // The older API: 401 and a bare code.
  at(2, 'wrong secret, post', bareSecret),
  at(3, 'wrong secret, basic', bareSecret),
  at(4, 'unknown client, post', bareSecret),
  // The ID and the secret are right, of a client that is no service user.
  at(5, 'a client of another kind (web), basic', bareSecret),
  at(6, 'no credentials', noClientId),
  at(7, 'client_id alone', noSecret),
  at(11, 'Basic with a bad escape (raw %)', rawBasic),
  at(15, 'private_key_jwt (client_assertion), service', assertionIgnored),
  at(16, 'private_key_jwt with client_id in the body', assertionIgnored),

  // The newer API: 500 for the same, and 400 with words.
  at(31, 'wrong secret, post', userOrPassword),
  at(32, 'wrong secret, basic', userOrPassword),
  at(33, 'unknown client, post', userOrPassword),
  at(34, 'a client of another kind (web), basic', userOrPassword),
  at(35, 'no credentials', noClientIdSaid),
  at(36, 'client_id alone', noSecret),
  at(38, 'Basic with a bad escape (raw %)', rawBasic),
  at(39, 'both header and body', {
    stage: 'method',
    cause: 'two-credentials',
    certainty: 'certain',
    offered: ['one'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('method', 'two-credentials'),
  }),
  at(41, 'private_key_jwt (client_assertion), service', assertionIgnored),
  at(42, 'private_key_jwt with client_id in the body', assertionIgnored),
  at(44, 'private_key_jwt, svc, aud the token endpoint', assertionIgnored),
  // It has expired besides, which nobody looks at.
  at(45, 'private_key_jwt, svc, expired', {
    ...assertionIgnored,
    unknownServer: { stage: 'assertion', cause: 'assertion-expired', certainty: 'likely' },
  }),
  at(46, 'a service user without the grant (sid3)', {
    stage: 'grant',
    cause: 'grant-not-allowed',
    certainty: 'certain',
    passed: ['client', 'secret'],
    offered: ['grant|client_credentials'],
    notOffered: ['secret again', '\\bscope', ...notForMethod],
    unknownServer: said('grant', 'grant-not-allowed'),
  }),

  // Paths.
  at(12, 'trailing slash', pathUnknown('slash')),
  at(13, 'other path', pathUnknown(found)),
  // The path of the Zitadel product, which the library has not.
  at(14, 'Zitadel product path on this library', pathUnknown(found)),
  at(19, 'discovery RFC 8414', {
    endpoint: 'metadata',
    stage: 'route',
    cause: 'metadata-elsewhere',
    certainty: 'certain',
    offered: ['openid-configuration'],
    notOffered: ['secret', '\\bscope'],
    unknownServer: { stage: 'route', cause: 'metadata-elsewhere', certainty: 'likely' },
  }),

  // CORS allows Authorization, and a proof is no use to this server.
  at(18, 'preflight token, dpop', {
    known: { before: [before.metadataRead, before.simpleRead] },
    stage: 'preflight',
    cause: 'cors-headers-not-allowed',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['DPoP'],
    notOffered: ['in the body', 'Access-Control-Allow-Headers', 'secret again', '\\bscope'],
  }),

  // Introspection. The older API responds in plain text.
  at(20, 'introspection, the client itself, basic', introspectionOfUser),
  at(22, 'introspection, wrong secret', {
    endpoint: 'introspection',
    stage: 'secret',
    cause: 'secret-wrong',
    certainty: 'certain',
    passed: ['client'],
    offered: ['secret'],
    notOffered: ['\\bscope', ...notForMethod],
    unknownServer: said('secret', 'secret-wrong'),
  }),
  // ID and secret are in the body.
  at(21, 'introspection, api client, post', {
    endpoint: 'introspection',
    stage: 'method',
    cause: 'body-ignored',
    certainty: 'likely',
    offered: ['header|client_secret_basic'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: { stage: 'method', cause: 'body-ignored', certainty: 'likely' },
  }),
  at(23, 'introspection, unauthenticated', { ...noClientIdSaid, endpoint: 'introspection' }),
  // A bare unauthorized_client: of a service user with the right secret, and of an API with a wrong one.
  at(47, 'introspection, the client itself, basic', {
    ...bareSecret,
    endpoint: 'introspection',
    offered: ['secret', 'API|client'],
  }),
  at(48, 'introspection, wrong secret', {
    ...bareSecret,
    endpoint: 'introspection',
    offered: ['secret', 'API|client'],
  }),
  at(49, 'introspection, unauthenticated', { ...noClientIdSaid, endpoint: 'introspection' }),
  at(50, 'introspection, no token', { ...noToken, endpoint: 'introspection' }),

  // Revocation.
  at(24, 'revocation, the client itself (sid1)', revocationRefused),
  at(26, 'revocation, wrong secret', revocationRefused),
  at(52, 'revocation, wrong secret', revocationRefused),
  // The newer API has words for a wrong secret, and none here.
  at(51, 'revocation, the client itself (sid1)', {
    endpoint: 'revocation',
    stage: 'client',
    cause: 'client-unknown',
    certainty: 'likely',
    offered: ['client'],
    notOffered: ['secret again', '\\bscope', ...notForMethod],
    unknownServer: openToAll,
  }),
  at(25, 'revocation, web client, token of another', {
    endpoint: 'revocation',
    stage: 'owner',
    cause: 'token-of-another-client',
    certainty: 'certain',
    passed: ['client', 'secret'],
    offered: ['client'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('owner', 'token-of-another-client'),
  }),
  at(27, 'revocation, no credentials', { ...noClientId, endpoint: 'revocation' }),
  at(54, 'revocation, no credentials', { ...noClientIdSaid, endpoint: 'revocation' }),
  at(53, 'revocation, no token', { ...noToken, endpoint: 'revocation' }),
]

/** Captured, and nothing that this page sends to a token endpoint or an operation of the server. */
export const zitadelOidcOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in a form.',
    [8, 'no grant_type'],
    [9, 'unknown grant_type'],
    [40, 'broken form encoding'],
  ),
  ...outside(
    'The page writes a whole Basic header, and no other scheme, at the token endpoint.',
    [10, 'Basic not base64'],
    [37, 'Basic not base64'],
  ),
  ...outside(
    'The page sends no JWT of the jwt-bearer grant.',
    [17, 'JWT profile grant, expired'],
    [43, 'JWT profile grant, expired'],
  ),
  ...outside(
    'The request is a call of an API: see zitadel-oidc-api.ts.',
    [28, 'userinfo with the token'],
    [29, 'userinfo with garbage'],
    [30, 'userinfo without a token'],
    [55, 'userinfo with the token'],
    [56, 'userinfo with garbage'],
    [57, 'userinfo without a token'],
  ),
]
