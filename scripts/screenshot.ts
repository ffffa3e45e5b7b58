import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { build } from 'vite'
import { PlaygroundPage } from '../tests/browser/playground-page.ts'
import { launchChromium } from './bench/chromium.ts'
import { startSite } from './site.ts'

const root = join(import.meta.dirname, '..')
const picture = join(root, 'docs/screenshot.png')

/** What the page can look like, in an order in which each leads to the next. */
const states: Readonly<Record<string, (playground: PlaygroundPage) => Promise<unknown>>> = {
  empty: ({ response }) => response.getByRole('list', { name: 'What will happen' }).waitFor(),
  token: getToken,
  history: (playground) => playground.openHistory(),
  refused: async (playground) => {
    await playground.page.keyboard.press('Escape')
    await playground.field('Client secret').fill('not the secret')
    await playground.getToken.click()
    await playground.response.getByText('401').first().waitFor()
  },
  unreachable: async (playground) => {
    // The tutorial's server, which is not running.
    await playground.choose('simpleidserver')
    await playground.getToken.click()
    await playground.response.getByText('No response', { exact: true }).waitFor()
  },
}

/**
 * `npm run screenshot [-- --all DIR]`: the picture of the README, from the built page and the practice server.
 * With `--all`, pictures of every state at every width in both themes instead, for looking at.
 */
export default async function screenshot(options: string[]): Promise<void> {
  const { values } = parseArgs({ args: options, options: { all: { type: 'string' } } })
  await build({ root, logLevel: 'warn' })
  const site = await startSite(0)
  const browser = await launchChromium()
  try {
    if (values.all === undefined) await pictureForReadme(browser, site.origin)
    else await pictureEverything(browser, site.origin, values.all)
  } finally {
    await Promise.all([browser.close(), site.close()])
  }
}

async function pictureForReadme(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url, 1280, 'light')
  const playground = new PlaygroundPage(page)
  await getToken(playground)
  mkdirSync(dirname(picture), { recursive: true })
  await page.screenshot({ path: picture })
  console.log(picture)
}

async function pictureEverything(browser: Browser, url: string, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true })
  for (const width of [390, 1280, 1920]) {
    for (const theme of ['light', 'dark'] as const) {
      const page = await open(browser, url, width, theme)
      const playground = new PlaygroundPage(page)
      for (const [state, reach] of Object.entries(states)) {
        await reach(playground)
        await page.screenshot({
          path: join(directory, `${width}-${theme}-${state}.png`),
          fullPage: state !== 'history',
        })
      }
      await page.context().close()
    }
  }
  console.log(directory)
}

/** By width, as screens have them. */
const heights: Readonly<Record<number, number>> = { 390: 844, 1280: 800, 1920: 1080 }

async function open(browser: Browser, url: string, width: number, theme: 'light' | 'dark'): Promise<Page> {
  const viewport = { width, height: heights[width] ?? 800 }
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  return page
}

async function getToken(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await playground.token.getByText('signature not checked').waitFor()
}
