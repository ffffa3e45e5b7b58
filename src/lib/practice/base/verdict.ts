import type { Check } from '../../check.ts'
import type { CheckLog, Rule } from './check-log.ts'
import type { ProtocolError } from './protocol-error.ts'

/** What came of looking at one thing. */
export interface Verdict extends Pick<Check, 'found'> {
  readonly result: 'pass' | 'note' | 'fail'
}

/** A rule and how it is judged; `null` if there is nothing to judge. */
export interface Judgement<Subject> {
  readonly rule: Rule
  readonly judge: (subject: Subject) => Verdict | null
}

/** How an endpoint refuses. */
export type Refuse = (rule: Rule, found: string) => ProtocolError

/** Enters a verdict into the list of checks, or throws the refusal. */
export function settle(rule: Rule, { result, found }: Verdict, checks: CheckLog, refuse: Refuse): void {
  if (result === 'fail') throw refuse(rule, found)
  checks[result](rule, found)
}

/** Judges by one rule after the other, up to the first that is broken. */
export function settleAll<Subject>(
  judgements: readonly Judgement<Subject>[],
  subject: Subject,
  checks: CheckLog,
  refuse: Refuse,
): void {
  for (const { rule, judge } of judgements) {
    const verdict = judge(subject)
    if (verdict) settle(rule, verdict, checks, refuse)
  }
}
