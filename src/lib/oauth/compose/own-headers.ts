import type { HeaderList } from '../../http/message.ts'
import type { Entry } from '../config/config.ts'

/**
 * The user's own header fields as a browser puts them on the wire: repeats in one line, under the first
 * spelling.
 * @see RFC 9110 section 5.3
 */
export function ownHeaders(entries: readonly Entry[]): HeaderList {
  const lines = new Map<string, readonly [string, string]>()
  for (const { name, value } of entries.filter((entry) => entry.on && entry.name !== '')) {
    const [spelling, before] = lines.get(name.toLowerCase()) ?? [name, null]
    const trimmed = value.trim()
    lines.set(name.toLowerCase(), [spelling, before === null ? trimmed : `${before}, ${trimmed}`])
  }
  return [...lines.values()]
}
