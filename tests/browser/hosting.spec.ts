import { createHash } from 'node:crypto'
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

test('dist/ lists whose code is in it, with each licence, and the hash of every file', () => {
  const bill = JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string
    components: { name: string; version: string; licenses: { license: { id: string } }[] }[]
  }
  expect(bill.bomFormat).toBe('CycloneDX')
  expect(bill).not.toHaveProperty('serialNumber')
  expect(bill).not.toHaveProperty('metadata')
  const names = bill.components.map(({ name }) => name)
  for (const name of ['oauth4webapi', 'jose', 'svelte', 'idb-keyval', '@peculiar/x509', 'vite'])
    expect(names).toContain(name)
  // The tests and the relay need it, the page does not.
  expect(names).not.toContain('undici')
  expect(names).not.toContain('oidc-provider')
  const licences = readFileSync(join(dist, 'third-party-licences.txt'), 'utf8')
  for (const { name, version, licenses } of bill.components)
    expect(licences).toContain(`${name} ${version} (${licenses[0]?.license.id ?? ''})`)

  const listed = readFileSync(join(dist, 'sha256sums.txt'), 'utf8').trimEnd().split('\n')
  const found = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(listed).toHaveLength(found.length - 1)
  for (const line of listed) {
    const [hash, file = ''] = line.split('  ')
    expect(
      createHash('sha256')
        .update(readFileSync(join(dist, file)))
        .digest('hex'),
      file,
    ).toBe(hash)
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
