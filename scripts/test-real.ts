import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { realServers, stopReal, type RealName } from '../tests/real/real-server.ts'
import { ensureBrowsers } from './browser.ts'
import { command, root } from './checks/command.ts'
import { readPlaywright, type Result } from './checks/report.ts'

const known = Object.keys(realServers) as RealName[]

/**
 * `npm run test:real NAME... [-- --grep WORDS]`: the page with real servers, one after the other. Each is started, and
 * stopped at its end. One that does not start has failed; those that were not named are listed as not run.
 */
export default async function testReal(options: string[]): Promise<void> {
  const grep = options.indexOf('--grep')
  const names = grep < 0 ? options : options.slice(0, grep)
  const forPlaywright = grep < 0 ? [] : options.slice(grep)
  const chosen = known.filter((name) => names.includes('all') || names.includes(name))
  const unknown = names.filter((name) => name !== 'all' && !known.some((each) => each === name))
  if (unknown.length > 0 || chosen.length === 0)
    throw new Error(`usage: npm run test:real NAME... | all\nThe servers are: ${known.join(', ')}`)

  ensureBrowsers()
  await build({ root, logLevel: 'warn' })
  const results: (Result & { readonly name: RealName; readonly seconds: number })[] = []
  for (const name of chosen) {
    console.log(`\n=== ${name} ...`)
    const start = performance.now()
    const result = await tested(name, forPlaywright)
    results.push({ ...result, name, seconds: (performance.now() - start) / 1000 })
  }

  console.log('')
  for (const { name, passed, failed, seconds } of results)
    console.log(`${name}: ${passed} passed, ${failed} failed, in ${seconds.toFixed(0)} s`)
  for (const name of known.filter((each) => !chosen.includes(each))) console.log(`${name}: not run`)
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

async function tested(name: RealName, options: readonly string[]): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-real-'))
  const file = join(folder, 'playwright.json')
  const config = join(root, 'tests/real/playwright.config.ts')
  try {
    const { code } = await command(
      'playwright',
      ['test', `/${name}(-guide)?.spec`, '--config', config, '--reporter=list,json', ...options],
      { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
    )
    return readPlaywright(code, file)
  } finally {
    rmSync(folder, { recursive: true })
    await stopReal(name)
  }
}
