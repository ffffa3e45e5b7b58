import { decodeBody } from '../http/body.ts'
import { headerValue, type HttpRequest, type Outcome } from '../http/message.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import type { About } from './recorded.ts'

/** What a request of another program was for, by its messages. */
interface Seen {
  readonly path: string
  readonly method: string
  readonly form: URLSearchParams
  /** The members of a JSON body of the request and of the response; none if it is no object. */
  readonly sent: Readonly<Record<string, unknown>>
  readonly received: Readonly<Record<string, unknown>>
}

/** The first row that fits has it; what fits none is the call of an API. */
const rows: readonly (readonly [About, (seen: Seen) => boolean])[] = [
  // RFC 6749 section 4.4.2
  ['token', ({ method, form }) => method === 'POST' && form.has('grant_type')],
  // RFC 7517 section 5
  ['keys', ({ method, received }) => method === 'GET' && Array.isArray(own(received, 'keys'))],
  // RFC 8615 section 3, RFC 8414 section 3, RFC 9728 section 3
  ['metadata', ({ method, path }) => method === 'GET' && path.includes('/.well-known/')],
  // RFC 7662 section 2
  [
    'introspection',
    ({ method, form, path, received }) =>
      method === 'POST' &&
      form.has('token') &&
      (Object.hasOwn(received, 'active') || /introspect/i.test(path)),
  ],
  // RFC 7009 section 2.1
  [
    'revocation',
    ({ method, form, path }) => method === 'POST' && form.has('token') && /revo[ck]/i.test(path),
  ],
  // RFC 7591 section 3
  [
    'registration',
    ({ method, sent }) =>
      method === 'POST' &&
      ['redirect_uris', 'grant_types', 'token_endpoint_auth_method'].some((name) =>
        Object.hasOwn(sent, name),
      ),
  ],
]

/** What a request was for, guessed from what it sent and what came. */
export function guessAbout(request: HttpRequest, outcome: Outcome): About {
  const { method, body, headers, url } = request
  const json = /json/i.test(headerValue(headers, 'content-type') ?? '')
  const seen = {
    path: new URL(url).pathname,
    method,
    form: new URLSearchParams(json ? '' : (body ?? '')),
    sent: json ? membersOf(body ?? '') : {},
    received: outcome.kind === 'response' ? membersOf(textOf(outcome.response)) : {},
  }
  return rows.find(([, fits]) => fits(seen))?.[0] ?? 'api'
}

function textOf(response: Parameters<typeof decodeBody>[0]): string {
  const body = decodeBody(response)
  return body.kind === 'text' ? body.text : ''
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  const parsed = parsePlain(text)
  return parsed.ok && isObject(parsed.value) ? parsed.value : {}
}

const own = (members: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined
