import { describe, expect, it, vi } from 'vitest'
import { readLink } from '../lib/share/read-link.ts'
import { bareEnvironment } from './base/environment-testing.ts'
import { type LinkEffects, OpenedLink } from './link.svelte.ts'
import { Playground } from './playground.svelte.ts'

/** A page that has opened that link, of whose lessons `known` is the one it has. */
function open(fragment: string, known = 'first-token') {
  const transport = vi.fn(bareEnvironment.transport)
  const { connection } = new Playground({ ...bareEnvironment, transport })
  const read = readLink(fragment, connection.known)
  if (read.kind === 'none') throw new Error(fragment)
  const beginLesson = vi.fn<LinkEffects['beginLesson']>((id) => Promise.resolve(id === known))
  const clear = vi.fn()
  const close = vi.fn()
  const leaveLesson = () => Promise.resolve()
  const link = new OpenedLink(read, connection, {
    beginLesson,
    lesson: () => null,
    leaveLesson,
    clear,
    close,
  })
  return { link, connection, transport, beginLesson, clear, close }
}

const own = '#1;server=own;endpoint=https://as.example/token;client=m2m'

describe('a link', () => {
  it('changes nothing before it is used, and sends nothing then', async () => {
    const { link, connection, transport, clear } = open(own)
    const before = connection.config
    expect(connection.server.id).toBe('practice')
    expect(connection.config).toBe(before)
    expect(clear).not.toHaveBeenCalled()

    await link.use()
    expect(link.isUsed).toBe(true)
    expect(connection.server.id).toBe('own')
    expect(connection.config).toMatchObject({ token_endpoint: 'https://as.example/token', client_id: 'm2m' })
    expect(clear).toHaveBeenCalledOnce()
    expect(transport).not.toHaveBeenCalled()
  })

  it('gives the secret that was typed for that server to no address of its own', async () => {
    const { link, connection } = open(own)
    connection.choose('own')
    const typed = {
      token_endpoint: 'https://mine.example/token',
      client_secret: 'hunter22',
      headers: [{ name: 'X-Api-Key', value: 'hunter23', on: true }],
      authorization_details: '[{"type":"hunter24"}]',
    }
    connection.edit(typed)
    await link.use()
    expect(JSON.stringify(connection.config)).not.toMatch(/hunter2/)

    await link.back()
    expect(connection.server.id).toBe('own')
    expect(connection.config).toMatchObject(typed)
  })

  it('is taken back in one step: server, values and secrets, of the server in use and of that of the link', async () => {
    const { link, connection } = open(own)
    connection.choose('own')
    connection.edit({ scope: 'of own', client_secret: 'hunter22' })
    connection.choose('keycloak')
    connection.edit({ scope: 'of keycloak', client_secret: 'hunter23' })
    const { config } = connection
    await link.use()
    expect(connection.server.id).toBe('own')
    await link.back()
    expect(link.isUsed).toBe(false)
    expect(connection.server.id).toBe('keycloak')
    expect(connection.config).toEqual(config)
    connection.choose('own')
    expect(connection.config).toMatchObject({
      scope: 'of own',
      client_secret: 'hunter22',
      token_endpoint: '',
    })
  })

  it('has what was typed since, if it is used again', async () => {
    const { link, connection } = open(own)
    await link.use()
    connection.edit({ client_secret: 'hunter22' })
    await link.back()
    await link.use()
    expect(connection.config).toMatchObject({ client_id: 'm2m', client_secret: 'hunter22' })
  })

  it('is left with nothing changed', () => {
    const { link, connection, clear, close } = open(own)
    link.leave()
    expect(connection.server.id).toBe('practice')
    expect([clear.mock.calls.length, close.mock.calls.length]).toEqual([1, 1])
  })

  it('goes before what whoever hosts the page has it begin with, also if that comes later', async () => {
    const { link, connection } = open(own)
    await link.use()
    connection.offer(connection.known.slice(0, 3), 'local', false)
    expect(connection.server.id).toBe('own')
  })

  it('begins its lesson, and is gone', async () => {
    const { link, connection, beginLesson, close } = open('#1;lesson=first-token')
    expect(beginLesson).not.toHaveBeenCalled()
    await link.use()
    expect(beginLesson).toHaveBeenCalledWith('first-token')
    expect(close).toHaveBeenCalledOnce()
    expect(connection.server.id).toBe('practice')
  })

  it('says that this copy does not have its lesson, and fills in the rest', async () => {
    const alone = open('#1;lesson=other')
    await alone.link.use()
    expect(alone.link.problem).toBe('There is no lesson of this name in this copy.')
    expect(alone.close).not.toHaveBeenCalled()

    const both = open(`${own};lesson=other`)
    await both.link.use()
    expect(both.link.problem).toBe('There is no lesson of this name in this copy.')
    expect(both.connection.config.client_id).toBe('m2m')
  })

  it('that is refused does nothing', async () => {
    const { link, connection, beginLesson } = open('#1;server=own;client_secret=x')
    await link.use()
    await link.back()
    expect(link.isUsed).toBe(false)
    expect(connection.server.id).toBe('practice')
    expect(beginLesson).not.toHaveBeenCalled()
  })
})
