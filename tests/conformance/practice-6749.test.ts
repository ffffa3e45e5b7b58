import { describe, expect, test } from 'vitest'
import { practiceClients } from '../../src/lib/practice/clients/clients.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

const server = createPracticeServer({ now: () => Date.UTC(2026, 0, 1) })
const form = 'application/x-www-form-urlencoded'
const credentials = { client_id: 'practice-client', client_secret: 'practice-secret' }
const grant = { grant_type: 'client_credentials' }

type Parameters = Record<string, string> | [string, string][]

function tokenRequest(parameters: Parameters, headers: Record<string, string> = {}, query = ''): Request {
  return new Request(`${practiceOrigin}/token${query}`, {
    method: 'POST',
    headers: { 'content-type': form, ...headers },
    body: new URLSearchParams(parameters).toString(),
  })
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly failed: string | undefined
}

async function send(request: Request): Promise<Answer> {
  const response = await server.fetch(request)
  const failed = server.checksOf(response).find(({ result }) => result === 'fail')
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
    failed: failed && `${failed.what}: ${failed.found}`,
  }
}

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
const practiceBasic = basic('practice-client:practice-secret')

describe('2.3 Client Authentication', () => {
  test('"The client MUST NOT use more than one authentication method in each request."', async () => {
    const { status, body, failed } = await send(tokenRequest({ ...grant, ...credentials }, practiceBasic))
    expect([status, body['error']]).toEqual([400, 'invalid_request'])
    expect(failed).toContain('client_secret_basic and client_secret_post')
  })

  test('a client_id next to Basic identifies the client and is no second method, if it is the same', async () => {
    expect((await send(tokenRequest({ ...grant, client_id: 'practice-client' }, practiceBasic))).status).toBe(
      200,
    )
    const other = await send(tokenRequest({ ...grant, client_id: 'practice-es256' }, practiceBasic))
    expect([other.status, other.body['error']]).toEqual([400, 'invalid_request'])
  })
})

describe('2.3.1 Client Password', () => {
  const encoding = practiceClients.find(({ client_id }) => client_id === 'practice-encoding')
  const secret = encoding?.client_secret ?? ''

  test('"The authorization server MUST support the HTTP Basic authentication scheme"', async () => {
    expect((await send(tokenRequest(grant, practiceBasic))).status).toBe(200)
    const lowerCase = { authorization: practiceBasic.authorization.replace('Basic', 'basic') }
    expect((await send(tokenRequest(grant, lowerCase))).status).toBe(200)
  })

  test('"The client identifier is encoded using the application/x-www-form-urlencoded encoding algorithm"', async () => {
    const strict = 'practice%2Dclient:practice%2Dsecret'
    expect((await send(tokenRequest(grant, basic(strict)))).status).toBe(200)
    expect(secret).toMatch(/(?=.*%)(?=.*\+)(?=.*:)(?=.* )(?=.*ü)/)
    expect((await send(tokenRequest(grant, basic(`practice-encoding:${encode(secret)}`)))).status).toBe(200)
    const percent = `practice-encoding:${encodeURIComponent(secret)}`
    expect((await send(tokenRequest(grant, basic(percent)))).status).toBe(200)
  })

  test('credentials sent raw are refused, and the check says that they were', async () => {
    const { status, body, failed } = await send(tokenRequest(grant, basic(`practice-encoding:${secret}`)))
    expect([status, body['error']]).toEqual([401, 'invalid_client'])
    expect(failed).toContain('would match undecoded: this server form-decodes as RFC 6749 2.3.1 says')
    expect(body['error_description']).toBe('Client authentication failed')
  })

  test('credentials encoded twice, or with white space around them, are recognised as such', async () => {
    const twice = await send(
      tokenRequest({ ...grant, client_id: 'practice-encoding', client_secret: encode(secret) }),
    )
    expect(twice.failed).toContain('encoded it twice')
    const space = await send(tokenRequest({ ...grant, ...credentials, client_secret: 'practice-secret\n' }))
    expect(space.failed).toContain('white space')
  })

  test('"client_id REQUIRED, client_secret REQUIRED" in the body', async () => {
    const body = { ...grant, client_id: 'practice-encoding', client_secret: secret }
    expect((await send(tokenRequest(body))).status).toBe(200)
    const secretOnly = await send(tokenRequest({ ...grant, client_secret: 'practice-secret' }))
    expect([secretOnly.status, secretOnly.body['error']]).toEqual([401, 'invalid_client'])
  })

  test('"The parameters ... MUST NOT be included in the request URI."', async () => {
    const { status, body } = await send(tokenRequest(grant, {}, `?${new URLSearchParams(credentials)}`))
    expect([status, body['error']]).toEqual([400, 'invalid_request'])
  })
})

describe('3.2 Token Endpoint', () => {
  test('"The client MUST use the HTTP "POST" method when making access token requests."', async () => {
    const response = await server.fetch(new Request(`${practiceOrigin}/token?grant_type=client_credentials`))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })

  test('"Parameters sent without a value MUST be treated as if they were omitted from the request."', async () => {
    const { status, body } = await send(tokenRequest({ ...grant, ...credentials, scope: '' }))
    expect([status, body['scope']]).toEqual([200, 'read'])
    const noGrant = await send(tokenRequest({ grant_type: '', ...credentials }))
    expect(noGrant.body['error_description']).toBe('grant_type is missing')
    const emptySecret = await send(tokenRequest({ ...grant, client_secret: '' }, practiceBasic))
    expect(emptySecret.status).toBe(200)
  })

  test('"The authorization server MUST ignore unrecognized request parameters."', async () => {
    expect((await send(tokenRequest({ ...grant, ...credentials, audience: 'x', foo: 'y' }))).status).toBe(200)
  })

  test('"Request and response parameters MUST NOT be included more than once."', async () => {
    const twice = new URLSearchParams({ ...grant, ...credentials, scope: 'read' })
    twice.append('scope', 'read')
    const { status, body } = await send(tokenRequest([...twice]))
    expect([status, body['error']]).toEqual([400, 'invalid_request'])
    expect(body['error_description']).toBe('Sent more than once: scope')
  })

  test('RFC 8707 2: several resource parameters are legal', async () => {
    const twice = new URLSearchParams({ ...grant, ...credentials, resource: `${practiceOrigin}/api` })
    twice.append('resource', `${practiceOrigin}/reports`)
    expect((await send(tokenRequest([...twice]))).status).toBe(200)
  })
})

describe('3.2.1 Client Authentication', () => {
  test('"Confidential clients ... MUST authenticate with the authorization server"', async () => {
    for (const parameters of [grant, { ...grant, client_id: 'practice-client' }]) {
      const { status, body, headers } = await send(tokenRequest(parameters))
      expect([status, body['error']]).toEqual([401, 'invalid_client'])
      expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/)
    }
  })
})

describe('3.3 Access Token Scope', () => {
  const scoped = (scope: string) => send(tokenRequest({ ...grant, ...credentials, scope }))

  test('"Each string adds an additional access range", and order does not matter', async () => {
    expect((await scoped('write read')).body['scope']).toBe('write read')
    expect((await scoped('read read')).body['scope']).toBe('read')
  })

  test('"If the issued access token scope is different ... MUST include the "scope" response parameter"', async () => {
    expect((await send(tokenRequest({ ...grant, ...credentials }))).body['scope']).toBe('read')
  })

  test.each([
    ['admin read', "This client may not have 'admin'"],
    ['read,write', "'read,write' is one unknown scope: scopes are separated by spaces"],
    ['read  write', 'Scope tokens are printable ASCII'],
    [' read', 'Scope tokens are printable ASCII'],
    ['read "x"', 'Scope tokens are printable ASCII'],
    ['läsen', 'Scope tokens are printable ASCII'],
  ])('invalid_scope: "%s"', async (scope, description) => {
    const { status, body } = await scoped(scope)
    expect([status, body['error']]).toEqual([400, 'invalid_scope'])
    expect(body['error_description']).toContain(description)
  })
})

describe('4.4 Client Credentials Grant', () => {
  test('"The client credentials grant type MUST only be used by confidential clients."', async () => {
    const { status, body } = await send(tokenRequest({ ...grant, client_id: 'practice-public' }))
    expect([status, body['error']]).toEqual([400, 'unauthorized_client'])
  })

  test('4.4.2 "using the application/x-www-form-urlencoded format": a charset is no other format', async () => {
    const withCharset = { 'content-type': 'Application/X-WWW-Form-Urlencoded;charset=UTF-8' }
    expect((await send(tokenRequest({ ...grant, ...credentials }, withCharset))).status).toBe(200)
  })

  test.each(['application/json', 'text/plain;charset=UTF-8', ''])(
    '4.4.2 another format: "%s"',
    async (type) => {
      const { status, body } = await send(
        tokenRequest({ ...grant, ...credentials }, { 'content-type': type }),
      )
      expect([status, body['error']]).toEqual([400, 'invalid_request'])
      expect(body['error_description']).toContain('Content-Type')
    },
  )

  test('4.4.3 "A refresh token SHOULD NOT be included."', async () => {
    const { body } = await send(tokenRequest({ ...grant, ...credentials }))
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope'])
  })
})

describe('5.1 Successful Response', () => {
  test('"MUST include the HTTP "Cache-Control" response header field with a value of "no-store" ... and "Pragma" ... "no-cache""', async () => {
    const { headers, body } = await send(tokenRequest({ ...grant, ...credentials }))
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('pragma')).toBe('no-cache')
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300 })
  })
})

describe('5.2 Error Response', () => {
  test.each([
    ['invalid_request', 400, { ...credentials }],
    ['unsupported_grant_type', 400, { ...credentials, grant_type: 'authorization_code' }],
    ['unsupported_grant_type', 400, { ...credentials, grant_type: '__proto__' }],
    ['invalid_client', 401, { ...grant, ...credentials, client_secret: 'wrong' }],
    ['invalid_client', 401, { ...grant, ...credentials, client_id: 'nobody' }],
    [
      'unauthorized_client',
      400,
      { ...grant, client_id: 'practice-no-grant', client_secret: 'practice-secret-no-grant' },
    ],
  ])(
    '%s, "HTTP 400 (Bad Request) status code (unless specified otherwise)": %i',
    async (error, status, parameters) => {
      const answer = await send(tokenRequest(parameters))
      expect([answer.status, answer.body['error']]).toEqual([status, error])
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )

  test('invalid_client: "MUST respond with an HTTP 401 ... and include the "WWW-Authenticate" response header field matching the authentication scheme"', async () => {
    const wrong = [
      [basic('practice-client:wrong'), 'It is another secret'],
      [basic('practice-client:practice-secret\0'), 'It is another secret'],
      [basic('nobody:practice-secret'), "No client is called 'nobody'"],
      [basic('no colon'), 'There is no colon between client_id and client_secret'],
      [{ authorization: 'Basic %%%' }, 'What follows Basic is not base64'],
      [{ authorization: 'Basic' }, 'What follows Basic is not base64'],
      [{ authorization: `Basic ${btoa('practice-encoding:ü')}` }, 'The credentials are not UTF-8'],
      [{ authorization: 'Bearer abc' }, 'The scheme is not Basic'],
    ] as const
    for (const [headers, found] of wrong) {
      const answer = await send(tokenRequest(grant, headers))
      expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client'])
      expect(answer.failed).toContain(found)
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="practice", charset="UTF-8"')
    }
  })

  test('an unknown client and a wrong secret look the same to the client', async () => {
    const unknown = await send(tokenRequest({ ...grant, ...credentials, client_id: 'nobody' }))
    const wrong = await send(tokenRequest({ ...grant, ...credentials, client_secret: 'wrong' }))
    expect(unknown.body).toEqual(wrong.body)
    expect(unknown.failed).toBe("The client is registered: No client is called 'nobody'")
    expect(wrong.failed).toBe('The secret matches: It is another secret')
  })

  test('"Values for the "error_description" parameter MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E."', async () => {
    for (const grant_type of ['"', '\\', 'ü', '\u0000', '😀'.repeat(50)]) {
      const { body } = await send(tokenRequest({ ...credentials, grant_type }))
      expect(body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    }
  })
})
