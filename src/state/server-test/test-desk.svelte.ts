import { build } from '../../lib/build.ts'
import type { Group } from '../../lib/server-test/base/row.ts'
import { groups } from '../../lib/server-test/base/row.ts'
import type { Subject } from '../../lib/server-test/base/subject.ts'

import { type Plan, planTest } from '../../lib/server-test/plan.ts'
import { compareReports, type Difference, readReport } from '../../lib/server-test/report/compare.ts'
import {
  type Check,
  gravestFirst,
  type Report,
  reportFile,
  reportOf,
} from '../../lib/server-test/report/report.ts'
import { type Effects, type Progress, type Run, runTest } from '../../lib/server-test/run.ts'
import type { RowId } from '../../lib/server-test/table.ts'
import { Task } from '../base/task.svelte.ts'
import { plain } from '../base/sent.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { subjectOf } from './subject-of-page.ts'

/** A test under way or over: what is tested stays what it was as it began. */
interface Attempt {
  readonly subject: Subject
  readonly plan: Plan
  readonly config: Playground['connection']['config']
}

/** What a report is compared with. */
export type Earlier =
  | { readonly kind: 'compared'; readonly where: string; readonly differences: readonly Difference[] }
  | { readonly kind: 'unread'; readonly where: string; readonly message: string }

const environment = { kind: 'page' } as const
const all = Object.keys(groups) as readonly Group[]

/** The desk of a page, made when a server is first to be tested. */
export const testDeskOf = onePerPage((playground: Playground): TestDesk => new TestDesk(playground))

/** Holds the server of the form against the standards: says before what it will send, sends one at a time, and reports. */
export class TestDesk {
  readonly #playground: Playground
  readonly task = new Task()
  #left: readonly Group[] = $state.raw([])
  /** Whether the user says that the secret may be in a URL. */
  throwaway = $state(false)
  #attempt: Attempt | null = $state.raw(null)
  #progress: Progress | null = $state.raw(null)
  #run: Run | null = $state.raw(null)
  #restsUntil = $state.raw(0)
  #report: Report | null = $state.raw(null)
  #selected: RowId | null = $state.raw(null)
  #earlier: Earlier | null = $state.raw(null)

  constructor(playground: Playground) {
    this.#playground = playground
  }

  /** Whether a group is to be tried. */
  has(group: Group): boolean {
    return !this.#left.includes(group)
  }

  /** Leaves a group out, or has it again. */
  toggle(group: Group): void {
    this.#left = this.has(group) ? [...this.#left, group] : this.#left.filter((one) => one !== group)
  }

  /** What a test of the server in the form would send. */
  get plan(): Plan {
    return planTest(
      this.subject,
      environment,
      all.filter((group) => this.has(group)),
    )
  }

  /** What a test would be about now. */
  get subject(): Subject {
    return subjectOf(this.#playground, this.throwaway)
  }

  /** Why nothing can be tested yet, in a sentence; `null` if it can. */
  get lacks(): string | null {
    return this.#playground.sendable ? null : 'Complete Connection first: the test begins with its request.'
  }

  get progress(): Progress | null {
    return this.#progress
  }

  /** What came of the last test; `null` before the first. */
  get report(): Report | null {
    return this.#report
  }

  /** What it is about: the server, as it was when the test began. */
  get run(): Run | null {
    return this.#run
  }

  /** Whether a test that was stopped can be gone on with. */
  get canGoOn(): boolean {
    return this.#run !== null && this.#run.stopped !== null && this.#run.stopped.kind !== 'no token'
  }

  /** Until when the server wants to be left alone, in milliseconds since the epoch; 0 if it does not say. */
  get restsUntil(): number {
    return this.#restsUntil
  }

  /** The row whose exchange is shown: the one that was chosen, else the gravest. */
  get selected(): Check | null {
    const { checks = [] } = this.#report ?? {}
    return checks.find(({ id }) => id === this.#selected) ?? gravestFirst(checks)[0] ?? null
  }

  get earlier(): Earlier | null {
    return this.#earlier
  }

  select(id: RowId): void {
    this.#selected = id
  }

  /** Begins a test. Nothing happens while one is under way. */
  async start(): Promise<void> {
    if (this.lacks !== null || this.task.busy) return
    const attempt = { subject: this.subject, plan: this.plan, config: this.#playground.connection.config }
    this.#attempt = attempt
    this.#report = null
    this.#selected = null
    this.#earlier = null
    await this.#go(attempt, null)
  }

  /** Goes on with a test that was stopped, once the server has had its rest. */
  async goOn(): Promise<void> {
    const isTime = this.#playground.environment.clock.now() >= this.#restsUntil
    if (this.#attempt && this.canGoOn && isTime) await this.#go(this.#attempt, this.#run)
  }

  stop(): void {
    this.task.cancel()
  }

  /** Compares the report with an earlier one. */
  compareWith(text: string, where: string): void {
    const read = readReport(text)
    if (!this.#report) return
    this.#earlier = read.ok
      ? { kind: 'compared', where, differences: compareReports(read.report, reportFile(this.#report)) }
      : { kind: 'unread', where, message: read.message }
  }

  /** Back to what is said before a test. */
  leave(): void {
    if (this.task.busy) return
    this.#attempt = null
    this.#run = null
    this.#report = null
  }

  async #go(attempt: Attempt, from: Run | null): Promise<void> {
    const { subject, plan, config } = attempt
    await this.task.run(async (signal) => {
      const run = await runTest(subject, environment, this.#effects(config), {
        plan,
        signal,
        progress: (progress) => (this.#progress = progress),
        ...(from && { from }),
      })
      const seconds = run.stopped?.kind === 'limited' ? (run.stopped.seconds ?? 0) : 0
      this.#restsUntil = seconds === 0 ? 0 : this.#playground.environment.clock.now() + seconds * 1000
      this.#run = run
      this.#report = reportOf(subject, plan, run, build.version)
    })
    this.#progress = null
  }

  #effects(config: Attempt['config']): Effects {
    const {
      exchanges,
      environment: { clock },
    } = this.#playground
    return {
      send: async (request, purpose, cancel) =>
        (await exchanges.make(request, plain('test', config), { purpose, cancel })).exchange,
      pause: paused,
      now: () => clock.now(),
    }
  }
}

/** Waits, or not to the end if the signal aborts. */
function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
