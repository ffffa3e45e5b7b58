import type { OutgoingHttpHeaders } from 'node:http'
import type { RecordedRequest } from './fault-server.ts'
import type { Reply, Respond } from './recorded-http.ts'

type Answer = Exclude<Reply, string>

/** How a token endpoint departs from one that a page can use. */
interface Departures {
  readonly preflight?: Respond
  /** What is added to every other response, by its status. */
  readonly cors?: (request: RecordedRequest, status: number) => OutgoingHttpHeaders
  /** Instead of the response to a GET or a POST. */
  readonly answer?: (request: RecordedRequest) => Reply | undefined
}

const headerOf = ({ headers }: RecordedRequest, wanted: string): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1]

/** The origin that asks, or any. */
export const originOf = (request: RecordedRequest): string => headerOf(request, 'origin') ?? '*'

export const allowOrigin = (request: RecordedRequest): OutgoingHttpHeaders => ({
  'Access-Control-Allow-Origin': originOf(request),
})

export const noCors = (): OutgoingHttpHeaders => ({})

/** The right response to a preflight, or one that names other header fields. */
export const allowPreflight =
  (names = 'authorization, content-type'): Respond =>
  (request) => ({
    status: 204,
    headers: {
      ...allowOrigin(request),
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': names,
    },
  })

const json = (status: number, value: object): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

/** The same as from a server that refuses the client. */
export const invalidClient = json(401, { error: 'invalid_client' })

const token = json(200, { access_token: 'an-opaque-token', token_type: 'Bearer', expires_in: 3600 })

/** Where a redirect leads: a page for people, without CORS. */
const login: Answer = { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Log in</h1>' }

/** Issues a token to any client that shows itself, over CORS, but for the departures. */
export function tokenEndpoint({
  preflight = allowPreflight(),
  cors = allowOrigin,
  answer = () => undefined,
}: Departures = {}): Respond {
  return (request) => {
    if (request.url === '/login') return login
    if (request.method === 'OPTIONS') return preflight(request)
    const reply = answer(request) ?? answerOf(request)
    if (typeof reply === 'string') return reply
    return { ...reply, headers: { ...reply.headers, ...cors(request, reply.status) } }
  }
}

function answerOf(request: RecordedRequest): Answer {
  if (request.method !== 'POST') return { status: 405, headers: { Allow: 'POST' } }
  const shown = headerOf(request, 'authorization') !== undefined || request.body.includes('client_id=')
  return shown ? token : invalidClient
}
