import type { Segment } from '../http/format.ts'
import type { Fault } from './fault.ts'

/**
 * Marks what a fault altered: a layer over the segments, the message itself is untouched. What the browser adds is
 * never marked.
 */
export function markAltered(
  segments: readonly Segment[],
  { altered, says }: Pick<Fault, 'altered' | 'says'>,
): Segment[] {
  let name = ''
  return segments.map((segment) => {
    const { part, origin, text } = segment
    if (part === 'name') name = text.toLowerCase()
    const place = { start: 'start line', body: 'body', name, value: name, punctuation: '' }[part]
    return origin === 'page' && altered.includes(place) ? { ...segment, altered: says } : segment
  })
}
