import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../../http/message.ts'
import { generateKey } from '../../../keys/generate-key.ts'
import { composeApiRequest } from '../../../oauth/api/api-request.ts'
import { emptyApiCall } from '../../../oauth/config/api-call.ts'
import { emptyConfig } from '../../../oauth/config/config.ts'
import { readToken } from '../../../oauth/response/read-response.ts'
import { measure, unmeasured } from './measured.ts'
import { jwt, now } from '../refusal-testing.ts'
import { claim, readSent } from './sent.ts'

const key = await generateKey('ES256', {})

describe('what needs hashing', () => {
  it('of a call of this page fits: the key of the proof, its signature, and the hash of the token', async () => {
    const call = { ...emptyApiCall, url: 'https://api.example/things', presentation: 'dpop' } as const
    const signing = { findKey: () => key, now: () => now, nonce: null }
    const request = await composeApiRequest(call, readToken(jwt({})), emptyConfig, signing)
    const sent = readSent(request)
    const measured = await measure(sent)
    expect(measured).toEqual({
      proofKey: key.thumbprint,
      proofVerifies: true,
      tokenHash: claim(sent.proof, 'ath'),
    })
    const headers = request.headers.map(([name, value]): HeaderList[number] =>
      name.toLowerCase() === 'dpop' ? [name, value.replace(/\.[^.]*$/, '.AAAA')] : [name, value],
    )
    expect(await measure(readSent({ ...request, headers }))).toMatchObject({ proofVerifies: false })
  })

  it('is nothing without a proof and a token', async () => {
    const request = { method: 'GET', url: 'https://api.example/', headers: [], body: null }
    expect(await measure(readSent(request))).toEqual(unmeasured)
  })

  it('never rejects', async () => {
    for (const proof of [
      'x',
      jwt({}),
      jwt({}, { alg: 'ES256', jwk: { kty: 'EC' } }),
      jwt({}, { alg: 'HS256', jwk: 1 }),
    ]) {
      const headers: HeaderList = [['dpop', proof]]
      const measured = await measure(
        readSent({ method: 'GET', url: 'https://api.example/', headers, body: null }),
      )
      expect(measured.proofVerifies).not.toBe(true)
    }
  })
})
