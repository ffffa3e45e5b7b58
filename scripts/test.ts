import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers } from './browser.ts'
import { command } from './checks/command.ts'
import { listed, readPlaywright, readVitest, slowest, type Failure, type Result } from './checks/report.ts'

interface Step {
  readonly name: string
  readonly run: () => Promise<Result>
}

interface TimedResult extends Result {
  readonly name: string
  readonly seconds: number
}

const reports = mkdtempSync(join(tmpdir(), 'playground-test-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/** Linter and formatter note what they have seen below node_modules, which `npm ci` empties. */
const cached = ['--cache', '--cache-strategy', 'content']
const eslintCache = ['--cache-location', 'node_modules/.cache/eslint/']

/** Two at a time, the long ones first: while the linter keeps one core busy, the others take turns at the rest. */
const besideEachOther: readonly Step[] = [
  check('lint', 'eslint', ['.', '--max-warnings', '0', ...cached, ...eslintCache]),
  check('types', 'svelte-check', ['--fail-on-warnings', '--tsconfig', './tsconfig.json']),
  check('format', 'prettier', ['--check', '.', ...cached]),
  check('unused code', 'knip', []),
  check('build', 'node', ['scripts/run.mjs', 'build', 'site']),
  {
    name: 'unit tests',
    run: async () => {
      const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`]
      const { code, output } = await command('vitest', ['run', ...reporters], { collect: true })
      return { ...readVitest(code, vitestReport), output }
    },
  },
]

/** Keeps all cores busy by itself. */
const browserTests: Step = {
  name: 'browser tests',
  run: async () => {
    const { light, full } = ensureBrowsers()
    console.log(light === full ? `Browser: ${full.name}` : `Browsers: ${light.name}, ${full.name}`)
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }
    const { code } = await command('playwright', ['test', '--reporter=list,json'], { env })
    return readPlaywright(code, playwrightReport)
  },
}

/** `npm test`: every check; a failure does not stop the next. */
export default async function test(): Promise<void> {
  const start = performance.now()
  const results = [...(await twoAtATime(besideEachOther)), await timed(browserTests)]
  rmSync(reports, { recursive: true, force: true })

  const all = results.flatMap(({ tests = [] }) => tests)
  const phases = results.map(({ name, seconds }) => ({ name, seconds }))
  console.log(`\n=== the slowest of ${all.length} tests\n${slowest(all, 20)}`)
  console.log(`\n=== seconds\n${slowest(phases, phases.length)}`)
  console.log(`${secondsSince(start).toFixed(1).padStart(6)} s  in all`)
  const failures = results.flatMap(failuresOf)
  if (failures.length > 0) console.log(`\n=== what failed\n${listed(failures)}`)
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  process.exitCode = failed > 0 ? 1 : 0
  console.log(`\n${passed} passed, ${failed} failed`)
}

/** What a step says of its failures; of a step that fails as a whole, the end of what it printed. */
function failuresOf({ name, failed, failures = [], output = '' }: TimedResult): readonly Failure[] {
  if (failed === 0 || failures.length > 0) return failures
  return [{ name, words: output.trimEnd().split('\n').slice(-10).join('\n') }]
}

async function twoAtATime(steps: readonly Step[]): Promise<TimedResult[]> {
  const waiting = [...steps]
  const results: TimedResult[] = []
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await timed(step))
  }
  await Promise.all([lane(), lane()])
  return results
}

const secondsSince = (start: number) => (performance.now() - start) / 1000

async function timed({ name, run }: Step): Promise<TimedResult> {
  const start = performance.now()
  console.log(`\n=== ${name} ...`)
  const result = await run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Error ? error.message : String(error),
  }))
  const seconds = secondsSince(start)
  const verdict = result.failed === 0 ? 'passed' : 'FAILED'
  console.log(`${result.output?.trimEnd() ?? ''}\n=== ${name}: ${verdict} in ${seconds.toFixed(1)} s`)
  return { ...result, name, seconds }
}

/** A step that passes or fails as a whole. Its output comes at its end, so that it may run alongside another. */
function check(name: string, program: string, options: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await command(program, options, { collect: true })
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
    },
  }
}
