import * as proof from './api-causes/seen-proof.ts'
import { hasTwoCredentials, isOpaque } from './api-causes/seen-token.ts'
import { type CauseId, causeOf } from './causes.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'

/** What is checked of a proof; nothing of it applies if none was sent. */
const ofProof: readonly CauseId[] = [
  'proof-missing',
  'proof-twice',
  'proof-algorithm',
  'proof-iat',
  'proof-htu',
  'proof-htm',
  'proof-ath',
  'proof-replayed',
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
  'token-encrypted',
  'audience-other',
  'issuer-other',
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
const ofCredentials: readonly CauseId[] = ['no-credentials', 'scheme-wrong', 'proof-missing']

const ofInvalidToken = [...ofCredentials, ...ofToken, ...ofProof.slice(1)]

const codes: Readonly<Record<string, readonly CauseId[]>> = {
  invalid_token: ofInvalidToken,
  // The same in the words of fosite.
  request_unauthorized: ofInvalidToken,
  insufficient_scope: ['scope-insufficient'],
  invalid_request: ['two-credentials', 'two-spaces', 'token-in-url', 'request-malformed'],
  use_dpop_nonce: ['proof-missing', 'nonce-unreadable', 'nonce-demanded'],
  invalid_dpop_proof: ofProof,
  server_error: ['exception', 'metadata-not-fetched'],
}

/** What a status says if there is no code. @see RFC 9110 section 15 */
const statuses: readonly (readonly [from: number, to: number, causes: readonly CauseId[]])[] = [
  [300, 399, ['redirected-to-login', 'path-unknown']],
  [401, 401, ['no-credentials', 'scheme-wrong', 'credentials-lost', 'proof-missing', ...ofToken]],
  [403, 403, ['scope-insufficient', 'role-missing', 'origin-refused', 'gateway-refuses', 'csrf-refused']],
  [404, 404, ['path-unknown']],
  [410, 410, ['path-unknown']],
  [405, 405, ['http-method']],
  [406, 406, ['media-type']],
  [413, 414, ['too-large']],
  [415, 415, ['media-type']],
  [429, 429, ['rate-limited']],
  [431, 431, ['too-large']],
  [502, 504, ['overloaded', 'exception', 'metadata-not-fetched']],
  [500, 599, ['exception', 'metadata-not-fetched', 'overloaded']],
  [400, 400, ['request-malformed', ...ofToken]],
  [400, 499, ['unknown-code', 'request-malformed']],
]

/** What was sent is allowed by the standard, and known to trip APIs that are stricter. */
const oddities: readonly (readonly [when: (facts: Facts) => boolean, id: CauseId])[] = [
  [hasTwoCredentials, 'two-credentials'],
  [({ came }) => came.code === 'invalid_token', 'scheme-case'],
  [(facts) => proof.htuDiffers(facts) === 'spelling', 'proof-htu'],
  [proof.isBesideClock, 'proof-iat'],
]

/** What the standard alone says of a call. @see RFC 6750 section 3.1, RFC 9449 section 7.1 */
export function textbookApiRow(facts: Facts): Row {
  const { code, status } = facts.came
  const ofCode = Object.hasOwn(codes, code) ? codes[code] : undefined
  const ofStatus = statuses.find(([from, to]) => status >= from && status <= to)?.[2] ?? ['unknown-code']
  // An empty 403 may be of an API that says so of a token that it does not know, too (django-oauth-toolkit).
  const isSilent = status === 403 && facts.came.layer === 'empty' && !facts.past.issued
  // A method that changes nothing is not checked for CSRF.
  if (isSilent && facts.sent.authorization === null && /^(GET|HEAD)$/.test(facts.sent.method))
    return { causes: ['no-credentials'], certainty: 'likely' }
  const causes =
    code !== '' && !ofCode
      ? (['unknown-code', ...ofStatus] as const)
      : (ofCode ?? (isSilent ? [...ofStatus, 'token-unknown' as const] : ofStatus))
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
