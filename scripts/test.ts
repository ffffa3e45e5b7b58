import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureBrowser } from './browser.ts'

interface Result {
  readonly passed: number
  readonly failed: number
  /** What is to be printed, where the step has not printed it already. */
  readonly output?: string
}

interface Step {
  readonly name: string
  readonly run: () => Promise<Result>
}

const root = join(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'playground-test-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/** Two at a time, the long ones first. */
const staticChecks: readonly (readonly Step[])[] = [
  [
    check('types', 'svelte-check', ['--fail-on-warnings', '--tsconfig', './tsconfig.json']),
    check('lint', 'eslint', ['.', '--max-warnings', '0']),
  ],
  [check('format', 'prettier', ['--check', '.']), check('unused code', 'knip', [])],
]

const testsAndBuild: readonly Step[] = [
  {
    name: 'unit tests',
    run: async () => {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
      const { code } = await command('vitest', ['run', ...reporters])
      return counted(code, vitestReport, (report: { numPassedTests: number; numFailedTests: number }) => ({
        passed: report.numPassedTests,
        failed: report.numFailedTests,
      }))
    },
  },
  check('build', 'vite', ['build']),
  {
    name: 'browser tests',
    run: async () => {
      console.log(`Browser: ${ensureBrowser().name}`)
      const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }
      const { code } = await command('playwright', ['test', '--reporter=list,json'], { env })
      return counted(code, playwrightReport, ({ stats }: { stats: Record<string, number> }) => ({
        passed: stats['expected'] ?? 0,
        failed: (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0),
      }))
    },
  },
]

/** `npm test`: every check; a failure does not stop the next. */
export default async function test(): Promise<void> {
  const results: Result[] = []
  for (const steps of [...staticChecks, ...testsAndBuild.map((step) => [step])]) {
    results.push(...(await Promise.all(steps.map(timed))))
  }
  rmSync(reports, { recursive: true, force: true })

  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  process.exitCode = failed > 0 ? 1 : 0
  console.log(`\n${passed} passed, ${failed} failed`)
}

async function timed({ name, run }: Step): Promise<Result> {
  const start = performance.now()
  console.log(`\n=== ${name} ...`)
  const result = await run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Error ? error.message : String(error),
  }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const verdict = result.failed === 0 ? 'passed' : 'FAILED'
  console.log(`${result.output?.trimEnd() ?? ''}\n=== ${name}: ${verdict} in ${seconds} s`)
  return result
}

/** A step that passes or fails as a whole. Its output comes at its end, so that it may run beside another. */
function check(name: string, program: string, options: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await command(program, options, { collect: true })
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
    },
  }
}

/** What a report counts. A runner that fails, or runs nothing, has failed once even if its report knows of no failure. */
function counted(code: number, report: string, read: (report: never) => Result): Result {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const result = read(JSON.parse(readFileSync(report, 'utf8')) as never)
  const wrong = result.failed === 0 && (code !== 0 || result.passed === 0)
  return wrong ? { ...result, failed: 1 } : result
}

/** Runs a program of this project. */
async function command(
  program: string,
  options: readonly string[],
  { env = {}, collect = false }: { env?: NodeJS.ProcessEnv; collect?: boolean } = {},
): Promise<{ code: number; output: string }> {
  const PATH = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}
  const child = spawn(program, options, {
    cwd: root,
    stdio: ['ignore', collect ? 'pipe' : 'inherit', collect ? 'pipe' : 'inherit'],
    env: { ...process.env, ...colour, ...env, PATH },
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: chunks.join('') })
    })
  })
}
