import { rfc } from '../../spec.ts'
import { text } from '../base/response.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { parseJson } from '../base/json-object.ts'
import { ProtocolError } from '../base/protocol-error.ts'

const fitting: Rule = { what: 'The body can be said back', spec: rfc(9110, '15.5.14') }

/** Characters. */
const maxBody = 64 * 1024

/** A token and its proof stay where they are. */
const unrepeated = ['authorization', 'dpop']

/** What a request was, as this server saw it; the body as text, and also as JSON where it is that. */
export async function echo(request: Request, checks: CheckLog): Promise<object> {
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
