import type { Row } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import type { CauseId } from '../../why/refusal/causes.ts'
import type { Stage } from '../../explanation/stage.ts'

const clientEndpoints = ['token', 'introspection', 'revocation'] as const
const atToken = ['token'] as const
const atIntrospection = ['introspection'] as const

/** A line that names its cause by itself. */
const line = (
  says: RegExp,
  cause: CauseId,
  more: Pick<Row, 'when' | 'stage' | 'endpoint'> & { readonly passed?: readonly Stage[] } = {},
): Row => ({ endpoint: clientEndpoints, says, causes: [cause], certainty: 'certain', ...more })

const noSecret = ({ config, sent: { places } }: Facts): boolean =>
  places.length === 0 || (!places.includes('assertion') && config.client_secret === '')

/** Whether form-decoding makes another ID or secret of what the Basic header has. */
export const isChangedByDecoding = ({ config, sent: { places } }: Facts): boolean =>
  places.includes('header') &&
  config.basic_encoding === 'raw' &&
  /[%+]|:.*:/.test(`${config.client_id}:${config.client_secret}`)

/** Lines about the ID and the secret. */
const clientLines: readonly Row[] = [
  line(/No client with id .* found/i, 'basic-not-form-encoded', {
    when: isChangedByDecoding,
    stage: 'client',
  }),
  line(/No client with id .* found/i, 'client-unknown'),
  line(/No client identifier found/i, 'client-id-missing'),
  line(/Invalid client configuration for client/i, 'client-configuration-invalid'),
  line(/Client ID exceeds maximum length/i, 'client-id-too-long'),
  line(/Client secret exceeds maximum length/i, 'secret-too-long'),
  line(/Client secret validation failed for client/i, 'no-credentials', {
    when: noSecret,
    passed: ['client'],
  }),
  line(/Client secret validation failed for client/i, 'secret-wrong', {
    when: ({ sent: { assertion } }) => assertion === null,
    passed: ['client'],
  }),
  line(/No API resource with that name found/i, 'introspection-needs-api', { endpoint: atIntrospection }),
  line(/No API secret found|No API id or secret found/i, 'no-credentials', { endpoint: atIntrospection }),
  line(/API validation failed/i, 'secret-wrong', { endpoint: atIntrospection }),
]

/** Lines about the assertion: the client is known, and has keys to try. */
const assertionLines: readonly Row[] = (
  [
    [/IDX10214/, 'assertion-audience'],
    [/IDX10206|IDX10211|IDX10225|jti is missing/i, 'assertion-claim-missing'],
    [/IDX10205/, 'assertion-issuer'],
    [/IDX10223/, 'assertion-expired'],
    [/IDX10222/, 'assertion-not-yet-valid'],
    [/IDX10504/, 'assertion-alg-none'],
    [/IDX10511|IDX10503/, 'assertion-signature'],
    [/IDX1050[01]|There are no keys available to validate client assertion/i, 'assertion-key-unknown'],
    [/IDX12741|IDX14100/, 'assertion-malformed'],
    [/jti is found in replay cache/i, 'assertion-replayed'],
  ] as const
).map(([says, cause]) =>
  line(says, cause, { when: ({ sent: { assertion } }) => assertion !== null, passed: ['client'] }),
)

/** Lines about what the client asked for. */
const requestLines: readonly Row[] = [
  line(/Client not authorized for client credentials flow/i, 'grant-not-allowed', { passed: ['client'] }),
  line(
    /cannot request a refresh token in client credentials|cannot request OpenID scopes in client credentials/i,
    'scope-user-only',
    {
      passed: ['client'],
    },
  ),
  line(
    /No allowed scopes configured for client|is not allowed access to scope/i,
    'scope-permission-missing',
    {
      endpoint: atToken,
      passed: ['client'],
    },
  ),
  line(/Scope .* not found in store/i, 'scope-unknown', { passed: ['client'] }),
  line(/Scope parameter exceeds max allowed length/i, 'scope-too-long', { passed: ['client'] }),
  line(/No signing credential is configured/i, 'signing-key-missing', {
    endpoint: atToken,
    passed: ['client', 'secret', 'grant', 'scope'],
  }),
]

/** What its log says of a refusal, a line each. */
export const identityServerLines: readonly Row[] = [...clientLines, ...assertionLines, ...requestLines]

const levels =
  'It says more with "IdentityServer4": "Debug", or "Duende.IdentityServer": "Debug", under Logging:LogLevel in appsettings.json; that may write credentials and tokens, so turn it off afterwards.'

/** Where the reason is: only in the log, as the response is the same for all of them. With words there is none. */
export function identityServerLog({
  came,
  sent: { assertion, places },
  endpoint,
}: Facts): string | undefined {
  if (came.words !== '') return undefined
  const lines =
    endpoint === 'introspection'
      ? '“No API resource with that name found” (the name), “API validation failed” (its password)'
      : came.code !== 'invalid_client'
        ? 'the last line of TokenRequestValidator, or of a validator of your own'
        : assertion && places.length === 1
          ? '“No client with id” (unknown or disabled), “There are no keys available” (no key registered), IDX10214 (aud), IDX10223 (expired), IDX10222 (not valid yet), IDX10511 or IDX10503 (the signature), “jti is found in replay cache”'
          : '“No client with id” (unknown or disabled), “Invalid client configuration” (its definition), “Client secret validation failed” (wrong, expired, or stored without Sha256())'
  return `Read the server’s log, and paste the line here. Look for ${lines}. ${levels}`
}
