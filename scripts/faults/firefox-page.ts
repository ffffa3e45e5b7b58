import type { Page } from 'puppeteer-core'

/** Milliseconds, for one step. */
export const timeout = 20_000

/** Waits until there is a response of 200. */
export async function tokenIn(page: Page): Promise<void> {
  await textIn(page, 'Response', '*', '200 OK')
}

/** Once the check is over: its first cause, as it is shown. */
export async function firstCause(page: Page): Promise<{ title: string; certainty: string }> {
  await textIn(page, 'Connection check', '[role=status]', 'Checked ')
  const causes = await page.waitForSelector(named('Causes', 'list'), { timeout })
  if (!causes) throw new Error('There is no list of causes.')
  return causes.$eval('article', (article) => {
    const badge = Array.from(article.querySelectorAll('*'), ({ textContent }) => textContent.trim())
    return {
      title: article.querySelector('h4')?.textContent.trim() ?? '',
      certainty: badge.find((text) => text === 'certain' || text === 'likely') ?? 'without a certainty',
    }
  })
}

/** Waits until there is such a text in the region, looked up anew each time: what is loaded late replaces what was there. */
async function textIn(page: Page, region: string, selector: string, text: string): Promise<void> {
  const isThere = (region: string, selector: string, text: string): boolean =>
    Array.from(document.querySelectorAll('section')).some((section) => {
      const heading = document.getElementById(section.getAttribute('aria-labelledby') ?? '')
      const name = section.getAttribute('aria-label') ?? heading?.textContent.trim()
      const parts = Array.from(section.querySelectorAll(selector))
      return name === region && parts.some(({ textContent }) => textContent.includes(text))
    })
  await page.waitForFunction(isThere, { timeout }, region, selector, text)
}

/** The selector of what has that accessible name. */
export const named = (name: string, role: string) => `::-p-aria([name="${name}"][role="${role}"])`

/** Presses it in the middle of the window: puppeteer does not see that a bar at the edge covers what is in view. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.locator(named(name, 'button')).setTimeout(timeout)
  const element = await button.waitHandle()
  await element.evaluate((each) => {
    each.scrollIntoView({ block: 'center' })
  })
  await button.click()
}

export async function fill(page: Page, label: string, value: string): Promise<void> {
  await page
    .locator(await fieldNamed(page, label))
    .setTimeout(timeout)
    .fill(value)
}

export async function select(page: Page, label: string, value: string): Promise<void> {
  await page.select(await fieldNamed(page, label), value)
}

/** Found by its label: a field for a password has no role to be found by. */
async function fieldNamed(page: Page, wanted: string): Promise<string> {
  const id = await page.waitForFunction(
    (wanted) =>
      Array.from(document.querySelectorAll('label')).find(({ textContent }) => textContent.trim() === wanted)
        ?.htmlFor,
    { timeout },
    wanted,
  )
  return `[id="${await id.jsonValue()}"]`
}
