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
  /** What failed, each with its name and what the runner says of it. */
  readonly failures?: readonly Failure[]
}

export interface Failure {
  readonly name: string
  readonly words: string
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name?: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly duration?: number | null
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

interface PlaywrightSuite {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly results: readonly {
        readonly duration: number
        readonly errors?: readonly { readonly message?: string }[]
      }[]
    }[]
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
    failures: report.testResults.flatMap(({ name = '', message = '', assertionResults }) => [
      ...(message === '' ? [] : [{ name, words: message }]),
      ...assertionResults
        .filter(({ failureMessages = [] }) => failureMessages.length > 0)
        .map(({ fullName, failureMessages = [] }) => ({ name: fullName, words: failureMessages.join('\n') })),
    ]),
  }))
}

/** What Playwright reports as JSON. A test that passes on another try has failed. */
export function readPlaywright(code: number, file: string): Result {
  return counted(code, file, ({ stats, suites }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    tests: suites.flatMap((suite) => testsIn(suite)).map(({ name, seconds }) => ({ name, seconds })),
    failures: suites
      .flatMap((suite) => testsIn(suite))
      .filter(({ words }) => words !== '')
      .map(({ name, words }) => ({ name, words })),
  }))
}

function testsIn({ title, suites = [], specs }: PlaywrightSuite): (TimedTest & Failure)[] {
  const own = specs.flatMap((spec) =>
    spec.tests.map(({ results }) => ({
      name: spec.title,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      words: results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message)).join('\n'),
    })),
  )
  return [...own, ...suites.flatMap((suite) => testsIn(suite))].map((test) => ({
    ...test,
    name: `${title} › ${test.name}`,
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

/** What failed, each with the first lines of what its runner says; nothing if nothing failed. */
export function listed(failures: readonly Failure[], lines = 12): string {
  return failures
    .map(({ name, words }) => {
      const kept = words.trim().split('\n').slice(0, lines)
      return [name, ...kept.map((line) => `    ${line}`)].join('\n')
    })
    .join('\n')
}
