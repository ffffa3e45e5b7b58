import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** In dark, the page differs in colours alone. */
const themes = [
  { colorScheme: 'light', options: {} },
  {
    colorScheme: 'dark',
    options: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
  },
] as const

/** What axe finds wrong in either theme, of a page that follows the system; everything it knows is asked, best practices included. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const all: string[] = []
  for (const { colorScheme, options } of themes) {
    await page.emulateMedia({ colorScheme })
    // What is still coming into view has not its colours yet.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    const run = `axe.run(${JSON.stringify({ ...options, resultTypes: ['violations'] })})`
    const { violations: found } = await page.evaluate<AxeResults>(run)
    const htmlOf = (nodes: (typeof found)[number]['nodes']) => nodes.map(({ html }) => html.slice(0, 120))
    all.push(...found.map(({ id, nodes }) => `${colorScheme}: ${id}: ${htmlOf(nodes).join(' | ')}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return all
}
