import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  type JWK,
  jwtVerify,
  importJWK,
} from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { headerValue } from '../../../src/lib/http/message.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import type { Key } from '../../../src/lib/keys/key.ts'
import { composeApiRequest } from '../../../src/lib/oauth/api/api-request.ts'
import { type ApiCall, emptyApiCall, proofFaults } from '../../../src/lib/oauth/config/api-call.ts'
import { emptyConfig } from '../../../src/lib/oauth/config/config.ts'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { jwt, now } from './token-use.ts'

let key: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
})

/** The proof of a call with that fault, and whether the key in it signed it. */
async function proofWith(proof: ApiCall['proof']) {
  const call = { ...emptyApiCall, url: 'https://api.example/things', presentation: 'dpop', proof } as const
  const config = { ...emptyConfig, dpop: { ...emptyConfig.dpop, on: true, key: key.thumbprint } }
  const signing = { findKey: () => key, now: () => now, nonce: null }
  const request = await composeApiRequest(
    call,
    readToken(jwt({ cnf: { jkt: key.thumbprint } })),
    config,
    signing,
  )
  const text = headerValue(request.headers, 'dpop') ?? ''
  const { jwk, typ } = decodeProtectedHeader(text)
  const verified = await jwtVerify(text, await importJWK(jwk as JWK, 'ES256'), { currentDate: new Date(now) })
  return {
    claims: decodeJwt(text),
    typ,
    thumbprint: await calculateJwkThumbprint(jwk as JWK),
    isSigned: verified.protectedHeader.alg === 'ES256',
  }
}

describe('a proof that is wrong on purpose', () => {
  it.each(Object.keys(proofFaults) as ApiCall['proof'][])('%s: in that alone, and signed', async (fault) => {
    const right = await proofWith('none')
    const wrong = await proofWith(fault)
    expect(wrong.isSigned).toBe(true)
    const claims = ['htu', 'htm', 'iat', 'ath'].filter((name) => wrong.claims[name] !== right.claims[name])
    const differing = [
      ...claims,
      ...(wrong.typ === right.typ ? [] : ['typ']),
      ...(wrong.thumbprint === right.thumbprint ? [] : ['key']),
      ...(wrong.claims.jti === (await proofWith(fault)).claims.jti ? ['jti'] : []),
    ]
    expect(differing).toEqual(fault === 'none' ? [] : [fault])
  })
})
