import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, type Page } from 'puppeteer-core'
import build from './build.ts'
import { root } from './checks/command.ts'
import { named, press, timeout, tokenIn } from './faults/firefox-page.ts'
import { ensureFirefox } from './faults/firefox.ts'

/**
 * `npm run test:one-file`: the page from disk in Firefox as people have it. `npm test` does the same in Chromium. Puppeteer turns
 * off the rule that keeps files from one another, so it is turned on again; that the folder does not start shows that it holds.
 */
export default async function testOneFile(): Promise<void> {
  const executablePath = ensureFirefox()
  await build(['site'])
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
  })
  const results: boolean[] = []
  const check = async (what: string, test: (page: Page) => Promise<unknown>): Promise<void> => {
    const page = await browser.newPage()
    const complaint = await test(page).then(
      () => null,
      (error: unknown) => String(error),
    )
    console.log(`${complaint === null ? '✓' : '✗'} ${what}${complaint === null ? '' : `\n    ${complaint}`}`)
    results.push(complaint === null)
    await page.close()
  }
  try {
    console.log(await browser.version())
    await check('the folder does not start, and names the file that does', async (page) => {
      await page.goto(pathToFileURL(join(root, 'dist/index.html')).href)
      await page.waitForFunction(
        () => document.getElementById('notice')?.textContent.includes('It was opened from disk'),
        { timeout },
      )
      await page.waitForSelector('#notice.shown', { visible: true, timeout })
    })
    await check('the one file gets a token, verifies it, and says what it lacks', async (page) => {
      await page.goto(pathToFileURL(join(root, 'dist/playground.html')).href)
      await press(page, 'Get token')
      await tokenIn(page)
      await press(page, 'Verify with the server’s keys')
      await page.waitForFunction(() => document.body.innerText.includes('signature verified'), { timeout })
      await page.waitForSelector(named('Where this page runs', 'complementary'), { timeout })
    })
  } finally {
    await browser.close()
  }
  const passed = results.filter(Boolean).length
  console.log(`\n${passed} passed, ${results.length - passed} failed`)
  process.exitCode = passed < results.length ? 1 : 0
}
