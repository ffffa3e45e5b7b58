import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unsignedToken } from '../servers/fault-server.ts'
import { type McpImitation, startMcpImitation } from '../servers/mcp-imitation.ts'
import { startWireServer, type WireServer } from '../servers/wire-server.ts'
import { test as base, expect } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const root = join(import.meta.dirname, '../..')

const token = JSON.stringify({
  access_token: unsignedToken('{"iss":"http://127.0.0.1","sub":"m2m"}'),
  token_type: 'Bearer',
})
const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Hidden: no\r\nContent-Length: ${token.length}\r\n\r\n${token}`

/** HelseID’s test environment, and its Sample API. */
const helseId = ['https://helseid-sts.test.nhn.no', 'https://localhost:5081']

interface Started {
  /** A server that will never speak CORS. */
  readonly server: WireServer
  /** An MCP server whose CORS allows nothing. */
  readonly mcp: McpImitation
  /** The page of `npm start -- --relay`, which may reach it. */
  readonly url: string
  /** What it has printed. */
  readonly said: () => string
}

const test = base.extend<{ relayed: Started }, { started: Started }>({
  // Once for all tests here: it builds the page.
  started: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures that are wanted from the pattern.
    async ({}, use) => {
      const server = await startWireServer(answer)
      const mcp = await startMcpImitation({ modern: true, allows: '', exposes: '' })
      const origins = [server.origin, new URL(mcp.url).origin, ...helseId]
      const relays = origins.flatMap((origin) => ['--relay', origin])
      const options = ['scripts/run.mjs', 'start', '--port', '0', ...relays]
      const child = spawn(process.execPath, options, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
      const closed = once(child, 'close')
      let said = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
      await expect.poll(() => said, { timeout: 60_000 }).toContain('Ctrl+C')
      expect(said).toMatch(new RegExp(`Relay +${origins.join(', ')}\n`))
      await use({ server, mcp, url: /Page +(\S+)/.exec(said)?.[1] ?? '', said: () => said })
      child.kill('SIGTERM')
      await closed
      await server.close()
      await mcp.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  relayed: async ({ guard, started }, use) => {
    guard.allowOrigin(started.url)
    // The connection check tries other ways, too.
    for (const way of ['http://127.0.0.1', 'https://127.0.0.1', 'http://localhost', 'http://[::1]']) {
      guard.allowOrigin(`${way}:${started.server.port}`)
    }
    await use(started)
  },
})

test.describe.configure({ mode: 'serial' })
test.use({ isolated: true })

test('a server without CORS: unreadable directly, read through the relay, byte for byte', async ({
  page,
  relayed,
  guard,
}) => {
  const { server } = relayed
  guard.allowConsole(/CORS|Failed to load resource|net::ERR_/)
  await page.goto(relayed.url)
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${server.origin}/token?tenant=1`, { method: 'client_secret_basic' })
  await playground.showSecrets()
  const through = page.getByLabel('Send through the relay')
  await expect(through).not.toBeChecked()
  await expect(playground.request.getByText('Preflight first: authorization')).toBeVisible()
  await expect(playground.request.getByText('through the relay', { exact: true })).toBeHidden()

  await playground.getToken.click()
  await expect(playground.response).toContainText('No response')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeHidden()
  expect(server.received()).not.toContain('Basic')

  await through.check()
  await expect(playground.request.getByText('Preflight first: authorization')).toBeHidden()
  await expect(playground.request.getByText('through the relay', { exact: true })).toBeVisible()
  await expect(playground.rawRequest).not.toContainText(/Origin|Sec-Fetch|User-Agent/)
  await playground.getToken.click()

  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeVisible()
  await expect(playground.rawResponse).toContainText('X-Hidden: no')
  await expect(playground.response).toContainText('3 headers, as the server wrote them')
  await expect(playground.token).toContainText('m2m')

  const shown = await playground.rawRequest.textContent()
  expect(shown).toContain('authorization: Basic')
  const sent = server.received().replaceAll('\r\n', '\n')
  expect(sent.slice(sent.lastIndexOf('POST /token'))).toBe(shown)
  const added = playground.rawRequest.getByRole('group', { name: 'Added by the relay' })
  await expect(added.first()).toHaveText(/^host: 127\.0\.0\.1:\d+\nconnection: close\n$/)
  await expect(added.last()).toHaveText(/^content-length: \d+\n$/)

  await playground.field('API URL').fill(`${server.origin}/api`)
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawRequest).toContainText('GET /api')
  await expect(playground.rawResponse).toContainText('X-Hidden: no')
  expect(server.received()).toContain('GET /api HTTP/1.1\r\nhost: ')

  const history = await playground.openHistory()
  // The connection check may still be under way; what it tries stays the browser's.
  await expect(history.getByRole('listitem').filter({ hasText: 'through the relay' })).toContainText([
    'API',
    'Token request',
  ])
})

test('an MCP server without CORS: its tools are listed through the relay', async ({ page, relayed }) => {
  await page.goto(relayed.url)
  const playground = new PlaygroundPage(page)
  await playground.getToken.click()
  await expect(playground.token).toContainText('Decoded payload')
  await playground.field('API URL').fill(relayed.mcp.url)
  await playground.openMore()
  await page.getByLabel('Send through the relay').last().check()
  await page.getByRole('button', { name: 'Call as MCP client' }).first().click()
  await expect(page.getByRole('list', { name: 'Tools' }).first()).toContainText('größe')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeVisible()
  expect(relayed.mcp.requests.map(({ message }) => message?.method)).toEqual([
    'server/discover',
    'tools/list',
  ])
  expect(relayed.mcp.requests.every(({ headers }) => headers.origin === undefined)).toBe(true)
})

test('the connection check offers it if CORS is the cause, and one click sends through it', async ({
  page,
  relayed,
  guard,
}) => {
  const { server } = relayed
  guard.allowConsole(/CORS|Failed to load resource|net::ERR_/)
  await page.goto(relayed.url)
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${server.origin}/token`)
  await playground.getToken.click()
  const check = playground.response.getByRole('region', { name: 'Connection check', exact: true })
  await expect(check.getByRole('status')).toContainText('Checked', { timeout: 15_000 })
  await expect(check.getByRole('article').first()).toContainText('does not let this page read its responses')
  await check.getByRole('button', { name: 'Send it through the relay' }).click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Send through the relay')).toBeChecked()
})

test('HelseID and its Sample API go through it by one click', async ({ page, relayed }) => {
  await page.goto(relayed.url)
  const playground = new PlaygroundPage(page)
  await playground.choose('helseid')
  const through = page.getByLabel('Send through the relay')
  for (const origin of helseId) await expect(playground.connection).toContainText(origin)
  await through.check()
  await playground.openMore()
  await expect(through).toHaveCount(2)
  await expect(through.last()).toBeChecked()
  await through.last().uncheck()
  await expect(through.first()).not.toBeChecked()
})

test('only the page itself may ask, and nothing is chosen for it', async ({ page, relayed, guard }) => {
  const { server } = relayed
  const before = server.received()
  guard.allowConsole(/CORS|Failed to load resource|403/)
  const other = relayed.url.replace('localhost', '127.0.0.1')
  guard.allowOrigin(other)
  const ask = JSON.stringify({ method: 'GET', url: server.origin, headers: [], body: null })
  const ways = [
    { mode: 'cors', type: 'application/json' },
    { mode: 'no-cors', type: 'text/plain' },
  ] as const
  await page.goto(other)
  for (const { mode, type } of ways) {
    const result = await page.evaluate(
      ([url, body, mode, type]) =>
        fetch(url, { method: 'POST', mode, headers: { 'Content-Type': type }, body }).then(
          (response) => response.type,
          () => 'rejected',
        ),
      [`${relayed.url}relay`, ask, mode, type] as const,
    )
    expect(result).toBe('rejected')
  }
  await expect.poll(relayed.said).toMatch(/(Refused +relay: Origin has to be http:\/\/localhost:\d+.*\s+){2}/)
  expect(server.received()).toBe(before)

  // Under its own name it may, which shows that it was the name that was refused.
  const status = await page.evaluate(
    ([url, body]) =>
      fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then(
        (response) => response.status,
      ),
    [`${other}relay`, ask] as const,
  )
  expect(status).toBe(200)
  await page.reload()
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${server.origin}/token`)
  await expect(page.getByLabel('Send through the relay')).not.toBeChecked()
  await playground.field('Token endpoint').fill('https://elsewhere.example/token')
  await expect(page.getByLabel('Send through the relay')).toBeHidden()
})

test('the static site contains none of it', () => {
  const traces = [
    'Send through the relay',
    'Send it through the relay',
    '>through the relay<',
    'The relay refused',
    'Added by the relay',
  ]
  const found = (folder: string) => {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    return traces.filter((trace) => texts.some((text) => text.includes(trace)))
  }
  expect(found('dist')).toEqual([])
  // Built for the tests before.
  expect(found('.tmp/relay')).toEqual(traces)
})
