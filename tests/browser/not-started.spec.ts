import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FrameLocator, Page } from '@playwright/test'
import { neededFeatures, supportedBrowsers } from '../../scripts/supported.ts'
import { unsignedToken } from '../servers/fault-server.ts'
import { listenOnLoopback, type Handler, type Listener } from '../servers/loopback.ts'
import { test as base, expect } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const dist = join(import.meta.dirname, '../../dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Sends a file of dist/, or 404. */
const send = (path: string): Handler => {
  return (_request, response) => {
    try {
      const body = readFileSync(join(dist, path))
      return response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/plain' }).end(body)
    } catch {
      return response.writeHead(404).end()
    }
  }
}

const pathOf = (url = '/'): string => url.replace(/[?#].*/, '')

const test = base.extend<{ serve: (handler: Handler) => Promise<Listener> }>({
  serve: async ({ guard }, use) => {
    const listeners: Listener[] = []
    await use(async (handler) => {
      const listener = await listenOnLoopback()
      listener.serve(handler)
      listeners.push(listener)
      guard.allowOrigin(listener.origin)
      return listener
    })
    await Promise.all(listeners.map((listener) => listener.close()))
  },
})

test.use({ isolated: true })

/** The notice is over the form, says that alone, and Get token cannot be pressed, by mouse or by key. */
async function isSaid(page: Page | FrameLocator, words: string | RegExp): Promise<void> {
  const notice = page.getByRole('alert')
  await expect(notice).toBeVisible()
  await expect(notice.getByRole('heading')).toHaveText('This page has not started')
  await expect(notice.getByRole('listitem')).toHaveText([words])
  const button = page.locator('button.primary', { hasText: 'Get token' })
  await expect(button).toBeDisabled()
  const pressed = await button.evaluate((element: HTMLButtonElement) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    element.scrollIntoView()
    const above = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1))
    let clicks = 0
    addEventListener('click', () => (clicks += 1))
    element.click()
    element.focus()
    return { covered: above !== element, clicks, focused: document.activeElement === element }
  })
  expect(pressed).toEqual({ covered: true, clicks: 0, focused: false })
}

const consoleOf404 = /Failed to load resource/

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`files that are gone after a redeploy are named, ${viewport.width} pixels wide`, async ({
    page,
    serve,
    guard,
  }) => {
    guard.allowConsole(consoleOf404)
    const host = await serve((request, response) => {
      const path = pathOf(request.url)
      return send(path === '/' ? 'index.html' : 'none')(request, response)
    })
    await page.setViewportSize(viewport)
    await page.goto(host.origin)
    await isSaid(page, /^http\S+\/assets\/index-\S+\.js did not load\. Reload the page: a newer version/)
  })
}

test('files that are there again come by one press', async ({ page, serve, guard }) => {
  guard.allowConsole(consoleOf404)
  let uploaded = false
  const host = await serve((request, response) => {
    const path = pathOf(request.url)
    return send(path === '/' ? 'index.html' : uploaded ? path : 'none')(request, response)
  })
  await page.goto(host.origin)
  await isSaid(page, /did not load/)
  uploaded = true
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Reload' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Get token' })).toBeEnabled()
})

test('a page from disk names the one that works there', async ({ page, guard }) => {
  guard.allowConsole(/CORS|ERR_FAILED|net::/)
  guard.allowOrigin('file:///')
  await page.goto(pathToFileURL(join(dist, 'index.html')).href)
  await isSaid(page, /^It was opened from disk/)
})

test('a sandboxed frame that runs scripts only is told what to add', async ({ page, serve, site, guard }) => {
  guard.allowConsole(/CORS|ERR_FAILED|net::/)
  const host = await serve((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    return response.end(`<iframe sandbox="allow-scripts" src="${site}" width=1200 height=700></iframe>`)
  })
  await page.goto(host.origin)
  await isSaid(page.frameLocator('iframe'), /sandboxed without allow-same-origin/)
})

test.describe('a browser without', () => {
  const ways: Readonly<Record<string, string>> = {
    'URL.canParse': 'delete URL.canParse',
    'Array.prototype.toSorted': 'delete Array.prototype.toSorted',
    popover: 'delete HTMLElement.prototype.popover',
    checkVisibility: 'delete Element.prototype.checkVisibility',
    ':has()': 'CSS.supports = () => false',
  }

  for (const feature of Object.keys(neededFeatures)) {
    test(`${feature} is told which ones work`, async ({ page, site }) => {
      const way = ways[feature]
      if (way === undefined) throw new Error(`No way is known to be without ${feature}.`)
      await page.addInitScript(way)
      await page.goto(site)
      await isSaid(page, `This browser is too old: it lacks ${feature}. Use ${supportedBrowsers}.`)
    })
  }
})

test('a script that stops while it takes over leaves the notice, with what it said', async ({
  page,
  site,
  guard,
}) => {
  guard.allowConsole(/no clone today/)
  await page.addInitScript(() => {
    Document.prototype.importNode = Node.prototype.cloneNode = () => {
      throw new Error('no clone today')
    }
  })
  await page.goto(site)
  await isSaid(page, /^Its script stopped: .*no clone today\.$/)
})

test('a script that was not let run is all that is said, after a while', async ({ page, serve, guard }) => {
  guard.allowConsole(/Content Security Policy/)
  const host = await serve((request, response) => {
    response.setHeader('Content-Security-Policy', "script-src 'none'")
    return send('index.html')(request, response)
  })
  await page.goto(host.origin)
  const notice = page.locator('#notice')
  await expect(notice).toBeHidden()
  // As it is 30 seconds later.
  await notice.evaluate((element) => {
    for (const animation of element.getAnimations()) animation.finish()
  })
  await expect(notice).toBeVisible()
  await expect(notice.getByRole('listitem').filter({ visible: true })).toHaveText([
    /^Its script did not run.* by a Content-Security-Policy of the server,/,
  ])
  await expect(page.locator('button.primary')).toBeDisabled()
})

for (const path of ['/a/sub/path', '/v1.2', '/a/sub/path?x=1#y']) {
  test(`at ${path} the page goes to the address with a slash`, async ({ page, serve, guard }) => {
    // The browser may have asked for the files already.
    guard.allowConsole(consoleOf404)
    const folder = pathOf(path)
    const host = await serve((request, response) => {
      const asked = pathOf(request.url)
      const file =
        asked === folder
          ? 'index.html'
          : asked.startsWith(`${folder}/`)
            ? asked.slice(folder.length + 1)
            : 'none'
      return send(file || 'index.html')(request, response)
    })
    await page.goto(host.origin + path)
    await page.getByRole('button', { name: 'Get token' }).click()
    await expect(page.getByText('200 OK').first()).toBeVisible()
    expect(page.url()).toBe(host.origin + path.replace(folder, `${folder}/`))
    await expect(page.getByRole('alert')).toBeHidden()
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  })
}

test('a host that removes the slash again is asked for it once', async ({ page, serve, guard }) => {
  guard.allowConsole(consoleOf404)
  let asked = 0
  const host = await serve((request, response) => {
    const path = pathOf(request.url)
    if (path === '/playground/') return response.writeHead(301, { Location: '/playground' }).end()
    if (path === '/playground') asked += 1
    return send(path === '/playground' ? 'index.html' : 'none')(request, response)
  })
  await page.goto(`${host.origin}/playground`)
  await isSaid(page, /did not load/)
  expect(asked).toBe(2)
})

for (const path of ['/a/index.html', '/a/index', '/a/']) {
  test(`at ${path} the page stays`, async ({ page, serve }) => {
    const host = await serve((request, response) => {
      const file = pathOf(request.url).replace('/a/', '')
      return send(file === '' || file === 'index' ? 'index.html' : file)(request, response)
    })
    await page.goto(host.origin + path)
    await page.getByRole('button', { name: 'Get token' }).click()
    await expect(page.getByText('200 OK').first()).toBeVisible()
    expect(page.url()).toBe(host.origin + path)
  })
}

test('in a frame that forbids forms Get token sends all the same, by click and by Enter', async ({
  page,
  serve,
  site,
}) => {
  const host = await serve((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    const sandbox = 'allow-scripts allow-same-origin'
    return response.end(`<iframe sandbox="${sandbox}" src="${site}" width=1200 height=700></iframe>`)
  })
  await page.goto(host.origin)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Get token' }).click()
  await expect(frame.getByRole('button', { name: 'History 1' })).toBeVisible()
  await frame.getByLabel('Scope', { exact: true }).press('Enter')
  await expect(frame.getByRole('button', { name: 'History 2' })).toBeVisible()
})

test('from plain http in a LAN the page says what is missing, and an own server with a secret works', async ({
  page,
  serve,
  guard,
}) => {
  const answer = JSON.stringify({ access_token: unsignedToken('{"sub":"m2m"}'), token_type: 'Bearer' })
  const host = await serve((request, response) => {
    const path = pathOf(request.url)
    if (path !== '/token') return send(path === '/' ? 'index.html' : path)(request, response)
    return response.setHeader('Content-Type', 'application/json').end(answer)
  })
  const origin = `http://lan.example:${host.port}`
  guard.allowOrigin(origin)
  await page.goto(origin)
  const place = page.getByRole('complementary', { name: 'Where this page runs' })
  await expect(place).toContainText('no WebCrypto: no keys, no signed assertions, no DPoP, no verification')
  await expect(place).toContainText('open this one there')
  await expect(place).toContainText(origin)
  const playground = new PlaygroundPage(page)
  await expect(playground.getToken).toBeDisabled()
  await playground.connectTo(`${origin}/token`)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.token).toContainText('JWT')
})
