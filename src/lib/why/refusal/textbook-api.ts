import { changesSomething } from './api-causes/rights.ts'
import * as proof from './api-causes/seen-proof.ts'
import { challengeParameter } from '../../http/challenges.ts'
import { hasTwoCredentials, isDpop, isOpaque, isOver, isReadable } from './api-causes/seen-token.ts'
import { type CauseId, causeOf } from './causes.ts'
import type { Row } from './record.ts'
import { codesIn } from './facts/codes.ts'
import type { Facts } from './facts/facts.ts'

/** What is checked of a proof; nothing of it applies if none was sent. */
const ofProof: readonly CauseId[] = [
  'proof-missing',
  'proof-twice',
  'proof-replayed',
  'proof-malformed',
  'proof-typ',
  'proof-algorithm',
  'proof-iat',
  'proof-htu',
  'proof-htm',
  'proof-ath-missing',
  'proof-ath',
  'cnf-mismatch',
  'cnf-missing',
  'proof-signature',
]

/** What of a token may be wrong, the commonest first. */
export const ofToken: readonly CauseId[] = [
  'token-revoked',
  'two-spaces',
  'scheme-twice',
  'token-in-quotes',
  'token-empty',
  'token-characters',
  'payload-malformed',
  'claim-type-wrong',
  'token-encrypted',
  'audience-other',
  'issuer-missing',
  'issuer-other',
  'exp-before-iat',
  'key-unknown',
  'signature-wrong',
  'typ-not-valid',
  'alg-none',
  'token-expired',
  'token-not-yet-valid',
  'audience-missing',
  'token-not-active',
  'token-reference',
  'token-not-jwt',
]

/** Of a token that says nothing here, what it is comes before what may be in it. */
const ofOpaque: readonly CauseId[] = ['token-revoked', 'token-not-jwt', 'token-reference', 'token-not-active']

const opaqueFirst = (causes: readonly CauseId[]): readonly CauseId[] => [
  ...ofOpaque.filter((id) => causes.includes(id)),
  ...causes.filter((id) => !ofOpaque.includes(id)),
]

/** A code says that there were credentials, unless none were sent at all. */
const ofCredentials: readonly CauseId[] = [
  'token-elsewhere',
  'no-credentials',
  'scheme-missing',
  'scheme-wrong',
  'proof-missing',
]

/** Without a code, a 403 may have come before anybody looked at the token. */
const ofForbidden: readonly CauseId[] = [
  'scope-insufficient',
  'role-missing',
  'origin-refused',
  'gateway-refuses',
  'csrf-protection',
]

const ofInvalidToken = [...ofCredentials, ...ofToken, ...ofProof.slice(1)]

const codes: Readonly<Record<string, readonly CauseId[]>> = {
  invalid_token: ofInvalidToken,
  // The same in the words of fosite.
  request_unauthorized: ofInvalidToken,
  insufficient_scope: ['scope-insufficient'],
  invalid_request: ['two-credentials', 'two-spaces', 'token-in-two-places', 'request-malformed'],
  use_dpop_nonce: ['proof-missing', 'nonce-unreadable', 'nonce-demanded'],
  invalid_dpop_proof: ofProof,
  server_error: ['exception', 'metadata-not-fetched'],
}

/** What a status says if there is no code. @see RFC 9110 section 15 */
const statuses: readonly (readonly [from: number, to: number, causes: readonly CauseId[]])[] = [
  [300, 399, ['redirected-to-login', 'path-unknown']],
  [401, 401, [...ofCredentials, 'credentials-lost', ...ofToken]],
  [403, 403, ofForbidden],
  [404, 404, ['path-unknown']],
  [410, 410, ['path-unknown']],
  [405, 405, ['http-method']],
  [406, 406, ['media-type']],
  [413, 414, ['too-large']],
  [415, 415, ['media-type']],
  [419, 419, ['csrf-protection']],
  [429, 429, ['rate-limited']],
  [431, 431, ['too-large']],
  [502, 504, ['overloaded', 'exception', 'metadata-not-fetched']],
  [500, 599, ['exception', 'metadata-not-fetched', 'overloaded']],
  [400, 400, ['request-malformed', ...ofToken]],
  [400, 499, ['unknown-code', 'request-malformed']],
]

/** The faults of a proof that can be seen in it; a token that is bound to no key, if there is none. */
const faultsOfProof = (facts: Facts): readonly CauseId[] => {
  const seen = ofProof.filter((id) => isLikely(id, facts))
  return seen.length > 0 || !applies('cnf-missing', facts) ? seen : ['cnf-missing']
}

const isBare = ({ came: { code, challenges } }: Facts): boolean => code === '' && challenges.length > 0

const possible = (when: (facts: Facts) => boolean, causes: readonly CauseId[]): Row => ({
  when,
  causes,
  certainty: 'possible',
})

/** What was sent, or what went before, decides before the code does. */
const specialRows: readonly Row[] = [
  // A method that changes something, of a token that a GET with a proof was accepted with.
  possible(
    (facts) =>
      facts.past.acceptedScheme === 'dpop' &&
      proof.isProof(facts) &&
      (facts.came.status === 403 || (facts.came.status === 401 && isBare(facts))) &&
      changesSomething(facts),
    ['csrf-protection'],
  ),
  {
    when: (facts) =>
      facts.came.status === 401 && isBare(facts) && changesSomething(facts) && isLikelyScheme(facts),
    causes: ['scheme-wrong'],
    certainty: 'likely',
  },
  possible(
    ({ came, sent }) => came.status === 403 && came.code === '' && sent.authorization === null,
    ['csrf-protection', 'no-credentials', 'origin-refused', 'gateway-refuses'],
  ),
  // Some APIs refuse with 403 whatever is wrong with a token.
  possible(
    (facts) => facts.came.status === 403 && facts.came.code === '' && isOver(facts),
    ['token-expired', ...ofForbidden],
  ),
  // An API that names its metadata knows the codes of bad tokens: without one it may have judged none.
  possible(
    (facts) => facts.came.status === 401 && isBare(facts) && namesMetadata(facts) && isReadable(facts),
    [
      'scheme-wrong',
      'credentials-lost',
      'metadata-not-fetched',
      'token-revoked',
      ...ofToken.filter((id) => !/^(token-|audience-)/.test(id)),
      ...ofToken.filter((id) => /^(token-|audience-)/.test(id)),
    ],
  ),
]

/** Whether a token was sent under DPoP, and the API asks for another scheme. */
const isLikelyScheme = (facts: Facts): boolean =>
  isDpop(facts) && (causeOf('scheme-wrong').sign?.(facts) ?? null) !== null

/** @see RFC 9728 section 5.1 */
const namesMetadata = ({ came: { challenges } }: Facts): boolean =>
  challenges.some((challenge) => challengeParameter(challenge, 'resource_metadata') !== null)

/** What was sent is allowed by the standard, and known to trip APIs that are stricter. */
const oddities: readonly (readonly [when: (facts: Facts) => boolean, id: CauseId])[] = [
  [hasTwoCredentials, 'two-credentials'],
  [({ came }) => came.code === 'invalid_token', 'scheme-case'],
  [(facts) => proof.htuDiffers(facts) === 'spelling', 'proof-htu'],
  [proof.isBesideClock, 'proof-iat'],
]

/** A refusal inside a success, as GraphQL has it, is one of the status that its code is named after. */
function statusMeant({ came }: Facts): number {
  if (came.status >= 300) return came.status
  const codes = codesIn(came)
  if (/\bunauth(enticated|orized)\b|\binvalid jwt\b/i.test(codes)) return 401
  return /\bforbidden\b|\baccess denied\b/i.test(codes) ? 403 : came.status
}

/** With an error of JSON-RPC the path is right, and the status says no more than that, unless it is one of these. */
const saysMore: readonly number[] = [401, 403, 405, 406, 413, 415, 429]

/** What the standard alone says of a call. @see RFC 6750 section 3.1, RFC 9449 section 7.1 */
export function textbookApiRow(facts: Facts): Row {
  const { code } = facts.came
  const status = statusMeant(facts)
  const ofCode = Object.hasOwn(codes, code) ? codes[code] : undefined
  const ofStatus = statuses.find(([from, to]) => status >= from && status <= to)?.[2] ?? ['unknown-code']
  // An empty 403 may be of an API that says so of a token that it does not know, too (django-oauth-toolkit).
  const isSilent = status === 403 && facts.came.layer === 'empty' && !facts.past.issued
  // A method that changes nothing is not checked for CSRF.
  if (isSilent && facts.sent.authorization === null && !changesSomething(facts))
    return { causes: ['no-credentials'], certainty: 'likely' }
  const special = specialRows.find(({ when }) => when?.(facts))
  if (special) return special
  const faults = code === 'invalid_dpop_proof' ? faultsOfProof(facts) : []
  if (faults.length > 0) return { causes: faults, certainty: 'likely' }
  const causes =
    code !== '' && !ofCode
      ? (['unknown-code', ...ofStatus] as const)
      : (ofCode ?? (isSilent ? [...ofStatus, 'token-unknown' as const] : ofStatus))
  if (facts.came.rpc !== null && !ofCode && !saysMore.includes(status))
    return { causes: ['mcp-error'], certainty: 'likely' }
  const odd = oddities.find(([when, id]) => when(facts) && applies(id, facts))?.[1]
  if (odd && [400, 401, 500].includes(status) && !causes.some((id) => isLikely(id, facts)))
    return { causes: [odd], certainty: 'possible' }
  return {
    causes: isOpaque(facts) ? opaqueFirst(causes) : causes,
    certainty: causes.length === 1 ? 'likely' : 'possible',
  }
}

const applies = (id: CauseId, facts: Facts): boolean => causeOf(id).applies?.(facts) ?? true

const isLikely = (id: CauseId, facts: Facts): boolean =>
  applies(id, facts) && causeOf(id).sign?.(facts)?.certainty === 'likely'
