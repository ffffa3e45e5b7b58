import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import type { Group } from '../../../src/lib/server-test/base/row.ts'
import { planTest } from '../../../src/lib/server-test/plan.ts'
import type { TestFile } from '../../../src/lib/server-test/read-file.ts'
import { reportOf } from '../../../src/lib/server-test/report/report.ts'
import { type Run, runTest } from '../../../src/lib/server-test/run.ts'
import { subjectOfFile } from '../../../src/lib/server-test/subject-of-file.ts'
import { type Handler, listenOnLoopback, type Listener } from '../loopback.ts'

const environment = { kind: 'node', origin: 'http://localhost:4290' } as const
const network = nodeEffects({ pauses: false })
const listeners: Listener[] = []

afterAll(() => {
  network.close()
})
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})

const token = { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, scope: 'read' }

/** A token endpoint that has a token for the right secret; `act` may respond in its place. */
async function start(act: (count: number, body: string, response: Parameters<Handler>[1]) => boolean) {
  const listener = await listenOnLoopback()
  listeners.push(listener)
  const bodies: string[] = []
  listener.serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    bodies.push(body)
    if (act(bodies.length, body, response)) return
    const isRight = body.includes('client_secret=the-Secret&') || body.endsWith('client_secret=the-Secret')
    response.writeHead(isRight ? 200 : 401, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(isRight ? token : { error: 'invalid_client' }))
  })
  const file: TestFile = {
    token_endpoint: `${listener.origin}/token`,
    client: {
      client_id: 'c',
      client_secret: 'the-Secret',
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'read',
    },
  }
  return { file, bodies, listener }
}

async function run(file: TestFile, more: { from?: Run; signal?: AbortSignal } = {}) {
  const made = await subjectOfFile(file)
  if (!made.ok) throw new Error(made.problems.join(' '))
  const plan = planTest(made.subject, environment, ['token'] satisfies Group[])
  const done = await runTest(made.subject, environment, network.effects, {
    plan,
    signal: more.signal ?? new AbortController().signal,
    ...(more.from ? { from: more.from } : {}),
  })
  return { run: done, report: reportOf(made.subject, plan, done, '0.0.0') }
}

describe('a test of a server', () => {
  it('sends nothing but the working request if that brings no token', async () => {
    const { file, bodies } = await start((_count, _body, response) => {
      response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_scope"}')
      return true
    })
    const { run: done, report } = await run(file)
    expect(bodies).toHaveLength(1)
    expect(done.stopped).toEqual({ kind: 'no token' })
    expect(new Set(report.checks.map(({ verdict }) => verdict))).toEqual(new Set(['skipped']))
  })

  it.each([
    [429, { 'Retry-After': '7' }, 7],
    [429, {}, null],
    [503, { 'Retry-After': '30' }, 30],
  ])('stops at %i, says how long, and goes on from there', async (status, headers, seconds) => {
    const { file, bodies } = await start((count, _body, response) => {
      if (count !== 5) return false
      response.writeHead(status, headers).end()
      return true
    })
    const first = await run(file)
    expect(bodies).toHaveLength(5)
    expect(first.run.stopped).toEqual({ kind: 'limited', status, seconds })
    const second = await run(file, { from: first.run })
    expect(second.run.stopped).toBeNull()
    expect(second.report.checks.filter(({ found }) => found.includes('asked too often'))).toEqual([])
    expect(second.report.checks.length).toBe(second.run.results.size)
  })

  it('sends nothing more once it is stopped', async () => {
    const stop = new AbortController()
    const { file, bodies } = await start((count) => {
      if (count === 4) stop.abort()
      return false
    })
    const { run: done } = await run(file, { signal: stop.signal })
    expect(bodies).toHaveLength(4)
    expect(done.stopped).toEqual({ kind: 'person' })
  })

  it('ends if the server is gone', async () => {
    const { file, listener } = await start((count) => {
      if (count === 6) void listener.close()
      return false
    })
    const { run: done, report } = await run(file)
    expect(done.stopped).toEqual({ kind: 'gone' })
    expect(report.stopped).toContain('does not respond any more')
  })

  it('says of one request that breaks the connection that it does', async () => {
    const { file } = await start((_count, body, response) => {
      if (!body.includes('x-unknown=1')) return false
      response.destroy()
      return true
    })
    const { run: done } = await run(file)
    expect(done.stopped).toBeNull()
    expect(done.results.get('unknown-parameter')?.verdict).toBe('deviates')
  })

  it('sends what may lock a client at its end, and notes that it is locked', async () => {
    let wrong = 0
    // As servers lock: after three in a row, and a right secret begins anew before that.
    const { file } = await start((_count, body, response) => {
      const isRight = /client_secret=the-Secret(&|$)/.test(body)
      wrong = isRight && wrong < 3 ? 0 : wrong + 1
      if (wrong <= 3) return false
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"error":"invalid_client"}')
      return true
    })
    const { report } = await run(file)
    const refused = report.checks.filter(({ found }) => found.includes('invalid_client'))
    const late = new Set(['failing', 'again'])
    expect(refused.filter(({ row }) => !late.has(row.phase)).map(({ id }) => id)).toEqual(['basic-supported'])
    expect(report.checks.find(({ id }) => id === 'baseline-again')).toMatchObject({
      verdict: 'note',
      found: expect.stringContaining('locked') as string,
    })
  })

  it('follows no redirect', async () => {
    const { file: other, bodies: reached } = await start(() => false)
    const { file } = await start((_count, body, response) => {
      if (!body.includes('x-unknown=1')) return false
      response.writeHead(307, { Location: other.token_endpoint }).end()
      return true
    })
    const { run: done } = await run(file)
    expect(reached).toEqual([])
    expect(done.results.get('unknown-parameter')?.found).toContain('307')
  })

  it('reads no more than four of ten megabytes', async () => {
    const { file } = await start((_count, body, response) => {
      if (!body.includes('x-unknown=1')) return false
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(Buffer.alloc(10 * 1024 * 1024, 0x20))
      return true
    })
    const { run: done } = await run(file)
    expect(done.results.get('unknown-parameter')).toMatchObject({
      verdict: 'skipped',
      found: 'The response is too large to be read.',
    })
    expect(done.stopped).toBeNull()
  })

  it('leaves the rest if a row fails by itself', async () => {
    const { file } = await start(() => false)
    const made = await subjectOfFile(file)
    if (!made.ok) throw new Error('No subject')
    const plan = planTest(made.subject, environment, ['token'])
    let sent = 0
    const effects = {
      ...network.effects,
      send: (...[request, purpose, signal]: Parameters<typeof network.effects.send>) => {
        sent += 1
        if (sent === 3) throw new Error('a bug')
        return network.effects.send(request, purpose, signal)
      },
    }
    const done = await runTest(made.subject, environment, effects, {
      plan,
      signal: new AbortController().signal,
    })
    expect(done.stopped).toBeNull()
    expect([...done.results.values()].filter(({ found }) => found.includes('a bug'))).toHaveLength(1)
  })
})
