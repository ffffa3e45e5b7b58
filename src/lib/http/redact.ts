import type { Segment } from './format.ts'

/** The mask of a secret; of one length, so that it does not reveal the secret's. */
export const mask = '••••••••'

/** Whether a text is, or has in it, what this page writes in place of a secret. */
export const isMasked = (text: string): boolean => text.includes(mask)

/** The same message with every secret masked: a layer over the segments, the message itself is untouched. */
export function redact(segments: readonly Segment[]): Segment[] {
  return segments.map((segment) => (segment.note?.secret && segment.text !== '' ? hide(segment) : segment))
}

/** Keeps an authentication scheme readable: `Basic ••••••••`. */
function hide(segment: Segment): Segment {
  const scheme = /^[A-Za-z]+ (?=\S)/.exec(segment.text)?.[0] ?? ''
  return { ...segment, text: segment.part === 'value' ? scheme + mask : mask }
}
