import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { HttpRequest, Transport } from '../../lib/http/message.ts'
import { readSiteFile } from '../../lib/saved/site-file.ts'
import { LessonPage } from './lesson-page-testing.ts'
import { bareEnvironment } from '../base/environment-testing.ts'
import { LessonDesk } from './lessons.svelte.ts'
import { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

const example = readFileSync('public/lessons.example.json', 'utf8')

const lesson = (id: string, start: object = { server: 'practice' }) => ({
  id,
  title: id,
  goal: 'Get a token.',
  text: ['Get it.'],
  start,
  steps: [{ what: 'The server issues a token', exchange: { about: 'token', status: 200 } }],
  closing: 'Done.',
})
const fileOf = (...lessons: readonly object[]) => JSON.stringify(lessons)

/** A page whose host has that file, `null` for none; what it was asked for. */
function hosted(text: string | null, transport?: Transport) {
  const asked: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    nextToPage: (name) => Promise.resolve({ url: `https://host.example/${name}` }),
    transport:
      transport ??
      ((request) => {
        asked.push(request)
        const body = new TextEncoder().encode(text ?? '<!doctype html>')
        const response = { status: 200, statusText: '', headers: [], body }
        return Promise.resolve({ outcome: { kind: 'response', response }, serverView: null })
      }),
  })
  return { playground, asked, desk: new LessonDesk(playground) }
}

describe('the lessons of whoever hosts the page', () => {
  it('are asked for once, when they are wanted, and History has that', async () => {
    const { desk, asked, playground } = hosted(fileOf(lesson('own-1'), lesson('own-2'), { id: 'x' }))
    expect(await desk.begin('first-token')).toBe(true)
    expect(asked).toEqual([])
    await Promise.all([desk.loadLessons(), desk.loadLessons()])
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://host.example/lessons.json',
    ])
    expect(playground.exchanges.ownRequests.map(({ exchange }) => exchange.request.url)).toEqual([
      'https://host.example/lessons.json',
    ])
    expect(desk.own.map(({ id }) => id)).toEqual(['own-1', 'own-2'])
    expect(desk.problems[0]).toBe(
      'lessons.json: lessons[2].title is missing: it has to be one line of text, at most 120 characters.',
    )
  })

  it('are asked for if a lesson is named that the page does not have', async () => {
    const { desk, asked } = hosted(fileOf(lesson('own-1'), lesson('own-2')))
    expect(await desk.begin('own-1')).toBe(true)
    expect(asked).toHaveLength(1)
    expect(desk.next?.id).toBe('own-2')
    expect(await desk.begin('nobody-knows')).toBe(false)
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['ships none', '[]'],
    ['has a page for what is missing', null],
  ])('are none, with no problem, if the host %s', async (_what, text) => {
    const { desk } = hosted(text)
    await desk.loadLessons()
    expect([desk.own, desk.sources]).toEqual([[], []])
  })

  it('may begin with a server of the host, which may be named later', async () => {
    const { desk, playground } = hosted(fileOf(lesson('ours', { server: 'site-Team' })))
    await desk.loadLessons()
    expect(desk.problems).toEqual([
      'lessons.json: lessons[0].start.server has to be the id of a server of the picker.',
    ])
    const servers = '{"servers":[{"name":"Team","token_endpoint":"https://team.example/token"}]}'
    playground.site = readSiteFile(servers, playground.connection.known)
    playground.connection.offer(playground.site.servers ?? [], null, false)
    expect(desk.problems).toEqual([])
    expect(desk.own.map((one) => desk.originsOf(one))).toEqual([['https://team.example']])
    await desk.begin('ours')
    expect(playground.connection.config.token_endpoint).toBe('https://team.example/token')
  })

  it('are asked for again if no response came', async () => {
    const { desk, playground } = hosted('', () =>
      Promise.resolve({
        outcome: { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null },
        serverView: null,
      }),
    )
    await desk.loadLessons()
    await desk.loadLessons()
    expect(playground.exchanges.ownRequests).toHaveLength(2)
  })
})

describe('the lessons of a file', () => {
  it('go with their file, and none has the id of another', () => {
    const { desk } = hosted(null)
    desk.take(fileOf(lesson('one')), 'a.json')
    expect(desk.problems).toEqual([])
    desk.take(fileOf(lesson('one'), lesson('wrong-secret'), lesson('two')), 'b.json')
    expect(desk.problems).toEqual([
      'b.json: lessons[0].id is one, which another lesson has.',
      'b.json: lessons[1].id is wrong-secret, which another lesson has.',
    ])
    expect(desk.own.map(({ id }) => id)).toEqual(['one', 'two'])
    desk.take(fileOf(lesson('three')), 'a.json')
    expect(desk.own.map(({ id }) => id)).toEqual(['one', 'two', 'three'])
  })

  it('name the origins to which their requests would go', () => {
    const { desk } = hosted(null)
    const config = { token_endpoint: 'https://as.example/t', discovery: 'https://id.example' }
    desk.take(
      fileOf(
        lesson('here'),
        lesson('local', { server: 'local' }),
        lesson('far', { server: 'own', config, call: { url: 'https://api.example/a' } }),
      ),
      'a.json',
    )
    expect(desk.own.map((one) => desk.originsOf(one))).toEqual([
      ['https://practice.example'],
      ['http://localhost:9000', 'http://localhost:9001'],
      ['https://as.example', 'https://id.example', 'https://api.example'],
    ])
  })

  it('get nothing that the user typed: no secret, and no header field of a call', async () => {
    const { desk, playground } = hosted(null)
    const { connection } = playground
    const { use } = toolsOf(playground)
    connection.choose('own')
    const headers = [{ name: 'X-Api-Key', value: 'hunter22', on: true }]
    connection.edit({
      token_endpoint: 'https://as.example/t',
      client_id: 'm',
      client_secret: 'hunter22',
      headers,
    })
    use.edit({ url: 'https://api.example', headers })
    const config = { token_endpoint: 'https://elsewhere.example/t' }
    desk.take(
      fileOf(lesson('far', { server: 'own', config, call: { url: 'https://elsewhere.example' } })),
      'a.json',
    )
    expect(await desk.begin('far')).toBe(true)
    expect(connection.config.token_endpoint).toBe(config.token_endpoint)
    expect(JSON.stringify([connection.config, use.call])).not.toContain('hunter22')
    expect(playground.exchanges.history.entries).toEqual([])
    desk.leave()
    expect([connection.config.client_secret, use.call.headers]).toEqual(['hunter22', headers])
  })

  it('go on if their file was read anew meanwhile', async () => {
    const { desk } = hosted(null)
    desk.take(fileOf(lesson('one')), 'a.json')
    await desk.begin('one')
    desk.take('[]', 'a.json')
    await desk.startAgain()
    expect(desk.current?.id).toBe('one')
  })
})

describe('the example for trainers', () => {
  const begun = async () => {
    const page = new LessonPage()
    page.desk.take(example, 'lessons.example.json')
    expect(page.desk.problems).toEqual([])
    expect(await page.desk.begin('lab-body')).toBe(true)
    return page
  }

  it('is solved by what its hints say', async () => {
    const page = await begun()
    await page.get()
    await page.call()
    await page.get({ token_endpoint_auth_method: 'client_secret_post', scope: 'read' })
    page.desk.enter(2, page.claim('client_id'))
    expect(page.left).toBe(1)
    await page.call({ presentation: 'bearer' })
    expect(page.desk.progress?.solved).toBe(true)
  })

  it('is not solved with the credentials in the header', async () => {
    const page = await begun()
    await page.get({ scope: 'read' })
    await page.call()
    await page.get()
    page.desk.enter(2, page.claim('client_id'))
    await page.call({ presentation: 'bearer' })
    expect(page.left).toBe(2)
  })
})
