import { describe, expect, it } from 'vitest'
import { cleanToken } from './token-text.ts'

const part = (text: string) => Buffer.from(text).toString('base64url')
const claims = part('{"sub":"1234567890","iss":"https://as.example","aud":"api"}')
/** With a signature of the length that HS256 has, of that of an RSA key of 2048 bits, of none, and no JWT. */
const jwt = `${part('{"alg":"HS256","typ":"JWT"}')}.${claims}.${'q'.repeat(43)}`
const rsa = `${part('{"alg":"RS256"}')}.${part('{"sub":"other"}')}.${'z'.repeat(342)}`
const odd = `${part('{"alg":"RS256"}')}.${part('{"sub":"x","aud":["a"]}')}.c2ln`
const opaque = '9f86d081884c7d659a2feaa0c55ad015'

const wrapped = (token: string, width: number, by: string): string =>
  (token.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(by)

type Row = readonly [text: string, token: string, what: string]

const check = (text: string, token: string, what: string) => {
  const clean = cleanToken(text)
  expect(clean.token).toBe(token)
  expect(clean.removed.join(', ')).toContain(what)
  expect(clean.removed.length === 0).toBe(text === token)
}

describe('JSON around a token', () => {
  it.each<Row>([
    [`{"token":"${jwt}"}`, jwt, 'the JSON around “token”'],
    [`{"Token":"${opaque}"}`, opaque, 'the JSON around “Token”'],
    [`{"data":{"accessToken":"${jwt}"}}`, jwt, 'the JSON around “data.accessToken”'],
    [
      `{"AuthenticationResult":{"AccessToken":"${jwt}","IdToken":"${rsa}"}}`,
      jwt,
      'AuthenticationResult.AccessToken',
    ],
    [`{"id_token":"${jwt}"}`, jwt, 'the JSON around “id_token”'],
    [`{"id_token":"${rsa}","access_token":"${jwt}"}`, jwt, 'the token response around access_token'],
    [`{"refresh_token":"${opaque}","access_token":"${jwt}"}`, jwt, 'the token response'],
    [`[{"token":"${jwt}"}]`, jwt, 'the JSON around “token”'],
    [`[{"access_token":"${jwt}"},{"access_token":"${rsa}"}]`, jwt, 'the token response'],
    [`{"access_token":"${jwt}","expires_in":36`, jwt, 'the token response'],
    [`"{\\"access_token\\":\\"${opaque}\\"}"`, opaque, 'the token response'],
    [`{"level":"info","msg":"{\\"access_token\\":\\"${jwt}\\"}"}`, jwt, 'the token response'],
    [`{"access_token":"Bearer ${jwt}"}`, jwt, 'the scheme Bearer'],
    [`INFO response: {"access_token":"${opaque}","expires_in":60}`, opaque, 'the text before it'],
    [`)]}',\n{"access_token":"${opaque}"}`, opaque, 'access_token'],
  ])('%s', check)
})

describe('a command, or code', () => {
  it.each<Row>([
    [`curl -H 'Authorization: Bearer ${jwt}' https://api.example/`, jwt, 'the command around it'],
    [
      `curl.exe "https://x/" -H "Authorization: Bearer ${jwt}" ^\n  -H "Accept: */*"`,
      jwt,
      'the command around it',
    ],
    [
      `curl "https://x/" \\\n  -H "Authorization: Bearer ${opaque}" \\\n  -d a=b`,
      opaque,
      'the command around it',
    ],
    [`curl --oauth2-bearer ${opaque} https://x`, opaque, 'the command around it'],
    [
      `Invoke-RestMethod https://x -Headers @{ Authorization = "Bearer ${jwt}" }`,
      jwt,
      'the command around it',
    ],
    [`wget --header="Authorization: Bearer ${jwt}" https://x`, jwt, 'the command around it'],
    [`http GET x Authorization:"Bearer ${jwt}"`, jwt, 'the command around it'],
    [`kubectl --token ${opaque} get pods`, opaque, 'the text before it'],
    [`ACCESS_TOKEN=${jwt}`, jwt, 'the name “ACCESS_TOKEN”'],
    [`export TOKEN="${jwt}"`, jwt, 'the name “TOKEN”'],
    [`set TOKEN=${jwt}`, jwt, 'the name “TOKEN”'],
    [`$env:TOKEN = "${opaque}"`, opaque, 'the name “TOKEN”'],
    [`const token = "${jwt}";`, jwt, 'the name “token”'],
    [`const headers = { 'Authorization': 'Bearer ${jwt}' }`, jwt, 'the header name Authorization'],
    [`headers: { Authorization: \`Bearer ${jwt}\` }`, jwt, 'the scheme Bearer'],
    [`request.setHeader("Authorization", "Bearer ${jwt}");`, jwt, 'the header name Authorization'],
    [`requests.get(u, headers={"Authorization": "Bearer ${opaque}"})`, opaque, 'the scheme Bearer'],
    [`"${wrapped(jwt, 40, '" +\n  "')}"`, jwt, 'the marks of its wrapped lines'],
  ])('%s', check)
})

describe('a message, a URL, a file, a log', () => {
  it.each<Row>([
    [
      `GET /api HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${jwt}\r\n\r\n`,
      jwt,
      'the HTTP message around it',
    ],
    [`HTTP/1.1 200 OK\r\n\r\n{"access_token":"${opaque}"}`, opaque, 'the token response'],
    [`POST /token HTTP/1.1\r\n\r\ngrant_type=x&client_assertion=${jwt}`, jwt, 'around client_assertion'],
    [`Authorization: JWT ${jwt}`, jwt, 'the scheme JWT'],
    [`Authorization: Token ${opaque}`, opaque, 'the scheme Token'],
    [`Authorization%3A%20Bearer%20${jwt}`, jwt, 'the text before it'],
    [`X-Auth-Token: ${opaque}`, opaque, 'the name “X-Auth-Token”'],
    [`Set-Cookie: token=${jwt}; Path=/; HttpOnly`, jwt, 'the text after it'],
    [`Bearer: ${jwt}`, jwt, 'the scheme Bearer'],
    [`Bearer Bearer ${jwt}`, jwt, 'the scheme Bearer'],
    [`?token=${jwt}&x=1`, jwt, 'the parameters around token'],
    [`https://x/cb?token=${opaque}&x=1`, opaque, 'the parameters around token'],
    [`https://x/cb#access_token=${jwt}&token_type=Bearer`, jwt, 'the parameters around access_token'],
    [`token: ${jwt}`, jwt, 'the name “token”'],
    [`  token: "${jwt}"\n  other: 1`, jwt, 'the text after it'],
    [`- name: x\n  access_token: ${opaque}\n`, opaque, 'the name “access_token”'],
    [`spring.security.token=${opaque}`, opaque, 'the name “spring.security.token”'],
    [`<access_token>${opaque}</access_token>`, opaque, 'the element “access_token”'],
    [`2024-01-01 INFO token=${jwt} user=x`, jwt, 'the text after it'],
    [`2024-01-01T00:00:00Z INFO token=${opaque} user=x`, opaque, 'the name “token”'],
    [`level=info msg="issued" access_token=${opaque} sub=x`, opaque, 'the name “access_token”'],
    [`token issued: ${opaque} for client m2m`, opaque, 'the text around it'],
    [`| token | ${jwt} |`, jwt, 'the text before it'],
    [`\u001B[32m${jwt}\u001B[0m`, jwt, 'the colours of a terminal'],
  ])('%s', check)
})

describe('words and punctuation', () => {
  it.each<Row>([
    [`<${jwt}>`, jwt, 'brackets'],
    [`<${opaque}>`, opaque, 'brackets'],
    [`(${jwt})`, jwt, 'brackets'],
    [`\`${jwt}\``, jwt, 'quotation marks'],
    ['```\n' + jwt + '\n```', jwt, 'quotation marks'],
    [`**${jwt}**`, jwt, 'Markdown'],
    [`_${jwt}_`, jwt, 'Markdown'],
    [`${jwt}.`, jwt, 'a full stop'],
    [`${jwt},`, jwt, 'a trailing comma'],
    [`My token is ${odd}, what is wrong?`, odd, 'the text after it'],
    [`[2024-01-01] got token ${jwt}.`, jwt, 'a full stop'],
    [`Token: ${jwt} (valid until 12:00)`, jwt, 'the text after it'],
  ])('%s', check)
})

describe('white space is removed only if nothing else can be meant', () => {
  it.each<Row>([
    [wrapped(rsa, 64, '\n'), rsa, 'white space inside'],
    [wrapped(rsa, 64, ' '), rsa, 'white space inside'],
    [wrapped(odd, 20, '\r\n  '), odd, 'white space inside'],
    [wrapped(jwt, 40, '\n> '), jwt, 'wrapped lines'],
    [`> ${wrapped(jwt, 40, '\n> ')}`, jwt, 'wrapped lines'],
    [`> > ${wrapped(rsa, 60, '\n> > ')}`, rsa, 'wrapped lines'],
    [wrapped(jwt, 40, ' \\\n'), jwt, 'wrapped lines'],
    [wrapped(jwt, 40, '^\r\n'), jwt, 'wrapped lines'],
    [wrapped(jwt, 40, '`\n'), jwt, 'wrapped lines'],
    [wrapped(rsa, 75, '=\r\n'), rsa, 'wrapped lines'],
    [wrapped(odd, 20, '=\n'), odd, 'wrapped lines'],
    [wrapped(jwt, 30, '\u00AD'), jwt, 'invisible characters'],
    [wrapped(opaque + opaque, 32, '\n'), opaque + opaque, 'white space inside'],
    [`> ${wrapped(opaque + opaque, 32, '\n> ')}`, opaque + opaque, 'white space inside'],
  ])('%j is one token', check)

  it.each<Row>([
    [`${jwt} foo`, jwt, 'the text after it'],
    [`${jwt}\nfoo`, jwt, 'the text after it'],
    [`${odd} foo`, odd, 'the text after it'],
    [`${odd}\nfoo`, odd, 'the text after it'],
    [`${odd}\tfoo`, odd, 'the text after it'],
    [`foo ${jwt}`, jwt, 'the text before it'],
    [`foo\n${odd}\nbar`, odd, 'the text before it'],
    [`${wrapped(rsa, 64, '\n')}\nfoo`, rsa, 'the text after it'],
    [`${jwt} ${rsa}`, jwt, 'a second token'],
    [`${jwt}\n${rsa}\n${odd}`, jwt, '2 more tokens'],
    [`${opaque} hello`, opaque, 'the text around it'],
  ])('%j has a neighbour', check)

  it('dots are a full stop behind a whole token, and the mark of one that is cut', () => {
    const begun = jwt.slice(0, jwt.lastIndexOf('.'))
    expect(cleanToken(`${jwt}...`)).toEqual({ token: jwt, removed: ['a full stop'] })
    expect(cleanToken(`${begun}...`)).toEqual({ token: `${begun}...`, removed: [] })
    expect(cleanToken(`${jwt.slice(0, -9)}...`).token).toBe(`${jwt.slice(0, -9)}...`)
  })

  it.each(['hello world', 'error: invalid client_secret', `${opaque}.`, 'a b', 'eyJhbGciOiJSUzI1NiJ9...'])(
    '%s stays',
    (text) => {
      expect(cleanToken(text)).toEqual({ token: text, removed: [] })
    },
  )
})

it.each([
  '\\',
  '<',
  '\\" ',
  '> ',
  '=\n',
  ' \\\n',
  'token=x ',
  `${jwt} `,
  `${jwt}\n`,
  'eyJ ',
  '{"a":',
  '" +\n"',
  '\u001B[3',
])('a megabyte of %j is read in a moment', (piece) => {
  const started = performance.now()
  cleanToken(piece.repeat(1_000_000 / piece.length))
  expect(performance.now() - started).toBeLessThan(3000)
})
