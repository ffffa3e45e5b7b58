/** One event of a stream. @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export interface StreamEvent {
  /** `message` if the stream names none. */
  readonly event: string
  readonly data: string
  /** The last id that the stream had given by then. */
  readonly id: string
}

/** More events than that are not split: a stream must not fill the page. */
const mostEvents = 10_000

/**
 * The events of a text/event-stream that have come whole, the first 10,000, and what has come after them. Accepts any
 * text; never throws.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function parseEventStream(text: string): {
  readonly events: readonly StreamEvent[]
  readonly rest: string
} {
  const events: StreamEvent[] = []
  const line = /([^\r\n]*)(\r\n|\r|\n)/y
  line.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  let id = ''
  let event = ''
  let data: string[] = []
  let from = line.lastIndex
  for (let match = line.exec(text); match && events.length < mostEvents; match = line.exec(text)) {
    const [, content = ''] = match
    if (content === '') {
      if (data.length > 0) events.push({ event: event || 'message', data: data.join('\n'), id })
      event = ''
      data = []
      from = line.lastIndex
      continue
    }
    const [, name = '', value = ''] = /^([^:]*)(?::\x20?(.*))?$/s.exec(content) ?? []
    if (name === 'data') data.push(value)
    else if (name === 'event') event = value
    // "If the field value does not contain U+0000 NULL"
    else if (name === 'id' && !value.includes('\0')) id = value
  }
  return { events, rest: text.slice(from) }
}
