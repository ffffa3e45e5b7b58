import { build } from 'vite'
import { root } from './checks/command.ts'
import { faultsInChromium } from './faults/in-chromium.ts'
import { faultsInFirefox } from './faults/in-firefox.ts'
import { faultsInWebKit } from './faults/in-webkit.ts'

const browsers = { chromium: faultsInChromium, firefox: faultsInFirefox, webkit: faultsInWebKit }

/** Without a name, those that can be installed by this script. */
const byDefault = ['chromium', 'firefox']

/** `npm run test:faults [chromium|firefox|webkit [PART OF A NAME]]`: the connection check with every fault there is. */
export default async function testFaults([browser, part = '']: string[]): Promise<void> {
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
