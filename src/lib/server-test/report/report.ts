import type { SpecLink } from '../../spec.ts'
import { type Group, groups, type Row, type Sent, type Verdict, type Weight } from '../base/row.ts'
import { issued } from '../base/sent.ts'
import { secretsOf, type Subject } from '../base/subject.ts'
import { mask } from '../../http/redact.ts'
import { asString, member } from '../../json/value.ts'
import type { Result, Run } from '../run.ts'
import type { Known } from '../known/entry.ts'
import { knownOf } from '../known/known.ts'
import { inGroups, type RowId, table } from '../table.ts'
import type { Plan } from '../plan.ts'
import { stoppedInWords } from '../limits.ts'

/** One row of a report: what it is, and what came of it. */
export interface Check {
  readonly id: RowId
  readonly row: Row
  readonly weight: Weight
  readonly verdict: Verdict
  readonly found: string
  readonly section: SpecLink
  /** Whether what had to be refused was accepted. */
  readonly accepted: boolean
  /** What is known of this product in that respect; `null` if nothing is, or nothing is wrong. */
  readonly known: Known | null
  /** The exchange that shows it; `null` if nothing was sent for it. */
  readonly evidence: Sent | null
}

/** What a test came to. No secret and no token is in it, but in the exchanges. */
export interface Report {
  readonly product: string
  readonly version: string
  readonly server: string
  /** Milliseconds since the epoch. */
  readonly started: number
  /** Why it is not whole; `null` if it is. */
  readonly stopped: string | null
  /** Group by group. */
  readonly checks: readonly Check[]
}

/** A report as it is exported. Its members, and the ids, stay what they are. */
export interface ReportFile {
  readonly product: string
  readonly version: string
  readonly server: string
  readonly started: string
  readonly checks: readonly FileCheck[]
}

export interface FileCheck {
  readonly id: string
  readonly group: Group
  readonly weight: Weight
  readonly verdict: Verdict
  readonly expected: string
  readonly found: string
  readonly section: string
}

/** Makes a report of a run. The rows that a run did not come to are skipped in it. */
export function reportOf(subject: Subject, plan: Plan, run: Run, version: string): Report {
  const hide = hiding(subject, run.sent)
  const stopped = run.stopped && stoppedInWords(run.stopped)
  const planned = new Set(plan.rows.map(({ id }) => id))
  const checkOf = (id: RowId): Check => {
    const row = table[id]
    const result: Result = run.results.get(id) ?? {
      id,
      verdict: 'skipped',
      found: stopped ?? 'It was not tried.',
    }
    const mine = run.sent.filter((sent) => sent.row === id).at(-1)
    return {
      id,
      row: isRefused(result) ? { ...row, ...row.refused } : row,
      weight: result.weight ?? row.weight,
      verdict: result.verdict,
      found: hide(result.found),
      section: result.section ?? row.section,
      accepted: result.accepted ?? false,
      known: ['deviates', 'note'].includes(result.verdict) ? knownOf(subject.product, id) : null,
      evidence: result.evidence ?? mine ?? null,
    }
  }
  return {
    product: 'Client Credentials Playground',
    version,
    server: hide(subject.name),
    started: run.started,
    stopped,
    checks: inGroups.filter((id) => planned.has(id)).map(checkOf),
  }
}

/** Whether nobody got in, though something is to be said of it. */
const isRefused = ({ verdict, accepted }: Result): boolean =>
  (verdict === 'deviates' || verdict === 'note') && accepted !== true

/** Masks secrets of the clients and tokens of the run, wherever a server put them. */
function hiding(subject: Subject, sent: readonly Sent[]): (text: string) => string {
  const tokens = sent.flatMap((one) => {
    const token = issued(one)
    const refresh = asString(member(token?.answer.members, 'refresh_token'))
    return [token?.accessToken, refresh].filter((value) => value !== undefined)
  })
  // A secret of three letters is part of too many words.
  const all = [...new Set([...secretsOf(subject), ...tokens])].filter((value) => value.length > 3)
  const longestFirst = all.sort((one, other) => other.length - one.length)
  return (text) => longestFirst.reduce((rest, value) => rest.replaceAll(value, mask), text)
}

/** What must be known first comes first: vulnerabilities, then deviations by weight. */
export function gravestFirst(checks: readonly Check[]): readonly Check[] {
  const weights: readonly Weight[] = ['must', 'should', 'note']
  const verdicts: readonly Verdict[] = ['deviates', 'note', 'ok', 'skipped']
  const gravity = (check: Check): number =>
    verdicts.indexOf(check.verdict) * 10 + (isVulnerability(check) ? 0 : 1 + weights.indexOf(check.weight))
  return checks.toSorted((one, other) => gravity(one) - gravity(other))
}

/** Whether it lets somebody in. */
export const isVulnerability = ({ verdict, row, accepted }: Check): boolean =>
  verdict === 'deviates' && accepted && row.vulnerability === true

/** The whole in one line: “2 must and 1 should deviate, 3 notes, 60 as they should be, 12 skipped”. */
export function summaryOf({ checks }: Pick<Report, 'checks'>): string {
  const count = (verdict: Verdict, weight?: Weight) =>
    checks.filter((check) => check.verdict === verdict && (weight === undefined || check.weight === weight))
      .length
  const deviating = (['must', 'should', 'note'] as const)
    .map((weight) => [weight, count('deviates', weight)] as const)
    .filter(([weight, number]) => number > 0 || weight !== 'note')
    .map(([weight, number]) => `${number} ${weight}`)
  const notes = count('note')
  return `${deviating.join(' and ')} deviate, ${notes} ${notes === 1 ? 'note' : 'notes'}, ${count('ok')} as they should be, ${count('skipped')} skipped`
}

/** The report as data, for a file. */
export function reportFile({ product, version, server, started, checks }: Report): ReportFile {
  return {
    product,
    version,
    server,
    started: new Date(started).toISOString(),
    checks: checks.map(({ id, row, weight, verdict, found, section }) => ({
      id,
      group: row.group,
      weight,
      verdict,
      expected: row.expected,
      found,
      section: section.label,
    })),
  }
}

/** Titles of the groups, for a heading. */
export const titleOf = (group: Group): string => groups[group]
