import { parseEventStream, type StreamEvent } from '../../lib/mcp/event-stream.ts'
import { readJsonRpcRequest, respondsTo } from '../../lib/mcp/json-rpc.ts'

/** An event as it is listed. */
interface ListedEvent extends StreamEvent {
  /** Counts from 1. */
  readonly number: number
  /** Whether it is the response to the JSON-RPC request that was sent. */
  readonly isResponse: boolean
}

/** The events of a stream, as many as are drawn. */
export interface ListedEvents {
  /** Of all that have come whole. */
  readonly count: number
  /** The first ones, then the last ones. */
  readonly first: readonly ListedEvent[]
  readonly last: readonly ListedEvent[]
  /** Characters of an event that has not come whole. */
  readonly rest: number
  /** Whether a JSON-RPC request was sent, and none of the events is the response to it. */
  readonly lacksResponse: boolean
  /** Whether the stream is longer than what is split into events. */
  readonly isLonger: boolean
}

/** How much is looked at, in characters, and how many events are drawn at either end. */
const most = { characters: 1_000_000, events: 100 }

/** @param requestBody of the request that the stream is the response to */
export function eventsIn(text: string, requestBody: string | null): ListedEvents {
  const { events, rest } = parseEventStream(text.slice(0, most.characters))
  const id = readJsonRpcRequest(requestBody)?.id
  const listed = (from: number, to: number) =>
    events.slice(from, to).map((event, index) => ({
      ...event,
      number: from + index + 1,
      isResponse: id !== undefined && respondsTo(event.data, id),
    }))
  const isLonger = text.length > most.characters
  const first = listed(0, most.events)
  const last = listed(Math.max(most.events, events.length - most.events), events.length)
  const isAll = !isLonger && first.length + last.length === events.length
  return {
    count: events.length,
    first,
    last,
    lacksResponse: id !== undefined && isAll && ![...first, ...last].some(({ isResponse }) => isResponse),
    rest: isLonger ? 0 : rest.length,
    isLonger,
  }
}
