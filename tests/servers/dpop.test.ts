import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clients, type AuthorizationServer } from './authorization-server.ts'
import type { RegisteredClient } from './clients.ts'
import { startLocalServers, type LocalServers } from './local-servers.ts'
import { dpopProof, proofKey, requestToken, type Deviation } from './signed-requests.ts'
import { generateJwks, type SigningAlg } from './signing-keys.ts'

const now = () => Math.floor(Date.now() / 1000)

let why = ''
let servers: LocalServers
let server: AuthorizationServer
beforeAll(async () => {
  const onRefusal = (reason: string) => {
    why = reason
  }
  servers = await startLocalServers({}, { onRefusal })
  server = servers.authorizationServer
})
afterAll(() => servers.close())

async function proven(client: RegisteredClient, deviation?: Deviation, assertion?: Deviation) {
  const headers = { DPoP: await dpopProof(server.tokenEndpoint, deviation) }
  const parameters = [['scope', 'read']] as const
  return requestToken(server, client, {
    parameters,
    headers,
    ...(assertion === undefined ? {} : { assertion }),
  })
}

const read = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
})
const nonceOf = (response: Response) => response.headers.get('dpop-nonce')
const exposed = (response: Response) => response.headers.get('access-control-expose-headers')

async function accessToken(client: RegisteredClient, deviation?: Deviation): Promise<string> {
  return String((await read(await proven(client, deviation))).body['access_token'])
}

describe('the authorization server', () => {
  test('binds the token to the key of the proof (RFC 9449 6.1)', async () => {
    for (const client of [clients.dpop, clients.post]) {
      const { status, body } = await read(await proven(client))
      expect(status).toBe(200)
      expect(body).toMatchObject({ token_type: 'DPoP' })
      expect(decodeJwt(String(body['access_token']))['cnf']).toEqual({
        jkt: await calculateJwkThumbprint(proofKey.publicJwk),
      })
    }
  })

  test.each<SigningAlg>(['RS256', 'RS512', 'PS256', 'ES384', 'ES512', 'Ed25519'])(
    'accepts %s',
    async (alg) => {
      const { privateJwk, publicJwk } = generateJwks(alg)
      const response = await proven(clients.dpop, { header: { alg, jwk: publicJwk }, key: privateJwk })
      expect(response.status).toBe(200)
    },
  )

  test.each<[string, () => Deviation, description: string]>([
    ['another URL', () => ({ claims: { htu: 'https://other.example/token' } }), 'DPoP proof htu mismatch'],
    ['another name of this machine', () => ({ claims: { htu: at('127.0.0.1') } }), 'DPoP proof htu mismatch'],
    ['another method', () => ({ claims: { htm: 'GET' } }), 'DPoP proof htm mismatch'],
    ['no jti', () => ({ claims: { jti: undefined } }), 'DPoP proof must have a jti string property'],
    ['no iat', () => ({ claims: { iat: undefined } }), 'DPoP proof must have a iat number property'],
    ['another typ', () => ({ header: { typ: 'JWT' } }), 'invalid DPoP key binding'],
    ['no key', () => ({ header: { jwk: undefined } }), 'invalid DPoP key binding'],
    ['a private key', () => ({ header: { jwk: proofKey.privateJwk } }), 'invalid DPoP key binding'],
    [
      'the signature of another key',
      () => ({ key: generateJwks('ES256').privateJwk }),
      'invalid DPoP key binding',
    ],
    ['an end in the past', () => ({ claims: { exp: now() - 60 } }), 'invalid DPoP key binding'],
  ])('refuses a proof with %s', async (_case, deviation, error_description) => {
    expect(await read(await proven(clients.dpop, deviation()))).toEqual({
      status: 400,
      body: { error: 'invalid_dpop_proof', error_description },
    })
  })
  const at = (host: string) => server.tokenEndpoint.replace('localhost', host)

  test.each<[string, () => Promise<Response>, reason: string]>([
    ['no proof', () => requestToken(server, clients.dpop), 'DPoP proof JWT not provided'],
    ['no proof, nor nonce', () => requestToken(server, clients.dpopNonce), 'DPoP proof JWT not provided'],
    [
      'a proof for the second time',
      async () => {
        await proven(clients.dpop, { claims: { jti: 'once' } })
        return proven(clients.dpop, { claims: { jti: 'once' } })
      },
      'DPoP proof JWT Replay detected',
    ],
  ])('says little of %s', async (_case, request, reason) => {
    expect(await read(await request())).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'grant request is invalid' },
    })
    expect(why).toContain(reason)
  })

  test('asks for a nonce if the proof is older than five minutes', async () => {
    const response = await proven(clients.dpop, { claims: { iat: now() - 400 } })
    expect(nonceOf(response)).toMatch(/^[\w-]{43}$/)
    expect(await read(response)).toEqual({
      status: 400,
      body: {
        error: 'use_dpop_nonce',
        error_description: 'DPoP proof iat is not recent enough, use a DPoP nonce instead',
      },
    })
  })
})

describe('nonces', () => {
  test.each<[RegisteredClient, exposed: string]>([
    [clients.dpopNonce, 'DPoP-Nonce,WWW-Authenticate'],
    [clients.dpopHiddenNonce, 'WWW-Authenticate'],
    [clients.keyDpopNonce, 'DPoP-Nonce,WWW-Authenticate'],
  ])('of $id are required (RFC 9449 8)', async (client, names) => {
    const first = await proven(client)
    const nonce = nonceOf(first)
    expect(nonce).toMatch(/^[\w-]{43}$/)
    expect(exposed(first)).toBe(names)
    expect(await read(first)).toEqual({
      status: 400,
      body: { error: 'use_dpop_nonce', error_description: 'nonce is required in the DPoP proof' },
    })

    const wrong = await proven(client, { claims: { nonce: 'wrong' } })
    expect(nonceOf(wrong)).not.toBeNull()
    expect((await read(wrong)).body).toEqual({
      error: 'use_dpop_nonce',
      error_description: 'invalid nonce in DPoP proof',
    })

    const second = await proven(client, { claims: { nonce } })
    expect(second.status).toBe(200)
    expect(exposed(second)).toBe(names)
  })

  test('come unasked with the response to a proof without one (RFC 9449 8.2)', async () => {
    const response = await proven(clients.dpop)
    expect(response.status).toBe(200)
    expect(nonceOf(response)).not.toBeNull()
    expect(nonceOf(await requestToken(server, clients.post))).toBeNull()
  })

  test('cost an assertion, which is good once: the second request needs another', async () => {
    const assertion = { claims: { jti: 'once' } }
    const nonce = nonceOf(await proven(clients.keyDpopNonce, {}, assertion))
    expect((await proven(clients.keyDpopNonce, { claims: { nonce } }, assertion)).status).toBe(401)
    expect(why).toContain('client assertion tokens must only be used once')
    expect((await proven(clients.keyDpopNonce, { claims: { nonce } })).status).toBe(200)
  })
})

describe('the API', () => {
  const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

  async function call(token: string, { claims, ...deviation }: Deviation = {}, scheme = 'DPoP') {
    const proof = await dpopProof(servers.api.greeting, {
      ...deviation,
      claims: { htm: 'GET', ath: hash(token), ...claims },
    })
    return fetch(servers.api.greeting, { headers: { authorization: `${scheme} ${token}`, DPoP: proof } })
  }

  test('greets whoever has the key', async () => {
    for (const client of [clients.dpop, clients.opaque]) {
      const response = await call(await accessToken(client))
      expect((await read(response)).body).toMatchObject({ greeting: `Hello, ${client.id}!` })
    }
  })

  test('refuses a bound token as a bearer token (RFC 9449 7.2)', async () => {
    const response = await call(await accessToken(clients.dpop), {}, 'Bearer')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/)
  })

  test.each<[string, () => Deviation, error: string]>([
    ['for another token', () => ({ claims: { ath: hash('another') } }), 'invalid_dpop_proof'],
    ['for no token', () => ({ claims: { ath: undefined } }), 'invalid_dpop_proof'],
    ['for another URL', () => ({ claims: { htu: servers.api.admin } }), 'invalid_dpop_proof'],
    ['for another method', () => ({ claims: { htm: 'POST' } }), 'invalid_dpop_proof'],
    ['of two minutes ago', () => ({ claims: { iat: now() - 120 } }), 'invalid_dpop_proof'],
    ['by another key than it says', () => ({ key: generateJwks('ES256').privateJwk }), 'invalid_dpop_proof'],
    [
      'of another key',
      () => {
        const { privateJwk, publicJwk } = generateJwks('ES256')
        return { header: { jwk: publicJwk }, key: privateJwk }
      },
      'invalid_token',
    ],
  ])('refuses a proof %s', async (_case, deviation, error) => {
    const response = await call(await accessToken(clients.dpop), deviation())
    expect(response.status).toBe(401)
    const challenge = String(response.headers.get('www-authenticate'))
    expect(challenge).toMatch(/^DPoP .* algs="[^"]*ES256/)
    expect(challenge).toContain(`error="${error}"`)
  })

  test('accepts a proof once', async () => {
    const token = await accessToken(clients.dpop)
    const once = { claims: { jti: 'once' } }
    expect((await call(token, once)).status).toBe(200)
    expect((await call(token, once)).status).toBe(401)
  })

  test('refuses a bearer token with a proof', async () => {
    const { body } = await read(await requestToken(server, clients.post, { parameters: [['scope', 'read']] }))
    expect((await call(String(body['access_token']))).status).toBe(401)
  })
})
