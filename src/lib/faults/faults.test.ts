import { describe, expect, it } from 'vitest'
import { exchange } from '../http/exchange.ts'
import { type Exchange, type HttpRequest, type Transport } from '../http/message.ts'
import { generateKey } from '../keys/generate-key.ts'
import type { Key } from '../keys/key.ts'
import { demandsApiNonce } from '../oauth/api/api-response.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { signedParts } from '../oauth/compose/signed-parts.ts'
import { demandsNonce, givenNonce } from '../oauth/response/dpop-nonce.ts'
import { readToken, readTokenResponse } from '../oauth/response/read-response.ts'
import { composeTokenRequest } from '../oauth/token/token-request.ts'
import { createPracticeServers, practiceTransport } from '../practice/index.ts'
import { composeBroken, composeBrokenCall } from './break-request.ts'
import type { Setting, Use } from './fault.ts'
import { type FaultId, faultGroups, faults, offersOf, targetOf } from './faults.ts'
import { judge } from './judge.ts'

let now = Date.UTC(2026, 0, 1)
const server = createPracticeServers({ now: () => now })
const practice = practiceTransport(server, 'http://localhost:4290')
const key = await generateKey('ES256', {})
const other = await generateKey('ES256', {})

const post: TokenRequestConfig = {
  ...emptyConfig,
  issuer: 'https://practice.example',
  token_endpoint: 'https://practice.example/token',
  client_id: 'practice-client',
  client_secret: 'practice-secret',
  scope: 'read',
}
const basic: TokenRequestConfig = { ...post, token_endpoint_auth_method: 'client_secret_basic' }
const bound: TokenRequestConfig = {
  ...post,
  client_id: 'practice-dpop',
  client_secret: 'practice-secret-dpop',
  dpop: { ...post.dpop, on: true, key: other.thumbprint },
}
const bySecret: TokenRequestConfig = {
  ...post,
  client_id: 'practice-secret-jwt',
  client_secret: 'practice-secret-jwt-of-at-least-sixty-four-characters-for-HS256-to-HS512',
  token_endpoint_auth_method: 'client_secret_jwt',
}
const byKey: TokenRequestConfig = {
  ...post,
  client_id: await registered(key),
  client_secret: '',
  token_endpoint_auth_method: 'private_key_jwt',
  assertion: { ...post.assertion, key: key.thumbprint },
}

async function registered({ publicJwk, kid, alg }: Key): Promise<string> {
  const jwks = { keys: [{ ...publicJwk, kid, alg, use: 'sig' }] }
  const body = JSON.stringify({ token_endpoint_auth_method: 'private_key_jwt', jwks })
  const headers = { 'content-type': 'application/json' }
  const response = await server.fetch(
    new Request('https://practice.example/register', { method: 'POST', headers, body }),
  )
  return ((await response.json()) as { client_id: string }).client_id
}

const signing = (nonce: string | null = null) => ({
  findKey: (thumbprint: string) => [key, other].find((one) => one.thumbprint === thumbprint),
  now: () => now,
  nonce,
})

function send(request: HttpRequest, transport: Transport): Promise<Exchange> {
  const clock = { now: () => now, monotonic: () => 0 }
  // Outside a browser, oauth4webapi names itself, which no preflight of the practice server allows.
  const headers = request.headers.filter(([name]) => name !== 'user-agent')
  return exchange(
    { ...request, headers },
    {
      id: 1,
      purpose: '',
      transport,
      clock,
      timeout: 10_000,
      cancel: new AbortController().signal,
    },
  )
}

/** Sends, and once more with the nonce that is demanded. */
async function sendWithNonce(
  compose: (nonce: string | null) => Promise<HttpRequest>,
  demands: (exchange: Exchange) => boolean,
  transport: Transport,
): Promise<Exchange> {
  const first = await send(await compose(null), transport)
  return demands(first) ? send(await compose(givenNonce(first)), transport) : first
}

const sendToken = (compose: (nonce: string | null) => Promise<HttpRequest>, transport = practice) =>
  sendWithNonce(compose, demandsNonce, transport)

/** A token of that configuration, and what the client signed for it. */
async function issued(config: TokenRequestConfig) {
  const made = await sendToken((nonce) => composeTokenRequest(config, signing(nonce)))
  const reading = readTokenResponse(made.outcome)
  if (reading.kind !== 'issued') throw new Error(`No token for ${config.client_id}`)
  const signedBefore = Object.fromEntries(signedParts(made.request).map(({ name, jwt }) => [name, jwt]))
  return { token: reading.accessToken, signedBefore }
}

async function settingOf(config: TokenRequestConfig): Promise<Setting> {
  const { signedBefore } = await issued(config)
  return { config, now, signedBefore, use: null }
}

async function broken(id: FaultId, config: TokenRequestConfig, transport = practice) {
  const setting = await settingOf(config)
  expect(faults[id].unless(setting)).toBeNull()
  const made = await sendToken((nonce) => composeBroken(faults[id], setting, signing(nonce)), transport)
  return { made, judged: judge(faults[id], 'token', made, true), said: saidBy(made) }
}

async function brokenUse(id: FaultId, config: TokenRequestConfig, path: string, transport = practice) {
  const use = await useOf(config, path)
  const setting = { config, now, signedBefore: {}, use }
  expect(faults[id].unless(setting)).toBeNull()
  const compose = (nonce: string | null) => composeBrokenCall(faults[id], use, setting, signing(nonce))
  const made = await sendWithNonce(compose, demandsApiNonce, transport)
  return { made, judged: judge(faults[id], 'api', made, true), said: saidBy(made) }
}

async function useOf(config: TokenRequestConfig, path: string): Promise<Use> {
  const { token: expired } = await issued({
    ...post,
    client_id: 'practice-brief',
    client_secret: 'practice-secret-brief',
  })
  now += 11_000
  const { token } = await issued(config)
  const presentation = config.dpop.on ? 'dpop' : 'bearer'
  const call = { ...emptyApiCall, url: `https://practice.example${path}`, presentation } as const
  return { call, token: readToken(token), expired }
}

/** "401 invalid_client" */
function saidBy({ outcome }: Exchange): string {
  if (outcome.kind !== 'response') return outcome.kind
  const { status, body } = outcome.response
  const text = new TextDecoder().decode(body)
  const members = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  const word = members['error'] ?? (members['access_token'] === undefined ? '' : 'token')
  return `${status} ${typeof word === 'string' ? word : ''}`.trim()
}

/** The configuration that a fault is tried with, and what the practice server responds. */
type Row = readonly [id: FaultId, config: TokenRequestConfig, said: string]

const badAssertion = '401 invalid_client'
const badProof = '400 invalid_dpop_proof'

const tokenRows: readonly Row[] = [
  ['wrong-secret-post', post, '401 invalid_client'],
  ['wrong-secret-basic', basic, '401 invalid_client'],
  ['secret-case', basic, '401 invalid_client'],
  ['secret-case', post, '401 invalid_client'],
  ['unknown-client', post, '401 invalid_client'],
  ['unknown-client', byKey, '401 invalid_client'],
  ['no-credentials', basic, '401 invalid_client'],
  ['basic-malformed', basic, '401 invalid_client'],
  ['missing-grant-type', post, '400 invalid_request'],
  ['unknown-grant-type', post, '400 unsupported_grant_type'],
  ['repeated-grant-type', post, '400 invalid_request'],
  ['json-body', post, '400 invalid_request'],
  ['json-body', byKey, '400 invalid_request'],
  ['get', post, '405'],
  ['get', basic, '405'],
  ['query-parameter', post, '400 invalid_request'],
  ['query-credentials', post, '400 invalid_request'],
  ['query-credentials', basic, '400 invalid_request'],
  ['two-methods', post, '400 invalid_request'],
  ['two-methods', basic, '400 invalid_request'],
  ['two-methods', byKey, '400 invalid_request'],
  ['scope-beyond', post, '400 invalid_scope'],
  ['scope-malformed', post, '400 invalid_scope'],
  ['no-scope', post, '200 token'],
  ['scope-duplicate', post, '200 token'],
  ['repeated-parameter', post, '400 invalid_request'],
  ['resource-unknown', post, '400 invalid_target'],
  ...(
    [
      'assertion-expired',
      'assertion-future-nbf',
      'assertion-no-exp',
      'assertion-replayed',
      'assertion-wrong-aud',
      'assertion-no-aud',
      'assertion-wrong-iss',
      'assertion-wrong-sub',
      'assertion-foreign-key',
      'assertion-changed',
      'assertion-alg-none',
      'assertion-client-id',
    ] as const
  ).flatMap((id): Row[] => [
    [id, byKey, badAssertion],
    [id, bySecret, badAssertion],
  ]),
  ['dpop-old-iat', bound, badProof],
  ['dpop-future-iat', bound, badProof],
  ['dpop-replayed', bound, badProof],
  ['dpop-wrong-htu', bound, badProof],
  ['dpop-wrong-htm', bound, badProof],
  ['dpop-wrong-typ', bound, badProof],
  ['dpop-no-jti', bound, badProof],
  ['dpop-no-jwk', bound, badProof],
  ['dpop-foreign-key', bound, badProof],
  ['dpop-changed', bound, badProof],
  ['dpop-alg-none', bound, badProof],
  ['dpop-garbage', bound, badProof],
]

const greeting = '/api/greeting'
const boundApi = '/api/bound'

const apiRows: readonly (readonly [FaultId, TokenRequestConfig, path: string, said: string])[] = [
  ['api-none', post, greeting, '401'],
  ['api-garbage', post, greeting, '401 invalid_token'],
  ['api-garbage', bound, boundApi, '401 invalid_token'],
  ['api-changed', post, greeting, '401 invalid_token'],
  ['api-changed', bound, boundApi, '401 invalid_token'],
  ['api-payload-changed', post, greeting, '401 invalid_token'],
  ['api-alg-none', post, greeting, '401 invalid_token'],
  ['api-expired', post, greeting, '401 invalid_token'],
  ['api-query', post, greeting, '400 invalid_request'],
  ['api-no-scheme', post, greeting, '401'],
  ['api-scheme', bound, greeting, '401 invalid_token'],
  ['api-dpop-no-proof', bound, boundApi, '401 invalid_dpop_proof'],
  ['api-dpop-other-key', bound, boundApi, '401 invalid_token'],
  ['api-dpop-wrong-ath', bound, boundApi, '401 invalid_dpop_proof'],
  ['api-dpop-wrong-htm', bound, boundApi, '401 invalid_dpop_proof'],
  ['api-dpop-wrong-htu', bound, boundApi, '401 invalid_dpop_proof'],
  ['api-dpop-old-iat', bound, boundApi, '401 invalid_dpop_proof'],
]

describe('the practice server responds as the standard expects', () => {
  it.each(tokenRows)('%s', async (id, config, said) => {
    const tried = await broken(id, config)
    expect(tried.said).toBe(said)
    expect(tried.judged.found).toContain(said === '200 token' ? 'token' : said.slice(0, 3))
    expect(tried.judged).toMatchObject({ what: 'As the standard expects', result: 'pass' })
  })

  it.each(apiRows)('%s', async (id, config, path, said) => {
    const tried = await brokenUse(id, config, path)
    expect(tried.said).toBe(said)
    expect(tried.judged).toMatchObject({ what: 'As the standard expects', result: 'pass' })
    expect(tried.judged.found).toContain('Its challenge came with it.')
  })
})

describe('a server that accepts everything deviates', () => {
  const everything: Transport = (request) => {
    const members = request.url.includes('/token')
      ? { access_token: 'abc', token_type: 'Bearer', expires_in: 60 }
      : { hello: 'world' }
    const body = new TextEncoder().encode(JSON.stringify(members))
    const headers = [['content-type', 'application/json']] as const
    const response = { status: 200, statusText: 'OK', headers, body }
    return Promise.resolve({ outcome: { kind: 'response', response }, serverView: null })
  }
  /** What the standard leaves to the server. */
  const left: Readonly<Partial<Record<FaultId, string>>> = {
    'json-body': 'note',
    get: 'note',
    'scope-malformed': 'note',
    'no-scope': 'pass',
    'scope-duplicate': 'pass',
    'resource-unknown': 'note',
    'assertion-replayed': 'note',
    'dpop-replayed': 'note',
  }
  const severity = { must: 'fail', should: 'warn', note: 'note' } as const

  it.each(tokenRows)('%s', async (id, config) => {
    const { judged } = await broken(id, config, everything)
    expect(judged.result).toBe(left[id] ?? severity[faults[id].expects.weight])
    if (left[id] === undefined) expect(judged.what).toBe('Deviates from the standard')
  })

  it.each(apiRows)('%s', async (id, config, path) => {
    const { judged } = await brokenUse(id, config, path, everything)
    expect(judged.result).toBe(severity[faults[id].expects.weight])
    expect(judged.found).toContain('The API accepted the call.')
  })
})

describe('a fault', () => {
  it('is tried in these tests, each of them', () => {
    const tried = new Set([...tokenRows, ...apiRows].map(([id]) => id))
    expect([...tried].sort()).toEqual(Object.keys(faults).sort())
  })

  it('is in one group of the menu', () => {
    const listed = faultGroups.flatMap(({ ids }) => ids)
    expect(listed.toSorted()).toEqual(Object.keys(faults).sort())
    for (const { ids, target } of faultGroups) expect(ids.map(targetOf)).toEqual(ids.map(() => target))
  })

  it('says in one sentence or more what it alters, and marks nothing that it left out', async () => {
    const setting = await settingOf(post)
    for (const { says, unless } of Object.values(faults)) {
      expect(says).toMatch(/^[\p{Lu}\w].*\.$/u)
      expect(unless({ ...setting, use: null }) ?? 'It applies.').toMatch(/\.$/)
    }
  })

  it('that does not apply is offered with the reason, and one label once', async () => {
    const [client] = faultGroups
    if (!client) throw new Error('There are no groups')
    const wrongSecret = (setting: Setting) =>
      offersOf(client, setting).filter(({ label }) => label === 'Wrong secret')
    expect(wrongSecret(await settingOf(post))).toMatchObject([{ id: 'wrong-secret-post', unless: null }])
    expect(wrongSecret(await settingOf(basic))).toMatchObject([{ id: 'wrong-secret-basic', unless: null }])
    expect(wrongSecret(await settingOf(byKey))).toMatchObject([
      { unless: 'The client sends no secret. Of an assertion, try another key.' },
    ])
  })

  it('that sends a JWT again needs one that is still good', async () => {
    const setting = await settingOf(byKey)
    const { unless } = faults['assertion-replayed']
    expect(unless({ ...setting, signedBefore: {} })).toContain('Get a token first')
    expect(unless({ ...setting, now: now + 61_000 })).toContain('has expired')
    const proof = await settingOf(bound)
    expect(faults['dpop-replayed'].unless({ ...proof, now: now + 61_000 })).toContain('old by now')
  })

  it('that sends a JWT again sends the same bytes', async () => {
    const setting = await settingOf(byKey)
    const request = await composeBroken(faults['assertion-replayed'], setting, signing())
    expect(signedParts(request).map(({ jwt }) => jwt)).toEqual([setting.signedBefore.client_assertion])
  })
})
