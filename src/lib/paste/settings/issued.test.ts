import { describe, expect, it, test } from 'vitest'
import { recognised, someKey } from '../pasted-testing.ts'
import type { PastedConfig } from '../proposal.ts'
import { recognise } from '../recognise/recognise.ts'

// https://www.keycloak.org/securing-apps/nodejs-adapter, https://www.keycloak.org/docs/25.0.6/securing_apps/#_java_adapter_config
describe('keycloak.json', () => {
  const file = {
    realm: 'lab',
    'auth-server-url': 'http://localhost:8080/',
    'ssl-required': 'external',
    resource: 'm2m',
    credentials: { secret: 'p4ss' },
    'confidential-port': 0,
  }
  const config: PastedConfig = {
    discovery: 'http://localhost:8080/realms/lab',
    issuer: '',
    token_endpoint: 'http://localhost:8080/realms/lab/protocol/openid-connect/token',
    token_endpoint_auth_method: 'client_secret_basic',
    client_id: 'm2m',
    client_secret: 'p4ss',
  }

  test.each<[what: string, change: object, config: PastedConfig]>([
    ['as it is downloaded', {}, {}],
    [
      'with the path of versions before 17',
      { 'auth-server-url': 'http://localhost:8080/auth' },
      {
        discovery: 'http://localhost:8080/auth/realms/lab',
        token_endpoint: 'http://localhost:8080/auth/realms/lab/protocol/openid-connect/token',
      },
    ],
    [
      'a realm with a space',
      { realm: 'my lab' },
      {
        discovery: 'http://localhost:8080/realms/my%20lab',
        token_endpoint: 'http://localhost:8080/realms/my%20lab/protocol/openid-connect/token',
      },
    ],
    [
      'a JWT signed with the secret',
      { credentials: { 'secret-jwt': { secret: 'p4ss', algorithm: 'HS512' } } },
      { token_endpoint_auth_method: 'client_secret_jwt', assertion: { secret_alg: 'HS512' } },
    ],
  ])('%s', async (_what, change, more) => {
    const { what, proposals } = await recognised(JSON.stringify({ ...file, ...change }))
    expect(what).toBe('the adapter configuration of Keycloak (keycloak.json)')
    expect(proposals).toEqual([
      { kind: 'connection', name: '', isWhole: false, config: { ...config, ...more }, key: null, call: null },
    ])
  })

  it('with a key in a keystore says where the key is', async () => {
    const jwt = {
      'client-keystore-file': 'a.jks',
      'client-keystore-password': 'hunter2222',
      'client-key-alias': 'k',
    }
    const { proposals, ignored } = await recognised(JSON.stringify({ ...file, credentials: { jwt } }))
    expect(proposals).toMatchObject([
      { config: { token_endpoint_auth_method: 'private_key_jwt' }, key: null },
    ])
    expect(ignored[0]).toBe(
      'Its key is in a keystore, which is another file. Export the key from there, and import it under Keys.',
    )
    expect(JSON.stringify(ignored)).not.toContain('hunter2222')
  })

  it.each([{ 'public-client': true }, { 'bearer-only': true }])(
    'of a client that gets no token says so: %j',
    async (change) => {
      const { ignored } = await recognised(JSON.stringify({ ...file, ...change }))
      expect(ignored[0]).toMatch(/^It is of a client that Keycloak issues no token of this grant to/)
    },
  )

  it('in YAML below a name', async () => {
    const { proposals } = await recognised(
      'keycloak:\n  realm: lab\n  auth-server-url: http://localhost:8080\n  resource: m2m\n  credentials:\n    secret: p4ss\n',
    )
    expect(proposals).toMatchObject([{ config }])
  })

  it('without values is refused', async () => {
    expect(await recognise('{"realm":"","auth-server-url":"","resource":""}')).toMatchObject({
      what: 'the adapter configuration of Keycloak (keycloak.json)',
      refusal: expect.stringContaining('resource is empty') as string,
    })
  })
})

// https://developers.google.com/identity/protocols/oauth2/service-account
describe('the key of a Google service account', () => {
  const { pem } = someKey()
  const file = {
    type: 'service_account',
    project_id: 'p',
    private_key_id: 'kid1',
    private_key: `${pem}\n`,
    client_email: 'a@p.iam.gserviceaccount.com',
    client_id: '1',
    token_uri: 'https://oauth2.googleapis.com/token',
  }

  it('is a key and a token endpoint, and of another grant', async () => {
    const { proposals, ignored } = await recognised(JSON.stringify(file))
    expect(proposals).toEqual([
      { kind: 'private-key', name: 'private_key', text: pem },
      {
        kind: 'connection',
        name: 'token_uri',
        isWhole: false,
        config: { token_endpoint: 'https://oauth2.googleapis.com/token' },
        key: null,
        call: null,
      },
    ])
    expect(ignored).toEqual([expect.stringContaining('(RFC 7523 section 2.1)')])
  })

  it('without a key or an endpoint is refused, with the reason', async () => {
    const found = await recognise(JSON.stringify({ ...file, private_key: 'x', token_uri: 7 }))
    expect(found).toMatchObject({
      refusal: expect.stringMatching(/^private_key has no private key .*jwt-bearer/) as string,
    })
  })
})

// https://learn.microsoft.com/cli/azure/ad/sp#az-ad-sp-create-for-rbac, https://github.com/Azure/login
describe('a service principal of Azure', () => {
  const endpoint = (base: string) => `${base}/contoso.com/oauth2/v2.0/token`

  test.each<[what: string, file: object, base: string]>([
    [
      'as the CLI prints it',
      { appId: 'm2m', displayName: 'x', password: 'x~y', tenant: 'contoso.com' },
      'https://login.microsoftonline.com',
    ],
    [
      'with --sdk-auth',
      {
        clientId: 'm2m',
        clientSecret: 'x~y',
        subscriptionId: 's',
        tenantId: 'contoso.com',
        activeDirectoryEndpointUrl: 'https://login.microsoftonline.us/',
      },
      'https://login.microsoftonline.us',
    ],
    [
      'as GitHub keeps it',
      { clientId: 'm2m', clientSecret: 'x~y', subscriptionId: 's', tenantId: 'contoso.com' },
      'https://login.microsoftonline.com',
    ],
  ])('%s', async (_what, file, base) => {
    const { what, proposals, ignored } = await recognised(JSON.stringify(file))
    expect(what).toBe('a credentials file of a service principal of Azure')
    expect(proposals).toMatchObject([
      {
        config: {
          client_id: 'm2m',
          client_secret: 'x~y',
          token_endpoint: endpoint(base),
          token_endpoint_auth_method: 'client_secret_post',
        },
      },
    ])
    expect(proposals[0]).not.toHaveProperty('config.scope')
    expect(ignored[0]).toMatch(/^Entra ID demands a scope, .*\/\.default at its end\.$/)
  })

  it('of no tenant of its own has no endpoint', async () => {
    const { proposals, ignored } = await recognised('{"appId":"a","password":"b","tenant":"common"}')
    expect(proposals[0]).not.toHaveProperty('config.token_endpoint')
    expect(ignored[0]).toMatch(/^The tenant is one for users of all tenants\./)
  })
})

describe('the response of a registration endpoint', () => {
  // The example of RFC 7591 section 3.2.1, with another grant
  const file = {
    client_id: 's6BhdRkqt3',
    client_secret: 'cf136dc3c1fc93f31185e5885805d',
    client_id_issued_at: 2893256800,
    client_secret_expires_at: 2893276800,
    registration_access_token: 'this.is.an.access.token.value.ffx83',
    registration_client_uri: 'https://server.example.com/connect/register?client_id=s6BhdRkqt3',
    grant_types: ['client_credentials'],
    scope: 'read write',
  }

  it('is a client, without its registration access token', async () => {
    const { proposals, ignored } = await recognised(JSON.stringify(file))
    expect(proposals).toMatchObject([
      {
        config: {
          client_id: file.client_id,
          client_secret: file.client_secret,
          token_endpoint_auth_method: 'client_secret_basic',
          scope: 'read write',
        },
      },
    ])
    expect(ignored[0]).toMatch(/registration_access_token.*: not used\.$/)
    expect(JSON.stringify({ proposals, ignored })).not.toContain('ffx83')
  })

  it.each([
    [{ token_endpoint_auth_method: 'private_key_jwt', client_secret: undefined }, 'private_key_jwt'],
    [{ client_secret: undefined }, 'none'],
  ])('%j authenticates by %s', async (change, method) => {
    const { proposals } = await recognised(JSON.stringify({ ...file, ...change }))
    expect(proposals).toMatchObject([{ config: { token_endpoint_auth_method: method } }])
  })

  it('of another grant says so', async () => {
    const { ignored } = await recognised(JSON.stringify({ ...file, grant_types: ['authorization_code'] }))
    expect(ignored[0]).toBe('grant_types has another grant. The page asks for client_credentials.')
  })
})
