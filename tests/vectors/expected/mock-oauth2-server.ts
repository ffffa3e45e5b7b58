import type { Expectation } from '../expectation.ts'
import {
  before,
  entriesOf,
  open,
  type Entry,
  type Outside,
  outsideOf,
  said,
  type TokenCause,
} from './causes-token.ts'

/**
 * navikt's mock-oauth2-server accepts every client and every secret that is not empty. No OAuth refusal of it has CORS,
 * and each success has: a page reads a refusal through the relay, and knows that a response which it may not read is one.
 */

const at = entriesOf('mock-oauth2-server')
const outside = outsideOf('mock-oauth2-server')

/** The origin of the page that asked. */
const page = 'http://localhost:4312'

const notForMethod = ['another client authentication', 'registered for another']

/** Of an unknown server: the page gets no response, and CORS is the reason that comes to mind. */
const corsRefused = { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' } as const
const preflightRefused = { ...corsRefused, stage: 'preflight' } as const

/** As the page sees it: no response, and CORS let it read the metadata. The fault is in what was sent. */
const unread = (entry: Entry, unknownServer: Entry['unknownServer'] = corsRefused): Entry => ({
  ...entry,
  origin: page,
  known: { before: [before.metadataRead] },
  certainty: 'likely',
  passed: ['reach', 'tls'],
  unknownServer,
})

/** "missing client authentication", and no secret was sent. */
const noCredentials: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('secret', 'no-credentials'),
}

/** The same with a secret, and no client ID. */
const noClientId: Entry = {
  ...noCredentials,
  stage: 'client',
  cause: 'client-id-missing',
  offered: ['client'],
  unknownServer: { stage: 'client', cause: 'client-id-missing', certainty: 'likely' },
}

/** "invalid url encoding": a `%` in the Basic header begins no escape. */
const undecodableBasic: Entry = {
  stage: 'client',
  cause: 'basic-not-form-encoded',
  certainty: 'certain',
  offered: ['form-encod|percent|body|client_secret_post'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('client', 'basic-not-form-encoded'),
}

/** "method not allowed": what this server says of a path at which it has nothing. */
const pathUnknown: Entry = {
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: ['/token'],
  notOffered: ['secret', '\\bscope'],
  unknownServer: open('route', 'http-method'),
}

/** The metadata of an issuer has its path in front of `/.well-known`. */
const metadataElsewhere: Entry = {
  ...pathUnknown,
  endpoint: 'metadata',
  cause: 'metadata-elsewhere',
  offered: ['/default/\\.well-known|append'],
}

/** A fault of the assertion which the words name. */
const assertion = (cause: TokenCause, ...offered: readonly string[]): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'certain',
  offered,
  notOffered: ['secret again', '\\bscope', '\\baud\\b'],
  unknownServer: said('assertion', cause),
})

/** "the client authentication was invalid": ID and secret came in the body, and introspection looks into the header. */
const bodyAtIntrospection: Entry = {
  endpoint: 'introspection',
  stage: 'method',
  cause: 'introspection-needs-header',
  certainty: 'certain',
  offered: ['Basic|client_secret_basic'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** "unsupported token type", of an access token. */
const notRevocable: Entry = {
  endpoint: 'revocation',
  stage: 'token',
  cause: 'token-type-not-revocable',
  certainty: 'certain',
  offered: ['refresh token'],
  notOffered: ['secret', '\\bscope', 'hint'],
  unknownServer: said('token', 'token-type-not-revocable'),
}

/** What the real mock-oauth2-server refuses, and why. */
export const mockOAuth2Server: readonly Expectation[] = [
  // ID and secret.
  at(3, 'no credentials', noCredentials),
  at(3, 'no credentials', unread(noCredentials)),
  at(4, 'client_id alone', noCredentials),
  at(4, 'client_id alone', unread(noCredentials)),
  at(5, 'empty secret', noCredentials),
  at(5, 'empty secret', unread(noCredentials)),
  // What was copied out of a terminal says it to a page that may not read it.
  at(5, 'empty secret', {
    ...noCredentials,
    origin: page,
    known: {
      pasted:
        'HTTP/1.1 401 Client Error\ncontent-type: application/json;charset=UTF-8\n\n{\n  "error_description" : "client authentication failed: missing client authentication",\n  "error" : "invalid_client"\n}',
    },
  }),
  at(6, 'empty client_id', noClientId),
  at(6, 'empty client_id', unread(noClientId)),
  at(7, 'special characters, Basic raw', undecodableBasic),
  at(7, 'special characters, Basic raw', unread(undecodableBasic, preflightRefused)),

  // The client assertion, whose signature is never verified.
  at(19, 'private_key_jwt, not a JWT', assertion('assertion-malformed', 'assertion|JWT')),
  at(20, 'private_key_jwt, client_id other than iss', assertion('assertion-issuer', '\\bsub\\b|client')),

  // Paths.
  at(17, 'trailing slash', { ...pathUnknown, offered: ['slash|/default/token'] }),
  at(17, 'trailing slash', unread({ ...pathUnknown, offered: ['slash|/default/token'] })),
  at(18, 'POST to an unknown path', pathUnknown),
  at(18, 'POST to an unknown path', unread(pathUnknown)),
  at(2, 'discovery, RFC 8414 inserted', metadataElsewhere),
  at(2, 'discovery, RFC 8414 inserted', {
    ...metadataElsewhere,
    origin: page,
    known: { before: [before.answers] },
    certainty: 'likely',
    passed: ['reach', 'tls'],
    unknownServer: { stage: 'not known', cause: 'cors-origin-refused', certainty: 'likely' },
  }),

  // Introspection and revocation.
  at(21, 'introspection, post', bodyAtIntrospection),
  at(21, 'introspection, post', {
    ...unread(bodyAtIntrospection),
    known: { before: [before.metadataRead, before.simpleRead] },
    unknownServer: { stage: 'origin', cause: 'introspection-without-cors', certainty: 'likely' },
  }),
  at(22, 'introspection, no credentials', { ...noCredentials, endpoint: 'introspection' }),
  at(23, 'revocation, access token', notRevocable),
  at(23, 'revocation, access token', {
    ...unread(notRevocable),
    known: { before: [before.metadataRead, before.simpleRead] },
  }),
  at(24, 'revocation, hint access_token', notRevocable),
]

/** Captured, and nothing that this page sends. */
export const mockOAuth2ServerOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in a form.',
    [9, 'no grant_type'],
    [10, 'unknown grant_type'],
    [11, 'authorization_code without code'],
    [13, 'JSON body'],
    [14, 'no Content-Type'],
    [15, 'empty body'],
  ),
  ...outside('The page sends scope once.', [12, 'scope twice']),
  ...outside('The page writes a whole Basic header at the token endpoint.', [8, 'Basic, not base64']),
  ...outside(
    'A GET at the token endpoint is readable here, and no POST that is refused: it tells nothing of the POST.',
    [16, 'GET'],
  ),
  ...outside('The page sends the token that it revokes.', [25, 'revocation, no token']),
]
