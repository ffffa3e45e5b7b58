import type { CauseId } from './causes/causes.ts'
import type { Row } from './cause.ts'
import type { Facts } from './facts.ts'

/** What remains if a server says no more than the standard has it say: the causes of a code, the commonest first. */
const ofClient: readonly CauseId[] = [
  'no-credentials',
  'secret-wrong',
  'client-unknown',
  'method-other',
  'basic-not-form-encoded',
  'basic-form-encoded',
  'assertion-audience',
  'assertion-signature',
  'assertion-key-unknown',
  'assertion-expired',
  'assertion-lifetime',
  'assertion-replayed',
  'assertion-typ',
  'client-configuration-invalid',
]

/** A code that stands for the grant is said of what is sent with it. @see RFC 7521 section 4.2.1 */
const ofGrant: readonly CauseId[] = [
  'assertion-audience',
  'assertion-expired',
  'assertion-replayed',
  'assertion-signature',
  'proof-replayed',
  'proof-missing',
  'grant-not-enabled',
]

const codes: Readonly<Record<string, readonly CauseId[]>> = {
  invalid_client: ofClient,
  invalid_request: [
    'two-credentials',
    'scope-not-sent',
    'method-other',
    'proof-missing',
    'proof-malformed',
    'parameter-missing',
    'assertion-malformed',
  ],
  invalid_grant: ofGrant,
  unauthorized_client: ['grant-not-allowed', 'public-client', 'endpoint-permission-missing'],
  unsupported_grant_type: ['grant-not-enabled', 'other-endpoint', 'form-not-read'],
  invalid_scope: ['scope-not-sent', 'scope-user-only', 'scope-refused'],
  invalid_target: ['resource-refused', 'audience-not-accepted'],
  invalid_authorization_details: ['authorization-details-refused'],
  use_dpop_nonce: ['proof-missing', 'nonce-unreadable', 'nonce-demanded'],
  invalid_dpop_proof: [
    'proof-missing',
    'proof-iat',
    'proof-htu',
    'proof-algorithm',
    'proof-replayed',
    'proof-exp-missing',
  ],
  access_denied: ['custom-rule'],
  server_error: ['exception'],
  temporarily_unavailable: ['overloaded'],
  authorization_pending: ['code-of-device-grant'],
  slow_down: ['code-of-device-grant'],
  expired_token: ['code-of-device-grant'],
  unsupported_token_type: ['token-kind-not-supported'],
  invalid_token: ['token-of-another-client', 'token-not-active'],
}

const ofToken: readonly CauseId[] = [
  'token-revoked',
  'two-spaces',
  'scheme-twice',
  'token-in-quotes',
  'token-expired',
  'token-not-yet-valid',
  'token-encrypted',
  'audience-other',
  'audience-missing',
  'issuer-other',
  'key-unknown',
  'signature-wrong',
  'typ-not-valid',
  'token-not-active',
  'token-not-jwt',
  'alg-none',
]

const apiCodes: Readonly<Record<string, readonly CauseId[]>> = {
  invalid_token: ofToken,
  insufficient_scope: ['scope-insufficient'],
  invalid_request: ['two-credentials', 'two-spaces', 'token-in-url', 'request-malformed'],
  use_dpop_nonce: ['proof-missing', 'nonce-unreadable', 'nonce-demanded'],
  invalid_dpop_proof: [
    'proof-missing',
    'proof-iat',
    'proof-htu',
    'proof-htm',
    'proof-ath',
    'proof-replayed',
    'cnf-mismatch',
    'proof-signature',
    'proof-algorithm',
  ],
}

/** What a status says if there is no code. @see RFC 9110 section 15 */
const statuses: readonly (readonly [
  from: number,
  to: number,
  token: readonly CauseId[],
  api: readonly CauseId[],
])[] = [
  [300, 399, ['redirected-to-login', 'path-unknown'], ['redirected-to-login', 'path-unknown']],
  [401, 401, ofClient, ['no-credentials', 'scheme-wrong', 'proof-missing', ...ofToken]],
  [
    403,
    403,
    ['gateway-refuses', 'custom-rule', 'grant-not-allowed'],
    ['scope-insufficient', 'role-missing', 'gateway-refuses'],
  ],
  [404, 404, ['path-unknown'], ['path-unknown']],
  [410, 410, ['path-unknown'], ['path-unknown']],
  [405, 405, ['other-endpoint', 'path-unknown', 'http-method'], ['http-method']],
  [406, 406, ['media-type'], ['media-type']],
  [413, 414, ['too-large'], ['too-large']],
  [415, 415, ['form-not-read'], ['media-type']],
  [429, 429, ['rate-limited'], ['rate-limited']],
  [431, 431, ['too-large'], ['too-large']],
  [502, 504, ['overloaded', 'exception'], ['overloaded', 'exception']],
  [500, 599, ['exception'], ['exception']],
  [400, 499, ['two-credentials', 'parameter-missing', 'form-not-read'], ['request-malformed', ...ofToken]],
]

/** What the standard alone says. @see RFC 6749 section 5.2, RFC 6750 section 3.1, RFC 7591 section 3, RFC 9449 sections 5 and 7.1 */
export function textbookRow({ endpoint, came: { code, status } }: Facts): Row {
  // Whoever registers a client is nobody yet: what is missing is an initial access token.
  if (
    endpoint === 'registration' &&
    ([401, 403].includes(status) || /^(access_denied|invalid_token)$/.test(code))
  )
    return { causes: ['registration-needs-token'], certainty: 'likely' }
  const isApi = endpoint === 'api'
  const table = isApi ? apiCodes : codes
  const ofCode = Object.hasOwn(table, code) ? table[code] : undefined
  const ofStatus = statuses.find(([from, to]) => status >= from && status <= to)
  const causes = ofCode ?? ofStatus?.[isApi ? 3 : 2] ?? ['unknown-code']
  return {
    causes:
      code !== '' && !ofCode ? ['unknown-code', ...causes.filter((id) => id !== 'unknown-code')] : causes,
    certainty: causes.length === 1 ? 'likely' : 'possible',
  }
}
