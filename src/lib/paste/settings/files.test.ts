import { describe, expect, it, test } from 'vitest'
import { configs, recognised, someKey } from '../pasted-testing.ts'
import { recognise } from '../recognise/recognise.ts'

describe('appsettings.json', () => {
  // https://learn.microsoft.com/entra/identity-platform/scenario-daemon-app-configuration
  it('of Microsoft.Identity.Web: instance, tenant and the secret in a list of credentials', async () => {
    const { what, proposals, ignored } = await recognised(`{
      // The daemon
      "AzureAd": {
        "Instance": "https://login.microsoftonline.com/",
        "TenantId": "2f4f1e8e-1111-4444-8888-1234567890ab",
        "ClientId": "m2m",
        "ClientCredentials": [
          { "SourceType": "ClientSecret", "ClientSecret": "x~y" },
        ],
      },
      "DownstreamApi": { "BaseUrl": "https://graph.example/v1.0", "Scopes": ["https://graph.example/.default"] },
      "Logging": { "LogLevel": { "Default": "Information" } },
    }`)
    expect(what).toBe('a settings file of .NET (appsettings.json)')
    const base = 'https://login.microsoftonline.com/2f4f1e8e-1111-4444-8888-1234567890ab'
    expect(proposals).toEqual([
      {
        kind: 'connection',
        name: 'AzureAd',
        isWhole: false,
        config: {
          discovery: `${base}/v2.0`,
          issuer: '',
          token_endpoint: `${base}/oauth2/v2.0/token`,
          token_endpoint_auth_method: 'client_secret_post',
          client_id: 'm2m',
          client_secret: 'x~y',
          scope: 'https://graph.example/.default',
        },
        key: null,
        call: { url: 'https://graph.example/v1.0' },
      },
    ])
    expect(ignored).toEqual([
      'AzureAd:ClientCredentials:0:SourceType: not used.',
      'One more setting is not about a client.',
    ])
  })

  // https://docs.duendesoftware.com/accesstokenmanagement/workers/
  it('of Duende.AccessTokenManagement: each client by its path', async () => {
    const found = await configs(
      JSON.stringify({
        AllowedHosts: '*',
        Clients: {
          catalog: {
            TokenEndpoint: 'https://as.example/connect/token',
            ClientId: 'a',
            ClientSecret: 'sa',
            Scope: 'read write',
            ClientCredentialStyle: 'PostBody',
          },
          invoice: {
            TokenEndpoint: 'https://as.example/connect/token',
            ClientId: 'b',
            ClientSecret: 'sb',
            Resource: 'urn:invoices',
            ClientCredentialStyle: 'AuthorizationHeader',
            DPoPJsonWebKey: '{}',
          },
        },
      }),
    )
    expect(found).toEqual({
      'Clients:catalog': {
        token_endpoint: 'https://as.example/connect/token',
        client_id: 'a',
        client_secret: 'sa',
        scope: 'read write',
        token_endpoint_auth_method: 'client_secret_post',
      },
      'Clients:invoice': {
        token_endpoint: 'https://as.example/connect/token',
        client_id: 'b',
        client_secret: 'sb',
        resource: ['urn:invoices'],
        token_endpoint_auth_method: 'client_secret_basic',
        dpop: { on: true },
      },
    })
  })

  it('of another program: the authority is around its clients', async () => {
    const found = await configs(
      JSON.stringify({
        Identity: {
          Authority: 'https://as.example',
          Clients: [
            { ClientId: 'a', ClientSecret: 'sa' },
            { ClientId: 'b', ClientSecret: 'sb', Audience: 'urn:api' },
          ],
        },
      }),
    )
    const server = { discovery: 'https://as.example', issuer: '' }
    expect(found).toEqual({
      'Identity:Clients:0': { ...server, client_id: 'a', client_secret: 'sa' },
      'Identity:Clients:1': { ...server, client_id: 'b', client_secret: 'sb', audience: 'urn:api' },
    })
  })

  // https://learn.microsoft.com/aspnet/core/security/app-secrets
  it('of dotnet user-secrets, with paths as names', async () => {
    expect(
      await configs('{"Auth:ClientId":"a","Auth:ClientSecret":"b","Auth:Authority":"https://as.example"}'),
    ).toEqual({
      Auth: { client_id: 'a', client_secret: 'b', discovery: 'https://as.example', issuer: '' },
    })
  })

  // https://learn.microsoft.com/aspnet/core/security/authentication/configure-jwt-bearer-authentication
  it('of an API, which names an issuer and no client', async () => {
    const { proposals } = await recognised(
      '{"Authentication":{"Schemes":{"Bearer":{"Authority":"https://as.example","Audience":"urn:api"}}}}',
    )
    expect(proposals).toMatchObject([
      { name: '', config: { discovery: 'https://as.example', audience: 'urn:api' } },
    ])
  })

  it('without anything of that is none', async () => {
    expect(
      await recognise('{"Logging":{"LogLevel":{"Default":"x"}},"ConnectionStrings":{"Db":"y"}}'),
    ).toBeNull()
  })

  it('in which the secret is a number says so', async () => {
    const of = (secret: string) =>
      recognised(`{"ClientId":"a","TokenEndpoint":"https://as.example/t","ClientSecret":${secret}}`)
    const { proposals, ignored } = await of('123456')
    expect(proposals).toMatchObject([{ config: { client_secret: '123456' } }])
    expect(ignored).toEqual(['ClientSecret is a number there, and no text. Its digits are filled in.'])
    const { proposals: others, ignored: why } = await of('12345678901234567890')
    expect(others[0]).not.toHaveProperty('config.client_secret')
    expect(why).toEqual([
      'ClientSecret is a number, of which digits may be lost. Put it in quotation marks. It is not filled in.',
    ])
    const { ignored: noText } = await of('true')
    expect(noText).toEqual(['ClientSecret is no text. It is not filled in.'])
  })
})

describe('the configuration of a client of HelseID', () => {
  const { jwk } = someKey('k1')
  const text = JSON.stringify(jwk)
  const config = {
    discovery: 'https://helseid-sts.test.nhn.no',
    issuer: '',
    token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { aud: 'issuer', typ: 'client-authentication+jwt', lifetime: 10 },
    dpop: { on: true },
    client_id: 'b9e3bfd4-0000-4000-8000-000000000001',
    scope: 'nhn:test-public-samplecode/client-credentials',
  }

  // The members are those that a client’s own code reads: HelseIdClientDefinition in
  // https://github.com/FHIDev/Fhi.HelseId. The download itself was not seen.
  it('as its self-service gives it, the key a JWK in a text', async () => {
    const { what, proposals } = await recognised(
      JSON.stringify({
        clientName: 'Test',
        authority: config.discovery,
        clientId: config.client_id,
        grantTypes: ['client_credentials'],
        scopes: [config.scope],
        redirectUris: null,
        secretType: 'private_key_jwt:RsaPrivateKeyJwtSecret',
        rsaPrivateKey: null,
        rsaKeySizeBits: 4096,
        privateJwk: text,
        pkceRequired: false,
      }),
    )
    expect(what).toBe('the configuration of a client of HelseID')
    expect(proposals).toEqual([
      { kind: 'connection', name: '', isWhole: false, config, key: text, call: null },
    ])
  })

  it.each<[what: string, file: object]>([
    [
      'the section of HelseID.Library with a JWK as an object',
      // https://github.com/NorskHelsenett/HelseID.Library/blob/d458c26/Documentation/configuration.md
      { HelseID: { ClientId: config.client_id, Scope: config.scope, IssuerUri: config.discovery, Jwk: jwk } },
    ],
    [
      'a section of Fhi.HelseId, with the key under the name of a secret',
      // https://github.com/FHIDev/Fhi.HelseId/wiki
      {
        HelseIdWebKonfigurasjon: {
          Authority: config.discovery,
          ClientId: config.client_id,
          ClientSecret: text,
          Scopes: [config.scope],
        },
      },
    ],
  ])('%s', async (_what, file) => {
    const { proposals } = await recognised(JSON.stringify(file))
    expect(proposals).toEqual([
      { kind: 'connection', name: Object.keys(file)[0], isWhole: false, config, key: text, call: null },
    ])
  })

  it('whose key is not in it says where to import it', async () => {
    const { proposals, ignored } = await recognised(
      JSON.stringify({ authority: config.discovery, clientId: 'a', privateJwk: './key_jwk.json' }),
    )
    expect(proposals).toMatchObject([{ config: { client_id: 'a' }, key: null }])
    expect(ignored).toEqual([
      'privateJwk has no private key that is read here: import the key under Keys, which says why.',
    ])
  })
})

describe('any other JSON or YAML with a client', () => {
  const client = { client_id: 'm2m', client_secret: 'p4ss w0rd' }

  // https://kubernetes.io/docs/concepts/configuration/secret/
  it('a Secret of Kubernetes, decoded, with a ConfigMap after it', async () => {
    const { what, proposals } = await recognised(
      [
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ntype: Opaque\ndata:',
        `  CLIENT_ID: ${btoa('m2m')}\n  client-secret: ${btoa('p4ss w0rd')}\n  other: '!!'\nstringData:\n  scope: read`,
        '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: server\ndata:\n  TOKEN_URL: https://as.example/token\n',
      ].join('\n'),
    )
    expect(what).toBe('a manifest of Kubernetes with the settings of a client')
    expect(proposals).toMatchObject([
      { name: 'shop', config: { ...client, scope: 'read', token_endpoint: 'https://as.example/token' } },
    ])
  })

  test.each<[what: string, name: string, text: string]>([
    [
      'the variables of a container',
      'spec.containers.0.env',
      'kind: Pod\nspec:\n  containers:\n    - env:\n        - name: CLIENT_ID\n          value: m2m\n        - {name: CLIENT_SECRET, value: p4ss w0rd}\n',
    ],
    // https://docs.docker.com/reference/compose-file/services/#environment
    [
      'a list of docker compose',
      'services.shop.environment',
      'services:\n  shop:\n    image: shop\n    environment:\n      - CLIENT_ID=m2m\n      - CLIENT_SECRET=p4ss w0rd\n',
    ],
    [
      'an object of docker compose with an anchor',
      'services.shop.environment',
      'x-env: &env\n  CLIENT_SECRET: p4ss w0rd\nservices:\n  shop:\n    environment:\n      <<: *env\n      CLIENT_ID: m2m\n',
    ],
    ['YAML', 'auth', 'auth:\n  clientId: m2m\n  clientSecret: "p4ss w0rd"\n'],
    ['an object of two levels', '', '{"client":{"id":"m2m","secret":"p4ss w0rd"}}'],
    ['names of their own', 'shop', '{"shop":{"consumer_key":"m2m","consumer_secret":"p4ss w0rd"}}'],
    // A client as the admin console of Keycloak exports it
    ['a client of Keycloak', '', '{"clientId":"m2m","secret":"p4ss w0rd","protocol":"openid-connect"}'],
  ])('%s', async (_what, name, text) => {
    expect(await configs(text)).toEqual({ [name]: client })
  })

  it('is none with the ID alone, or with a secret alone', async () => {
    expect(await recognise('{"client_id":"m2m","scope":"read"}')).toBeNull()
    expect(await recognise('{"iss":"https://as.example","client_id":"m2m","aud":"x","exp":1}')).toBeNull()
    expect(await recognise('{"active":true,"client_id":"m2m","scope":"read"}')).toBeNull()
    expect(await recognise('{"secret":"x","url":"https://as.example"}')).toBeNull()
  })

  it('gives no client the password of a database', async () => {
    const { proposals, ignored } = await recognised(
      '{"clientId":"m2m","issuer":"https://as.example","db":{"secret":"hunter2222"},"mail":{"clientSecret":"a1","x":{"clientSecret":"a2"}}}',
    )
    expect(proposals[0]).not.toHaveProperty('config.client_secret')
    expect(ignored).toEqual(['db.secret, mail.clientSecret and mail.x.clientSecret: not used.'])
  })
})
