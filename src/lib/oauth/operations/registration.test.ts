import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importPrivateKey } from '../../keys/import-key.ts'
import type { Key, KeyAlg } from '../../keys/key.ts'
import { emptyConfig } from '../config/config.ts'
import type { HttpResponse } from '../../http/message.ts'
import { readRegistration, registrationRequest } from './registration.ts'

const endpoint = 'https://as.example/connect/register?tenant=1'

const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  Ed25519: generateKeyPairSync('ed25519'),
} as const

const jwk = (key: KeyObject) => key.export({ format: 'jwk' }) as Readonly<Record<string, string>>

/** A key out of a private JWK, with every private member; it can be read out again. */
async function imported(alg: KeyAlg & keyof typeof pairs): Promise<Key> {
  const text = JSON.stringify({ ...jwk(pairs[alg].privateKey), kid: 'k-1', use: 'sig' })
  const result = await importPrivateKey(text, { alg, extractable: true })
  if (!result.ok) throw new Error(result.message)
  return { ...result.key, certificate: 'MIIBcertificate' }
}

const response = (status: number, body: object): HttpResponse => ({
  status,
  statusText: '',
  headers: [],
  body: new TextEncoder().encode(JSON.stringify(body)),
})

const required = (alg: keyof typeof pairs) => ({
  client_name: 'Client Credentials Playground',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: alg,
  jwks: { keys: [{ ...jwk(pairs[alg].publicKey), kid: 'k-1', alg, use: 'sig' }] },
})

const sent = (key: Key, change = {}) => registrationRequest(endpoint, key, { ...emptyConfig, ...change })

describe('RFC 7591 section 3.1', () => {
  it('"sends an HTTP POST to the client registration endpoint with a content type of "application/json""', async () => {
    const { body, ...head } = sent(await imported('ES256'))
    expect(head).toEqual({
      method: 'POST',
      url: endpoint,
      headers: [
        ['accept', 'application/json'],
        ['content-type', 'application/json'],
      ],
    })
    expect(JSON.parse(body ?? '')).toEqual(required('ES256'))
  })

  it('asks for the scope as it was typed, and for no empty one', async () => {
    const key = await imported('ES256')
    expect(JSON.parse(sent(key, { scope: 'read write' }).body ?? '')).toEqual({
      ...required('ES256'),
      scope: 'read write',
    })
    expect(JSON.parse(sent(key, { scope: '  ' }).body ?? '')).toEqual(required('ES256'))
  })

  it('RFC 9449 section 5.2: asks for bound tokens if a proof is sent, and says nothing of them elsewhere', async () => {
    const key = await imported('ES256')
    const dpop = { ...emptyConfig.dpop, on: true }
    expect(JSON.parse(sent(key, { dpop }).body ?? '')).toEqual({
      ...required('ES256'),
      dpop_bound_access_tokens: true,
    })
  })
})

describe('RFC 7517 section 9.2: "Private and symmetric keys MUST be protected from disclosure to unintended parties"', () => {
  it.each(['ES256', 'RS256', 'Ed25519'] as const)('%s: the public members alone go out', async (alg) => {
    const key = await imported(alg)
    const { body } = sent(key)
    expect(JSON.parse(body ?? '')).toEqual(required(alg))
    const { d, p, q, dp, dq, qi } = jwk(pairs[alg].privateKey)
    const secrets = [d, p, q, dp, dq, qi].filter((value) => value !== undefined)
    expect(secrets).toHaveLength(alg === 'RS256' ? 6 : 1)
    for (const secret of secrets) expect(body).not.toContain(secret)
  })

  it('nothing else of the form goes with them, the client secret least of all', async () => {
    const filled = {
      client_id: 'former-id',
      client_secret: 'hunter22',
      token_endpoint: 'https://as.example/token',
      audience: 'urn:api',
      parameters: [{ name: 'organization', value: 'org-1', on: true }],
      headers: [{ name: 'X-Api-Key', value: 'k3y', on: true }],
    }
    const key = await imported('ES256')
    expect(sent(key, filled)).toEqual(sent(key))
  })
})

describe('RFC 7591 section 3: "an initial access token"', () => {
  it('goes along as a Bearer token, and only if there is one', async () => {
    const key = await imported('ES256')
    const withOne = registrationRequest(endpoint, key, emptyConfig, 'initial-1')
    const without = registrationRequest(endpoint, key, emptyConfig)
    expect(withOne.headers).toEqual([...without.headers, ['authorization', 'Bearer initial-1']])
    expect(withOne.body).toBe(without.body)
  })

  const refused = async (status: number, token: string, body: object = {}) => {
    const request = registrationRequest(endpoint, await imported('ES256'), emptyConfig, token)
    return readRegistration(request, { kind: 'response', response: response(status, body) })
  }

  it.each([401, 403])('%i names it, and the field for it', async (status) => {
    expect(await refused(status, '')).toEqual({
      ok: false,
      message: `The server did not register it (${status}). It demands an initial access token (RFC 7591 section 3): enter one below.`,
      wantsToken: true,
    })
    expect(await refused(status, 'spent', { error: 'invalid_token' })).toEqual({
      ok: false,
      message: `The server did not register it (${status}). It did not accept the initial access token: it has expired, was used already, or lacks a right. invalid_token`,
      wantsToken: true,
    })
  })

  it('400 is about what was asked for, and does not name it', async () => {
    expect(await refused(400, '', { error: 'invalid_redirect_uri' })).toEqual({
      ok: false,
      message: 'The server did not register it (400). invalid_redirect_uri',
      wantsToken: false,
    })
  })

  it('a response that no page can read may be that refusal', async () => {
    const request = registrationRequest(endpoint, await imported('ES256'), emptyConfig)
    expect(readRegistration(request, { kind: 'opaque-redirect' })).toMatchObject({
      ok: false,
      wantsToken: true,
    })
  })
})

describe('RFC 7591 section 3.2.1: "The authorization server MAY reject or replace any of the Client\'s requested metadata values"', () => {
  const dpop = { ...emptyConfig.dpop, on: true }
  const registered = async (change: (asked: Record<string, unknown>) => Record<string, unknown>) => {
    const request = registrationRequest(endpoint, await imported('ES256'), {
      ...emptyConfig,
      scope: 'read write',
      dpop,
    })
    const asked = JSON.parse(request.body ?? '') as Record<string, unknown>
    const body = { client_id: 'c-1', ...change(asked) }
    return readRegistration(request, { kind: 'response', response: response(201, body) })
  }

  it('nothing is said of what was registered as asked', async () => {
    expect(await registered((asked) => asked)).toEqual({
      ok: true,
      client_id: 'c-1',
      differs: [],
      adopt: null,
    })
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['another method', { token_endpoint_auth_method: 'none' }, /^It registered none as the client auth/],
    [
      'another key',
      { jwks: { keys: [jwk(pairs.RS256.publicKey)] } },
      /^The keys it registered do not include/,
    ],
    ['no key', { jwks: { keys: [] } }, /^The keys it registered do not include/],
    ['another grant', { grant_types: ['authorization_code'] }, /^The grant types .* client_credentials\.$/],
    ['less scope', { scope: 'read' }, /^The scope it registered lacks write\.$/],
    ['tokens without a key', { dpop_bound_access_tokens: false }, /bound to a key \(DPoP\)\.$/],
    ['no jwks at all', { jwks: undefined }, /^The response leaves out jwks: /],
  ])('%s is said', async (_what, change, words) => {
    expect(await registered((asked) => ({ ...asked, ...change }))).toEqual({
      ok: true,
      client_id: 'c-1',
      differs: [expect.stringMatching(words)],
      adopt: null,
    })
  })

  it('as Spring does: a secret in place of the key, and one click uses it', async () => {
    const result = await registered((asked) => ({
      ...asked,
      jwks: undefined,
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: 'given',
    }))
    expect(result).toEqual({
      ok: true,
      client_id: 'c-1',
      differs: [
        'It registered client_secret_basic as the client authentication, and not private_key_jwt: this key is no proof there.',
        'The response leaves out jwks: the server may not have registered what was asked for there.',
      ],
      adopt: {
        text: 'Use client_secret_basic with the secret it gave',
        change: { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'given' },
      },
    })
  })
})
