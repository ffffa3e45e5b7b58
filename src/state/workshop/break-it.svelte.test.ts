import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../lib/http/message.ts'
import { generateKey } from '../../lib/keys/generate-key.ts'
import { createPracticeServers, practiceTransport } from '../../lib/practice/index.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { Playground } from '../playground.svelte.ts'
import { breakItOf } from './break-it.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

/** A page before the practice server, which responds at every origin. */
async function open() {
  const requests: HttpRequest[] = []
  let now = Date.UTC(2026, 0, 1)
  const practice = practiceTransport(createPracticeServers({ now: () => now }), 'http://localhost:4290')
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => now, monotonic: () => 0 },
    transport: (request, signal) => {
      requests.push(request)
      // Outside a browser, oauth4webapi names itself, which no preflight of the practice server allows.
      const headers = request.headers.filter(([name]) => name !== 'user-agent')
      const url = `https://practice.example${new URL(request.url).pathname}`
      return practice({ ...request, headers, url }, signal)
    },
  })
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  playground.connection.edit({ token_endpoint_auth_method: 'client_secret_post' })
  await ready(playground)
  return { playground, breakIt: breakItOf(playground), requests, pass }
}

const ready = (playground: Playground) =>
  eventually(() => {
    expect(playground.connection.preview).not.toBeNull()
  })

const preview = async (playground: Playground, expected: string) => {
  await eventually(() => {
    expect(playground.connection.preview?.body).toContain(expected)
  })
  return playground.connection.preview?.body
}

describe('a fault that is armed', () => {
  it('is in the preview, in one request, and in none after it', async () => {
    const { playground, breakIt, requests } = await open()
    breakIt.arm('wrong-secret-post')
    expect(playground.moment).toBe('next')
    await preview(playground, 'client_secret=not-the-secret')
    await playground.send()
    await playground.send()
    expect(requests.map(({ body }) => new URLSearchParams(body ?? '').get('client_secret'))).toEqual([
      'not-the-secret',
      'practice-secret',
    ])
    expect(breakIt.armed).toBeNull()
    const { entries } = playground.exchanges.history
    expect(entries.map(({ fault }) => fault)).toEqual([null, 'wrong-secret-post'])
    expect(entries[1]?.exchange.purpose).toBe('Token request, broken on purpose: wrong-secret-post')
    expect(entries[1]?.config.client_secret).toBe('practice-secret')
    expect(await preview(playground, 'client_secret=practice-secret')).not.toContain('not-the')
  })

  it('can be undone before it is sent', async () => {
    const { playground, breakIt, requests } = await open()
    breakIt.arm('missing-grant-type')
    breakIt.disarm()
    await playground.send()
    expect(requests[0]?.body).toContain('grant_type=client_credentials')
    expect(playground.exchanges.history.entries[0]?.fault).toBeNull()
  })

  it('that does not apply any more leaves the request right, and says why', async () => {
    const { playground, breakIt, requests } = await open()
    breakIt.arm('wrong-secret-post')
    playground.connection.edit({ token_endpoint_auth_method: 'client_secret_basic' })
    expect(breakIt.unless).toBe('The client sends no secret in the body.')
    await ready(playground)
    await playground.send()
    expect(requests.map(({ body }) => body)).toEqual(['scope=read&grant_type=client_credentials'])
    expect(playground.exchanges.history.entries[0]?.fault).toBeNull()
  })

  it('is judged, and explained as any refusal is', async () => {
    const { playground, breakIt } = await open()
    breakIt.arm('wrong-secret-post')
    await playground.send()
    const { view } = playground
    if (!view) throw new Error('Nothing was sent')
    expect(breakIt.judge(view)).toMatchObject({ result: 'pass', what: 'As the standard expects' })
    const typed = await open()
    typed.playground.connection.edit({ client_secret: 'not-the-secret' })
    await typed.playground.send()
    expect(view.understanding?.explanation?.causes.length).toBeGreaterThan(0)
    expect(view.understanding?.explanation).toEqual(typed.playground.view?.understanding?.explanation)
    await playground.send()
    if (playground.view) expect(breakIt.judge(playground.view)).toBeNull()
  })

  it('goes along with the nonce that the server demands', async () => {
    const { playground, breakIt, requests } = await open()
    const key = await generateKey('ES256', {})
    playground.keys.put(key)
    playground.connection.edit({
      client_id: 'practice-dpop',
      client_secret: 'practice-secret-dpop',
      dpop: { on: true, key: key.thumbprint, lifetime: 0, payload: '' },
    })
    await eventually(() => {
      expect(playground.sendable).toBe(true)
    })
    breakIt.arm('scope-beyond')
    await playground.send()
    expect(requests).toHaveLength(2)
    expect(requests.map(({ body }) => body?.includes('no.such.scope'))).toEqual([true, true])
    const { entries } = playground.exchanges.history
    expect(entries.map(({ fault }) => fault)).toEqual(['scope-beyond', 'scope-beyond'])
  })
})

describe('a broken request to another origin', () => {
  it('is not sent before the user confirms it, once for each origin', async () => {
    const { playground, breakIt, requests } = await open()
    playground.connection.edit({ token_endpoint: 'https://as.example/token' })
    await ready(playground)
    breakIt.arm('missing-grant-type')
    expect(breakIt.unconfirmed).toBe('https://as.example')
    expect(playground.sendable).toBe(false)
    await playground.send()
    expect(requests).toEqual([])
    breakIt.confirm()
    await playground.send()
    breakIt.arm('missing-grant-type')
    await playground.send()
    expect(requests).toHaveLength(2)
    breakIt.arm('missing-grant-type')
    playground.connection.edit({ token_endpoint: 'https://other.example/token' })
    expect(breakIt.unconfirmed).toBe('https://other.example')
    await playground.send()
    expect(requests).toHaveLength(2)
    breakIt.disarm()
    await playground.send()
    expect(requests).toHaveLength(3)
  })

  it('is an API as well', async () => {
    const { playground, breakIt, requests } = await open()
    await playground.send()
    const { use } = toolsOf(playground)
    use.edit({ url: 'https://api.example/api/greeting' })
    breakIt.arm('api-garbage')
    await use.send()
    expect(requests).toHaveLength(1)
    breakIt.confirm()
    await use.send()
    expect(requests).toHaveLength(2)
  })
})

describe('a fault at the API', () => {
  it('breaks one call, and no token request', async () => {
    const { playground, breakIt, requests } = await open()
    await playground.send()
    const { use } = toolsOf(playground)
    breakIt.arm('api-none')
    expect(playground.draft).toBe('api')
    const composed = await use.compose()
    expect(composed?.headers.map(([name]) => name)).not.toContain('authorization')
    await playground.send()
    expect(breakIt.armed?.label).toBe('No token')
    await use.send()
    await use.send()
    const authorized = requests
      .slice(2)
      .map(({ headers }) => headers.some(([name]) => name === 'authorization'))
    expect(authorized).toEqual([false, true])
    const [, broken] = playground.exchanges.history.entries
    expect(broken?.fault).toBe('api-none')
    if (broken) expect(breakIt.judge(broken)?.result).toBe('pass')
  })

  it('presents a token that has expired once there is one', async () => {
    const { playground, breakIt, requests, pass } = await open()
    const expired = () =>
      breakIt
        .groups()
        .flatMap(({ offers }) => offers)
        .find(({ id }) => id === 'api-expired')?.unless
    playground.connection.edit({ client_id: 'practice-brief', client_secret: 'practice-secret-brief' })
    await ready(playground)
    await playground.send()
    expect(expired()).toContain('wait 10 s')
    pass(11_000)
    expect(expired()).toBeNull()
    breakIt.arm('api-expired')
    await toolsOf(playground).use.send()
    const [broken] = playground.exchanges.history.entries
    expect(requests).toHaveLength(2)
    if (broken) expect(breakIt.judge(broken)?.found).toContain('401 invalid_token')
  })

  it('presents no expired token of another server', async () => {
    const { playground, breakIt, pass, requests } = await open()
    playground.connection.edit({
      token_endpoint: 'https://as.example/token',
      client_id: 'practice-brief',
      client_secret: 'practice-secret-brief',
    })
    await ready(playground)
    await playground.send()
    pass(11_000)
    playground.connection.reset()
    await ready(playground)
    await playground.send()
    expect(requests).toHaveLength(2)
    const offers = breakIt.groups().flatMap((group) => group.offers)
    expect(offers.find(({ id }) => id === 'api-expired')?.unless).toContain('has expired yet')
  })

  it('that is a replay sends the assertion of the last token again', async () => {
    const { playground, breakIt, requests } = await open()
    playground.connection.edit({
      client_id: 'practice-secret-jwt',
      client_secret: 'practice-secret-jwt-of-at-least-sixty-four-characters-for-HS256-to-HS512',
      token_endpoint_auth_method: 'client_secret_jwt',
    })
    await eventually(() => {
      expect(playground.sendable).toBe(true)
    })
    await playground.send()
    breakIt.arm('assertion-replayed')
    await playground.send()
    const assertions = requests.map(({ body }) => new URLSearchParams(body ?? '').get('client_assertion'))
    expect(assertions[1]).toBe(assertions[0])
    const [replayed] = playground.exchanges.history.entries
    if (replayed) expect(breakIt.judge(replayed)?.result).toBe('pass')
    expect(playground.view?.understanding?.explanation?.title).toMatch(/used|replay|again/i)
  })
})
