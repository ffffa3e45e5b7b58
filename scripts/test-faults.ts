import { build } from 'vite'
import { root } from './checks/command.ts'
import { faultsInChromium } from './faults/in-chromium.ts'
import { faultsInFirefox } from './faults/in-firefox.ts'
import { faultsInWebKit } from './faults/in-webkit.ts'

const browsers = { chromium: faultsInChromium, firefox: faultsInFirefox, webkit: faultsInWebKit }

/** Without a name, those that can be installed by this script. */
const byDefault = ['chromium', 'firefox']

/**
 * `npm run test:faults [chromium|firefox|webkit [PART OF A NAME]] [-- --worker]`: the connection check with every fault there
 * is; with the service worker of the page in control, if asked, as that may change what the browser shows of a request.
 */
export default async function testFaults(options: string[]): Promise<void> {
  const [browser, part = ''] = options.filter((option) => option !== '--worker')
  if (options.includes('--worker')) process.env['TEST_WORKER'] = 'yes'
  const chosen = Object.entries(browsers).filter(([name]) =>
    browser === undefined ? byDefault.includes(name) : browser === name,
  )
  if (chosen.length === 0) throw new Error(`The browsers are: ${Object.keys(browsers).join(', ')}`)
  await build({ root, logLevel: 'warn' })
  let passed = 0
  let failed = 0
  for (const [name, run] of chosen) {
    console.log(`\n=== ${name} ...`)
    const result = await run(part)
    passed += result.passed
    // A run without any test is none.
    failed += result.passed === 0 && result.failed === 0 ? 1 : result.failed
  }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
