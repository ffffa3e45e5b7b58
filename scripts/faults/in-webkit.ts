import type { Result } from '../checks/report.ts'
import { connectionFaults } from '../../tests/servers/connection-faults.ts'
import { startSite } from '../site.ts'
import { startWebKit } from '../webkit/driver.ts'
import { WebKitPage } from '../webkit/page.ts'
import { type DrivenPage, resultOf, tryFaults } from './complaints.ts'

/**
 * Every fault, or those with that part in their name, through the built page in WebKitGTK. It shows a page no more than
 * Chromium does, so the same is expected.
 */
export async function faultsInWebKit(part: string): Promise<Result> {
  const webkit = await startWebKit()
  const results: boolean[] = []
  try {
    const site = await startSite(0)
    console.log(webkit.name)
    const chosen = connectionFaults.filter(({ name }) => name.includes(part))
    for (const trusting of [false, true]) {
      const faults = chosen.filter((fault) => (fault.trusting ?? false) === trusting)
      const tried = await tryFaults(faults, 'chromium', site.origin, async (use) => {
        await webkit.renew({ trusting })
        return use(driven(new WebKitPage(webkit)))
      })
      results.push(...tried)
    }
    await site.close()
  } finally {
    await webkit.close()
  }
  return resultOf(results)
}

const driven = (page: WebKitPage): DrivenPage => ({
  open: (url) => page.open(url),
  select: (label, value) => page.select(label, value),
  fill: (label, value) => page.fill(label, value),
  press: (button) => page.press(button),
  tokenIn: () => page.sees('200 OK', 'Response'),
  firstCause: async () => {
    await page.sees('Checked ', 'Connection check')
    const [title, badges] = (await page.ask(
      `const article = document.querySelector('[aria-label=Causes] article, [aria-label=Causes] li')
       return [clean(article?.querySelector('h4')?.textContent),
         [...(article?.querySelectorAll('*') ?? [])].map((one) => clean(one.textContent))]`,
    )) as [string, string[]]
    const certainty = badges.find((text) => text === 'certain' || text === 'likely') ?? 'without a certainty'
    return { title, certainty }
  },
  canPress: (button) => page.canPress(button),
  gone: (button) =>
    page.until(`end of “${button}”`, `return find('button', arguments[0], null) === undefined`, button),
})
