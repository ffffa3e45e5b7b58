import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange } from '../../../src/lib/http/exchange.ts'
import { type Exchange, headerValue, type HttpRequest } from '../../../src/lib/http/message.ts'
import { fetchTransport } from '../../../src/lib/http/transport.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import type { Key } from '../../../src/lib/keys/key.ts'
import { type ApiCall, emptyApiCall } from '../../../src/lib/oauth/config/api-call.ts'
import { composeApiRequest } from '../../../src/lib/oauth/api/api-request.ts'
import { readApiResponse } from '../../../src/lib/oauth/api/api-response.ts'
import { compareClaims } from '../../../src/lib/oauth/operations/compare-claims.ts'
import { wholeMembers } from '../../../src/lib/explanation/config-change.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { explainIntrospection } from '../../../src/lib/oauth/operations/explain-introspection.ts'
import { explainRevocation } from '../../../src/lib/oauth/operations/explain-revocation.ts'
import {
  composeIntrospectionRequest,
  readIntrospection,
} from '../../../src/lib/oauth/operations/introspection.ts'
import { composeRevocationRequest, readRevocation } from '../../../src/lib/oauth/operations/revocation.ts'
import { claimsOf, decode } from '../../../src/lib/jwt/decode/decode.ts'
import { tokenFacts } from '../../../src/lib/oauth/response/token-facts.ts'
import { composeTokenRequest } from '../../../src/lib/oauth/token/token-request.ts'
import { readToken, readTokenResponse } from '../../../src/lib/oauth/response/read-response.ts'
import { clients } from '../../servers/clients.ts'
import { type LocalServers, startLocalServers } from '../../servers/local-servers.ts'
import { stagesOf, unchosen } from './token-use.ts'
import { type SimpleIdServer, startSimpleIdServer } from '../../servers/simple-id-server.ts'

let servers: LocalServers
let simple: SimpleIdServer
let key: Key
let other: Key
beforeAll(async () => {
  servers = await startLocalServers()
  simple = await startSimpleIdServer()
  key = await generateKey('ES256', {})
  other = await generateKey('ES256', {})
})
afterAll(async () => {
  await servers.close()
  await simple.close()
})

const signing = () => ({
  findKey: (thumbprint: string) => [key, other].find((one) => one.thumbprint === thumbprint),
  now: () => Date.now(),
  nonce: null,
})

function send(request: HttpRequest): Promise<Exchange> {
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  const cancel = new AbortController().signal
  return exchange(request, {
    id: 1,
    purpose: '',
    transport: fetchTransport(fetch),
    clock,
    timeout: 10_000,
    cancel,
  })
}

const configOf = (
  { id, secret }: { id: string; secret: string },
  change: Partial<TokenRequestConfig> = {},
): TokenRequestConfig => ({
  ...emptyConfig,
  issuer: servers.authorizationServer.issuer,
  token_endpoint: servers.authorizationServer.tokenEndpoint,
  client_id: id,
  client_secret: secret,
  scope: 'read',
  ...change,
})

async function tokenFor(config: TokenRequestConfig): Promise<string> {
  const reading = readTokenResponse((await send(await composeTokenRequest(config, signing()))).outcome)
  if (reading.kind !== 'issued') throw new Error(JSON.stringify(reading))
  return reading.accessToken
}

async function call(config: TokenRequestConfig, change: Partial<ApiCall>, token: string) {
  const whole = { ...emptyApiCall, url: servers.api.greeting, ...change }
  return readApiResponse(
    (await send(await composeApiRequest(whole, readToken(token), config, signing()))).outcome,
  )
}

describe('an API of RFC 6750 and RFC 9449', () => {
  it('accepts a Bearer token, and refuses none and a broken one', async () => {
    const config = configOf(clients.post)
    const token = await tokenFor(config)
    expect((await call(config, {}, token)).kind).toBe('accepted')
    const none = await call(config, { presentation: 'none' }, token)
    expect(none).toMatchObject({
      kind: 'refused',
      status: 401,
      error: null,
      challenges: [{ scheme: 'Bearer' }],
    })
    const broken = await call(config, { presentation: 'broken' }, token)
    expect(broken).toMatchObject({ kind: 'refused', error: { error: 'invalid_token' } })
  })

  it('names the scope it requires', async () => {
    const config = configOf(clients.post)
    const refused = await call(config, { url: servers.api.admin }, await tokenFor(config))
    expect(refused).toMatchObject({ kind: 'refused', status: 403, error: { error: 'insufficient_scope' } })
  })

  it('accepts a bound token with its proof, and refuses it as a plain one, broken, or with the proof of another key', async () => {
    const dpop = { ...emptyConfig.dpop, on: true, key: key.thumbprint }
    const config = configOf(clients.dpop, { dpop })
    const token = await tokenFor(config)
    expect((await call(config, { presentation: 'dpop' }, token)).kind).toBe('accepted')
    const url = `${servers.api.greeting}?with=query`
    expect((await call(config, { presentation: 'dpop', url }, token)).kind).toBe('accepted')
    for (const [presentation, thumbprint] of [
      ['bearer', key.thumbprint],
      ['broken', key.thumbprint],
      ['dpop', other.thumbprint],
    ] as const) {
      const refused = await call({ ...config, dpop: { ...dpop, key: thumbprint } }, { presentation }, token)
      expect(refused).toMatchObject({ kind: 'refused', status: 401, error: { error: 'invalid_token' } })
    }
  })
})

describe('oidc-provider', () => {
  async function introspect(config: TokenRequestConfig, token: string) {
    const { introspectionEndpoint } = servers.authorizationServer
    const request = await composeIntrospectionRequest(introspectionEndpoint, token, config, signing(), {
      hint: true,
    })
    const sent = await send(request)
    return { sent, introspection: readIntrospection(sent.outcome) }
  }
  async function revoke(config: TokenRequestConfig, token: string) {
    const { revocationEndpoint } = servers.authorizationServer
    const request = await composeRevocationRequest(revocationEndpoint, token, config, signing(), {
      hint: true,
    })
    const sent = await send(request)
    return { sent, revocation: readRevocation(sent.outcome) }
  }

  it('introspects an opaque token, and no more once that is revoked', async () => {
    const config = configOf(clients.opaque)
    const token = await tokenFor(config)
    const { introspection: active } = await introspect(config, token)
    if (active.kind !== 'active') throw new Error(active.kind)
    const names = compareClaims(claimsOf(decode(token)), active.members).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['client_id', 'scope', 'exp', 'iss']))
    expect((await revoke(config, token)).revocation.kind).toBe('accepted')
    expect((await introspect(config, token)).introspection.kind).toBe('inactive')
    expect((await revoke(config, 'never seen')).revocation.kind).toBe('accepted')
  })

  it('keeps no record of JWTs: unsupported_token_type, of both', async () => {
    const config = configOf(clients.post)
    const token = await tokenFor(config)
    const facts = tokenFacts(readToken(token), Date.now())
    const asked = await introspect(config, token)
    const introspected = explainIntrospection(asked.introspection, asked.sent, config, facts, unchosen)
    const withdrawn = await revoke(config, token)
    const revoked = explainRevocation(withdrawn.revocation, withdrawn.sent, config, facts, unchosen)
    for (const explanation of [introspected, revoked]) {
      expect(explanation).toMatchObject({
        certainty: 'likely',
        title: 'The server does not support this kind of token',
      })
      expect(explanation?.meaning).toContain('oidc-provider')
      expect(stagesOf(explanation, 'stopped here')).toEqual(['Token found'])
    }
  })
})

describe('SimpleIdServer, imitated', () => {
  const config = (change: Partial<TokenRequestConfig> = {}) => ({
    ...emptyConfig,
    issuer: simple.issuer,
    token_endpoint: simple.tokenEndpoint,
    client_id: 'm2m',
    client_secret: 'password',
    scope: 'read',
    ...change,
  })

  it('writes as a text what the token has as a list', async () => {
    const token = await tokenFor(config())
    const request = await composeIntrospectionRequest(
      `${simple.issuer}/token_info`,
      token,
      config(),
      signing(),
    )
    const introspection = readIntrospection((await send(request)).outcome)
    if (introspection.kind !== 'active') throw new Error(introspection.kind)
    const compared = compareClaims(claimsOf(decode(token)), introspection.members)
    const odd = compared.filter(({ same }) => same !== true).map(({ name, same }) => [name, same])
    expect(odd).toEqual([
      ['aud', 'alike'],
      ['scope', 'alike'],
    ])
  })

  it('revokes with the credentials in the body, and does not see a Basic header', async () => {
    const endpoint = `${simple.issuer}/token/revoke`
    const token = await tokenFor(config())
    const attempt = async (with_: TokenRequestConfig) => {
      const request = await composeRevocationRequest(endpoint, token, with_, signing(), { hint: true })
      const sent = await send(request)
      return { sent, revocation: readRevocation(sent.outcome) }
    }
    const basic = config({ token_endpoint_auth_method: 'client_secret_basic' })
    const { sent, revocation } = await attempt(basic)
    expect(revocation).toMatchObject({ kind: 'refused', error: { error_description: 'missing client_id' } })
    const facts = tokenFacts(readToken(token), 0)
    const [fix] = explainRevocation(revocation, sent, basic, facts, unchosen).fixes
    if (typeof fix !== 'object' || !('change' in fix)) throw new Error('no change')
    const again = await attempt({ ...basic, ...wholeMembers(basic, fix.change) })
    expect(again.revocation.kind).toBe('accepted')
  })
})

it('a proof is for one call: each has its own', async () => {
  const config = configOf(clients.dpop, { dpop: { ...emptyConfig.dpop, key: key.thumbprint } })
  const compose = () =>
    composeApiRequest(
      { ...emptyApiCall, url: servers.api.greeting, presentation: 'dpop' },
      readToken('abc'),
      config,
      signing(),
    )
  const proofs = await Promise.all([compose(), compose()])
  const [one, two] = proofs.map(({ headers }) => headerValue(headers, 'DPoP'))
  expect(one).not.toBe(two)
})
