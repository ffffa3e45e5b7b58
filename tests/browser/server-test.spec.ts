import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { unsignedToken } from '../servers/fault-server.ts'

const region = (page: Page) => page.getByRole('region', { name: 'Server test', exact: true })
const rule = (page: Page) => region(page).getByRole('article', { name: 'Selected rule' })

async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test this server' }).click()
  await expect(region(page).getByRole('button', { name: 'Start the test' })).toBeVisible()
}

async function start(page: Page): Promise<void> {
  await region(page).getByRole('button', { name: 'Start the test' }).click()
  await expect(rule(page)).toBeVisible({ timeout: 60_000 })
}

interface ReportFile {
  readonly product: string
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly found: string }[]
}

async function saved(page: Page, format: 'JSON' | 'Markdown' | 'JUnit'): Promise<string> {
  const more = region(page).getByText('Take it along, or compare')
  const button = region(page).getByRole('button', { name: `Save as ${format}` })
  if (!(await button.isVisible())) await more.click()
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return readFile(await download.path(), 'utf8')
}

/** The verdicts that are not ok, by id; of a group that does not apply, once. */
async function notOk(page: Page): Promise<Readonly<Record<string, string>>> {
  const { checks } = JSON.parse(await saved(page, 'JSON')) as ReportFile
  expect(checks.length).toBeGreaterThan(130)
  return Object.fromEntries(
    checks.filter(({ verdict }) => verdict !== 'ok').map(({ id, verdict }) => [id, verdict]),
  )
}

const groupOf = (verdicts: Readonly<Record<string, string>>, prefix: string) =>
  Object.fromEntries(Object.entries(verdicts).filter(([id]) => id.startsWith(prefix)))

test('the practice server is as the standards require; the plan is said before, and nothing is sent by itself', async ({
  playground,
  page,
}) => {
  await open(page)
  await expect(region(page)).toContainText('https://practice.example')
  await expect(region(page)).toContainText(/carry a wrong secret/)
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await start(page)

  await expect(region(page).getByRole('status').first()).toContainText('0 must and 0 should deviate')
  const verdicts = await notOk(page)
  const { assertion, dpop } = { assertion: groupOf(verdicts, 'assertion-'), dpop: groupOf(verdicts, 'dpop-') }
  expect(new Set([...Object.values(assertion), ...Object.values(dpop)])).toEqual(new Set(['skipped']))
  const others = Object.entries(verdicts).filter(([id]) => !/^(?:assertion|dpop|api-dpop)-/.test(id))
  expect(Object.fromEntries(others)).toEqual({
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
  })

  // One entry of the strip, and its way back
  const strip = page.getByRole('navigation', { name: 'Exchanges' })
  await region(page).getByRole('button', { name: 'Close the test' }).click()
  await expect(region(page)).toBeHidden()
  await expect(playground.response).toBeVisible()
  await strip.getByRole('button', { name: /Server test/ }).click()
  await expect(rule(page)).toBeVisible()
})

test('reports have no secret and no token, and an earlier one is compared', async ({ playground, page }) => {
  await playground.getToken.waitFor()
  await open(page)
  await start(page)
  const [json, markdown, junit] = [
    await saved(page, 'JSON'),
    await saved(page, 'Markdown'),
    await saved(page, 'JUnit'),
  ]
  for (const text of [json, markdown, junit]) expect(text).not.toMatch(/practice-secret|eyJ/)
  expect(junit).toContain('<testsuites')

  const earlier = JSON.parse(json) as ReportFile
  const changed = {
    ...earlier,
    checks: earlier.checks.map((check) =>
      check.id === 'challenge' ? { ...check, verdict: 'deviates', found: '<b>none</b>' } : check,
    ),
  }
  await page.getByLabel('Compare with an earlier report (JSON)').setInputFiles({
    name: 'before<i>.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(changed)),
  })
  await expect(region(page)).toContainText('before<i>.json')
  await expect(region(page)).toContainText('challenge better: deviates → ok')
  await page.getByLabel('Compare with an earlier report (JSON)').setInputFiles({
    name: 'no.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"checks":1}'),
  })
  await expect(region(page)).toContainText('no report of a server test')
})

test('a test is stopped at once, and a second one does not begin meanwhile', async ({
  playground,
  page,
  faults,
}) => {
  let asked = 0
  const endpoint = faults.answer('/counted', () => {
    asked += 1
    return { headers: { 'Content-Type': 'application/json' }, body: token() }
  })
  await playground.connectTo(endpoint)
  await open(page)
  await region(page).getByRole('button', { name: 'Start the test' }).click()
  const stop = region(page).getByRole('button', { name: 'Stop' })
  await expect(stop).toBeVisible()
  await expect(region(page).getByRole('button', { name: 'Start the test' })).toHaveCount(0)
  await expect.poll(() => asked).toBeGreaterThan(2)
  await stop.click()
  await expect(region(page)).toContainText('The test was stopped.')
  const before = asked
  await expect(region(page).getByRole('button', { name: 'Go on' })).toBeVisible()
  expect(asked - before).toBeLessThanOrEqual(1)
})

test('the file for a pipeline has the connection, and a variable for the secret', async ({
  playground,
  page,
}) => {
  await playground.getToken.waitFor()
  await open(page)
  await region(page).getByText('Without a browser').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    region(page).getByRole('button', { name: 'Save the file' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(text).not.toContain('practice-secret')
  expect(JSON.parse(text)).toMatchObject({
    token_endpoint: 'https://practice.example/token',
    client: { client_id: 'practice-client', client_secret: '${CLIENT_SECRET}' },
  })
})

const token = () =>
  JSON.stringify({
    access_token: unsignedToken(
      '{"iss":"http://localhost","sub":"m2m","aud":"api","exp":4102444800,"iat":1700000000}',
    ),
    token_type: 'Bearer',
    expires_in: 3600,
  })
