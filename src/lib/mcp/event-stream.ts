/** One event of a stream. @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export interface StreamEvent {
  /** `message` if the stream names none. */
  readonly event: string
  readonly data: string
  /** The last id that the stream had given by then. */
  readonly id: string
}

/**
 * The events of a text/event-stream that have come whole, and what has come of the one after them. Never throws.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function parseEventStream(text: string): {
  readonly events: readonly StreamEvent[]
  readonly rest: string
} {
  const blocks = text.replace(/^\uFEFF/, '').split(/(?<=(?:\r\n|\n|\r)(?:\r\n|\n|\r))/)
  const events: StreamEvent[] = []
  let id = ''
  let rest = ''
  for (const block of blocks) {
    rest = /(?:\r\n|\n|\r)(?:\r\n|\n|\r)$/.test(block) || /^[\r\n]+$/.test(block) ? '' : block
    if (rest !== '') break
    const fields = block.split(/\r\n|\n|\r/).map((line) => /^([^:]*)(?::\x20?(.*))?$/s.exec(line))
    const values = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []))
    id = values('id').at(-1) ?? id
    const data = values('data')
    if (data.length > 0)
      events.push({ event: values('event').at(-1) ?? 'message', data: data.join('\n'), id })
  }
  return { events, rest }
}
