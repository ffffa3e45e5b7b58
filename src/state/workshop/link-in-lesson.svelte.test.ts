import { describe, expect, it } from 'vitest'
import { readLink } from '../../lib/share/read-link.ts'
import { bareEnvironment } from '../base/environment-testing.ts'
import { OpenedLink } from '../link.svelte.ts'
import { Playground } from '../playground.svelte.ts'
import { deskOf } from './lessons.svelte.ts'

/** A page in which the user has chosen Keycloak, and typed a secret for it and for the server of the links. */
function open() {
  const stored: { text: string | null } = { text: null }
  const store = {
    ...bareEnvironment.store,
    read: () => stored.text,
    write: (text: string) => (stored.text = text),
  }
  const playground = new Playground({ ...bareEnvironment, store })
  const { connection } = playground
  connection.choose('own')
  connection.edit({ token_endpoint: 'https://mine.example/token', client_secret: 'hunter22' })
  connection.choose('keycloak')
  connection.edit({ scope: 'mine', client_secret: 'hunter23' })
  const desk = deskOf(playground)
  const follow = (fragment: string): OpenedLink => {
    const read = readLink(fragment, connection.known)
    if (read.kind === 'none') throw new Error(fragment)
    const link = new OpenedLink(read, connection, {
      beginLesson: (id) => desk.begin(id),
      lesson: () => playground.lesson,
      leaveLesson: () => {
        desk.leave()
        return Promise.resolve()
      },
      clear: () => undefined,
      close: () => (playground.link = null),
    })
    playground.link = link
    return link
  }
  const before = { server: connection.server.id, config: connection.config, text: stored.text }
  const now = () => ({ server: connection.server.id, config: connection.config, text: stored.text })
  return { playground, connection, desk, follow, before, now }
}

const toOwn = '#1;server=own;endpoint=https://as.example/token;client=m2m'
const both = `${toOwn};lesson=first-token`

describe('a link with a configuration and a lesson', () => {
  it('fills both in on loan: leaving the lesson gives back what was there before the link', async () => {
    const { connection, desk, follow, before, now, playground } = open()
    const link = follow(both)
    await Promise.all([link.use(), link.use()])
    expect(desk.current?.id).toBe('first-token')
    expect(connection.config).toMatchObject({ client_id: 'm2m', client_secret: '' })
    expect(now().text).toBe(before.text)

    desk.leave()
    expect(now()).toEqual(before)
    expect(playground.link).toBeNull()
    connection.choose('own')
    expect(connection.config.client_secret).toBe('hunter22')
  })

  it('is taken back in one step, with the lesson', async () => {
    const { desk, follow, before, now } = open()
    const link = follow(both)
    await link.use()
    await link.back()
    expect(desk.current).toBeNull()
    expect(now()).toEqual(before)
    expect(link.isUsed).toBe(false)
  })
})

describe('a link next to a lesson', () => {
  it('that was used in it ends with it, and puts nothing of the lesson into the form', async () => {
    const { desk, follow, before, now, playground } = open()
    await desk.begin('first-token')
    const link = follow('#1;server=practice;client=m2m')
    await link.use()
    expect(link.isShown).toBe(true)
    desk.leave()
    expect(playground.link).toBeNull()
    expect(now()).toEqual(before)
  })

  it('that was used before it is back after it, with the way back', async () => {
    const { desk, follow, before, now, connection } = open()
    const link = follow(toOwn)
    await link.use()
    await desk.begin('first-token')
    expect(link.isShown).toBe(false)
    desk.leave()
    expect(link.isShown).toBe(true)
    expect(connection.config.client_id).toBe('m2m')
    await link.back()
    expect(now()).toMatchObject({ server: before.server, config: before.config })
  })
})
