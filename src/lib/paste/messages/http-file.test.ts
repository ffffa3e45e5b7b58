import { describe, expect, it, test } from 'vitest'
import { unknown } from '../unknown.ts'
import { fileRequests, httpFile } from './http-file.ts'

const read = async (text: string) => httpFile.read({ text, document: undefined })

function first(text: string) {
  const [found] = fileRequests(text)
  if (found === undefined || 'refusal' in found) throw new Error(found?.refusal ?? 'No request')
  return found.request
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const form = 'Content-Type: application/x-www-form-urlencoded'

describe('a request of a file', () => {
  // After the documentation of REST Client and of JetBrains HTTP Client.
  test.each<[text: string, request: object]>([
    [
      'GET https://x.example/a HTTP/1.1',
      { method: 'GET', url: 'https://x.example/a', headers: [], body: null },
    ],
    ['GET https://x.example/a', { method: 'GET', url: 'https://x.example/a' }],
    ['https://x.example/a\nAccept: */*', { method: 'GET', headers: [['Accept', '*/*']] }],
    ['# a comment\n// another\n\nPOST x.example:8080/a', { method: 'POST', url: 'https://x.example:8080/a' }],
    [
      'GET https://x.example/a\n    ?b=c\n    &d=e\nf: g',
      { url: 'https://x.example/a?b=c&d=e', headers: [['f', 'g']] },
    ],
    ['GET https://x.example\n  /a\n  /b', { url: 'https://x.example/a/b' }],
    ['GET /a\nHost: x.example', { url: 'https://x.example/a' }],
    ['POST https://x.example/\na: b\n\n{\n  "c": 1\n}\n\n', { body: '{\n  "c": 1\n}' }],
    ['POST https://x.example/\n\na\n# comment\nb', { body: 'a\nb' }],
    [`POST https://x.example/\n${form}\n\na=b\n&c=d\n&e=f g`, { body: 'a=b&c=d&e=f g' }],
    [`POST https://x.example/\n${form}\n\na = b &\nc = d &\n  e=f`, { body: 'a=b&c=d&e=f' }],
    ['POST https://x.example/\n\n< ./body.json', { body: null }],
    ['POST https://x.example/\n\n<@utf8 body.json', { body: null }],
    [
      'GET https://x.example/\n\n> {%\n  client.test("a", () => {})\n%}\n\n> after.js\n>> out.json',
      { body: null },
    ],
    ['< {% request.variables.set("a", "b") %}\nGET https://x.example/', { method: 'GET' }],
    [
      'GET https://x.example/\nAuthorization: Basic m2m secret',
      { headers: [['Authorization', basic('m2m:secret')]] },
    ],
    [
      'GET https://x.example/\nAuthorization: Basic m2m:secret',
      { headers: [['Authorization', basic('m2m:secret')]] },
    ],
    [
      'GET https://x.example/\nAuthorization: Basic bTJtOnM=',
      { headers: [['Authorization', 'Basic bTJtOnM=']] },
    ],
  ])('%j', (text, request) => {
    expect(first(text)).toMatchObject(request)
  })

  test.each<[file: string, url: string]>([
    ['@host = x.example\nGET https://{{host}}/a', 'https://x.example/a'],
    ['@host=x.example\n@base = https://{{host}}\n###\nGET {{base}}/a', 'https://x.example/a'],
    ['GET {{base}}/a\n\n@base = https://x.example', 'https://x.example/a'],
    ['@a = b c\nGET https://x.example/?q={{%a}}', 'https://x.example/?q=b%20c'],
    ['GET {{base}}/a', `${unknown('base')}/a`],
    ['GET https://x.example/{{$dotenv REALM}}/a', `https://x.example/${unknown('REALM')}/a`],
    ['GET https://x.example/{{$processEnv %REALM}}/a', `https://x.example/${unknown('REALM')}/a`],
    ['@a = {{b}}\n@b = {{a}}\nGET https://x.example/{{a}}', `https://x.example/${unknown('a')}`],
  ])('the variables of %j', (file, url) => {
    expect(first(file)).toMatchObject({ url })
  })
})

describe('a file of requests', () => {
  const file = `@as = https://as.example
@client = m2m

### Get a token
# @name login
# @no-log
POST {{as}}/connect/token HTTP/1.1
${form}

grant_type=client_credentials
&client_id={{client}}
&client_secret={{$processEnv CLIENT_SECRET}}
&scope=api

> {%
  client.global.set("token", response.body.access_token)
%}

### Call the API
GET https://api.example/things
Authorization: Bearer {{login.response.body.access_token}}
Accept: application/json

###
// Nothing here

### Broken
nonsense
`

  it('has several proposals by their names, that of a token first', async () => {
    expect(await read(file)).toMatchObject({
      what: 'a file of HTTP requests',
      proposals: [
        {
          kind: 'connection',
          name: 'login',
          config: { token_endpoint: 'https://as.example/connect/token', client_id: 'm2m', scope: 'api' },
        },
        { kind: 'call', name: 'Call the API', token: null, call: { presentation: 'bearer' } },
      ],
      ignored: [
        'Scripts, > {% … %}, are not run.',
        'login: client_secret is in the variable CLIENT_SECRET, whose value the text does not have. It is not filled in. Type the secret.',
        'Call the API: The token is in the variable login.response.body.access_token, whose value the text does not have. It is not filled in. The page presents its own.',
        'Another request is not used: It has no request line that is read here.',
      ],
    })
  })

  it('with line ends of Windows is the same', async () => {
    expect(await read(file.replaceAll('\n', '\r\n'))).toEqual(await read(file))
  })

  test.each([
    'https://x.example/.well-known/openid-configuration',
    'x.example/a',
    'GET',
    'GET something done',
    'POST /token',
    'POST it/send it',
    '# a heading\n\nand text',
    '@name = value',
    'ISSUER=https://x.example',
    'issuer: https://x.example',
    '',
  ])('%j is none', async (text) => {
    expect(await read(text)).toBeNull()
  })
})
