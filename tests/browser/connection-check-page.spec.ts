import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  chromium,
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test'
import { findBrowsers, launchOf } from '../../scripts/browser.ts'
import { closedPort } from '../servers/sockets.ts'
import { startStaticHost, type StaticHost } from '../servers/static-host.ts'
import { PlaygroundPage } from './playground-page.ts'

/** What follows from where the page itself comes from, and from the browser it is in. */

interface Fixtures {
  /** Opens the page from a static host; by a name of its own, in a browser of its own. */
  open: (options: {
    readonly tls?: boolean
    readonly headers?: Readonly<Record<string, string>>
    /** The page’s own name, which leads to this machine; it counts as a public address. */
    readonly host?: string
    /** What the browser says it is. */
    readonly userAgent?: string
  }) => Promise<PlaygroundPage>
  /** A token endpoint that every page may use. */
  tokenEndpoint: string
}

/** A browser to which this machine has that name, and counts as a public address at that port. */
function fromOutside(host: string, port: number): Promise<Browser> {
  const found = findBrowsers()?.full
  return chromium.launch({
    ...(found && launchOf(found)),
    args: [
      '--disable-background-networking',
      `--host-resolver-rules=MAP ${host} 127.0.0.1, MAP *.example ~NOTFOUND`,
      `--ip-address-space-overrides=127.0.0.1:${port}=public`,
    ],
  })
}

const test = base.extend<Fixtures>({
  open: async ({ browser: shared }, use) => {
    const hosts: StaticHost[] = []
    const opened: (Browser | BrowserContext)[] = []
    await use(async ({ tls = false, headers = {}, host = 'localhost', userAgent }) => {
      const site = await startStaticHost({ tls, headers })
      hosts.push(site)
      const browser = host === 'localhost' ? shared : await fromOutside(host, site.port)
      const context = await browser.newContext({
        ignoreHTTPSErrors: tls,
        ...(userAgent !== undefined && { userAgent }),
      })
      opened.push(browser === shared ? context : browser)
      const page = await context.newPage()
      await page.goto(`${tls ? 'https' : 'http'}://${host}:${site.port}/`)
      return new PlaygroundPage(page)
    })
    await Promise.all([...opened, ...hosts].map((each) => each.close()))
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern.
  tokenEndpoint: async ({}, use) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Headers': 'authorization',
      })
      response.end('{"access_token":"opaque","token_type":"Bearer"}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`)
    server.close()
    server.closeAllConnections()
  },
})

const check = (page: Page) => page.getByRole('region', { name: 'Connection check', exact: true })

async function expectFirst(page: Page, title: string | RegExp, certainty: 'certain' | 'likely') {
  await expect(check(page).getByRole('status')).toContainText('Checked', { timeout: 15_000 })
  const first = check(page).getByRole('list', { name: 'Causes' }).getByRole('article').first()
  await expect(first.getByRole('heading', { level: 4 })).toHaveText(title)
  await expect(first.getByText(/^(certain|likely)$/).first()).toHaveText(certainty)
}

/** Decides as the user would at the prompt. */
async function decide(page: Page, setting: 'granted' | 'denied'): Promise<void> {
  const { targetInfo } = await (await page.context().newCDPSession(page)).send('Target.getTargetInfo')
  const session = await page.context().browser()?.newBrowserCDPSession()
  await session?.send('Browser.setPermission', {
    permission: { name: 'loopback-network' },
    setting,
    origin: new URL(page.url()).origin,
    ...(targetInfo.browserContextId !== undefined && { browserContextId: targetInfo.browserContextId }),
  })
}

// In WebKitGTK itself: npm run test:webkit
test('made with WebKit, a browser is said to send nothing from https: to http://localhost, before and after', async ({
  open,
}) => {
  const playground = await open({
    tls: true,
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  })
  const { page, connection } = playground
  const remarks = connection.getByRole('list', { name: 'Before sending' })
  const endpoint = `http://localhost:${await closedPort()}/token`
  await playground.connectTo(endpoint.replace('http:', 'https:'))
  await expect(playground.rawRequest).toContainText('POST /token')
  await expect(remarks).toHaveCount(0)
  await playground.field('Token endpoint').fill(endpoint)
  await expect(remarks).toContainText(`sends nothing from a page of https: to ${new URL(endpoint).origin}`)
  await playground.getToken.click()
  await expectFirst(page, `This browser lets no page of https: call ${new URL(endpoint).origin}`, 'likely')
  await expect(check(page)).toContainText('they let a page of https: call this machine')
  await expect(check(page)).not.toContainText('Permission')
  await remarks.getByRole('button', { name: 'Or change http: to https:' }).click()
  await expect(playground.field('Token endpoint')).toHaveValue(endpoint.replace('http:', 'https:'))
  await expect(remarks).toHaveCount(0)
})

test.describe('Local Network Access', { tag: '@full' }, () => {
  test('is explained before the prompt, and granted it is not mentioned', async ({ open, tokenEndpoint }) => {
    const playground = await open({ tls: true, host: 'playground.example' })
    const notice = playground.page.getByRole('complementary', { name: 'Local network' })
    await expect(notice).toHaveCount(0)
    await playground.connectTo(tokenEndpoint)
    await expect(notice).toContainText('Your browser will ask before it sends.')
    await expect(notice).toContainText('npm start')

    await decide(playground.page, 'granted')
    await expect(notice).toHaveCount(0)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
  })

  test('denied: named, and once it is allowed the check sees it by itself', async ({
    open,
    tokenEndpoint,
  }) => {
    const playground = await open({ tls: true, host: 'playground.example' })
    await decide(playground.page, 'denied')
    await playground.connectTo(tokenEndpoint)
    await expect(playground.page.getByRole('complementary', { name: 'Local network' })).toContainText(
      'keeps this page away from this machine itself',
    )
    await playground.getToken.click()
    await expectFirst(playground.page, 'The browser keeps this page away from the local network', 'likely')
    await expect(check(playground.page)).toContainText('npm start')

    await decide(playground.page, 'granted')
    await expect(check(playground.page).getByRole('article').first()).not.toContainText(
      'keeps this page away',
    )
    await check(playground.page)
      .getByText(/^Observed/)
      .first()
      .click()
    await expect(check(playground.page).getByRole('list', { name: 'Observed' }).first()).toContainText(
      'got 200',
    )
  })

  test('a page of http: from elsewhere is not even asked for', async ({ open, tokenEndpoint }) => {
    const playground = await open({ host: 'playground.example' })
    await playground.connectTo(tokenEndpoint)
    await expect(playground.page.getByRole('complementary', { name: 'Local network' })).toContainText(
      'will not let this page reach this machine itself',
    )
    await playground.getToken.click()
    await expectFirst(playground.page, 'A page of http: may not call the local network', 'likely')
  })

  test('a local page is not bothered with it', async ({ open, tokenEndpoint }) => {
    const playground = await open({})
    await playground.connectTo(tokenEndpoint)
    await expect(playground.getToken).toBeEnabled()
    await expect(playground.page.getByRole('complementary', { name: 'Local network' })).toHaveCount(0)
  })
})

test('mixed content: a page of https: and a server of http:', { tag: '@full' }, async ({ open }) => {
  const playground = await open({ tls: true, host: 'playground.example' })
  await playground.connectTo('http://server.example/token')
  await playground.getToken.click()
  await expectFirst(playground.page, 'A page of https: may not call http:', 'certain')
  await expect(check(playground.page).getByRole('status')).toContainText('no probe would tell more')
  await check(playground.page).getByRole('button', { name: 'Change http: to https:' }).click()
  await expect(playground.field('Token endpoint')).toHaveValue('https://server.example/token')
})

test(
  'the policy of a hosting copy: the directive is named',
  { tag: '@full' },
  async ({ open, tokenEndpoint }) => {
    const playground = await open({ headers: { 'Content-Security-Policy': "connect-src 'self'" } })
    await playground.connectTo(tokenEndpoint)
    await playground.getToken.click()
    await expectFirst(playground.page, 'This page’s own policy forbids the request', 'certain')
    await expect(check(playground.page)).toContainText('connect-src')
  },
)

test('offline', { tag: '@full' }, async ({ open, tokenEndpoint }) => {
  const playground = await open({})
  await playground.connectTo(tokenEndpoint)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.page.context().setOffline(true)
  await playground.getToken.click()
  await expectFirst(playground.page, 'This browser is offline', 'likely')
})

test('an origin of null: no list can hold it', { tag: '@full' }, async ({ open }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': 'http://localhost:4290' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const playground = await open({
    headers: {
      'Content-Security-Policy': 'sandbox allow-scripts allow-forms',
      // Scripts of a page without an origin are asked for with CORS.
      'Access-Control-Allow-Origin': '*',
    },
  })
  await playground.connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`)
  await playground.getToken.click()
  await expectFirst(playground.page, 'This page’s origin is “null”', 'likely')
  server.close()
  server.closeAllConnections()
})
