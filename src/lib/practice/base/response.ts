/** Reason phrases of the responses given here: the practice server speaks HTTP/1.1. */
const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

type Fields = Readonly<Record<string, string>>

export function empty(status: number, headers: Fields = {}): Response {
  return new Response(null, { status, statusText: reasons[status] ?? '', headers })
}

export function json(status: number, body: object, headers: Fields = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    statusText: reasons[status] ?? '',
    headers: { 'Content-Type': 'application/json', ...headers },
  })
}

/** A stream of events that has ended, with one JSON text in each. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function eventStream(messages: readonly object[], headers: Fields = {}): Response {
  const events = messages.map((message) => `event: message\ndata: ${JSON.stringify(message)}\n\n`)
  return new Response(events.join(''), {
    status: 200,
    statusText: 'OK',
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', ...headers },
  })
}

export function text(status: number, sentence: string, headers: Fields = {}): Response {
  return new Response(`${sentence}\n`, {
    status,
    statusText: reasons[status] ?? '',
    headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...headers },
  })
}
