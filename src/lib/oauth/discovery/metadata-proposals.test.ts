import { describe, expect, it } from 'vitest'
import { helseId, simpleIdServer } from '../../../../tests/vectors/oauth/metadata.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import type { Metadata } from './metadata.ts'
import { changeOf, metadataProposals } from './metadata-proposals.ts'
import { scopeSuggestions } from './scope-suggestions.ts'

const methods = (...supported: string[]): Metadata => ({ token_endpoint_auth_methods_supported: supported })

const methodFor = (config: Partial<TokenRequestConfig>, metadata: Metadata, algs?: string[]) =>
  changeOf(metadataProposals({ ...emptyConfig, ...config }, emptyConfig, metadata, algs))
    .token_endpoint_auth_method

describe('metadataProposals', () => {
  it('fills in what is empty, and what the server’s record came with', () => {
    const initial = { ...emptyConfig, token_endpoint: 'https://localhost:5001/token' }
    for (const config of [emptyConfig, initial]) {
      const proposals = metadataProposals(config, initial, simpleIdServer)
      expect(proposals.map(({ field, proposed, typed }) => [field, proposed, typed])).toEqual([
        ['Issuer', 'https://localhost:5001/master', false],
        ['Token endpoint', 'https://localhost:5001/master/token', false],
      ])
      expect(changeOf(proposals)).toEqual({
        issuer: 'https://localhost:5001/master',
        token_endpoint: 'https://localhost:5001/master/token',
      })
    }
  })

  it('never overwrites what was typed: that is only offered', () => {
    const config: TokenRequestConfig = {
      ...emptyConfig,
      token_endpoint: 'https://relay.example/token',
      token_endpoint_auth_method: 'none',
    }
    const proposals = metadataProposals(config, emptyConfig, helseId)
    expect(proposals.filter(({ typed }) => typed)).toEqual([
      {
        field: 'Token endpoint',
        current: 'https://relay.example/token',
        proposed: 'https://helseid-sts.test.nhn.no/connect/token',
        change: { token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token' },
        typed: true,
      },
      {
        field: 'Client authentication',
        current: 'None (client ID only) · none',
        proposed: 'Basic header · client_secret_basic',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
        typed: true,
      },
    ])
  })

  it('offers the same path at the host that responded, if the server calls itself by another name (Ory Hydra)', () => {
    const metadata = { issuer: 'https://auth.example/', token_endpoint: 'https://auth.example/oauth2/token' }
    const url = 'http://localhost:4444/.well-known/openid-configuration'
    const offered = (
      config: Partial<TokenRequestConfig>,
      named: Metadata = metadata,
      at: string | null = url,
    ) =>
      metadataProposals({ ...emptyConfig, ...config }, emptyConfig, named, [], at).filter(({ field }) =>
        field.endsWith('that responded'),
      )
    const proposed = 'http://localhost:4444/oauth2/token'
    expect(offered({})).toMatchObject([{ proposed, typed: true, change: { token_endpoint: proposed } }])
    expect(offered({ token_endpoint: proposed })).toEqual([])
    expect(offered({}, metadata, null)).toEqual([])
    // Its issuer is where it responded: the token endpoint is elsewhere on purpose.
    expect(offered({}, { ...metadata, issuer: 'http://localhost:4444' })).toEqual([])
  })

  it('has nothing to propose once all is as the metadata says', () => {
    const config = { ...emptyConfig, ...changeOf(metadataProposals(emptyConfig, emptyConfig, helseId)) }
    expect(metadataProposals(config, emptyConfig, helseId)).toEqual([])
    expect(changeOf([])).toEqual({})
  })

  it('proposes no token endpoint that cannot be sent to', () => {
    for (const token_endpoint of ['/token', 'urn:x', 'javascript:alert(1)'])
      expect(metadataProposals(emptyConfig, emptyConfig, { token_endpoint })).toEqual([])
  })

  it.each([
    [['client_secret_post', 'client_secret_basic'], undefined],
    [['client_secret_jwt', 'client_secret_basic'], 'client_secret_basic'],
    [['none', 'client_secret_jwt', 'private_key_jwt'], 'client_secret_jwt'],
    [['none', 'private_key_jwt'], 'private_key_jwt'],
    [['self_signed_tls_client_auth'], 'self_signed_tls_client_auth'],
    [['attest_jwt_client_auth', 'toString'], undefined],
    [[], undefined],
  ])('changes client_secret_post only if it is not listed: %j, %s', (supported, expected) => {
    expect(methodFor({}, methods(...supported))).toBe(expected)
  })

  it('keeps the method if none are listed', () => {
    expect(methodFor({}, {})).toBeUndefined()
  })

  it('prefers the key that was chosen, if its signatures are accepted', () => {
    const assertion = { ...emptyConfig.assertion, key: 'thumbprint' }
    const metadata = {
      ...methods('client_secret_basic', 'private_key_jwt'),
      token_endpoint_auth_signing_alg_values_supported: ['PS256'],
    }
    expect(methodFor({ assertion }, metadata)).toBe('private_key_jwt')
    expect(methodFor({ assertion }, metadata, ['ES256'])).toBe('client_secret_basic')
    expect(methodFor({}, metadata)).toBe('client_secret_basic')
  })

  it('changes the algorithm of a secret’s signature if it is not listed', () => {
    const config: TokenRequestConfig = { ...emptyConfig, token_endpoint_auth_method: 'client_secret_jwt' }
    const with512: Metadata = {
      ...methods('client_secret_jwt'),
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'HS512'],
    }
    const [proposal] = metadataProposals(config, emptyConfig, with512)
    expect(proposal).toMatchObject({
      field: 'Signed with',
      current: 'HS256',
      proposed: 'HS512',
      typed: false,
    })
    expect(proposal?.change.assertion).toEqual({ ...emptyConfig.assertion, secret_alg: 'HS512' })
    expect(metadataProposals(config, emptyConfig, methods('client_secret_jwt'))).toEqual([])
  })
})

describe('scopeSuggestions', () => {
  const scopes = (scope: string, ...scopes_supported: string[]) =>
    scopeSuggestions({ ...emptyConfig, scope }, { scopes_supported }).map((suggested) => suggested.scope)

  it('leaves out what is asked for, and puts what is about users last', () => {
    expect(scopes('read', 'openid', 'read', 'write', 'email', 'write')).toEqual(['write', 'openid', 'email'])
    expect(scopeSuggestions(emptyConfig, {})).toEqual([])
  })

  it('3.3: suggests only what can be a scope, and no more than fifty', () => {
    expect(scopes('', 'a b', '', 'é', '"', 'ok')).toEqual(['ok'])
    expect(scopes('', ...Array.from({ length: 1000 }, (_, index) => `s${index}`))).toHaveLength(50)
  })

  it('adds one to those asked for', () => {
    const metadata = { scopes_supported: ['write'] }
    const changes = ['read', ''].map(
      (scope) => scopeSuggestions({ ...emptyConfig, scope }, metadata)[0]?.change,
    )
    expect(changes).toEqual([{ scope: 'read write' }, { scope: 'write' }])
  })
})
