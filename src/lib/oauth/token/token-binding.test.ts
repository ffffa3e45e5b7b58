import { beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest, Outcome } from '../../http/message.ts'
import { generateKey } from '../../keys/generate-key.ts'
import type { Key } from '../../keys/key.ts'
import { estimateSkew } from './understand.ts'
import { emptyConfig } from '../config/config.ts'
import { demandsNonce } from '../response/dpop-nonce.ts'
import { composeTokenRequest } from './token-request.ts'
import { bindingChecks } from './token-binding.ts'
import { readTokenResponse } from '../response/read-response.ts'

let key: Key
let request: HttpRequest
beforeAll(async () => {
  key = await generateKey('ES256', {})
  const dpop = { ...emptyConfig.dpop, on: true, key: key.thumbprint }
  request = await composeTokenRequest(
    { ...emptyConfig, token_endpoint: 'https://as.example/token', client_id: 'c', dpop },
    { findKey: () => key, now: () => 0, nonce: null },
  )
})

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: object) => `${base64url({ alg: 'none' })}.${base64url(claims)}.`
const answer = (
  body: object,
  status = 200,
  headers: readonly (readonly [string, string])[] = [],
): Outcome => ({
  kind: 'response',
  response: {
    status,
    statusText: '',
    headers: [['content-type', 'application/json'], ...headers],
    body: new TextEncoder().encode(JSON.stringify(body)),
  },
})
const issued = (token_type: string, claims: object) =>
  readTokenResponse(answer({ access_token: token(claims), token_type }))

describe('RFC 9449 section 5', () => {
  it('"A token_type of DPoP MUST be included [...] to signal to the client that the access token was bound"', async () => {
    const results = async (type: string, claims: object) =>
      (await bindingChecks(issued(type, claims), request)).map(({ result }) => result)
    expect(await results('DPoP', { cnf: { jkt: key.thumbprint } })).toEqual(['pass', 'pass'])
    expect(await results('dpop', {})).toEqual(['pass', 'skipped'])
    expect(await results('Bearer', {})).toEqual(['fail'])
    expect(await results('DPoP', { cnf: { jkt: 'another' } })).toEqual(['pass', 'fail'])
  })

  it('has nothing to say if no proof was sent', async () => {
    const bare = { ...request, headers: [] }
    expect(await bindingChecks(issued('Bearer', {}), bare)).toEqual([])
  })
})

describe('RFC 9449 section 8', () => {
  const exchange = (outcome: Outcome, sent = request) => ({
    id: 1,
    purpose: '',
    request: sent,
    startedAt: 0,
    duration: 0,
    serverView: null,
    outcome,
  })
  const nonce = [['DPoP-Nonce', 'n']] as const

  it('a retry is due for use_dpop_nonce with the nonce in the response, and for nothing else', () => {
    const refusal = { error: 'use_dpop_nonce' }
    expect(demandsNonce(exchange(answer(refusal, 400, nonce)))).toBe(true)
    expect(demandsNonce(exchange(answer(refusal, 401, nonce)))).toBe(true)
    expect(demandsNonce(exchange(answer(refusal, 400)))).toBe(false)
    expect(demandsNonce(exchange(answer({ error: 'invalid_client' }, 400, nonce)))).toBe(false)
    expect(demandsNonce(exchange(answer({ access_token: 'x' }, 200, nonce)))).toBe(false)
    expect(demandsNonce(exchange(answer(refusal, 400, nonce), { ...request, headers: [] }))).toBe(false)
  })
})

describe('estimateSkew', () => {
  const skew = (iat: unknown) =>
    estimateSkew(issued('Bearer', { iat }), {
      id: 1,
      purpose: '',
      request,
      startedAt: 1_000_000,
      duration: 4000,
      serverView: null,
      outcome: { kind: 'opaque-redirect' },
    })

  it('is what the iat is outside of the time the request took', () => {
    expect([1000, 1004, 998, 1006].map(skew)).toEqual([0, 0, 0, 0])
    expect(skew(1064)).toBe(60)
    expect(skew(940)).toBe(-60)
    expect(skew('1000')).toBeNull()
    expect(estimateSkew(readTokenResponse(answer({ access_token: 'opaque' })), {} as never)).toBeNull()
  })

  it('whole half hours are a time zone, and no clock: by iat nothing is known then', () => {
    expect([1000 + 7200, 1000 + 1800, 1000 - 18_000].map(skew)).toEqual([null, null, null])
    expect(skew(1004 + 900)).toBe(900)
  })

  it('is what Date says, if a page can read it: also of a refusal, and before what a token says', () => {
    const refusal = readTokenResponse(
      answer({ error: 'invalid_client' }, 401, [['date', 'Thu, 01 Jan 1970 00:17:44 GMT']]),
    )
    const at = { startedAt: 1_000_000, duration: 4000 } as never
    expect(estimateSkew(refusal, at)).toBe(60)
    const token = readTokenResponse(
      answer({ access_token: 'opaque' }, 200, [['date', 'Thu, 01 Jan 1970 00:16:42 GMT']]),
    )
    expect(estimateSkew(token, at)).toBe(0)
  })
})
