import { describe, expect, it } from 'vitest'
import type { HttpRequest, Observation } from '../lib/http/message.ts'
import { bareEnvironment } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'

const respond = (status: number, body: string): Observation => ({
  serverView: null,
  outcome: {
    kind: 'response',
    response: {
      status,
      statusText: '',
      headers: [['content-type', 'application/json']],
      body: new TextEncoder().encode(body),
    },
  },
})

/** Nothing under this address ever responds. */
const silent = 'https://silent.example'

const untilAborted = (signal: AbortSignal) =>
  new Promise<Observation>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve({ outcome: { kind: 'aborted', by: 'person', partial: null }, serverView: null })
    })
  })

/** A page before a server that has these documents and nothing else. */
async function open(documents: Readonly<Record<string, object>>) {
  const asked: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request, signal) => {
      asked.push(request)
      if (request.url.startsWith(silent)) return untilAborted(signal)
      const document = documents[request.url]
      return Promise.resolve(document ? respond(200, JSON.stringify(document)) : respond(404, ''))
    },
    localIssuer: 'http://localhost:9001',
  })
  playground.connection.choose('own')
  return { playground, discovery: await playground.finder.load(), connection: playground.connection, asked }
}

const issuer = 'https://as.example/realms/x'
const metadata = {
  issuer,
  token_endpoint: `${issuer}/token`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
}
const appended = `${issuer}/.well-known/openid-configuration`

describe('Discovery', () => {
  it('asks one place after the other until one responds, each an exchange in History', async () => {
    const { playground, discovery, connection, asked } = await open({ [appended]: metadata })
    discovery.type(issuer)
    await discovery.find()
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://as.example/.well-known/oauth-authorization-server/realms/x',
      `GET ${appended}`,
    ])
    expect(
      playground.exchanges.history.entries.map(({ about, exchange }) => `${exchange.id} ${about}`),
    ).toEqual(['2 metadata', '1 metadata'])
    expect(playground.view).toBeNull()
    expect(connection.config).toMatchObject({ issuer, token_endpoint: `${issuer}/token` })
    expect(discovery.metadata?.token_endpoint).toBe(`${issuer}/token`)
    expect(discovery.busy).toBe(false)
  })

  it('shows of an API whose metadata are nowhere why they are not at the place of RFC 9728, and of a server the last place', async () => {
    const { discovery } = await open({})
    discovery.type('https://api.example/mcp')
    await discovery.find()
    expect(discovery.failed).toBe(1)
    discovery.type(issuer)
    await discovery.find()
    const asked = discovery.record?.attempts ?? []
    expect(discovery.failed).toBe(asked.at(-1)?.exchangeId)
    expect(discovery.failed).toBeGreaterThan(asked[0]?.exchangeId ?? Infinity)
  })

  it('does not overwrite what was typed, and offers it', async () => {
    const { discovery, connection } = await open({ [appended]: metadata })
    connection.edit({ token_endpoint: 'https://mine.example/token' })
    discovery.type(issuer)
    await discovery.find()
    expect(connection.config.token_endpoint).toBe('https://mine.example/token')
    expect(connection.config.issuer).toBe(issuer)
  })

  it('treats what an earlier discovery filled in as not typed', async () => {
    const other = 'https://other.example'
    const { discovery, connection } = await open({
      [appended]: metadata,
      [`${other}/.well-known/oauth-authorization-server`]: {
        ...metadata,
        issuer: other,
        token_endpoint: `${other}/t`,
      },
    })
    discovery.type(issuer)
    await discovery.find()
    discovery.type(other)
    expect(connection.config.issuer).toBe('')
    expect(discovery.record).toBeNull()
    await discovery.find()
    expect(connection.config.token_endpoint).toBe(`${other}/t`)
  })

  it('"If these values are not identical, the data contained in the response MUST NOT be used", unless the user says so', async () => {
    const { discovery, connection } = await open({
      [appended]: { ...metadata, issuer: 'http://keycloak:8080/realms/x' },
    })
    discovery.type(issuer)
    await discovery.find()
    expect(connection.config.token_endpoint).toBe('')
    expect(discovery.metadata).toBeNull()
    discovery.useAnyway()
    expect(connection.config).toMatchObject({
      issuer: 'http://keycloak:8080/realms/x',
      token_endpoint: `${issuer}/token`,
    })
  })

  it('accepts pasted metadata, and says what is wrong with it', async () => {
    const { discovery, connection } = await open({})
    expect(discovery.paste('not json')).toMatch(/\S/)
    expect(discovery.paste(JSON.stringify(metadata))).toBeNull()
    expect(connection.config.token_endpoint).toBe(`${issuer}/token`)
  })

  it('keeps what was found together with the server it was found for', async () => {
    const { discovery, connection } = await open({ [appended]: metadata })
    discovery.type(issuer)
    await discovery.find()
    connection.choose('practice')
    expect(discovery.record).toBeNull()
    connection.choose('own')
    expect(discovery.record?.attempts).toHaveLength(2)
  })

  it('asks nothing for a text that is no URL, and says so next to that text only', async () => {
    const { discovery, connection, asked } = await open({})
    discovery.type('not a url')
    await discovery.find()
    expect(asked).toEqual([])
    expect(discovery.problem?.message).toMatch(/\S/)
    connection.choose('practice')
    expect(discovery.problem).toBeNull()
    connection.choose('own')
    expect(discovery.problem).not.toBeNull()
    connection.edit({ discovery: issuer })
    expect(discovery.problem).toBeNull()
  })

  it('has nothing of what was found once the issuer is another, whoever changed it', async () => {
    const { discovery, connection } = await open({ [appended]: metadata })
    discovery.type(issuer)
    await discovery.find()
    connection.edit({ discovery: `${issuer}2`, issuer: '' })
    expect([discovery.record, discovery.metadata]).toEqual([null, null])
    connection.reset()
    expect(discovery.record).toBeNull()
  })

  it('says from the start where it asks, and stops where it is told to', async () => {
    const { discovery, asked } = await open({})
    discovery.type(silent)
    const finding = discovery.find()
    await expect.poll(() => asked.length).toBe(1)
    expect(discovery).toMatchObject({ busy: true, record: { attempts: [] } })
    discovery.cancel()
    await finding
    expect(discovery.busy).toBe(false)
    expect(discovery.record?.attempts.map(({ reading }) => reading.kind)).toEqual(['unreadable'])
    expect(asked).toHaveLength(1)
  })

  it('leaves a search that another server was chosen in the middle of', async () => {
    const { discovery, connection, asked } = await open({})
    discovery.type(silent)
    const finding = discovery.find()
    await expect.poll(() => asked.length).toBe(1)
    connection.choose('practice')
    expect(discovery.busy).toBe(false)
    await discovery.find()
    await finding
    connection.choose('own')
    expect(discovery).toMatchObject({ busy: false, record: null })
  })

  it('accepts pasted metadata while a server keeps silent', async () => {
    const { discovery, connection, asked } = await open({})
    discovery.type(silent)
    const finding = discovery.find()
    await expect.poll(() => asked.length).toBe(1)
    expect(
      discovery.paste(JSON.stringify({ ...metadata, issuer: silent, token_endpoint: `${silent}/token` })),
    ).toBeNull()
    await finding
    expect(discovery.record?.pasted).not.toBeNull()
    expect(connection.config.token_endpoint).toBe(`${silent}/token`)
  })
})
