import { describe, expect, it, test } from 'vitest'
import { httpMessage } from './http-message.ts'

const read = async (text: string) => httpMessage.read({ text, document: undefined })

const head = 'POST /token HTTP/1.1\nHost: as.example\nContent-Type: application/x-www-form-urlencoded'
const body = 'grant_type=client_credentials&client_id=m2m&client_secret=s%26h'

describe('a message as it is on the wire', () => {
  test.each([
    `${head}\n\n${body}`,
    `${head}\n\n${body}`.replaceAll('\n', '\r\n'),
    `${head}\nContent-Length: ${body.length}\n\n${body}\nand what the terminal shows behind`,
    `${head.replace('/token', 'https://as.example/token')}\n\n${body}`,
    `${head}\n\n${body}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"error":"invalid_client"}`,
    `HTTP/1.1 100 Continue\n\n${head}\n\n${body}`,
    `${head.replace('HTTP/1.1', 'HTTP/2')}\n\n${body}`,
    `:method: POST\n:authority: as.example\n:scheme: https\n:path: /token\ncontent-type: application/x-www-form-urlencoded\n\n${body}`,
  ])('%j', async (text) => {
    expect(await read(text)).toMatchObject({
      what: 'an HTTP request',
      proposals: [
        {
          kind: 'connection',
          config: {
            token_endpoint: 'https://as.example/token',
            token_endpoint_auth_method: 'client_secret_post',
            client_id: 'm2m',
            client_secret: 's&h',
          },
        },
      ],
    })
  })

  it('says which scheme it assumes: http on this machine alone', async () => {
    expect(await read(`${head}\n\n${body}`)).toMatchObject({
      ignored: ['The URL has no scheme. https is assumed.'],
    })
    const local = await read('GET /a?b=c HTTP/1.1\nHost: localhost:5001')
    expect(local).toMatchObject({
      proposals: [{ call: { url: 'http://localhost:5001/a?b=c' } }],
      ignored: ['The URL has no scheme. http is assumed.'],
    })
  })

  it('says that a response is not used', async () => {
    const found = await read(`${head}\n\n${body}\n\nHTTP/1.1 200 OK\n\n{"access_token":"abc"}`)
    expect(found).toMatchObject({
      ignored: expect.arrayContaining(['The response is not used.']) as string[],
    })
    expect(JSON.stringify(found)).not.toContain('abc')
  })

  it('is one of several', async () => {
    const text = `GET /things HTTP/1.1\nHost: api.example\nAuthorization: DPoP abc\n\n${head}\n\n${body}`
    expect(await read(text)).toMatchObject({
      proposals: [
        { kind: 'connection', name: 'POST as.example/token' },
        { kind: 'call', name: 'GET api.example/things', token: 'abc', call: { presentation: 'dpop' } },
      ],
    })
  })

  it('of curl -v, which does not show the body', async () => {
    const text = `*   Trying 127.0.0.1:443...
* Connected to api.example (127.0.0.1) port 443
> POST /things HTTP/2
> Host: api.example
> authorization: Bearer abc
> x-own: b
>
* We are completely uploaded and fine
< HTTP/2 401
< www-authenticate: Bearer
<
{ [5 bytes data]`
    expect(await read(text)).toMatchObject({
      proposals: [
        {
          token: 'abc',
          call: {
            method: 'POST',
            url: 'https://api.example/things',
            headers: [{ name: 'x-own', value: 'b' }],
          },
        },
      ],
      ignored: expect.arrayContaining(['curl -v does not show the body of the request.']) as string[],
    })
  })

  it('with a field over two lines, and a line that is no field', async () => {
    expect(await read('GET / HTTP/1.1\nHost: x.example\na: b\n  c\nnonsense')).toMatchObject({
      proposals: [{ call: { headers: [{ name: 'a', value: 'b c' }] } }],
      ignored: expect.arrayContaining([
        'A line of its head is no header field, and is not used.',
      ]) as string[],
    })
  })

  test.each<[text: string, why: string]>([
    ['GET / HTTP/1.1\nAccept: */*', 'no URL'],
    ['OPTIONS * HTTP/1.1\nHost: x.example', 'is none'],
    ['GET ftp://x.example/ HTTP/1.1', 'scheme ftp'],
    ['GET http://[x/ HTTP/1.1', 'is none'],
  ])('%j is refused', async (text, why) => {
    expect(await read(text)).toMatchObject({ refusal: expect.stringContaining(why) as string })
  })

  test.each([
    'GET /token',
    'HTTP/1.1 200 OK\n\nbody',
    'get / http/1.1',
    '* a list\n* of things',
    '> quoted mail',
    '',
  ])('%j is none', async (text) => {
    expect(await read(text)).toBeNull()
  })
})
