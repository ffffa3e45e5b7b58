import {
  audiences,
  differing,
  isUnsigned,
  missingClaims,
  readsAssertion,
  triesAssertion,
} from './causes/assertion-facts.ts'
import type { CauseId } from './causes.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'
import { numericClaim } from './facts/sent.ts'

const client = ['token', 'introspection', 'revocation'] as const

const lacks =
  (...names: readonly string[]) =>
  (facts: Facts): boolean =>
    missingClaims(facts).some((name) => names.includes(name))

/** Words about a token are about the assertion, if one was sent: the request has no other. */
const ofAssertion = (says: RegExp, cause: CauseId, when: (facts: Facts) => boolean = () => true): Row => ({
  endpoint: client,
  says,
  when: (facts) => triesAssertion(facts) && facts.came.code !== 'invalid_dpop_proof' && when(facts),
  causes: [cause],
  certainty: 'certain',
})

const expired = /\bexpired\b|no longer valid/i
const audience = /audience|\baud\b/i
const party = /\biss(uer)?\b|\bsub(ject)?\b/i
const unreadable =
  /not (a valid|an?) (jwt|json web token)|malformed|cannot be (parsed|decoded|read|extracted)/i
const key = /known json web key|sign(ing|ature) key|\bkid\b|\bjwks?\b|no (matching |suitable )?key/i
const type = /client[ _]assertion[ _]type/i

/** What many servers say of an assertion. What the assertion lacks is often called wrong. @see RFC 7523 section 3 */
export const assertionRows: readonly Row[] = [
  ofAssertion(type, 'assertion-missing', ({ sent: { assertion } }) => assertion === null),
  ofAssertion(
    /assertion.{0,20}(is )?(missing|empty|required)/i,
    'assertion-missing',
    ({ sent }) => sent.assertion === null,
  ),
  ofAssertion(type, 'assertion-type'),
  ofAssertion(
    /must be (an )?encrypted|\bJWE\b/i,
    'assertion-not-encrypted',
    ({ sent: { assertion } }) => assertion?.kind === 'jws',
  ),
  ofAssertion(/sign/i, 'assertion-alg-none', ({ sent }) => isUnsigned(sent.assertion)),
  ofAssertion(/signature validation failed|IDX1051\d/i, 'assertion-signature'),
  // The same words are said of what is no JWT: what was sent shows which it is.
  ...(['assertion-malformed', 'assertion-signature'] as const).map((cause): Row => ({
    ...ofAssertion(
      /verify the (integrity|signature)/i,
      cause,
      (facts) => (cause === 'assertion-malformed') === !readsAssertion(facts),
    ),
    certainty: 'likely',
  })),
  ofAssertion(
    /\balg(orithm)?\b.{0,80}(not (allowed|supported|accepted|permitted)|enforces|expected|expects|requires|does not match|mismatch)|(unsupported|unexpected|wrong) .{0,20}\balg/i,
    'assertion-algorithm',
    ({ sent }) => !isUnsigned(sent.assertion),
  ),
  // Google says the same of a lifetime that is too long and of a clock that is off.
  {
    ...ofAssertion(/short-lived|reasonable time ?frame/i, 'assertion-lifetime'),
    causes: ['assertion-lifetime', 'assertion-expired', 'assertion-not-yet-valid'],
    certainty: 'likely',
  },
  {
    ...ofAssertion(/valid time range|(outside|within).{0,20}\b(validity|lifetime)/i, 'assertion-expired'),
    causes: ['assertion-expired', 'assertion-not-yet-valid'],
    certainty: 'likely',
  },
  ofAssertion(
    /\bprivate_key_jwt\b.{0,20}not (enabled|allowed|permitted|supported)/i,
    'assertion-not-enabled',
  ),
  ofAssertion(
    /(could ?not|cannot|fail(ed)? to|unable to) (retrieve|fetch|load|download|get|resolve)\b.{0,40}\b(jwks?|keys?)\b/i,
    'assertion-keys-unreachable',
  ),
  ofAssertion(/\b(no|missing|without)\b.{0,20}\bthumbprint/i, 'assertion-thumbprint-missing'),
  ofAssertion(
    /\bthumbprint\b|\b(certificate|key)\b.{0,80}\bnot (be )?(found|registered|known|configured)/i,
    'assertion-key-unknown',
  ),
  ofAssertion(unreadable, 'assertion-claim-missing', lacks('iss')),
  ofAssertion(unreadable, 'assertion-malformed'),
  ofAssertion(/(expected|unexpected|wrong|invalid) (token |jwt )?type|\btyp\b/i, 'assertion-typ'),
  ofAssertion(
    /\b(exp|expir\w+|lifetime)\b.{0,60}\b(too (far|long)|no(t)? more than)\b/i,
    'assertion-lifetime',
  ),
  ofAssertion(
    /\b(exp|iat|jti|iss|sub|aud)\b['"]?( claim)? (is |was )?(missing|required|not (present|provided|found))|(missing|no|without)( the| required)?( claim)? ['"]?(exp|iat|jti|iss|sub|aud)\b/i,
    'assertion-claim-missing',
  ),
  ofAssertion(/\bexpir(ed|y|ation)\b|\bexp\b|no longer valid/i, 'assertion-claim-missing', lacks('exp')),
  ofAssertion(expired, 'assertion-expired'),
  ofAssertion(
    /not (yet )?valid (yet|before)|\bnbf\b|in the future|used before issued/i,
    'assertion-not-yet-valid',
  ),
  ofAssertion(audience, 'assertion-claim-missing', lacks('aud')),
  ofAssertion(audience, 'assertion-two-audiences', (facts) => audiences(facts).length > 1),
  ofAssertion(audience, 'assertion-audience'),
  ofAssertion(
    /claim.{0,40}(missing|required)|(missing|mandatory|required).{0,40}claim/i,
    'assertion-claim-missing',
  ),
  ofAssertion(party, 'assertion-claim-missing', lacks('iss', 'sub')),
  ofAssertion(party, 'assertion-issuer'),
  // The key is often looked for among those of iss.
  {
    ...ofAssertion(key, 'assertion-issuer', (facts) => differing(facts) !== null),
    causes: ['assertion-issuer', 'assertion-key-unknown'],
    certainty: 'likely',
  },
  ofAssertion(key, 'assertion-key-unknown'),
  ofAssertion(/signature/i, 'assertion-signature'),
  ofAssertion(/\bjti\b/i, 'assertion-claim-missing', lacks('jti')),
  ofAssertion(/\bjti\b|already (been )?used|replay/i, 'assertion-replayed'),
]

/** Whether the words are about a proof: by their code, or since they name it under another (Keycloak: invalid_request). */
const isOfProof = ({ came: { code, words }, sent: { proof } }: Facts): boolean =>
  code === 'invalid_dpop_proof' || (proof !== null && /\bDPoP\b/i.test(words))

const ofProof = (says: RegExp, cause: CauseId, when: (facts: Facts) => boolean = () => true): Row => ({
  endpoint: client,
  says,
  when: (facts) => isOfProof(facts) && when(facts),
  causes: [cause],
  certainty: 'certain',
})

const missing = /\bDPoP\b.{0,30}(missing|required|expected)|(missing|requires?).{0,30}\bDPoP\b/i

const asksNonce = /\bnonce\b/i

/** What many servers say of a proof. @see RFC 9449 section 4.3 */
export const proofRows: readonly Row[] = [
  {
    endpoint: ['token'],
    says: asksNonce,
    when: (facts) => facts.came.code !== 'use_dpop_nonce' && isOfProof(facts),
    causes: ['nonce-old', 'nonce-unreadable', 'nonce-demanded'],
    certainty: 'likely',
  },
  ofProof(/\bclaims?\b.{0,20}missing|missing.{0,20}\bclaims?\b/i, 'proof-claim-missing'),
  ofProof(/\bno jwk\b|missing.{0,10}\bjwk\b/i, 'proof-key-missing'),
  {
    endpoint: client,
    says: missing,
    when: ({ sent: { proof }, came }) => proof !== null && !asksNonce.test(came.words),
    causes: ['proof-header-name'],
    certainty: 'certain',
  },
  {
    endpoint: client,
    says: missing,
    when: ({ came }) => !asksNonce.test(came.words),
    causes: ['proof-missing'],
    certainty: 'certain',
  },
  ofProof(
    /must be an? (json web token|jwt)|not an? (valid )?(json web token|jwt)|malformed/i,
    'proof-malformed',
  ),
  ofProof(/\btyp\b|(invalid|missing|wrong)\b.{0,20}\btype\b/i, 'proof-typ'),
  ofProof(/\balg(orithm)?\b/i, 'proof-algorithm'),
  ofProof(/public key|\bjwk\b.{0,20}missing/i, 'proof-key-missing'),
  ofProof(/\b(htm|htu|jti|iat)\b.{0,20}missing|missing.{0,20}\b(htm|htu|jti|iat)\b/i, 'proof-claim-missing'),
  ofProof(/\bhtm\b|\b(http|request) method\b/i, 'proof-htm'),
  ofProof(/\bhtu\b|\bur[il]\b/i, 'proof-htu'),
  ofProof(
    /\bexpired\b|\bexp\b/i,
    'proof-exp-missing',
    ({ sent: { proof } }) => numericClaim(proof, 'exp') === undefined,
  ),
  ofProof(/\bexpired\b|\bexp\b/i, 'proof-expired'),
  ofProof(/\bjti\b|replay|already (been )?used/i, 'proof-replayed'),
  ofProof(/\biat\b|too old|not (recent|active)|in the future/i, 'proof-iat'),
  ofProof(/validity|lifetime|superior to|longer than/i, 'proof-lifetime'),
  ofProof(/signature/i, 'proof-signature'),
]
