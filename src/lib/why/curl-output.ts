import type { HttpResponse } from '../http/message.ts'
import type { CauseId } from './causes/causes.ts'
import type { Evidence } from './evidence/evidence.ts'

/** The head of the last response in curl's output. */
interface Head {
  /** The line that begins it. */
  readonly line: string
  readonly status: number
  /** Values by lower-case name, each as often as it is there. */
  readonly fields: ReadonlyMap<string, readonly string[]>
  /** Whether it is the response to OPTIONS, by the command or the request that was pasted along or by its fields. */
  readonly isPreflight: boolean
  readonly body: string
}

interface Row {
  readonly cause: CauseId
  readonly when: (head: Head, evidence: Evidence) => boolean
  /** The field that decides. */
  readonly field?: string
}

const origins = ({ fields }: Head): readonly string[] => fields.get('access-control-allow-origin') ?? []

const listed = ({ fields }: Head, name: string): string[] =>
  (fields.get(name) ?? []).flatMap((value) => value.split(',')).map((item) => item.trim().toLowerCase())

/** By the standard a * does not cover authorization; browsers still accept it, Firefox with a warning. @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
const allows = (head: Head, name: string): boolean => {
  const allowed = listed(head, 'access-control-allow-headers')
  return allowed.includes(name) || allowed.includes('*')
}

const isRefusedByCors = ({ body, status }: Head): boolean =>
  status === 403 && /^Invalid CORS request/.test(body)

/** In the order a browser looks. */
const rows: readonly Row[] = [
  {
    cause: 'preflight-redirect',
    when: (head, { before, target }) =>
      // What has to be asked for first fails there, if the metadata or a request that needs no preflight can tell.
      (head.isPreflight || (target.asks.length > 0 && (before.simple || before.metadata === 'unreadable'))) &&
      head.status >= 300 &&
      head.status < 400,
    field: 'location',
  },
  {
    cause: 'redirect',
    when: (head) => head.status >= 300 && head.status < 400 && !head.isPreflight,
    field: 'location',
  },
  // A filter of Spring says that of the request itself, which goes no further; what was read before is allowed.
  {
    cause: 'header-not-allowed',
    when: (head, { before, target }) =>
      isRefusedByCors(head) && target.asks.length > 0 && (before.simple || before.beside),
  },
  {
    cause: 'method-not-allowed',
    when: (head, { before, target }) =>
      isRefusedByCors(head) && target.asks.length === 0 && before.metadata === 'read',
  },
  { cause: 'request-refused', when: isRefusedByCors },
  // What Go, nginx and Tomcat say at a TLS port.
  {
    cause: 'speaks-https',
    when: ({ body, status }) =>
      status === 400 &&
      /HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS|requires TLS/.test(body),
  },
  { cause: 'failed-unread', when: (head) => head.status >= 500 && origins(head).length === 0 },
  {
    cause: 'after-authentication',
    when: (head, { before }) =>
      origins(head).length === 0 &&
      (head.status === 401 || head.status === 403 || (head.isPreflight && head.status === 400)) &&
      (before.succeeded || before.beside) &&
      before.metadata === 'unreadable',
  },
  { cause: 'preflight-refused', when: (head) => head.isPreflight && origins(head).length === 0 },
  { cause: 'cors-missing', when: (head) => origins(head).length === 0 },
  {
    cause: 'origin-twice',
    when: (head) => origins(head).length > 1 || !!origins(head)[0]?.includes(','),
    field: 'access-control-allow-origin',
  },
  {
    cause: 'origin-mismatch',
    when: (head, { page }) => origins(head)[0] !== '*' && origins(head)[0] !== page.origin,
    field: 'access-control-allow-origin',
  },
  {
    cause: 'preflight-refused',
    when: (head) => head.isPreflight && !(head.status >= 200 && head.status < 300),
  },
  {
    cause: 'header-not-allowed',
    when: (head, { target }) => head.isPreflight && target.asks.some((name) => !allows(head, name)),
    field: 'access-control-allow-headers',
  },
  { cause: 'cors-passes', when: () => true, field: 'access-control-allow-origin' },
]

/** What the head of a response, as `curl -i` prints it, means to this page; `null` if there is none. */
export function verdictOfHeaders(text: string, evidence: Evidence): { cause: CauseId; line: string } | null {
  const head = lastHead(text)
  if (!head) return null
  const row = rows.find(({ when }) => when(head, evidence))
  if (!row) return null
  const value = row.field === undefined ? undefined : head.fields.get(row.field)?.join(', ')
  return { cause: row.cause, line: value === undefined ? head.line : `${head.line} · ${row.field}: ${value}` }
}

/** Whether the last response in it is one to a preflight, or of a CORS filter: it says nothing of the client. */
export function endsInCors(text: string): boolean {
  const head = lastHead(text)
  return head !== null && (head.isPreflight || isRefusedByCors(head))
}

/** The response that curl prints with `-i` or `-v`; `null` if there is none. */
export function responseIn(text: string): HttpResponse | null {
  const head = lastHead(text)
  if (!head) return null
  return {
    status: head.status,
    statusText: '',
    headers: [...head.fields].map(([name, values]) => [name, values.join(', ')] as const),
    body: new TextEncoder().encode(head.body),
  }
}

/** What comes after the empty line that ends the head; what curl says itself begins with an asterisk. */
function bodyAfter(lines: readonly string[], start: number): string {
  const blank = lines.indexOf('', start)
  return lines
    .slice(blank === -1 ? lines.length : blank + 1)
    .filter((line) => !line.startsWith('* '))
    .join('\n')
    .trim()
}

/** The last, as 100 Continue and the response of a proxy come before it; `< ` is before each line of curl -v. */
function lastHead(text: string): Head | null {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^< ?/, ''))
  const start = lines.findLastIndex((line) => /^HTTP\/[\d.]+ \d{3}\b/.test(line))
  const line = lines[start]
  if (line === undefined) return null
  const fields = new Map<string, string[]>()
  for (const field of lines.slice(start + 1)) {
    const [, name, value] = /^([!#$%&'*+\-.^_`|~\w]+):(.*)$/.exec(field) ?? []
    if (name === undefined || value === undefined) break
    const key = name.toLowerCase()
    fields.set(key, [...(fields.get(key) ?? []), value.trim()])
  }
  const status = Number(line.split(' ')[1])
  // Many servers give the fields of a preflight with every response; a 204 responds to nothing else here.
  const isPreflight =
    /^> OPTIONS |-X '?OPTIONS/m.test(text) ||
    (status === 204 && fields.has('access-control-allow-headers')) ||
    // No token endpoint says that of a POST.
    /HTTP method is not (?:valid|allowed)/i.test(text)
  return { line, status, fields, isPreflight, body: bodyAfter(lines, start) }
}
