import { describe, expect, it } from 'vitest'
import { createPracticeServers, practiceTransport } from '../../lib/practice/index.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { plain } from '../base/sent.ts'
import { breakItOf } from './break-it.svelte.ts'
import { deskOf, type LessonDesk } from './lessons.svelte.ts'
import { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

/** A page with the practice server in it, and what it has stored. */
function open() {
  const stored: { text: string | null } = { text: null }
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  const practice = practiceTransport(
    createPracticeServers({ now: clock.now }),
    bareEnvironment.browser.origin,
  )
  const playground = new Playground({
    ...bareEnvironment,
    clock,
    // Outside a browser the library adds a field of its own, which no preflight allows.
    transport: (request, signal) =>
      practice({ ...request, headers: request.headers.filter(([name]) => name !== 'user-agent') }, signal),
    store: {
      ...bareEnvironment.store,
      read: () => stored.text,
      write: (text) => (stored.text = text),
    },
  })
  return { playground, stored, desk: deskOf(playground) }
}

/** Waits until the request of the form can be sent, and sends it. */
async function getToken(playground: Playground) {
  await eventually(() => {
    expect(playground.connection.preview).not.toBeNull()
  })
  await playground.send()
}

const steps = (desk: LessonDesk) => desk.progress?.steps

describe('a lesson', () => {
  it('fills in the form, sends nothing, and is solved by the exchange that it asks for', async () => {
    const { playground, desk } = open()
    expect(await desk.begin('first-token')).toBe(true)
    expect(playground.connection.config.client_id).toBe('practice-client')
    expect(playground.exchanges.history.entries).toEqual([])
    expect(steps(desk)).toEqual([null])

    await getToken(playground)
    expect(playground.view?.exchange.outcome).toMatchObject({ kind: 'response', response: { status: 200 } })
    expect(desk.progress).toEqual({ steps: [1], solved: true })
  })

  it('does not count what was sent before it began', async () => {
    const { playground, desk } = open()
    await getToken(playground)
    await desk.begin('first-token')
    expect(desk.progress?.solved).toBe(false)
    await desk.startAgain()
    await getToken(playground)
    expect(steps(desk)).toEqual([2])
  })

  it('does not count a response that was still to come when it began', async () => {
    const { playground, desk } = open()
    await eventually(() => {
      expect(playground.connection.preview).not.toBeNull()
    })
    const { connection, exchanges } = playground
    const intent = plain('token', connection.config)
    const request = await connection.compose(connection.config)
    const { signal } = new AbortController()
    const sent = exchanges.make(request, intent, { purpose: 'Token request', cancel: signal })
    await desk.begin('first-token')
    expect((await sent).exchange.outcome.kind).toBe('response')
    expect(steps(desk)).toEqual([null])
  })

  it('keeps what was there: leaving gives back server, form and API call, and nothing of the lesson is stored', async () => {
    const { playground, desk, stored } = open()
    const { connection } = playground
    const { use } = toolsOf(playground)
    connection.choose('own')
    connection.edit({
      token_endpoint: 'https://as.example/token',
      client_id: 'mine',
      client_secret: 'secret',
    })
    use.edit({ url: 'https://api.example/things' })
    const [config, call, text] = [connection.config, use.call, stored.text]

    await desk.begin('first-token')
    connection.edit({ scope: 'write' })
    use.edit({ method: 'POST' })
    expect(connection.server.id).toBe('practice')
    expect(stored.text).toBe(text)

    desk.leave()
    expect(desk.current).toBeNull()
    expect(connection.server.id).toBe('own')
    expect(connection.config).toEqual(config)
    expect(use.call).toEqual(call)

    connection.choose('practice')
    expect(connection.changed).toBe(false)
  })

  it('is left when another one begins, and what was there before the first comes back', async () => {
    const { playground, desk } = open()
    playground.connection.edit({ scope: 'mine' })
    await desk.begin('first-token')
    await desk.begin('wrong-secret')
    desk.leave()
    expect(playground.connection.config.scope).toBe('mine')
  })

  it('has no token that was at hand before, and gives it back', async () => {
    const { playground, desk } = open()
    await getToken(playground)
    const { held, use } = toolsOf(playground)
    const { token } = held
    expect(token).not.toBeNull()
    await desk.begin('call-the-api')
    expect(held.token).toBeNull()
    expect(use.call.presentation).toBe('none')
    await getToken(playground)
    playground.atHand.paste('pasted')
    await desk.startAgain()
    expect(held.token).toBeNull()

    desk.leave()
    expect(held.token).toBe(token)
    expect(held.isPasted).toBe(false)
  })

  it('that is left while its key is made writes nothing into the form that is back', async () => {
    const { playground, desk, stored } = open()
    const { connection } = playground
    connection.reset()
    const [config, text] = [connection.config, stored.text]
    const [lesson] = desk.all
    const start = { server: 'practice', client: 'practice-dpop', config: { scope: 'write' } }
    desk.take(JSON.stringify([{ ...lesson, id: 'bound', start }]), 'bound.json')
    expect(desk.problems).toEqual([])
    const begun = desk.begin('bound')
    // As soon as the lesson is under way: the key is made meanwhile.
    for (let turns = 0; desk.current === null && turns < 100; turns += 1) await Promise.resolve()
    expect(desk.current?.id).toBe('bound')
    expect(playground.keys.keys).toEqual([])
    desk.leave()
    await begun
    expect(playground.keys.keys).toHaveLength(1)
    expect(connection.config).toEqual(config)
    expect(stored.text).toBe(text)
  })

  it('begins and ends with no fault for the next request', async () => {
    const { playground, desk } = open()
    const breakIt = breakItOf(playground)
    breakIt.arm('missing-grant-type')
    await desk.begin('first-token')
    expect(breakIt.armed).toBeNull()
    breakIt.arm('missing-grant-type')
    desk.leave()
    expect(breakIt.armed).toBeNull()
  })

  it('counts a request that was broken on purpose as what was sent: the refusal of another client is none of this one', async () => {
    const { playground, desk } = open()
    await desk.begin('wrong-secret')
    const breakIt = breakItOf(playground)
    for (const fault of ['unknown-client', 'wrong-secret-basic'] as const) {
      breakIt.arm(fault)
      await getToken(playground)
    }
    expect(playground.exchanges.history.entries.map(({ fault }) => fault)).toEqual([
      'wrong-secret-basic',
      'unknown-client',
    ])
    expect(steps(desk)).toEqual([2, null, null])
  })

  it('of a name that nobody knows does not begin', async () => {
    const { desk } = open()
    expect(await desk.begin('nobody-knows')).toBe(false)
    expect(desk.current).toBeNull()
  })

  it('compares what was found with the token at hand', async () => {
    const { playground, desk } = open()
    await desk.begin('read-the-token')
    const at = desk.current?.steps.findIndex((step) => 'find' in step && step.find === 'iss') ?? -1
    desk.enter(at, 'https://practice.example')
    expect(desk.judged[at]).toBe('no-token')

    await getToken(playground)
    desk.enter(at, 'iss')
    expect(desk.judged[at]).toBe('name')
    desk.enter(at, ' "https://practice.example", ')
    expect(desk.judged[at]).toBe('right')
    expect(steps(desk)?.[at]).toBe('found')
  })

  it('is remembered as solved on this device, until the progress is reset', async () => {
    const { playground, desk, stored } = open()
    await desk.begin('first-token')
    await getToken(playground)
    desk.keepSolved()
    desk.keepSolved()
    expect(JSON.parse(stored.text ?? '')).toMatchObject({ solved: ['first-token'] })
    desk.resetProgress()
    expect(desk.solved).toEqual([])
  })
})
