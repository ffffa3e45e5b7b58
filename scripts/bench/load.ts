import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { installProbe } from './probe.ts'

export interface Conditions {
  /** Milliseconds from a request to its response. */
  readonly latency: number
  /** Bits a second. */
  readonly down: number
  readonly up: number
  /** How many times slower than this machine. */
  readonly cpu: number
}

export interface Transfer {
  readonly bytes: number
  readonly requests: number
}

export interface Load {
  /** Milliseconds until the form can be typed in. */
  readonly usable: number
  /** Milliseconds until the button works. */
  readonly works: number
  readonly longTasks: readonly number[]
  readonly largestPaint: number
  readonly shift: number
  /** Responses that had begun when the button worked, and the others. */
  readonly before: Transfer
  readonly after: Transfer
}

/** Opens the address in a new window with nothing cached, and waits until nothing more is loaded. */
export async function load(browser: Browser, url: string, conditions: Conditions): Promise<Load> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  // With each new window the browser first loads an interface of its own, which is not to be measured.
  await delay(1000)
  await installProbe(page)
  await limit(page, conditions)
  const responses = recordResponses(page)

  await page.goto(url, { waitUntil: 'networkidle' })
  const { usable, works, mountedAt } = await page.evaluate(async () => {
    const { mounted, painted } = await probe.works
    return { usable: await probe.usable, works: painted, mountedAt: performance.timeOrigin + mounted }
  })
  const longTasks = await page.evaluate(() => probe.longTasks())
  const vitals = await page.evaluate(() => probe.vitals())
  const all = await responses()
  await context.close()
  const sum = (some: typeof all): Transfer => ({
    bytes: some.reduce((total, { bytes }) => total + bytes, 0),
    requests: some.length,
  })
  return {
    usable,
    works,
    longTasks,
    ...vitals,
    before: sum(all.filter(({ begunAt }) => begunAt <= mountedAt)),
    after: sum(all.filter(({ begunAt }) => begunAt > mountedAt)),
  }
}

async function limit(page: Page, { latency, down, up, cpu }: Conditions): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const throughput = { downloadThroughput: down / 8, uploadThroughput: up / 8 }
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency, ...throughput })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
}

function recordResponses(page: Page) {
  const recorded: Promise<{ bytes: number; begunAt: number }>[] = []
  page.on('requestfinished', (request) => {
    const { startTime, responseStart } = request.timing()
    const record = async () => {
      const { responseHeadersSize, responseBodySize } = await request.sizes()
      return { bytes: responseHeadersSize + responseBodySize, begunAt: startTime + responseStart }
    }
    recorded.push(record())
  })
  return () => Promise.all(recorded)
}
