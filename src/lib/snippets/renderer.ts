import type { HttpRequest } from '../http/message.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'

/** What code is made of. */
export interface Recorded {
  readonly request: HttpRequest
  /** What a token request was composed from; absent for every other request. */
  readonly config?: TokenRequestConfig
}

/** Which secrets are variables of the environment in the code: all, none, or all but these JWTs, signed for this request alone. */
export type Secrets = 'variables' | 'shown' | { readonly written: readonly string[] }

/** A recorded request as code that sends it from elsewhere. Another language is another row of `renderers`. */
export interface Renderer {
  /** As the page calls it. */
  readonly label: string
  /** Sends the same method, target, fields and body. `null`: no such code can be made of this request. */
  readonly render: (recorded: Recorded, secrets: Secrets) => string | null
}

/** A request as a page of that origin sends it: a server that knows CORS responds by the `Origin`. */
export function fromPage(request: HttpRequest, origin: string): HttpRequest {
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'origin')
  return { ...request, headers: [['Origin', origin], ...others] }
}
