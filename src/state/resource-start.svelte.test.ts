import { describe, expect, it } from 'vitest'
import {
  authorizationServer,
  odd,
  oddDocuments,
  oddRoot,
  sdkDocuments,
  serverMetadata,
} from '../../tests/vectors/resource/metadata.ts'
import type { HttpRequest, Observation } from '../lib/http/message.ts'
import { bareEnvironment } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'
import { toolsOf } from './token/token-tools.ts'

interface Document {
  readonly status?: number
  readonly type?: string
  readonly body: string
}

const respond = ({ status = 200, type = 'application/json', body }: Document): Observation => ({
  serverView: null,
  outcome:
    status === 302
      ? { kind: 'opaque-redirect' }
      : {
          kind: 'response',
          response: {
            status,
            statusText: '',
            headers: [['content-type', type]],
            body: new TextEncoder().encode(body),
          },
        },
})

const json = (value: object): Document => ({ body: JSON.stringify(value) })
const wellKnown = '/.well-known/oauth-protected-resource'
const asPlace = '/.well-known/oauth-authorization-server'
const secret = 'hush-hush'

const world: Readonly<Record<string, Document>> = {
  ...Object.fromEntries(
    Object.entries(oddDocuments).map(([name, document]) => [
      `${odd}${wellKnown}/${name}/mcp${name === 'query' ? '?tenant=a' : ''}`,
      document,
    ]),
  ),
  [odd + wellKnown]: json(oddRoot),
  [authorizationServer + asPlace]: json(serverMetadata),
}

/** A page before servers that have these documents and nothing else, with a client's ID and secret typed. */
async function open(documents: Readonly<Record<string, Document>> = world) {
  const asked: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request) => {
      asked.push(request)
      const document = documents[request.url]
      return Promise.resolve(respond(document ?? { status: 404, body: '' }))
    },
  })
  const { connection } = playground
  connection.choose('own')
  connection.edit({ client_id: 'm2m', client_secret: secret })
  const discovery = await playground.finder.load()
  const find = async (text: string) => {
    discovery.type(text)
    await playground.finder.find()
    return discovery.start.view
  }
  const { use } = toolsOf(playground)
  const confirm = () => {
    discovery.start.confirm((call) => use.begin(call))
  }
  const urls = () => asked.map(({ url }) => url)
  /** The origins that got the secret, in any of the ways that it is sent. */
  const told = () => {
    const basic = btoa(`m2m:${secret}`)
    const has = (request: HttpRequest) =>
      [secret, basic].some((text) => JSON.stringify(request).includes(text))
    return asked.filter(has).map(({ url }) => new URL(url).origin)
  }
  return { playground, connection, discovery, find, confirm, use, urls, told }
}

const asTyped = { token_endpoint: '', issuer: '', resource: [], scope: '', client_secret: secret }
const server = { issuer: authorizationServer, token_endpoint: `${authorizationServer}/token` }

/** For each document: where the page stops, the words of it, and what the click that is offered then fills in. */
const rows: readonly (readonly [
  name: string,
  stage: string,
  words: string | null,
  filled: object | null,
  asked: number,
])[] = [
  ['good', 'confirm', null, { ...server, resource: [`${odd}/good/mcp`], scope: 'mcp:read' }, 2],
  ['slash', 'stopped', 'The API’s resource ends with a slash', null, 1],
  ['otherres', 'stopped', 'The metadata are those of another resource', null, 1],
  ['origin', 'stopped', 'The metadata are those of a part of this URL', null, 1],
  [
    'noas',
    'no-server',
    'No authorization server is named',
    { resource: [`${odd}/noas/mcp`], scope: 'mcp:read' },
    1,
  ],
  [
    'emptyas',
    'no-server',
    'The list of authorization servers is empty',
    { resource: [`${odd}/emptyas/mcp`] },
    1,
  ],
  [
    'asurl',
    'confirm',
    'authorization_servers has the URL of metadata in it',
    { ...server, resource: [`${odd}/asurl/mcp`] },
    2,
  ],
  ['asslash', 'confirm', null, { ...server, resource: [`${odd}/asslash/mcp`] }, 2],
  ['two', 'choice', null, null, 1],
  [
    'dpop',
    'confirm',
    'The API accepts only tokens that are bound to a key',
    { ...server, resource: [`${odd}/dpop/mcp`] },
    2,
  ],
  ['signed', 'confirm', 'The metadata are signed, too', { ...server, resource: [`${odd}/signed/mcp`] }, 2],
  ['nometa', 'stopped', 'The metadata are those of a part of this URL', null, 2],
  ['html', 'stopped', 'The metadata are those of a part of this URL', null, 2],
  ['nocors', 'confirm', null, { ...server, resource: [`${odd}/nocors/mcp`] }, 2],
  ['hidden', 'confirm', null, { ...server, resource: [`${odd}/hidden/mcp`] }, 2],
  ['otherhost', 'confirm', null, { ...server, resource: [`${odd}/otherhost/mcp`] }, 2],
  ['rootonly', 'stopped', 'The metadata are those of a part of this URL', null, 2],
  ['bare', 'confirm', null, { ...server, resource: [`${odd}/bare/mcp`] }, 2],
  ['redirect', 'stopped', 'The metadata are those of a part of this URL', null, 2],
  ['query', 'confirm', null, { ...server, resource: [`${odd}/query/mcp?tenant=a`] }, 2],
]

const urlOf = (name: string) => `${odd}/${name}/mcp${name === 'query' ? '?tenant=a' : ''}`

describe('ResourceStart, from metadata as servers send them', () => {
  it('has a row for each', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(oddDocuments))
  })

  it.each(rows)('%s: %s, %s', async (name, stage, words, filled, asked) => {
    const { find, confirm, connection, urls, told, playground, discovery } = await open()
    const view = await find(urlOf(name))
    expect(urls()).toHaveLength(asked)
    expect(view?.stage.at).toBe(stage)
    const said = [view?.judgement, ...(view?.urgent ?? []), ...(view?.others ?? [])]
    if (words !== null) expect(said.map((check) => check?.what)).toContain(words)
    expect(connection.config).toMatchObject(asTyped)
    expect(discovery.metadata).toBeNull()
    await playground.send()
    expect(told()).toEqual([])

    confirm()
    expect(connection.config).toMatchObject(filled ?? asTyped)
    expect(told()).toEqual([])
  })

  it('no request with a secret goes to a host that was not confirmed, whatever the metadata say', async () => {
    const hostile = [
      { resource: `${odd}/x/mcp`, authorization_servers: ['http://rogue.example'] },
      { resource: `${odd}/x/mcp`, authorization_servers: ['http://rogue.example', authorizationServer] },
      { resource: `${odd}/x/mcp`, authorization_servers: 'http://rogue.example' },
      { resource: `${odd}/x/mcp`, authorization_servers: [{ issuer: 'http://rogue.example' }, 7, null] },
      {
        resource: `${odd}/x/mcp`,
        authorization_servers: ['javascript:alert(1)', 'http://a:b@rogue.example'],
      },
      { resource: odd, authorization_servers: ['http://rogue.example'] },
      { authorization_servers: ['http://rogue.example'], token_endpoint: 'http://rogue.example/token' },
      { resource: ['http://rogue.example'], authorization_servers: ['http://rogue.example'] },
      {
        resource: `${odd}/x/mcp`,
        issuer: 'http://rogue.example',
        token_endpoint: 'http://rogue.example/token',
      },
    ]
    const rogue = json({ issuer: 'http://rogue.example', token_endpoint: 'http://rogue.example/token' })
    for (const document of [...hostile.map(json), ...Object.values(oddDocuments)]) {
      const page = await open({
        ...world,
        [`${odd}${wellKnown}/x/mcp`]: document,
        [`http://rogue.example${asPlace}`]: rogue,
      })
      await page.find(`${odd}/x/mcp`)
      await page.playground.send()
      await page.use.send()
      expect([page.told(), page.connection.config.token_endpoint]).toEqual([[], ''])
    }
  })

  it.each(Object.entries(sdkDocuments))(
    '%s: its own metadata lead to the server in two requests',
    async (made, { port, body }) => {
      const resource = `http://localhost:${port}/mcp`
      const page = await open({ ...world, [`http://localhost:${port}${wellKnown}/mcp`]: { body } })
      const view = await page.find(resource)
      expect(page.urls()).toHaveLength(2)
      const spelled = made === 'FastMCP' ? `${authorizationServer}/` : null
      expect(view?.stage).toMatchObject({ at: 'confirm', issuer: authorizationServer, spelled })
      page.confirm()
      expect(page.connection.config).toMatchObject({ ...server, resource: [resource] })
      expect(page.discovery.start.record?.server?.issuer).toBe(authorizationServer)
      expect(page.use.call).toMatchObject({ url: resource, method: 'POST' })
      await expect.poll(() => page.playground.sendable).toBe(true)
      await page.playground.send()
      expect(page.told()).toEqual([authorizationServer])
    },
  )
})

describe('ResourceStart', () => {
  it('"MUST NOT be used": of metadata of a part of the URL nothing is filled in but by a click, and then no secret', async () => {
    const { find, connection, discovery, confirm, told } = await open()
    await find(urlOf('origin'))
    await discovery.lookFor(authorizationServer, true)
    expect(discovery.start.view).toMatchObject({
      stage: { at: 'confirm' },
      start: { leftOut: 'against-the-standard' },
    })
    confirm()
    expect(connection.config).toMatchObject({ ...server, resource: [odd], client_secret: '' })
    expect(told()).toEqual([])
    discovery.start.undo()
    expect(connection.config).toMatchObject(asTyped)
  })

  it('a secret that is next to the token endpoint of another server stays out, and comes back', async () => {
    const { find, connection, discovery, confirm } = await open()
    connection.edit({
      token_endpoint: 'https://other.example/token',
      headers: [{ name: 'X-Api-Key', value: 'k', on: true }],
    })
    await find(urlOf('good'))
    const before = connection.config
    confirm()
    expect(connection.config).toMatchObject({
      ...server,
      client_secret: '',
      headers: [{ name: 'X-Api-Key', value: '' }],
    })
    connection.edit({ client_secret: 'typed for the new one' })
    discovery.start.undo()
    expect(connection.config).toEqual(before)
  })

  it('one click puts all back: the form and the API call, exactly, and what was typed since stays', async () => {
    const { find, connection, discovery, confirm, use } = await open()
    use.edit({ url: 'https://api.example/orders', headers: [{ name: 'X-Api-Key', value: 'k', on: true }] })
    await find(urlOf('good'))
    const [config, call] = [connection.config, use.call]
    confirm()
    expect(use.call).toMatchObject({ url: urlOf('good'), method: 'POST', headers: [] })
    expect(discovery.metadata?.issuer).toBe(authorizationServer)
    discovery.start.undo()
    expect([connection.config, use.call]).toEqual([config, call])
    expect([discovery.start.canUndo, discovery.metadata]).toEqual([false, null])

    confirm()
    connection.edit({ client_id: 'typed since' })
    discovery.start.undo()
    expect(connection.config).toEqual({ ...config, client_id: 'typed since' })
  })

  it('what the user typed as scope and resource stays, and is offered', async () => {
    const { find, connection, discovery, confirm } = await open()
    connection.edit({ scope: 'mine', resource: ['https://mine.example'] })
    await find(urlOf('good'))
    confirm()
    expect(connection.config).toMatchObject({ ...server, scope: 'mine', resource: ['https://mine.example'] })
    expect(discovery.start.view?.offered.map(({ field }) => field)).toEqual(['Resource', 'Scope'])
  })

  it('a scope that was filled in for another API goes, if none is known for this one', async () => {
    const { find, connection, confirm } = await open()
    await find(urlOf('good'))
    confirm()
    expect(connection.config.scope).toBe('mcp:read')
    await find(urlOf('bare'))
    confirm()
    expect(connection.config).toMatchObject({ resource: [urlOf('bare')], scope: '', client_secret: secret })
  })

  it('a token endpoint at another origin than its issuer is not filled in, even at that of the API', async () => {
    const elsewhere = json({ ...serverMetadata, token_endpoint: `${odd}/token` })
    const { find, connection, confirm } = await open({ ...world, [authorizationServer + asPlace]: elsewhere })
    await find(urlOf('good'))
    confirm()
    expect(connection.config).toMatchObject({ issuer: authorizationServer, token_endpoint: '' })
  })

  it('of several servers the user chooses one; one that is silent leads to no token endpoint', async () => {
    const { find, connection, discovery, confirm } = await open()
    const view = await find(urlOf('two'))
    expect(view?.issuers).toEqual(['http://localhost:3914', authorizationServer])
    await discovery.lookFor('http://localhost:3914')
    expect(discovery.start.view?.stage).toEqual({ at: 'silent', issuer: 'http://localhost:3914' })
    confirm()
    expect(connection.config).toMatchObject({ ...asTyped, resource: [urlOf('two')] })
    discovery.start.undo()
    await discovery.lookFor(authorizationServer)
    confirm()
    expect(connection.config).toMatchObject(server)
  })

  it('metadata of a server that lets no page read them are pasted, and confirmed like those that were read', async () => {
    const { find, connection, discovery, confirm } = await open({
      ...world,
      [authorizationServer + asPlace]: { status: 403, body: '' },
    })
    expect((await find(urlOf('good')))?.stage.at).toBe('silent')
    expect(discovery.paste(JSON.stringify(serverMetadata))).toBeNull()
    expect([discovery.start.view?.stage.at, connection.config.token_endpoint]).toEqual(['confirm', ''])
    confirm()
    expect(connection.config).toMatchObject(server)
  })

  it('a server whose metadata name another issuer is not confirmed', async () => {
    const foreign = json({ ...serverMetadata, issuer: 'http://localhost:9999' })
    const { find, connection, confirm } = await open({ ...world, [authorizationServer + asPlace]: foreign })
    const view = await find(urlOf('good'))
    expect(view?.stage).toMatchObject({ at: 'foreign', mismatch: { kind: 'port' } })
    confirm()
    expect(connection.config).toMatchObject(asTyped)
  })

  it('an API from elsewhere that names a server of this machine leads there only by a click', async () => {
    const api = 'https://api.example/mcp'
    const document = json({ resource: api, authorization_servers: [authorizationServer] })
    const { find, urls } = await open({ ...world, [`https://api.example${wellKnown}/mcp`]: document })
    const view = await find(api)
    expect(view?.stage.at).toBe('choice')
    expect(urls()).toEqual([`https://api.example${wellKnown}/mcp`])
  })
})

describe('Find', () => {
  const issuer = 'https://as.example/api'
  const described = json({ issuer, token_endpoint: `${issuer}/token` })

  it('an issuer at its first place is found by one request, an API that says so by its path by two', async () => {
    const page = await open({
      [`https://as.example${asPlace}/x`]: json({
        issuer: 'https://as.example/x',
        token_endpoint: 'https://as.example/x/token',
      }),
    })
    await page.find('https://as.example/x')
    expect(page.urls()).toEqual([`https://as.example${asPlace}/x`])
    expect(page.connection.config.token_endpoint).toBe('https://as.example/x/token')
  })

  it('an issuer whose path ends like that of an API is found after it', async () => {
    const page = await open({ [`https://as.example${asPlace}/api`]: described })
    await page.find(issuer)
    expect(page.urls()).toEqual([
      `https://as.example${wellKnown}/api`,
      `https://as.example${wellKnown}`,
      `https://as.example${asPlace}/api`,
    ])
    expect(page.connection.config.token_endpoint).toBe(`${issuer}/token`)
  })

  it('an API whose path says nothing is found after the places of a server', async () => {
    const resource = 'https://api.example/orders'
    const document = json({ resource, authorization_servers: ['https://as.example'] })
    const page = await open({ [`https://api.example${wellKnown}/orders`]: document })
    const view = await page.find(resource)
    expect(
      page
        .urls()
        .slice(0, 4)
        .map((url) => new URL(url).pathname),
    ).toEqual([
      `${asPlace}/orders`,
      '/orders/.well-known/openid-configuration',
      `/orders${asPlace}`,
      `${wellKnown}/orders`,
    ])
    expect(view?.stage).toEqual({ at: 'silent', issuer: 'https://as.example' })
  })

  it('metadata of a server at the origin of an API are told apart from a server that is set up wrong', async () => {
    const api = 'http://localhost:3903'
    const shown = { ...world, [api + asPlace]: json(serverMetadata) }
    const page = await open(shown)
    await page.find(api)
    expect(page.discovery.record?.named).toHaveLength(1)
    expect(page.connection.config.token_endpoint).toBe('')
  })

  it('5.1: what a challenge leads to has to name the URL that was called', async () => {
    const { discovery, playground, confirm, connection } = await open()
    const url = `${odd}${wellKnown}/good/mcp`
    discovery.typeChallenge({ url, called: `${odd}/victim/mcp`, scope: null })
    await playground.finder.find()
    expect(discovery.start.view).toMatchObject({ stage: { at: 'stopped' }, judgement: { kind: 'other' } })
    discovery.typeChallenge({ url, called: urlOf('good'), scope: 'mcp:write' })
    await playground.finder.find()
    confirm()
    expect(connection.config).toMatchObject({ ...server, discovery: url, scope: 'mcp:write' })
  })

  it('metadata of an API that were pasted, into either field, lead to its server', async () => {
    const document = JSON.stringify({ resource: urlOf('good'), authorization_servers: [authorizationServer] })
    const { find, discovery, connection } = await open()
    expect((await find(document))?.judgement.kind).toBe('unasked')
    expect(connection.config.discovery).toBe(urlOf('good'))
    await expect.poll(() => discovery.start.view?.stage.at).toBe('confirm')

    discovery.type(`${odd}/victim/mcp`)
    expect(discovery.paste(document)).toBeNull()
    expect(discovery.start.view).toMatchObject({ stage: { at: 'stopped' }, judgement: { kind: 'other' } })
  })

  it('nothing anywhere: the exchange of the last place of the server says why', async () => {
    const { find, playground, discovery, urls } = await open()
    expect(await find('https://nobody.example/x')).toBeNull()
    expect(urls()).toHaveLength(5)
    expect(discovery.failed).toBe(3)
    expect(playground.view?.exchange.id).toBe(3)
  })
})
