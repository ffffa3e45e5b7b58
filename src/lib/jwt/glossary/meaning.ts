import type { SpecLink } from '../../spec.ts'

interface Said {
  /** The name in words: `Expiration time`. */
  readonly title: string
  /** What it means, in one or two plain sentences. */
  readonly meaning: string
  /** What is inside it, by name; `*` for any other name. */
  readonly members?: Meanings
}

/** What a claim or a header parameter means, and on whose word: a specification's, or that of one vendor. */
export type Meaning =
  | (Said & { readonly kind: 'specified'; readonly spec: SpecLink })
  | (Said & { readonly kind: 'vendor'; readonly vendor: string })

export type Meanings = Readonly<Record<string, Meaning>>

/** A row on the word of a specification. */
export function specified(title: string, meaning: string, spec: SpecLink, members: Meanings = {}): Meaning {
  return { kind: 'specified', title, meaning, spec, members }
}

/** Rows on the word of one vendor, whose name is given once. */
export function vendorRows(vendor: string) {
  return (title: string, meaning: string, members: Meanings = {}): Meaning => {
    return { kind: 'vendor', title, meaning, vendor, members }
  }
}

/** Finds the row for names from the outside in; array indices are stepped over. */
export function findMeaning(table: Meanings, names: readonly string[]): Meaning | null {
  let rows: Meanings | undefined = table
  let found: Meaning | null = null
  for (const name of names) {
    const row: Meaning | undefined = rowOf(rows, name) ?? rowOf(rows, '*')
    if (row === undefined && found !== null && /^\d+$/.test(name)) continue
    if (row === undefined) return null
    found = row
    rows = row.members
  }
  return found
}

function rowOf(rows: Meanings | undefined, name: string): Meaning | undefined {
  return rows !== undefined && Object.hasOwn(rows, name) ? rows[name] : undefined
}
