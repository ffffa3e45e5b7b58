import type { HttpRequest } from '../http/message.ts'

/** A recorded request as code that sends it from elsewhere. Another language is another row of `renderers`. */
export interface Renderer {
  /** As the page calls it. */
  readonly label: string
  /** Sends the same method, target, fields and body; a variable is in the place of each secret. */
  readonly render: (request: HttpRequest) => string
}

/** A request as a page of that origin sends it: a server that knows CORS responds by the `Origin`. */
export function fromPage(request: HttpRequest, origin: string): HttpRequest {
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'origin')
  return { ...request, headers: [['Origin', origin], ...others] }
}
