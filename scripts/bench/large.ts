import type { Browser } from '@playwright/test'
import { unsignedToken, type FaultServer } from '../../tests/servers/fault-server.ts'
import { openForm } from './form.ts'
import { distribution, longest, type Section } from './report.ts'

const runs = 5

/** A pasted token of a megabyte, and a response of ten. */
export async function measureLarge(browser: Browser, site: string, server: FaultServer): Promise<Section> {
  const token = await pasteToken(browser, site)
  const response = await receiveResponse(browser, site, server.url('/big?bytes=10000000'))
  return {
    title: 'Large ones',
    rows: [
      ['1 MB token, from paste to decoded payload shown', distribution(token.times)],
      ['... longest task', longest(token.tasks), '50 ms'],
      ['10 MB response, from click to shown', distribution(response.times)],
      ['... longest task', longest(response.tasks), '50 ms'],
    ],
  }
}

/** Many claims, as a token that grew has them; the last of them tells one run from the next. */
function largeToken(run: number): string {
  const claims = Array.from({ length: 17_000 }, (_, index) => [
    `claim_${index}`,
    `value ${index} of a long list`,
  ])
  return unsignedToken(JSON.stringify({ run, ...Object.fromEntries(claims) }))
}

async function pasteToken(browser: Browser, site: string) {
  const page = await openForm(browser, site)
  await page.getByText('Decode a token you have').click()
  const times: number[] = []
  const tasks: number[][] = []
  for (let run = 0; run <= runs; run += 1) {
    const options = { token: largeToken(run), run }
    const { time, longTasks } = await page.evaluate(async ({ token, run }) => {
      const box = document.querySelector<HTMLTextAreaElement>('[aria-label="Paste a token"]')
      if (!box) throw new Error('There is no box to paste a token into.')
      await probe.longTasks()
      await probe.nextFrame()
      box.value = token
      const start = performance.now()
      box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))
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
