import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const dist = join(import.meta.dirname, '../../dist')
const assets = readdirSync(join(dist, 'assets')).filter((name) => !/\.(?:br|gz)$/.test(name))

/** A file of the built page by the name of its part. */
const part = (name: string): RegExp => new RegExp(`/assets/${name}-`)

/** What is shown if a part is missing. */
const missing = 'A part of this page did not load. Reload the page: a newer version may be there.'

/** The files that the page asked for by now; the icon is the browser's own wish. */
function filesOf(page: Page): string[] {
  const files: string[] = []
  page.on('request', (request) => {
    const file = new URL(request.url()).pathname.slice(1) || 'index.html'
    if (file !== 'favicon.svg' && file !== 'playground.json') files.push(file)
  })
  return files
}

/** Every panel is there: the last come with the script of the response. */
async function isWhole(page: Page): Promise<void> {
  await expect(page.getByText('No response yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Call API' })).toBeVisible()
}

const brotli = (file: string): number => brotliCompressSync(readFileSync(join(dist, file))).length

test('form and request are in the HTML, at most 8 KiB by Brotli, and do nothing wrong', async ({ page }) => {
  await page.route(/assets/, () => undefined)
  await page.goto('.', { waitUntil: 'commit' })
  await expect(page.getByLabel('Scope')).toHaveValue('read')
  const request = page.locator('#request')
  await expect(request).toContainText('POST /token HTTP/1.1')
  await expect(request).toContainText('scope=read&grant_type=client_credentials')
  await expect(request).not.toContainText('practice-secret')
  // Nothing there responds yet.
  await expect(page.locator('.meanwhile')).toHaveAttribute('inert')
  await expect(page.getByRole('button', { name: 'Get token' })).toBeDisabled()
  expect(brotli('index.html')).toBeLessThanOrEqual(8 * 1024)
})

test('the request of the HTML gives way to that of stored settings', async ({ page }) => {
  await page.goto('.', { waitUntil: 'networkidle' })
  await page.getByLabel('Scope').fill('stored')
  await expect(page.locator('#request')).toContainText('scope=stored')
  await page.route(/assets\/(?!index-)/, () => undefined)
  await page.reload({ waitUntil: 'commit' })
  await expect(page.getByLabel('Scope')).toHaveValue('stored')
  await expect(page.locator('#request')).not.toContainText('POST')
})

test('the form works with two files, at most 42 KiB by Brotli', async ({ page }) => {
  const files = filesOf(page)
  // What comes later never comes here.
  await page.route(/assets\/(?!index-)/, () => undefined)
  await page.goto('.', { waitUntil: 'commit' })
  // The form is in the HTML; that it responds shows that the script is there.
  await page.getByLabel('Client ID').fill('')
  await expect(page.getByRole('button', { name: 'Get token' })).toBeDisabled()
  await page.getByLabel('Client ID').fill('mine')
  await expect(page.getByRole('button', { name: 'Get token' })).toBeEnabled()
  const first = files.filter((file) => /^(index\.html|assets\/index-.*)$/.test(file))
  expect(first).toHaveLength(2)
  expect(first.map(brotli).reduce((sum, size) => sum + size)).toBeLessThanOrEqual(42 * 1024)
})

test('at most six files are fetched ahead, each worth a request', async ({ page }) => {
  const files = filesOf(page)
  await page.goto('.', { waitUntil: 'networkidle' })
  await isWhole(page)
  expect(
    files.filter((file) => !/^(index\.html|assets\/index-.*\.js)$/.test(file)).length,
  ).toBeLessThanOrEqual(6)
  for (const file of files) expect(readFileSync(join(dist, file)).length, file).toBeGreaterThan(1000)
})

test('a drawer that is asked for before it is loaded opens once it is', async ({ page }) => {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(/assets\/(?!index-)/, async (route) => {
    await released
    await route.continue()
  })
  await page.goto('.', { waitUntil: 'commit' })
  await page.getByLabel('Client ID').fill('')
  await expect(page.getByRole('button', { name: 'Get token' })).toBeDisabled()
  await page.getByRole('button', { name: 'Lessons' }).click()
  release()
  await expect(page.getByRole('region', { name: 'Lessons' }).getByRole('listitem')).toHaveCount(16)
})

test('the name of each file begins with a letter', () => {
  for (const name of assets) expect(name).toMatch(/^[a-z]+-[\w-]+\.(js|css)$/)
})

for (const [width, height] of [
  [390, 844],
  [800, 1000],
  [1280, 1000],
  [1800, 1000],
] as const) {
  test(`nothing jumps while the parts come, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.addInitScript(() => {
      const moved: string[] = []
      new PerformanceObserver((list) => {
        const shifts = list.getEntries() as (PerformanceEntry & { sources: { node: Element | null }[] })[]
        moved.push(...shifts.flatMap(({ sources }) => sources.map(({ node }) => node?.outerHTML ?? 'text')))
      }).observe({ type: 'layout-shift', buffered: true })
      Object.assign(globalThis, { moved })
    })
    // So late that what was there before has been painted.
    await page.route(/assets\/(?!index-)/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.goto('.', { waitUntil: 'networkidle' })
    await isWhole(page)
    expect(await page.evaluate(() => (globalThis as { moved?: string[] }).moved)).toEqual([])
  })
}

test.describe('with nothing in the cache', () => {
  test.use({ isolated: true })

  test('the first token comes without a network, once the page has loaded', async ({
    page,
    playground,
    context,
  }) => {
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await expect(playground.token).toContainText('JWT')
  })
})

test('a practice server that did not load is no outcome of a request', async ({ page, guard }) => {
  guard.allowConsole(/ERR_FAILED|Failed to load/)
  await page.route(part('practice'), (route) => route.abort())
  await page.goto('.', { waitUntil: 'networkidle' })
  await page.getByLabel('Scope').fill('write')
  await page.getByRole('button', { name: 'Get token' }).click()
  await expect(page.getByRole('alert')).toContainText(missing)
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await expect(page.getByLabel('Scope')).toHaveValue('write')
  await expect(page.getByText('No response yet')).toBeVisible()

  // The connection is back.
  await page.unroute(part('practice'))
  await page.getByRole('alert').getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByLabel('Scope')).toHaveValue('write')
  await page.getByRole('button', { name: 'Get token' }).click()
  await expect(page.getByText('200 OK').first()).toBeVisible()
})

for (const { name, where } of [
  { name: 'request', where: 'Request' },
  { name: 'response', where: 'Token' },
]) {
  test(`a page without its ${name} script says so in ${where}`, async ({ page, guard }) => {
    guard.allowConsole(/ERR_FAILED|Failed to load/)
    await page.route(part(name), (route) => route.abort())
    await page.goto('.', { waitUntil: 'networkidle' })
    await expect(page.getByRole('region', { name: where, exact: true })).toContainText(missing)
  })
}

test('a drawer whose script did not load says so', async ({ page, guard }) => {
  guard.allowConsole(/ERR_FAILED|Failed to load/)
  await page.route(part('keys'), (route) => route.abort())
  await page.goto('.', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Keys 0' }).click()
  await expect(page.getByRole('alert')).toContainText(missing)
})

test('a reload is one press where a part is missing, says what it loses, and keeps the form', async ({
  page,
  guard,
}) => {
  guard.allowConsole(/ERR_FAILED|Failed to load/)
  await page.route(part('keys'), (route) => route.abort())
  await page.goto('.', { waitUntil: 'networkidle' })
  await page.getByLabel('Scope').fill('write')
  await page.getByRole('button', { name: 'Keys 0' }).click()
  await expect(page.getByRole('alert')).toContainText(
    'It forgets secrets, tokens, the API call, History, and keys that are not remembered.',
  )
  await page.unroute(part('keys'))
  await page.getByRole('alert').getByRole('button', { name: 'Reload' }).press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByLabel('Scope')).toHaveValue('write')
  await page.getByRole('button', { name: 'Keys 0' }).click()
  await expect(page.getByRole('region', { name: 'Keys' })).toContainText('Generate a key')
})

test.describe('before its script is there', () => {
  test('the page shows its form; what is typed and focused then stays, and Get token waits', async ({
    page,
  }) => {
    let release: () => void = () => undefined
    const wanted = new Promise<void>((resolve) => (release = resolve))
    await page.route(/assets\/index-[\w-]+\.js/, async (route) => {
      await wanted
      await route.continue()
    })
    await page.goto('.', { waitUntil: 'commit' })
    const scope = page.getByLabel('Scope', { exact: true })
    await expect(scope).toHaveValue('read')
    await expect(page.getByRole('region', { name: 'Connection' })).toBeVisible()
    const { url, background } = await page.evaluate(() => ({
      url: location.href,
      background: getComputedStyle(document.querySelector('#connection') ?? document.body).backgroundColor,
    }))
    expect(background).not.toBe('rgba(0, 0, 0, 0)')
    await page.getByLabel('Client ID', { exact: true }).fill('typed-early')
    await page.getByLabel('Client authentication').selectOption('client_secret_post')
    await scope.fill('read write')
    const getToken = page.getByRole('button', { name: 'Get token' })
    await expect(getToken).toBeDisabled()
    await scope.press('Enter')
    await scope.selectText()
    expect(page.url()).toBe(url)

    release()
    const request = page.getByLabel('Raw request', { exact: true })
    await expect(request).toContainText('client_id=typed-early')
    await expect(getToken).toBeEnabled()
    await expect(request).toContainText('scope=read+write')
    await expect(page.getByLabel('Client authentication')).toHaveValue('client_secret_post')
    await expect(scope).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(scope).toHaveValue('')
    await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  })
})

test('after Back, the form and the request agree', async ({ playground, page, site }) => {
  await playground.connect({ scope: 'write', method: 'client_secret_post' })
  await expect(playground.rawRequest).toContainText('scope=write')
  await page.goto(`${site}favicon.svg`)
  await page.goBack()
  await expect(playground.field('Scope')).toHaveValue('write')
  await expect(playground.rawRequest).toContainText('scope=write')
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
  await expect(playground.rawRequest).toContainText('client_id=practice-client')
})
