import {
  audiences,
  isUnsigned,
  jwtBearer,
  missingClaims,
  triesAssertion,
} from '../../why/refusal/causes/assertion-facts.ts'
import type { CauseId } from '../../why/refusal/causes.ts'
import type { Row } from '../../why/refusal/record.ts'
import { isDecodedOtherwise, sendsSecret } from '../../why/refusal/facts/credentials.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { claim } from '../../why/refusal/facts/sent.ts'

const row = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  says,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

/** One sentence for a dozen faults: the code tells whether the client was found. */
const invalidClient = /^Invalid client or Invalid client credentials/
const known = { code: 'unauthorized_client' } as const
const unknown = { code: 'invalid_client' } as const

/** In a realm, and not its token endpoint. */
const isOtherEndpoint = ({ endpoint, sent: { url } }: Facts): boolean =>
  endpoint === 'token' &&
  /\/realms\/[^/]+/.test(url.pathname) &&
  !url.pathname.endsWith('/protocol/openid-connect/token')

/** Before the client is looked at: readable for every origin, or through the relay. */
const way: readonly Row[] = [
  row(/HTTPS required/, 'https-required'),
  row(/Realm not enabled/, 'realm-disabled', { passed: ['https'] }),
  row(/Realm does not exist/, 'realm-unknown'),
  row(/Unable to find matching target resource method/, 'path-unknown'),
  row(/Request path not normalized/, 'path-with-double-slash', {
    when: ({ sent: { url } }) => url.pathname.includes('//'),
  }),
  row(/HTTP 405 Method Not Allowed|Token not provided|Client authentication failed|<html/, 'other-endpoint', {
    when: isOtherEndpoint,
  }),
  { when: isOtherEndpoint, causes: ['other-endpoint'], certainty: 'likely' },
  row(/HTTP 405 Method Not Allowed/, 'http-method'),
]

/** The body is looked at first, and names another client than the header. */
const namesTwoClients = ({ config, sent: { places, parameters } }: Facts): boolean =>
  places.includes('header') && (parameters.get('client_id') ?? config.client_id) !== config.client_id

/** The pair of code and words decides. */
const credentials: readonly Row[] = [
  row(invalidClient, 'client-ids-differ', { certainty: 'likely', when: namesTwoClients }),
  row(invalidClient, 'two-credentials', {
    ...known,
    certainty: 'likely',
    when: ({ sent: { places } }) => places.includes('header') && places.includes('body'),
    passed: ['client'],
  }),
  // The body names another client than the assertion.
  row(invalidClient, 'assertion-issuer', { ...known, certainty: 'likely', when: triesAssertion }),
  row(invalidClient, 'no-credentials', {
    ...known,
    when: (facts) => !sendsSecret(facts),
    passed: ['client'],
  }),
  row(invalidClient, 'basic-not-form-encoded', {
    ...known,
    when: isDecodedOtherwise,
    certainty: 'likely',
    stage: 'secret',
    passed: ['client'],
  }),
  row(invalidClient, 'secret-wrong', { ...known, certainty: 'likely', passed: ['client'] }),
  row(invalidClient, 'client-id-missing', {
    ...unknown,
    when: ({ config: { client_id }, sent: { assertion } }) => client_id === '' && assertion === null,
  }),
  row(invalidClient, 'assertion-type', {
    ...unknown,
    certainty: 'likely',
    when: ({ sent: { assertion, parameters } }) =>
      assertion !== null && parameters.get('client_assertion_type') !== jwtBearer,
  }),
  // An assertion whose iss and sub are missing, or not the same.
  row(invalidClient, 'assertion-claim-missing', {
    ...unknown,
    certainty: 'likely',
    when: (facts) => triesAssertion(facts) && missingClaims(facts).some((name) => /^(iss|sub)$/.test(name)),
  }),
  row(invalidClient, 'assertion-issuer', {
    ...unknown,
    certainty: 'likely',
    when: ({ sent: { assertion } }) =>
      assertion !== null && claim(assertion, 'iss') !== claim(assertion, 'sub'),
  }),
  {
    says: invalidClient,
    ...unknown,
    when: triesAssertion,
    causes: ['client-unknown', 'method-other'],
    certainty: 'likely',
  },
  row(invalidClient, 'client-unknown', { ...unknown, certainty: 'likely' }),
  row(/^Unexpected error when authenticating client/, 'basic-not-form-encoded', { stage: 'client' }),
  row(/Invalid method used to get client secret/, 'method-other', { passed: ['client'] }),
  row(/Parameter client_assertion_type is missing/, 'method-other', { passed: ['client'] }),
  row(/Bearer-only not allowed/, 'bearer-only-client', { passed: ['client'] }),
  row(/multiple client authentication|Multiple .*authentication/i, 'two-credentials'),
]

const ofAssertion = (says: RegExp, cause: CauseId, when?: (facts: Facts) => boolean): Row =>
  row(says, cause, { passed: ['client'], ...(when && { when }) })

/** Looked at once the client is found. */
const assertions: readonly Row[] = [
  ofAssertion(/Invalid signature algorithm/, 'assertion-alg-none', ({ sent }) => isUnsigned(sent.assertion)),
  ofAssertion(/Invalid signature algorithm/, 'assertion-algorithm'),
  ofAssertion(/client_assertion parameter missing/, 'assertion-missing'),
  ofAssertion(/Parsing error/, 'assertion-malformed'),
  ofAssertion(/Unable to load public key/, 'assertion-key-unknown'),
  ofAssertion(/when loading public keys/, 'assertion-keys-unreachable'),
  ofAssertion(/Multiple audiences not allowed/, 'assertion-two-audiences'),
  ofAssertion(/Invalid token audience/, 'assertion-two-audiences', (facts) => audiences(facts).length > 1),
  ofAssertion(/Invalid token audience/, 'assertion-audience'),
  ofAssertion(/Token was issued in the future/, 'assertion-not-yet-valid'),
  ofAssertion(/Token is not active/, 'assertion-expired'),
  ofAssertion(/Token reuse detected/, 'assertion-replayed'),
  ofAssertion(/Token (?:exp|jti|exp and jti|\w+) claim is required/, 'assertion-claim-missing'),
  ofAssertion(/[Ss]ignature on JWT token .*failed/, 'assertion-signature'),
]

/** Behind the credentials, whichever they were. */
const policy = (says: RegExp, cause: CauseId): readonly Row[] => [
  row(says, cause, { when: triesAssertion, passed: ['https', 'tenant', 'client', 'assertion'] }),
  row(says, cause, { passed: ['https', 'tenant', 'client', 'secret'] }),
]

/** Behind the credentials and the origin. */
const rights: readonly Row[] = [
  row(/Invalid origin/, 'cors-origin-not-listed', { passed: ['client', 'secret', 'tenant', 'https'] }),
  row(/Client not enabled to retrieve service account/, 'grant-not-allowed', {
    passed: ['client', 'secret', 'origin'],
  }),
  row(/Public client not allowed to retrieve service account/, 'public-client', {
    passed: ['client', 'origin'],
    open: ['secret'],
  }),
  row(/^User '.*' disabled/, 'service-account-disabled', { passed: ['client', 'secret', 'origin'] }),
  row(/^Invalid scopes: *$/, 'scope-empty', {
    when: ({ sent: { parameters } }) => parameters.get('scope') === '',
    passed: ['client', 'secret', 'origin', 'grant'],
  }),
  row(/^Invalid scopes:/, 'scope-refused', { passed: ['client', 'secret', 'origin', 'grant'] }),
  ...policy(/authentication method not allowed for client/, 'policy-forbids-method'),
  ...policy(/Client Certification missing|MTLS HoK/, 'policy-demands-certificate'),
]

const ofProof = (says: RegExp, cause: CauseId): Row =>
  row(says, cause, { stage: 'binding', passed: ['client', 'secret', 'origin'], code: 'invalid_request' })

const proofs: readonly Row[] = [
  ofProof(/DPoP proof is missing/, 'proof-missing'),
  ofProof(/DPoP HTTP method mismatch/, 'proof-htm'),
  ofProof(/DPoP HTTP URL mismatch/, 'proof-htu'),
  ofProof(/Invalid or missing type in DPoP header/, 'proof-typ'),
  ofProof(/Unsupported DPoP algorithm/, 'proof-algorithm'),
  ofProof(/No JWK in DPoP header/, 'proof-key-missing'),
  ofProof(/DPoP proof is not active/, 'proof-iat'),
  ofProof(/DPoP mandatory claims are missing/, 'proof-claim-missing'),
  ofProof(/DPoP proof has already been used/, 'proof-replayed'),
  ofProof(/DPoP verification failure: .*signature/i, 'proof-signature'),
  ofProof(/DPoP header verification failure/, 'proof-malformed'),
]

const authenticated = ['https', 'tenant', 'client', 'origin'] as const

/** About a token: introspection has words of its own. */
const ofToken: readonly Row[] = [
  row(/^Client authentication failed/, 'secret-wrong', {
    endpoint: ['introspection'],
    certainty: 'likely',
    passed: ['https', 'tenant', 'client'],
  }),
  row(/^Client not allowed/, 'endpoint-permission-missing', {
    endpoint: ['introspection'],
    passed: ['https', 'tenant', 'client'],
  }),
  ...[sendsSecret, () => true].flatMap((when, index) => {
    const passed = index === 0 ? ([...authenticated, 'secret'] as const) : authenticated
    return [
      row(/^Unmatching clients/, 'token-of-another-client', { endpoint: ['revocation'], when, passed }),
      row(/^Invalid token$/, 'token-unknown', { endpoint: ['revocation'], when, passed }),
    ]
  }),
]

/** Every row of this server's words, in the order in which it speaks. */
export const keycloakRows: readonly Row[] = [
  ...way,
  ...ofToken,
  ...credentials,
  ...assertions,
  ...rights,
  ...proofs,
]
