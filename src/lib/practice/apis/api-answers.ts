import type { PracticeApi } from './apis.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { rfc } from '../../spec.ts'
import { text } from '../base/response.ts'
import { parseJson } from '../base/json-object.ts'
import { ProtocolError } from '../base/protocol-error.ts'

/** How an API responds once a token is found good. */
interface ApiAnswer {
  /** Being asked by its method, as the list of checks names it. */
  readonly what: string
  readonly answer: (claims: TokenClaims, request: Request, checks: CheckLog) => object | Promise<object>
}

const greet = ({ sub, scope }: TokenClaims) => ({ greeting: `Hello, ${sub}!`, scope })

export const apiAnswers: Readonly<Record<Exclude<PracticeApi['id'], 'mcp'>, ApiAnswer>> = {
  greeting: { what: 'GET the greeting', answer: greet },
  echo: { what: 'POST to the echo', answer: (_claims, request, checks) => echo(request, checks) },
  reports: {
    what: 'GET the reports',
    answer: ({ client_id, scope }) => ({ reports: [`The tokens of ${client_id}`], scope }),
  },
  bound: {
    what: 'GET the bound greeting',
    answer: (claims) => ({ ...greet(claims), bound_to: claims.cnf?.jkt }),
  },
  introspected: { what: 'GET the introspected greeting', answer: greet },
  quiet: { what: 'GET the quiet greeting', answer: greet },
}

const fitting: Rule = { what: 'The body can be said back', spec: rfc(9110, '15.5.14') }

/** Characters. */
const maxBody = 64 * 1024

/** A token and its proof stay where they are. */
const unrepeated = ['authorization', 'dpop']

/** What a request was, as this server saw it; the body as text, and also as JSON if it is that. */
async function echo(request: Request, checks: CheckLog): Promise<object> {
  const body = await request.text()
  if (body.length > maxBody) {
    const found = `It has ${body.length} characters; ${maxBody} is the most`
    throw new ProtocolError(fitting, found, text(413, found))
  }
  checks.pass(fitting, `${body.length} characters`)
  const headers = [...request.headers].map(([name, value]) => [
    name,
    unrepeated.includes(name) ? `(${value.length} characters, not repeated)` : value,
  ])
  const json = parseJson(body)
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
    ...(json === undefined ? {} : { json }),
  }
}
