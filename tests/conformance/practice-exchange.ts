import type { ServerCheck } from '../../src/lib/http/message.ts'
import { practiceOrigin } from '../../src/lib/practice/origin.ts'
import { createPracticeServer } from '../../src/lib/practice/server.ts'

/** What the practice server answered, and what it looked at. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly checks: readonly ServerCheck[]
  /** The check that failed, with what was found. */
  readonly failed: string | undefined
}

export type Parameters = Record<string, string> | [string, string][]

/** A server whose clock stands still until a test moves it. */
export function practice(start = Date.UTC(2026, 0, 1)) {
  let now = start
  const server = createPracticeServer({ now: () => now })
  const ask = async (request: Request): Promise<Answer> => {
    const response = await server.fetch(request)
    const { status, headers } = response
    const checks = server.checksOf(response)
    const failed = checks.find(({ result }) => result === 'fail')
    const body = (await response.json()) as Record<string, unknown>
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
      ask(tokenRequest({ parameters, headers, query })),
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

function tokenRequest({
  parameters,
  headers,
  query,
}: {
  parameters: Parameters
  headers: object
  query: string
}) {
  return new Request(`${practiceOrigin}/token${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams([
      ['grant_type', 'client_credentials'],
      ...(Array.isArray(parameters) ? parameters : Object.entries(parameters)),
    ]).toString(),
  })
}

/** What a check found, by what it looked at. */
export function found({ checks }: Answer, what: string): string | undefined {
  const check = checks.find((one) => one.what === what)
  return check && `${check.result}: ${check.found}`
}
