import { expect, test } from 'vitest'
import { headerValue, type HttpRequest } from '../http/message.ts'
import { practiceTransport } from './browser-view.ts'
import { practiceOrigin } from './base/origin.ts'
import type { PracticeServer } from './base/served.ts'
import { createPracticeServer } from './server.ts'

const page = 'http://localhost:4290'
const server = createPracticeServer({ now: () => Date.UTC(2026, 0, 1) })
const unaborted = new AbortController().signal

const request = (headers: HttpRequest['headers'], body = 'grant_type=client_credentials'): HttpRequest => ({
  method: 'POST',
  url: `${practiceOrigin}/token`,
  headers: [['content-type', 'application/x-www-form-urlencoded'], ...headers],
  body,
})
const basic = ['authorization', `Basic ${btoa('practice-client:practice-secret')}`] as const

/** A server that responds as a test says, and remembers what it was asked. */
function faulty(answers: (request: Request) => Response): PracticeServer & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    fetch: (request) => {
      asked.push(request.method)
      return Promise.resolve(answers(request))
    },
    checksOf: () => [],
  }
}
const failedToFetch = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }

test('Basic needs a preflight; Date and X-Request-Id are hidden from the page', async () => {
  const { outcome, serverView } = await practiceTransport(server, page)(request([basic]), unaborted)
  if (outcome.kind !== 'response' || !serverView) throw new Error(outcome.kind)
  expect(outcome.response.status).toBe(200)
  expect(outcome.response.headers).toEqual([
    ['cache-control', 'no-store'],
    ['content-type', 'application/json'],
    ['pragma', 'no-cache'],
  ])
  expect(serverView.preflight?.status).toBe(204)
  expect(headerValue(serverView.hiddenHeaders, 'date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
  expect(serverView.hiddenHeaders.map(([name]) => name)).toContain('x-request-id')
  expect(serverView.checks.at(-1)?.what).toBe('An access token is issued')
})

test('a secret in the body needs none; a refusal shows its challenge, which is exposed', async () => {
  const body = 'grant_type=client_credentials&client_id=practice-client&client_secret=wrong'
  const { outcome, serverView } = await practiceTransport(server, page)(request([], body), unaborted)
  if (outcome.kind !== 'response') throw new Error(outcome.kind)
  expect(outcome.response.status).toBe(401)
  expect(headerValue(outcome.response.headers, 'www-authenticate')).toMatch(/^Basic /)
  expect(serverView?.preflight).toBeNull()
})

test('the quiet API is refused like the others, and the page does not see why', async () => {
  const call = async (path: string) => {
    const url = practiceOrigin + path
    const headers = [['authorization', 'Bearer wrong']] as const
    const asked = { method: 'GET', url, headers, body: null }
    const { outcome, serverView } = await practiceTransport(server, page)(asked, unaborted)
    if (outcome.kind !== 'response' || !serverView) throw new Error(outcome.kind)
    const challenge = headerValue(outcome.response.headers, 'www-authenticate')
    return { status: outcome.response.status, challenge, hidden: serverView.hiddenHeaders }
  }
  const greeting = await call('/api/greeting')
  const quiet = await call('/api/quiet')
  expect([greeting.status, quiet.status]).toEqual([401, 401])
  expect(greeting.challenge).toContain('error="invalid_token"')
  expect(quiet.challenge).toBeNull()
  expect(headerValue(quiet.hidden, 'www-authenticate')).toBe(
    greeting.challenge?.replaceAll('/api/greeting', '/api/quiet'),
  )
})

test('a header the preflight does not allow: the request never leaves', async () => {
  const transport = practiceTransport(server, page)
  const { outcome, serverView } = await transport(request([['x-trace', '1']]), unaborted)
  expect(outcome).toEqual(failedToFetch)
  expect(serverView?.preflight?.status).toBe(204)
  expect(serverView?.checks.map(({ what }) => what)).toEqual(['The browser may send the request'])
})

test('CORS on the preflight only: the request is processed, the response withheld', async () => {
  const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization' }
  const double = faulty(
    ({ method }) =>
      new Response(null, method === 'OPTIONS' ? { headers: cors } : { headers: { 'X-A': '1' } }),
  )
  const { outcome, serverView } = await practiceTransport(double, page)(request([basic]), unaborted)
  expect(outcome).toEqual(failedToFetch)
  expect(double.asked).toEqual(['OPTIONS', 'POST'])
  expect(serverView?.hiddenHeaders).toEqual([['x-a', '1']])
})

test('a redirect is opaque if CORS allows it and a network error if not', async () => {
  const redirect = (headers: Record<string, string>) =>
    faulty(() => new Response(null, { status: 307, headers }))
  const allowed = redirect({ Location: '/x', 'Access-Control-Allow-Origin': page })
  expect((await practiceTransport(allowed, page)(request([]), unaborted)).outcome).toEqual({
    kind: 'opaque-redirect',
  })
  const bare = redirect({ Location: '/x' })
  expect((await practiceTransport(bare, page)(request([]), unaborted)).outcome).toEqual(failedToFetch)
})

test('what fetch refuses to send is a failure in its own words', async () => {
  const transport = practiceTransport(server, page)
  const { outcome, serverView } = await transport(request([['bad name', 'x']]), unaborted)
  expect(outcome).toMatchObject({ kind: 'failure', name: 'TypeError' })
  expect(serverView).toBeNull()
  const relative = await transport({ ...request([]), url: '/token' }, unaborted)
  expect(relative.outcome.kind).toBe('failure')
})

test('an abort ends it: by the user, by the deadline, before or during', async () => {
  const double = faulty(() => new Response())
  const transport = practiceTransport(double, page)
  expect((await transport(request([]), AbortSignal.abort())).outcome).toEqual({
    kind: 'aborted',
    by: 'person',
    partial: null,
  })
  expect(double.asked).toEqual([])

  const silent = { fetch: () => new Promise<Response>(() => undefined), checksOf: () => [] }
  const during = practiceTransport(silent, page)(request([]), AbortSignal.timeout(5))
  expect((await during).outcome).toEqual({ kind: 'aborted', by: 'timeout', partial: null })
})
