import { decodeJwt } from 'jose'
import { expect, test } from './fixtures.ts'
import { violations } from './axe.ts'
import { storageKey, type PlaygroundPage } from './playground-page.ts'

const region = ({ page }: PlaygroundPage) => page.getByRole('region', { name: 'Use the token' })

/** Gets a token, and waits until it is at hand. */
async function getToken(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.token).toContainText('Decoded payload')
  await expect(region(playground).getByRole('button', { name: 'Call API' })).toBeVisible()
}

/** Calls, and waits for the response with that status. */
async function call(playground: PlaygroundPage, status: string): Promise<void> {
  await region(playground).getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText(status)
}

async function bind(playground: PlaygroundPage): Promise<void> {
  await playground.field('Bind the token to a key (DPoP)').check()
  const editor = playground.page.getByRole('group', { name: 'DPoP proof' })
  await editor.getByRole('button', { name: 'Generate' }).click()
  await expect(editor.getByLabel('Key to bind to')).toHaveValue(/[\w-]{43}/)
}

test.describe('what is shown is what the API gets', () => {
  const cases = [
    ['GET', '', 'Bearer token'],
    ['POST', '{"amount": 12345678901234567890}', 'Bearer token'],
    ['DELETE', '', 'Not at all'],
    ['PUT', 'plain text ü', 'With its signature broken'],
  ] as const
  for (const [method, body, presentation] of cases) {
    test(`${method}, ${presentation}`, async ({ playground, faults }) => {
      await playground.connectTo(faults.url('/token'))
      await getToken(playground)
      await playground.field('API URL').fill(faults.url('/echo?page=1#fragment'))
      await playground.field('Method').fill(method)
      await playground.field('Present the token').selectOption(presentation)
      await playground.openMore()
      await playground.field('Body').fill(body)
      await region(playground).getByRole('button', { name: 'Add a call header' }).click()
      await playground.field('Name of call header 1').fill('X-Trace')
      await playground.field('Value of call header 1').fill('a b')
      await playground.showSecrets()
      await expect(playground.rawRequest).toContainText('X-Trace: a b')
      const shown = (await playground.rawRequest.textContent()) ?? ''
      await call(playground, '200 OK')

      const received = faults.requests.find(
        (request) => request.url.startsWith('/echo') && request.method === method,
      )
      expect(shown.split('\n')[0]).toBe(`${method} ${received?.url ?? ''} HTTP/1.1`)
      expect(shown.split('\n\n')[1] ?? '').toBe(received?.body.toString())
      const lines = (shown.split('\n\n')[0] ?? '').split('\n').slice(1)
      const sent = lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 2),
      ])
      const got = received?.headers.map(([name, value]) => [name.toLowerCase(), value]) ?? []
      for (const field of sent) expect(got).toContainEqual(field)
      const names = sent.map(([name]) => name)
      const unseen = ['connection', 'accept-encoding', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform']
      expect(
        got.map(([name]) => name).filter((name) => !names.includes(name) && !unseen.includes(name ?? '')),
      ).toEqual([])
    })
  }

  test('the preflight that comes first', async ({ playground, faults }) => {
    await playground.connectTo(faults.url('/token'))
    await getToken(playground)
    await playground.field('API URL').fill(faults.url('/echo'))
    await expect(playground.request).toContainText(
      'The header authorization is not one a plain form could send.',
    )
    const predicted = (await playground.field('Predicted preflight').textContent()) ?? ''
    await call(playground, '200 OK')
    const asked = faults.requests.find(({ method, url }) => method === 'OPTIONS' && url === '/echo')
    const field = /access-control-request-headers: (.*)/i.exec(predicted)?.[1]
    expect(asked?.headers).toContainEqual(['Access-Control-Request-Headers', field])
  })

  test('the token is masked until it is asked for, and nothing of the call is stored', async ({
    playground,
    page,
  }) => {
    await getToken(playground)
    const token =
      /access_token":"([\w.-]+)/.exec((await playground.rawResponse.textContent()) ?? '')?.[1] ?? ''
    expect(token).toMatch(/^eyJ/)
    await playground.field('API URL').focus()
    await expect(playground.rawRequest).toContainText('Bearer ••••')
    await playground.showSecrets()
    await expect(playground.rawRequest).toContainText(`Bearer ${token}`)
    await playground.field('API URL').fill('https://practice.example/api/greeting?q=typed')
    await call(playground, '200')
    const stored = await page.evaluate((key) => localStorage.getItem(key) ?? '', storageKey)
    expect(stored).not.toContain(token.slice(0, 20))
    expect(stored).not.toContain('q=typed')
  })
})

test.describe('the API of the local server', () => {
  test.beforeEach(async ({ playground, authorizationServer }) => {
    const { tokenEndpoint, issuer } = authorizationServer
    await playground.connectTo(tokenEndpoint, { issuer })
  })

  test('accepts the token, again and again: the requests saved are counted', async ({ playground, api }) => {
    await getToken(playground)
    await playground.field('API URL').fill(api.greeting)
    await call(playground, '200 OK')
    await expect(playground.rawResponse).toContainText('Hello, m2m!')
    await expect(region(playground)).not.toContainText('saved by reuse')
    await call(playground, '200 OK')
    await expect(region(playground)).toContainText('1 token request saved')
    await region(playground).getByRole('button', { name: 'Call API' }).click()
    await expect(region(playground)).toContainText('2 token requests saved')
    await expect(region(playground)).toContainText('token of #1')
    await playground.getToken.click()
    await expect(region(playground)).toContainText('token of #5')
    await expect(region(playground)).not.toContainText('saved by reuse')
  })

  test('401 invalid_token: broken, for another audience; 401 without one; 403 insufficient_scope', async ({
    playground,
    api,
    guard,
  }) => {
    guard.expectConsole(/401|403/)
    await getToken(playground)
    await playground.field('API URL').fill(api.greeting)
    await playground.field('Present the token').selectOption('broken')
    await call(playground, '401 Unauthorized')
    const challenges = playground.page.getByRole('table', { name: 'Challenges' })
    await expect(challenges).toContainText('invalid_token')
    await expect(playground.response).toContainText('Refused with a broken token, as it should be')

    await playground.field('Present the token').selectOption('none')
    await call(playground, '401 Unauthorized')
    await expect(challenges).not.toContainText('invalid_token')
    await expect(playground.response).toContainText('Refused without a token, as it should be')

    await playground.field('Present the token').selectOption('bearer')
    await playground.field('API URL').fill(api.reports)
    await call(playground, '401 Unauthorized')
    await expect(
      playground.heading('The token is for the origin of the API, and not for the API itself'),
    ).toBeVisible()
    await expect(playground.stoppedAt).toContainText('Audience right')
    await expect(playground.response).toContainText(`as it calls itself, and it names ${api.origin}.`)

    await playground.field('API URL').fill(api.admin)
    await call(playground, '403 Forbidden')
    await expect(playground.heading('The token lacks the scope that the API wants')).toBeVisible()
    await expect(playground.stoppedAt).toContainText('Scope sufficient')
    await expect(playground.response).toContainText('The API wants “admin”. The token has “read”.')
    await playground.response.getByRole('button', { name: /Ask for “admin” too/ }).click()
    await expect(playground.field('Scope')).toHaveValue('read admin')
  })

  test('without a token at hand the challenge of the API is shown', async ({ playground, api, guard }) => {
    guard.expectConsole(/401/)
    await playground.field('API URL').fill(api.greeting)
    await expect(
      playground.page.getByText('No token is at hand: the API is called without one'),
    ).toBeVisible()
    await expect(playground.field('Present the token')).toBeDisabled()
    await expect(playground.rawRequest).not.toContainText('Authorization', { ignoreCase: true })
    await call(playground, '401 Unauthorized')
    await expect(playground.page.getByRole('table', { name: 'Challenges' })).toContainText('Bearer')
    await expect(playground.response).toContainText('Get a token: press Get token in Connection.')
    await getToken(playground)
    await call(playground, '200 OK')
  })

  test('an audience of its own, asked for with resource', async ({ playground, api }) => {
    await playground.page.getByText('Resource, audience, RAR, more').click()
    await playground.field('Resource').fill(api.reports)
    await getToken(playground)
    await playground.field('API URL').fill(api.reports)
    await call(playground, '200 OK')
    await expect(playground.rawResponse).toContainText('Nobody was late.')
  })

  test('an opaque token, which the API asks about', async ({ playground, api, authorizationServer }) => {
    await playground.connect({ id: authorizationServer.clients.opaque.id })
    await playground.getToken.click()
    await expect(playground.token).toContainText('opaque')
    await playground.field('API URL').fill(api.greeting)
    await call(playground, '200 OK')
  })

  test(
    'an expired token is named as such, before and after',
    { tag: '@waits' },
    async ({ playground, api, authorizationServer, guard }) => {
      guard.expectConsole(/401/)
      await playground.connect({ id: authorizationServer.clients.brief.id })
      await getToken(playground)
      await playground.field('API URL').fill(api.greeting)
      await call(playground, '200 OK')
      await expect(region(playground)).toContainText('expired', { timeout: 15_000 })
      await call(playground, '401 Unauthorized')
      await expect(playground.heading('The token has expired')).toBeVisible()
      await expect(playground.stoppedAt).toContainText('Within its lifetime')
      await expect(playground.fixes.first()).toHaveText('Get a new token, and call again.')
    },
  )

  test('DPoP: a new proof for each call, with ath; as a bearer token it is refused', async ({
    playground,
    page,
    api,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/401/)
    await playground.connect({ id: authorizationServer.clients.dpop.id })
    await bind(playground)
    await getToken(playground)
    const proofs: string[] = []
    page.on('request', (request) => {
      if (request.url() === api.greeting && request.method() === 'GET')
        proofs.push(request.headers()['dpop'] ?? '')
    })
    await playground.field('API URL').fill(api.greeting)
    // The token is bound, so it goes with a proof unless the user says otherwise.
    await expect(playground.field('Present the token')).toHaveValue('dpop')
    await playground.field('Present the token').selectOption('bearer')
    await call(playground, '401 Unauthorized')
    await expect(playground.response).toContainText('bound to a key')
    expect(proofs.pop()).toBe('')

    await playground.field('Present the token').selectOption('dpop')
    await expect(playground.rawRequest).toContainText('DPoP: ')
    await call(playground, '200 OK')
    await region(playground).getByRole('button', { name: 'Call API' }).click()
    await expect.poll(() => proofs.length).toBe(2)
    const [one, other] = proofs.map((proof) => decodeJwt(proof))
    const token = await playground.field('Access token').textContent()
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token ?? ''))
    expect(one).toMatchObject({ htm: 'GET', htu: api.greeting, ath: Buffer.from(hash).toString('base64url') })
    expect(other?.jti).not.toBe(one?.jti)
  })
})

test('the local server’s API is ready to be called, with the port it really got', async ({
  playground,
  page,
  api,
}) => {
  await playground.choose('local')
  await getToken(playground)
  await playground.openMore()
  const ready = page.getByRole('group', { name: 'Ready to call' })
  await ready.getByRole('button', { name: 'greeting' }).click()
  await expect(playground.field('API URL')).toHaveValue(api.greeting)
  await call(playground, '200 OK')
})

test.describe('the APIs of the practice server', () => {
  test('each is a click away, and says what it requires', async ({ playground }) => {
    await getToken(playground)
    await playground.openMore()
    const ready = playground.page.getByRole('group', { name: 'Ready to call' })
    await ready.getByRole('button', { name: 'echo' }).click()
    await expect(playground.field('Method')).toHaveValue('POST')
    await call(playground, '403 Forbidden')
    await playground.response.getByRole('button', { name: 'Ask for “write” too' }).click()
    await expect(playground.field('Scope')).toHaveValue('read write')
    await playground.getToken.click()
    await expect(region(playground)).toContainText('token of #3')
    await call(playground, '200')
    await expect(playground.rawResponse).toContainText('hello')
  })

  test('a nonce of its own for the proof: two exchanges, the second with it', async ({ playground }) => {
    await playground.connect({ id: 'practice-client' })
    await bind(playground)
    await getToken(playground)
    await playground.openMore()
    const ready = playground.page.getByRole('group', { name: 'Ready to call' })
    await ready.getByRole('button', { name: 'bound' }).click()
    await call(playground, '200')
    const history = await playground.openHistory()
    await expect(history).toContainText(/API call with the nonce of #\d/)
  })

  test('a challenge that CORS hides is said to be hidden', async ({ playground }) => {
    await playground.openMore()
    await playground.page
      .getByRole('group', { name: 'Ready to call' })
      .getByRole('button', { name: 'quiet' })
      .click()
    await call(playground, '401')
    await expect(playground.response).toContainText('The challenge (WWW-Authenticate) is hidden by CORS')
    await playground.page.getByText('Resource, audience, RAR, more').click()
    await playground.field('Resource').fill('https://practice.example/reports')
    await getToken(playground)
    await call(playground, '401')
    await expect(playground.page.getByRole('table', { name: 'Challenges' })).toHaveCount(0)
    await expect(playground.response).toContainText('Access-Control-Expose-Headers')
  })
})

test('an MCP server: one click sets the header field that it misses, an error in a 200 is explained, and a result is drawn', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.expectConsole(/406/)
  const accepts = 'application/json, text/event-stream'
  const rpc = (member: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, ...member })
  const url = faults.answer('/mcp', ({ headers, body }) => {
    const json = { 'Content-Type': 'application/json' }
    const isAccepted = headers.some(([, value]) => value === accepts)
    if (!isAccepted)
      return {
        status: 406,
        headers: json,
        body: rpc({
          error: {
            code: -32000,
            message: 'Not Acceptable: Client must accept both application/json and text/event-stream',
          },
        }),
      }
    return body.includes('tools/call')
      ? { headers: json, body: rpc({ error: { code: -32602, message: 'Tool nope not found' } }) }
      : {
          headers: { 'Content-Type': 'text/event-stream' },
          body: `event: message\ndata: ${rpc({ result: { tools: [{ name: 'echo', description: '<b>says it</b>' }] } })}\n\n`,
        }
  })
  await playground.connectTo(faults.url('/token'))
  await getToken(playground)
  await playground.field('API URL').fill(url)
  await playground.field('Method').fill('POST')
  await playground.openMore()
  await playground
    .field('Body')
    .fill('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nope"}}')
  await region(playground).getByRole('button', { name: 'Add a call header' }).click()
  await playground.field('Name of call header 1').fill('X-Trace')
  await playground.field('Value of call header 1').fill('kept')
  await call(playground, '406')
  await playground.response.getByRole('button', { name: /^Send Accept: / }).click()
  await expect(playground.field('Value of call header 1')).toHaveValue('kept')
  await expect(playground.field('Value of call header 2')).toHaveValue(accepts)
  await call(playground, '200 OK')
  await expect(playground.response).toContainText('The server does not accept the params of tools/call')
  await expect(playground.response).toContainText('To HTTP the call succeeded')
  await playground.response.getByRole('button', { name: /^Send tools\/list/ }).click()
  await call(playground, 'event: message')
  const drawn = page.getByRole('region', { name: 'MCP response' })
  await expect(drawn.getByRole('listitem')).toHaveText('echo <b>says it</b>')
})

test('a gateway that misses a key of its own: one click adds the field, and what deviates in the challenge has its section', async ({
  playground,
  faults,
  guard,
}) => {
  guard.expectConsole(/401/)
  const url = faults.url('/gateway')
  await playground.page.route(url, (route) =>
    route.fulfill({
      status: 401,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'www-authenticate',
        'content-type': 'application/json',
        'www-authenticate': 'Bearer, realm=\'gateway\', error_description="The "key" is missing"',
      },
      body: '{"statusCode":401,"message":"Access denied due to missing subscription key."}',
    }),
  )
  await playground.connectTo(faults.url('/token'))
  await getToken(playground)
  await playground.field('API URL').fill(url)
  await call(playground, '401 Unauthorized')
  await expect(
    playground.heading('The API looks for a key in the header Ocp-Apim-Subscription-Key'),
  ).toBeVisible()
  await expect(playground.response).toContainText('The token is not what is refused')
  await expect(playground.response).toContainText('A comma is between “Bearer” and its first parameter')
  await expect(playground.response).toContainText('RFC 9110 11.2')
  await expect(playground.page.getByRole('table', { name: 'Challenges' })).toContainText(
    'The "key" is missing',
  )

  const name = region(playground).getByLabel('Name of call header 1')
  await expect(name).toBeHidden()
  await playground.response.getByRole('button', { name: /^Add the header field/ }).click()
  await expect(name).toHaveValue('Ocp-Apim-Subscription-Key')
  await expect(region(playground).getByLabel('Value of call header 1')).toBeFocused()
  await playground.page.keyboard.type('k')
  await expect(region(playground).getByLabel('Value of call header 1')).toHaveValue('k')
})

test.describe('HelseID’s Sample API', () => {
  test('its rules are checked before anything is sent', async ({ playground, page }) => {
    await getToken(playground)
    await playground.field('API URL').fill('https://localhost:5081/machine-clients/greetings')
    await playground.openMore()
    const rules = page.getByRole('region', { name: 'What the Sample API checks' })
    await expect(rules).toContainText('(failed)')
    await expect(rules).toContainText('nhn:test-public-samplecode')
  })

  test('is ready to be called if HelseID is the server', async ({ playground }) => {
    await getToken(playground)
    await playground.choose('helseid')
    await expect(playground.field('API URL')).toHaveValue('https://localhost:5081/machine-clients/greetings')
    await expect(playground.field('Present the token')).toHaveValue('dpop')
  })
})

test.describe('bad input', () => {
  const cases = [
    ['API URL', 'localhost:5000', 'The scheme is missing.'],
    ['Method', 'TRACE', 'Browsers let no page send TRACE.'],
  ] as const
  for (const [field, value, words] of cases) {
    test(`${field}: ${value}`, async ({ playground }) => {
      await getToken(playground)
      await playground.field(field).fill(value)
      await expect(region(playground)).toContainText(words)
      await expect(region(playground).getByRole('button', { name: 'Call API' })).toHaveAttribute(
        'aria-disabled',
        'true',
      )
      await region(playground).getByRole('button', { name: 'Call API' }).click({ force: true })
      await expect(playground.rawResponse).toHaveCount(0)
      await expect(playground.field(field)).toBeFocused()
    })
  }

  test('a header that browsers let no page set is refused with the reason', async ({ playground }) => {
    await getToken(playground)
    await playground.openMore()
    await region(playground).getByRole('button', { name: 'Add a call header' }).click()
    await playground.field('Name of call header 1').fill('Host')
    await expect(region(playground)).toContainText(/Host/)
    await expect(region(playground).getByRole('button', { name: 'Call API' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
  })

  test('an API without CORS is distinguished from one that refuses', async ({
    playground,
    faults,
    guard,
  }) => {
    // The connection check also asks by the other scheme.
    guard.allowConsole(/CORS|net::ERR_/)
    await playground.connectTo(faults.url('/token'))
    await getToken(playground)
    await playground.field('API URL').fill(faults.url('/no-cors'))
    await region(playground).getByRole('button', { name: 'Call API' }).click()
    await expect(playground.response).toContainText('No response')
    await expect(playground.response).toContainText(/CORS/)
  })
})

test('by keyboard, and without a violation of accessibility', async ({ playground, page }) => {
  await getToken(playground)
  await playground.field('API URL').focus()
  await page.keyboard.press('Enter')
  await expect(playground.rawResponse).toContainText('200')
  expect(await violations(page)).toEqual([])
})

test('each call is an exchange in History, and opens again in full', async ({ playground }) => {
  await getToken(playground)
  await call(playground, '200')
  const history = await playground.openHistory()
  await history.getByRole('button', { name: /API call/ }).click()
  await expect(playground.rawRequest).toContainText('GET /api/greeting')
  await expect(playground.rawResponse).toContainText('Hello')
  // The token at hand stays at hand.
  await expect(region(playground)).toContainText('token of #1')
})
