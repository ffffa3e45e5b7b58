import type { Check } from '../../src/lib/check.ts'
import { practiceClients } from '../../src/lib/practice/clients/clients.ts'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

/** What the practice server responded, and what it checked. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Empty if there is none. */
  readonly body: Record<string, unknown>
  readonly checks: readonly Check[]
  /** The check that failed, with what was found. */
  readonly failed: string | undefined
}

export type Parameters = Record<string, string> | [string, string][]

/** A server whose clock moves only when a test moves it. */
export function practice(start = Date.UTC(2026, 0, 1)) {
  let now = start
  const server = createPracticeServer({ now: () => now })
  const ask = async (request: Request): Promise<Answer> => {
    const response = await server.fetch(request)
    const { status, headers } = response
    const checks = server.checksOf(response)
    const failed = checks.find(({ result }) => result === 'fail')
    const text = await response.text()
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    return { status, headers, body, checks, failed: failed && `${failed.what}: ${failed.found}` }
  }
  return {
    fetch: (request: Request) => server.fetch(request),
    ask,
    /** Seconds since the epoch. */
    seconds: () => Math.floor(now / 1000),
    pass: (seconds: number) => {
      now += seconds * 1000
    },
    token: (parameters: Parameters, headers: Record<string, string> = {}, query = '') =>
      ask(formRequest(`/token${query}`, [grantType, ...listOf(parameters)], headers)),
    /** An access token of one of the clients of the list. */
    issue: async (client_id: string, parameters: Record<string, string> = {}, headers = {}) => {
      const body = [grantType, ...listOf({ ...credentialsOf(client_id), ...parameters })]
      const { body: issued } = await ask(formRequest('/token', body, headers))
      return String(issued['access_token'])
    },
    introspect: (parameters: Parameters, headers = {}) =>
      ask(formRequest('/introspect', listOf(parameters), headers)),
    revoke: (parameters: Parameters, headers = {}) =>
      ask(formRequest('/revoke', listOf(parameters), headers)),
    /** Asks one of the APIs. */
    call: (path: string, headers: Record<string, string>, method = 'GET', body: string | null = null) =>
      ask(new Request(practiceOrigin + path, { method, headers, body })),
    register: (metadata: unknown) =>
      ask(
        new Request(`${practiceOrigin}/register`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
        }),
      ),
  }
}

const grantType: [string, string] = ['grant_type', 'client_credentials']

/** The secret of a client of the list, to be sent in the body. */
export function credentialsOf(client_id: string): { client_id: string; client_secret: string } {
  const client = practiceClients.find((one) => one.client_id === client_id)
  return { client_id, client_secret: client?.client_secret ?? '' }
}

const listOf = (parameters: Parameters): [string, string][] =>
  Array.isArray(parameters) ? parameters : Object.entries(parameters)

function formRequest(path: string, parameters: [string, string][], headers: Record<string, string>): Request {
  return new Request(practiceOrigin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(parameters).toString(),
  })
}

/** What a check found, by what it checked. */
export function found({ checks }: Answer, what: string): string | undefined {
  const check = checks.find((one) => one.what === what)
  return check && `${check.result}: ${check.found}`
}
