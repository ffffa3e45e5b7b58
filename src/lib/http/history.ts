import type { Exchange } from './message.ts'

/** How much History holds; a page must not grow without end. */
const limits = { entries: 1000, bytes: 64 * 1024 * 1024 }

/** The exchanges the page made, the newest first. */
export interface History<Entry extends { readonly exchange: Exchange }> {
  readonly entries: readonly Entry[]
  /** How many of the oldest were let go to stay within the limits. */
  readonly dropped: number
}

export const emptyHistory = { entries: [], dropped: 0 } as const

/** Adds an exchange; lets the oldest go past a thousand or past 64 MiB of bodies, but never the one just added. */
export function remember<Entry extends { readonly exchange: Exchange }>(
  history: History<Entry>,
  entry: Entry,
): History<Entry> {
  const entries = [entry, ...history.entries]
  let bytes = 0
  const fits = entries.findIndex(({ exchange }, index) => {
    bytes += bodyOf(exchange)?.length ?? 0
    return index > 0 && (index >= limits.entries || bytes > limits.bytes)
  })
  const kept = fits < 0 ? entries : entries.slice(0, fits)
  return { entries: kept, dropped: history.dropped + entries.length - kept.length }
}

/** The body that arrived, whole or in part; `null` if none did. */
function bodyOf({ outcome }: Pick<Exchange, 'outcome'>): Uint8Array | null {
  switch (outcome.kind) {
    case 'response':
      return outcome.response.body
    case 'failure':
    case 'aborted':
      return outcome.partial?.body ?? null
    case 'opaque':
    case 'opaque-redirect':
      return null
    default:
      return outcome satisfies never
  }
}
