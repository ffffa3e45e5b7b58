import { scopeOf } from '../../../jwt/decode/claim-values.ts'
import { changesSomething } from '../../../why/refusal/api-causes/rights.ts'
import * as proof from '../../../why/refusal/api-causes/seen-proof.ts'
import * as token from '../../../why/refusal/api-causes/seen-token.ts'
import { causeOf } from '../../../why/refusal/causes.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { headerOf, listClaim } from '../../../why/refusal/facts/sent.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import { springApiFixes } from './spring-api-fixes.ts'

type CauseId = Row['causes'][number]
type When = (facts: Facts) => boolean

const row = (rest: Omit<Row, 'causes' | 'certainty'>, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: ['api'],
  causes: [cause],
  certainty: 'certain',
  ...rest,
  ...more,
})

/** The sentence of its decoder, behind the opening that all of them have. */
const decoding = (sentence: string, cause: CauseId, when?: When, more: Partial<Row> = {}): Row =>
  row(
    { says: new RegExp(`attempting to decode the Jwt: (?:${sentence})`), ...(when && { when }) },
    cause,
    more,
  )

const lacks =
  (name: string): When =>
  ({ sent }) =>
    (sent.token?.claims ?? null) !== null && listClaim(sent.token, name) === null

const malformed = 'Malformed token'
const noKey = 'Signed JWT rejected: Another algorithm expected, or no matching key'
const otherTyp = 'the given typ value needs to be|JOSE header typ'

/** Spring expects RS256, unless told. */
const isRs256: When = ({ sent }) => headerOf(sent.token, 'alg') === 'RS256'

/** What the API says of a JWT. Key and algorithm come first, then signature, typ, time, issuer and audience. */
const ofDecoder: readonly Row[] = [
  decoding(malformed, 'token-reference', (facts) => token.isOpaque(facts) && facts.past.issued),
  decoding(malformed, 'token-reference', token.hasReferenceForm, { certainty: 'likely' }),
  decoding(malformed, 'token-not-jwt'),
  decoding('Malformed payload', 'claim-type-wrong', (facts) => token.timesOfOtherType(facts).length > 0),
  decoding('Malformed payload', 'payload-malformed'),
  // It names two, and what was sent shows which is likely.
  decoding(noKey, 'key-unknown', isRs256, {
    causes: ['key-unknown', 'algorithm-other'],
    certainty: 'likely',
  }),
  decoding(noKey, 'algorithm-other', undefined, {
    causes: ['algorithm-other', 'key-unknown'],
    certainty: 'likely',
  }),
  decoding('Signed JWT rejected: Invalid signature', 'signature-wrong'),
  decoding(otherTyp, 'typ-not-valid'),
  decoding('\\w+ must have a value', 'claim-missing'),
  decoding('client_id is not valid', 'client-other'),
  decoding('Jwt expired at', 'token-expired'),
  decoding('Jwt used before', 'token-not-yet-valid'),
  // Spring compares the two before it validates anything, typ included.
  decoding('expiresAt must be after issuedAt', 'exp-before-iat', undefined, { open: ['typ'] }),
  decoding('The iss claim is not valid', 'issuer-missing', lacks('iss')),
  decoding('The iss claim is not valid', 'issuer-other'),
  decoding('The aud claim is not valid', 'audience-missing', lacks('aud')),
  decoding('The aud claim is not valid', 'audience-other'),
  decoding("Couldn't retrieve remote JWK set", 'metadata-not-fetched'),
  // A validator of the API's own: it comes after those of typ and time.
  decoding('[^\\n]*\\baud(?:ience)?\\b', 'audience-missing', lacks('aud'), { certainty: 'likely' }),
  decoding('[^\\n]*\\baud(?:ience)?\\b', 'audience-other', undefined, { certainty: 'likely' }),
  decoding('', 'audience-other', undefined, {
    causes: ['audience-other', 'audience-missing', 'issuer-other'],
    certainty: 'possible',
  }),
]

const hasScope: When = ({ sent }) => (scopeOf(sent.token?.claims ?? null)?.values.length ?? 0) > 0

/** The sentence of RFC 6750 section 3.1, and its address next to it: that is Spring's, of the sentence alone anybody's. */
const privileges =
  /^The request requires higher privileges than provided by the access token\.\nhttps:\/\/tools\.ietf\.org\/html\/rfc6750#section-3\.1$/m

/** Spring says so of every authority: of a scope, of a role, and of one with a prefix. */
const ofAuthority = (says?: RegExp): readonly Row[] => {
  const refused = { code: 'insufficient_scope', ...(says && { says }) }
  return [
    row({ ...refused, when: hasScope }, 'scope-insufficient', {
      causes: ['scope-insufficient', 'role-missing'],
      certainty: 'likely',
    }),
    row(refused, 'scope-insufficient', { certainty: 'likely' }),
  ]
}

const characters = /(?:Bearer|DPoP access) token is malformed/

const ofWords: readonly Row[] = [
  ...ofDecoder,
  // It is refused before any key is looked for.
  row({ says: /^Unsupported algorithm of none/m }, 'alg-none', { open: ['key'] }),
  row({ says: characters, when: token.hasSchemeTwice }, 'scheme-twice'),
  row({ says: characters, when: token.isInQuotes }, 'token-in-quotes'),
  row({ says: characters, when: token.isEmpty }, 'token-empty'),
  row({ says: characters }, 'token-characters'),
  row({ says: /Provided token isn't active/ }, 'token-not-active'),
  row({ says: /Found multiple bearer tokens/, when: token.isInUrl }, 'token-in-two-places'),
  row({ says: /^Invalid bearer token/m, when: (facts) => token.boundTo(facts) !== null }, 'scheme-wrong'),
  row({ says: /DPoP proof is missing or invalid/, when: ({ sent }) => sent.proof === null }, 'proof-missing'),
  row({ says: /DPoP proof is missing or invalid/, when: proof.hasTwoProofs }, 'proof-twice'),
  row({ says: /DPoP proof is missing or invalid/ }, 'proof-malformed', { certainty: 'likely' }),
  row({ says: /^Invalid CORS request/ }, 'cors-refused'),
  ...ofAuthority(privileges),
]

/** On Spring Boot's own error page: no refusal by OAuth. */
const onBootPage = (status: number, cause: CauseId, when: When, more: Partial<Row> = {}): Row =>
  row({ framework: 'Spring Boot', status, when }, cause, more)

/** Spring spares a Bearer token in the header, and no other credentials. */
const isProtected: When = (facts) => changesSomething(facts) && token.schemeOf(facts) !== 'bearer'

const ofBoot: readonly Row[] = [
  onBootPage(403, 'csrf-protection', isProtected, { certainty: 'likely' }),
  onBootPage(404, 'path-unknown', () => true),
  onBootPage(500, 'exception', () => true, { causes: ['exception', 'metadata-not-fetched'] }),
]

/** Faults that are seen in the proof. Spring says of none which it is. */
const ofProof: readonly Row[] = (
  [
    'proof-twice',
    'proof-typ',
    'proof-algorithm',
    'proof-key-missing',
    'proof-signature',
    'proof-htm',
    'proof-htu',
    'proof-iat-missing',
    'proof-ath-missing',
    'proof-ath',
    'cnf-mismatch',
    'proof-replayed',
  ] as const
).map((id) =>
  row(
    {
      code: 'invalid_dpop_proof',
      when: (facts) => causeOf(id).sign?.(facts)?.certainty === 'likely',
    },
    id,
  ),
)

/** The API accepts an iat of 60 s around its own clock. */
const isLate: When = (facts) => Math.abs(proof.secondsAhead(facts) ?? 0) > 60

const isBare: When = ({ came: { code, challenges } }) => code === '' && challenges.length > 0

const bare = (cause: CauseId, when: When, more: Partial<Row> = {}): Row =>
  row({ status: 401, when: (facts) => isBare(facts) && when(facts) }, cause, more)

const hasNone: When = ({ sent }) => sent.authorization === null

const isDpopChange: When = (facts) => token.isDpop(facts) && changesSomething(facts)

/** Every bad token gets a code and words. So a challenge without a code was given before anybody judged a token. */
const ofBareChallenge: readonly Row[] = [
  bare('token-elsewhere', (facts) => hasNone(facts) && token.isInUrl(facts)),
  bare('no-credentials', hasNone),
  bare('scheme-missing', token.isWithoutScheme),
  bare('scheme-wrong', (facts) => !/^(bearer|dpop)$/.test(token.schemeOf(facts))),
  bare('csrf-protection', (facts) => isDpopChange(facts) && facts.past.acceptedScheme === 'dpop', {
    certainty: 'likely',
  }),
  bare('csrf-protection', isDpopChange, {
    causes: ['csrf-protection', 'scheme-wrong', 'metadata-not-fetched'],
    certainty: 'likely',
  }),
  bare('metadata-not-fetched', ({ past }) => past.acceptedScheme !== null, { certainty: 'likely' }),
  bare('credentials-lost', () => true, {
    causes: ['credentials-lost', 'metadata-not-fetched'],
    certainty: 'likely',
  }),
]

const hasNoChallenge: When = ({ came }) => came.challenges.length === 0

const withoutWords: readonly Row[] = [
  ...ofProof,
  row({ code: 'invalid_dpop_proof', when: isLate }, 'proof-iat'),
  row({ code: 'invalid_dpop_proof', when: causeOf('cnf-missing').applies ?? hasNone }, 'cnf-missing'),
  // Every rule that can be looked at here holds.
  row({ code: 'invalid_dpop_proof' }, 'proof-replayed', { certainty: 'likely' }),
  ...ofBareChallenge,
  // CORS hides the challenge: what the token shows makes it likely.
  row(
    {
      status: 401,
      when: (facts) => hasNoChallenge(facts) && (token.isOpaque(facts) || token.isInPieces(facts)),
    },
    'token-not-jwt',
    { certainty: 'likely' },
  ),
  ...ofAuthority(),
]

/** An API that the resource server of Spring Security protects. */
export const springApi: RefusalRecord = {
  name: 'Spring Security',
  rows: [...ofWords, ...ofBoot, ...withoutWords],
  order: [
    ['token', 'key'],
    ['key', 'signature'],
    ['signature', 'typ'],
    ['typ', 'time'],
    ['time', 'issuer'],
    ['issuer', 'audience'],
    ['audience', 'scope'],
    ['audience', 'role'],
    ['scheme', 'proof-present'],
    ['proof-present', 'proof-valid'],
    ['proof-valid', 'scope'],
    ['proof-valid', 'role'],
  ],
  fixes: springApiFixes,
  log: 'Let the API’s log name the reason: set logging.level.org.springframework.security=TRACE in application.properties, and read it at the time of this call.',
}
