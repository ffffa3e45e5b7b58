import type { Attempt, Group } from './base/row.ts'
import { type Environment, originsOf, type Subject } from './base/subject.ts'
import { inSendingOrder, type RowId, table } from './table.ts'

/** What a test will do, as far as that is known before. */
export interface Plan {
  /** In the order of sending, each with the reason why it will be skipped; `null` if it will not. */
  readonly rows: readonly { readonly id: RowId; readonly unless: string | null }[]
  /** Those that are sent in any case; some more may follow from what the server does. */
  readonly requests: number
  /** Of these, how many carry a wrong secret or another proof that must fail. */
  readonly failing: number
  /** How many tokens may be issued. */
  readonly tokens: number
  /** Whether they are revoked at the end, each by a request that is not among those above. */
  readonly revokes: boolean
  /** Where the requests may go. */
  readonly origins: readonly string[]
}

/**
 * Says before a test what it will send.
 * @param groups those that are tried; the working request is sent in any case
 */
export function planTest(subject: Subject, environment: Environment, groups: readonly Group[]): Plan {
  const rows = inSendingOrder
    .filter((id) => id === 'baseline' || groups.includes(table[id].group))
    .map((id) => ({ id, unless: table[id].unless?.(subject, environment) ?? null }))
  const attempts = rows
    .filter(({ unless }) => unless === null)
    .flatMap(({ id }) => attemptsOf(id, environment))
    .filter(({ only }) => only === undefined)
  const count = (is: (attempt: Attempt) => boolean) => attempts.filter(is).length
  return {
    rows,
    requests: attempts.length,
    failing: count(({ fails }) => fails === true),
    tokens: count(({ issues }) => issues === true),
    revokes: subject.revocation_endpoint !== null,
    origins: originsOf(subject),
  }
}

/** What a row sends: a page leaves out what only others send, and the other way round. */
export const attemptsOf = (id: RowId, { kind }: Environment): readonly Attempt[] =>
  (table[id].sends ?? []).filter(({ by }) => by === undefined || by === kind)
