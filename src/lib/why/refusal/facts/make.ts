import type { Fix } from '../../../explanation/explanation.ts'
import type { SpecLink } from '../../../spec.ts'
import type { RefusalCause } from './cause.ts'
import type { Facts } from './facts.ts'

type Told<T> = T | ((facts: Facts) => T)

/** A cause as it is written: whatever depends on the request may be a function of the facts. */
interface Written extends Omit<RefusalCause, 'tell'> {
  /** A statement, as a heading: "The secret is wrong". */
  readonly title: Told<string>
  readonly meaning: Told<string>
  /** Imperatives, what one click does first. */
  readonly fixes: Told<readonly Fix[]>
  readonly spec: readonly SpecLink[]
}

export function cause({ title, meaning, fixes, spec, ...rest }: Written): RefusalCause {
  return {
    ...rest,
    tell: (facts) => ({
      title: of(title, facts),
      meaning: of(meaning, facts),
      fixes: of(fixes, facts),
      spec,
    }),
  }
}

const of = <T extends string | readonly Fix[]>(told: Told<T>, facts: Facts): T =>
  typeof told === 'function' ? told(facts) : told
