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
  relay,
  said,
  type TokenCause,
} from './causes-token.ts'

const outside = outsideOf('keycloak')

/** The origin of the page that asked. */
const page = 'http://localhost:4311'

/** An origin that no client lists. */
const foreign = 'https://evil.example'

/** Read by the page that asked, unless it says otherwise. */
const at = (line: number, name: string, entry: Entry) =>
  entriesOf('keycloak')(line, name, { origin: page, ...entry })

/** The order of this server: https, realm, client, its credentials, origin; then grant, DPoP and scope. */
const authenticated: readonly Stage[] = ['https', 'tenant', 'client', 'secret']
const originPassed: readonly Stage[] = [...authenticated, 'origin']

const notForMethod = ['another client authentication', 'registered for another']

/** "Invalid client or Invalid client credentials" names no stage, whatever the code. */
const openToAll = open('client', 'method', 'secret', 'enabled')

/** These words with unauthorized_client: the ID is known, and the secret is wrong, or the client is one of SAML. */
const secretWrong: Entry = {
  stage: 'secret',
  cause: 'secret-wrong',
  certainty: 'likely',
  passed: ['https', 'tenant', 'client'],
  offered: ['secret', 'Credentials'],
  notOffered: [
    '\\bscope',
    'Allow the grant',
    'Service account',
    'confidential',
    'Web origins',
    ...notForMethod,
  ],
  unknownServer: openToAll,
}

/** The same, and no secret was sent. */
const noSecret: Entry = {
  stage: 'secret',
  cause: 'no-credentials',
  certainty: 'certain',
  passed: ['https', 'tenant', 'client'],
  offered: ['secret'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: { stage: 'secret', cause: 'no-credentials', certainty: 'likely' },
}

/** The same after a Basic header with a `%` or `+` in the secret, which this server form-decodes. */
const rawBasic: Entry = {
  stage: 'secret',
  cause: 'basic-not-form-encoded',
  certainty: 'likely',
  passed: ['https', 'tenant', 'client'],
  offered: ['form-encod|percent|body|client_secret_post'],
  notOffered: ['\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: openToAll,
}

/** "Unexpected error when authenticating client": a `%` in the Basic header begins no escape. */
const undecodableBasic: Entry = {
  stage: 'client',
  cause: 'basic-not-form-encoded',
  certainty: 'certain',
  passed: ['https', 'tenant'],
  offered: ['form-encod|percent|body|client_secret_post'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: openToAll,
}

/** These words with invalid_client, after a secret: the ID is unknown, or the client is off, or authenticates by a certificate. */
const unknownClient: Entry = {
  stage: 'client',
  cause: 'client-unknown',
  certainty: 'likely',
  passed: ['https', 'tenant'],
  offered: ['client', 'realm', 'enabl|disabl'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: openToAll,
}

/** The same, and no client ID was sent. */
const noClientId: Entry = {
  stage: 'client',
  cause: 'client-id-missing',
  certainty: 'certain',
  passed: ['https', 'tenant'],
  offered: ['client'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant'],
  unknownServer: { stage: 'client', cause: 'client-id-missing', certainty: 'likely' },
}

/** "Invalid method used to get client secret", said before the secret is looked at. */
const methodOther = (offered: string): Entry => ({
  stage: 'method',
  cause: 'method-other',
  certainty: 'certain',
  passed: ['https', 'tenant', 'client'],
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: said('method', 'method-other'),
})

/** "Client requires method 'client_secret_basic'": a secret is right, in another place. */
const placeOther = (offered: string): Entry => {
  const entry = methodOther(offered)
  return { ...entry, notOffered: [...(entry.notOffered ?? []), 'Signed JWT'] }
}

/** "Parameter client_assertion_type is missing": the client is one of Signed JWT, and a secret was sent. */
const assertionWanted: Entry = {
  ...methodOther('private_key_jwt|client_secret_jwt|Signed JWT'),
  unknownServer: { stage: 'method', cause: 'method-other', certainty: 'likely' },
}

/** "Client not enabled to retrieve service account". */
const noServiceAccount: Entry = {
  stage: 'grant',
  cause: 'grant-not-allowed',
  certainty: 'certain',
  passed: originPassed,
  offered: ['Service accounts? roles'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('grant', 'grant-not-allowed'),
}

/** "Public client not allowed to retrieve service account", whether a secret was sent or not. */
const publicClient: Entry = {
  stage: 'grant',
  cause: 'public-client',
  certainty: 'certain',
  passed: ['https', 'tenant', 'client', 'origin'],
  offered: ['Client authentication|confidential'],
  notOffered: ['secret again', '\\bscope', ...notForMethod],
  unknownServer: said('grant', 'public-client'),
}

/** "Invalid scopes: ..." lists all that were asked for, the good ones, too. */
const scopeRefused: Entry = {
  stage: 'scope',
  cause: 'scope-refused',
  certainty: 'certain',
  passed: [...originPassed, 'grant'],
  offered: ['Client scopes'],
  notOffered: ['secret', 'Service account', ...notForMethod],
  unknownServer: said('scope', 'scope-refused'),
}

/** A fault of the assertion which the words name, and one claim, header or key mends. */
const assertion = (cause: TokenCause, offered: string, ...notOffered: readonly string[]): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'certain',
  passed: ['https', 'tenant', 'client'],
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', ...notOffered],
  unknownServer: said('assertion', cause),
})

/** The words of an unknown client after an assertion with a fault that the page sees. */
const seenAssertion = (cause: TokenCause, offered: string): Entry => ({
  stage: 'assertion',
  cause,
  certainty: 'likely',
  passed: ['https', 'tenant'],
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'Allow the grant'],
})

/** The same after an assertion in which the page sees no fault: the ID is unknown, or the client has a secret. */
const assertionOfWhom: Entry = {
  stage: 'not known',
  among: ['client', 'method'],
  cause: null,
  certainty: 'likely',
  passed: ['https', 'tenant'],
  offered: ['client', 'Signed JWT|client_secret'],
  notOffered: ['secret again', '\\bscope', '\\baud\\b', 'Allow the grant'],
  unknownServer: open('client', 'method', 'assertion', 'enabled'),
}

/** A fault of the proof which the words name; the code is invalid_request for each. */
const proof = (cause: TokenCause, offered: string): Entry => ({
  stage: 'binding',
  cause,
  certainty: 'certain',
  passed: originPassed,
  offered: [offered],
  notOffered: ['secret', '\\bscope', ...notForMethod],
  unknownServer: said('binding', cause),
})

const proofMissing = proof('proof-missing', 'DPoP|bind')

/** A policy of the realm, looked at after the credentials. */
const policy = (
  cause: 'policy-forbids-method' | 'policy-demands-certificate',
  credentials: 'secret' | 'assertion',
  ...offered: readonly string[]
): Entry => ({
  stage: 'policy',
  cause,
  certainty: 'certain',
  passed: ['https', 'tenant', 'client', credentials],
  offered,
  notOffered: ['secret again', '\\bscope', '\\baud\\b', 'Service account'],
  unknownServer: said('policy', cause),
})

/** "HTTPS required", readable for every origin and said before the client is looked at. */
const httpsRequired: Entry = {
  stage: 'https',
  cause: 'https-required',
  certainty: 'certain',
  offered: ['https'],
  notOffered: ['secret', '\\bscope', ...notForMethod],
  unknownServer: said('https', 'https-required'),
}

/** "Realm does not exist", without CORS: read through the relay, or pasted. */
const realmUnknown: Entry = {
  origin: relay,
  stage: 'tenant',
  cause: 'realm-unknown',
  certainty: 'certain',
  offered: ['realm'],
  notOffered: ['secret', '\\bscope', 'Web origins'],
  unknownServer: said('tenant', 'realm-unknown'),
}

/** "Unable to find matching target resource method": the server has no such path. */
const pathUnknown: Entry = {
  origin: relay,
  stage: 'route',
  cause: 'path-unknown',
  certainty: 'certain',
  offered: ['/auth'],
  notOffered: ['secret', '\\bscope', 'Web origins'],
  unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'likely' },
}

/** A web page from before the server's own code: the base path is another. */
const outsideBasePath: Entry = { ...pathUnknown, certainty: 'likely' }

/** The URL is another one of this server, as its path shows. */
const otherEndpoint: Entry = {
  origin: relay,
  stage: 'route',
  cause: 'other-endpoint',
  certainty: 'certain',
  offered: ['/protocol/openid-connect/token'],
  notOffered: ['secret', '\\bscope', 'Web origins'],
  unknownServer: { stage: 'route', cause: 'other-endpoint', certainty: 'likely' },
}

/** The same without a response, and the metadata names another token endpoint. */
const otherEndpointUnread: Entry = {
  known: { before: [before.metadataRead] },
  stage: 'route',
  cause: 'other-endpoint',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['/protocol/openid-connect/token'],
  notOffered: ['secret', '\\bscope', 'Web origins'],
}

/** "Request path not normalized", without CORS. */
const doubleSlash: Entry = {
  origin: relay,
  stage: 'route',
  cause: 'path-with-double-slash',
  certainty: 'certain',
  offered: ['slash|//'],
  notOffered: ['secret', '\\bscope', 'Web origins'],
  unknownServer: said('route', 'path-with-double-slash'),
}

/** Of an unknown server: the page gets no response, and CORS is the reason that comes to mind. */
const corsRefused = { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' } as const
const preflightRefused = { ...corsRefused, stage: 'preflight' } as const

/**
 * No response, and the metadata of the realm was read. Refused credentials are readable for every origin, and so are
 * https and a realm that is off: what is left are the client's Web origins.
 */
const notListed: Entry = {
  known: { before: [before.metadataRead] },
  stage: 'origin',
  cause: 'cors-origin-not-listed',
  certainty: 'likely',
  passed: ['reach', 'tls', 'tenant'],
  offered: ['Web origins', 'relay'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'Service account'],
  unknownServer: corsRefused,
}

/** The same after a preflight to this URL, which passes in every realm that exists. */
const notListedAfterPreflight: Entry = {
  ...notListed,
  known: { before: [before.preflighted] },
  unknownServer: failed,
}

/** "Invalid origin", pasted: said once the client is authenticated. */
const invalidOrigin: Entry = {
  ...notListed,
  known: { pasted: 'HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{"error":"Invalid origin"}' },
  certainty: 'certain',
  passed: ['reach', 'tls', ...authenticated],
  offered: ['Web origins'],
  unknownServer: said('origin', 'cors-origin-not-listed'),
}

/** No response, something listens, and the path is one of this server's: realm, base path or Web origins. */
const unread: Entry = {
  known: { before: [before.answers] },
  stage: 'not known',
  among: ['tenant', 'route', 'origin'],
  cause: null,
  certainty: 'possible',
  passed: ['reach', 'tls'],
  offered: ['realm', 'Web origins'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: corsRefused,
}

/** The same, and the metadata, which a realm shows to everybody, could not be read either. */
const realmOrPath: Entry = {
  known: { before: [before.answers, before.metadataUnreadable] },
  stage: 'not known',
  among: ['tenant', 'route'],
  cause: null,
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['realm', '/auth'],
  notOffered: ['secret again', '\\bscope', 'Web origins'],
  unknownServer: corsRefused,
}

const realmOrPathOfMetadata: Entry = {
  ...realmOrPath,
  endpoint: 'metadata',
  known: { before: [before.answers] },
  unknownServer: { stage: 'not known', cause: 'cors-origin-refused', certainty: 'likely' },
}

/** The well-known path at a place that this server does not use. */
const metadataElsewhere = (offered: string): Entry => ({
  endpoint: 'metadata',
  known: { before: [before.answers] },
  stage: 'route',
  cause: 'metadata-elsewhere',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: [offered],
  notOffered: ['secret', '\\bscope', 'Web origins'],
})

/** A token was read at this host. Introspection has no CORS for anybody, whatever it says. */
const introspectionLeftOut = (stage: 'origin' | 'preflight'): Entry => ({
  endpoint: 'introspection',
  known: { before: [before.metadataRead, before.simpleRead] },
  stage,
  cause: 'introspection-without-cors',
  certainty: 'likely',
  passed: ['reach', 'tls'],
  offered: ['relay', 'curl|terminal'],
  notOffered: ['Web origins', 'in the body', 'secret again'],
})

const noToken: Entry = {
  stage: 'token',
  cause: 'token-parameter-missing',
  certainty: 'certain',
  offered: ['token'],
  notOffered: ['secret'],
  unknownServer: said('token', 'token-parameter-missing'),
}

/** "Unmatching clients". */
const ofAnotherClient: Entry = {
  endpoint: 'revocation',
  stage: 'owner',
  cause: 'token-of-another-client',
  certainty: 'certain',
  passed: originPassed,
  offered: ['client'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: said('owner', 'token-of-another-client'),
}

/** A registration with a token that is unreadable: the token is wrong, or its Web origins are. */
const registrationUnread: Entry = {
  endpoint: 'registration',
  known: { before: [before.metadataRead, before.preflighted] },
  stage: 'not known',
  among: ['token', 'origin'],
  cause: null,
  certainty: 'likely',
  passed: ['reach', 'tls', 'tenant'],
  offered: ['initial access token', 'Web origins'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: failed,
}

/** What a line of the server's log makes certain, known server or not: copied out of a terminal, and shortened. */
const logged = (
  stage: 'client' | 'secret' | 'scope',
  cause: TokenCause,
  offered: readonly string[],
  line: string,
): Entry => ({
  known: { pasted: `WARN  [org.keycloak.events] type="CLIENT_LOGIN_ERROR", ${line}` },
  stage,
  cause,
  certainty: 'certain',
  passed: stage === 'client' ? [] : ['client'],
  offered,
  notOffered: ['Allow the grant', 'Service account', ...(stage === 'scope' ? ['secret'] : ['\\bscope'])],
})

/** What the real Keycloak refuses, and why. The pair of code and words decides. */
export const keycloak: readonly Expectation[] = [
  // The secret: unauthorized_client with the words of an unknown client.
  at(8, 'wrong secret, client_secret_post', secretWrong),
  at(
    8,
    'wrong secret, client_secret_post',
    logged('secret', 'secret-wrong', ['secret'], 'clientId="m2m", error="invalid_client_credentials"'),
  ),
  at(9, 'wrong secret, client_secret_basic', secretWrong),
  at(169, 'basic wrong, client_id in body', secretWrong),
  at(235, 'order: wrong secret + scope unknown', secretWrong),
  // No page can tell a client of SAML.
  at(19, 'saml client', secretWrong),
  // Refused credentials are readable for every origin.
  at(53, 'CORS wo-none: wrong secret', secretWrong),
  at(55, 'CORS wo-plus: wrong secret', secretWrong),
  at(58, 'CORS wo-plus-star: wrong secret', secretWrong),
  at(60, 'CORS wo-star: wrong secret', secretWrong),
  at(63, 'CORS wo-slash: wrong secret', secretWrong),
  at(66, 'CORS wo-other: wrong secret', secretWrong),
  at(69, 'CORS wo-127: wrong secret', secretWrong),
  at(71, 'CORS no-std: wrong secret', secretWrong),
  at(74, 'CORS no-std-none: wrong secret', secretWrong),
  at(76, 'CORS std-api: wrong secret', secretWrong),
  at(81, 'CORS foreign origin, wrong secret', { ...secretWrong, origin: foreign }),
  at(197, '26.5.6: foreign origin, wrong secret', { ...secretWrong, origin: foreign }),
  at(216, '26.4.0: foreign origin, wrong secret', { ...secretWrong, origin: foreign }),
  at(198, '26.5.6: wrong secret', secretWrong),
  at(217, '26.4.0: wrong secret', secretWrong),
  // The fifth time as the first: clients are not counted.
  at(162, 'brute force: wrong secret 1', secretWrong),
  at(163, 'brute force: wrong secret 2', secretWrong),
  at(164, 'brute force: wrong secret 3', secretWrong),
  at(165, 'brute force: wrong secret 4', secretWrong),
  at(166, 'brute force: wrong secret 5', secretWrong),
  // The secret is looked at before the policy.
  at(186, 'fapi-2-security-profile: wrong secret', secretWrong),
  at(188, 'fapi-2-dpop-security-profile: wrong secret', secretWrong),
  at(192, 'fapi-1-advanced: wrong secret', secretWrong),
  at(172, 'secret with trailing space', {
    ...secretWrong,
    cause: 'secret-with-space',
    offered: ['space|blank'],
    unknownServer: { stage: 'secret', cause: 'secret-with-space', certainty: 'likely' },
  }),
  at(12, 'no secret, post', noSecret),
  at(170, 'basic empty secret', noSecret),
  at(171, 'client_secret empty', noSecret),
  // The header is right, and the body wins.
  at(30, 'header and body at once, body wrong', {
    stage: 'method',
    cause: 'two-credentials',
    certainty: 'likely',
    passed: ['https', 'tenant', 'client'],
    offered: ['one|body'],
    notOffered: ['\\bscope', 'Allow the grant', 'Service account'],
  }),
  // The body names another client, for which the secret of the header is wrong.
  at(31, 'header and body, other client_id in body', {
    stage: 'secret',
    cause: 'client-ids-differ',
    certainty: 'likely',
    passed: ['https', 'tenant', 'client'],
    offered: ['client_id|client ID'],
    notOffered: ['\\bscope', 'Allow the grant', 'Service account'],
  }),
  at(36, 'secret a%20b, raw Basic', rawBasic),
  at(37, 'secret a+b, raw Basic', rawBasic),
  at(206, '26.5.6: raw Basic a+b', rawBasic),
  at(207, '26.5.6: raw Basic a%20b', rawBasic),
  at(225, '26.4.0: raw Basic a+b', rawBasic),
  at(226, '26.4.0: raw Basic a%20b', rawBasic),
  at(35, 'special secret, raw Basic', undecodableBasic),
  at(38, 'special id, raw Basic', undecodableBasic),
  at(205, '26.5.6: raw Basic with a percent', undecodableBasic),
  at(224, '26.4.0: raw Basic with a percent', undecodableBasic),

  // The client: invalid_client with the same words.
  at(10, 'unknown client, post', unknownClient),
  at(
    10,
    'unknown client, post',
    logged('client', 'client-unknown', ['client', 'realm'], 'clientId="nobody", error="client_not_found"'),
  ),
  at(11, 'unknown client, basic', unknownClient),
  at(174, 'client_id in other case', unknownClient),
  at(176, 'internal client UUID as client_id', unknownClient),
  // The proof is not looked at.
  at(161, 'DPoP wrong secret with a proof', unknownClient),
  at(199, '26.5.6: unknown client', unknownClient),
  at(218, '26.4.0: unknown client', unknownClient),
  at(82, 'CORS foreign origin, unknown client', { ...unknownClient, origin: foreign }),
  // A disabled client is called unknown, and so is one that authenticates by a certificate.
  at(17, 'disabled client', unknownClient),
  at(237, 'order: foreign origin + disabled client', { ...unknownClient, origin: foreign }),
  at(39, 'X509 client with a secret', unknownClient),
  at(173, 'client_id with trailing space', {
    ...unknownClient,
    cause: 'client-id-with-space',
    offered: ['space|blank'],
    unknownServer: { stage: 'client', cause: 'client-id-with-space', certainty: 'likely' },
  }),
  at(13, 'no credentials at all', noClientId),
  at(175, 'no client_id, right secret', noClientId),
  at(18, 'bearer-only client', {
    stage: 'enabled',
    cause: 'bearer-only-client',
    certainty: 'certain',
    passed: ['https', 'tenant', 'client'],
    offered: ['bearer-only|another client|Client authentication'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('enabled', 'bearer-only-client'),
  }),
  at(177, 'allowed method client_secret_basic: by post', placeOther('Basic|client_secret_basic')),
  at(178, 'allowed method client_secret_post: by Basic', placeOther('body|client_secret_post')),
  at(40, 'signed JWT client with a secret', assertionWanted),
  at(41, 'client-secret-jwt client with a secret', assertionWanted),

  // What the client may do.
  at(14, 'no service account', noServiceAccount),
  at(200, '26.5.6: no service account', noServiceAccount),
  at(219, '26.4.0: no service account', noServiceAccount),
  // The scope was not looked at.
  at(233, 'order: no service account + scope unknown', noServiceAccount),
  at(15, 'public client, with secret', publicClient),
  at(16, 'public client, no secret', publicClient),
  at(167, 'service account user disabled', {
    stage: 'user',
    cause: 'service-account-disabled',
    certainty: 'certain',
    passed: originPassed,
    offered: ['user'],
    notOffered: ['secret again', '\\bscope', ...notForMethod],
    unknownServer: said('user', 'service-account-disabled'),
  }),
  at(2, 'scope not assigned (known in realm)', scopeRefused),
  at(3, 'scope unknown', scopeRefused),
  at(4, 'scope known and unknown', scopeRefused),
  at(7, 'scope malformed', scopeRefused),
  at(56, 'CORS wo-plus: invalid scope', scopeRefused),
  at(61, 'CORS wo-star: invalid scope', scopeRefused),
  at(72, 'CORS no-std: invalid scope', scopeRefused),
  at(77, 'CORS std-api: invalid scope', scopeRefused),
  at(182, 'scope organization:nope', scopeRefused),
  at(202, '26.5.6: scope unknown', scopeRefused),
  at(221, '26.4.0: scope unknown', scopeRefused),
  at(6, 'scope with comma', { ...scopeRefused, offered: ['space|comma'] }),
  at(5, 'scope empty', {
    ...scopeRefused,
    cause: 'scope-empty',
    offered: ['leave|left out|without|empty|remove'],
    unknownServer: { stage: 'scope', cause: 'scope-empty', certainty: 'likely' },
  }),
  at(
    183,
    'fapi-2-security-profile: client secret',
    policy('policy-forbids-method', 'secret', 'private_key_jwt|polic'),
  ),
  at(
    187,
    'fapi-2-dpop-security-profile: client secret',
    policy('policy-forbids-method', 'secret', 'private_key_jwt|polic'),
  ),
  at(
    189,
    'fapi-1-advanced: client secret',
    policy('policy-forbids-method', 'secret', 'private_key_jwt|polic'),
  ),
  at(
    184,
    'fapi-2-security-profile: private_key_jwt',
    policy('policy-demands-certificate', 'assertion', 'certificate|polic'),
  ),
  // A proof is no certificate.
  at(
    185,
    'fapi-2-security-profile: private_key_jwt and DPoP',
    policy('policy-demands-certificate', 'assertion', 'certificate|polic'),
  ),
  at(
    190,
    'fapi-1-advanced: private_key_jwt',
    policy('policy-demands-certificate', 'assertion', 'certificate|polic'),
  ),
  at(
    191,
    'fapi-1-advanced: private_key_jwt and DPoP',
    policy('policy-demands-certificate', 'assertion', 'certificate|polic'),
  ),

  // The client assertion.
  at(108, 'pkjwt: aud list issuer+token', assertion('assertion-two-audiences', '\\baud\\b|issuer')),
  at(109, 'pkjwt: aud wrong', assertion('assertion-audience', 'issuer|token endpoint')),
  at(110, 'pkjwt: aud issuer slash', assertion('assertion-audience', 'issuer|token endpoint')),
  at(141, 'csjwt: aud wrong', assertion('assertion-audience', 'issuer|token endpoint')),
  // A wrong audience is said of an aud that is not there.
  at(111, 'pkjwt: no aud', assertion('assertion-claim-missing', '\\baud\\b')),
  at(120, 'pkjwt: no exp', assertion('assertion-claim-missing', '\\bexp\\b', '\\baud\\b')),
  at(123, 'pkjwt: no jti', assertion('assertion-claim-missing', '\\bjti\\b', '\\baud\\b')),
  at(142, 'csjwt: no jti', assertion('assertion-claim-missing', '\\bjti\\b', '\\baud\\b')),
  at(115, 'pkjwt: key not registered, kid right', assertion('assertion-signature', 'key', '\\baud\\b')),
  // The key is registered for RS256.
  at(112, 'pkjwt: PS256', assertion('assertion-signature', 'key', '\\baud\\b')),
  at(113, 'pkjwt: RS512', assertion('assertion-signature', 'key', '\\baud\\b')),
  // unauthorized_client: signed with a wrong secret.
  at(139, 'csjwt: wrong secret', {
    ...assertion('assertion-signature', 'secret'),
    notOffered: ['\\bscope', 'Allow the grant', '\\baud\\b', 'Service account'],
  }),
  at(114, 'pkjwt: kid unknown', assertion('assertion-key-unknown', 'key|kid', '\\baud\\b')),
  at(246, 'pkjwt-url: unknown kid', assertion('assertion-key-unknown', 'key|kid', '\\baud\\b')),
  // The client has no keys at all; the words are the same.
  at(132, 'pkjwt: client without keys', assertion('assertion-key-unknown', 'key|kid', '\\baud\\b')),
  at(
    133,
    'pkjwt: client jwks url unreachable',
    assertion('assertion-keys-unreachable', 'JWKS URL|jwks', '\\baud\\b'),
  ),
  at(
    247,
    'pkjwt-url: JWKS URL refuses the connection',
    assertion('assertion-keys-unreachable', 'JWKS URL|jwks', '\\baud\\b'),
  ),
  // The algorithm is called invalid, and there is none.
  at(116, 'pkjwt: alg none', {
    ...assertion('assertion-alg-none', 'sign|alg', '\\baud\\b'),
    unknownServer: { stage: 'assertion', cause: 'assertion-alg-none', certainty: 'likely' },
  }),
  at(
    117,
    'pkjwt: HS256 with secret',
    assertion('assertion-algorithm', 'algorithm|RS256|ES256|private_key_jwt', '\\baud\\b'),
  ),
  at(
    134,
    'pkjwt-es: registered for ES256, sent RS256',
    assertion('assertion-algorithm', 'algorithm|RS256|ES256', '\\baud\\b'),
  ),
  at(
    118,
    'pkjwt: expired',
    assertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion', '\\baud\\b'),
  ),
  // There is no leeway.
  at(
    119,
    'pkjwt: expired 10 s ago',
    assertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion', '\\baud\\b'),
  ),
  at(
    140,
    'csjwt: expired',
    assertion('assertion-expired', '\\bexp\\b|clock|lifetime|new assertion', '\\baud\\b'),
  ),
  // The words of an expired one, and nbf is ahead.
  at(122, 'pkjwt: nbf in the future', assertion('assertion-not-yet-valid', '\\bnbf\\b|clock', '\\baud\\b')),
  at(121, 'pkjwt: iat in the future', assertion('assertion-not-yet-valid', '\\biat\\b|clock', '\\baud\\b')),
  at(
    124,
    'pkjwt: replay of a jti',
    assertion('assertion-replayed', '\\bjti\\b|new assertion|again', '\\baud\\b'),
  ),
  at(137, 'assertion missing', {
    ...assertion('assertion-missing', 'assertion'),
    passed: ['https', 'tenant'],
  }),
  at(138, 'assertion no JWT', {
    ...assertion('assertion-malformed', 'assertion|JWT'),
    passed: ['https', 'tenant'],
  }),
  at(125, 'pkjwt: iss other', seenAssertion('assertion-issuer', '\\biss\\b')),
  at(126, 'pkjwt: sub other', seenAssertion('assertion-issuer', '\\bsub\\b')),
  at(127, 'pkjwt: no sub', seenAssertion('assertion-claim-missing', '\\bsub\\b')),
  at(128, 'pkjwt: no iss', seenAssertion('assertion-claim-missing', '\\biss\\b')),
  at(135, 'assertion type wrong', seenAssertion('assertion-type', 'client_assertion_type|jwt-bearer')),
  // unauthorized_client: the ID in the body is known.
  at(131, 'pkjwt: other client_id in body', {
    ...seenAssertion('assertion-issuer', '\\biss\\b|client'),
    passed: ['https', 'tenant', 'client'],
  }),
  at(129, 'pkjwt: unknown client', assertionOfWhom),
  at(130, 'pkjwt: client with a secret', assertionOfWhom),

  // DPoP.
  at(143, 'DPoP client on, no proof', proofMissing),
  at(107, 'variant dpop', proofMissing),
  at(204, '26.5.6: DPoP required', proofMissing),
  at(223, '26.4.0: DPoP required', proofMissing),
  // The scope was not looked at.
  at(234, 'order: DPoP required + scope unknown', proofMissing),
  at(144, 'DPoP typ wrong', proof('proof-typ', 'typ|dpop\\+jwt')),
  at(145, 'DPoP alg none', proof('proof-algorithm', 'alg|ES256|sign')),
  at(160, 'DPoP HS256', proof('proof-algorithm', 'alg|ES256|RS256')),
  at(146, 'DPoP no jwk', proof('proof-key-missing', 'jwk|key')),
  at(147, 'DPoP htm GET', proof('proof-htm', 'htm')),
  at(148, 'DPoP htu wrong', proof('proof-htu', 'htu')),
  at(149, 'DPoP htu https', proof('proof-htu', 'htu')),
  at(150, 'DPoP htu 127.0.0.1', proof('proof-htu', 'htu')),
  at(151, 'DPoP htu trailing slash', proof('proof-htu', 'htu')),
  at(152, 'DPoP iat old 60', proof('proof-iat', '\\biat\\b|clock')),
  at(153, 'DPoP iat ahead 30', proof('proof-iat', '\\biat\\b|clock')),
  at(154, 'DPoP no iat', proof('proof-claim-missing', '\\biat\\b')),
  at(155, 'DPoP no jti', proof('proof-claim-missing', '\\bjti\\b')),
  at(156, 'DPoP replay', proof('proof-replayed', 'new proof|again|\\bjti\\b')),
  at(157, 'DPoP garbage', proof('proof-malformed', 'proof|DPoP')),
  at(158, 'DPoP wrong signature', proof('proof-signature', 'sign|key')),

  // https and the realm.
  at(45, 'sslRequired all, over http', httpsRequired),
  // A proxy that says nothing of https is in front.
  at(251, 'sslRequired external, X-Forwarded-For from outside', httpsRequired),
  at(90, 'discovery, ssl-all realm over http', { ...httpsRequired, endpoint: 'metadata' }),
  at(252, 'sslRequired external, discovery from outside', { ...httpsRequired, endpoint: 'metadata' }),
  at(44, 'realm disabled', {
    stage: 'tenant',
    cause: 'realm-disabled',
    certainty: 'certain',
    passed: ['https'],
    offered: ['realm'],
    notOffered: ['secret again', '\\bscope', 'Service account', ...notForMethod],
    unknownServer: said('tenant', 'realm-disabled'),
  }),
  at(42, 'wrong realm', realmUnknown),
  at(42, 'wrong realm', {
    ...realmUnknown,
    origin: page,
    known: {
      pasted: 'HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{"error":"Realm does not exist"}',
    },
  }),
  at(42, 'wrong realm', unread),
  at(42, 'wrong realm', realmOrPath),
  at(43, 'realm case', { ...realmUnknown, offered: ['case|capital|lower'] }),
  at(43, 'realm case', realmOrPath),
  at(210, '26.5.6: wrong realm', realmUnknown),
  at(210, '26.5.6: wrong realm', realmOrPath),
  at(229, '26.4.0: wrong realm', realmUnknown),
  at(229, '26.4.0: wrong realm', realmOrPath),
  // A preflight passes in every realm that exists, whatever the Web origins.
  at(85, 'preflight unknown realm', { ...unread, unknownServer: preflightRefused }),
  at(85, 'preflight unknown realm', { ...realmOrPath, unknownServer: preflightRefused }),

  // Paths.
  at(46, 'old path /auth/realms', pathUnknown),
  at(46, 'old path /auth/realms', realmOrPath),
  at(86, 'preflight old /auth path', { ...realmOrPath, unknownServer: preflightRefused }),
  at(248, 'relative path /auth: token without /auth', outsideBasePath),
  at(248, 'relative path /auth: token without /auth', realmOrPath),
  at(47, 'double slash', doubleSlash),
  at(47, 'double slash', {
    ...doubleSlash,
    origin: page,
    known: { before: [before.answers] },
    certainty: 'likely',
    passed: ['reach', 'tls'],
    unknownServer: corsRefused,
  }),
  at(47, 'double slash', {
    ...doubleSlash,
    origin: page,
    known: {
      pasted:
        'HTTP/1.1 400 Bad Request\nContent-Type: application/json; charset=UTF-8\n\n{"error":"missingNormalization","error_description":"Request path not normalized"}',
    },
  }),
  at(211, '26.5.6: double slash', doubleSlash),
  at(48, 'endpoint root of realm', { ...otherEndpoint, unknownServer: open('route', 'http-method') }),
  at(48, 'endpoint root of realm', otherEndpointUnread),
  at(49, 'authorization endpoint', otherEndpoint),
  at(49, 'authorization endpoint', otherEndpointUnread),
  at(50, 'introspection endpoint as token endpoint', otherEndpoint),
  at(50, 'introspection endpoint as token endpoint', otherEndpointUnread),
  at(51, 'discovery URL as token endpoint', otherEndpoint),
  at(51, 'discovery URL as token endpoint', otherEndpointUnread),
  at(87, 'discovery openid-configuration, inserted', {
    ...pathUnknown,
    endpoint: 'metadata',
    cause: 'metadata-elsewhere',
    offered: ['/realms/lab/\\.well-known|append'],
  }),
  at(87, 'discovery openid-configuration, inserted', metadataElsewhere('/realms/lab/\\.well-known|append')),
  at(88, 'discovery at root', {
    ...realmUnknown,
    endpoint: 'metadata',
    cause: 'realm-missing',
    offered: ['/realms/'],
    unknownServer: { stage: 'route', cause: 'path-unknown', certainty: 'likely' },
  }),
  at(88, 'discovery at root', {
    ...realmUnknown,
    endpoint: 'metadata',
    origin: page,
    known: { before: [before.answers] },
    cause: 'realm-missing',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['/realms/'],
    unknownServer: { stage: 'not known', cause: 'cors-origin-refused', certainty: 'likely' },
  }),
  at(89, 'discovery, unknown realm', { ...realmUnknown, endpoint: 'metadata' }),
  at(89, 'discovery, unknown realm', realmOrPathOfMetadata),
  at(91, 'discovery, /auth', { ...pathUnknown, endpoint: 'metadata' }),
  at(91, 'discovery, /auth', realmOrPathOfMetadata),
  at(249, 'relative path /auth: discovery without /auth', { ...outsideBasePath, endpoint: 'metadata' }),
  at(249, 'relative path /auth: discovery without /auth', realmOrPathOfMetadata),
  at(
    250,
    'relative path /auth: discovery inserted',
    metadataElsewhere('/auth/realms/lab/\\.well-known|/auth/\\.well-known|append'),
  ),

  // Web origins: 403 without CORS once the client is authenticated.
  at(52, 'CORS wo-none: success', notListed),
  at(52, 'CORS wo-none: success', notListedAfterPreflight),
  at(52, 'CORS wo-none: success', invalidOrigin),
  at(52, 'CORS wo-none: success', unread),
  at(54, 'CORS wo-none: invalid scope', notListed),
  at(57, 'CORS wo-plus-star: success', notListed),
  at(59, 'CORS wo-plus-star: invalid scope', notListed),
  at(62, 'CORS wo-slash: success', notListed),
  at(64, 'CORS wo-slash: invalid scope', notListed),
  at(65, 'CORS wo-other: success', notListed),
  at(67, 'CORS wo-other: invalid scope', notListed),
  at(68, 'CORS wo-127: success', notListed),
  at(70, 'CORS wo-127: invalid scope', notListed),
  at(73, 'CORS no-std-none: success', notListed),
  at(73, 'CORS no-std-none: success', {
    ...notListedAfterPreflight,
    known: { before: [before.metadataRead, before.preflighted] },
  }),
  at(75, 'CORS no-std-none: invalid scope', notListed),
  at(240, 'CORS Web origin with a port wildcard', notListed),
  at(241, 'CORS Web origin without scheme', notListed),
  at(242, 'CORS Web origin in upper case', notListed),
  at(243, 'CORS Web origin /* (as the console writes it)', notListed),
  at(243, 'CORS Web origin /* (as the console writes it)', notListedAfterPreflight),
  at(244, 'CORS Web origin with /*', notListed),
  at(245, 'CORS root URL only', notListed),
  at(78, 'CORS Origin null', { ...notListed, origin: 'null' }),
  at(80, 'CORS foreign origin, exact', { ...notListed, origin: foreign }),
  at(80, 'CORS foreign origin, exact', { ...invalidOrigin, origin: foreign }),
  at(238, 'order: foreign origin + duplicate scope', { ...notListed, origin: foreign }),
  // Service account, DPoP and scope were not looked at.
  at(83, 'CORS foreign origin, no service account', { ...notListed, origin: foreign }),
  at(230, 'order: foreign origin + no service account', { ...notListed, origin: foreign }),
  at(231, 'order: foreign origin + DPoP required', { ...notListed, origin: foreign }),
  at(232, 'order: foreign origin + scope unknown', { ...notListed, origin: foreign }),
  // A public client comes as far without a secret.
  at(236, 'order: foreign origin + public client', { ...notListed, origin: foreign }),

  // Up to 26.5 the response is unreadable, whatever it is: a token, no service account, a scope.
  at(193, '26.5.6: no-std, web origins none', notListed),
  at(194, '26.5.6: web origins none', notListed),
  at(194, '26.5.6: web origins none', notListedAfterPreflight),
  at(194, '26.5.6: web origins none', unread),
  at(195, '26.5.6: web origins other', notListed),
  at(196, '26.5.6: web origins with slash', notListed),
  at(212, '26.4.0: no-std, web origins none', notListed),
  at(213, '26.4.0: web origins none', notListed),
  at(214, '26.4.0: web origins other', notListed),
  at(215, '26.4.0: web origins with slash', notListed),
  at(201, '26.5.6: no service account, web origins none', { ...notListed, origin: foreign }),
  at(220, '26.4.0: no service account, web origins none', { ...notListed, origin: foreign }),
  at(203, '26.5.6: scope unknown, web origins none', notListed),
  // The log tells what stopped it besides.
  at(
    203,
    '26.5.6: scope unknown, web origins none',
    logged(
      'scope',
      'scope-refused',
      ['Client scopes'],
      'clientId="wo-none", error="invalid_request", reason="Invalid scopes: nope"',
    ),
  ),
  at(222, '26.4.0: scope unknown, web origins none', notListed),

  // Introspection: no CORS, and words of its own for a wrong secret.
  at(84, 'preflight introspect', introspectionLeftOut('preflight')),
  at(209, '26.5.6: introspect preflight', introspectionLeftOut('preflight')),
  at(228, '26.4.0: introspect preflight', introspectionLeftOut('preflight')),
  at(92, 'introspect by itself', introspectionLeftOut('origin')),
  at(93, 'introspect Basic', introspectionLeftOut('preflight')),
  at(208, '26.5.6: introspect by itself', introspectionLeftOut('origin')),
  at(227, '26.4.0: introspect by itself', introspectionLeftOut('origin')),
  at(94, 'introspect, wrong secret', introspectionLeftOut('origin')),
  at(94, 'introspect, wrong secret', { ...secretWrong, endpoint: 'introspection', origin: relay }),
  at(95, 'introspect, unknown client', introspectionLeftOut('origin')),
  at(95, 'introspect, unknown client', { ...unknownClient, endpoint: 'introspection', origin: relay }),
  at(96, 'introspect, public client', introspectionLeftOut('origin')),
  at(96, 'introspect, public client', {
    endpoint: 'introspection',
    origin: relay,
    stage: 'enabled',
    cause: 'endpoint-permission-missing',
    certainty: 'certain',
    passed: ['client'],
    offered: ['Client authentication|confidential|secret|another client'],
    notOffered: ['secret again', '\\bscope', 'Web origins'],
    unknownServer: said('enabled', 'endpoint-permission-missing'),
  }),
  at(97, 'introspect, no credentials', { ...noClientId, endpoint: 'introspection', origin: relay }),
  at(99, 'introspect, no token', introspectionLeftOut('origin')),
  at(99, 'introspect, no token', { ...noToken, endpoint: 'introspection', origin: relay }),

  // Revocation, with CORS as at the token endpoint.
  at(103, 'revoke, wrong secret', { ...secretWrong, endpoint: 'revocation' }),
  at(102, 'revoke, no token', { ...noToken, endpoint: 'revocation' }),
  // 200, and an error in the body.
  at(101, 'revoke, garbage', {
    endpoint: 'revocation',
    stage: 'token',
    cause: 'token-unknown',
    certainty: 'certain',
    passed: originPassed,
    offered: ['token'],
    notOffered: ['secret', '\\bscope'],
    unknownServer: said('token', 'token-unknown'),
  }),
  at(100, 'revoke by another client', ofAnotherClient),
  at(105, 'revoke as public client', { ...ofAnotherClient, passed: ['https', 'tenant', 'client', 'origin'] }),
  at(106, 'revoke, client wo-none', { ...notListed, endpoint: 'revocation' }),
  at(106, 'revoke, client wo-none', { ...invalidOrigin, endpoint: 'revocation' }),
  at(104, 'revoke, foreign origin', { ...notListed, endpoint: 'revocation', origin: foreign }),

  // Registration: it wants an initial access token, which has Web origins of its own.
  at(179, 'registration, anonymous', {
    endpoint: 'registration',
    known: { before: [before.metadataRead, before.preflighted] },
    stage: 'origin',
    cause: 'cors-origin-not-listed',
    certainty: 'likely',
    passed: ['reach', 'tls', 'tenant'],
    offered: ['initial access token'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: failed,
  }),
  at(180, 'registration, initial access token without web origins', registrationUnread),
  at(180, 'registration, initial access token without web origins', {
    ...invalidOrigin,
    endpoint: 'registration',
    passed: ['reach', 'tls'],
    offered: ['initial access token|Web origins'],
  }),
  at(181, 'registration, wrong token', registrationUnread),
  at(181, 'registration, wrong token', {
    endpoint: 'registration',
    origin: relay,
    stage: 'token',
    cause: 'registration-token-invalid',
    certainty: 'certain',
    offered: ['initial access token'],
    notOffered: ['secret again', '\\bscope'],
    unknownServer: said('token', 'registration-token-invalid'),
  }),
]

/** Captured, and nothing that this page sends. */
export const keycloakOutside: readonly Outside[] = [
  ...outside(
    'The page sends grant_type=client_credentials, once, in a form.',
    [20, 'no grant_type'],
    [21, 'unknown grant_type'],
    [22, 'grant_type twice'],
    [24, 'JSON body'],
    [25, 'no content type'],
    [26, 'empty body'],
  ),
  ...outside('The page sends scope once.', [23, 'scope twice'], [239, 'order: foreign origin + scope twice']),
  ...outside(
    'The page writes a whole Basic header, and no other scheme, at the token endpoint and introspection.',
    [32, 'basic not base64'],
    [33, 'basic without colon'],
    [168, 'basic not base64, client_id in body'],
    [34, 'Bearer at the token endpoint'],
    [98, 'introspect, Bearer header'],
  ),
  ...outside(
    'The page sends ID and secret in the header or the body.',
    [29, 'credentials in the query of a POST'],
    [28, 'GET with all in query'],
  ),
  ...outside(
    'A GET at the token endpoint is 405 without CORS here, whoever asks: it tells nothing of the POST.',
    [27, 'GET at the token endpoint'],
  ),
  ...outside('The page sends client_assertion_type with every assertion.', [136, 'assertion type missing']),
  ...outside('The page sends one proof.', [159, 'DPoP two proofs']),
  ...outside('A browser writes its origin in lower case.', [79, 'CORS Origin upper case']),
]
