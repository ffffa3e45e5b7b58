import { launch, type Browser, type Page } from 'puppeteer-core'
import type { Result } from '../checks/report.ts'
import {
  connectionFaults,
  type ConnectionFault,
  type Expected,
  type Outcome,
} from '../../tests/servers/connection-faults.ts'
import type { RecordedRequest } from '../../tests/servers/fault-server.ts'
import { carriersOf, leaksOf } from '../../tests/servers/secret-traces.ts'
import { waitingForPermission } from './firefox-local-network.ts'
import { fill, firstCause, named, press, select, timeout, tokenIn } from './firefox-page.ts'
import { ensureFirefox } from './firefox.ts'
import { startSite } from '../site.ts'

type Method = keyof Expected

const secret = 's3cret+that must/not-leak'
const methods = ['client_secret_basic', 'client_secret_post'] as const
const waiting = 'the permission for the local network is not decided'
const postButton = 'Also try a POST without credentials'

/**
 * Every fault, or those with that part in their name, through the built page in Firefox, which shows pages more than
 * Chromium does: the first cause, its certainty, and where the secret went.
 */
export async function faultsInFirefox(part: string): Promise<Result> {
  const executablePath = ensureFirefox()
  const site = await startSite(0)
  const chosen = connectionFaults.filter(({ name }) => name.includes(part))
  const results: boolean[] = []
  try {
    for (const trusting of [false, true]) {
      const faults = chosen.filter((fault) => (fault.trusting ?? false) === trusting)
      if (faults.length === 0) continue
      const browser = await launch({
        browser: 'firefox',
        executablePath,
        headless: true,
        acceptInsecureCerts: trusting,
      })
      try {
        console.log(await browser.version())
        for (const fault of faults)
          for (const method of methods)
            results.push(
              await passes(`${fault.name}, ${method}`, () =>
                complaintsOf(browser, site.origin, fault, method),
              ),
            )
      } finally {
        await browser.close()
      }
    }
    if (waiting.includes(part))
      results.push(await passes(waiting, () => waitingForPermission(executablePath)))
  } finally {
    await site.close()
  }
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

/** One line for each. */
async function passes(name: string, test: () => Promise<readonly string[]>): Promise<boolean> {
  const start = performance.now()
  const complaints = await test().catch((error: unknown) => [String(error)])
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${complaints.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  for (const complaint of complaints) console.log(`    ${complaint}`)
  return complaints.length === 0
}

async function complaintsOf(
  browser: Browser,
  site: string,
  fault: ConnectionFault,
  method: Method,
): Promise<string[]> {
  const { endpoint, records, close } = await fault.start()
  // A context of its own: nothing of the tests before it is remembered, not even a connection.
  const context = await browser.createBrowserContext()
  try {
    const page = await context.newPage()
    await page.goto(site)
    await fillForm(page, endpoint, method, fault)
    if (fault.expected[method].firefox !== 'unsendable') await press(page, 'Get token')
    if (fault.worksOnce) {
      await tokenIn(page)
      await press(page, 'Get token')
    }
    const complaints = await differences(page, fault.expected[method].firefox)
    const probing = () => postsOf(records) - carriersOf(secret, records).length
    if (probing() > 0) complaints.push('a POST was tried, and nobody had asked for it')
    if (fault.afterPost) {
      await press(page, postButton)
      await page.waitForSelector(named(postButton, 'button'), { hidden: true, timeout })
      complaints.push(...(await differences(page, fault.afterPost[method].firefox)))
      if (probing() === 0) complaints.push('no POST was tried')
    }
    return [...complaints, ...leaksOf(secret, records, fault.worksOnce || fault.resent ? 2 : 1)]
  } finally {
    await context.close()
    await close()
  }
}

const postsOf = (records: readonly RecordedRequest[]): number =>
  records.filter(({ method }) => method === 'POST').length

async function fillForm(
  page: Page,
  endpoint: string,
  method: Method,
  { hangs }: ConnectionFault,
): Promise<void> {
  await select(page, 'Server', 'own')
  await select(page, 'Client authentication', method)
  await fill(page, 'Token endpoint', endpoint)
  await fill(page, 'Client ID', 'm2m')
  await fill(page, 'Client secret', secret)
  await fill(page, 'Timeout', hangs ? '1' : '20')
}

/** What the page says, if it is not what is expected. */
async function differences(page: Page, expected: Outcome): Promise<string[]> {
  if (expected === 'token') {
    await tokenIn(page)
    return []
  }
  if (expected === 'unsendable') {
    const button = await page.waitForSelector(named('Get token', 'button'), { timeout })
    const disabled = await button?.evaluate((element) => element.getAttribute('aria-disabled'))
    return disabled === 'true' ? [] : ['Get token can be pressed']
  }
  const { title, certainty } = await firstCause(page)
  const titles = [expected.title, ...(expected.or === undefined ? [] : [expected.or])]
  const right = titles.some((each) => (typeof each === 'string' ? title === each : each.test(title)))
  return [
    ...(right ? [] : [`the first cause is “${title}”, not ${titles.join(' or ')}`]),
    ...(certainty === expected.certainty ? [] : [`it is ${certainty}, not ${expected.certainty}`]),
  ]
}
