import { launch, type Page } from 'puppeteer-core'
import type { Result } from '../checks/report.ts'
import { connectionFaults } from '../../tests/servers/connection-faults.ts'
import { type DrivenPage, passes, resultOf, tryFaults } from './complaints.ts'
import { waitingForPermission } from './firefox-local-network.ts'
import { fill, firstCause, named, press, select, timeout, tokenIn } from './firefox-page.ts'
import { ensureFirefox } from './firefox.ts'
import { startSite, startStaticSite } from '../site.ts'

const waiting = 'the permission for the local network is not decided'

/**
 * Every fault, or those with that part in their name, through the built page in Firefox, which shows pages more than
 * Chromium does: the first cause, its certainty, and where the secret went.
 */
export async function faultsInFirefox(part: string): Promise<Result> {
  const executablePath = ensureFirefox()
  const site = await (process.env['TEST_WORKER'] === undefined ? startSite(0) : startStaticSite())
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
        const tried = await tryFaults(faults, 'firefox', site.origin, async (use) => {
          // A context of its own: nothing of the tests before it is remembered, not even a connection.
          const context = await browser.createBrowserContext()
          try {
            return await use(driven(await context.newPage()))
          } finally {
            await context.close()
          }
        })
        results.push(...tried)
      } finally {
        await browser.close()
      }
    }
    if (waiting.includes(part))
      results.push(await passes(waiting, () => waitingForPermission(executablePath)))
  } finally {
    await site.close()
  }
  return resultOf(results)
}

const driven = (page: Page): DrivenPage => ({
  open: async (url) => {
    await page.goto(url)
    if (process.env['TEST_WORKER'] !== undefined)
      await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', { timeout })
  },
  select: (label, value) => select(page, label, value),
  fill: (label, value) => fill(page, label, value),
  press: (button) => press(page, button),
  tokenIn: () => tokenIn(page),
  firstCause: () => firstCause(page),
  canPress: async (name) => {
    const button = await page.waitForSelector(named(name, 'button'), { timeout })
    return (await button?.evaluate((element) => element.getAttribute('aria-disabled'))) !== 'true'
  },
  gone: (name) => page.waitForSelector(named(name, 'button'), { hidden: true, timeout }),
})
