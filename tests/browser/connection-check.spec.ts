import type { Locator } from '@playwright/test'
import {
  connectionFaults,
  faultsByCause,
  type ConnectionFault,
  type Expected,
  type Finding,
  type Outcome,
} from '../servers/connection-faults.ts'
import type { FaultyEndpoint } from '../servers/faulty-endpoint.ts'
import { carriersOf, leaksOf } from '../servers/secret-traces.ts'
import { expect, test as base } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

type Method = keyof Expected

const secret = 's3cret+that must/not-leak'
const methods = ['client_secret_basic', 'client_secret_post'] as const satisfies readonly Method[]
const postButton = { name: 'Also try a POST without credentials' }

/** Everywhere on this machine that a check of the endpoint may ask, and the port that no browser fetches from. */
function placesAround(endpoint: string): string[] {
  const { port, hostname } = new URL(endpoint)
  const hosts = [hostname, 'localhost', '127.0.0.1', '[::1]']
  const schemes = ['http:', 'https:', 'ws:', 'wss:']
  const around = hosts.flatMap((host) => schemes.map((scheme) => `${scheme}//${host}:${port}`))
  return [...around, 'http://localhost:6000']
}

// Nothing of the tests before may be remembered, not even a connection.
base.use({ isolated: true })

const test = base.extend<{ start: (fault: ConnectionFault) => Promise<FaultyEndpoint> }>({
  start: async ({ guard }, use) => {
    const started: FaultyEndpoint[] = []
    // What the browser says of a request that comes to nothing.
    guard.allowConsole(/net::ERR_|blocked by CORS policy|WebSocket connection to/)
    guard.allowConsole(/Failed to load resource/)
    await use(async (fault) => {
      const endpoint = await fault.start()
      started.push(endpoint)
      for (const place of placesAround(endpoint.endpoint)) guard.allowOrigin(place)
      if (endpoint.leadsTo !== undefined) guard.allowOrigin(endpoint.leadsTo)
      return endpoint
    })
    await Promise.all(started.map(({ close }) => close()))
  },
})

const faultNamed = (name: string): ConnectionFault => {
  const fault = connectionFaults.find((each) => each.name === name)
  if (!fault) throw new Error(`No fault is called ${name}`)
  return fault
}

const checkOf = ({ response }: PlaygroundPage): Locator =>
  response.getByRole('region', { name: 'Connection check', exact: true })

async function isOver(check: Locator): Promise<void> {
  await expect(check.getByRole('status')).toHaveText(/^\s*Checked/, { timeout: 15_000 })
}

async function expectOutcome(playground: PlaygroundPage, outcome: Outcome): Promise<void> {
  if (outcome === 'token') {
    await expect(playground.response).toContainText('200 OK')
    await expect(checkOf(playground)).toHaveCount(0)
    return
  }
  if (outcome === 'unsendable') {
    await expect(playground.getToken).toHaveAttribute('aria-disabled', 'true')
    await expect(playground.connection).toContainText('Browsers refuse to send to port 6000')
    return
  }
  await isOver(checkOf(playground))
  await expectFirst(checkOf(playground), outcome)
}

async function expectFirst(check: Locator, { title, certainty, or }: Finding): Promise<void> {
  const causes = check.getByRole('list', { name: 'Causes' }).getByRole('article')
  const titles = causes.getByRole('heading', { level: 4 })
  if (or === undefined) await expect(titles.first()).toHaveText(title)
  else {
    const either = titles.filter({ hasText: title }).or(titles.filter({ hasText: or }))
    await expect(either).toHaveCount(2)
    expect(await titles.first().textContent()).toBe(await either.first().textContent())
  }
  await expect(
    causes
      .first()
      .getByText(/^(certain|likely)$/)
      .first(),
  ).toHaveText(certainty)
}

async function fill(
  playground: PlaygroundPage,
  endpoint: string,
  method: Method,
  timeout = '20',
): Promise<void> {
  await playground.connectTo(endpoint, { method, secret })
  await playground.field('Timeout').fill(timeout)
}

/** One for each cause, or, for `npm run test:faults`, all. */
const all = process.env['TEST_FAULTS'] === 'all'
const faults = all ? connectionFaults : faultsByCause

/** If both methods lead to the same, one of them, by turns; for `npm run test:faults`, both. */
function methodsFor(fault: ConnectionFault): readonly Method[] {
  const { client_secret_basic, client_secret_post } = fault.expected
  if (all || client_secret_basic.chromium !== client_secret_post.chromium) return methods
  return [methods[faults.indexOf(fault) % 2 === 0 ? 0 : 1]]
}

for (const trusting of [false, true]) {
  test.describe(
    trusting ? 'where every certificate is trusted' : 'through the page',
    { tag: '@waits' },
    () => {
      test.use({ ignoreHTTPSErrors: trusting })
      for (const fault of faults.filter((each) => (each.trusting ?? false) === trusting)) {
        test(fault.name, async ({ page, site, playground, start }) => {
          for (const [index, method] of methodsFor(fault).entries()) {
            // Nothing that was found out with the first is on screen with the second.
            if (index > 0) await page.goto(site)
            const { endpoint, records } = await start(fault)
            await fill(playground, endpoint, method, fault.hangs ? '1' : '20')
            if (fault.expected[method].chromium !== 'unsendable') await playground.getToken.click()
            if (fault.worksOnce) {
              await expectOutcome(playground, 'token')
              await playground.getToken.click()
            }
            await expectOutcome(playground, fault.expected[method].chromium)
            const leaks = () => leaksOf(secret, records, fault.worksOnce || fault.resent ? 2 : 1)
            expect(leaks(), method).toEqual([])

            const posts = records.filter(({ method }) => method === 'POST').length
            expect(posts, 'no POST but the request itself').toBe(carriersOf(secret, records).length)
            if (!fault.afterPost) continue
            await checkOf(playground).getByRole('button', postButton).click()
            await expect(checkOf(playground).getByRole('button', postButton)).toHaveCount(0)
            await expectOutcome(playground, fault.afterPost[method].chromium)
            expect(
              records.filter(({ method }) => method === 'POST').length,
              'a POST was tried',
            ).toBeGreaterThan(posts)
            expect(leaks(), method).toEqual([])
          }
        })
      }
    },
  )
}

/** Checked beforehand, so that no response to the request itself can be missing. */
const beforehand = [
  ['nothing wrong', /^This page can reach localhost:\d+ and read its responses$/, 'likely'],
  ['no CORS at all', 'The server does not let this page read its responses', 'likely'],
] as const

for (const [name, title, certainty] of beforehand) {
  test(
    `Check connection sends nothing secret and no POST: ${name}`,
    { tag: '@waits' },
    async ({ page, playground, start }) => {
      const { endpoint, records } = await start(faultNamed(name))
      await fill(playground, endpoint, 'client_secret_basic')
      await playground.connection.getByRole('button', { name: 'Check connection' }).click()
      const check = page.getByRole('region', { name: 'Connection check', exact: true })
      await isOver(check)
      await expectFirst(check, { title, certainty })
      expect(records.length).toBeGreaterThan(0)
      expect(records.map(({ method }) => method)).not.toContain('POST')
      expect(carriersOf(secret, records)).toEqual([])
    },
  )
}

test('nothing is probed before it is asked for: not on load, not while typing', async ({
  page,
  playground,
  start,
}) => {
  const { endpoint, records } = await start(faultNamed('no CORS at all'))
  await fill(playground, endpoint, 'client_secret_basic')
  await page.reload({ waitUntil: 'networkidle' })
  await expect(playground.field('Token endpoint')).toHaveValue(endpoint)
  expect(records).toEqual([])
})

test('Cancel check stops', { tag: '@waits' }, async ({ playground, start }) => {
  const { endpoint, records } = await start(faultNamed('accepts and never responds'))
  await fill(playground, endpoint, 'client_secret_post', '1')
  await playground.getToken.click()
  const check = checkOf(playground)
  await expect(check.getByRole('status')).toHaveText(/^\s*Checking/)
  // The request, and the first probe.
  await expect.poll(() => records.length).toBe(2)
  await check.getByRole('button', { name: 'Cancel check' }).click()
  await expect(check.getByRole('button', { name: 'Cancel check' })).toHaveCount(0)
  await expect(check.getByRole('button', { name: 'Check again' })).toBeVisible()
  expect(records).toHaveLength(2)
})
