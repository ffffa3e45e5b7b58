import { describe, expect, it } from 'vitest'
import { changesIn, eachTimeIn, exchangeOf, jwtOf, type Said } from './comparing-testing.ts'
import { compareExchanges } from './comparison.ts'

const compare = (first: Said, second: Said, secrets: 'shown' | 'masked' | 'withheld' = 'masked') =>
  compareExchanges(exchangeOf(first), exchangeOf(second), secrets)

const json = [['Content-Type', 'application/json']] as const

describe('the configuration of two exchanges', () => {
  it('is compared by the labels of the form', () => {
    const found = compare(
      { config: { scope: 'read', token_endpoint_auth_method: 'client_secret_basic' } },
      { config: { scope: 'write' } },
    )
    expect(changesIn(found, 'Configuration')).toEqual([
      'Client authentication: changed: client_secret_basic | client_secret_post',
      'Scope: changed: read | write',
    ])
  })

  it('has parameters of the user by their names, and values named like a secret masked', () => {
    const entry = (name: string, value: string, on = true) => ({ name, value, on })
    const found = compare(
      {
        config: { parameters: [entry('tenant', 'a'), entry('api_key', 'k3y-0ne'), entry('off', '1', false)] },
      },
      { config: { parameters: [entry('tenant', 'b'), entry('api_key', 'k3y-t\u200bwo')] } },
    )
    expect(changesIn(found, 'Configuration')).toEqual([
      'Parameters: tenant: changed: a | b',
      'Parameters: api_key: changed: •••••••• | •••••••• (7 and 8 characters)',
    ])
  })

  it.each([
    ['p4ssword', 'p4ssword ', 'only white space at an end, 8 and 9 characters'],
    ['p4ssword', 'P4ssword', 'only upper and lower case, both have 8 characters'],
    ['p4ssword', 'p4ss\u200bword', 'only characters that nobody sees, 8 and 9 characters'],
    ['s3cret', 'another-one', '6 and 11 characters'],
  ])('of the secrets %j and %j says how they differ without them', (one, other, note) => {
    const found = compare({ config: { client_secret: one } }, { config: { client_secret: other } })
    expect(changesIn(found, 'Configuration')).toEqual([
      `Client secret: changed: •••••••• | •••••••• (${note})`,
    ])
    const withheld = compare(
      { config: { client_secret: one } },
      { config: { client_secret: other } },
      'withheld',
    )
    expect(changesIn(withheld, 'Configuration')).toEqual([
      'Client secret: changed: •••••••• | •••••••• (in what is masked)',
    ])
  })
})

describe('two requests', () => {
  it('are compared by method, server and path, and by their parameters decoded', () => {
    const found = compare(
      { url: 'https://a.example/token?v=1', body: 'scope=read+write&grant_type=client_credentials' },
      { url: 'https://b.example/oauth/token?v=1', body: 'scope=read%20write&grant_type=x', method: 'PUT' },
    )
    expect(changesIn(found, 'Request line')).toEqual([
      'Method: changed: POST | PUT',
      'Server: changed: https://a.example | https://b.example',
      'Path: changed: /token | /oauth/token',
    ])
    expect(changesIn(found, 'Parameters')).toEqual([
      'grant_type: changed: client_credentials | x',
      'scope: written otherwise: read+write | read%20write (The same value, encoded otherwise.)',
    ])
  })

  it('count repeated names, and their order', () => {
    const found = compare(
      { body: 'resource=a&resource=b&scope=x' },
      { body: 'scope=x&resource=a&resource=c&resource=b' },
    )
    expect(changesIn(found, 'Parameters')).toEqual([
      'resource: only second: - | c',
      'scope: moved: x | x (The order is another.)',
    ])
  })

  it('compare names of header fields in any case, which is a row of its own kind', () => {
    const found = compare(
      {
        headers: [
          ['Accept', 'a/b'],
          ['X-One', '1'],
        ],
      },
      {
        headers: [
          ['accept', 'a/b'],
          ['x-one', '2'],
        ],
      },
    )
    expect(changesIn(found, 'Request header fields')).toEqual([
      'X-One: changed: 1 | 2',
      'Accept: written otherwise: a/b | a/b (The name is written Accept and accept.)',
    ])
  })

  it('say of Basic credentials whether ID or secret differ', () => {
    const basic = (joined: string): Said => ({ headers: [['Authorization', `Basic ${btoa(joined)}`]] })
    expect(
      changesIn(compare(basic('m2m:s3cret-1'), basic('m2m:s3cret-10')), 'Request header fields'),
    ).toEqual([
      'Authorization: changed: Basic •••••••• | Basic •••••••• (the secret differs, 8 and 9 characters)',
    ])
    expect(changesIn(compare(basic('a:s3cret-1'), basic('b:s3cret-1')), 'Request header fields')).toEqual([
      'Authorization: changed: Basic •••••••• | Basic •••••••• (another client ID, the secret is the same)',
    ])
  })

  it('show no word of a secret that looks like a scheme', () => {
    const found = compare(
      { body: 'client_secret=Hello+wor1d-one' },
      { body: 'client_secret=Basic+wor1d-two' },
    )
    expect(JSON.stringify(found)).not.toMatch(/Hello|wor1d/)
  })

  it('say what differs each time of what was signed, and what else does', () => {
    const assertion = (aud: string, jti: string): Said => ({
      body: `client_assertion=${jwtOf('{"alg":"ES256"}', `{"aud":"${aud}","jti":"${jti}","iat":1}`)}`,
    })
    const found = compare(assertion('https://a.example', '1'), assertion('https://a.example/', '2'))
    expect(changesIn(found, 'Client assertion')).toEqual([
      'payload.aud: changed: "https://a.example" | "https://a.example/" (only a slash at the end)',
    ])
    expect(eachTimeIn(found, 'Client assertion')).toEqual(['all of it', 'payload.jti'])
    expect(eachTimeIn(found, 'Parameters')).toEqual(['client_assertion'])
  })

  it('compare a body of JSON by its paths', () => {
    const call = (body: string): Said => ({ about: 'api', headers: json, body })
    const found = compare(
      call('{"method":"a","params":{"n":1e3}}'),
      call('{"method":"a","params":{"n":1000}}'),
    )
    expect(changesIn(found, 'Request body')).toEqual([
      'params.n: changed: 1e3 | 1000 (means the same: written otherwise)',
    ])
  })
})

describe('two responses', () => {
  const answer = (content: string, status = 200): Said => ({ status, came: json, content })

  it('are compared by status, header fields and members', () => {
    const found = compare(
      {
        ...answer('{"access_token":"t0ken-number-one","token_type":"Bearer","expires_in":60}'),
        came: [...json, ['Date', 'a']],
      },
      { ...answer('{"error":"invalid_client"}', 401), came: [...json, ['Date', 'b']] },
    )
    expect(changesIn(found, 'Response')).toEqual(['Status: changed: 200 | 401'])
    expect(eachTimeIn(found, 'Response')).toEqual(['Date'])
    expect(changesIn(found, 'Response body')).toEqual([
      'access_token: only first: "••••••••" | -',
      'token_type: only first: "Bearer" | -',
      'expires_in: only first: 60 | -',
      'error: only second: - | "invalid_client"',
    ])
    expect(changesIn(found, 'Token header')).toEqual(['form: only first: opaque | -'])
  })

  it.each<[string, string, readonly string[]]>([
    ['{"a":1,"b":2}', '{"b":2,"a":1}', ['a: moved: 1 | 1 (The order is another.)']],
    ['{"a":1}', '{"a":1,"a":1}', ['a (2 of this name): only second: - | 1']],
    ['{"n":1.0}', '{"n":1}', ['n: changed: 1.0 | 1 (means the same: written otherwise)']],
    [
      '{"n":12345678901234567890}',
      '{"n":12345678901234567891}',
      ['n: changed: 12345678901234567890 | 12345678901234567891'],
    ],
    ['{"aud":"x"}', '{"aud":["x"]}', ['aud: changed: "x" | ["x"] (means the same: a text and a list)']],
    ['{"l":[1,2,3]}', '{"l":[1,9,3]}', ['l[1]: changed: 2 | 9']],
    ['{"l":[1,2,3]}', '{"l":[1,3]}', ['l[1]: only first: 2 | -']],
    ['{"a b":{"c.d":1}}', '{"a b":{"c.d":2}}', ['["a b"]["c.d"]: changed: 1 | 2']],
    [
      String.raw`{"e":"\u00e9"}`,
      '{"e":"é"}',
      [String.raw`e: changed: "\u00e9" | "é" (the same text, written with other escapes)`],
    ],
    [
      String.raw`{"\u0061":1}`,
      '{"a":1}',
      ['a: written otherwise: 1 | 1 (The name is written with other escapes.)'],
    ],
    ['{"__proto__":1}', '{"__proto__":2}', ['__proto__: changed: 1 | 2']],
    ['{"x":null}', '{"x":{}}', ['x: changed: null | {}']],
    ['1', '2', ['value: changed: 1 | 2']],
  ])('of %s and %s say what differs', (one, other, changes) => {
    expect(changesIn(compare(answer(one), answer(other)), 'Response body')).toEqual(changes)
  })

  it('that are no JSON are compared by lines', () => {
    const text = (content: string): Said => ({ content })
    const found = compare(text('a\nb\nc\nd'), text('new\na\nB\nc\nd\r'))
    expect(changesIn(found, 'Response body')).toEqual([
      'line 2: changed: b | B (only upper and lower case)',
      'line 4: changed: d | d\r (only white space at an end)',
      'line 1: only second: - | new',
    ])
    expect(changesIn(compare(text('x\ny\nz'), text('y\nz\nx')), 'Response body')).toEqual([
      'line 1: moved: x | x (Line 1, and line 3.)',
    ])
  })

  it('that are no text are compared byte by byte', () => {
    const bytes = (...content: number[]): Said => ({ content: new Uint8Array(content) })
    expect(changesIn(compare(bytes(0, 255, 1), bytes(0, 255, 2, 3)), 'Response body')).toEqual([
      'body: changed: 3 bytes that are no text | 4 bytes that are no text (differs from byte 3 on)',
    ])
  })

  it('that are missing say so', () => {
    const found = compare(answer('{}'), {
      outcome: { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null },
    })
    expect(changesIn(found, 'Response')).toEqual([
      'Status: changed: 200 | no response (TypeError: Failed to fetch)',
      'Content-Type: only first: application/json | -',
    ])
    expect(changesIn(found, 'Response body')).toEqual(['body: only first: {} | -'])
  })

  it('mask a secret that they repeat, and a token', () => {
    const found = compare(
      { ...answer('{"detail":"s3cret-number-1 is wrong"}'), config: { client_secret: 's3cret-number-1' } },
      { ...answer('{"detail":"s3cret-number-2 is wrong"}'), config: { client_secret: 's3cret-number-2' } },
    )
    expect(changesIn(found, 'Response body')).toEqual([
      'detail: changed: "•••••••• is wrong" | "•••••••• is wrong" (in what is masked)',
    ])
    const shown = compare(answer('{"access_token":"one-0"}'), answer('{"access_token":"one-1"}'), 'shown')
    expect(shown.sections.find(({ title }) => title === 'Response body')?.eachTime[0]?.second).toBe('"one-1"')
  })
})

describe('two tokens', () => {
  it('are compared by header and claims', () => {
    const issued = (claims: string): Said => ({
      came: json,
      content: `{"access_token":"${jwtOf('{"alg":"RS256","kid":"1"}', claims)}","token_type":"Bearer"}`,
    })
    const found = compare(
      issued('{"scope":"read","aud":["a","b"],"iat":1,"exp":61,"jti":"x"}'),
      issued('{"scope":"read write","aud":["b","a"],"iat":2,"exp":62}'),
    )
    expect(changesIn(found, 'Token header')).toEqual([])
    expect(changesIn(found, 'Token claims')).toEqual([
      'scope: changed: "read" | "read write"',
      'jti: only first: "x" | -',
      'aud[0]: moved: "a" | "a" (At [0], and at [1].)',
    ])
    expect(eachTimeIn(found, 'Token claims')).toEqual(['iat', 'exp'])
  })
})
