import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, type RecordedRequest } from '../../../tests/servers/fault-server.ts'
import { type Listener, listenOnLoopback } from '../../../tests/servers/loopback.ts'
import type { HttpRequest } from '../http/message.ts'
import { generateKey } from '../keys/generate-key.ts'
import type { Key } from '../keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { composeTokenRequest } from '../oauth/token/token-request.ts'
import { hostile } from './cases-testing.ts'
import { oauth4webapi } from './oauth4webapi.ts'
import { programs, run } from './programs-testing.ts'

let listener: Listener
let directory: string
let assertionKey: Key
let proofKey: Key
const arrived: RecordedRequest[] = []
const token = JSON.stringify({ access_token: 'x', token_type: 'bearer', expires_in: 60 })
const apiKey = 'k"e\'y'

beforeAll(async () => {
  listener = await listenOnLoopback()
  listener.serve(async (incoming, response) => {
    const request = await record(incoming)
    const { nonce } = claimsOf(request.headers.find(([name]) => name.toLowerCase() === 'dpop')?.[1])
    if (request.url.endsWith('/nonce') && nonce === undefined) {
      response.writeHead(400, { 'content-type': 'application/json', 'dpop-nonce': 'n1' })
      return response.end('{"error":"use_dpop_nonce"}')
    }
    arrived.push(request)
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(token)
  })
  // In the project, where the libraries are.
  await mkdir('.tmp', { recursive: true })
  directory = await mkdtemp(join('.tmp', 'snippets-'))
  assertionKey = await generateKey('PS256', { extractable: true })
  proofKey = await generateKey('ES256', { extractable: true })
})

afterAll(async () => {
  await listener.close()
  await rm(directory, { recursive: true })
})

type Members = Readonly<Record<string, unknown>>

const json = (part = ''): Members =>
  part === '' ? {} : (JSON.parse(Buffer.from(part, 'base64url').toString()) as Members)
const claimsOf = (jwt = '') => json(jwt.split('.')[1])

/** What a JWT says, with times counted from when it was made. */
function said(jwt: string): object {
  const { jti, iat, nbf, exp, ...claims } = claimsOf(jwt)
  const after = (time: unknown) => (time === undefined ? undefined : Number(time) - Number(iat))
  return { header: json(jwt.split('.')[0]), ...claims, nbf: after(nbf), exp: after(exp), jti: typeof jti }
}

/** A request with what is signed as what it says, and without the fields that the platform adds. */
function meant(
  { method, headers, body }: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
  names: readonly string[],
) {
  const fields = headers
    .filter(([name]) => names.includes(name.toLowerCase()))
    .map(
      ([name, value]) => [name.toLowerCase(), name.toLowerCase() === 'dpop' ? said(value) : value] as const,
    )
  const parameters = [...new URLSearchParams(body ?? '')].map(([name, value]) => [
    name,
    name === 'client_assertion' ? said(value) : value,
  ])
  const signed = body?.includes('client_assertion=')
  return { method, fields: Object.fromEntries(fields), parameters, body: signed ? 'signed' : body }
}

const full: Partial<TokenRequestConfig> = {
  client_id: "m2m-cli:ent's",
  client_secret: hostile,
  scope: 'a b',
  resource: ['https://api.example/one', 'https://api.example/two'],
  audience: hostile.replace('p', 'q'),
  authorization_details: '[{"type":"x"}]',
  parameters: [
    { name: 'api_key', value: apiKey, on: true },
    { name: 'note', value: 'two\nlines', on: true },
  ],
  headers: [
    { name: 'X-Own', value: 'own "value"', on: true },
    { name: 'X-Api-Key', value: apiKey, on: true },
    { name: 'X-Empty', value: '', on: true },
  ],
}

const own = {
  ...emptyConfig.assertion,
  aud: 'both',
  typ: 'JWT',
  lifetime: 30,
  nbf: false,
  header: '{"x":1}',
  payload: '{"assertion_details":[{"a":"b"}],"sub":"other"}',
} as const

const made: Readonly<Record<string, Partial<TokenRequestConfig>>> = {
  'the defaults': { client_id: 'm2m', client_secret: hostile },
  client_secret_post: full,
  'Content-Type with a charset': { ...full, content_type_charset: true },
  'client_secret_post without a secret': { ...full, client_secret: '' },
  'client_secret_basic, form-encoded': { ...full, token_endpoint_auth_method: 'client_secret_basic' },
  'client_secret_basic, strict': {
    ...full,
    token_endpoint_auth_method: 'client_secret_basic',
    basic_encoding: 'strict',
  },
  'client_secret_basic, not encoded': {
    ...full,
    token_endpoint_auth_method: 'client_secret_basic',
    basic_encoding: 'raw',
  },
  'client_secret_jwt HS256': { ...full, token_endpoint_auth_method: 'client_secret_jwt', clock_skew: 40 },
  'client_secret_jwt HS512': {
    ...full,
    token_endpoint_auth_method: 'client_secret_jwt',
    clock_skew: -5,
    assertion: { ...own, secret_alg: 'HS512' },
  },
  private_key_jwt: {
    client_id: 'm2m',
    token_endpoint_auth_method: 'private_key_jwt',
    issuer: 'https://as.example',
  },
  'private_key_jwt with members of its own': {
    ...full,
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: own,
  },
  'private_key_jwt and DPoP with one key': {
    ...full,
    token_endpoint_auth_method: 'private_key_jwt',
    dpop: { on: true, key: '', lifetime: 20, payload: '{"x":[1]}' },
  },
  'DPoP with a key of its own': { ...full, dpop: { on: true, key: 'proof', lifetime: 0, payload: '' } },
  'a header field that the library refuses': {
    ...full,
    headers: [{ name: 'Authorization', value: `Bearer ${apiKey}`, on: true }],
  },
  tls_client_auth: { ...full, token_endpoint_auth_method: 'tls_client_auth' },
  none: { ...full, token_endpoint_auth_method: 'none' },
}

describe('code for oauth4webapi', () => {
  it('sends what the page sends', { timeout: 60_000 }, async () => {
    const all = (['shown', 'variables'] as const).flatMap((secrets) =>
      Object.entries(made).map(([name, members]) => ({ name, members, secrets })),
    )
    const findKey = (thumbprint: string) => (thumbprint === 'proof' ? proofKey : assertionKey)
    const recorded = await Promise.all(
      all.map(async ({ members }, id) => {
        const nonce = members.dpop ? 'n1' : null
        const token_endpoint = `${listener.origin}/${id}/${nonce === null ? 'token' : 'nonce'}`
        const assertion = { ...(members.assertion ?? emptyConfig.assertion), key: 'assertion' }
        const config: TokenRequestConfig = {
          ...emptyConfig,
          issuer: 'https://as.example/',
          ...members,
          assertion,
          token_endpoint,
        }
        const request = await composeTokenRequest(config, { findKey, now: () => Date.now(), nonce })
        return { request, config }
      }),
    )
    const snippets = recorded.map((one, id) => {
      const secrets = all[id]?.secrets ?? 'shown'
      const code = oauth4webapi.render(one, secrets) ?? expect.unreachable()
      if (secrets === 'variables') expect(code).not.toMatch(/p\\?'a"s|k"e/)
      return { id, code }
    })
    const jwk = async ({ privateKey }: Key) =>
      JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey))
    await writeFile(join(directory, 'client.pem'), '')
    await writeFile(join(directory, 'client.key'), '')
    await run(programs.javascript ?? expect.unreachable(), snippets, directory, {
      CLIENT_SECRET: hostile,
      CLIENT_KEY: await jwk(assertionKey),
      DPOP_KEY: await jwk(proofKey),
      API_KEY: apiKey,
      X_API_KEY: apiKey,
      AUTHORIZATION: apiKey,
    })
    for (const [id, { request }] of recorded.entries()) {
      const names = request.headers.map(([name]) => name.toLowerCase())
      const received = arrived
        .filter(({ url }) => url.startsWith(`/${id}/`))
        .map((one) => meant({ ...one, body: one.body.toString() }, names))
      expect(received, `${all[id]?.name ?? ''}, secrets ${all[id]?.secrets ?? ''}`).toEqual([
        meant(request, names),
      ])
    }
  })

  it('is made of token requests only', () => {
    const request = { method: 'POST', url: 'https://as.example/token', headers: [], body: null }
    expect(oauth4webapi.render({ request }, 'shown')).toBeNull()
  })
})
