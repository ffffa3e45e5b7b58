import { chromium } from '@playwright/test'
import { build } from 'vite'
import { ensureBrowsers } from './browser.ts'
import { root } from './checks/command.ts'
import { secretsOnDisk } from './disk/verdict.ts'
import { ensureFirefox } from './faults/firefox.ts'

const browsers = {
  chromium: () => ensureBrowsers().full.executablePath ?? chromium.executablePath(),
  firefox: ensureFirefox,
}

type Name = keyof typeof browsers

/** `npm run test:disk [chromium|firefox]`: what a browser has of secrets in its profile once it is closed. */
export default async function testDisk([browser]: string[]): Promise<void> {
  const chosen = (Object.keys(browsers) as Name[]).filter((name) => browser === undefined || browser === name)
  if (chosen.length === 0) throw new Error(`The browsers are: ${Object.keys(browsers).join(', ')}`)
  await build({ root, logLevel: 'warn' })
  const results = []
  for (const name of chosen) results.push(await passes(name))
  const failed = results.filter((passed) => !passed).length
  console.log(`\n${results.length - failed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

async function passes(name: Name): Promise<boolean> {
  const { notFound, leaked, places } = await secretsOnDisk(name, browsers[name]())
  const complaints = [
    ...notFound.map((what) => `the search did not find what is kept: ${what}`),
    ...leaked.map((what) => `on the disk: ${what}`),
  ]
  console.log(`${complaints.length === 0 ? '✓' : '✗'} ${name}: what is kept was found in ${places} places`)
  for (const complaint of complaints) console.log(`    ${complaint}`)
  return complaints.length === 0
}
