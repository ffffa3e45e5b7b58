import { allowInsecureRequests, customFetch } from 'oauth4webapi'
import type { HttpRequest } from '../../http/message.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { formType } from './form-type.ts'

/** What of oauth4webapi's options makes a request be recorded instead of sent. */
interface Recording {
  readonly [allowInsecureRequests]: true
  readonly [customFetch]: (
    url: string,
    options: {
      readonly method: string
      readonly headers: Readonly<Record<string, string>>
      readonly body?: { toString(): string } | null | undefined
    },
  ) => Promise<Response>
}

/**
 * The request that a function of oauth4webapi makes: the fetch it is given records and does not send. The library
 * then sees an empty response, which none of its request functions looks into. The library always adds a charset to
 * the type of a form; `config` decides that here.
 */
export async function recordRequest(
  config: TokenRequestConfig,
  make: (recording: Recording) => Promise<unknown>,
): Promise<HttpRequest> {
  let recorded: HttpRequest | undefined
  await make({
    [allowInsecureRequests]: true,
    [customFetch]: (url, { method, headers, body }) => {
      recorded = {
        method,
        url,
        headers: Object.entries(headers).map(([name, value]) => [
          spelled(name),
          name === 'content-type' ? formType(config) : value,
        ]),
        body: body?.toString() ?? null,
      }
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  if (!recorded) throw new Error('oauth4webapi did not call its fetch')
  return recorded
}

/** As the standard spells it: some servers look the name up with its capitals. @see RFC 9449 section 4.1 */
function spelled(name: string): string {
  return name === 'dpop' ? 'DPoP' : name
}
