import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listenOnLoopback } from '../servers/loopback.ts'
import { expect, test } from './fixtures.ts'

test.use({ isolated: true })

const dist = join(import.meta.dirname, '../../dist')
const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

test('dist/ works under any path of any static host', async ({ page, guard }) => {
  const host = await listenOnLoopback()
  const missed: string[] = []
  host.serve((request, response) => {
    const path = (request.url ?? '').replace(/^\/some\/deep\/path\//, '').replace(/\?.*/, '') || 'index.html'
    try {
      const body = readFileSync(join(dist, path))
      response.setHeader('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
      response.end(body)
    } catch {
      missed.push(path)
      response.writeHead(404).end()
    }
  })
  guard.allowOrigin(host.origin)
  await page.goto(`${host.origin}/some/deep/path/`)
  await page.getByRole('button', { name: 'Get token' }).click()
  await expect(page.getByText('200 OK').first()).toBeVisible()
  expect(missed).toEqual([])
  await host.close()
})

test('the policy forbids what the page never needs', async ({ page, playground, guard }) => {
  guard.allowConsole(/Content Security Policy|TrustedScript/)
  await expect(playground.getToken).toBeVisible()
  const outcome = await page.evaluate(async () => {
    const violated = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        resolve(effectiveDirective)
      })
    })
    const script = document.createElement('script')
    let refused = ''
    try {
      script.textContent = 'document.title = "ran"'
    } catch (error) {
      refused = String(error)
    }
    document.body.append(script)
    return { refused, violated: await violated, title: document.title }
  })
  expect(outcome.refused).toContain('TrustedScript')
  expect(outcome.title).toBe('Client Credentials Playground')
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toContain('unsafe')
  await expect(page.locator('meta[name="referrer"]')).toHaveAttribute('content', 'no-referrer')
})

test('dist/ names no other host to load from, and no local server', () => {
  const index = readFileSync(join(dist, 'index.html'), 'utf8')
  // A link leads somewhere when it is followed; all else would be loaded.
  expect(index).not.toMatch(/<(?!a )[^>]*\b(src|href)="(https?:)?\/\//)
  expect(index).not.toContain('local-authorization-server')
  for (const file of readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css)$/.test(name))) {
    const text = readFileSync(join(dist, 'assets', file), 'utf8')
    const loading = file.endsWith('.css') ? /@import|url\((?!data:)/ : /@import|importScripts|sendBeacon/
    expect(text, file).not.toMatch(loading)
  }
})

test('a referrer is never sent, nor cookies', async ({ playground, faults, context }) => {
  await context.addCookies([{ name: 'session', value: 'x', url: faults.origin }])
  await playground.connectTo(faults.url('/token'))
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const names = faults.requests.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))
  expect(names).not.toContain('referer')
  expect(names).not.toContain('cookie')
})
