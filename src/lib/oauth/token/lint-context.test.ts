import { beforeAll, describe, expect, it, test } from 'vitest'
import type { Exchange, HeaderList } from '../../http/message.ts'
import { generateKey } from '../../keys/generate-key.ts'
import type { Key } from '../../keys/key.ts'
import { practiceOrigin, practiceTokenEndpoint } from '../../practice/base/origin.ts'
import { contextOfIssued, contextOfPasted } from './lint-context.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { composeTokenRequest } from './token-request.ts'
import { readTokenResponse } from '../response/read-response.ts'

let key: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
})

const issuer = 'https://as.example'
const config: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: `${issuer}/token`,
  client_id: 'c',
  client_secret: 's',
  token_endpoint_auth_method: 'client_secret_post',
  scope: 'read write',
  resource: ['https://api.example', 'https://other.example'],
}

/** The exchange that a form makes, with a token in the response under these header fields. */
async function issuance(change: Partial<TokenRequestConfig> = {}, headers: HeaderList = []) {
  const sent = { ...config, ...change }
  const body = new TextEncoder().encode('{"access_token":"t","token_type":"Bearer","scope":"read"}')
  const exchange: Exchange = {
    id: 1,
    purpose: 'Token request',
    request: await composeTokenRequest(sent, { findKey: () => key, now: () => 0, nonce: null }),
    startedAt: 1000,
    duration: 20.5,
    outcome: { kind: 'response', response: { status: 200, statusText: '', headers, body } },
    serverView: null,
  }
  return { exchange, config: sent, understanding: { reading: readTokenResponse(exchange.outcome), skew: -7 } }
}

const contextOf = async (change?: Partial<TokenRequestConfig>, headers?: HeaderList) =>
  contextOfIssued(5000, await issuance(change, headers), null)

it('reads from the exchange what was asked, what came and when', async () => {
  expect(await contextOf()).toEqual({
    now: 5000,
    skew: -7,
    issuer: null,
    typedIssuer: null,
    tokenEndpoint: 'https://as.example/token',
    audience: null,
    client_id: 'c',
    client_secret: 's',
    requestedScope: 'read write',
    requestedResource: ['https://api.example', 'https://other.example'],
    requestedAudience: [],
    response: expect.objectContaining({ kind: 'object' }) as object,
    noStore: false,
    receivedAt: 1020.5,
    thumbprint: null,
  })
})

test('a scope that was not asked for is none, and not an empty one', async () => {
  expect(await contextOf({ scope: '', resource: [] })).toMatchObject({
    requestedScope: null,
    requestedResource: [],
  })
})

test('audience as it went out, repeated or with spaces between; the issuer as it was typed', async () => {
  const parameters = [
    { name: 'audience', value: 'a b', on: true },
    { name: 'audience', value: 'c', on: true },
  ]
  expect(await contextOf({ parameters, discovery: ' https://typed.example/r ' })).toMatchObject({
    requestedAudience: ['a', 'b', 'c'],
    typedIssuer: 'https://typed.example/r',
  })
  for (const discovery of [
    'https://as.example/.well-known/openid-configuration',
    'https://{tenant}.example',
    '',
  ])
    expect(await contextOf({ discovery })).toMatchObject({ typedIssuer: null })
})

test('what went out counts: a replay has the bytes of an earlier form', async () => {
  const earlier = await issuance()
  const later = { ...earlier, config: { ...config, scope: 'admin', resource: [] } }
  expect(await contextOfIssued(5000, later, null)).toMatchObject({
    requestedScope: 'read write',
    requestedResource: config.resource,
  })
})

it('has the thumbprint of the key that signed the proof', async () => {
  const { thumbprint } = await contextOf({ dpop: { ...config.dpop, on: true, key: key.thumbprint } })
  expect(thumbprint).toBe(key.thumbprint)
})

test.each([
  ['no-store', true],
  ['private, No-Store , max-age=0', true],
  ['no-cache', false],
  ['private="no-store-at-all"', false],
])('Cache-Control: %s', async (value, expected) => {
  expect(await contextOf({}, [['cache-control', value]])).toMatchObject({ noStore: expected })
})

describe('the issuer', () => {
  const metadata = { issuer: `${issuer}/found`, token_endpoint: config.token_endpoint }
  const known = async (change: Partial<TokenRequestConfig>, found: typeof metadata | null) =>
    (await contextOfIssued(0, await issuance(change), found)).issuer

  it('is the one that the metadata named when the request was sent', async () => {
    expect(await known({ issuer }, metadata)).toBe(issuer)
  })

  it('is the one of metadata that was found since, if it is of the same token endpoint', async () => {
    expect(await known({}, metadata)).toBe(metadata.issuer)
    expect(await known({ token_endpoint: 'https://other.example/token' }, metadata)).toBeNull()
  })

  it('is not what was typed and never found', async () => {
    expect(await known({ discovery: issuer }, null)).toBeNull()
  })

  test('of the practice server is known', async () => {
    expect(await known({ token_endpoint: practiceTokenEndpoint, discovery: practiceOrigin }, null)).toBe(
      practiceOrigin,
    )
  })
})

test('of an exchange that brought no token there is no response to check', async () => {
  const { exchange } = await issuance()
  expect(await contextOfIssued(0, { exchange, config, understanding: null }, null)).toMatchObject({
    response: null,
    noStore: null,
    skew: 0,
  })
})

test('a token from elsewhere is compared with the clock alone', () => {
  const { now, skew, requestedResource, requestedAudience, ...rest } = contextOfPasted(5000)
  expect({ now, skew, requestedResource, requestedAudience }).toEqual({
    now: 5000,
    skew: 0,
    requestedResource: [],
    requestedAudience: [],
  })
  expect(new Set(Object.values(rest))).toEqual(new Set([null, '']))
})
