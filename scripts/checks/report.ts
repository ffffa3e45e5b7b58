import { existsSync, readFileSync } from 'node:fs'

export interface TimedTest {
  readonly name: string
  readonly seconds: number
}

export interface Result {
  readonly passed: number
  readonly failed: number
  /** What to print, unless the step has printed it already. */
  readonly output?: string
  readonly tests?: readonly TimedTest[]
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly duration?: number | null }[]
  }[]
}

interface PlaywrightSuite {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly {
    readonly title: string
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[]
  }[]
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
  readonly suites: readonly PlaywrightSuite[]
}

/** What Vitest reports as JSON. */
export function readVitest(code: number, file: string): Result {
  return counted(code, file, (report: VitestReport) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    tests: report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ fullName, duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1000 })),
  }))
}

/** What Playwright reports as JSON. A test that passes on another try has failed. */
export function readPlaywright(code: number, file: string): Result {
  return counted(code, file, ({ stats, suites }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    tests: suites.flatMap((suite) => testsIn(suite)),
  }))
}

function testsIn({ title, suites = [], specs }: PlaywrightSuite): TimedTest[] {
  const own = specs.flatMap((spec) =>
    spec.tests.map(({ results }) => ({
      name: spec.title,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
    })),
  )
  return [...own, ...suites.flatMap((suite) => testsIn(suite))].map(({ name, seconds }) => ({
    name: `${title} › ${name}`,
    seconds,
  }))
}

/** A runner that fails, or runs nothing, has failed once even if its report knows of no failure. */
function counted(code: number, file: string, read: (report: never) => Result): Result {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const result = read(JSON.parse(readFileSync(file, 'utf8')) as never)
  const wrong = result.failed === 0 && (code !== 0 || result.passed === 0)
  return wrong ? { ...result, failed: 1 } : result
}

/** The slowest, the slowest first, one a line. */
export function slowest(tests: readonly TimedTest[], count: number): string {
  return tests
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${name}`)
    .join('\n')
}
