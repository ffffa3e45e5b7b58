import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importPrivateKey } from '../../keys/import-key.ts'
import type { Key, KeyAlg } from '../../keys/key.ts'
import { emptyConfig } from '../config/config.ts'
import { registrationRequest } from './registration.ts'

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
