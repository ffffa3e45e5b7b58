import { describe, expect, it } from 'vitest'
import { corsSteps, guideForm, type Step } from '../../explanation/server-record.ts'
import { shQuoted } from '../../snippets/curl.ts'
import { expand, type Values } from '../../explanation/pattern.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { records } from './records.ts'
import { type ServerId, serversFor } from '../servers.ts'

const servers = serversFor('http://localhost:9000')
const origin = 'https://page.example:8443'

/** The steps of a server’s guide, as they are for these values of the form. */
function guideOf(kind: ServerId, change: Partial<TokenRequestConfig> = {}, values: Values = {}) {
  const server = servers.find(({ id }) => id === kind) ?? expect.unreachable()
  const { guide } = records[kind]
  if (!guide) return { cors: [], client: [], start: [] }
  const { token_endpoint } = server.patterns
  const endpoint = { token_endpoint: expand(token_endpoint, { ...server.initial, ...values }) }
  const form = guideForm(server, { ...server.config, ...endpoint, ...change }, origin)
  return { cors: corsSteps(guide, form), client: guide.client(form), start: guide.start(form) }
}

const all = ({ cors, client, start }: ReturnType<typeof guideOf>): readonly Step[] => [
  ...cors,
  ...client,
  ...start,
]

/** What a terminal is given. */
const shell = (steps: readonly Step[]): string =>
  steps.flatMap(({ language, code }) => (language === 'shell' && code !== undefined ? [code] : [])).join('\n')

describe.each(servers.map(({ kind }) => kind))('the guide of %s', (kind) => {
  it.each(['client_secret_post', 'client_secret_basic', 'client_secret_jwt', 'private_key_jwt'] as const)(
    'never shows a secret of the user’s own: %s',
    (token_endpoint_auth_method) => {
      const client_secret = 'my-own-s3cret'
      const guide = guideOf(kind, { client_secret, token_endpoint_auth_method })
      for (const { text, code } of all(guide)) expect(text + (code ?? '')).not.toContain(client_secret)
    },
  )

  it('has a language for each code that is a script or a file, and a path below its folder', () => {
    for (const { file, language, code } of all(guideOf(kind))) {
      if (file === undefined) continue
      expect([code, language]).not.toContain(undefined)
      expect(file).toMatch(/^(?!\/)(?!.*\.\.)[\w./-]+$/)
    }
  })
})

describe('Keycloak', () => {
  const values = { base: 'https://sso.example/auth', realm: "la b's" }

  it('makes its commands of this base, realm, client and origin, each a word of sh', () => {
    const { client, cors } = guideOf('keycloak', { client_id: "it's mine" }, values)
    for (const script of [shell(client), shell(cors)]) {
      expect(script).toContain("--server 'https://sso.example/auth'")
      expect(script).toContain(shQuoted("clientId=it's mine"))
      expect(script).toContain(`-r ${shQuoted("la%20b's")}`)
      expect(script).toContain(`'webOrigins=["${origin}"]'`)
      expect(script).not.toContain('localhost')
    }
    expect(shell(client)).toContain(`create realms -s ${shQuoted("realm=la b's")}`)
  })

  it('knows the administrator’s password of a throwaway on this machine alone', () => {
    expect(shell(guideOf('keycloak').client)).toContain('--password admin')
    expect(shell(guideOf('keycloak', {}, values).client)).not.toContain('--password')
  })

  it('reads the user’s own secret from a variable, without which the script ends', () => {
    expect(shell(guideOf('keycloak', { client_secret: 'hidden' }).client)).toContain(
      'secret="${CLIENT_SECRET:?',
    )
    expect(shell(guideOf('keycloak').client)).toContain('secret=change-me')
  })

  it('puts the API into aud by an Audience mapper, as the form names it', () => {
    const { client } = guideOf('keycloak', { resource: ['https://orders.example'] })
    expect(shell(client)).toContain('"included.custom.audience":"https://orders.example"')
    expect(client.map(({ text }) => text).join()).toContain('Included Custom Audience https://orders.example')
  })

  it('makes the scopes that a realm does not have yet', () => {
    expect(shell(guideOf('keycloak', { scope: 'openid profile' }).client)).not.toContain('client-scopes')
    const script = shell(guideOf('keycloak', { scope: 'openid read' }).client)
    expect(script).toContain("-s 'name=read'")
    expect(script).not.toContain("'name=openid'")
  })

  it.each([
    ['client_secret_post', 'client-secret'],
    ['private_key_jwt', 'client-jwt'],
    ['client_secret_jwt', 'client-secret-jwt'],
  ] as const)('gives the client the authentication of the form: %s', (token_endpoint_auth_method, type) => {
    const script = shell(guideOf('keycloak', { token_endpoint_auth_method }).client)
    expect(script).toContain(`clientAuthenticatorType=${type} `)
  })
})

describe('Hydra', () => {
  it('makes a client at the port for administration, with the method, scope and audience of the form', () => {
    const change = { client_id: "it's", scope: 'a b', audience: 'https://api.example' } as const
    const script = shell(
      guideOf('hydra', { ...change, token_endpoint_auth_method: 'client_secret_basic' }).client,
    )
    expect(script).toContain("'http://127.0.0.1:4445/admin/clients'")
    expect(script).toContain(`"client_id": "it'\\''s"`)
    expect(script).toContain('"scope": "a b"')
    expect(script).toContain('"https://api.example"')
    expect(script).toContain('"token_endpoint_auth_method": "client_secret_basic"')
    expect(script).toContain(`"client_secret": "'change-me'"`)
  })

  it('registers a key in place of a secret', () => {
    const script = shell(guideOf('hydra', { token_endpoint_auth_method: 'private_key_jwt' }).client)
    expect(script).toContain('$(cat jwks.json)')
    expect(script).not.toContain('client_secret')
  })

  it('lists no header field of DPoP, which it does not know', () => {
    expect(JSON.stringify(guideOf('hydra').cors)).not.toMatch(/dpop/i)
  })
})

describe('Spring', () => {
  const file = (steps: readonly Step[], name: string): string =>
    steps.find(({ file: path }) => path?.endsWith(name))?.code ?? expect.unreachable()

  it('has one step for CORS, a bean that allows POST, as a further filter chain switches the server off', () => {
    const { cors } = guideOf('spring')
    expect(cors).toHaveLength(1)
    const code = file(cors, 'Cors.java')
    expect(code).toContain('config.addAllowedMethod("POST")')
    expect(code).toContain(`config.addAllowedOrigin("${origin}")`)
    expect(code).not.toContain('HttpSecurity')
  })

  it('stores the secret as a hash, of the example or from a variable', () => {
    const yaml = (change: Partial<TokenRequestConfig>) =>
      file(guideOf('spring', change, { base: 'http://localhost:9100' }).client, 'application.yml')
    expect(yaml({})).toContain('client-secret: "{bcrypt}$2a$10$')
    expect(yaml({})).toContain('  address: 127.0.0.1\n  port: 9100')
    expect(yaml({ client_secret: 'hidden' })).toContain('client-secret: "{bcrypt}${CLIENT_SECRET_BCRYPT}"')
    expect(yaml({ client_id: 'a "b"', scope: 'read write' })).toContain('client-id: "a \\"b\\""')
    expect(yaml({ scope: 'read write' })).toMatch(/scopes:\n +- "read"\n +- "write"$/)
  })

  it('registers what the signature of an assertion is checked with', () => {
    const yaml = (token_endpoint_auth_method: 'private_key_jwt' | 'client_secret_jwt') =>
      file(guideOf('spring', { token_endpoint_auth_method }).client, 'application.yml')
    const byKey = yaml('private_key_jwt')
    expect(byKey).toContain('jwk-set-uri: "http://localhost:8600/jwks.json"')
    expect(byKey).toContain('token-endpoint-authentication-signing-algorithm: "RS256"')
    expect(byKey).not.toContain('client-secret:')
    // The stored text with its prefix would be the key.
    expect(yaml('client_secret_jwt')).toContain('client-secret: "${CLIENT_SECRET}"')
  })

  it('names the API of the form in aud', () => {
    const { client } = guideOf('spring', { audience: 'https://orders.example' })
    expect(file(client, 'TokenClaims.java')).toContain('List.of("https://orders.example")')
  })

  it('starts from files of its own, without a repository to clone', () => {
    const { start } = guideOf('spring')
    expect(start.map(({ file: path }) => path)).toEqual([
      'pom.xml',
      'src/main/java/demo/Server.java',
      undefined,
    ])
    expect(shell(start)).toBe('mvn spring-boot:run')
  })
})
