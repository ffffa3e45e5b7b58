import { isObject, parsePlain } from '../../json/own-members.ts'
import { type Group, groups, type Verdict, type Weight } from '../base/row.ts'
import type { FileCheck, ReportFile } from './report.ts'

/** What became of one row since an earlier report. */
export interface Difference {
  readonly id: string
  /** `null`: the report does not have it. */
  readonly before: FileCheck | null
  readonly after: FileCheck | null
  readonly change: 'better' | 'worse' | 'other' | 'new' | 'gone'
}

/** A report that was read, or why it is none. */
export type ReadReport =
  { readonly ok: true; readonly report: ReportFile } | { readonly ok: false; readonly message: string }

const longest = 2 * 1024 * 1024

const verdicts = { deviates: 0, note: 1, ok: 2, skipped: 3 } as const satisfies Record<Verdict, number>
const weights = { must: 0, should: 1, note: 2 } as const satisfies Record<Weight, number>

/** Reads a report that was exported. Never throws. */
export function readReport(text: string): ReadReport {
  if (text.length > longest) return { ok: false, message: 'It is larger than 2 MiB, and no report is.' }
  const parsed = parsePlain(text)
  if (!parsed.ok || !isObject(parsed.value)) return { ok: false, message: 'It is not the JSON of a report.' }
  const { product, version, server, started, checks } = parsed.value
  const isText = [product, version, server, started].every((one) => typeof one === 'string')
  if (!isText || !Array.isArray(checks) || !checks.every(isCheck))
    return { ok: false, message: 'It is JSON, and no report of a server test.' }
  return { ok: true, report: parsed.value as unknown as ReportFile }
}

function isCheck(value: unknown): value is FileCheck {
  if (!isObject(value)) return false
  const { id, group, weight, verdict, expected, found, section } = value
  const isKnown = (one: unknown, names: object): boolean =>
    typeof one === 'string' && Object.hasOwn(names, one)
  return (
    [id, expected, found, section].every((one) => typeof one === 'string') &&
    isKnown(group, groups satisfies Record<Group, string>) &&
    isKnown(weight, weights) &&
    isKnown(verdict, verdicts)
  )
}

/**
 * What changed between two reports, in the order of the later one; rows with the same verdict and weight are left out. A
 * row that was skipped in one of them is neither better nor worse.
 */
export function compareReports(before: ReportFile, after: ReportFile): readonly Difference[] {
  const earlier = new Map(before.checks.map((check) => [check.id, check]))
  const later = new Map(after.checks.map((check) => [check.id, check]))
  const ids = new Set([...later.keys(), ...earlier.keys()])
  return [...ids].flatMap((id) => {
    const pair = { id, before: earlier.get(id) ?? null, after: later.get(id) ?? null }
    const change = changeOf(pair.before, pair.after)
    return change === null ? [] : [{ ...pair, change }]
  })
}

function changeOf(before: FileCheck | null, after: FileCheck | null): Difference['change'] | null {
  if (before === null) return after === null ? null : 'new'
  if (after === null) return 'gone'
  const [was, is] = [before, after].map(({ verdict, weight }) =>
    verdict === 'deviates' ? weights[weight] - 10 : verdicts[verdict],
  ) as [number, number]
  if (was === is) return null
  if (before.verdict === 'skipped' || after.verdict === 'skipped') return 'other'
  return is > was ? 'better' : 'worse'
}
