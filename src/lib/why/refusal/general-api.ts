import { claim, headerOf, listClaim } from './facts/sent.ts'
import { hasTwoProofs } from './api-causes/seen-proof.ts'
import * as token from './api-causes/seen-token.ts'
import type { CauseId } from './causes.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'

const said = (says: RegExp, cause: CauseId, when?: (facts: Facts) => boolean): Row => ({
  endpoint: ['api'],
  says,
  ...(when && { when }),
  causes: [cause],
  certainty: 'likely',
})

/** Words are about the proof if the code or the words themselves say so. */
const isOfProof = ({ came: { code, words } }: Facts): boolean =>
  code === 'invalid_dpop_proof' || /\bDPoP\b|\bproof\b/i.test(words)

const ofProof = (says: RegExp, cause: CauseId, when: (facts: Facts) => boolean = () => true): Row =>
  said(says, cause, (facts) => isOfProof(facts) && when(facts))

const lacks =
  (name: string) =>
  ({ sent: { proof } }: Facts): boolean =>
    (proof?.claims ?? null) !== null && claim(proof, name) === undefined

/** What many APIs say of a proof. @see RFC 9449 sections 4.3 and 7.1 */
const proofRows: readonly Row[] = [
  ofProof(
    /(proof|DPoP).{0,30}(missing|required|expected)|(missing|requires?).{0,30}(proof|DPoP)/i,
    'proof-missing',
    ({ sent }) => sent.proof === null,
  ),
  said(/thumbprint|\bjkt\b|\bcnf\b|key binding|bound to (another|a different)/i, 'cnf-mismatch'),
  ofProof(/\bhtu\b|\b(wrong|another|different) UR[IL]\b/i, 'proof-htu'),
  ofProof(/\bhtm\b|HTTP method/i, 'proof-htm'),
  ofProof(/\bath\b/i, 'proof-ath-missing', lacks('ath')),
  ofProof(/\bath\b|token hash/i, 'proof-ath'),
  ofProof(/\bjti\b/i, 'proof-jti-missing', lacks('jti')),
  ofProof(/\bjti\b|replay|already (been )?used/i, 'proof-replayed'),
  ofProof(/\biat\b|too old|expired|in the future/i, 'proof-iat'),
  ofProof(/\btyp\b/i, 'proof-typ'),
  ofProof(/\balg(orithm)?\b/i, 'proof-algorithm'),
  ofProof(/\bjwk\b|public key/i, 'proof-key-missing'),
  ofProof(/signature/i, 'proof-signature'),
  ofProof(/malformed|not an? (valid )?(json web token|jwt)/i, 'proof-malformed'),
]

const of = (says: RegExp, certainty: Row['certainty'], when: Row['when'], ...causes: CauseId[]): Row => ({
  endpoint: ['api'],
  says,
  ...(when && { when }),
  causes,
  certainty,
})

const unreadable =
  /\b(token|jwt|bearer|payload)\b.{0,30}malformed|malformed.{0,20}\b(token|jwt|payload)\b|invalid compact jws|(not enough|wrong number of) segments|token parsing failed/i

/** What of a token that cannot be read was sent says why. Words on a proof are not on the token. */
const unreadableRows: readonly Row[] = (
  [
    ['scheme-twice', token.hasSchemeTwice],
    ['token-in-quotes', token.isInQuotes],
    ['token-empty', token.isEmpty],
    ['token-characters', token.hasOtherCharacters],
    ['claim-type-wrong', (facts) => token.timesOfOtherType(facts).length > 0],
    ['payload-malformed', token.hasBrokenPayload],
    ['token-encrypted', token.isEncrypted],
    [
      'token-reference',
      (facts) => token.isOpaque(facts) && (facts.past.issued || token.hasReferenceForm(facts)),
    ],
    ['token-not-jwt', (facts) => token.isOpaque(facts) || token.isInPieces(facts)],
  ] as const satisfies readonly (readonly [CauseId, (facts: Facts) => boolean])[]
).map(([cause, when]) =>
  said(unreadable, cause, (facts) => !/\bproof\b/i.test(facts.came.words) && when(facts)),
)

/** A key is looked for among those of the algorithm that the API expects: the words name both. */
const keyOrAlgorithm = /another algorithm expected|no (matching|applicable|suitable) key/i

const algorithmAlone =
  /(unexpected|invalid|wrong).{0,20}\balg|unexpected signing method|\balg(orithm)?\b.{0,40}(not (allowed|supported|accepted|expected)|unexpected)|unsupported.{0,20}\balg/i

/** Nearly every API accepts RS256. */
const isRare = ({ sent }: Facts): boolean => !/^(RS256)?$/.test(headerOf(sent.token, 'alg') ?? '')

const keyRows: readonly Row[] = [
  said(keyOrAlgorithm, 'alg-none', token.isUnsigned),
  of(keyOrAlgorithm, 'possible', isRare, 'algorithm-other', 'key-unknown'),
  of(keyOrAlgorithm, 'likely', undefined, 'key-unknown', 'algorithm-other'),
  said(algorithmAlone, 'alg-none', token.isUnsigned),
  said(algorithmAlone, 'algorithm-other'),
]

const lacksText =
  (name: string) =>
  (facts: Facts): boolean =>
    token.isReadable(facts) && listClaim(facts.sent.token, name) === null

const ofAudience =
  /audiences?\b|\baud\b|IDX10214|\bnot (issued|intended|meant) for (this|the) (resource|api|server|service)\b/i

const missing =
  /\b(token|jwt|authorization)\b.{0,20}(missing|required|not (found|provided|present))|(missing|no) .{0,20}\b(token|jwt|authorization)\b/i

/** Credentials were sent, and the API found none that it reads. */
const misread = ['scheme-missing', 'scheme-wrong', 'scheme-twice', 'two-spaces', 'credentials-lost'] as const

/** Sentences that many APIs say alike, and that name one cause. */
export const apiRows: readonly Row[] = [
  // A filter of CORS says so of the request itself.
  said(/^Invalid CORS request/i, 'cors-refused'),
  said(
    /(found |sent )?(multiple|more than one|two) (bearer |access )?tokens/i,
    'token-in-two-places',
    token.isInUrl,
  ),
  // The gateway of AWS says so of any path that it has not.
  {
    ...said(/^Missing Authentication Token$/m, 'path-unknown'),
    status: 403,
    causes: ['path-unknown', 'http-method', 'scheme-wrong'],
  },
  of(/key=value pair \(missing equal-sign\)/, 'possible', undefined, 'scheme-wrong', 'path-unknown'),
  said(/(subscription|api)[ -]?key\b(?!.{0,20}\btoken\b)/i, 'header-other'),
  said(/^invalid host\b/im, 'host-not-allowed'),
  { ...said(/invalid origin|\borigin\b.{0,40}not allowed/i, 'origin-refused'), status: 403 },
  said(
    /(discovery|metadata|jwks?)\b.{0,40}\b(communication|fetch|unreachable|unavailable)|(failed|unable|could not) (to )?(fetch|retrieve|load).{0,60}(metadata|jwks?|discovery|keys)/i,
    'metadata-not-fetched',
  ),
  ...unreadableRows,
  said(/(proof|DPoP).{0,30}(missing|invalid)/i, 'proof-twice', hasTwoProofs),
  ...proofRows,
  said(
    missing,
    'no-credentials',
    ({ sent: { authorization, proof } }) => authorization === null && proof === null,
  ),
  {
    endpoint: ['api'],
    // “Invalid or missing session ID”
    ofList: true,
    says: /\bmissing session ID\b/i,
    causes: ['mcp-session-missing'],
    certainty: 'certain',
  },
  {
    endpoint: ['api'],
    status: 405,
    when: ({ sent, came: { response } }) =>
      sent.method === 'GET' && new TextDecoder().decode(response.body).includes('"jsonrpc"'),
    causes: ['mcp-session-missing'],
    certainty: 'likely',
  },
  of(
    /(missing|no) .{0,10}\b(authorization|jwt)\b|\b(authorization|jwt)( header| field)? is missing|\bauthorization token was (not )?found/i,
    'possible',
    ({ sent }) => sent.authorization !== null,
    ...misread,
  ),
  of(
    /format is authorization:|(invalid|bad|malformed) authorization header/i,
    'possible',
    ({ sent }) => sent.authorization !== null,
    ...misread,
  ),
  said(/\buser\b.{0,20}(not found|unknown|does not exist)|no such user/i, 'user-needed'),
  // A list of alternatives names none of them; what this tab knows decides.
  {
    ofList: true,
    says: /(unknown|expired|malformed|revoked)(,? or | and |, )(has )?(expired|revoked|unknown|invalid)/i,
    causes: ['token-revoked', 'token-not-active', 'token-expired'],
    certainty: 'likely',
    endpoint: ['api'],
  },
  // Names of times in a sentence are no judgement: “expiresAt must be after issuedAt”.
  said(
    /\b(exp\w*)\b.{0,20}\bafter\b.{0,20}\b(iat|issued\w*)|\biat\b.{0,20}\bafter\b.{0,10}\bexp/i,
    'exp-before-iat',
  ),
  said(
    /(token|jwt).{0,30}\b(has )?expired\b|expired( access)? (token|jwt|signature)|signature has expired|no longer valid|IDX10223/i,
    'token-expired',
  ),
  said(/not yet valid|not valid (yet|before)|used before|IDX10222/i, 'token-not-yet-valid'),
  said(/\btyp\b/i, 'typ-not-valid'),
  said(/\b(client_id|jti|sub|iat)\b.{0,20}(must have a value|missing|required)/i, 'claim-missing'),
  said(/\bclient_id\b.{0,20}(not valid|invalid|not allowed)/i, 'client-other'),
  ...keyRows,
  said(ofAudience, 'audience-missing', lacksText('aud')),
  said(ofAudience, 'audience-other'),
  said(/\bissuer\b|\biss\b|IDX10205/i, 'issuer-missing', lacksText('iss')),
  said(/\bissuer\b|\biss\b|IDX10205/i, 'issuer-other'),
  said(/\bkid\b|(signing|signature) key|\bkey.{0,20}not found|\bjwks?\b|IDX1050\d/i, 'key-unknown'),
  said(/signature|IDX1051\d|jwt verification fails/i, 'signature-wrong'),
  said(/revoked|inactive|(not|n['’]t) active/i, 'token-not-active'),
  said(
    /not enough permissions|insufficient.{0,20}scope|scope.{0,20}(required|missing)|missing.{0,30}scope|requires? (the )?scopes?\b|scope validation failed/i,
    'scope-insufficient',
  ),
  said(/\bclaim\b.{0,30}(missing|required)|(missing|required).{0,20}\bclaim\b/i, 'claim-missing'),
  { ...said(/invalid scope/i, 'scope-insufficient'), status: 403 },
  // The whole text of an API that has roles of its own, such as Keycloak’s for admins.
  { ...said(/^HTTP 403 Forbidden$/m, 'role-missing'), status: 403 },
]
