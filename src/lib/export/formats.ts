import { hideInExplanation } from '../explanation/hide.ts'
import { harBounds } from '../har/read-har.ts'
import { harEntry, toHar } from '../har/to-har.ts'
import { pageName, type Recorded, type Versions } from '../har/recorded.ts'
import { type Masked, maskEntries } from './mask-entries.ts'
import type { Explained } from './explained.ts'
import { jsonEntry, jsonHead } from './to-json.ts'
import { markdownEntry, markdownHead } from './to-markdown.ts'

/** What a format needs besides the exchanges. */
interface Around {
  readonly versions: Versions
  /** In how many places something is masked, or that nothing is. */
  readonly masked: number | 'shown'
  /** An outcome in words. */
  readonly outcome: (recorded: Recorded) => string
}

interface Format {
  readonly label: string
  /** What it is good for. */
  readonly what: string
  readonly extension: string
  readonly mediaType: string
  /** One exchange. */
  readonly entry: (explained: Explained, around: Around) => string
  /** The whole of them, the oldest first. */
  readonly file: (entries: readonly string[], around: Around) => string
}

/** In which formats exchanges leave the page. */
export const formats = {
  har: {
    label: 'HAR',
    what: 'for developer tools, proxies, and this page',
    extension: 'har',
    mediaType: 'application/json',
    entry: (explained) => JSON.stringify(harEntry(explained), null, 2),
    file: (entries, { versions }) => withEntries(toHar([], versions), 'entries', entries),
  },
  markdown: {
    label: 'Markdown ticket',
    what: 'for an issue tracker or a mail',
    extension: 'md',
    mediaType: 'text/markdown',
    entry: (explained, { outcome }) => markdownEntry(explained, outcome(explained)),
    file: (entries, { versions, masked }) =>
      `${[`# ${pageName}: ${entries.length} ${entries.length === 1 ? 'exchange' : 'exchanges'}`, markdownHead(versions, masked), ...entries].join('\n\n')}\n`,
  },
  json: {
    label: 'JSON',
    what: 'for scripts',
    extension: 'json',
    mediaType: 'application/json',
    entry: (explained) => JSON.stringify(jsonEntry(explained), null, 2),
    file: (entries, { versions, masked }) =>
      withEntries(
        { ...jsonHead(versions, masked === 'shown' ? 'shown' : 'masked'), exchanges: [] },
        'exchanges',
        entries,
      ),
  },
} as const satisfies Readonly<Record<string, Format>>

export type FormatId = keyof typeof formats

/** A JSON text whose empty list of that name has these items, each as JSON by now. */
function withEntries(empty: object, name: string, entries: readonly string[]): string {
  const text = JSON.stringify(empty, null, 2)
  const at = text.lastIndexOf(`"${name}": []`)
  const indent = ' '.repeat(at - text.lastIndexOf('\n', at) - 1)
  const items = entries.map((entry) => entry.replaceAll(/^/gm, `${indent}  `))
  const list = items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`
  return `${text.slice(0, at)}"${name}": ${list}${text.slice(at + name.length + 6)}\n`
}

/** What leaves the page, exactly. */
export interface Exported {
  readonly text: string
  /** In how many places something is masked; `shown` if nothing is. */
  readonly masked: number | 'shown'
  /** How many of the oldest exchanges are not in it, as no file is longer than one that can be imported. */
  readonly leftOut: number
}

/** How exchanges are exported. */
export interface ExportOptions extends Omit<Around, 'masked'> {
  readonly format: FormatId
  /** Whether secrets, tokens and keys leave, too. */
  readonly withSecrets: boolean
  /** Secrets that may be in none of the exchanges, to be masked wherever one repeats them. */
  readonly secrets: readonly string[]
  /** How many characters it may have at most. */
  readonly limit?: number
}

/** Exchanges, the oldest first, as the text of a file. Never throws. */
export function exportEntries(entries: readonly Explained[], options: ExportOptions): Exported {
  const { format: id, withSecrets, secrets, limit = harBounds.text } = options
  const hidden: Masked<Explained> = withSecrets
    ? { entries, places: 0, hide: (text) => text }
    : maskEntries(entries, secrets)
  const format: Format = formats[id]
  const around = { ...options, masked: withSecrets ? ('shown' as const) : hidden.places }
  const written: string[] = []
  let length = 10_000
  for (const explained of hidden.entries.toReversed()) {
    const { explanation } = explained
    const text = format.entry(
      { ...explained, explanation: explanation && hideInExplanation(explanation, hidden.hide) },
      around,
    )
    // Each line is indented.
    length += text.length + 8 * text.split('\n').length
    if (length > limit && written.length > 0) break
    written.unshift(text)
  }
  return {
    text: format.file(written, around),
    masked: around.masked,
    leftOut: entries.length - written.length,
  }
}
