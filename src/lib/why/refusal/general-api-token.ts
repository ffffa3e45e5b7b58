import { headerOf, listClaim } from './facts/sent.ts'
import * as token from './api-causes/seen-token.ts'
import type { CauseId } from './causes.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'

/** A sentence of an API; several causes remain, the likeliest first, if the words name more than one. */
export const saying = (
  says: RegExp,
  causes: CauseId | readonly CauseId[],
  when?: (facts: Facts) => boolean,
  certainty: Row['certainty'] = 'likely',
): Row => ({
  endpoint: ['api'],
  says,
  ...(when && { when }),
  causes: typeof causes === 'string' ? [causes] : causes,
  certainty,
})

/** A scheme of its own for API keys (Kong). */
const asksForKey = ({ came: { challenges } }: Facts): boolean =>
  challenges.some(({ scheme }) => /^(api-?)?key$/i.test(scheme))

const apiKey = '(?:(?:subscription|api)[ -]?key|\\bx-[\\w-]*(?:key|secret)\\b)'

/** An API key is looked at before the token, or instead of it. */
export const keyHeaderRows: readonly Row[] = [
  {
    ...saying(/\binvalid\b|\bunauthorized\b/i, ['api-key-wrong', 'header-other'], asksForKey),
    ofList: true,
  },
  saying(
    new RegExp(
      `(?:invalid|wrong|unknown|expired|bad|inactive) (?:provided )?${apiKey}|${apiKey}[^.]{0,20}(?:is |was )?(?:not valid|invalid|incorrect|expired|unknown|not recogni[sz]ed)`,
      'i',
    ),
    'api-key-wrong',
  ),
  saying(/(subscription|api)[ -]?key\b(?!.{0,20}\btoken\b)/i, 'header-other'),
  saying(
    /\bx-[\w-]+\b.{0,60}(required|missing|not (found|provided|present|specified|set))|(missing|required|no|without).{0,30}\bx-[a-z][\w-]+/i,
    'header-other',
  ),
  // Either half of what such a gateway looks for is a header field.
  {
    ...saying(
      /\bclient[ _-]?id( or (client )?secret)? (is |was )?(invalid|not (present|provided|registered))|invalid client[ _-]?id\b/i,
      'header-other',
      ({ sent }) => sent.token === null || !/client_id/.test(JSON.stringify(sent.token.claims)),
    ),
    ofList: true,
  },
]

const unreadable = new RegExp(
  [
    /\b(token|jwt|bearer|payload)\b.{0,30}malformed|malformed.{0,20}\b(token|jwt|payload)\b|\btoken malformed\b/,
    /invalid compact jws|token parsing failed|\bbad token\b|invalid jwt serialization|missing (part|dot) delimiter/,
    /(not enough|too many|(wrong|invalid) number of|2 or more|two or more) (segments|parts|dots)|exactly (2|two) (period|dot)|\b(three|3) (parts|segments)\b/,
    /\bnot well[- ]formed\b|\bopaque tokens?\b.{0,30}\bnot (supported|accepted|allowed)|invalid token header|\b(should|must) not contain (spaces|invalid characters)/,
    /not (in the form of header|a (valid )?(jwt|json web token))|\binvalid base64|(failed|unable|could not|cannot) (to )?(decode|parse)( the)? (access )?(token|jwt|jws)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

/** What of a token that cannot be read was sent says why. Words on a proof are not on the token. */
export const unreadableRows: readonly Row[] = (
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
  saying(unreadable, cause, (facts) => !/\bproof\b/i.test(facts.came.words) && when(facts)),
)

/** A key is looked for among those of the algorithm that the API expects: the words name both. */
const keyOrAlgorithm =
  /another algorithm expected|no (matching|applicable|suitable) (public |signing )?key|\bkid or alg\b|matching key not found/i

/** It also lists why: withdrawn, or of another issuer. */
const keyAlone = /\bno (public |signing )?key\b.{0,40}\bkid\b/i

const algorithmAlone =
  /(unexpected|invalid|wrong|unknown).{0,20}\balg|unexpected signing method|\balg(orithm)?\b.{0,40}(not (allowed|supported|accepted|expected)|unexpected|mismatch|(n['’]t|not) match)|unsupported.{0,20}\balg/i

/** Nearly every API accepts RS256. */
const isRare = ({ sent }: Facts): boolean => !/^(RS256)?$/.test(headerOf(sent.token, 'alg') ?? '')

/** Whether the issuer publishes the key that the token names; `null` if its keys were not read here. */
const publishes = ({ past: { keyIds }, sent }: Facts): boolean | null =>
  keyIds === null ? null : keyIds.includes(headerOf(sent.token, 'kid') ?? '')

/** The header of the token, and the keys of its issuer, tell which of the two it is. */
const keyRows: readonly Row[] = [
  saying(keyAlone, 'key-unknown'),
  saying(keyOrAlgorithm, 'alg-none', token.isUnsigned),
  saying(keyOrAlgorithm, ['key-unknown', 'algorithm-other'], (facts) => publishes(facts) === false),
  saying(
    keyOrAlgorithm,
    ['algorithm-other', 'key-unknown'],
    (facts) => isRare(facts) && publishes(facts) === true,
  ),
  saying(keyOrAlgorithm, ['algorithm-other', 'key-unknown'], isRare, 'possible'),
  saying(keyOrAlgorithm, ['key-unknown', 'algorithm-other']),
  saying(algorithmAlone, 'alg-none', token.isUnsigned),
  saying(algorithmAlone, 'algorithm-other'),
]

const lacksText =
  (name: string) =>
  (facts: Facts): boolean =>
    token.isReadable(facts) && listClaim(facts.sent.token, name) === null

const ofAudience =
  /audiences?\b|\baud\b|IDX10214|\bnot (issued|intended|meant) for (this|the) (resource|api|server|service)\b/i

const ofIssuer = /\bissuer\b|\biss\b|IDX10205|different (provider|issuer)|not issued by|trusted authority/i

/** Times, claims, keys and signature: whatever word of it is said, it names one of them. @see RFC 9068 section 4 */
export const claimRows: readonly Row[] = [
  // Names of times in a sentence are no judgement: “expiresAt must be after issuedAt”.
  saying(
    /\b(exp\w*)\b.{0,20}\bafter\b.{0,20}\b(iat|issued\w*)|\biat\b.{0,20}\bafter\b.{0,10}\bexp/i,
    'exp-before-iat',
  ),
  saying(
    /\bexp\b.{0,20}(must be|is not|not) an? (number|integer)|\b(exp|nbf|iat)\b.{0,30}must be a number/i,
    'claim-type-wrong',
    (facts) => token.timesOfOtherType(facts).length > 0,
  ),
  saying(
    /\bexp\b.{0,20}(is )?(required|missing|must be present)|missing.{0,30}\bexp\b|\bno (exp\b|expir(y|ation))/i,
    'exp-missing',
    (facts) => token.isReadable(facts) && !/\bexp\b/.test(claimNames(facts)),
  ),
  saying(/\bjwt not active\b|\bnot before error\b/i, 'token-not-yet-valid'),
  saying(
    /\b(nbf|iat)\b.{0,30}(check failed|in the future|\bpast\b)|used (before issued|too early)/i,
    'token-not-yet-valid',
  ),
  saying(
    /(token|jwt|\bexp\b|\bexp['"”]? claim).{0,60}\b(has )?expired\b|expired( access| authentication)? (token|jwt|signature)|signature has expired|no longer valid|\bkey has expired\b|IDX10223|\bexp\b.{0,20}check failed|expir(y|ation)\b.{0,30}\b(earlier|before|past)\b/i,
    'token-expired',
  ),
  saying(/not yet valid|not valid (yet|before)|used before|IDX10222/i, 'token-not-yet-valid'),
  saying(/\bsub(ject)?\b.{0,20}must be a string/i, 'sub-not-string'),
  saying(
    /\btyp\b|\btype\b.{0,20}\bat\+jwt\b|\bid[ _]tokens?\b.{0,30}\bnot (be )?(accepted|allowed|supported|used)|\b(not|expected) an access token\b/i,
    'typ-not-valid',
  ),
  saying(
    /\bDPoP[- ]bound\b.{0,40}\bbearer\b|\bbearer\b.{0,60}\bDPoP[- ]bound\b/i,
    ['scheme-wrong', 'proof-missing'],
    ({ sent }) => sent.proof === null,
  ),
  saying(/\b(client_id|jti|sub|iat)\b.{0,20}(must have a value|missing|required)/i, 'claim-missing'),
  saying(/\bclient_id\b.{0,20}(not valid|invalid|not allowed)/i, 'client-other'),
  // “Jwt claims: "https://hasura.io/jwt/claims" key not found”
  saying(/\bclaims?\b.{0,80}\bkey not found/i, 'claim-missing'),
  ...keyRows,
  saying(ofAudience, 'audience-missing', lacksText('aud')),
  saying(ofAudience, 'audience-other'),
  saying(ofIssuer, 'issuer-missing', lacksText('iss')),
  saying(ofIssuer, 'issuer-other'),
  saying(
    /\bkid\b|(signing|signature) key|\bkey.{0,20}not found|unable to find.{0,30}\bkey\b|\bjwks?\b|IDX1050\d/i,
    'key-unknown',
  ),
  saying(
    /signature|crypto\/\w+: verification error|IDX1051\d|jwt verification fails|access token could not be verified/i,
    'signature-wrong',
  ),
  saying(/\brevoked\b/i, 'token-revoked'),
  saying(/inactive|(not|n['’]t) active/i, 'token-not-active'),
]

const claimNames = ({ sent: { token: jwt } }: Facts): string =>
  jwt?.claims?.kind === 'object' ? jwt.claims.members.map(({ key }) => key).join(' ') : ''

const kindOfToken = '(?:(?:access|bearer|oauth|auth|authentication|json web|provided) )*(?:token|jwt)'

/** What says no more than that it is the token: then what it may be is told, the token itself first. */
const badToken = new RegExp(
  [
    `\\b(?:invalid|bad|unknown|unrecogni[sz]ed|wrong) ${kindOfToken}\\b`,
    `\\b${kindOfToken}(?: (?:provided|given))? (?:is |was )?(?:invalid|not valid|unknown|not recogni[sz]ed|not found|not accepted)\\b`,
    '\\bbad credentials\\b|\\binvalid (?:authentication )?credentials\\b|\\binvalid (?:auth|session id)\\b',
    '\\bkey not authori[sz]ed\\b',
  ].join('|'),
  'i',
)

const afterBadToken = [
  'token-unknown',
  'token-revoked',
  'token-expired',
  'audience-other',
  'issuer-other',
  'signature-wrong',
] as const

/** Behind all that names more. @see RFC 6750 section 3.1 */
export const badTokenRows: readonly Row[] = [
  saying(
    badToken,
    afterBadToken,
    ({ sent, came }) => sent.token !== null && came.code !== 'invalid_dpop_proof',
  ),
]
