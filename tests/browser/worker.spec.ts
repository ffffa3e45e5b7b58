import type { Page } from '@playwright/test'
import { startSite } from '../../scripts/site.ts'
import { lessons } from '../../src/lib/lessons/built-in/lessons.ts'
import { built, firstToken, keptPaths, rebuilt, test } from './deployments.ts'
import { expect, workerInControl } from './fixtures.ts'
import { LessonPage } from './lesson-page.ts'
import { tutorialTurns } from './lesson-turns-tutorial.ts'
import { PlaygroundPage } from './playground-page.ts'

test.use({ isolated: true, serviceWorkers: 'allow' })

const newVersion = (page: Page) => page.getByRole('status').filter({ hasText: 'New version' })

test('after the first visit the page opens with the network cut, under a path: the first token, verified, the drawers, and lessons', async ({
  page,
  host,
}) => {
  const { page: address, asked, cut } = await host()
  await page.goto(address)
  await workerInControl(page)
  // The page first: the worker comes when nothing else is to come.
  const order = asked.map((name) => name.replace(/-.{8}\./, '.'))
  expect(order.indexOf('sw.js')).toBeGreaterThan(order.indexOf('assets/practice.js'))
  expect(order.indexOf('sw.js')).toBeGreaterThan(order.indexOf('assets/why.js'))
  await cut()
  for (const path of ['', 'index.html', '#request']) {
    await page.goto('about:blank')
    await page.goto(address + path)
    await firstToken(page)
  }
  const { verification, token } = new PlaygroundPage(page)
  await verification.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(token).toContainText('signature verified')
  const playground = new PlaygroundPage(page)
  await expect(await playground.openHistory()).toContainText('200')
  await page.keyboard.press('Escape')
  await expect(await playground.openKeys()).toContainText('Generate')
  await page.keyboard.press('Escape')
  const lab = new LessonPage(page)
  for (const [id, { solve }] of Object.entries(tutorialTurns)) {
    await lab.begin(lessons.find((lesson) => lesson.id === id)?.title ?? id)
    await solve(lab)
    await expect(lab.lesson.getByText('Solved', { exact: true })).toBeVisible()
  }
})

test('it keeps the files of the build alone, and sees to no other request', async ({
  page,
  host,
  faults,
}) => {
  const { page: address, origin, cut } = await host()
  await page.goto(address)
  await workerInControl(page)
  const kept = await keptPaths(page)
  const expected = [...built.keys()]
    .filter(
      (name) =>
        !/^(sw\.js|sbom\.cdx\.json|playground\.(html|json)|lessons(\.example)?\.json)$/.test(name) &&
        /\.(html|js|css|svg|png|json)$/.test(name),
    )
    .map((name) => `/tools/playground/${name === 'index.html' ? '' : name}`)
  expect(kept.sort()).toEqual(expected.sort())
  await cut()
  const tries = await page.evaluate(async (elsewhere) => {
    const reached = (url: string, init?: RequestInit) =>
      fetch(url, init).then(
        ({ ok }) => ok,
        () => false,
      )
    return {
      page: await reached('./'),
      icon: await reached('./favicon.svg'),
      query: await reached('./?x=1'),
      asset: await reached(`${document.querySelector<HTMLScriptElement>('script[src]')?.src ?? ''}?x=1`),
      post: await reached('./', { method: 'POST' }),
      other: await reached('./playground.html'),
      above: await reached('/'),
      elsewhere: await reached(elsewhere, { mode: 'no-cors' }),
    }
  }, faults.url('/token'))
  const no = { query: false, asset: false, post: false, other: false, above: false, elsewhere: false }
  expect(tries).toEqual({ page: true, icon: true, ...no })
  expect(faults.requests).toHaveLength(1)
  expect(origin).not.toBe(faults.origin)
})

test('after a redeploy the old tab works on and says so; a reload, by a click, brings the new version', async ({
  page,
  context,
  host,
}) => {
  const { page: address, deploy } = await host()
  await page.goto(address)
  await workerInControl(page)
  await page.getByLabel('Scope', { exact: true }).fill('write')
  deploy(rebuilt(built))
  const other = await context.newPage()
  await other.goto(address)
  await expect(other).toHaveTitle('Newer Client Credentials Playground')

  await expect(newVersion(page)).toBeVisible()
  await expect(page).toHaveTitle('Client Credentials Playground')
  await expect(page.getByLabel('Scope', { exact: true })).toHaveValue('write')
  // Files that are gone from the host, and that this tab asks for only now.
  const gone = await page.evaluate(
    async (names) => {
      const all = await Promise.all(names.map((name) => fetch(name)))
      return all.filter(({ ok }) => !ok).length
    },
    [...built.keys()].filter((name) => /^assets\/.*\.(?:js|css)$/.test(name)),
  )
  expect(gone).toBe(0)
  await firstToken(page)
  await expect(newVersion(other)).toBeHidden()

  // Whatever the width, it says what is lost, next to the exchanges, and nothing scrolls sideways.
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const loss = newVersion(page).getByText('forgets secrets, keys, tokens and History')
    await expect(loss).toHaveCSS('position', 'static')
    const { sideways, strip } = await page.evaluate(() => ({
      sideways: document.documentElement.scrollWidth - innerWidth,
      strip: document.querySelector('nav[aria-label="Exchanges"]')?.clientWidth ?? 0,
    }))
    expect(sideways).toBe(0)
    expect(strip).toBeGreaterThan(250)
  }
  await newVersion(page).getByRole('button', { name: 'Reload' }).click()
  await expect(page).toHaveTitle('Newer Client Credentials Playground')
  await expect(page.getByLabel('Scope', { exact: true })).toHaveValue('write')
  await expect(newVersion(page)).toBeHidden()
  await firstToken(page)
})

test('a tab that is reloaded gets the new version at once, and it opens without the network', async ({
  page,
  host,
}) => {
  const { page: address, deploy, cut } = await host()
  await page.goto(address)
  await workerInControl(page)
  deploy(rebuilt(built))
  await page.reload()
  await expect(page).toHaveTitle('Newer Client Credentials Playground')
  await expect
    .poll(async () => (await keptPaths(page)).filter((path) => path.includes('-New0')).length)
    .toBeGreaterThan(5)
  await workerInControl(page)
  await expect(newVersion(page)).toBeHidden()
  await cut()
  await page.reload()
  await expect(page).toHaveTitle('Newer Client Credentials Playground')
  await firstToken(page)
})

test('a tab to which the user returns after an hour looks for a new version', async ({ page, host }) => {
  await page.clock.install()
  const { page: address, deploy, asked } = await host()
  await page.goto(address)
  await workerInControl(page)
  deploy(rebuilt(built))
  const returned = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const before = asked.length
  await page.clock.fastForward('59:00')
  await returned()
  expect(asked).toHaveLength(before)
  await page.clock.fastForward('02:00')
  await returned()
  await expect(newVersion(page)).toBeVisible()
  expect(asked[before]).toBe('sw.js')
  await expect(page).toHaveTitle('Client Credentials Playground')
})

test('a page that the browser cached for an hour works after a redeploy, and says that there is a new one', async ({
  page,
  host,
}) => {
  const { page: address, deploy } = await host({ pageIsFresh: 'max-age=3600' })
  await page.goto(address)
  await workerInControl(page)
  deploy(rebuilt(built))
  await page.goto('about:blank')
  await page.goto(address)
  await expect(page).toHaveTitle('Client Credentials Playground')
  await firstToken(page)
  await newVersion(page).getByRole('button', { name: 'Reload' }).click()
  await expect(page).toHaveTitle('Newer Client Credentials Playground')
  await firstToken(page)
})

test('half a deployment is not kept: what is there before stays whole', async ({ page, host, guard }) => {
  guard.allowConsole(/digest|integrity|Failed to/)
  const { page: address, deploy, cut } = await host()
  await page.goto(address)
  await workerInControl(page)
  const kept = await keptPaths(page)
  const next = rebuilt(built)
  deploy(new Map([...built, ['sw.js', next.get('sw.js') ?? Buffer.of()]]))
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const worker = await registration.update().then(({ installing }) => installing)
    if (!worker) return 'none'
    return new Promise<string>((resolve) => {
      worker.addEventListener('statechange', () => {
        resolve(worker.state)
      })
    })
  })
  expect(state).toBe('redundant')
  expect(await keptPaths(page)).toEqual(kept)
  await cut()
  await page.reload()
  await firstToken(page)
})

test('a page that our program serves has no worker, and removes one that was left at its address', async ({
  page,
  host,
}) => {
  const { page: address, origin, cut } = await host({ paths: ['/'] })
  await page.goto(address)
  await workerInControl(page)
  await cut()
  const site = await startSite(Number(new URL(origin).port))
  expect(site.origin).toBe(origin)
  await page.reload()
  await expect
    .poll(() =>
      page.evaluate(async () => [
        (await navigator.serviceWorker.getRegistrations()).length,
        (await caches.keys()).length,
      ]),
    )
    .toEqual([0, 0])
  await firstToken(page)
  await site.close()
})

test('two copies at one origin keep their files apart', async ({ page, host }) => {
  const { origin, cut } = await host({ paths: ['/a/', '/a/b/'] })
  const addresses = [`${origin}/a/`, `${origin}/a/b/`]
  for (const address of addresses) {
    await page.goto(address)
    await workerInControl(page)
  }
  const scopes = (await page.evaluate(() => caches.keys())).map((name) => name.split(' ')[1])
  expect(scopes).toEqual(addresses)
  await cut()
  for (const address of addresses) {
    await page.goto('about:blank')
    await page.goto(address)
    await firstToken(page)
  }
})

test('the page can be installed: Chromium finds nothing missing @full', async ({ page, context, host }) => {
  const { page: address } = await host()
  await page.goto(address)
  await workerInControl(page)
  const session = await context.newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A window of a private profile, as every test has one, is what remains.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const { errors, data = '' } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const { icons } = JSON.parse(data) as { icons: readonly { src: string }[] }
  for (const { src } of icons)
    expect((await page.request.get(address + src.slice(2))).status(), src).toBe(200)
})
