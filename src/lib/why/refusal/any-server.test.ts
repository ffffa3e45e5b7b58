import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../http/message.ts'
import { readResponse } from '../../oauth/response/read-response.ts'
import { readCame } from './facts/came.ts'
import { explainVerdict } from './explain.ts'
import { findReason } from './reason.ts'
import { factsOf, jwt, now, type Refusal } from './refusal-testing.ts'

/** What the page says of a body that came so, of a server that nobody wrote down. */
function told(status: number, body: unknown, sent: Refusal = {}, headers: HeaderList = []) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = { status, statusText: '', headers, body: new TextEncoder().encode(text) }
  const facts = { ...factsOf(sent), came: readCame(readResponse(response).answer) }
  const verdict = findReason(facts, null, [])
  const { stage, certainty, reasons } = verdict
  return { stage, certainty, cause: reasons[0]?.id, says: explainVerdict(verdict, facts).says }
}

const says = (error: string, error_description: string) => ({ error, error_description })
const none = { credentials: 'none' } as const
const page = (title: string, more = '') => `<!DOCTYPE html><html><title>${title}</title>${more}</html>`

describe('one cause that the words name', () => {
  it.each<[cause: string, stage: string, status: number, body: unknown, sent?: Refusal]>([
    [
      'client-unknown',
      'client',
      401,
      { errorCode: 'invalid_client', errorSummary: "Invalid value for 'client_id' parameter." },
    ],
    ['client-unknown', 'client', 401, { ErrorCode: 'invalid_client', Error: 'ClientId is Invalid' }],
    ['client-unknown', 'client', 401, { httpCode: '401', moreInformation: 'Client id not registered.' }],
    ['client-unknown', 'client', 400, says('unauthorized_client', 'AADSTS700016: Application was not found')],
    ['client-unknown', 'client', 404, { error: 'NotFound', message: "Client 'm2m' not found" }],
    [
      'client-unknown',
      'client',
      401,
      { errors: [{ code: 'invalid_client', message: 'Unknown client m2m' }] },
    ],
    ['client-disabled', 'enabled', 401, says('invalid_client', "The client 'm2m' is inactive.")],
    [
      'secret-wrong',
      'secret',
      401,
      says('invalid_client', 'The client secret supplied for a confidential client is invalid.'),
    ],
    ['secret-wrong', 'secret', 403, { status: 403, message: 'invalid client secret' }],
    ['secret-wrong', 'secret', 200, { ok: false, error: 'bad_client_secret' }],
    [
      'no-credentials',
      'secret',
      401,
      says('invalid_client', "AADSTS7000218: 'client_secret' is required"),
      none,
    ],
    [
      'method-other',
      'method',
      401,
      says('invalid_client', 'Request denied: Unsupported authentication method'),
    ],
    ['realm-unknown', 'tenant', 400, says('invalid_request', "AADSTS90002: Tenant 'foo' not found.")],
    ['realm-unknown', 'tenant', 404, { code: 404, message: "Realm '/foo' not found" }],
    [
      'path-unknown',
      'route',
      404,
      says('invalid_request', 'unrecognized route or not allowed method (POST on /x)'),
    ],
    [
      'path-unknown',
      'route',
      404,
      { errorSummary: 'Not found: Resource not found: default (AuthorizationServer)' },
    ],
    ['path-unknown', 'route', 404, page('Error', '<pre>Cannot POST /token</pre>')],
    [
      'origin-refused',
      'origin',
      400,
      says('invalid_request', 'AADSTS9002326: Cross-origin token redemption'),
    ],
    [
      'origin-refused',
      'origin',
      400,
      says('invalid_request', 'origin https://a.example not allowed for client: m2m'),
    ],
    ['other-endpoint', 'route', 419, page('Page Expired')],
    ['json-wanted', 'form', 400, { message: 'Unexpected token g in JSON at position 0' }],
    [
      'grant-not-allowed',
      'grant',
      401,
      says('invalid_client', 'Unauthorized grant type: client_credentials'),
    ],
    [
      'grant-not-enabled',
      'grant-known',
      400,
      says('unsupported_grant_type', 'Invalid grant_type: client_credentials'),
    ],
    [
      'scope-permission-missing',
      'scope',
      403,
      says('access_denied', 'Client has not been granted scopes: read'),
    ],
    [
      'scope-permission-missing',
      'scope',
      400,
      { error: { code: 'invalid_scope', message: 'scope read is not granted to the client' } },
    ],
    [
      'scope-not-sent',
      'parameter-present',
      400,
      says('invalid_request', "AADSTS900144: missing: 'scope'"),
      { scope: '' },
    ],
    ['resource-not-sent', 'resource', 403, says('access_denied', 'No audience parameter was provided')],
    ['rate-limited', 'gateway', 429, says('access_denied', 'Global limit has been reached')],
    ['gateway-no-response', 'gateway', 521, page('a.example | 521: Web server is down')],
    ['gateway-no-response', 'gateway', 503, 'upstream connect error or disconnect/reset before headers'],
    ['gateway-refuses', 'gateway', 403, page('Just a moment...')],
    ['gateway-refuses', 'gateway', 403, 'error code: 1020'],
    ['https-required', 'https', 400, says('access_denied', 'You must use HTTPS')],
  ])('%s at %s: %i %j', (cause, stage, status, body, sent) => {
    expect(told(status, body, sent)).toMatchObject({ cause, stage, certainty: 'likely' })
  })
})

describe('words that name no one cause of a refused client', () => {
  it.each<[status: number, body: unknown]>([
    [401, says('access_denied', 'Unauthorized')],
    [401, says('server_error', 'access_denied')],
    [401, { error: 'INVALID_CLIENT', error_description: 'Authentication failed' }],
    [401, { title: 'Unauthorized', status: 401 }],
    [401, says('invalid_client', 'Invalid client authentication')],
    [
      401,
      says(
        'invalid_client',
        'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
      ),
    ],
    [401, says('invalid_client', 'Client secret is invalid, expired or revoked')],
    [
      401,
      says(
        'invalid_client',
        'Client authentication failed. Either the client or the client credentials are invalid.',
      ),
    ],
  ])('%i %j', (status, body) => {
    expect(told(status, body)).toMatchObject({ stage: null, certainty: 'possible' })
  })
})

const seconds = now / 1000
const expired = jwt({ iss: 'a', aud: 'b', exp: seconds - 900 })
const call = (status: number, body: unknown, sent: Refusal = {}, challenge = '') =>
  told(status, body, { endpoint: 'api', ...sent }, challenge === '' ? [] : [['www-authenticate', challenge]])

describe('an API', () => {
  it.each<[cause: string, stage: string, status: number, body: unknown, sent?: Refusal]>([
    ['no-credentials', 'header', 401, { message: 'No authorization token was found' }, none],
    ['no-credentials', 'header', 400, { error: 'Authorization field missing' }, none],
    [
      'token-not-jwt',
      'token',
      401,
      says('invalid_token', 'Invalid token: Invalid Compact JWS'),
      { token: 'opaque' },
    ],
    ['token-expired', 'time', 401, { exp: 'token expired' }, { token: expired }],
    ['token-expired', 'time', 401, { fault: { faultstring: 'Access Token expired' } }, { token: 'opaque' }],
    ['token-expired', 'time', 401, { error: 'ExpiredSignature' }, { token: expired }],
    ['audience-other', 'audience', 401, says('invalid_token', 'Token was not issued for this resource')],
    [
      'audience-other',
      'audience',
      401,
      page('Error', '<pre>InvalidTokenError: unexpected &quot;aud&quot; claim value</pre>'),
    ],
    ['audience-other', 'audience', 403, 'Audiences in Jwt are not allowed'],
    ['issuer-other', 'issuer', 401, 'Jwt issuer is not configured'],
    ['signature-wrong', 'signature', 401, 'Jwt verification fails'],
    [
      'metadata-not-fetched',
      'setup',
      401,
      says('invalid_token', 'OIDC discovery endpoint communication error'),
    ],
    ['scope-insufficient', 'scope', 403, { message: 'Invalid scope(s) provided.' }],
    ['scope-insufficient', 'scope', 403, { error: 'Access to this resource requires scope "admin".' }],
    ['header-other', 'header', 401, { message: 'Access denied due to missing subscription key.' }],
    ['host-not-allowed', 'host', 421, 'Invalid Host header'],
    ['origin-refused', 'origin', 403, { error: { code: -32000, message: 'Invalid Origin: a.example' } }],
  ])('%s at %s: %i %j', (cause, stage, status, body, sent) => {
    expect(call(status, body, sent)).toMatchObject({ cause, stage, certainty: 'likely' })
  })

  it.each([
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
    'The access token is invalid or has expired',
    'Token is missing, invalid or expired',
    'Invalid/expired token',
    'Invalid token: issuer, audience or signature is not valid',
    'The provided bearer token is invalid, expired, or no longer recognized by the server.',
  ])('that lists alternatives proves none, and what was sent decides: %s', (words) => {
    for (const found of [call(401, { message: words }), call(401, says('invalid_token', words))])
      expect(found).toMatchObject({ stage: null, certainty: 'possible' })
    const over = call(401, says('invalid_token', words), { token: expired })
    expect(over).toMatchObject({ cause: 'token-expired', stage: 'time' })
  })

  it('behind the gateway of AWS misses a token that was sent, if it has not the path', () => {
    const { cause, stage } = call(403, { message: 'Missing Authentication Token' })
    expect([cause, stage]).toEqual(['path-unknown', null])
  })

  it('is quoted, under whatever name its words are', () => {
    const { says } = call(401, { moreInformation: 'Cannot pass the security checks' })
    expect(says).toEqual({ who: 'API', words: 'Cannot pass the security checks' })
  })
})
