import { headerValue } from '../../../http/message.ts'
import { scopeValues } from '../../../jwt/decode/claim-values.ts'
import { quoted } from '../../../text/quoted.ts'
import * as proof from '../../../why/refusal/api-causes/seen-proof.ts'
import * as token from '../../../why/refusal/api-causes/seen-token.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { claim, listClaim } from '../../../why/refusal/facts/sent.ts'
import { apiRules, apiScope, iatWindow, type Seen } from '../../records/helseid/api-rules.ts'
import { jwtBearerLog, jwtBearerOrder, jwtBearerRows } from './jwt-bearer.ts'
import { sampleApiLog } from './sample-api-log.ts'

type When = (facts: Facts) => boolean
type RuleId = (typeof apiRules)[number]['id']

const hasDate: When = ({ came }) => headerValue(came.response.headers, 'date') !== null

const seenOf = (facts: Facts): Seen => {
  const { sent, measured, now } = facts
  const read = proof.isProof(facts) ? sent.proof : null
  return {
    url: sent.url,
    method: sent.method,
    scheme: sent.authorization?.scheme ?? '',
    claims: sent.token?.claims ?? null,
    header: read?.header ?? null,
    proof: read?.claims ?? null,
    thumbprint: measured.proofKey,
    ath: measured.tokenHash ?? '',
    now,
    guessed: !hasDate(facts),
  }
}

/** Whether a rule of the API does not hold, as it is checked before a call too. */
const fails =
  (id: RuleId): When =>
  (facts) =>
    apiRules.find((rule) => rule.id === id)?.look(seenOf(facts)).result === 'fail'

const lacks =
  (name: string): When =>
  (facts) =>
    proof.lacksClaim(facts, name)

const both =
  (one: When, other: When): When =>
  (facts) =>
    one(facts) && other(facts)

const bare = (
  cause: Row['causes'][number],
  when: When,
  more: Partial<Pick<Row, 'certainty' | 'status' | 'open'>> = {},
): Row => ({ endpoint: ['api'], status: 401, when, causes: [cause], certainty: 'certain', ...more })

/** Whether `iat` is at the edge of what is accepted: `Date` has whole seconds. */
const isAtEdge: When = (facts) => {
  const ahead = proof.secondsAhead(facts)
  return ahead !== null && (ahead <= -iatWindow.before || ahead >= iatWindow.after)
}

const isForUsers: When = ({ sent }) => sent.url.pathname.startsWith('/user-login-clients/')

const isOneOfSeveral: When = ({ sent }) => {
  const scope = claim(sent.token, 'scope')
  return scope !== undefined && scope !== apiScope && scopeValues(scope).includes(apiScope)
}

/** The API gives no reason for scheme, proof and cnf. The rule that fails is the reason. */
const ofRules: readonly Row[] = [
  bare('no-credentials', ({ sent }) => sent.authorization === null),
  bare('scheme-case', both(fails('scheme'), token.isDpop)),
  bare('scheme-wrong', fails('scheme')),
  bare('proof-missing', ({ sent }) => sent.proof === null),
  bare('scheme-twice', token.hasSchemeTwice),
  bare('token-in-quotes', token.isInQuotes),
  bare('token-encrypted', token.isEncrypted),
  bare('token-reference', (facts) => token.isOpaque(facts) && facts.past.issued),
  bare('token-not-jwt', (facts) => token.isOpaque(facts) || token.isInPieces(facts)),
  bare('proof-twice', proof.hasTwoProofs),
  bare('proof-malformed', fails('proof')),
  bare('proof-typ', fails('typ')),
  bare('proof-algorithm', fails('alg')),
  bare('proof-key-private', proof.hasPrivateKey),
  bare('proof-key-missing', fails('jwk')),
  bare(
    'cnf-missing',
    both(fails('binding'), (facts) => token.boundTo(facts) === null),
  ),
  bare('cnf-mismatch', fails('binding')),
  bare('proof-signature', ({ measured }) => measured.proofVerifies === false),
  bare('proof-ath-missing', lacks('ath')),
  bare(
    'proof-ath',
    both(fails('ath'), ({ measured }) => measured.tokenHash !== null),
  ),
  bare('proof-jti-missing', fails('jti')),
  bare('proof-htm', fails('htm')),
  bare('proof-htu', fails('htu')),
  bare(
    'proof-iat-missing',
    both(fails('iat'), (facts) => proof.secondsAhead(facts) === null),
  ),
  bare('proof-iat', both(fails('iat'), hasDate)),
  bare('proof-iat', fails('iat'), { certainty: 'likely' }),
  bare('proof-replayed', ({ past }) => past.jtiSeen),
  bare('proof-iat', isAtEdge, { certainty: 'likely', open: ['proof-present'] }),
  // Every rule that can be checked here holds: what remains is a proof that was used elsewhere.
  bare('proof-replayed', token.isReadable, { certainty: 'likely', open: ['proof-present'] }),
]

const ofStatus: readonly Row[] = [
  bare('user-needed', isForUsers, { status: 403 }),
  bare('scope-one-string', both(fails('scope'), isOneOfSeveral), { status: 403 }),
  bare('scope-insufficient', fails('scope'), { status: 403 }),
  bare('path-unknown', () => true, { status: 404 }),
  bare('http-method', () => true, { status: 405 }),
  bare('two-credentials', token.hasTwoCredentials, { status: 500 }),
]

const greetings = '/machine-clients/greetings'

const callGreetings = ({ sent: { url } }: Facts) => [
  { text: `Call ${url.origin}${greetings}`, call: { url: url.origin + greetings } },
]

const askForScope = () => [
  { text: `Ask for the scope ${apiScope} alone, and get a new token`, change: { scope: apiScope } },
]

const startFor = ({ sent }: Facts) => [
  `Start the Sample API for the issuer of this token: with the environment variable PrivateHelseIdUrl=${quoted(claim(sent.token, 'iss') ?? 'https://…')}`,
]

/** HelseID's Sample API: JwtBearer describes faults of a readable JWT, and its own code gives no reason for any other. */
export const helseIdSampleApi: RefusalRecord = {
  name: 'HelseID’s Sample API',
  rows: [
    {
      endpoint: ['api'],
      says: /The audience '[^']*' is invalid/,
      when: ({ sent }) => (listClaim(sent.token, 'aud')?.length ?? 0) > 1,
      causes: ['two-audiences'],
      certainty: 'certain',
    },
    ...sampleApiLog,
    ...jwtBearerRows,
    ...ofRules,
    ...ofStatus,
  ],
  order: [
    ...jwtBearerOrder,
    // A token under Bearer is refused with and without a proof; without one, a good token under DPoP is.
    ['scheme', 'proof-present'],
    ['proof-present', 'proof-valid'],
    ['proof-valid', 'scope'],
    ['proof-valid', 'role'],
  ],
  fixes: {
    'no-credentials': () => [
      { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } },
    ],
    'path-unknown': callGreetings,
    'user-needed': callGreetings,
    'http-method': () => [{ text: 'Send GET', call: { method: 'GET' } }],
    'audience-other': askForScope,
    'audience-missing': askForScope,
    'two-audiences': askForScope,
    'scope-insufficient': askForScope,
    'scope-one-string': askForScope,
    'issuer-other': startFor,
  },
  meanings: {
    'scope-insufficient': `This API wants the scope ${apiScope}, as a value of its own.`,
    'proof-iat': `This API accepts an iat that is at most ${iatWindow.before} s old and ${iatWindow.after} s ahead of its own clock.`,
    'two-audiences': 'This API wants exactly one audience: itself.',
    'scheme-wrong': 'This API accepts DPoP only, though its challenge says Bearer.',
    'user-needed':
      'This path is for users who logged in: no token of the client credentials grant has their claims.',
  },
  rejects: ({ resource }) => resource !== undefined,
  rejectsCall: ({ presentation }) => presentation === 'bearer',
  log: jwtBearerLog,
}
