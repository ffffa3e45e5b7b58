import type { CauseId } from '../../why/refusal/causes.ts'
import type { Row } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { isUnsigned, missingClaims, triesAssertion } from '../../why/refusal/causes/assertion-facts.ts'
import { audiences } from '../../why/refusal/causes/assertion-facts.ts'
import { member } from '../../json/value.ts'
import { parseJson } from '../../json/parse.ts'
import { type PathFault, pathFault } from './simpleidserver-paths.ts'

/** Whether this server reads a value of the body as a number or as true or false, and not as a text. */
export function isJsonScalar(text: string): boolean {
  const parsed = parseJson(text)
  return (
    parsed.ok &&
    (parsed.value.kind === 'number' || (parsed.value.kind === 'literal' && parsed.value.value !== null))
  )
}

const inHeader = ({ sent: { places } }: Facts): boolean => places.includes('header')
const inBody = ({ sent: { places } }: Facts): boolean => places.includes('body')
const lacks =
  (name: string) =>
  (facts: Facts): boolean =>
    missingClaims(facts).includes(name)

/** A sentence that names one cause. */
const certain = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  says,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

const token = ['token'] as const
const revocation = ['revocation'] as const

/** "bad client credential": the ID is known. What was sent decides what it is about. */
const badCredential = (causes: readonly CauseId[], more: Partial<Row> = {}): Row => ({
  says: /^bad client credential$/im,
  causes,
  certainty: 'likely',
  passed: ['client'],
  ...more,
})

const ofClient: readonly Row[] = [
  // The form is handed over in place of the header fields.
  certain(/^missing client_id$/im, 'basic-ignored', { endpoint: revocation, when: inHeader }),
  // The header is split at every colon, and has to give two parts.
  certain(/^missing client_id$/im, 'secret-with-colon', {
    when: (facts) =>
      inHeader(facts) && facts.config.basic_encoding === 'raw' && /:/.test(facts.config.client_secret),
    stage: 'form',
  }),
  certain(/^missing client_id$/im, 'client-id-missing'),
  certain(/^unknown client \S/im, 'client-unknown'),
  badCredential(['basic-ignored'], { endpoint: revocation, when: inHeader, certainty: 'certain' }),
  // No secret was sent that could be wrong, and faults of an assertion have words of their own.
  badCredential(['method-other'], { when: ({ sent }) => sent.assertion !== null, certainty: 'certain' }),
  badCredential(['no-credentials'], { when: ({ sent }) => sent.places.length === 0, certainty: 'certain' }),
  badCredential(['secret-with-colon', 'secret-wrong'], {
    when: (facts) => inHeader(facts) && facts.config.client_secret.includes(':'),
  }),
  badCredential(['basic-form-encoded', 'secret-wrong'], {
    when: ({ config, sent: { places } }) =>
      places.includes('header') &&
      config.basic_encoding !== 'raw' &&
      /[^\w.*-]/.test(config.client_id + config.client_secret),
  }),
  badCredential(['secret-decoded-twice', 'secret-wrong'], {
    when: (facts) => inBody(facts) && /[%+]/.test(facts.config.client_secret),
  }),
  badCredential(['secret-wrong', 'method-other']),
  certain(/^grant type \S+ is not supported by the client$/im, 'grant-not-allowed', {
    passed: ['parameter-present', 'method', 'secret'],
  }),
  certain(/^bad grant type$/im, 'grant-not-enabled'),
  certain(/^unexpected client_assertion_type/im, 'assertion-type', { when: triesAssertion }),
  certain(/^unexpected client_assertion_type/im, 'method-other', { when: (facts) => !triesAssertion(facts) }),
  certain(/^unauthorized client$/im, 'token-of-another-client', {
    endpoint: revocation,
    passed: ['client', 'secret'],
  }),
]

const ofRights: readonly Row[] = [
  certain(/^missing parameter scope$/im, 'scope-not-sent'),
  certain(/^missing parameter token$/im, 'token-parameter-missing'),
  certain(/^missing parameter \S+$/im, 'parameter-missing'),
  certain(/^unauthorized to scopes ?:/im, 'scope-refused', {
    passed: ['parameter-present', 'client', 'method', 'secret'],
  }),
  certain(/^duplicate scopes ?:/im, 'scope-duplicate', { passed: ['parameter-present'] }),
  certain(/^following resources .+ doesn.t exist$/im, 'resource-unknown', {
    passed: ['parameter-present', 'client', 'method', 'secret'],
  }),
  certain(/^unknown token type hint ?:/im, 'token-type-hint-unknown'),
  certain(/^no JWK with algorithm \S+ has been found to sign/im, 'signing-key-missing'),
]

/** Said before the client is looked for. */
const unread = { open: ['client'] } as const

const ofAssertion: readonly Row[] = [
  certain(/^client_id cannot be extracted from client_assertion$/im, 'assertion-claim-missing', {
    when: lacks('iss'),
    ...unread,
  }),
  certain(/^client_id cannot be extracted from client_assertion$/im, 'assertion-malformed', unread),
  certain(/^client assertion is expired$/im, 'assertion-claim-missing', { when: lacks('exp') }),
  certain(/^client assertion is expired$/im, 'assertion-expired'),
  certain(/^bad client assertion audiences$/im, 'assertion-claim-missing', { when: lacks('aud') }),
  certain(/^bad client assertion audiences$/im, 'assertion-audience'),
  certain(/^bad client assertion issuer$/im, 'assertion-claim-missing', {
    when: (facts) => lacks('sub')(facts) || lacks('iss')(facts),
  }),
  certain(/^bad client assertion issuer$/im, 'assertion-issuer'),
  certain(/^client assertion is not signed by a known Json Web Key$/im, 'assertion-key-unknown'),
  // An exception of the library in the description: another key has this kid.
  certain(/IDX10511/, 'assertion-signature', {
    endpoint: ['token', 'introspection', 'revocation'],
    when: triesAssertion,
  }),
  certain(/^client assertion must be a signed JWT/im, 'assertion-alg-none', {
    when: ({ sent }) => isUnsigned(sent.assertion),
  }),
  certain(/^client assertion must be a signed JWT/im, 'assertion-malformed'),
  certain(/^client assertion must be encrypted JWT/im, 'assertion-not-encrypted'),
  certain(/^client assertion type .* is not supported$/im, 'assertion-type', unread),
  certain(/^client assertion is missing$/im, 'assertion-missing', unread),
  certain(/^client_assertion is not a valid JWT/im, 'assertion-malformed', unread),
]

const ofProof: readonly Row[] = [
  // It was sent, so it arrived under another name: this server looks for DPoP to the letter.
  certain(/^the DPOP Proof is missing$/im, 'proof-header-name', { when: ({ sent }) => sent.proof !== null }),
  certain(/^the DPOP Proof is missing$/im, 'proof-missing'),
  certain(/^too many DPoP parameters/im, 'proof-twice', { stage: 'binding' }),
  certain(/^DPoP Proof must be a Json Web Token$/im, 'proof-malformed'),
  certain(/^the typ must be equals to dpop\+jwt$/im, 'proof-typ'),
  certain(/^the alg cannot be equals to none$/im, 'proof-algorithm'),
  certain(/^the alg \S+ is not supported$/im, 'proof-algorithm'),
  certain(/^the public key is missing$/im, 'proof-key-missing'),
  certain(/^the parameter (htm|htu) is missing$/im, 'proof-claim-missing'),
  certain(/^the htm parameter must be equals to/im, 'proof-htm'),
  certain(/^the htu parameter must be equals to/im, 'proof-htu'),
  // An exp that is not there counts as past.
  certain(/^DPoP is expired$/im, 'proof-exp-missing', {
    when: ({ sent: { proof } }) => proof !== null && member(proof.claims, 'exp') === undefined,
  }),
  certain(/^DPoP is expired$/im, 'proof-expired'),
  certain(/^the DPoP cannot have a validity superior to/im, 'proof-lifetime'),
  certain(/^the DPoP signature is not valid$/im, 'proof-signature'),
]

/** An exception that what was sent is known to cause. */
const failed = (cause: CauseId, more: Partial<Row>): Row => ({
  status: 500,
  causes: [cause],
  certainty: 'likely',
  ...more,
})

const ofExceptions: readonly Row[] = [
  // The one of Development names what failed: the builder of the refresh token, after all checks.
  certain(
    /element of type '\w+' cannot be converted to a 'System\.String'[\s\S]*RefreshToken/,
    'secret-read-as-json',
    {
      endpoint: token,
      passed: ['parameter-present', 'client', 'method', 'secret'],
    },
  ),
  failed('client-id-read-as-json', {
    when: (facts) => !inHeader(facts) && isJsonScalar(facts.config.client_id),
  }),
  failed('secret-read-as-json', {
    endpoint: token,
    when: (facts) => inBody(facts) && isJsonScalar(facts.config.client_secret),
  }),
  failed('authorization-details-broken', {
    when: ({ config: { authorization_details: text } }) => text.trim() !== '' && !parseJson(text).ok,
  }),
  failed('assertion-two-audiences', { when: (facts) => audiences(facts).length > 1 }),
  failed('refresh-token-introspected', {
    endpoint: ['introspection'],
    when: ({ sent: { parameters } }) => /^[^.]+$/.test(parameters.get('token') ?? ''),
  }),
  failed('registration-with-keys', {
    endpoint: ['registration'],
    when: ({ sent: { json } }) => member(json, 'jwks') !== undefined,
  }),
]

const found =
  (kind: PathFault['kind']) =>
  (facts: Facts): boolean =>
    pathFault(facts).kind === kind

/** A bare 404: the realm is in the path or not, and the path is one of this server or not. */
const ofPaths: readonly Row[] = [
  // At the root, /token is a page of the server, which accepts GET alone.
  { status: 405, when: found('realm missing'), causes: ['realm-missing'], certainty: 'certain' },
  { status: 404, when: found('realm missing'), causes: ['realm-missing'], certainty: 'likely' },
  { status: 404, when: found('realm unknown'), causes: ['realm-unknown'], certainty: 'likely' },
  { status: 404, when: found('realm not used'), causes: ['realm-not-used'], certainty: 'likely' },
  { status: 404, when: found('metadata elsewhere'), causes: ['metadata-elsewhere'], certainty: 'certain' },
  { status: [404, 405], when: found('path unknown'), causes: ['path-unknown'], certainty: 'certain' },
]

/** What this server's words and bare statuses prove; the first that fits counts. */
export const simpleIdServerRows: readonly Row[] = [
  ...ofClient,
  ...ofRights,
  ...ofAssertion,
  ...ofProof,
  ...ofExceptions,
  ...ofPaths,
]
