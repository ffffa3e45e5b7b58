import { generalRows } from './general.ts'
import type { RefusalRecord, Row } from './record.ts'
import type { Facts } from './facts/facts.ts'
import { textbookRow } from './textbook.ts'

export interface Found {
  readonly row: Row
  readonly record: RefusalRecord | null
  /** Whether the row is that of the server itself: by choice, or by an identifier that no other server has. What many say is likely at most. */
  readonly exact: boolean
  /** Whether it is what the user pasted that says so. */
  readonly isPasted: boolean
}

/**
 * The first row that fits: the words of the chosen server, those of another (which is recognised by them), what many
 * servers say, what the chosen one means by a bare code, and at last the standard. A pasted line goes before all.
 */
export function find(facts: Facts, chosen: RefusalRecord | null, others: readonly RefusalRecord[]): Found {
  const isPasted = (text: string): boolean => text !== '' && text === facts.pasted
  const texts = facts.pasted === '' ? [facts.came.words] : [facts.pasted, facts.came.words]
  for (const text of texts) {
    for (const record of chosen ? [chosen, ...others] : others) {
      const row = record.rows.find((row) => isSpecific(row) && fits(row, facts, text))
      if (row)
        return {
          row,
          record,
          exact: record === chosen || row.id !== undefined || isPasted(text),
          isPasted: isPasted(text),
        }
    }
    const general = (sentences: string, all: string) =>
      generalRows.find((row) => fits(row, facts, row.ofList || isPasted(text) ? all : sentences))
    const { spoken, named } = facts.came
    const bySentence = general(spoken, text)
    // A name of the server’s own says less than a sentence, unless that leaves it open.
    const byName =
      named === '' || isPasted(text) || (bySentence && bySentence.certainty !== 'possible')
        ? undefined
        : general(named, named)
    const row = byName && (!bySentence || byName.certainty !== 'possible') ? byName : bySentence
    if (row) return { row, record: chosen, exact: false, isPasted: isPasted(text) }
  }
  const bare = chosen?.rows.find((row) => !isSpecific(row) && fits(row, facts, ''))
  return { row: bare ?? textbookRow(facts), record: chosen, exact: true, isPasted: false }
}

const isSpecific = ({ says, id, framework }: Row): boolean =>
  says !== undefined || id !== undefined || framework !== undefined

function fits(
  { says, id, framework, code, status, endpoint, when }: Row,
  facts: Facts,
  text: string,
): boolean {
  const { came } = facts
  const pasted = text !== '' && text === facts.pasted
  return (
    (says?.test(text) ?? true) &&
    (id === undefined || (pasted ? text.includes(id) : came.identifiers.includes(id))) &&
    (framework === undefined || framework === came.framework) &&
    (pasted || code === undefined || code === came.code) &&
    (pasted || status === undefined || [status].flat().includes(came.status)) &&
    (endpoint?.includes(facts.endpoint) ?? true) &&
    (when?.(facts) ?? true)
  )
}
