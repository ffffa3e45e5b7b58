import { field, formatRequest, type Annotations, type Segment } from './format.ts'
import type { HttpRequest } from './message.ts'

/**
 * A request as the relay of `npm start` sends it, byte for byte: `host` and `connection`, the page's own fields, and
 * `content-length` if there is a body or the method expects one. Nothing in it is from the browser.
 * @see RFC 9112 section 3.2, RFC 9110 section 8.6
 */
export function formatRelayedRequest(
  request: HttpRequest,
  { annotations }: { annotations: Annotations },
): Segment[] {
  const segments = formatRequest(request, { annotations })
  const fieldsEnd = startPieces + fieldPieces * request.headers.length
  const { method, body } = request
  const length = new TextEncoder().encode(body ?? '').length
  return [
    ...segments.slice(0, startPieces),
    ...added('host', new URL(request.url).host, 'the host and port of the URL'),
    ...added('connection', 'close', 'a connection for this request alone'),
    ...segments.slice(startPieces, fieldsEnd),
    ...(length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)
      ? added('content-length', String(length), 'the body, counted in bytes')
      : []),
    ...segments.slice(fieldsEnd),
  ]
}

/** Of the start line: its text and its end. Of a field: name, separator, value and its end. */
const startPieces = 2
const fieldPieces = 4

const added = (name: string, value: string, why: string): Segment[] =>
  field(name, value, 'relay', { what: `Added by the relay: ${why}`, fields: [], spec: null })
