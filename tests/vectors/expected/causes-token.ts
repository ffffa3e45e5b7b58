import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Captured, Expectation } from '../expectation.ts'

/** Why a server refuses at the token endpoint, introspection, revocation, registration, metadata or keys. */
export const tokenCauses = {
  // Between the page and the server's own code.
  'https-required': 'The server takes requests over https only.',
  'redirect-to-https': 'The server sends http requests on to https, and the redirect has no CORS.',
  'realm-missing': 'The path lacks the realm.',
  'realm-unknown': 'The server has no realm of this name.',
  'realm-not-used': 'The path holds a realm, and realms are off at this server.',
  'realm-disabled': 'The realm exists, and is turned off.',
  'path-unknown': 'The server has nothing at this path.',
  'path-with-double-slash': 'The path holds two slashes in a row, which the server refuses.',
  'path-redirected': 'The server redirects from this path to another of its own.',
  'other-endpoint': 'The URL is another endpoint of this server.',
  'metadata-elsewhere': 'The metadata stands at another place than the one asked.',
  'endpoints-not-set-up':
    'The application has no OAuth endpoints: a filter chain of its own is there in their place.',
  'slash-at-end': 'The path lacks a slash at its end, or has one too many.',
  'oidc-off': 'OpenID Connect is off at this server, and with it openid-configuration and the keys.',
  'host-not-allowed': 'The server does not accept the host name of the URL.',
  'gateway-no-response': 'The gateway gets no response from the server behind it.',
  'gateway-body-too-large': 'The gateway accepts no body of this size.',
  'gateway-rate-limit': 'The gateway accepts no more requests for now.',
  'cors-off': 'The server has no CORS at all.',
  'cors-origin-not-listed': 'CORS is on, and this origin is not among those allowed.',
  'cors-origin-refused': 'CORS is off or does not list this origin; nothing tells which.',
  'cors-after-authentication':
    'UseCors comes after UseAuthentication, which answers preflights and refusals without it.',
  'cors-headers-not-allowed': 'CORS allows the origin, but not the header that the request carries.',
  'cors-method-not-allowed': 'CORS allows the origin, but not the method POST.',
  'cors-request-refused':
    'CORS is on, and the origin, the method or a header of the request is not among those allowed.',
  'cors-on-one-chain':
    'CORS is on at one of two filter chains: one responds to the preflight, and the other to the POST.',
  'cors-not-for-path': 'CORS of this server covers other paths, but not this one.',
  'cors-any-origin-with-credentials':
    'CORS allows every origin together with credentials, which makes the server fail.',
  'cors-of-client-only':
    'The origin is listed at the client, which preflights, metadata and keys do not name.',
  'introspection-without-cors': 'CORS of this server covers the token endpoint, but not introspection.',
  'cors-twice': 'The gateway adds CORS headers, and so does the server behind it.',
  exception: 'The server stopped in an exception of its own.',

  // What the endpoint reads, and where.
  'json-wanted': 'The server reads a JSON body, and a form was sent.',
  'query-wanted': 'The server looks for the parameters in the query, and they are in the body.',
  'query-not-allowed': 'The URL has a query, and the server accepts none.',
  'password-grant-only': 'The endpoint issues tokens to users, for a name and a password.',

  // The form and the client.
  'client-id-missing': 'No client ID arrived, or none where the server looks for it.',
  'client-id-too-long': 'The client ID is longer than the server takes.',
  'client-id-with-space': 'The client ID begins or ends with a space.',
  'client-id-characters':
    'The client ID has a character that the server does not accept: a line break, or one beyond ASCII.',
  'client-ids-differ': 'The Basic header names one client, and the body another.',
  'client-id-read-as-json': 'The server reads a client ID of digits as a number and fails.',
  'client-unknown': 'The server has no client with this ID, or none that is enabled.',
  'client-configuration-invalid': 'The client is defined in a way that the server holds invalid.',
  'basic-not-form-encoded': 'The server form-decodes ID and secret of the Basic header, which were sent raw.',
  'basic-form-encoded':
    'The server takes ID and secret of the Basic header raw, and they were sent form-encoded.',
  'basic-ignored': 'The server does not look at the Basic header at this endpoint.',
  'body-ignored': 'The server looks for ID and secret in the Basic header only.',
  'secret-with-colon': 'A Basic header cannot carry this secret: the server splits it at every colon.',
  'method-other': 'The client is registered for another client authentication.',
  'assertion-not-enabled': 'The server does not take client assertions; it has to be turned on.',
  'assertion-not-for-grant': 'The server does not look at client assertions for this grant.',
  'two-credentials': 'The client authenticated in two ways at once.',
  'no-credentials': 'No secret and no assertion was sent.',
  'secret-wrong':
    'The secret is not one that the server takes for this client: wrong, expired, or stored wrong.',
  'secret-with-space': 'The secret begins or ends with a space.',
  'secret-expired': 'The server has a date of expiry for the secret, and it has passed.',
  'secret-with-prefix': 'What was sent as secret begins with the prefix of its storage, such as {noop}.',
  'secret-stored-without-prefix':
    'The secret is stored without the name of its encoding, such as {bcrypt}, and the server fails.',
  'secret-is-hash': 'What was sent as secret looks like its stored hash.',
  'secret-too-long': 'The secret is longer than the server takes.',
  'secret-decoded-twice': 'The server decodes the body twice, which changes a secret with % or +.',
  'secret-read-as-json': 'The server reads a secret of digits, or `true`, as JSON and fails.',
  'public-client': 'The client is a public one, which has no secret and no client credentials.',
  'bearer-only-client': 'The client stands for an API, and gets no tokens of its own.',

  // The client assertion.
  'assertion-missing': 'The assertion is missing or empty.',
  'assertion-malformed': 'The assertion is no JWT that the server can read.',
  'assertion-type': 'client_assertion_type is missing or another than jwt-bearer.',
  'assertion-typ': 'The assertion has another typ than the server takes.',
  'assertion-alg-none': 'The assertion is not signed.',
  'assertion-algorithm': 'The server does not take this algorithm for assertions of this client.',
  'assertion-algorithm-not-set': 'The server has no algorithm set for assertions of this client.',
  'assertion-not-encrypted': 'The server wants the assertion encrypted.',
  'assertion-key-unknown': 'The client has no key with this kid, or none to verify the assertion with.',
  'assertion-keys-unreachable':
    'The server cannot read the keys of the client at the URL that it has of them.',
  'assertion-signature': 'The signature of the assertion does not verify with the key of the client.',
  'assertion-audience': 'The assertion has another aud than the server takes.',
  'assertion-two-audiences': 'The assertion has more than one aud, and the server takes one.',
  'assertion-issuer': 'iss, sub and client ID of the assertion differ.',
  'assertion-claim-missing': 'A claim that the server demands is missing in the assertion.',
  'assertion-expired': 'The assertion has expired.',
  'assertion-not-yet-valid': 'The assertion is not valid yet.',
  'assertion-replayed': 'The assertion was used before.',

  // Grant, scope and resource.
  'grant-not-enabled': 'The server has the client credentials grant turned off.',
  'grant-not-allowed': 'The client may not use the client credentials grant.',
  'service-account-disabled': 'The user that stands for the client is turned off.',
  'endpoint-permission-missing': 'The client may not use this endpoint.',
  'scope-not-sent': 'The server demands a scope.',
  'scope-empty': 'The scope was sent empty, and the server takes none or one with a name in it.',
  'scope-refused': 'The scope is unknown, or the client may not have it; nothing tells which.',
  'scope-unknown': 'The server has no scope of this name.',
  'scope-permission-missing': 'The client may not have this scope.',
  'scope-duplicate': 'A scope stands twice in the request.',
  'scope-user-only': 'The scope is for users: openid, or offline_access, which asks for a refresh token.',
  'scope-too-long': 'The scope parameter is longer than the server takes.',
  'resource-unknown': 'The server has no such resource.',
  'resource-malformed': 'The resource is no absolute URI, or has a fragment.',
  'resource-single': 'The server gives a token for one resource at a time, and several were asked for.',
  'resource-permission-missing': 'The client may not have a token for this resource.',
  'audience-not-accepted': 'The server does not take the parameter audience for this grant.',
  'authorization-details-broken': 'authorization_details is no JSON, and the server fails.',
  'custom-rule': 'A rule that the operator wrote refused the request.',
  'token-hook-failed': 'A hook that the server calls before it issues a token failed, or is not there.',
  'policy-forbids-method': 'A policy of the server does not allow this client authentication.',
  'policy-demands-certificate': 'A policy of the server demands a client certificate (mutual TLS).',
  'signing-key-missing': 'The server has no key to sign tokens with.',

  // DPoP.
  'proof-missing': 'The client is bound to DPoP, and no proof was sent.',
  'proof-header-name':
    'The proof was sent, but its header arrived as `dpop`, where the server looks for `DPoP`.',
  'proof-malformed': 'The DPoP header holds no JWT.',
  'proof-typ': 'The proof has another typ than dpop+jwt.',
  'proof-algorithm': 'The server does not take the algorithm of the proof.',
  'proof-key-missing': 'The proof carries no public key.',
  'proof-claim-missing': 'A claim that the server demands is missing in the proof, such as htm or jti.',
  'proof-htm': 'The proof is for another HTTP method.',
  'proof-htu': 'The proof is for another URL.',
  'proof-exp-missing': 'The server demands exp in the proof, which RFC 9449 does not.',
  'proof-expired': 'The proof has expired.',
  'proof-iat': 'The server holds the iat of the proof too old, or ahead of its clock.',
  'proof-lifetime': 'From iat to exp of the proof is longer than the server takes, or there is no iat.',
  'proof-signature': 'The signature of the proof does not verify with the key in it.',
  'proof-replayed': 'The proof was used before.',
  'nonce-demanded': 'The server asks for a nonce in the proof.',
  'nonce-unreadable': 'The server asks for a nonce in the proof, and CORS hides it from the page.',

  // Introspection, revocation, registration.
  'token-parameter-missing': 'No token was sent.',
  'token-type-hint-unknown': 'The server does not know this token_type_hint.',
  'token-unknown': 'The server does not know the token, or cannot read it.',
  'token-of-another-client': 'The token was issued to another client.',
  'refresh-token-introspected': 'The server fails at the introspection of a refresh token.',
  'introspection-needs-api': 'Introspection takes the credentials of an API, not those of a client.',
  'introspection-needs-header': 'Introspection accepts credentials in the Authorization header only.',
  'token-type-not-revocable': 'The server revokes refresh tokens only.',
  'registration-not-enabled': 'The server has dynamic registration turned off.',
  'registration-needs-token': 'Registration takes an initial access token.',
  'registration-token-invalid': 'The server does not accept the initial access token.',
  'registration-with-keys': 'The server fails at a registration with `jwks` in it.',
  'registration-with-scope': 'The server registers no client with a scope in the request.',
} as const satisfies Record<string, string>

export type TokenCause = keyof typeof tokenCauses

/** Causes that are no matter of one stage: an exception may come anywhere, and CORS accompanies every stage. */
export const ofNoStage: readonly TokenCause[] = [
  'exception',
  'authorization-details-broken',
  'cors-off',
  'cors-origin-not-listed',
  'cors-origin-refused',
  'cors-after-authentication',
  'cors-request-refused',
  'cors-not-for-path',
  'cors-any-origin-with-credentials',
  'cors-of-client-only',
]

/** Causes that stop a request at one stage or another. */
export const ofSeveralStages: Partial<Record<TokenCause, readonly Stage[]>> = {
  'secret-with-colon': ['form', 'secret'],
  'basic-not-form-encoded': ['client', 'secret'],
  'introspection-without-cors': ['preflight', 'origin'],
  'cors-on-one-chain': ['preflight', 'origin'],
  'public-client': ['grant', 'method'],
}

/** The relay of the playground shows every byte of a response, whatever CORS says. */
export const relay = 'relay'

/** What went before in the tab. */
export const before = {
  answers:
    'A request in mode no-cors to this URL was answered: something listens, and its certificate is trusted.',
  metadataRead: 'The metadata of this server was read.',
  metadataUnreadable: 'The metadata of this server could not be read.',
  simpleRead: 'A token request that needs no preflight was answered readably at this URL.',
  preflighted: 'A preflight to this URL passed.',
  refusalRead: 'A refusal of this URL was read.',
  emptyRefusal: 'A POST to this URL without credentials was refused with an empty 401.',
  proofSent: 'This proof was sent in this tab before.',
} as const

/** What an entry says in addition to line and case. A token request read through the relay, unless it says otherwise. */
export type Entry = Omit<
  Expectation,
  'file' | 'line' | 'case' | 'endpoint' | 'origin' | 'cause' | 'offered' | 'notOffered'
> &
  Partial<Pick<Expectation, 'endpoint' | 'origin' | 'offered' | 'notOffered'>> & {
    readonly cause: TokenCause | null
  }

/** Makes the entries of a file. */
export const entriesOf =
  (file: Captured) =>
  (line: number, name: string, entry: Entry): Expectation => ({
    file,
    line,
    case: name,
    endpoint: 'token',
    origin: relay,
    offered: [],
    notOffered: [],
    ...entry,
  })

type UnknownServer = NonNullable<Expectation['unknownServer']>

/** Of an unknown server: its words say in plain English where it stopped, and why. */
export const said = (stage: Stage, cause: TokenCause): UnknownServer => ({
  stage,
  cause,
  certainty: 'likely',
})

/** Of an unknown server: the standard's meaning of the code leaves these stages. */
export const open = (...among: readonly Stage[]): UnknownServer => ({
  stage: 'not known',
  among,
  cause: null,
  certainty: 'possible',
})

/** Of an unknown server: something failed inside it, and nothing tells where. */
export const failed = {
  stage: 'not known',
  cause: 'exception',
  certainty: 'likely',
} as const satisfies UnknownServer

/** A captured refusal that is not in the table, and why. */
export interface Outside extends Pick<Expectation, 'file' | 'line' | 'case'> {
  readonly reason: string
}

/** Refusals that are left out for one reason. */
export const outsideOf =
  (file: Captured) =>
  (reason: string, ...lines: readonly (readonly [line: number, name: string])[]): Outside[] =>
    lines.map(([line, name]) => ({ file, line, case: name, reason }))

/** Lines of a file that another list tells of. */
export const elsewhere = (
  reason: string,
  ...entries: readonly Pick<Expectation, 'file' | 'line' | 'case'>[]
): Outside[] => entries.map(({ file, line, case: name }) => ({ file, line, case: name, reason }))
