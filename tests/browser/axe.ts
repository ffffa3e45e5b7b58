import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What differs in dark: colours alone. Of text, contrast of 4.5:1, or 7:1. */
const colours = {
  minimum: ['color-contrast', 'link-in-text-block'],
  enhanced: ['color-contrast-enhanced', 'link-in-text-block'],
} as const

/**
 * What axe finds wrong in either theme, of a page that follows the system; everything it knows is asked, best practices included.
 * @param contrast what text needs of it
 */
export async function violations(
  page: Page,
  contrast: 'minimum' | 'enhanced' = 'minimum',
): Promise<string[]> {
  await page.evaluate(axe)
  const all: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // What is still coming into view has not its colours yet.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    const options = {
      ...(colorScheme === 'dark' && { runOnly: { type: 'rule', values: colours[contrast] } }),
      rules: { 'color-contrast-enhanced': { enabled: contrast === 'enhanced' } },
      resultTypes: ['violations'],
    }
    const run = `axe.run(${JSON.stringify(options)})`
    const { violations: found } = await page.evaluate<AxeResults>(run)
    const htmlOf = (nodes: (typeof found)[number]['nodes']) => nodes.map(({ html }) => html.slice(0, 120))
    all.push(...found.map(({ id, nodes }) => `${colorScheme}: ${id}: ${htmlOf(nodes).join(' | ')}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return all
}
