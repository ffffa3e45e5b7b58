import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers } from './browser.ts'
import build from './build.ts'
import { command, root } from './checks/command.ts'
import { readPlaywright } from './checks/report.ts'

/**
 * `npm run test:package`: `npm pack` refuses without a build; two builds are the same, byte for byte; and the package, installed
 * in an empty folder without a network, does what the README says. Two minutes, so no part of `npm test`.
 */
export default async function testPackage(): Promise<void> {
  ensureBrowsers()
  const folder = mkdtempSync(join(tmpdir(), 'playground-package-'))
  const app = join(folder, 'app')
  const report = join(folder, 'playwright.json')
  mkdirSync(app)
  const results: boolean[] = []
  const check = (what: string, passed: boolean): void => {
    console.log(`${passed ? '✓' : '✗'} ${what}`)
    results.push(passed)
  }

  for (const name of ['dist', 'pack']) rmSync(join(root, name), { recursive: true, force: true })
  const early = await command('npm', ['pack', '--dry-run'], { collect: true })
  check('npm pack refuses a missing build', early.code !== 0 && early.output.includes('npm run build'))

  await build([])
  const first = hashes()
  await build([])
  const differing = hashes().filter((line) => !first.includes(line))
  check(`two builds are the same: ${differing.join(', ') || `${first.length} files`}`, differing.length === 0)

  const packed = await command('npm', ['pack', '--pack-destination', folder], { collect: true })
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const options = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', app, join(folder, tarball)]
  const installed = await command('npm', options, { collect: true })
  check('the package is made, and installs in an empty folder offline', packed.code + installed.code === 0)

  const config = join(root, 'tests/package/playwright.config.ts')
  const { code } = await command('playwright', ['test', '--config', config, '--reporter=list,json'], {
    env: { TEST_PACKAGE: app, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  const inBrowser = readPlaywright(code, report)
  rmSync(folder, { recursive: true })
  const failed = results.filter((passed) => !passed).length + inBrowser.failed
  console.log(`\n${results.filter(Boolean).length + inBrowser.passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

/** One line for each built file. */
function hashes(): string[] {
  return ['dist', 'pack'].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`),
  )
}
