import { describe, expect, it } from 'vitest'
import type { HttpRequest, Observation } from '../../lib/http/message.ts'
import { generateKey } from '../../lib/keys/generate-key.ts'
import { lessons } from '../../lib/lessons/built-in/lessons.ts'
import { emptyConfig } from '../../lib/oauth/config/config.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { type HistoryDesk, historyDeskOf } from './history-desk.svelte.ts'
import { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'
import { breakItOf } from '../workshop/break-it.svelte.ts'

const respond = (status: number, body: object): Observation => ({
  serverView: null,
  outcome: {
    kind: 'response',
    response: {
      ...{ status, statusText: '', headers: [['content-type', 'application/json']] },
      body: new TextEncoder().encode(JSON.stringify(body)),
    },
  },
})
const issued = (token: string) => respond(200, { access_token: token, token_type: 'Bearer' })
const refused = respond(401, { error: 'invalid_client' })
const nothing: Observation = {
  serverView: null,
  outcome: { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null },
}

/** A page with a client at a server that responds so, one after the other. */
async function open(...answers: Observation[]) {
  const requests: HttpRequest[] = []
  let now = 0
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => (now += 1000), monotonic: () => 0 },
    transport: (request) => {
      requests.push(request)
      return Promise.resolve(answers[requests.length - 1] ?? respond(200, {}))
    },
  })
  const { connection } = playground
  connection.choose('own')
  connection.edit({ token_endpoint: 'https://as.example/token', client_id: 'c', client_secret: 's3cret-1' })
  await eventually(() => {
    expect(connection.preview).not.toBeNull()
  })
  return { playground, desk: historyDeskOf(playground), requests, ...toolsOf(playground) }
}

const idsOf = (desk: HistoryDesk): readonly number[] => desk.shown.map(({ exchange }) => exchange.id)
const sentOf = (desk: HistoryDesk, id: number) => {
  const sent = desk.find(id)
  if (!sent) throw new Error(`There is no #${id}`)
  return sent
}
const payloadOf = (request: HttpRequest | undefined): Record<string, unknown> => {
  const jwt = new URLSearchParams(request?.body ?? '').get('client_assertion') ?? ''
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}

describe('the filter of History', () => {
  it('lets through one kind, one origin or one result', async () => {
    const { playground, desk, use } = await open(issued('one-1'), refused, respond(200, {}), nothing)
    await playground.send()
    await playground.send()
    use.edit({ url: 'https://api.example/data' })
    await use.send()
    await playground.send()
    expect(idsOf(desk)).toEqual([4, 3, 2, 1])
    expect(desk.isFiltered).toBe(false)
    desk.choose({ kind: 'token' })
    expect(idsOf(desk)).toEqual([4, 2, 1])
    desk.choose({ result: '4xx' })
    expect(idsOf(desk)).toEqual([2])
    desk.choose({ kind: null, result: 'none' })
    expect(idsOf(desk)).toEqual([4])
    desk.clearFilter()
    desk.choose({ origin: 'https://api.example' })
    expect(idsOf(desk)).toEqual([3])
    expect(desk.isFiltered).toBe(true)
    expect(desk.choices).toEqual({
      kinds: ['token', 'api'],
      origins: ['https://as.example', 'https://api.example'],
      results: ['2xx', '4xx', 'none'],
    })
    desk.clearFilter()
    expect(idsOf(desk)).toEqual([4, 3, 2, 1])
  })
})

describe('two exchanges to compare', () => {
  it('are chosen one after the other, and can be swapped', async () => {
    const { playground, desk } = await open(issued('one-1'), refused)
    await playground.send()
    await playground.send()
    const [first, second] = [sentOf(desk, 1), sentOf(desk, 2)]
    expect(desk.mark(first)).toBe(false)
    expect(desk.marked).toBe(first)
    expect(desk.mark(first)).toBe(false)
    expect(desk.marked).toBeNull()
    desk.mark(first)
    expect(desk.mark(second)).toBe(true)
    expect(desk.pair).toEqual([first, second])
    expect(desk.marked).toBeNull()
    desk.swap()
    expect(desk.pair).toEqual([second, first])
    expect(desk.before(second)).toBe(first)
    expect(desk.before(first)).toBeNull()
    desk.delete(first)
    expect(desk.pair).toBeNull()
  })
})

describe('an exchange that is deleted', () => {
  it('is gone from the screen, and its token stays at hand; numbers go on', async () => {
    const { playground, desk, held } = await open(issued('one-1'), refused)
    await playground.send()
    desk.delete(sentOf(desk, 1))
    expect([idsOf(desk), playground.view, playground.selected]).toEqual([[], null, null])
    expect(playground.exchanges.history.dropped).toBe(0)
    expect(held.token).toBe('one-1')
    expect(await playground.openExchange(1)).toBe(false)
    await playground.send()
    expect(idsOf(desk)).toEqual([2])
  })

  it('does not show another one than that on screen', async () => {
    const { playground, desk } = await open(issued('one-1'), refused)
    await playground.send()
    await playground.send()
    desk.delete(sentOf(desk, 1))
    expect(playground.selected?.exchange.id).toBe(2)
  })

  it('comes back with Undo, among what was sent meanwhile and on the screen', async () => {
    const { playground, desk } = await open(issued('one-1'), refused, refused)
    await playground.send()
    await playground.send()
    desk.clear()
    expect([idsOf(desk), desk.deleted]).toEqual([[], 2])
    await playground.send()
    await desk.undo()
    expect([idsOf(desk), desk.deleted]).toEqual([[3, 2, 1], 0])
    expect(playground.selected?.exchange.id).toBe(2)
    desk.delete(sentOf(desk, 1))
    desk.letGo()
    await desk.undo()
    expect(idsOf(desk)).toEqual([3, 2])
  })

  it('is none of a lesson under way, which says why', async () => {
    const { playground, desk, use } = await open(issued('one-1'), issued('two-2'))
    await playground.send()
    const giveBack = use.lend()
    playground.lesson = lessons[0] ?? null
    await playground.send()
    expect(desk.whyKept(sentOf(desk, 1))).toBeNull()
    expect(desk.whyKept(sentOf(desk, 2))).toContain('Leave the lesson first.')
    desk.clear()
    desk.delete(sentOf(desk, 2))
    expect(idsOf(desk)).toEqual([2])
    playground.lesson = null
    giveBack()
    desk.clear()
    expect(idsOf(desk)).toEqual([])
  })
})

describe('a request that is made anew', () => {
  it('has the configuration of then, and new signatures; the form stays', async () => {
    const { playground, desk, requests } = await open(issued('one-1'), issued('two-2'))
    const { connection } = playground
    const key = await generateKey('ES256', {})
    playground.keys.put(key)
    const assertion = { ...emptyConfig.assertion, key: key.thumbprint, aud: 'token_endpoint' as const }
    connection.edit({ token_endpoint_auth_method: 'private_key_jwt', assertion, scope: 'read' })
    await eventually(() => {
      expect(playground.sendable).toBe(true)
    })
    await playground.send()
    connection.edit({ scope: 'write', token_endpoint: 'https://other.example/token' })
    await desk.sendAgain(sentOf(desk, 1))
    expect(requests.map(({ url }) => url)).toEqual(['https://as.example/token', 'https://as.example/token'])
    expect(new URLSearchParams(requests[1]?.body ?? '').get('scope')).toBe('read')
    expect(payloadOf(requests[1])['jti']).not.toBe(payloadOf(requests[0])['jti'])
    expect(connection.config.scope).toBe('write')
    const { exchange, replayOf } = sentOf(desk, 2)
    expect([exchange.purpose, replayOf]).toEqual(['Token request with the configuration of #1', null])
    expect(playground.view?.exchange.id).toBe(2)
  })

  it('calls an API with the token of then', async () => {
    const { playground, desk, use, requests } = await open(issued('one-1'), refused, issued('two-2'))
    await playground.send()
    use.edit({ url: 'https://api.example/data', headers: [{ name: 'X-A', value: '1', on: true }] })
    await use.send()
    await playground.send()
    use.edit({ url: 'https://elsewhere.example/' })
    await desk.sendAgain(sentOf(desk, 2))
    expect(requests[3]).toEqual(requests[1])
    expect(sentOf(desk, 4).exchange.purpose).toBe('API call with the configuration of #2')
  })

  it('asks about the token of then, with what was chosen then', async () => {
    const active = respond(200, { active: true })
    const { playground, desk, operations, requests } = await open(
      issued('one-1'),
      active,
      issued('two-2'),
      active,
    )
    await playground.send()
    operations.type('introspection', 'https://as.example/introspect')
    operations.choose('introspection', { hint: true })
    await operations.ask('introspection')
    operations.choose('introspection', { hint: false })
    await playground.send()
    await desk.sendAgain(sentOf(desk, 2))
    expect(requests[3]).toEqual(requests[1])
    expect(requests[3]?.body).toContain('token_type_hint=access_token')
    expect(sentOf(desk, 4).exchange.purpose).toBe('Introspection with the configuration of #2')
  })

  it('is none that was broken on purpose, and none without a configuration', async () => {
    const { playground, desk, requests } = await open(refused, respond(200, {}))
    const breakIt = breakItOf(playground)
    breakIt.arm('wrong-secret-post')
    breakIt.confirm()
    await playground.send()
    await playground.ask(
      { method: 'GET', url: 'https://as.example/jwks', headers: [], body: null },
      'Keys',
      'keys',
    )
    expect(desk.whyNotAgain(sentOf(desk, 1))).toContain('Break it')
    expect(desk.isMadeOfConfiguration(sentOf(desk, 2))).toBe(false)
    for (const id of [1, 2]) await desk.sendAgain(sentOf(desk, id))
    expect(requests).toHaveLength(2)
  })

  it('does not break what is armed for the next request of the form', async () => {
    const { playground, desk, requests } = await open(issued('one-1'), issued('two-2'))
    await playground.send()
    const breakIt = breakItOf(playground)
    breakIt.arm('wrong-secret-post')
    await desk.sendAgain(sentOf(desk, 1))
    expect(requests[1]?.body).toBe(requests[0]?.body)
    expect(breakIt.armedFor('token')).toBe('wrong-secret-post')
  })
})

describe('a refusal after a success', () => {
  it('says what differs since, as the form calls it', async () => {
    const { playground } = await open(issued('one-1'), refused)
    await playground.send()
    playground.connection.edit({ client_secret: 's3cret-2', scope: 'read' })
    await playground.send()
    expect(playground.view?.understanding?.explanation?.success).toEqual({
      ...{ id: 1, refused: 2 },
      text: 'It worked in #1; since then: Client secret, Scope.',
    })
  })
})
