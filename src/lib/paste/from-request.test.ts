import { describe, expect, it, test } from 'vitest'
import type { HeaderList, HttpRequest } from '../http/message.ts'
import { fromRequest } from './from-request.ts'
import { unknown } from './unknown.ts'

const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64')
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jws = (header: object, claims: object) => `${part(header)}.${part(claims)}.c2ln`

const request = (members: Partial<HttpRequest>): HttpRequest => ({
  method: 'POST',
  url: 'https://as.example/token',
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  body: null,
  ...members,
})

const form = (parameters: string, headers: HeaderList = []): HttpRequest =>
  request({
    headers: [['Content-Type', 'application/x-www-form-urlencoded'], ...headers],
    body: `grant_type=client_credentials${parameters === '' ? '' : `&${parameters}`}`,
  })

function configOf(one: HttpRequest, hasCertificate = false) {
  const { proposal, ignored } = fromRequest(one, hasCertificate)
  if (proposal.kind !== 'connection') throw new Error('It is a call')
  return { config: proposal.config, ignored }
}

function callOf(one: HttpRequest) {
  const { proposal, ignored } = fromRequest(one)
  if (proposal.kind !== 'call') throw new Error('It is a token request')
  return { ...proposal, ignored }
}

const typeSecret = 'Type the secret.'

describe('client authentication in a Basic header', () => {
  test.each<[title: string, credentials: string, config: object]>([
    ['plain', base64('m2m:shh'), { client_id: 'm2m', client_secret: 'shh', basic_encoding: 'form' }],
    ['without padding', 'bTJtOnNoaGg', { client_id: 'm2m', client_secret: 'shhh' }],
    [
      'in base64url',
      base64('a:\u{3FF}\u{3FE}~~?').replaceAll('+', '-').replaceAll('/', '_'),
      { client_id: 'a' },
    ],
    [
      'form-encoded',
      base64('a%3Ab:s%26h%3D+%C3%A9'),
      { client_id: 'a:b', client_secret: 's&h= é', basic_encoding: 'form' },
    ],
    ['strictly', base64('a%2Db:s%2Eh'), { client_id: 'a-b', client_secret: 's.h', basic_encoding: 'strict' }],
    ['not encoded', base64('a-b:s/h=é'), { client_id: 'a-b', client_secret: 's/h=é', basic_encoding: 'raw' }],
    ['a plus alone', base64('m2m:a+b'), { client_id: 'm2m', client_secret: 'a+b', basic_encoding: 'raw' }],
    [
      'a colon in the secret',
      base64('m2m:a:b'),
      { client_id: 'm2m', client_secret: 'a:b', basic_encoding: 'raw' },
    ],
    ['an empty secret', base64('m2m:'), { client_id: 'm2m', client_secret: '' }],
    ['an empty ID', base64(':shh'), { client_id: '', client_secret: 'shh' }],
  ])('%s', (_title, credentials, config) => {
    const found = configOf(form('', [['authorization', `Basic ${credentials}`]]))
    expect(found).toMatchObject({
      config: { token_endpoint_auth_method: 'client_secret_basic', ...config },
      ignored: [],
    })
  })

  test.each<[title: string, credentials: string, config: object, said: string]>([
    ['Latin-1', base64('m2m:caf\xe9', 'latin1'), { client_secret: 'café' }, 'were read as Latin-1'],
    [
      'percent-encoded otherwise',
      base64('a:b%2fc'),
      { client_secret: 'b%2fc', basic_encoding: 'raw' },
      'may be percent-encoded',
    ],
    ['not base64', 'm2m:shh', { client_id: 'm2m', client_secret: 'shh' }, 'not in base64'],
    ['no secret', base64('m2m'), { client_id: 'm2m' }, 'no secret. Type the secret.'],
  ])('%s is read, and said', (_title, credentials, config, said) => {
    const found = configOf(form('', [['Authorization', `basic  ${credentials}`]]))
    expect(found.config).toMatchObject({ token_endpoint_auth_method: 'client_secret_basic', ...config })
    expect(found.ignored.join()).toContain(said)
  })

  test.each([
    ['no base64 and no colon', '{credentials}'],
    ['bytes that are no text', base64('\xff\xfe\xfd', 'latin1')],
    ['a variable', unknown('CREDENTIALS')],
  ])('%s is not filled in', (_title, credentials) => {
    const { config, ignored } = configOf(form('', [['Authorization', `Basic ${credentials}`]]))
    expect(config).not.toHaveProperty('client_id')
    expect(config).not.toHaveProperty('client_secret')
    expect(ignored.join()).toContain('Type client ID and secret.')
    expect(ignored.join()).not.toContain(credentials)
  })
})

describe('client authentication otherwise', () => {
  it('in the body', () => {
    expect(configOf(form('client_id=m%26&client_secret=s%2Bh+h'))).toMatchObject({
      config: { token_endpoint_auth_method: 'client_secret_post', client_id: 'm&', client_secret: 's+h h' },
      ignored: [],
    })
  })

  it('by the ID alone', () => {
    expect(configOf(form('client_id=m2m'))).toMatchObject({
      config: { token_endpoint_auth_method: 'none', client_id: 'm2m' },
      ignored: [],
    })
  })

  it('by a certificate', () => {
    const { config, ignored } = configOf(form('client_id=m2m'), true)
    expect(config).toMatchObject({ token_endpoint_auth_method: 'tls_client_auth', client_id: 'm2m' })
    expect(ignored).toEqual(['The browser shows a client certificate if it has one and the server asks.'])
  })

  it('in the URL, before the host', () => {
    const { config, ignored } = configOf({ ...form(''), url: 'https://m2m:s%26h@as.example/token' })
    expect(config).toMatchObject({
      token_endpoint: 'https://as.example/token',
      token_endpoint_auth_method: 'client_secret_basic',
      client_id: 'm2m',
      client_secret: 's&h',
      basic_encoding: 'raw',
    })
    expect(ignored).toEqual([
      'The credentials were in the URL, which programs send in a Basic header. So does the page.',
    ])
  })

  it('in two ways: the Basic header is used, and the other is named', () => {
    const { config, ignored } = configOf(
      form('client_id=m2m&client_secret=other', [['Authorization', `Basic ${base64('m2m:shh')}`]]),
    )
    expect(config).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: 'shh',
      // Some servers require it here, too.
      parameters: [{ name: 'client_id', value: 'm2m', on: true }],
    })
    expect(ignored).toEqual([
      'client_secret is not used, as a request authenticates once: by the Basic header.',
    ])
  })

  it('by an assertion and a secret: the assertion is used', () => {
    const { config, ignored } = configOf(
      form(`client_secret=shh&client_assertion=${jws({ alg: 'ES256' }, { sub: 'a' })}`),
    )
    expect(config).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', client_id: 'a' })
    expect(config).not.toHaveProperty('client_secret')
    expect(ignored).toContain('client_secret is not used, as a request authenticates once: by the assertion.')
  })

  it('by another scheme is not filled in', () => {
    const { config, ignored } = configOf(form('client_id=m2m', [['Authorization', 'Digest username="shh"']]))
    expect(config).toMatchObject({ token_endpoint_auth_method: 'none' })
    expect(ignored).toEqual([
      'Authorization: may be a secret, and is not filled in. Type it if the server needs it.',
    ])
  })
})

describe('an assertion', () => {
  const type = 'client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer'
  const times = { iat: 1_700_000_000, exp: 1_700_000_060 }

  it('signed with a key is what the next one is made like', () => {
    const claims = {
      iss: 'm2m',
      sub: 'm2m',
      aud: 'https://as.example',
      jti: 'x',
      nbf: times.iat,
      ...times,
      authorization_details: [{ type: 'a' }],
    }
    const assertion = jws(
      { alg: 'RS256', kid: 'k1', typ: 'client-authentication+jwt', 'x5t#S256': 'y' },
      claims,
    )
    const { config, ignored } = configOf(form(`client_id=m2m&${type}&client_assertion=${assertion}`))
    expect(config).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      client_id: 'm2m',
      assertion: {
        aud: 'custom',
        custom_aud: 'https://as.example',
        typ: 'client-authentication+jwt',
        kid: 'custom',
        custom_kid: 'k1',
        lifetime: 60,
        nbf: true,
        x5t: true,
        payload: '{"authorization_details":[{"type":"a"}]}',
      },
    })
    expect(ignored).toEqual([
      'client_assertion was signed for one request. The page signs another one, with your key.',
    ])
  })

  it('signed with the secret', () => {
    const assertion = jws(
      { alg: 'HS384', typ: 'JWT' },
      { iss: 'm2m', sub: 'm2m', aud: 'https://as.example/token', ...times },
    )
    const { config, ignored } = configOf(form(`${type}&client_assertion=${assertion}`))
    expect(config).toMatchObject({
      token_endpoint_auth_method: 'client_secret_jwt',
      client_id: 'm2m',
      assertion: {
        secret_alg: 'HS384',
        aud: 'token_endpoint',
        typ: 'JWT',
        kid: 'none',
        nbf: false,
        x5t: false,
      },
    })
    expect(ignored.join()).toContain('with the client secret')
  })

  it('for a list of audiences, by another issuer', () => {
    const assertion = jws({ alg: 'ES256' }, { iss: 'x', sub: 'm2m', aud: ['a', 'b'], __proto__: null })
    expect(configOf(form(`client_assertion=${assertion}`)).config.assertion).toMatchObject({
      typ: '',
      payload: '{"iss":"x","aud":["a","b"]}',
    })
  })

  test.each([
    ['no JWT', 'abc'],
    ['encrypted', 'a.b.c.d.e'],
    ['a variable', unknown('JWT')],
    ['an algorithm of Object', jws({ alg: 'toString' }, { sub: 'm2m' })],
  ])('%s', (_title, assertion) => {
    const { config } = configOf(form(`client_id=m2m&client_assertion=${encodeURIComponent(assertion)}`))
    expect(config).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', client_id: 'm2m' })
  })

  it('of SAML is named', () => {
    const saml = 'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:saml2-bearer'
    expect(configOf(form(`${saml}&client_assertion=abc`)).ignored).toContain(
      'client_assertion_type is not that of a JWT. The page sends a JWT.',
    )
  })
})

describe('a secret that is none', () => {
  test.each<[secret: string, isNamed: boolean]>([
    ['********', false],
    ['***', false],
    ['REDACTED', false],
    ['abcd...', false],
    ['undefined', false],
    ['{{client_secret}}', true],
    ['${CLIENT_SECRET}', true],
    ['<your-secret>', true],
    ['YOUR_CLIENT_SECRET', true],
    ['%CLIENT_SECRET%', true],
  ])('%s is not filled in', (secret, isNamed) => {
    const { config, ignored } = configOf(
      form(
        new URLSearchParams([
          ['client_id', 'm2m'],
          ['client_secret', secret],
        ]).toString(),
      ),
    )
    expect(config).toMatchObject({ token_endpoint_auth_method: 'client_secret_post', client_id: 'm2m' })
    expect(config).not.toHaveProperty('client_secret')
    expect(ignored).toHaveLength(1)
    expect(ignored[0]).toContain(typeSecret)
    expect(ignored[0]?.includes(secret)).toBe(isNamed)
    const inHeader = configOf(form('', [['Authorization', `Basic ${base64(`m2m:${secret}`)}`]]))
    expect(inHeader.config).not.toHaveProperty('client_secret')
  })

  it.each(['secret', 'changeme', 'test', 'client-secret'])('%s may be one', (secret) => {
    expect(configOf(form(`client_id=m2m&client_secret=${secret}`))).toMatchObject({
      config: { client_secret: secret },
      ignored: [],
    })
  })

  it('is in a variable, or partly', () => {
    const found = configOf(form(`client_id=${unknown('ID')}&client_secret=a${unknown('S')}`))
    expect(found.config).not.toHaveProperty('client_id')
    expect(found.config).not.toHaveProperty('client_secret')
    expect(found.ignored).toEqual([
      'client_id is in the variable ID, whose value the text does not have. It is not filled in.',
      'client_secret has the variable S in it, whose value the text does not have. It is not filled in. Type the secret.',
    ])
  })
})

describe('what the request asks for', () => {
  it('in the members of the form, the rest as parameters', () => {
    const parameters =
      'scope=a+b&resource=a%3A1&resource=a%3A2&audience=x&authorization_details=%5B%5D&tenant=1&tenant=2&__proto__=y'
    expect(configOf(form(parameters))).toMatchObject({
      config: {
        scope: 'a b',
        resource: ['a:1', 'a:2'],
        audience: 'x',
        authorization_details: '[]',
        parameters: [
          { name: 'tenant', value: '1', on: true },
          { name: 'tenant', value: '2', on: true },
          { name: '__proto__', value: 'y', on: true },
        ],
      },
      ignored: [],
    })
  })

  it('twice: the first is used, and that is said', () => {
    const { config, ignored } = configOf(form('scope=a&scope=b&client_id=c&client_id=d&x=1&x=2'))
    expect(config).toMatchObject({ scope: 'a', client_id: 'c' })
    expect(ignored).toEqual(['scope and client_id: more than once. The first is used.'])
  })

  it('with an unknown part is not filled in, and named', () => {
    const { config, ignored } = configOf(
      form(`scope=api:${unknown('APP')}&resource=${unknown('R')}&x=${unknown('X')}`),
    )
    expect(config).not.toHaveProperty('scope')
    expect(config).toMatchObject({ resource: [], parameters: [], audience: '' })
    expect(ignored).toEqual([
      'scope has the variable APP in it, whose value the text does not have. It is not filled in.',
      'resource is in the variable R, whose value the text does not have. It is not filled in.',
      'x is in the variable X, whose value the text does not have. It is not filled in.',
    ])
  })

  it('a secret among the parameters is not filled in', () => {
    const { config, ignored } = configOf(form('api_key=abc&x=eyJhbGciOiJub25lIn0'))
    expect(config).toMatchObject({ parameters: [] })
    expect(ignored).toEqual([
      'api_key and x: may be a secret, and is not filled in. Type it if the server needs it.',
    ])
  })

  test.each<[grant: string, parameters: string, unused: string]>([
    ['password', 'username=a&password=b', ' username and password are not used.'],
    ['authorization_code', 'code=a&redirect_uri=b', ' code and redirect_uri are not used.'],
    ['refresh_token', 'refresh_token=a', ' refresh_token is not used.'],
    [
      'urn:ietf:params:oauth:grant-type:token-exchange',
      'subject_token=a&subject_token_type=b',
      ' subject_token and subject_token_type are not used.',
    ],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'assertion=a', ' assertion is not used.'],
    ['constructor', 'x=1', ''],
  ])('another grant, %s', (grant, parameters, unused) => {
    const { config, ignored } = configOf(
      request({ body: `grant_type=${grant}&client_id=m2m&scope=s&${parameters}` }),
    )
    expect(config).toMatchObject({ client_id: 'm2m', scope: 's' })
    expect(ignored).toEqual([`grant_type is “${grant}”. The page asks for client_credentials.${unused}`])
  })

  it('in JSON: the page sends a form', () => {
    const body = JSON.stringify({
      grant_type: 'client_credentials',
      client_id: 'm2m',
      client_secret: 'shh',
      scope: ['a', 'b'],
      resource: ['a:1', 'a:2'],
      authorization_details: [{ type: 'x' }],
      n: 1,
      none: null,
    })
    const { config, ignored } = configOf(request({ headers: [['Content-Type', 'application/json']], body }))
    expect(config).toMatchObject({
      client_id: 'm2m',
      client_secret: 'shh',
      scope: 'a b',
      resource: ['a:1', 'a:2'],
      authorization_details: '[{"type":"x"}]',
      parameters: [{ name: 'n', value: '1' }],
    })
    expect(ignored).toEqual(['The body is JSON. The page sends a form, as RFC 6749 has it.'])
  })

  it('in the URL: the page sends it in the body', () => {
    const url = 'https://as.example/token?grant_type=client_credentials&client_id=m2m&client_secret=s%26h'
    const { config, ignored } = configOf(request({ method: 'GET', url, headers: [] }))
    expect(config).toMatchObject({
      token_endpoint: 'https://as.example/token',
      client_id: 'm2m',
      client_secret: 's&h',
    })
    expect(ignored).toEqual([
      'The parameters are in the URL, which is logged. The page sends them in the body.',
      'The method is GET. The page sends POST.',
    ])
  })

  it('with the secret alone in the URL', () => {
    const { config, ignored } = configOf({
      ...form('client_id=m2m'),
      url: 'https://as.example/token?a=b&client_secret=shh&api_key=k#f',
    })
    expect(config).toMatchObject({
      token_endpoint: 'https://as.example/token?a=b',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret: 'shh',
    })
    expect(ignored).toEqual([
      'api_key in the URL: may be a secret, and is not filled in. Type it if the server needs it.',
      'client_secret was in the URL, which is logged. The page sends it in the body.',
    ])
  })
})

describe('the fields and the URL of a token request', () => {
  it('what a browser or a tool adds is left out; what is forbidden is named', () => {
    const headers: HeaderList = [
      ['Accept', '*/*'],
      ['Accept-Encoding', 'gzip'],
      ['User-Agent', 'x'],
      ['Sec-Fetch-Mode', 'cors'],
      ['Postman-Token', 'abc'],
      [':method', 'POST'],
      ['X-Own', 'a'],
      ['X-Api-Key', 'shh'],
      ['Cookie', 'session=shh'],
      ['Date', 'now'],
      ['Proxy-Authorization', 'shh'],
      ['bad name', 'a'],
      ['X-Split', 'a\r\nX-Other: b'],
      ['__proto__', 'c'],
    ]
    const { config, ignored } = configOf(form('', headers))
    expect(config.headers).toEqual([
      { name: 'X-Own', value: 'a', on: true },
      { name: '__proto__', value: 'c', on: true },
    ])
    expect(ignored).toEqual([
      'X-Api-Key: may be a secret, and is not filled in. Type it if the server needs it.',
      'bad name: no name of a header field.',
      'X-Split: has a line break in it, which could hide another header field.',
      'Cookie: the page sends without cookies.',
      'Date: the browser sets it itself.',
      'Proxy-Authorization: names that begin with Proxy- are the browser’s.',
    ])
    expect(ignored.join()).not.toContain('shh')
  })

  it('the type of its body', () => {
    const withType = (type: string) => configOf({ ...form(''), headers: [['content-type', type]] })
    expect(withType('application/x-www-form-urlencoded; charset=UTF-8').config.content_type_charset).toBe(
      true,
    )
    expect(withType('application/x-www-form-urlencoded').config.content_type_charset).toBe(false)
    expect(withType('multipart/form-data').ignored).toEqual([
      'Content-Type is multipart/form-data. The page sends a form.',
    ])
  })

  it('a proof is made anew', () => {
    const proof = jws({ typ: 'dpop+jwt', alg: 'ES256' }, { iat: 1, exp: 31, jti: 'x' })
    expect(configOf(form('', [['dpop', proof]]))).toMatchObject({
      config: { dpop: { on: true, lifetime: 30 } },
      ignored: ['DPoP was signed for one request. The page signs another one, with your key.'],
    })
  })

  test.each<[url: string, endpoint: string | undefined]>([
    ['https://as.example/token?tenant=a', 'https://as.example/token?tenant=a'],
    ['https://as.example/token?', 'https://as.example/token?'],
    ['https://as.example/{tenant}/token', 'https://as.example/{tenant}/token'],
    ['{{base}}/token', '{{base}}/token'],
    [`https://${unknown('HOST')}/token`, undefined],
    [`https://as.example/token?a=${unknown('A')}&b=c`, 'https://as.example/token?b=c'],
    ['', undefined],
  ])('the URL %s', (url, endpoint) => {
    expect(configOf({ ...form(''), url }).config.token_endpoint).toBe(endpoint)
  })
})

describe('the call of an API', () => {
  const get = (members: Partial<HttpRequest>): HttpRequest => ({
    method: 'GET',
    url: 'https://api.example/things?a=b',
    headers: [],
    body: null,
    ...members,
  })

  test.each<[authorization: string, presentation: string, token: string | null]>([
    ['Bearer abc', 'bearer', 'abc'],
    ['bearer  abc', 'bearer', 'abc'],
    ['DPoP abc', 'dpop', 'abc'],
    [`Bearer ${unknown('TOKEN')}`, 'bearer', null],
    ['Basic bTJtOnNoaA==', 'none', null],
    ['ApiKey abc', 'none', null],
    ['Bearer', 'none', null],
    ['Bearer a b', 'none', null],
  ])('with %s', (authorization, presentation, token) => {
    const found = callOf(
      get({
        headers: [
          ['authorization', authorization],
          ['DPoP', 'proof'],
        ],
      }),
    )
    expect(found).toMatchObject({
      token,
      call: { presentation, headers: [], url: 'https://api.example/things?a=b' },
    })
    expect(found.ignored).toHaveLength(token === null ? 1 : 0)
    expect(found.ignored.join()).not.toContain('abc')
  })

  it('with the token or another secret in the URL', () => {
    const found = callOf(get({ url: 'https://u:p@api.example/a?x=1&access_token=abc&sig=def' }))
    expect(found).toMatchObject({
      token: 'abc',
      call: { url: 'https://api.example/a?x=1', presentation: 'bearer' },
    })
    expect(found.ignored).toEqual([
      'sig in the URL: may be a secret, and is not filled in. Type it if the server needs it.',
      'The token was in the URL. The page sends it in a header field.',
      'User and password in the URL: may be a secret, and is not filled in. Type it if the server needs it.',
    ])
  })

  it('with a body', () => {
    const headers: HeaderList = [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ]
    expect(callOf(get({ method: 'PATCH', headers, body: '{"a":1}' }))).toMatchObject({
      call: { method: 'PATCH', body: '{"a":1}', headers: [{ name: 'Content-Type' }, { name: 'Accept' }] },
      ignored: [],
    })
    expect(callOf(get({ body: 'a' }))).toMatchObject({
      call: { body: '' },
      ignored: ['The body is not filled in: a browser sends none with GET.'],
    })
    expect(callOf(get({ method: 'POST', body: '{"password":"shh"}' }))).toMatchObject({
      call: { body: '' },
      ignored: ['The body may have a secret in it, and is not filled in.'],
    })
    expect(callOf(get({ method: 'POST', body: `{"a":"${unknown('A')}"}` }))).toMatchObject({
      call: { body: '' },
      ignored: [
        'The body has the variable A in it, whose value the text does not have. It is not filled in.',
      ],
    })
  })

  it('of many fields names the first ones', () => {
    const headers = Array.from({ length: 1000 }, (_, index) => [`X-Key-${index}`, 'a'] as const)
    const { ignored } = callOf(get({ headers }))
    expect(ignored).toHaveLength(1)
    expect(ignored[0]).toContain('and 990 more')
  })
})

it('no secret is in a sentence or in another field', () => {
  const secret = 'Tr0ub4dor&3 é'
  const encoded = new URLSearchParams([['', secret]]).toString().slice(1)
  const requests = [
    form(`client_id=a&client_secret=${encoded}&api_key=${encoded}`, [
      ['X-Api-Key', secret],
      ['Cookie', secret],
    ]),
    form(`client_secret=${encoded}`, [['Authorization', `Basic ${base64(`a:${secret}`)}`]]),
    { ...form('client_id=a'), url: `https://as.example/token?client_secret=${encoded}&token=${encoded}` },
    request({
      body: `grant_type=password&username=a&password=${encoded}&client_id=b&client_secret=${encoded}`,
    }),
    request({ body: `token=${encoded}`, headers: [['Authorization', `Basic ${secret}`]] }),
  ]
  for (const one of requests) {
    const { proposal, ignored } = fromRequest(one)
    const rest = proposal.kind === 'connection' ? { ...proposal.config, client_secret: '' } : proposal.call
    const text = JSON.stringify([rest, ignored])
    for (const form_ of [secret, encoded, base64(secret)]) expect(text).not.toContain(form_)
  }
})
