import { claim } from './facts/sent.ts'
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

/** Sentences that many APIs say alike, and that name one cause. */
export const apiRows: readonly Row[] = [
  ...proofRows,
  said(
    /\btoken\b.{0,20}(missing|required|not (found|provided|present))|(missing|no) .{0,20}token\b/i,
    'no-credentials',
    ({ sent: { authorization, proof } }) => authorization === null && proof === null,
  ),
  said(/\buser\b.{0,20}(not found|unknown|does not exist)|no such user/i, 'user-needed'),
  // A list of alternatives names none of them; what this tab knows decides.
  {
    says: /(unknown|expired|malformed|revoked)(,? or | and |, )(has )?(expired|revoked|unknown|invalid)/i,
    causes: ['token-revoked', 'token-not-active', 'token-expired'],
    certainty: 'likely',
    endpoint: ['api'],
  },
  said(/token.{0,30}(has )?expired|expired token|no longer valid|IDX10223/i, 'token-expired'),
  said(/not yet valid|not valid (yet|before)|IDX10222/i, 'token-not-yet-valid'),
  said(/audience|\baud\b|IDX10214/i, 'audience-other'),
  said(/\bissuer\b|\biss\b|IDX10205/i, 'issuer-other'),
  said(/\bkid\b|(signing|signature) key|\bkey.{0,20}not found|\bjwks?\b|IDX1050\d/i, 'key-unknown'),
  said(/signature|IDX1051\d/i, 'signature-wrong'),
  said(/revoked|inactive|not active/i, 'token-not-active'),
  said(
    /not enough permissions|insufficient.{0,20}scope|scope.{0,20}(required|missing)/i,
    'scope-insufficient',
  ),
]
