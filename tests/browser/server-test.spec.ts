import { readFile } from 'node:fs/promises'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { ServerTestPage } from './server-test-page.ts'

test('the practice server is as the standards require; the plan is said before, and nothing is sent by itself', async ({
  playground,
  page,
}) => {
  const server = new ServerTestPage(page)
  await server.open()
  await expect(server.region).toContainText('https://practice.example')
  await expect(server.region).toContainText(/carry a wrong secret/)
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await server.run()

  await expect(server.region.getByRole('status').first()).toContainText('0 must and 0 should deviate')
  expect(await server.notOk()).toEqual({
    'server-named': 'skipped',
    'space-encoding': 'skipped',
    'basic-encoding': 'skipped',
    get: 'skipped',
    'query-credentials': 'skipped',
    'cors-vary': 'skipped',
    'metadata-form': 'note',
    'well-known-path': 'skipped',
    'documents-agree': 'skipped',
    'api-query': 'note',
    'api-dpop': 'skipped',
    'api-scheme': 'skipped',
    'assertion-*': 'skipped',
    'dpop-*': 'skipped',
    'api-dpop-*': 'skipped',
  })

  // One entry of the strip, and its way back
  const strip = page.getByRole('navigation', { name: 'Exchanges' })
  await server.button('Close the test').click()
  await expect(server.region).toBeHidden()
  await expect(playground.response).toBeVisible()
  await strip.getByRole('button', { name: /Server test/ }).click()
  await expect(server.rule).toBeVisible()
})

test('from what is known of the server: a group that is left out is not tried', async ({
  playground,
  page,
}) => {
  const server = new ServerTestPage(page)
  await playground.getToken.waitFor()
  await page.getByText('About: Practice server').click()
  await page.getByRole('button', { name: 'Test it against the standards' }).click()
  for (const group of ['From a browser (CORS)', 'Metadata and keys', 'The API'])
    await server.region.getByLabel(group).uncheck()
  await server.region.getByLabel(/throwaway/).check()
  await server.run()
  const { checks } = JSON.parse(await server.saved('JSON')) as Awaited<ReturnType<typeof server.report>>
  expect(checks.filter(({ id }) => /^(cors|jwt|jwks|api)-/.test(id))).toEqual([])
  expect(checks.find(({ id }) => id === 'query-credentials')?.verdict).toBe('ok')
})

test('reports have no secret and no token, and an earlier one is compared', async ({ playground, page }) => {
  const server = new ServerTestPage(page)
  await playground.getToken.waitFor()
  await server.open()
  await server.run()
  const [json, markdown, junit] = [
    await server.saved('JSON'),
    await server.saved('Markdown'),
    await server.saved('JUnit'),
  ]
  for (const text of [json, markdown, junit]) expect(text).not.toMatch(/practice-secret|eyJ/)
  expect(junit).toContain('<testsuites')

  const earlier = JSON.parse(json) as Awaited<ReturnType<typeof server.report>>
  const changed = {
    ...earlier,
    checks: earlier.checks.map((check) =>
      check.id === 'challenge' ? { ...check, verdict: 'deviates', found: '<b>none</b>' } : check,
    ),
  }
  const file = page.getByLabel('Compare with an earlier report (JSON)')
  await file.setInputFiles({
    name: 'before<i>.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(changed)),
  })
  await expect(server.region).toContainText('before<i>.json')
  await expect(server.region).toContainText('challenge better: deviates → ok')
  await file.setInputFiles({
    name: 'no.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"checks":1}'),
  })
  await expect(server.region).toContainText('no report of a server test')
})

test('by keyboard alone, at 390 px: from Get token to a rule and back', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.getToken.waitFor()
  const server = new ServerTestPage(page)
  await page.getByRole('button', { name: 'Test this server', exact: true }).press('Enter')
  // Where the focus is, the test begins.
  await expect(server.button('Start the test')).toBeVisible()
  await server.button('Start the test').press('Enter')
  await expect(server.region.locator('.stage')).toBeFocused()
  await server.over()
  await expect(server.region.locator('.stage')).toBeFocused()
  expect(await violations(page)).toEqual([])
  const overflows = () =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(await overflows()).toBe(false)

  const [first, second] = [
    server.line('The request as it is configured'),
    server.line('The media type of the'),
  ]
  await first.press('Enter')
  await expect(server.rule.getByRole('heading', { level: 3 })).toContainText('baseline')
  await first.press('ArrowDown')
  await expect(second).toBeFocused()
  await expect(second).toHaveAttribute('aria-current', 'true')
  await expect(server.rule).toContainText('Content-Type is application/json.')
  await expect(server.rule.getByLabel('Request of the test')).toContainText('grant_type=client_credentials')
  await expect(server.rule).toBeInViewport()
  expect(await overflows()).toBe(false)
  await server.button('note 2').press('Enter')
  await expect(server.region.getByRole('listitem').getByRole('button')).toHaveCount(2)
  await server.button('Close the test').press('Enter')
  await expect(server.region).toBeHidden()
  await expect(page.getByRole('button', { name: 'Test this server', exact: true })).toBeFocused()
})

test('the file for a pipeline has the connection, and a variable for the secret', async ({
  playground,
  page,
}) => {
  const server = new ServerTestPage(page)
  await playground.getToken.waitFor()
  await server.open()
  await server.region.getByText('Without a browser').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    server.button('Save the file').click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(text).not.toContain('practice-secret')
  expect(JSON.parse(text)).toMatchObject({
    token_endpoint: 'https://practice.example/token',
    client: { client_id: 'practice-client', client_secret: '${CLIENT_SECRET}' },
  })
})

test('before a room the test is a pane of its own, and no rule shows a secret or a token', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await playground.getToken.waitFor()
  await page.getByRole('button', { name: 'Projector' }).click()
  const server = new ServerTestPage(page)
  await server.open()
  const panes = page.getByRole('navigation', { name: 'Panes' })
  await expect(panes.getByRole('button', { name: 'Server test' })).toHaveAttribute('aria-current', 'true')
  await server.run()
  const seen = await page.evaluate(async () => {
    const found: string[] = []
    const lines = document.querySelectorAll<HTMLElement>('#server-test li > button')
    for (const line of lines) {
      line.click()
      await new Promise(requestAnimationFrame)
      const { outerHTML } = document.documentElement
      if (/practice-secret|cHJhY3RpY2U|eyJ[\w-]{10,}\.[\w-]{5,}/.test(outerHTML)) found.push(line.innerText)
    }
    return { looked: lines.length, found }
  })
  expect(seen.looked).toBeGreaterThan(130)
  expect(seen.found).toEqual([])
  await server.button('Close the test').click()
  await expect(panes.getByRole('button', { name: 'Connection' })).toHaveAttribute('aria-current', 'true')
})
