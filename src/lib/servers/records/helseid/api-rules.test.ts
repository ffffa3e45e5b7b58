import { beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../http/message.ts'
import { generateKey } from '../../../keys/generate-key.ts'
import type { Key } from '../../../keys/key.ts'
import type { ApiCall } from '../../../oauth/config/api-call.ts'
import { readToken } from '../../../oauth/response/read-response.ts'
import { composeApiRequest } from '../../../oauth/api/api-request.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../oauth/config/config.ts'
import { helseIdApi, sampleApi } from './api.ts'
import { apiAudience, apiScope, helseIdApiRules } from './api-rules.ts'

const now = 1_700_000_000_000
const seconds = now / 1000
let key: Key
let edKey: Key
beforeAll(async () => {
  key = await generateKey('RS512', {})
  edKey = await generateKey('Ed25519', {})
})

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = () => ({
  iss: 'https://helseid-sts.test.nhn.no',
  aud: apiAudience,
  scope: [apiScope],
  client_id: 'c',
  exp: seconds + 600,
  cnf: { jkt: key.thumbprint },
})
const token = (change: object = {}) =>
  `${base64url({ alg: 'RS256', typ: 'at+jwt' })}.${base64url({ ...claims(), ...change })}.c2ln`

function compose(
  accessToken = token(),
  call: Partial<ApiCall> = {},
  config: Partial<TokenRequestConfig['dpop']> & { clock_skew?: number } = {},
): Promise<HttpRequest> {
  const { clock_skew = 0, ...dpop } = config
  return composeApiRequest(
    { ...sampleApi.call, ...call },
    readToken(accessToken),
    { ...emptyConfig, clock_skew, dpop: { ...emptyConfig.dpop, key: key.thumbprint, ...dpop } },
    {
      findKey: (thumbprint) => [key, edKey].find((one) => one.thumbprint === thumbprint),
      now: () => now,
      nonce: null,
    },
  )
}

/** The rules that do not pass, with what was found. */
async function faults(request: HttpRequest, at = now, skew: number | null = 0): Promise<string[]> {
  const rules = await helseIdApiRules(request, at, skew)
  return rules
    .filter(({ result }) => result !== 'pass')
    .map(({ result, what, found }) => `${result}: ${what}: ${found}`)
}

describe('HelseID’s Sample API', () => {
  it('accepts the call of its own sample', async () => {
    const rules = await helseIdApiRules(await compose(), now, 0)
    expect(rules.filter(({ result }) => result !== 'pass')).toEqual([])
    expect(rules).toHaveLength(15)
    expect(rules.map(({ what }) => what)).toContain('ath is the hash of the token')
  })

  it.each<[string, object, string]>([
    [
      'two audiences',
      { aud: [apiAudience, 'b'] },
      'fail: Its one audience is nhn:test-public-samplecode: aud nhn:test-public-samplecode, b',
    ],
    ['another audience', { aud: 'b' }, 'fail: Its one audience is nhn:test-public-samplecode: aud b'],
    ['no audience', { aud: undefined }, 'fail: Its one audience is nhn:test-public-samplecode: No aud'],
    ['another scope', { scope: ['x'] }, `fail: The scope is ${apiScope}: scope x`],
    ['scopes in one text', { scope: `${apiScope} x` }, `fail: The scope is ${apiScope}: scope ${apiScope} x`],
    [
      'no binding',
      { cnf: undefined },
      'fail: The token is bound to the key of the proof: No cnf.jkt in the token',
    ],
    [
      'an end a moment ago',
      { exp: seconds - 60 },
      'warn: The token has not expired: It expired 1 min ago; 5 min are let pass',
    ],
    [
      'an end long ago',
      { exp: seconds - 600 },
      'fail: The token has not expired: It expired 10 min ago; 5 min are let pass',
    ],
  ])('a token with %s', async (_what, change, fault) => {
    expect(await faults(await compose(token(change)))).toEqual([fault])
  })

  it('a list of one as audience, and a scope among others in a list, will do', async () => {
    expect(await faults(await compose(token({ aud: [apiAudience], scope: ['x', apiScope] })))).toEqual([])
    expect(await faults(await compose(token({ scope: apiScope })))).toEqual([])
  })

  it('a token under Bearer, and no proof', async () => {
    const found = await faults(await compose(token(), { presentation: 'bearer' }))
    expect(found[0]).toBe('fail: The scheme is DPoP, written so: Bearer')
    expect(found).toContain('fail: A proof is sent: No DPoP header with a JWT in it')
  })

  it('nothing at all', async () => {
    const found = await faults(await compose(token(), { presentation: 'none' }))
    expect(found[0]).toBe('fail: The scheme is DPoP, written so: No Authorization')
  })

  it('an opaque token', async () => {
    expect(await faults(await compose('opaque'))).toContain('fail: The token is a JWT: It cannot be read')
  })

  it('a proof with an algorithm it does not know, by another key', async () => {
    const found = await faults(await compose(token(), {}, { key: edKey.thumbprint }))
    expect(found).toEqual([
      'fail: alg of the proof is RS, PS or ES with 256, 384 or 512: alg Ed25519',
      `fail: The token is bound to the key of the proof: cnf.jkt ${key.thumbprint}, and the proof’s key ${edKey.thumbprint}`,
    ])
  })

  it.each<[string, string, string]>([
    [
      'htu',
      '"https://localhost:5081/"',
      'fail: htu is scheme, host and path of the URL: htu https://localhost:5081/',
    ],
    ['htm', '"POST"', 'fail: htm is the method: htm POST'],
    ['ath', '"x"', 'fail: ath is the hash of the token: ath x'],
    ['jti', '""', 'fail: jti is there, and new: jti '],
    ['iat', '1.5', 'fail: iat is at most 6 s old and 5 s ahead: iat 1.5'],
  ])('a proof with another %s', async (name, value, fault) => {
    expect(await faults(await compose(token(), {}, { payload: `{"${name}":${value}}` }))).toEqual([fault])
  })

  it('htu has no query, nor is one needed', async () => {
    expect(await faults(await compose(token(), { url: `${sampleApi.call.url}?a=b` }))).toEqual([])
  })
})

describe('iat within -6 and +5 seconds', () => {
  it.each([
    [-7, 'fail'],
    [-6, 'warn'],
    [-3, 'pass'],
    [0, 'pass'],
    [3, 'pass'],
    [5, 'warn'],
    [6, 'fail'],
  ])('%d s: %s', async (clock_skew, result) => {
    const rules = await helseIdApiRules(await compose(token(), {}, { clock_skew }), now, 0)
    expect(rules.find(({ what }) => what.startsWith('iat'))?.result).toBe(result)
  })

  it('is derived from the server’s clock, if that is known to differ', async () => {
    const [fault] = await faults(await compose(), now, 20)
    expect(fault).toBe(
      'fail: iat is at most 6 s old and 5 s ahead: iat is 20 s behind the authorization server’s clock',
    )
    expect(await faults(await compose(token(), {}, { clock_skew: 20 }), now, 20)).toEqual([])
  })

  it('says so if the API’s clock can only be guessed', async () => {
    const rules = await helseIdApiRules(await compose(), now, null)
    expect(rules.find(({ what }) => what.startsWith('iat'))?.found).toContain('the API’s is not known')
  })
})

it('is recognised by where it listens, or by its path', () => {
  expect(
    ['https://localhost:5081/x', 'https://proxy.example/machine-clients/greetings?a'].every((url) =>
      helseIdApi.isAt(url),
    ),
  ).toBe(true)
  expect(
    ['http://localhost:5081/x', 'https://api.example/', 'nonsense'].some((url) => helseIdApi.isAt(url)),
  ).toBe(false)
})
