import type { Browser } from '@playwright/test'
import { unsignedToken, type FaultServer } from '../../tests/servers/fault-server.ts'
import { openForm } from './form.ts'
import { distribution, longest, type Section } from './report.ts'

const runs = 5

/** Pasted tokens of a hundred kilobytes and of a megabyte, and a response of ten. */
export async function measureLarge(browser: Browser, site: string, server: FaultServer): Promise<Section> {
  const common = await pasteToken(browser, site, 1_700)
  const token = await pasteToken(browser, site, 17_000)
  const response = await receiveResponse(browser, site, server.url('/big?bytes=10000000'))
  return {
    title: 'Large ones',
    rows: [
      ['100 kB token, from paste to decoded payload shown', distribution(common.times)],
      ['... longest task', longest(common.tasks), '50 ms'],
      ['1 MB token, from paste to decoded payload shown', distribution(token.times)],
      ['... longest task', longest(token.tasks), '50 ms'],
      ['10 MB response, from click to shown', distribution(response.times)],
      ['... longest task', longest(response.tasks), '50 ms'],
    ],
  }
}

/** Many claims, as a token that grew has them; the last of them tells one run from the next. */
function largeToken(run: number, count: number): string {
  const claims = Array.from({ length: count }, (_, index) => [
    `claim_${index}`,
    `value ${index} of a long list`,
  ])
  return unsignedToken(JSON.stringify({ run, ...Object.fromEntries(claims) }))
}

async function pasteToken(browser: Browser, site: string, claims: number) {
  const page = await openForm(browser, site)
  const times: number[] = []
  const tasks: number[][] = []
  for (let run = 0; run <= runs; run += 1) {
    const options = { token: largeToken(run, claims), run }
    const { time, longTasks } = await page.evaluate(async ({ token, run }) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', token)
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      await probe.longTasks()
      await probe.nextFrame()
      const start = performance.now()
      document.body.dispatchEvent(paste)
      await probe.when(() => probe.text('Decoded payload as JSON').includes(`"run": ${run},`))
      const time = (await probe.nextFrame()) - start
      return { time, longTasks: await probe.longTasks() }
    }, options)
    // The first is a warm-up.
    if (run === 0) continue
    times.push(time)
    tasks.push(longTasks)
  }
  await page.context().close()
  return { times, tasks }
}

async function receiveResponse(browser: Browser, site: string, endpoint: string) {
  const times: number[] = []
  const tasks: number[][] = []
  for (let run = 0; run < runs; run += 1) {
    const page = await openForm(browser, site, endpoint)
    const { time, longTasks } = await page.evaluate(async () => {
      await probe.longTasks()
      const start = performance.now()
      probe.button()?.click()
      await probe.when(() => document.querySelector('[aria-label="Raw response"]') !== null)
      const time = (await probe.nextFrame()) - start
      return { time, longTasks: await probe.longTasks() }
    })
    times.push(time)
    tasks.push(longTasks)
    await page.context().close()
  }
  return { times, tasks }
}
