import { expect, test } from './fixtures.ts'

/** Lines of a message up to the empty one, names in lower case. */
const fields = (message: string): Map<string, string> =>
  new Map(
    (message.split(/\n\n/)[0] ?? '')
      .split('\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )

for (const method of ['client_secret_post', 'client_secret_basic', 'none'] as const) {
  test(`the raw request is what the server received: ${method}`, async ({ playground, faults }) => {
    await playground.connectTo(faults.url('/token?tenant=a%20b'), {
      scope: 'read wri:te',
      method: 'client_secret_post',
    })
    await playground.connect({ id: 'svc-1.0', secret: 'p% +:ü€' })
    await playground.connect({ method })
    await playground.showSecrets()
    const preview = await playground.rawRequest.textContent()
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    const shown = (await playground.rawRequest.textContent()) ?? ''
    expect(shown).toBe(preview)

    const received = faults.requests.find((request) => request.method === 'POST')
    expect(shown.split('\n')[0]).toBe(`POST ${received?.url ?? ''} HTTP/1.1`)
    expect(shown.split('\n\n')[1]).toBe(received?.body.toString())
    const sent = fields(shown)
    for (const [name, value] of sent) {
      expect(received?.headers, name).toContainEqual([
        expect.stringMatching(new RegExp(`^${name}$`, 'i')),
        value,
      ])
    }
    const unseen =
      received?.headers.map(([name]) => name.toLowerCase()).filter((name) => !sent.has(name)) ?? []
    const listed =
      (await playground.request.getByText('headers that no page can see').textContent())?.toLowerCase() ?? ''
    for (const name of unseen) expect(listed).toContain(name)
  })
}

test('Content-Type arrives as it is chosen, without a preflight, and one click removes a charset that is refused', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.expectConsole(/415/)
  const form = 'application/x-www-form-urlencoded'
  const typeOf = (headers: readonly (readonly [string, string])[]) =>
    headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const endpoint = faults.answer('/exact', ({ headers }) => {
    const type = typeOf(headers) ?? ''
    if (type === form)
      return {
        headers: { 'Content-Type': 'application/json' },
        body: '{"access_token":"x","token_type":"Bearer"}',
      }
    const error_description = `Content-Type ${type} is not supported`
    return {
      status: 415,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ error: 'unsupported_media_type', error_description }),
    }
  })
  await playground.connectTo(endpoint)
  await page.getByText('Resource, audience, RAR, more').press('Enter')
  const charset = page.getByLabel('Content-Type with ;charset=UTF-8')
  await expect(charset).not.toBeChecked()
  await charset.check()
  await expect(playground.rawRequest).toContainText(`content-type: ${form};charset=UTF-8`)
  await playground.getToken.click()
  await expect(playground.response).toContainText('The server does not accept ;charset=UTF-8 in Content-Type')
  await expect(playground.response).toContainText(
    `The server says: Content-Type ${form};charset=UTF-8 is not supported`,
  )
  await playground.response.getByRole('button', { name: 'Send Content-Type without ;charset=UTF-8' }).click()
  await expect(charset).not.toBeChecked()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  expect(faults.requests.map(({ method, headers }) => [method, typeOf(headers)])).toEqual([
    ['POST', `${form};charset=UTF-8`],
    ['POST', form],
  ])
})

test('a preflight is predicted if one happens, with its reason, and only then', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(faults.url('/token'), { method: 'client_secret_basic' })
  await playground.request.getByText('Preflight first').click()
  const predicted = fields((await playground.field('Predicted preflight').textContent()) ?? '')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const preflight = faults.requests.find(({ method }) => method === 'OPTIONS')
  for (const [name, value] of predicted) {
    expect(preflight?.headers, name).toContainEqual([
      expect.stringMatching(new RegExp(`^${name}$`, 'i')),
      value,
    ])
  }
  await expect(playground.request).toContainText(
    'The header authorization is not one a plain form could send.',
  )

  await playground.connect({ method: 'client_secret_post' })
  await expect(playground.request).toContainText('No preflight')
  await playground.getToken.click()
  await expect.poll(() => faults.requests.filter(({ method }) => method === 'POST').length).toBe(2)
  expect(faults.requests.filter(({ method }) => method === 'OPTIONS')).toHaveLength(1)
})

test('secrets are masked until they are asked for, in every view', async ({ playground, page }) => {
  await playground.connect({ method: 'client_secret_post', secret: 'visible-only-when-asked' })
  await expect(playground.rawRequest).toContainText('client_secret=')
  await expect(page.locator('body')).not.toContainText('visible-only-when-asked')
  await page.getByRole('button', { name: 'Parameters' }).click()
  await expect(playground.request.getByRole('cell', { name: 'client_secret', exact: true })).toBeVisible()
  await expect(page.locator('body')).not.toContainText('visible-only-when-asked')
  await playground.showSecrets()
  await expect(playground.request).toContainText('visible-only-when-asked')
})

test('the Basic header is masked as well: in the message, the table and its construction', async ({
  playground,
  page,
}) => {
  const base64 = Buffer.from('practice-client:practice-secret').toString('base64')
  await page.getByText('Basic encoding').click()
  await page.getByText('How the header is built').click()
  await expect(page.getByText('Joined by :')).toBeVisible()
  await expect(playground.rawRequest).toContainText('authorization: Basic ••••••••')
  await expect(page.locator('body')).not.toContainText(base64)
  await expect(page.locator('body')).not.toContainText(/practice-secret(?!-)/)
  await page.getByRole('button', { name: 'Parameters' }).click()
  await expect(playground.request.getByRole('cell', { name: 'authorization' })).toBeVisible()
  await expect(page.locator('body')).not.toContainText(base64)
  await page.getByRole('button', { name: 'Reveal' }).click()
  await expect(playground.request).toContainText(base64)
})

test('what the browser adds is in groups of its own, named as such', async ({ playground }) => {
  const added = playground.rawRequest.getByRole('group', { name: 'Added by the browser' })
  await expect(added.first()).toHaveText('Host: practice.example')
  await expect(added.nth(1)).toContainText('Origin: http://localhost')
  await expect(added.nth(1)).not.toContainText('accept: application/json')
})

test('the piece a field makes is marked while the field has the focus', async ({ playground }) => {
  const value = playground.rawRequest.getByText('read', { exact: true })
  await expect(value).not.toHaveClass(/attended/)
  await playground.field('Scope').focus()
  await expect(value).toHaveClass(/attended/)
})

test('copying gives the message as it is shown', { tag: '@full' }, async ({ playground, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.connect({ method: 'client_secret_post' })
  await expect(playground.rawRequest).toContainText('client_secret=')
  const shown = await playground.rawRequest.textContent()
  expect(shown).not.toContain('practice-secret')
  // Once in a while Chromium empties the clipboard after a write, when the context of a test before is taken down.
  await expect(async () => {
    await page.getByRole('button', { name: 'Copy raw request' }).click()
    await expect(page.getByText('Copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  }).toPass()
})

test('parameters are explained one by one, with their section', async ({ playground, page }) => {
  await page.getByRole('button', { name: 'Parameters' }).click()
  const row = playground.request.getByRole('row').filter({ hasText: 'grant_type' })
  await expect(row).toContainText('client_credentials')
  await expect(row.getByRole('link')).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2',
  )
  await expect(playground.request.getByRole('row').filter({ hasText: /^bodyscope/ })).toContainText('Scope')
})
