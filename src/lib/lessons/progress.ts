import { asNumber, asString, type JsonValue, member } from '../json/value.ts'
import { stringsOf } from '../jwt/decode/claim-values.ts'
import { type ExchangeCondition, goesOn, holds } from './conditions.ts'
import type { Lesson } from './lesson.ts'
import { type LessonEntry, type Seen, seen } from './seen.ts'

/** What happened since a lesson began. */
export interface Run {
  /** Every exchange of the page, the oldest first: the token of an earlier one may be used. */
  readonly entries: readonly LessonEntry[]
  /** The number of the last exchange before the lesson began; 0 for none. */
  readonly since: number
  /** The steps for which the right value was found. */
  readonly found: readonly number[]
}

/** How far a lesson is. */
export interface Progress {
  /** For each step the number of the exchange that met it, `found` for a value, `null` if nothing has yet. */
  readonly steps: readonly (number | 'found' | null)[]
  readonly solved: boolean
}

/**
 * Which steps are done. Each exchange meets one step at most, and each step has to be met by an exchange after that of the
 * step before; something to find can be found whenever. Of all ways to assign exchanges to steps the one that gets furthest counts.
 */
export function progressOf({ steps }: Pick<Lesson, 'steps'>, { entries, since, found }: Run): Progress {
  const all = entries.map(seen)
  const brought = all.flatMap(({ about, token, id }) =>
    about === 'token' && token !== null ? [[token, id] as const] : [],
  )
  const issued = new Map(brought.reverse())
  const run = all.filter(({ id }) => id > since)
  const conditions = steps.flatMap((step) => ('exchange' in step ? [step.exchange] : []))
  const chain = longestChain(conditions, run, issued)
  let next = 0
  const met = steps.map((step, index) => {
    if ('find' in step) return found.includes(index) ? 'found' : null
    return chain[next++]?.id ?? null
  })
  return { steps: met, solved: met.length > 0 && met.every((one) => one !== null) }
}

/** An exchange that meets a step, after one that met the step before. */
interface Link {
  readonly at: number
  readonly exchange: Seen | null
  readonly before: Link | null
}

/** Exchanges in order, one for each condition from the first on, as many as possible, each as early as possible. */
function longestChain(
  conditions: readonly ExchangeCondition[],
  run: readonly Seen[],
  issued: ReadonlyMap<string, number>,
): readonly Seen[] {
  let links: readonly Link[] = [{ at: -1, exchange: null, before: null }]
  for (const { token, ...alone } of conditions) {
    const next = run.flatMap((exchange, at) => {
      if (!holds(alone, exchange, { before: null, issued })) return []
      const before = links.find(
        (link) => link.at < at && (!token || goesOn(token, exchange.token, link.exchange)),
      )
      return before ? [{ at, exchange, before }] : []
    })
    if (next.length === 0) break
    links = next
  }
  return chainOf(links[0] ?? null)
}

const chainOf = (link: Link | null): readonly Seen[] =>
  link?.exchange ? [...chainOf(link.before), link.exchange] : []

/** What a value that was entered is: the claim's, the name of the claim itself, or something else. */
export type Found = 'right' | 'name' | 'wrong' | 'no-token'

/**
 * Compares what the user found in a token with the claim it is about.
 * @param claims of the token at hand; `null` if there is none that can be read
 */
export function judgeFound(entered: string, claim: string, claims: JsonValue | null): Found {
  const value = member(claims, claim)
  if (value === undefined) return 'no-token'
  const text = entered.trim().replace(/^["'“]|["'”],?$/g, '')
  const values = stringsOf(value) ?? [String(asNumber(value) ?? asString(value))]
  if (values.includes(text)) return 'right'
  return text === claim ? 'name' : 'wrong'
}
