import { claim } from './facts/sent.ts'
import { hasTwoProofs } from './api-causes/seen-proof.ts'
import * as token from './api-causes/seen-token.ts'
import { codesIn } from './facts/codes.ts'
import type { CauseId } from './causes.ts'
import { badTokenRows, claimRows, keyHeaderRows, saying, unreadableRows } from './general-api-token.ts'
import { headerValue } from '../../http/message.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'

/** Words are about the proof if the code or the words themselves say so. */
const isOfProof = ({ came: { code, words } }: Facts): boolean =>
  code === 'invalid_dpop_proof' || /\bDPoP\b|\bproof\b/i.test(words)

const ofProof = (says: RegExp, cause: CauseId, when: (facts: Facts) => boolean = () => true): Row =>
  saying(says, cause, (facts) => isOfProof(facts) && when(facts))

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
  saying(/thumbprint|\bjkt\b|\bcnf\b|key binding|bound to (another|a different)/i, 'cnf-mismatch'),
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

const missing =
  /\b(token|jwt|authorization)\b.{0,20}(missing|required|not (found|provided|present))|(missing|no) .{0,20}\b(token|jwt|authorization)\b/i

/** Credentials were sent, and the API found none that it reads. */
const misread = ['scheme-missing', 'scheme-wrong', 'scheme-twice', 'two-spaces', 'credentials-lost'] as const

const isForbidden = ({ came: { status } }: Facts): boolean => status === 403 || status < 300

const sendsNothing = ({ sent: { authorization, proof } }: Facts): boolean =>
  authorization === null && proof === null

/** What a gateway says of a path, of how often one calls, and of who may call at all. */
const gatewayRows: readonly Row[] = [
  {
    ...saying(
      /\b(resource|path|route|endpoint|table|segment|function)\b.{0,50}\b(not (be )?(found|discovered)|does not exist)|could not find the (table|resource|route|requested resource|function)|no (matching )?(route|resource|context-path)\b|unable to identify proxy/i,
      'path-unknown',
    ),
    status: [400, 404],
  },
  saying(
    /\bIP( address)?\b.{0,60}\b(blocked|denied|not (allowed|permitted|whitelisted))/i,
    'gateway-refuses',
  ),
  saying(
    /\b(limit|quota)\b.{0,30}\b(exceeded|reached)|exceeded.{0,20}\b(limit|quota)\b|\bthrottl(ed|ing)\b|spike arrest/i,
    'rate-limited',
  ),
  saying(/authorizer (configuration|failure)/i, 'exception'),
  saying(
    /\bCSRF\b.{0,30}\b(mismatch|failed|missing|invalid)|(missing|invalid) .{0,10}\bCSRF\b/i,
    'csrf-protection',
  ),
  saying(
    /subscription validation failed|no api ?product match|(api|service)\b.{0,40}\b(not (been )?(enabled|activated)|disabled)\b|\bhas not been used in project\b|\b(service|api) disabled\b|not subscribed|\bsubscription\b.{0,30}\bnot active/i,
    'api-not-open',
  ),
  // Of Amazon’s gateway: it says so of a key that is missing, and of a policy before the token.
  {
    endpoint: ['api'],
    status: 403,
    when: ({ came: { response } }) =>
      /^ForbiddenException/.test(headerValue(response.headers, 'x-amzn-errortype') ?? ''),
    causes: ['header-other', 'gateway-refuses', 'path-unknown'],
    certainty: 'possible',
    undecided: true,
  },
]

/** That a good token does not allow it: a scope, a role, a user, or credentials at all. @see RFC 6750 section 3.1 */
const rightsAtApi: readonly Row[] = [
  saying(
    /not enough permissions|\bscopes?(\(s\))?\b.{0,40}\b(insufficient|required|missing|needed|not (present|granted|allowed|found)|(does )?not match|failed)\b|\b(insufficient|missing|required|requires?|lacks?|needs?|expected|not (have|contain|include))\b.{0,40}\bscopes?\b|scope validation failed/i,
    'scope-insufficient',
  ),
  saying(
    /\buser\b.{0,20}(not found|unknown|does not exist)|no such user|user identification|\buser (context|login|session) (is )?(required|needed|missing)|requires? an? user (context|token|session)|\bapp(lication)?-only\b|only valid with delegated|token type .{0,10}not supported|incorrect access token type/i,
    'user-needed',
  ),
  saying(
    /\b(?:not authenticated|unauthenticated|not authed|(?:must be|need to be) (?:logged|signed) in|(?:need to|please) (?:log|sign) in|(?:authentication|login) (?:is )?required|(?:credentials|token) (?:were |was )?not provided|\banonymous\b)/i,
    'no-credentials',
    sendsNothing,
  ),
  saying(/system:anonymous/i, 'credentials-lost', ({ sent }) => sent.authorization !== null),
  saying(
    /\b(?:insufficient|missing|not enough|no|lacks?) (?:\w+ ){0,2}(?:privileges?|permissions?|rights|role)\b|(?:\bnot|n['’]t) have (?:\w+ ){0,3}(?:permissions?|access|authorization|privileges?|rights|role)\b|\bpermission (?:.{0,60} )?denied\b|\brequires? (?:\w+ ){0,3}roles?\b|\broles?\b.{0,20}\b(?:required|missing)\b|\bclaims?\b.{0,30}\bdo(?:es)? not match\b|rbac:|\bcannot consume\b|\bforbidden: user\b|\bcannot (?:get|list|watch|create|update|delete) (?:resource|path)\b|\bnot accessible by\b|\bforbidden resource\b|\baccess to .{0,40}(?:disallowed|denied|forbidden)\b/i,
    'role-missing',
  ),
  saying(
    /\bnot (?:been )?authori[sz]ed\b(?<!\bkey not authori[sz]ed)(?!.{0,3}exception)|\bnot (?:allowed|permitted) to\b/i,
    'role-missing',
    isForbidden,
  ),
]

/** Sentences that many APIs say alike, and that name one cause. */
const namingRows: readonly Row[] = [
  // A filter of CORS says so of the request itself.
  saying(/^Invalid CORS request/i, 'cors-refused'),
  saying(
    /(found |sent )?(multiple|more than one|two) (bearer |access )?tokens/i,
    'token-in-two-places',
    token.isInUrl,
  ),
  // The gateway of AWS says so of any path that it has not, and of a scheme that is none of its own.
  {
    ...saying(/^Missing Authentication Token$/m, ['path-unknown', 'http-method', 'scheme-wrong']),
    status: 403,
  },
  saying(
    /key=value pair \(missing equal-sign\)|requires '(Credential|Signature|SignedHeaders)' parameter/,
    ['scheme-wrong', 'path-unknown'],
    undefined,
    'possible',
  ),
  ...keyHeaderRows,
  { ...saying(/invalid origin|\borigin\b.{0,40}not allowed/i, 'origin-refused'), status: 403 },
  saying(
    /(discovery|metadata|jwks?|remote)\b.{0,40}\b(communication|fetch|unreachable|unavailable)|(fail(ed)?|unable|could ?(not|n['’]t)) (to )?(fetch|retrieve|load|get|obtain|download).{0,60}(metadata|jwks?|jwk set|discovery|keys|\burl\b)|jwks? (doesn['’]t|does not) have any|secret or public key must be provided|unable to obtain configuration|IDX2080[34]|\b(provider|authorization server|introspection endpoint)\b.{0,30}\b(un|not )(reachable|available)/i,
    'metadata-not-fetched',
  ),
  ...unreadableRows,
  saying(/(proof|DPoP).{0,30}(missing|invalid)/i, 'proof-twice', hasTwoProofs),
  ...proofRows,
  saying(
    missing,
    'no-credentials',
    ({ sent: { authorization, proof } }) => authorization === null && proof === null,
  ),
  saying(
    /(missing|no) .{0,10}\b(authorization|jwt)\b|\b(authorization|jwt)( header| field)? (is )?missing|\bauthorization token was (not )?found/i,
    misread,
    ({ sent }) => sent.authorization !== null,
    'possible',
  ),
  saying(
    /format is authorization:|(invalid|bad|malformed) (authorization|token) header/i,
    misread,
    ({ sent }) => sent.authorization !== null,
    'possible',
  ),
  saying(/^SyntaxError\b.{0,120}\bJSON\b/m, 'body-not-json', ({ sent }) => sent.rpc === null),
  ...gatewayRows,
  // A list of alternatives names none of them; what this tab knows decides.
  {
    ofList: true,
    says: /(unknown|expired|malformed|revoked)(,? or | and |, )(has )?(expired|revoked|unknown|invalid)/i,
    causes: ['token-revoked', 'token-not-active', 'token-expired'],
    certainty: 'likely',
    endpoint: ['api'],
  },
  ...claimRows,
  saying(/\b(azp|appid|client)\b.{0,60}\bnot (in|on|one of|allowed|permitted|trusted)\b/i, 'client-other'),
  ...rightsAtApi,
  saying(/\bclaims?\b.{0,30}(missing|required)|(missing|required).{0,20}\bclaims?\b/i, 'claim-missing'),
  { ...saying(/(invalid|wrong) scope/i, 'scope-insufficient'), status: 403 },
  // The whole text of an API that has roles of its own, such as Keycloak’s for admins.
  { ...saying(/^HTTP 403 Forbidden$/m, 'role-missing'), status: 403 },
]

/** A code of an API’s own is read as the sentence that its words are. */
const overCodes = ({ says, when, ...row }: Row): readonly Row[] =>
  says === undefined || row.ofList
    ? []
    : [
        {
          ...row,
          // A line that was pasted has no codes but its own.
          when: (facts) => facts.pasted === '' && says.test(codesIn(facts.came)) && (when?.(facts) ?? true),
        },
      ]

/** What the words name, then what a code names, then what says of the token no more than that it is bad. */
export const apiRows: readonly Row[] = [
  ...namingRows,
  ...namingRows.flatMap(overCodes),
  ...badTokenRows,
  ...badTokenRows.flatMap(overCodes),
]
