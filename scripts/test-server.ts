import { readFileSync, writeFileSync } from 'node:fs'
import packageJson from '../package.json' with { type: 'json' }
import type { Group } from '../src/lib/server-test/base/row.ts'
import { groups } from '../src/lib/server-test/base/row.ts'
import type { Subject } from '../src/lib/server-test/base/subject.ts'
import { planTest } from '../src/lib/server-test/plan.ts'
import { readTestFile } from '../src/lib/server-test/read-file.ts'
import { junitOf } from '../src/lib/server-test/report/junit.ts'
import { markdownOf } from '../src/lib/server-test/report/markdown.ts'
import { type Report, reportFile, reportOf } from '../src/lib/server-test/report/report.ts'
import { runTest } from '../src/lib/server-test/run.ts'
import { subjectOfFile } from '../src/lib/server-test/subject-of-file.ts'
import { nodeEffects } from './server-test/node-effects.ts'
import { planInWords, reportInWords, revokedInWords } from './server-test/words.ts'

/** That of the page which `npm start` serves; `--origin=ORIGIN` names another, for a server that allows no other. */
const usualOrigin = 'http://localhost:4290'

const usage =
  'usage: npm run test:server -- CONFIG.json [--json=FILE] [--junit=FILE] [--markdown=FILE] [--origin=ORIGIN]'

/** A file for each format, if asked. */
const formats = {
  json: (report: Report) => `${JSON.stringify(reportFile(report), null, 2)}\n`,
  junit: junitOf,
  markdown: (report: Report) => `${markdownOf(report)}\n`,
} as const satisfies Readonly<Record<string, (report: Report) => string>>

type Format = keyof typeof formats

/**
 * `npm run test:server -- CONFIG.json [--json=FILE] [--junit=FILE] [--markdown=FILE]`: tests a server against the standards.
 * The exit code is 1 if it deviates from a MUST, and 2 if the test could not run, or not to its end.
 */
export default async function testServer(options: string[]): Promise<void> {
  const read = await readOptions(options)
  if ('problems' in read) {
    for (const problem of read.problems) console.error(problem)
    process.exitCode = 2
    return
  }
  process.exitCode = await test(read)
}

async function test({ subject, outputs, origin }: Extract<Read, { subject: Subject }>): Promise<number> {
  const environment = { kind: 'node', origin } as const
  const plan = planTest(subject, environment, Object.keys(groups) as Group[])
  console.log(planInWords(subject.name, plan))
  const stop = new AbortController()
  const interrupted = (): void => {
    stop.abort()
  }
  process.once('SIGINT', interrupted)
  const { effects, close } = nodeEffects()
  const run = await runTest(subject, environment, effects, {
    plan,
    signal: stop.signal,
    progress: ({ id, done, of }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${done + 1}/${of} ${id}`)
    },
  })
  close()
  process.off('SIGINT', interrupted)
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  const report = reportOf(subject, plan, run, packageJson.version)
  for (const [format, file] of outputs) {
    try {
      writeFileSync(file, formats[format](report))
    } catch (error) {
      console.error(`${file} could not be written: ${String(error)}`)
      return 2
    }
  }
  console.log(reportInWords(report))
  console.log(revokedInWords(run.revoked))
  const isDeviating = report.checks.some(({ verdict, weight }) => verdict === 'deviates' && weight === 'must')
  if (isDeviating) return 1
  return run.stopped === null ? 0 : 2
}

type Read =
  | { readonly subject: Subject; readonly outputs: ReadonlyMap<Format, string>; readonly origin: string }
  | { readonly problems: readonly string[] }

async function readOptions(options: readonly string[]): Promise<Read> {
  const files = options.filter((option) => !option.startsWith('--'))
  const outputs = new Map<Format, string>()
  let origin = usualOrigin
  for (const option of options.filter((one) => one.startsWith('--'))) {
    const [, named = ''] = /^--origin=(https?:\/\/[^/?#]+)$/.exec(option) ?? []
    if (named !== '') {
      origin = named
      continue
    }
    const [, format = '', file = ''] = /^--(\w+)=(.+)$/s.exec(option) ?? []
    if (!isFormat(format) || file === '') return { problems: [`${option} is no option.`, usage] }
    outputs.set(format, file)
  }
  const [file, more] = files
  if (file === undefined || more !== undefined) return { problems: [usage] }
  let json: string
  try {
    json = readFileSync(file, 'utf8')
  } catch {
    // There is none of that name, or it may not be read.
    return { problems: [`${file} cannot be read.`] }
  }
  const read = readTestFile(json, (name) => process.env[name])
  if (!read.ok) return { problems: read.problems.map((problem) => `${file}: ${problem}`) }
  const made = await subjectOfFile(read.file)
  return made.ok
    ? { subject: made.subject, outputs, origin }
    : { problems: made.problems.map((one) => `${file}: ${one}`) }
}

const isFormat = (name: string): name is Format => Object.hasOwn(formats, name)
