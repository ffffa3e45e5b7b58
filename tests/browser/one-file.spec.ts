import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unsignedToken } from '../servers/fault-server.ts'
import { listenOnLoopback } from '../servers/loopback.ts'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

test.use({ isolated: true })

const file = join(import.meta.dirname, '../../dist/playground.html')

test('from disk, with no other file: the token, its signature, the API, History and Keys', async ({
  page,
  guard,
}) => {
  guard.allowOrigin('file:///')
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  const playground = new PlaygroundPage(page)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.verification.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(playground.token).toContainText('signature verified')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText('200 OK')
  await playground.openHistory()
  await page.keyboard.press('Escape')
  const keys = await playground.openKeys()
  await expect(keys).toContainText('Generate')
  expect(urls).toEqual([pathToFileURL(file).href])

  const place = page.getByRole('complementary', { name: 'Where this page runs' })
  await expect(place).toContainText('Servers see Origin: null')
  await expect(place).toContainText('Keys are not remembered')
})

test('its policy lets in nothing but itself, by hash, with Trusted Types', () => {
  const html = readFileSync(file, 'utf8')
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
    .exec(html)?.[1]
    ?.replaceAll('&#39;', "'")
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; connect-src https: http: wss:;/,
  )
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe|'self'/)
  expect(html).not.toMatch(/<(?!a )[^>]*\b(src|href)="(?!data:)/)
})

test('in the folder of a server of its own origin: no CORS is needed, none is asked for', async ({
  page,
  guard,
}) => {
  const asked: string[] = []
  const host = await listenOnLoopback()
  const answer = JSON.stringify({ access_token: unsignedToken('{"sub":"m2m"}'), token_type: 'Bearer' })
  host.serve((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    if (request.url === '/static/playground.html')
      return response.setHeader('Content-Type', 'text/html').end(readFileSync(file))
    return response.setHeader('Content-Type', 'application/json').end(answer)
  })
  guard.allowOrigin(host.origin)
  await page.goto(`${host.origin}/static/playground.html`)
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${host.origin}/token`, { method: 'client_secret_basic' })
  await expect(playground.request).not.toContainText('Preflight first')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.token).toContainText('m2m')
  expect(asked).toEqual(['GET /static/playground.html', 'POST /token'])
  await host.close()
})

test('in a frame that is sandboxed but for scripts it works, and says what that keeps from it', async ({
  page,
  guard,
}) => {
  const host = await listenOnLoopback()
  host.serve((request, response) => {
    response.setHeader('Content-Type', 'text/html')
    if (request.url === '/page') return response.end(readFileSync(file))
    return response.end('<iframe sandbox="allow-scripts" src="/page" width=1200 height=700></iframe>')
  })
  guard.allowOrigin(host.origin)
  await page.goto(host.origin)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Get token' }).click()
  await expect(frame.getByText('200 OK').first()).toBeVisible()
  await expect(frame.getByText('This page is in a sandboxed frame.')).toBeVisible()
  await host.close()
})

test('a policy of the server that forbids scripts of the document is what its notice names', async ({
  page,
  guard,
}) => {
  guard.allowConsole(/Content Security Policy/)
  const host = await listenOnLoopback()
  host.serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': "script-src 'self'" })
    response.end(readFileSync(file))
  })
  guard.allowOrigin(host.origin)
  await page.goto(host.origin)
  const notice = page.locator('#notice')
  await notice.evaluate((element) => {
    for (const animation of element.getAnimations()) animation.finish()
  })
  await expect(notice).toContainText('by a Content-Security-Policy of the server')
  await expect(page.locator('button.primary')).toBeDisabled()
  await host.close()
})
