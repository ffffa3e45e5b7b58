import { describe, expect, it } from 'vitest'
import { wholeMembers } from '../../explanation/config-change.ts'
import { emptyConfig, type TokenRequestConfig } from '../../oauth/config/config.ts'
import { againstMetadata } from '../../oauth/discovery/beforehand.ts'
import { type Server, serversFor } from '../servers.ts'
import { records } from './records.ts'

const find = (id: string): Server => {
  const found = serversFor('http://localhost:9000').find((server) => server.id === id)
  if (!found) throw new Error(`There is no ${id}`)
  return found
}

/** What is said of the values that a server starts with, changed. */
function said(id: string, change: Partial<TokenRequestConfig> = {}) {
  const { kind, config } = find(id)
  return records[kind].beforehand?.({ ...config, ...change }) ?? []
}

describe('what is said before sending', () => {
  it.each(['simpleidserver', 'helseid', 'keycloak', 'hydra', 'zitadel'])(
    '%s: nothing, as it starts',
    (id) => {
      expect(said(id)).toEqual([])
    },
  )

  it.each<[string, Partial<TokenRequestConfig>, RegExp]>([
    ['no scope', { scope: '' }, /demands a scope/],
    ['a secret with a percent sign', { client_secret: '50%+x' }, /decodes the body twice/],
    ['a secret of digits', { client_secret: '0123' }, /reads the values of the body as JSON/],
    ['a client ID of digits', { client_id: '42' }, /client ID of digits/],
    [
      'a colon in Basic',
      { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'a:b' },
      /splits the Basic header at every colon/,
    ],
    ['a resource by URL', { resource: ['https://api.example'] }, /by its name/],
    ['DPoP over https', { dpop: { ...emptyConfig.dpop, on: true } }, /HTTP\/2.*lower case.*Http1/],
    ['a proof without end', { dpop: { ...emptyConfig.dpop, on: true } }, /demands an exp/],
  ])('SimpleIdServer: %s', (_what, change, words) => {
    expect(said('simpleidserver', change).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(words),
    )
  })

  it.each<[string, Partial<TokenRequestConfig>, RegExp]>([
    [
      'an assertion of five minutes',
      { assertion: { ...find('helseid').config.assertion, lifetime: 300 } },
      /60 seconds/,
    ],
    ['a secret', { token_endpoint_auth_method: 'client_secret_post' }, /signed with a key alone/],
    ['no proof', { dpop: emptyConfig.dpop }, /bound to a key/],
  ])('HelseID: %s', (_what, change, words) => {
    expect(said('helseid', change).map(({ text }) => text)).toContainEqual(expect.stringMatching(words))
  })

  it.each<[string, Partial<TokenRequestConfig>, RegExp]>([
    ['a proof', { dpop: { ...emptyConfig.dpop, on: true } }, /no DPoP/],
    [
      'an assertion for the issuer',
      { token_endpoint_auth_method: 'private_key_jwt', assertion: emptyConfig.assertion },
      /token endpoint as aud/,
    ],
  ])('Hydra: %s', (_what, change, words) => {
    expect(said('hydra', change).map(({ text }) => text)).toEqual([expect.stringMatching(words)])
  })

  it.each<[string, string, Partial<TokenRequestConfig>, RegExp]>([
    ['zitadel', 'a proof', { dpop: { ...emptyConfig.dpop, on: true } }, /preflight would fail/],
    ['zitadel', 'an assertion', { token_endpoint_auth_method: 'private_key_jwt' }, /no assertion/],
    ['mock-oauth2-server', 'a proof', { dpop: { ...emptyConfig.dpop, on: true } }, /ignores DPoP/],
    [
      'mock-oauth2-server',
      'no secret',
      { token_endpoint_auth_method: 'none' },
      /Without a secret it refuses/,
    ],
  ])('%s: %s', (id, _what, change, words) => {
    expect(said(id, change).map(({ text }) => text)).toEqual([expect.stringMatching(words)])
  })

  it('Hydra: nothing of the aud of an assertion that is not sent', () => {
    expect(said('hydra', { assertion: emptyConfig.assertion })).toEqual([])
    expect(said('hydra', { token_endpoint_auth_method: 'private_key_jwt' })).toEqual([])
  })

  it.each<[string, Partial<TokenRequestConfig>, RegExp]>([
    ['no slash at the end', { token_endpoint: 'http://localhost:8000/o/token' }, /has a slash at its end/],
    ['DPoP', { dpop: { ...emptyConfig.dpop, on: true } }, /knows no DPoP/],
  ])('Django OAuth Toolkit: %s', (_what, change, words) => {
    expect(said('django')).toEqual([])
    expect(said('django', change).map(({ text }) => text)).toEqual([expect.stringMatching(words)])
  })

  it('is silent once its fix is made', () => {
    for (const [id, change] of [
      [
        'zitadel',
        { token_endpoint_auth_method: 'client_secret_jwt', dpop: { ...emptyConfig.dpop, on: true } },
      ],
      ['mock-oauth2-server', { dpop: { ...emptyConfig.dpop, on: true } }],
      [
        'hydra',
        {
          token_endpoint_auth_method: 'private_key_jwt',
          assertion: emptyConfig.assertion,
          dpop: { ...emptyConfig.dpop, on: true },
        },
      ],
      ['simpleidserver', { scope: '', client_secret: '12', resource: [] }],
      [
        'django',
        { token_endpoint: 'http://localhost:8000/o/token', dpop: { ...emptyConfig.dpop, on: true } },
      ],
      ['helseid', { token_endpoint_auth_method: 'none', dpop: emptyConfig.dpop }],
    ] as const) {
      let config: TokenRequestConfig = { ...find(id).config, ...change }
      const remarks = () => records[find(id).kind].beforehand?.(config) ?? []
      for (let tries = 0; tries < 5; tries += 1)
        for (const { fix } of remarks()) if (fix) config = { ...config, ...wholeMembers(config, fix.change) }
      expect(remarks()).toEqual([])
    }
  })
})

it('a secret that is encoded twice can be encoded once again', () => {
  const once = said('simpleidserver', { client_secret: '12%' })
  expect(once.map(({ fix }) => fix?.change)).toEqual([{ body_encoding: 'twice' }])
  const twice = said('simpleidserver', { client_secret: '12%', body_encoding: 'twice' })
  expect(twice.map(({ fix }) => fix?.change)).toEqual([{ body_encoding: 'once' }])
})

describe('what differs from the metadata', () => {
  const metadata = {
    token_endpoint: 'https://as.example/token',
    revocation_endpoint: 'https://as.example/revoke',
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
  }
  const config: TokenRequestConfig = {
    ...emptyConfig,
    token_endpoint: metadata.token_endpoint,
    token_endpoint_auth_method: 'client_secret_basic',
  }

  it('is nothing for a form that agrees with it', () => {
    expect(againstMetadata(metadata, config)).toEqual([])
    expect(againstMetadata({}, config)).toEqual([])
  })

  it('names the endpoint that was typed instead, and leads to the right one', () => {
    expect(againstMetadata(metadata, { ...config, token_endpoint: metadata.revocation_endpoint })).toEqual([
      {
        text: 'This is not the token endpoint: the metadata name it for revocation.',
        fix: { text: 'Use https://as.example/token', change: { token_endpoint: 'https://as.example/token' } },
      },
    ])
    expect(
      againstMetadata(metadata, { ...config, token_endpoint: 'https://as.example/' })[0]?.text,
    ).toContain('another token endpoint')
  })

  it('names a method that is not listed', () => {
    expect(
      againstMetadata(metadata, { ...config, token_endpoint_auth_method: 'client_secret_post' }),
    ).toEqual([
      {
        text: 'The metadata do not list client_secret_post; they list private_key_jwt, client_secret_basic.',
        fix: { text: 'Use private_key_jwt', change: { token_endpoint_auth_method: 'private_key_jwt' } },
      },
    ])
  })

  it('RFC 8414 section 2: without a list, client_secret_basic is the one', () => {
    const { token_endpoint } = metadata
    expect(againstMetadata({ token_endpoint }, config)).toEqual([])
    expect(
      againstMetadata({ token_endpoint }, { ...config, token_endpoint_auth_method: 'client_secret_post' }),
    ).toHaveLength(1)
  })
})

describe('what is said once there is a token', () => {
  const quirk = (
    id: string,
    operation: 'introspection' | 'revocation',
    change: Partial<TokenRequestConfig> = {},
  ) => {
    const { kind, config } = find(id)
    return records[kind].operations?.[operation]?.({ ...config, ...change }) ?? null
  }

  it('Keycloak lets no page read its introspection', () => {
    expect(quirk('keycloak', 'introspection')).toMatchObject({ unreadable: true })
    expect(quirk('keycloak', 'revocation')).toBeNull()
  })

  it('mock-oauth2-server introspects for a client in the Basic header, and revokes no access token', () => {
    expect(quirk('mock-oauth2-server', 'introspection')?.fix?.change).toEqual({
      token_endpoint_auth_method: 'client_secret_basic',
    })
    const token_endpoint_auth_method = 'client_secret_basic'
    expect(quirk('mock-oauth2-server', 'introspection', { token_endpoint_auth_method })).toBeNull()
    expect(quirk('mock-oauth2-server', 'revocation')?.text).toContain('refresh tokens alone')
  })

  it('Hydra looks at no client at the port for administration, and there alone', () => {
    const { asksNoClient } = records.hydra
    expect(asksNoClient?.('http://127.0.0.1:4445/admin/oauth2/introspect')).toBe(true)
    expect(asksNoClient?.('http://127.0.0.1:4444/oauth2/introspect')).toBe(false)
  })
})
