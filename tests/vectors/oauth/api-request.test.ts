import { decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Annotations, formatRequest, textOf } from '../../../src/lib/http/format.ts'
import { headerValue, type HttpRequest } from '../../../src/lib/http/message.ts'
import { redact } from '../../../src/lib/http/redact.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import type { Key } from '../../../src/lib/keys/key.ts'
import { emptyApiCall } from '../../../src/lib/oauth/config/api-call.ts'
import { type ApiCall, composeApiRequest } from '../../../src/lib/oauth/api/api-request.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { composeIntrospectionRequest } from '../../../src/lib/oauth/operations/introspection.ts'
import { annotationsFor } from '../../../src/lib/oauth/compose/annotations.ts'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { simpleIdServerToken } from './answers.ts'

const now = 1_562_262_618_000
/** RFC 6750 section 2.1, its example of a token. */
const bearerToken = 'mF_9.B5f-4.1JqM'
/** RFC 9449 section 7.1, its example of a token, and the hash that section 7.1 has for it. */
const boundToken = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
const boundHash = 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo'

let key: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
})

/** Outside browsers oauth4webapi names itself in User-Agent; in a page it leaves that to the browser. */
async function compose(
  call: Partial<ApiCall>,
  token = bearerToken,
  config: Partial<TokenRequestConfig> = {},
  nonce: string | null = null,
): Promise<HttpRequest> {
  const request = await composeApiRequest(
    { ...emptyApiCall, url: 'https://server.example.com/resource', ...call },
    readToken(token),
    { ...emptyConfig, dpop: { ...emptyConfig.dpop, key: key.thumbprint }, ...config },
    { findKey: (thumbprint) => (thumbprint === key.thumbprint ? key : undefined), now: () => now, nonce },
  )
  return { ...request, headers: request.headers.filter(([name]) => name !== 'user-agent') }
}

const authorization = async (...from: Parameters<typeof compose>) =>
  headerValue((await compose(...from)).headers, 'authorization')
const entry = (name: string, value: string, on = true) => ({ name, value, on })

describe('RFC 6750 section 2.1', () => {
  it('"the client uses the Bearer authentication scheme to transmit the access token": the example', async () => {
    expect(textOf(formatRequest(await compose({})))).toBe(
      'GET /resource HTTP/1.1\r\nauthorization: Bearer mF_9.B5f-4.1JqM\r\n\r\n',
    )
  })

  it('sends no proof with it, whatever the token request has', async () => {
    const dpop = { ...emptyConfig.dpop, on: true, key: key.thumbprint }
    expect((await compose({}, bearerToken, { dpop })).headers.map(([name]) => name)).toEqual([
      'authorization',
    ])
  })
})

describe('RFC 9449 section 7.1', () => {
  const call: Partial<ApiCall> = {
    url: 'https://resource.example.org/protectedresource',
    presentation: 'dpop',
  }

  it('"A DPoP-bound access token is sent using the Authorization request header field [...] an authentication scheme of DPoP"', async () => {
    const request = await compose(call, boundToken)
    expect(request.headers.map(([name]) => name)).toEqual(['authorization', 'DPoP'])
    expect(headerValue(request.headers, 'authorization')).toBe(`DPoP ${boundToken}`)
    const proof = headerValue(request.headers, 'DPoP') ?? ''
    const { publicJwk } = key
    expect(decodeProtectedHeader(proof)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...publicJwk } })
    const { jti, ...claims } = decodeJwt(proof)
    expect(claims).toEqual({
      htm: 'GET',
      htu: 'https://resource.example.org/protectedresource',
      iat: now / 1000,
      ath: boundHash,
    })
    expect(jti).toMatch(/^[\w-]{16,}$/)
    await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' })
  })

  it('htu is "without query and fragment parts", which are sent', async () => {
    const request = await compose({ ...call, url: 'https://api.example/a/b?c=d&e#f' }, boundToken)
    expect(textOf(formatRequest(request))).toMatch(/^GET \/a\/b\?c=d&e HTTP/)
    expect(decodeJwt(headerValue(request.headers, 'DPoP') ?? '')['htu']).toBe('https://api.example/a/b')
  })

  it('carries nonce, clock skew and method, and a new jti each time', async () => {
    const proofs = await Promise.all(
      [1, 2].map(async () => {
        const request = await compose({ ...call, method: 'patch' }, boundToken, { clock_skew: -3 }, 'n-1')
        expect(request.method).toBe('PATCH')
        return decodeJwt(headerValue(request.headers, 'DPoP') ?? '')
      }),
    )
    expect(proofs[0]).toMatchObject({ nonce: 'n-1', iat: now / 1000 - 3, htm: 'PATCH', ath: boundHash })
    expect(proofs[0]?.jti).not.toBe(proofs[1]?.jti)
  })
})

describe('a token that is to fail', () => {
  it('is left out, and with it everything that goes along', async () => {
    const request = await compose({ presentation: 'none' }, simpleIdServerToken)
    expect(request.headers).toEqual([])
    expect((await compose({ presentation: 'none' }, '')).headers).toEqual([])
  })

  it('makes room for an Authorization of the user’s own', async () => {
    const headers = [entry('Authorization', 'Basic dTpw')]
    expect((await compose({ presentation: 'none', headers })).headers).toEqual([
      ['Authorization', 'Basic dTpw'],
    ])
  })

  it('of a JWT differs in one character of the signature', async () => {
    const sent = (await authorization({ presentation: 'broken' }, simpleIdServerToken)) ?? ''
    const [header, payload, signature] = simpleIdServerToken.split('.')
    expect(signature).toBe('c2lnbmF0dXJl')
    expect(sent).toBe(`Bearer ${header ?? ''}.${payload ?? ''}.02lnbmF0dXJl`)
  })

  it('goes out under DPoP with a proof that fits it, if the whole one is bound', async () => {
    const claims = Buffer.from(JSON.stringify({ cnf: { jkt: key.thumbprint } })).toString('base64url')
    const request = await compose({ presentation: 'broken' }, `e30.${claims}.c2ln`)
    expect(headerValue(request.headers, 'authorization')).toBe(`DPoP e30.${claims}.02ln`)
    const { ath } = decodeJwt(headerValue(request.headers, 'DPoP') ?? '')
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`e30.${claims}.02ln`))
    expect(ath).toBe(Buffer.from(hash).toString('base64url'))
  })

  it('goes out as bound tokens do if it cannot be read and those are asked for', async () => {
    const dpop = { ...emptyConfig.dpop, on: true, key: key.thumbprint }
    expect(await authorization({ presentation: 'broken' }, 'opaque', { dpop })).toBe('DPoP opaqu0')
    expect(await authorization({ presentation: 'broken' }, 'opaque')).toBe('Bearer opaqu0')
  })
})

describe('what goes along', () => {
  it('a body, with its type said if the browser would make one up', async () => {
    const json = await compose({ method: 'POST', body: '{"a": 1}' })
    expect(json.body).toBe('{"a": 1}')
    expect(headerValue(json.headers, 'content-type')).toBe('application/json')
    const text = await compose({ method: 'PUT', body: 'a=b' })
    expect(headerValue(text.headers, 'content-type')).toBe('text/plain;charset=UTF-8')
    const own = await compose({
      method: 'POST',
      body: '{}',
      headers: [entry('Content-Type', 'application/x')],
    })
    expect(own.headers.filter(([name]) => /content-type/i.test(name))).toEqual([
      ['Content-Type', 'application/x'],
    ])
  })

  it('no body with GET and HEAD, nor an empty one', async () => {
    for (const method of ['GET', 'get', 'HEAD']) {
      const { body, headers } = await compose({ method, body: '{}' })
      expect([body, headers.length]).toEqual([null, 1])
    }
    expect((await compose({ method: 'POST', body: '' })).body).toBeNull()
  })

  it('header fields as a browser joins them, and no others', async () => {
    const headers = [
      entry('X-A', '1'),
      entry('Accept', 'text/csv'),
      entry('x-a', ' 2 '),
      entry('X-B', '3', false),
    ]
    expect((await compose({ headers })).headers.slice(1)).toEqual([
      ['X-A', '1, 2'],
      ['Accept', 'text/csv'],
    ])
  })

  it('is HelseID’s call of its Sample API', async () => {
    const dpop = { ...emptyConfig.dpop, key: key.thumbprint }
    const url = 'https://localhost:5081/machine-clients/greetings'
    const request = await compose({ url, presentation: 'dpop' }, simpleIdServerToken, { dpop })
    expect(request.method).toBe('GET')
    expect(decodeJwt(headerValue(request.headers, 'DPoP') ?? '')).toMatchObject({ htm: 'GET', htu: url })
    expect(headerValue(request.headers, 'authorization')).toMatch(/^DPoP eyJ/)
  })
})

describe('secrets in sight', () => {
  it('the token is masked in every message it is in', async () => {
    const shown = (request: HttpRequest, annotations: Annotations) =>
      textOf(redact(formatRequest(request, { annotations })))
    expect(shown(await compose({}), annotationsFor.api)).toContain('authorization: Bearer ••••••••\r\n')
    const config = { ...emptyConfig, client_id: 'c', client_secret: 's-1' }
    const signing = { findKey: () => undefined, now: () => now, nonce: null }
    const url = 'https://server.example.com/introspect'
    const request = await composeIntrospectionRequest(url, 't-1', config, signing, { hint: true })
    expect(shown(request, annotationsFor.introspection).split('\r\n\r\n')[1]).toBe(
      'token=••••••••&token_type_hint=access_token&client_id=c&client_secret=••••••••',
    )
  })
})
