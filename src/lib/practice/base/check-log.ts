import type { Check } from '../../check.ts'
import type { SpecLink } from '../../spec.ts'

/** Something the server checks, as a short statement, and the section that makes it do so. */
export interface Rule {
  readonly what: string
  readonly spec: SpecLink
}

/** What the server checked for one request, in order. The first failure is the last entry. */
export class CheckLog {
  readonly #made: Check[] = []

  get made(): readonly Check[] {
    return this.#made
  }

  pass(rule: Rule, found: string): void {
    this.#made.push({ ...rule, result: 'pass', found })
  }

  note(rule: Rule, found: string): void {
    this.#made.push({ ...rule, result: 'note', found })
  }

  fail(rule: Rule, found: string): void {
    this.#made.push({ ...rule, result: 'fail', found })
  }
}
