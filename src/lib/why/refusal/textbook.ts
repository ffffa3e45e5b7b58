import { type CauseId, causeOf } from './causes.ts'
import { isHmac } from './causes/assertion-facts.ts'
import { isAnonymous } from './general-method.ts'
import { textbookApiRow } from './textbook-api.ts'
import { fitsBare, rowsOfSent } from './textbook-sent.ts'
import type { Row } from './record.ts'
import type { Endpoint, Facts } from './facts/facts.ts'
import { stagesOf } from './order.ts'

/** What remains if a server says no more than the standard has it say: the causes of a code, the commonest first. */
const ofClient: readonly CauseId[] = [
  'assertion-missing',
  'assertion-malformed',
  'certificate-not-shown',
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
  'assertion-not-enabled',
  'client-disabled',
  'client-configuration-invalid',
]

/** What is signed with the secret fails as the secret itself does: for its value first. */
const ofSigned: readonly CauseId[] = [
  'assertion-signature',
  ...ofClient.filter((id) => id !== 'assertion-signature'),
]

/** What a request shows by itself to be wrong, and some servers stop at in an exception or with a code of their own. */
const ofSuspects: readonly CauseId[] = [
  'assertion-expired',
  'assertion-not-yet-valid',
  'assertion-malformed',
  'assertion-claim-missing',
  'assertion-replayed',
  'assertion-audience',
]

/** A code about the grant is used for what is sent with it, too. @see RFC 7521 section 4.2.1 */
const ofGrant: readonly CauseId[] = [
  'assertion-audience',
  'assertion-expired',
  'assertion-replayed',
  'assertion-signature',
  'proof-replayed',
  // oidc-provider says it of a client that is bound to DPoP, and of nothing else in this grant.
  'proof-missing',
  'grant-not-allowed',
  'grant-not-enabled',
  'custom-rule',
]

/** A form that is not as the server wants it. */
const ofForm: readonly CauseId[] = ['parameter-missing', 'form-not-read']

/** Who asks for a document proves nothing. */
const ofDocument: Readonly<Record<string, readonly CauseId[]>> = {
  401: ['gateway-refuses', 'path-unknown'],
  403: ['gateway-refuses', 'origin-refused', 'path-unknown'],
}

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
    'form-not-read',
    'custom-rule',
  ],
  invalid_grant: ofGrant,
  unauthorized_client: ['grant-not-allowed'],
  unsupported_grant_type: ['grant-not-enabled'],
  invalid_scope: ['scope-not-sent', 'scope-empty', 'scope-user-only', 'scope-refused'],
  invalid_target: ['resource-not-sent', 'resource-refused', 'resource-single', 'audience-not-accepted'],
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
  unsupported_token_type: ['token-kind-not-supported', 'token-type-hint-unknown'],
  missing_token: ['token-parameter-missing'],
  invalid_token: ['token-of-another-client', 'token-not-active'],
}

/** What codes and statuses mean at one endpoint alone. @see RFC 7662 section 2.1, RFC 7009 section 2.1 */
const special: Readonly<Partial<Record<Endpoint, Readonly<Record<string, readonly CauseId[]>>>>> = {
  introspection: {
    invalid_client: [...ofClient, 'introspection-needs-api'],
    invalid_request: ['two-credentials', 'method-other', 'endpoint-permission-missing', ...ofForm],
    unauthorized_client: [
      'endpoint-permission-missing',
      'introspection-needs-api',
      'secret-wrong',
      'client-unknown',
      'method-other',
    ],
    access_denied: ['introspection-needs-api', 'endpoint-permission-missing'],
    401: ['introspection-needs-api', ...ofClient],
    403: [
      'introspection-needs-api',
      'endpoint-permission-missing',
      'origin-refused',
      'gateway-refuses',
      // An empty 403 may be of wrong credentials (django-oauth-toolkit).
      'secret-wrong',
      'method-other',
    ],
  },
  revocation: {
    invalid_request: ['two-credentials', 'token-of-another-client', 'method-other', ...ofForm],
    unauthorized_client: ['token-of-another-client', 'endpoint-permission-missing'],
    access_denied: ['token-of-another-client', 'endpoint-permission-missing'],
    403: ['token-of-another-client', 'endpoint-permission-missing', 'origin-refused', 'gateway-refuses'],
  },
  metadata: ofDocument,
  keys: ofDocument,
}

/** Seen in place of a registered code. */
const aliases: Readonly<Record<string, string>> = {
  scope_invalid: 'invalid_scope',
  invalid_credentials: 'invalid_client',
  unauthorized: 'invalid_client',
  invalid_resource: 'invalid_target',
  // fosite, whose invalid_token it is at an API.
  request_unauthorized: 'invalid_client',
}

/** What a status says if there is no code. @see RFC 9110 section 15 */
const statuses: readonly (readonly [from: number, to: number, causes: readonly CauseId[]])[] = [
  [300, 399, ['redirected-to-login', 'path-unknown']],
  [401, 401, ofClient],
  // Glewlwyd responds so to a wrong secret, Keycloak to an origin that the client does not have.
  [
    403,
    403,
    [
      'gateway-refuses',
      'origin-refused',
      'custom-rule',
      'secret-wrong',
      'client-unknown',
      'grant-not-allowed',
      'scope-not-sent',
    ],
  ],
  [404, 404, ['path-unknown']],
  [410, 410, ['path-unknown']],
  [405, 405, ['other-endpoint', 'path-unknown', 'http-method']],
  [406, 406, ['media-type']],
  [413, 414, ['too-large']],
  [415, 415, ['charset-refused', 'json-wanted', 'form-not-read', 'charset-added']],
  [429, 429, ['rate-limited']],
  [431, 431, ['too-large']],
  [502, 504, ['overloaded', 'exception']],
  [500, 599, ['exception']],
  [400, 499, ['two-credentials', 'parameter-missing', 'form-not-read']],
]

/** Introspection and revocation are about a token, and none was sent. @see RFC 7662 section 2.1, RFC 7009 section 2.1 */
const lacksToken = ({ endpoint, sent: { parameters } }: Facts): boolean =>
  (endpoint === 'introspection' || endpoint === 'revocation') && !parameters.get('token')

/** What the standard alone says. @see RFC 6749 section 5.2, RFC 6750 section 3.1, RFC 7591 section 3, RFC 9449 section 5 */
export function textbookRow(facts: Facts): Row {
  const { endpoint } = facts
  const { code, status } = facts.came
  if (endpoint === 'api') return textbookApiRow(facts)
  const ofSent = rowsOfSent.find((row) => fitsBare(row, facts))
  if (ofSent) return ofSent
  // Whoever registers a client is nobody yet: what is missing is an initial access token.
  if (
    endpoint === 'registration' &&
    ([401, 403].includes(status) || /^(access_denied|invalid_token)$/.test(code))
  )
    return { causes: ['registration-needs-token'], certainty: 'likely' }
  // What was sent decides before any list.
  if (code === 'invalid_request' && endpoint !== 'registration' && isAnonymous(facts) && !lacksToken(facts))
    return { causes: ['client-id-missing'], certainty: 'likely' }
  if (endpoint === 'metadata' && status === 404)
    return { causes: ['path-unknown', 'metadata-elsewhere'], certainty: 'likely' }
  if (code === 'invalid_request' && lacksToken(facts))
    return { causes: ['token-parameter-missing'], certainty: 'likely' }
  const meant = Object.hasOwn(aliases, code) ? (aliases[code] ?? code) : code
  const own = special[endpoint] ?? {}
  const here = (ids: readonly CauseId[] = []) => ids.filter((id) => isOf(endpoint, id))
  const ofCode = here(lookUp(own, meant) ?? lookUp(codes, meant))
  const ofStatus = here(
    lookUp(own, String(status)) ?? statuses.find(([from, to]) => status >= from && status <= to)?.[2],
  )
  const suspects = status >= 500 || ofCode.length === 0 ? suspectsOf(facts) : []
  if (suspects.length > 0) return { causes: [...suspects, ...ofCode, ...ofStatus], certainty: 'possible' }
  if (ofCode.length === 0) {
    // An unknown code silences no status that says more than 400 does.
    const own: readonly CauseId[] = code !== '' || ofStatus.length === 0 ? ['unknown-code'] : []
    const causes = status === 400 ? [...own, ...ofStatus] : [...ofStatus, ...own]
    return { causes, certainty: causes.length === 1 ? 'likely' : 'possible' }
  }
  const causes = lookUp(codes, meant) === ofClient && isHmac(facts.sent.assertion) ? ofSigned : ofCode
  return {
    causes,
    certainty: causes.length === 1 ? 'likely' : 'possible',
    // A scope that is missing is refused there too, and not where parameters are counted.
    ...(meant === 'invalid_scope' && endpoint === 'token' ? { stage: 'scope' } : {}),
  }
}

/** An assertion or a proof that is faulty by its own claims is the first suspect of a failure, or of a code of nobody's. */
const suspectsOf = (facts: Facts): readonly CauseId[] =>
  ofSuspects.filter((id) => {
    const { applies, sign } = causeOf(id)
    return (applies?.(facts) ?? true) && sign?.(facts)?.certainty === 'likely'
  })

/** What a server says of its own, and where it fails, has no stage; any other cause is of some endpoints. */
function isOf(endpoint: Endpoint, id: CauseId): boolean {
  const { stage } = causeOf(id)
  return id === 'unknown-code' || id === 'exception' || stage in stagesOf[endpoint]
}

/** A code is a server's word, and may be that of something every object has. */
const lookUp = (table: Readonly<Record<string, readonly CauseId[]>>, name: string) =>
  Object.hasOwn(table, name) ? table[name] : undefined
