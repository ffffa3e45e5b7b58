import type { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'
import { type Group, groups, type Verdict } from '../../../src/lib/server-test/base/row.ts'
import { planTest } from '../../../src/lib/server-test/plan.ts'
import { type Report, reportOf } from '../../../src/lib/server-test/report/report.ts'
import { type Run, runTest } from '../../../src/lib/server-test/run.ts'
import type { Subject } from '../../../src/lib/server-test/base/subject.ts'
import { subjectOfFile } from '../../../src/lib/server-test/subject-of-file.ts'
import type { TestFile } from '../../../src/lib/server-test/read-file.ts'

/** What a proxy does with a request: it sees the message and nothing of the test that sends it. */
export type Proxy = (
  request: HttpRequest,
  forward: (request: HttpRequest) => Promise<HttpResponse>,
) => HttpResponse | Promise<HttpResponse>

const environment = { kind: 'node', origin: 'http://localhost:4290' } as const

/** What a test came to. */
interface Tested {
  readonly report: Report
  readonly run: Run
  readonly verdicts: Readonly<Record<string, Verdict>>
}

type Network = Pick<ReturnType<typeof nodeEffects>, 'effects'>

export async function subjectOf(file: TestFile): Promise<Subject> {
  const made = await subjectOfFile(file)
  if (!made.ok) throw new Error(made.problems.join(' '))
  return made.subject
}

/** Runs the whole table through a proxy, without pauses. */
export const testThrough = async (file: TestFile, proxy: Proxy, network: Network): Promise<Tested> =>
  testSubject(await subjectOf(file), proxy, network)

/** The same for a subject that no file can name. */
export async function testSubject(subject: Subject, proxy: Proxy, { effects }: Network): Promise<Tested> {
  const plan = planTest(subject, environment, Object.keys(groups) as Group[])
  const run = await runTest(
    subject,
    environment,
    {
      ...effects,
      send: async (request, purpose, signal) => {
        let sent: Awaited<ReturnType<typeof effects.send>> | undefined
        const response = await proxy(request, async (own) => {
          sent = await effects.send(own, purpose, signal)
          if (sent.outcome.kind !== 'response') throw new Error(`${own.url}: ${sent.outcome.kind}`)
          return sent.outcome.response
        })
        const startedAt = sent?.startedAt ?? effects.now()
        const outcome = { kind: 'response', response } as const
        return {
          id: 0,
          purpose,
          request,
          startedAt,
          duration: sent?.duration ?? 0,
          outcome,
          serverView: null,
        }
      },
    },
    { plan, signal: new AbortController().signal },
  )
  const report = reportOf(subject, plan, run, '0.0.0')
  return { report, run, verdicts: Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict])) }
}
