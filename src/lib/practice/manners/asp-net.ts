import { fetchStandard, rfc } from '../../spec.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { empty } from '../base/response.ts'
import { type PracticeServer, served } from '../base/served.ts'

/** One endpoint of a server made with ASP.NET Core. */
export interface Row {
  readonly path: string
  readonly method: 'GET' | 'POST'
  /** The first thing checked: the request came with this endpoint's method. */
  readonly rule: Rule
  /** The fields that a page may read of its responses, besides those it always may. */
  readonly exposes: readonly string[]
  /** Throws a ProtocolError to refuse. */
  readonly respond: (request: Request, checks: CheckLog) => Response | Promise<Response>
}

const known: Rule = { what: 'There is something at this URL', spec: rfc(9110, '15.5.5') }
const preflight: Rule = {
  what: 'The browser may send the request',
  spec: fetchStandard('cors-preflight-fetch'),
}

/** What nobody at the server caught: status 500 and nothing else, so that no page may read it. */
export function unhandled(rule: Rule, found: string): ProtocolError {
  return new ProtocolError(rule, found, empty(500))
}

/**
 * A server as ASP.NET Core makes it: a path may end with a slash, an unknown one is 404 and another method 405, both
 * without a body, and CORS allows every origin and whatever a preflight asks for.
 */
export function aspNetServer(
  origin: string,
  rows: readonly Row[],
  { now }: { readonly now: () => number },
): PracticeServer {
  const rowAt = ({ url }: Request): Row | undefined => {
    const { pathname } = new URL(url)
    return rows.find(({ path }) => path === pathname || `${path}/` === pathname)
  }
  return served(
    async (request, checks) => {
      const asked = request.headers.get('access-control-request-method')
      if (request.method === 'OPTIONS' && asked !== null) return answerPreflight(request, asked, checks)
      const row = rowAt(request)
      if (!row) {
        const { pathname } = new URL(request.url)
        const paths = rows.map(({ path }) => path).join(', ')
        throw new ProtocolError(known, `Nothing at ${pathname.slice(0, 60)}. There is: ${paths}`, empty(404))
      }
      if (request.method !== row.method) {
        const found = `The method is ${request.method.slice(0, 20)}, and ${origin}${row.path} accepts ${row.method}`
        throw new ProtocolError(row.rule, found, empty(405, { Allow: row.method }))
      }
      checks.pass(row.rule, `${request.method} ${row.path}`)
      return row.respond(request, checks)
    },
    (request, response) => {
      response.headers.set('Date', new Date(now()).toUTCString())
      response.headers.set('Server', 'Kestrel')
      // Whoever handles an exception begins the response anew, without the fields of CORS.
      if (response.status === 500) return response
      response.headers.set('Access-Control-Allow-Origin', '*')
      const exposes = rowAt(request)?.exposes ?? []
      if (exposes.length > 0 && request.method !== 'OPTIONS')
        response.headers.set('Access-Control-Expose-Headers', exposes.join(','))
      return response
    },
  )
}

/** `AllowAnyMethod` and `AllowAnyHeader` say back what they are asked, at any path. */
function answerPreflight({ headers }: Request, method: string, checks: CheckLog): Response {
  const asked = headers.get('access-control-request-headers')
  checks.pass(preflight, `From any origin: ${method}${asked === null ? '' : `, with ${asked}`}`)
  return empty(204, {
    ...(asked === null ? {} : { 'Access-Control-Allow-Headers': asked }),
    'Access-Control-Allow-Methods': method,
  })
}
