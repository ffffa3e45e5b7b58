import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { recognise } from '../../../src/lib/paste/recognise/recognise.ts'

const folder = join(import.meta.dirname, 'collections')

const offered = async (file: string) => recognise(readFileSync(join(folder, file), 'utf8'))

interface Vector {
  readonly file: string
  /** What the file was written after. */
  readonly source: string
  readonly what: string
  /** In their order; each has at least these members. */
  readonly proposals: readonly object[]
  readonly ignored: readonly string[]
}

const scripts = 'Scripts are not run, so what they would set is not there.'
const without = (name: string, variable: string, end = '') =>
  `${name} is in the variable ${variable}, whose value the text does not have. It is not filled in.${end}`
const connection = (name: string, config: object, url: string | null = null) => ({
  kind: 'connection',
  name,
  config,
  call: url === null ? null : { url, method: 'GET', presentation: 'bearer' },
})
const call = (name: string, members: object) => ({
  kind: 'call',
  name,
  token: null,
  call: { presentation: 'bearer', ...members },
})

const postman = 'https://schema.postman.com/collection/json/'
const bruno = 'https://docs.usebruno.com/'

const vectors: readonly Vector[] = [
  {
    file: 'postman-2.1.json',
    source: `${postman}v2.1.0/draft-07/docs/index.html`,
    what: 'a Postman collection (v2.1)',
    proposals: [
      connection(
        'Orders',
        {
          token_endpoint: 'https://as.example/oauth/token',
          token_endpoint_auth_method: 'client_secret_post',
          client_id: 'orders-app',
          scope: 'orders.read orders.write',
          audience: 'https://orders.example',
          parameters: [],
          headers: [{ name: 'X-Zone', value: 'eu', on: true }],
        },
        'https://orders.example/v1/orders/2026?limit=10',
      ),
      connection('Admin / Get token', {
        token_endpoint: 'https://as.example/oauth/token',
        token_endpoint_auth_method: 'client_secret_basic',
        basic_encoding: 'raw',
        client_id: 'admin app',
        client_secret: 'p+w/d%',
        scope: 'orders.admin',
        headers: [],
      }),
      connection('Admin / Token by JSON', {
        token_endpoint_auth_method: 'client_secret_post',
        client_id: 'json-app',
        client_secret: 'json-secret-1',
        audience: 'https://orders.example',
      }),
      call('List orders', {
        url: 'https://orders.example/v1/orders/2026?limit=10',
        headers: [{ name: 'Accept', value: 'application/json', on: true }],
      }),
      call('Create order', { url: 'https://orders.example/v1/orders', method: 'POST', body: '{"item":1}' }),
    ],
    ignored: [
      scripts,
      without('client_secret', 'client_secret', ' Type the secret.'),
      without('X-Tenant', 'tenant'),
      'The body is JSON. The page sends a form, as RFC 6749 has it.',
      without('The token', 'token', ' The page presents its own.'),
    ],
  },
  {
    file: 'postman-2.0.json',
    source: `${postman}v2.0.0/draft-07/docs/index.html`,
    what: 'a Postman collection (v2.0)',
    proposals: [
      connection(
        'Orders',
        {
          token_endpoint: 'https://as.example/token',
          token_endpoint_auth_method: 'client_secret_basic',
          client_id: 'orders-app',
          client_secret: 'collection secret 1',
          scope: 'orders',
        },
        'https://orders.example/orders',
      ),
      connection('Old way', {
        token_endpoint: 'https://as.example:8443/oauth/token',
        client_id: 'old-app',
        client_secret: 'old secret',
        headers: [{ name: 'X-Trace', value: '1', on: true }],
      }),
      connection('Reports', { client_id: 'reports-web' }, 'https://orders.example/reports'),
      call('Reports / Yearly', { url: 'https://orders.example/reports' }),
      call('Orders', { url: 'https://orders.example/orders' }),
    ],
    ignored: ['grant_type is “authorization_code”. The page asks for client_credentials.'],
  },
  {
    file: 'postman-environment.json',
    source: 'https://learning.postman.com/docs/sending-requests/variables/managing-environments/',
    what: 'a Postman environment',
    proposals: [
      {
        kind: 'connection',
        name: 'Staging',
        isWhole: false,
        config: {
          token_endpoint: 'https://as.staging.example/token',
          client_id: 'staging-app',
          client_secret: 'environment secret 1',
        },
        call: { url: 'https://orders.staging.example' },
      },
    ],
    ignored: ['One more setting is not about a client.'],
  },
  {
    file: 'bruno-request.bru',
    source: `${bruno}bru-lang/overview`,
    what: 'a request of Bruno',
    proposals: [
      connection(
        'List orders',
        {
          token_endpoint: 'https://as.example/token',
          token_endpoint_auth_method: 'client_secret_basic',
          client_id: 'orders-app',
          client_secret: 'request secret 1',
          scope: 'orders.read',
          audience: 'https://orders.example',
          resource: [],
        },
        'https://orders.example/orders/2026?limit=10',
      ),
      call('List orders', {
        url: 'https://orders.example/orders/2026?limit=10',
        headers: [{ name: 'accept', value: 'application/json', on: true }],
      }),
    ],
    ignored: [scripts],
  },
  {
    file: 'bruno-token-request.bru',
    source: `${bruno}bru-lang/overview`,
    what: 'a request of Bruno',
    proposals: [
      connection('Get token', {
        token_endpoint: 'https://as.example/token',
        token_endpoint_auth_method: 'client_secret_post',
        client_id: 'orders-app',
        client_secret: 'request secret 2',
        resource: ['https://orders.example'],
        scope: '',
      }),
    ],
    ignored: [],
  },
  {
    file: 'bruno-collection.bru',
    source: `${bruno}auth/oauth2/client-credentials`,
    what: 'settings of a Bruno collection',
    proposals: [
      connection('', {
        token_endpoint_auth_method: 'client_secret_post',
        client_id: 'account',
        scope: 'openid',
      }),
    ],
    ignored: [
      without('client_secret', 'client_secret', ' Type the secret.'),
      'The URL has the variable host in it, whose value the text does not have. It is not filled in.',
    ],
  },
  {
    file: 'bruno-environment.bru',
    source: `${bruno}variables/environment-variables`,
    what: 'an environment of Bruno',
    proposals: [
      {
        kind: 'connection',
        config: { discovery: 'https://as.example/realms/orders', client_id: 'orders-app' },
        call: null,
      },
    ],
    ignored: ['client_secret is empty. It is not filled in.', 'One more setting is not about a client.'],
  },
  {
    file: 'bruno-collection.json',
    source: `${bruno}get-started/import-export-data/export-collections`,
    what: 'a Bruno collection',
    proposals: [
      ...[
        ['Orders (Test)', 'https://as.test.example/token'],
        ['Orders (Live)', 'https://as.example/token'],
      ].map(([name = '', token_endpoint]) =>
        connection(
          name,
          { token_endpoint, client_id: 'orders-app', scope: 'reports', audience: 'https://orders.example' },
          'https://orders.example/reports/2026',
        ),
      ),
      ...['Get token (Test)', 'Get token (Live)'].map((name) =>
        connection(name, { client_id: 'by-hand', client_secret: 'bruno secret 1', scope: '' }),
      ),
      call('Reports / Yearly', {
        url: 'https://orders.example/reports/2026',
        headers: [
          { name: 'x-folder', value: 'reports', on: true },
          { name: 'accept', value: 'application/json', on: true },
        ],
      }),
    ],
    ignored: [scripts, without('client_secret', 'client_secret', ' Type the secret.')],
  },
  {
    file: 'opencollection.yml',
    source: 'https://spec.opencollection.com',
    what: 'an OpenCollection',
    proposals: [
      connection(
        'Orders',
        {
          token_endpoint: 'https://as.test.example/token',
          token_endpoint_auth_method: 'client_secret_basic',
          client_id: 'orders-app',
          scope: 'orders',
          audience: 'https://orders.example',
        },
        'https://orders.test.example/orders',
      ),
      call('Orders / List', {
        url: 'https://orders.test.example/orders',
        headers: [{ name: 'accept', value: 'application/json', on: true }],
      }),
    ],
    ignored: [scripts, without('client_secret', 'client_secret', ' Type the secret.')],
  },
  {
    file: 'opencollection-request.yml',
    source: 'https://spec.opencollection.com',
    what: 'a request of an OpenCollection',
    proposals: [
      connection('Get token', {
        token_endpoint: 'https://as.example/token',
        client_id: 'orders-app',
        client_secret: 'open secret 1',
        scope: '',
      }),
    ],
    ignored: [],
  },
  {
    file: 'opencollection-environment.yml',
    source: 'https://spec.opencollection.com',
    what: 'an environment of Bruno',
    proposals: [
      {
        kind: 'connection',
        name: 'Development',
        config: { client_id: 'orders-app' },
        call: { url: 'https://orders.test.example' },
      },
    ],
    ignored: ['clientSecret is empty. It is not filled in.'],
  },
  {
    file: 'insomnia-4.json',
    source: 'https://developer.konghq.com/insomnia/import-export/',
    what: 'an Insomnia collection',
    proposals: [
      ...[
        ['Orders (Test)', 'https://as.test.example/token'],
        ['Orders (Live)', 'https://as.example/token'],
      ].map(([name = '', token_endpoint]) =>
        connection(
          name,
          {
            token_endpoint,
            token_endpoint_auth_method: 'client_secret_basic',
            client_id: 'orders-app',
            client_secret: 'insomnia secret 1',
            audience: 'https://orders.example',
          },
          'https://orders.example/orders?limit=10',
        ),
      ),
      ...['Get token (Test)', 'Get token (Live)'].map((name) =>
        connection(name, {
          token_endpoint_auth_method: 'client_secret_post',
          client_id: 'base-app',
          scope: '',
        }),
      ),
      call('Orders / List orders', { url: 'https://orders.example/orders?limit=10', headers: [] }),
    ],
    ignored: [scripts, without('client_secret', 'template tag', ' Type the secret.')],
  },
  {
    file: 'insomnia-5.yaml',
    source: 'https://developer.konghq.com/insomnia/import-export/',
    what: 'an Insomnia collection',
    proposals: [
      connection(
        'Orders',
        {
          token_endpoint: 'https://as.example/token',
          token_endpoint_auth_method: 'client_secret_post',
          client_secret: 'insomnia secret 2',
          resource: ['https://orders.example'],
        },
        'https://orders.example/orders/2026',
      ),
      call('Orders / List orders', {
        url: 'https://orders.example/orders/2026',
        headers: [{ name: 'x-folder', value: 'orders', on: true }],
      }),
    ],
    ignored: [scripts],
  },
  {
    file: 'insomnia-5-environment.yaml',
    source: 'https://developer.konghq.com/insomnia/environments/',
    what: 'an environment of Insomnia',
    proposals: [
      {
        kind: 'connection',
        name: 'Staging',
        config: { client_id: 'staging-app', client_secret: 'insomnia secret 3' },
        call: { url: 'https://orders.staging.example' },
      },
    ],
    ignored: [],
  },
  {
    file: 'hoppscotch.json',
    source: 'https://docs.hoppscotch.io/documentation/features/collections',
    what: 'a Hoppscotch collection',
    proposals: [
      connection(
        'Orders',
        {
          token_endpoint: 'https://as.example/token',
          token_endpoint_auth_method: 'client_secret_basic',
          // It is the one tool that encodes as RFC 6749 says.
          basic_encoding: 'form',
          client_id: 'orders-app',
          client_secret: 'hoppscotch secret+1',
          audience: 'https://orders.example',
        },
        'https://orders.example/reports?year=2026',
      ),
      connection('Get token', {
        token_endpoint_auth_method: 'client_secret_basic',
        basic_encoding: 'raw',
        client_id: 'by-hand',
        client_secret: 'hoppscotch secret 2',
        resource: ['https://orders.example'],
        scope: '',
      }),
      call('Reports / Yearly', { url: 'https://orders.example/reports?year=2026' }),
    ],
    ignored: [scripts],
  },
  {
    file: 'openapi-3.1.yaml',
    source: 'https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object',
    what: 'an OpenAPI document (3.1)',
    proposals: [
      connection(
        'machine',
        { token_endpoint: 'https://eu.orders.example/oauth/token', scope: 'orders.read' },
        'https://eu.orders.example/v1/orders',
      ),
      connection(
        'person',
        { token_endpoint: 'https://as.example/token', scope: 'reports' },
        'https://eu.orders.example/v1/reports',
      ),
      { kind: 'url', name: 'sso', text: 'https://as.example/.well-known/openid-configuration' },
    ],
    ignored: [
      'Scopes that its first call does not need: “orders.write”.',
      '“machine” uses “id_token” of the response (x-tokenName). The page uses access_token.',
      '“person” does not mention client_credentials: its token endpoint is of authorizationCode.',
      '“jwt” is a bearer token, and the document does not say which server issues it.',
      '“key” is “apiKey”, which the page does not use.',
    ],
  },
  {
    file: 'openapi-3.0-bearer.json',
    source: 'https://spec.openapis.org/oas/v3.0.4.html#security-scheme-object',
    what: 'an OpenAPI document (3.0)',
    proposals: [
      call('jwt', { url: 'https://orders.example/orders' }),
      { kind: 'url', name: 'the API itself', text: 'https://orders.example' },
    ],
    ignored: ['“jwt” is a bearer token, and the document does not say which server issues it.'],
  },
  {
    file: 'swagger-2.0.json',
    source: 'https://spec.openapis.org/oas/v2.0.html#security-scheme-object',
    what: 'an OpenAPI document (2.0)',
    proposals: [
      connection(
        'machine',
        { token_endpoint: 'https://as.example/token', scope: 'orders.read' },
        'https://orders.example/v1/orders',
      ),
    ],
    ignored: [
      'Scopes that its first call does not need: “orders.write”.',
      '“person” is “oauth2 without a token endpoint”, which the page does not use.',
      '“password” is “basic”, which the page does not use.',
    ],
  },
]

describe('a collection of an API tool', () => {
  test.each(vectors)('$file, as $source has it', async ({ file, what, proposals, ignored }) => {
    const found = await offered(file)
    expect(found).toMatchObject({ what, proposals, ignored })
    expect(found && 'proposals' in found ? found.proposals.length : 0).toBe(proposals.length)
  })

  it('is refused, with what to do, if Postman no longer writes its version', async () => {
    expect(await offered('postman-1.json')).toEqual({
      what: 'a Postman collection of version 1',
      refusal:
        'It is of a version that Postman no longer writes. Import it into Postman, and export it as Collection v2.1.',
    })
  })

  it('of the vectors is read, each of them', () => {
    const files = readdirSync(folder).filter((file) => file !== 'postman-1.json')
    expect(vectors.map(({ file }) => file).sort()).toEqual(files.sort())
  })
})
