import type { Browser, CDPSession, Page } from '@playwright/test'
import { openForm } from './form.ts'
import { kibibytes, longest, milliseconds, type Section } from './report.ts'

const count = 500
/** History lists a hundred until asked for more; from then on only what it holds may grow. */
const listed = 100

/** Five hundred requests in a row, each sent when the one before is on screen. */
export async function measureEndurance(browser: Browser, site: string, endpoint: string): Promise<Section> {
  const page = await openForm(browser, site, endpoint)
  const devtools = await page.context().newCDPSession(page)
  await press(page, 5)
  const before = await heap(devtools)
  const first = await press(page, listed)
  const between = await heap(devtools)
  const rest = await press(page, count - listed)
  const after = await heap(devtools)
  const messages = await page.evaluate(() => (probe.text('Raw request') + probe.text('Raw response')).length)
  await page.context().close()

  const time = first.time + rest.time
  const each = (bytes: number, exchanges: number) => `${(bytes / exchanges / 1024).toFixed(2)} KiB each`
  return {
    title: `${count} requests in a row`,
    rows: [
      [
        'in all, each shown before the next',
        `${(time / 1000).toFixed(1)} s (${milliseconds(time / count)} each)`,
      ],
      ['longest task', longest([[...first.longTasks, ...rest.longTasks]]), '50 ms'],
      ['heap before, after garbage collection', kibibytes(before.scripts)],
      ['heap after', kibibytes(after.scripts)],
      ['growth', each(after.scripts - before.scripts, count)],
      [
        `growth after the first ${listed}`,
        each(after.scripts - between.scripts, count - listed),
        'what History holds',
      ],
      ['an exchange as text, request and response', each(messages, 1)],
      ['growth of the browser’s side of the page', each(after.browser - between.browser, count - listed)],
    ],
  }
}

async function press(page: Page, count: number): Promise<{ time: number; longTasks: number[] }> {
  return page.evaluate(async (count) => {
    // Collecting garbage on command is a long task too, and not the page's.
    await probe.longTasks()
    const start = performance.now()
    for (let run = 0; run < count; run += 1) await probe.press()
    const time = performance.now() - start
    return { time, longTasks: await probe.longTasks() }
  }, count)
}

/** Bytes in use by scripts and their buffers; and by the document and what the browser notes about each request. */
async function heap(devtools: CDPSession): Promise<{ scripts: number; browser: number }> {
  for (let pass = 0; pass < 3; pass += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize, embedderHeapUsedSize } = await devtools.send('Runtime.getHeapUsage')
  return { scripts: usedSize + backingStorageSize, browser: embedderHeapUsedSize }
}
