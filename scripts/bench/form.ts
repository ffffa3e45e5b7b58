import type { Browser, Page } from '@playwright/test'
import { installProbe } from './probe.ts'

/** Opens the page, or the one-file page, and points it at a token endpoint, by the names both have. */
export async function openForm(browser: Browser, url: string, endpoint?: string): Promise<Page> {
  const context = await browser.newContext({
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 1000 },
  })
  const page = await context.newPage()
  await installProbe(page)
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.evaluate(() => probe.works)
  if (endpoint === undefined) return page

  const server = page.getByLabel('Server', { exact: true })
  if ((await server.count()) > 0) await server.selectOption('own')
  const fields = {
    'Token endpoint': endpoint,
    'Client ID': 'm2m',
    'Client secret': 'password',
    Scope: 'read',
  }
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  return page
}
