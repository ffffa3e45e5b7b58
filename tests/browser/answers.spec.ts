import { injections } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'

test.describe('waiting', () => {
  test('elapsed time and Cancel; the form is ready again at once', async ({ playground, faults, page }) => {
    await playground.connectTo(faults.url('/never'))
    await playground.getToken.click()
    await expect(page.getByText(/^Waiting for localhost/)).toBeVisible()
    await expect(page.getByText(/^0\.[3-9] s|^[1-9]\.\d s/)).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(playground.response).toContainText('Cancelled')
    await expect(playground.response).toContainText('a token that nobody reads')
    await expect(playground.getToken).toBeEnabled()
    expect(faults.requests).toHaveLength(1)
  })

  test('the timeout is the user’s to set', async ({ playground, faults }) => {
    await expect(playground.field('Timeout')).toHaveValue('30')
    await playground.connectTo(faults.url('/never'))
    await playground.field('Timeout').fill('1')
    await playground.getToken.click()
    await expect(playground.response).toContainText('Timed out')
    await expect(playground.response.getByRole('article').first()).toContainText('does not respond')
  })

  test('a body that stops half way is shown as far as it came', async ({ playground, faults }) => {
    await playground.connectTo(faults.url('/slow-body?ms=60000'))
    await playground.field('Timeout').fill('1')
    await playground.getToken.click()
    await expect(playground.response).toContainText('Timed out')
    await expect(playground.rawResponse).toContainText('{"access_token"')
    await expect(playground.response).toContainText('The body is not complete')
  })

  test('an edit while waiting does not mix into the exchange', async ({ playground, faults }) => {
    let release: () => void = () => undefined
    const edited = new Promise<void>((resolve) => {
      release = resolve
    })
    const endpoint = faults.answer('/held', async () => {
      await edited
      return {
        headers: { 'Content-Type': 'application/json' },
        body: '{"access_token":"x","token_type":"Bearer"}',
      }
    })
    await playground.connectTo(endpoint)
    await playground.getToken.click()
    await playground.field('Scope').fill('edited')
    release()
    await expect(playground.response).toContainText('200 OK')
    await expect(playground.response).toContainText('to an earlier request')
    await expect(playground.rawRequest).toContainText('scope=read')
    await playground.lookAtNext()
    await expect(playground.rawRequest).toContainText('scope=edited')
    expect(faults.requests[0]?.body.toString()).toContain('scope=read')
  })
})

test.describe('responses that are no tokens', () => {
  test('a web page is named for what it is, with what to try', async ({ playground, faults, guard }) => {
    guard.expectConsole(/500/)
    await playground.connectTo(faults.url('/html?status=500'))
    await playground.getToken.click()
    const name = 'A web page instead of a token (status 500)'
    await expect(playground.response.getByRole('heading', { name })).toBeVisible()
    await expect(playground.response).toContainText('What to try')
    await expect(playground.response).toContainText('A strict client (oauth4webapi) cannot use this response')
  })

  test('an error inside a 200 is read as the refusal it means', async ({ playground, faults }) => {
    await playground.connectTo(faults.url('/error-200'))
    await playground.getToken.click()
    await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
    await expect(playground.response).toContainText('came with status 200, as if it were a success.')
    await expect(playground.response).toContainText('The server says: Bad client credentials.')
    await expect(playground.causes.first()).toHaveText('The secret is wrong')
    await expect(playground.stoppedAt).toHaveCount(0)
    await expect(playground.response).toContainText('cannot use this response')
  })

  test('the server is quoted, whatever its code and format are, and its words offer the way on', async ({
    playground,
    faults,
    guard,
  }) => {
    guard.expectConsole(/400|500/)
    const refuse = (path: string, status: number, type: string, body: string) =>
      faults.answer(path, () => ({ status, headers: { 'Content-Type': type }, body }))
    const says = playground.response.locator('blockquote')

    const words = 'AADSTS1002012: The provided value for scope read is not valid.'
    const json = JSON.stringify({ error: 'invalid_scope', error_description: words })
    await playground.connectTo(refuse('/entra', 400, 'application/json', json))
    await playground.getToken.click()
    await expect(says).toHaveText(`The server says: ${words}`)
    await expect(playground.heading('The scope has to be the API with /.default behind it')).toBeVisible()
    await playground.response.getByRole('button', { name: 'Ask for', exact: false }).click()
    await expect(playground.field('Scope')).toHaveValue('https://graph.microsoft.com/.default')

    const fault = 'Failed to resolve API Key variable request.formparam.client_id'
    const xml = `<fault><faultstring>${fault}</faultstring></fault>`
    await playground.connectTo(refuse('/xml', 500, 'text/xml', xml))
    await playground.field('Client authentication').selectOption('client_secret_basic')
    await playground.getToken.click()
    await expect(says).toHaveText(`The server says: ${fault}`)
    await playground.response.getByRole('button', { name: 'Send the credentials in the body' }).click()
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')

    const within = '{"status":"error","msg":"Incorrect client secret for application: demo"}'
    await playground.connectTo(refuse('/within', 200, 'application/json', within))
    await playground.getToken.click()
    await expect(says).toHaveText('The server says: Incorrect client secret for application: demo')
    await expect(playground.heading('The secret is wrong')).toBeVisible()

    // The title has another text than the words, under a name that is no member of OAuth.
    const either = 'ClientId is Invalid or Client Secret is Invalid'
    const named = JSON.stringify({ ErrorCode: 'invalid_client', Error: either })
    await playground.connectTo(refuse('/named', 400, 'application/json', named))
    await playground.getToken.click()
    await expect(says).toHaveText(`The server says: ${either}`)

    // The title has the words already.
    await playground.connectTo(refuse('/own', 400, 'application/json', '{"error":"E1234"}'))
    await playground.getToken.click()
    await expect(playground.heading('The server refused: E1234')).toBeVisible()
    await expect(says).toHaveCount(0)
  })

  test('text in another charset is decoded from its bytes', async ({ playground, faults, guard }) => {
    guard.expectConsole(/400/)
    await playground.connectTo(faults.url('/latin1'))
    await playground.getToken.click()
    await expect(playground.rawResponse).toContainText('Ungültiger Schlüssel für café')
    await expect(playground.response).toContainText('Decoded from windows-1252.')
  })

  test('binary is announced and shown as bytes', async ({ playground, faults }) => {
    await playground.connectTo(faults.url('/binary'))
    await playground.getToken.click()
    await expect(playground.response).toContainText('Binary body, 256 B.')
    await expect(playground.field('Bytes of the body')).toContainText('00000000  00 01 02 03')
  })

  test('a redirect is shown, and not followed', async ({ playground, faults, guard }) => {
    // The check looks whether the path has a slash at its end, and whether https: responds.
    guard.allowConsole(/404|ERR_SSL/)
    for (const status of [302, 307]) {
      await playground.connectTo(faults.url(`/redirect?status=${status}`))
      await playground.getToken.click()
      await expect(playground.response).toContainText('The server responds with a redirect')
      await expect(playground.response).not.toContainText('to an earlier request')
    }
    expect(faults.elsewhere.requests).toEqual([])
  })
})

test.describe('no response', () => {
  test('a body that breaks off', async ({ playground, faults, guard }) => {
    guard.allowConsole(/ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE/)
    await playground.connectTo(faults.url('/truncated'))
    await playground.getToken.click()
    await expect(playground.response).toContainText('200, broken off')
    await expect(playground.response).toContainText('The response broke off')
    await expect(playground.rawResponse).toContainText('content-length: 1000')
    await expect(playground.response).toContainText(
      /The body is not complete|The page got nothing of the body/,
    )
  })

  for (const path of ['/reset', '/no-cors']) {
    test(`${path}: why is looked for at once, and the browser’s own words stay`, async ({
      playground,
      faults,
      guard,
    }) => {
      guard.allowConsole(/ERR_|CORS/)
      await playground.connectTo(faults.url(path))
      await playground.getToken.click()
      const check = playground.response.getByRole('region', { name: 'Connection check' })
      await expect(check.getByRole('status')).toContainText('Checked localhost')
      await expect(check).toContainText('“Failed to fetch”')
    })
  }
})

test('an odd token response is read leniently and judged strictly', async ({ playground, faults }) => {
  await playground.connectTo(faults.url('/form-encoded'))
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  await expect(playground.response).toContainText('cannot use this response')
  await expect(playground.response).toContainText('(failed)')
})

for (const path of ['/big', '/big-text']) {
  test(`ten megabytes from ${path}: whole, and the page stays usable`, async ({
    playground,
    faults,
    page,
  }) => {
    await playground.connectTo(faults.url(path))
    await playground.getToken.click()
    // By selector: Playwright's finders by text would read all ten megabytes at every ancestor.
    await page.waitForSelector('[aria-label="Raw response"]')
    const length = await page.locator('[aria-label="Raw response"]').evaluate(({ textContent }) => {
      return textContent.length - textContent.indexOf('\n\n') - 2
    })
    expect(length).toBe(10_000_000)
    const said = await page.locator('h3, .title').allTextContents()
    expect(said).toContain('A very large response (status 200)')
    const size = page.getByTitle('10,000,000 bytes of body')
    await expect(size).toContainText('10.0 MB')
    await playground.field('Scope').fill('still-typing')
    await expect(playground.rawRequest).toContainText('scope=still-typing')
  })
}

test.describe('a hostile server', () => {
  const [, script] = injections

  test('error_uri that hides its host behind a user name is not linked', async ({
    playground,
    faults,
    guard,
    page,
  }) => {
    guard.expectConsole(/400/)
    const error_uri = 'https://as.example@evil.example/docs'
    await playground.connectTo(
      faults.answer('/disguised', {
        status: 400,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ error: 'invalid_scope', error_uri }),
      }),
    )
    await playground.getToken.click()
    await expect(playground.response).toContainText(`${error_uri} (a user name is in it, so not linked)`)
    await expect(page.locator('a[href*="evil.example"]')).toHaveCount(0)
  })

  for (const [path, heading] of [
    ['/inject', `Only the server’s own documentation explains “${script}”`],
    ['/inject-error', `The server refused: ${script}`],
  ] as const) {
    test(`${path}: text stays text, and only http(s) is linked`, async ({
      playground,
      faults,
      guard,
      page,
    }) => {
      if (path === '/inject-error') guard.expectConsole(/400/)
      await playground.connectTo(faults.url(path))
      await playground.getToken.click()
      await expect(playground.heading(heading)).toBeVisible()
      for (const injection of injections.slice(0, 3))
        await expect(playground.rawResponse).toContainText(JSON.stringify(injection).slice(1, -1))
      await expect(playground.response).toContainText('not an http link, so not linked')
      const { access_token: token } = JSON.parse(
        ((await playground.rawResponse.textContent()) ?? '').split('\n\n').slice(1).join('\n\n'),
      ) as { access_token?: string }
      if (token !== undefined) {
        await playground.pasteToken(token)
        await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText('<img src=x')
      }
      await expect(page).toHaveTitle('Client Credentials Playground')
      expect(await page.locator('img, iframe, object, embed, [onerror], [onmouseover]').count()).toBe(0)
      for (const href of await page
        .locator('a:not([href^="#"])')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) {
        expect(href).toMatch(
          /^https:\/\/(www\.rfc-editor\.org|fetch\.spec\.whatwg\.org|www\.iana\.org|openid\.net|url\.spec\.whatwg\.org)\//,
        )
      }
    })
  }
})

test.describe('responds at the edge of HTTP', () => {
  test('an ID token of this very client does not spoil the verdict', async ({ playground, faults }) => {
    const id_token = `${btoa('{"alg":"RS256"}')}.${btoa('{"iss":"https://as.example","aud":"m2m","exp":4102444800,"iat":1,"sub":"m2m"}')}.c2ln`
    const body = JSON.stringify({
      access_token: 'x',
      token_type: 'Bearer',
      id_token: id_token.replaceAll('=', ''),
    })
    await playground.connectTo(
      faults.answer('/id-token', { headers: { 'Content-Type': 'application/json' }, body }),
    )
    await playground.getToken.click()
    await expect(playground.response).toContainText('accepts this response')
  })

  test('a status beyond 599 is shown and judged', async ({ playground, faults, guard }) => {
    guard.allowConsole(/999/)
    await playground.connectTo(
      faults.answer('/odd', { status: 999, headers: { 'Content-Type': 'application/json' }, body: '{}' }),
    )
    await playground.getToken.click()
    await expect(playground.response.getByText(/^999/).first()).toBeVisible()
    await expect(playground.response).toContainText('999 is not a status a client can handle.')
  })

  test('very long words of a server are bounded in a sentence, and whole in the body', async ({
    playground,
    faults,
    guard,
    page,
  }) => {
    guard.expectConsole(/400/)
    const error = 'e'.repeat(100_000)
    await playground.connectTo(
      faults.answer('/wordy', {
        status: 400,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ error, error_description: error }),
      }),
    )
    await playground.getToken.click()
    const heading = page.getByRole('heading', { name: /^The server refused: e/ })
    await expect(heading).toContainText('(100000 characters)')
    expect((await heading.textContent())?.length).toBeLessThan(400)
    expect((await playground.rawResponse.textContent())?.length).toBeGreaterThan(200_000)
  })
})

test.describe('a secret that a server repeats', () => {
  const secret = 'pl%nted+secret/9'

  test('is masked in the response, its explanation and every copy, until secrets are shown', async ({
    playground,
    faults,
    page,
    context,
    guard,
  }) => {
    guard.expectConsole(/422/)
    const refusal = (input: string) => ({
      status: 422,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ detail: [{ type: 'model_attributes_type', loc: ['body'], msg: input, input }] }),
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await playground.connectTo(
      faults.answer('/repeats', ({ body }) => refusal(body.toString())),
      { secret },
    )
    await playground.getToken.click()
    await expect(playground.response).toContainText('The server repeats your secret in its response.')
    const spelled = [secret, new URLSearchParams({ s: secret }).toString().slice(2)]
    const everything = async () => {
      await playground.response.getByRole('button', { name: 'Copy raw response' }).click()
      await expect(playground.response.getByText('Copied')).toBeVisible()
      const raw = await page.evaluate(() => navigator.clipboard.readText())
      return raw + (await page.locator('main').innerText())
    }
    const masked = await everything()
    expect(masked).toContain('client_secret=••••••••')
    for (const one of spelled) expect(masked).not.toContain(one)
    await playground.response.getByRole('button', { name: 'Indented' }).click()
    await expect(playground.response.getByLabel('Indented body')).toContainText('client_secret=••••••••')
    await playground.response.getByRole('button', { name: 'Copy indented body' }).click()
    await expect(playground.response.getByText('Copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain(spelled[1])
    await playground.showSecrets()
    await expect(playground.response.getByLabel('Indented body')).toContainText(spelled[1] ?? '')
  })

  test('is masked in what is pasted of a terminal, too', async ({ playground, faults, guard }) => {
    guard.allowConsole(/CORS policy|net::ERR/)
    await playground.connectTo(faults.url('/no-cors'), { method: 'client_secret_basic', secret })
    await playground.getToken.click()
    const paste = playground.field('DevTools line or curl output')
    const basic = Buffer.from(`m2m:${new URLSearchParams({ s: secret }).toString().slice(2)}`).toString(
      'base64',
    )
    await paste.fill(
      `> Authorization: Basic ${basic}\nHTTP/1.1 401 Unauthorized\n\n{"error":"invalid_client"}`,
    )
    await expect(paste).toHaveValue(/^> Authorization: Basic ••••••••\nHTTP/)
  })
})
