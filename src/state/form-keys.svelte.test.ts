import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { HttpRequest, Observation, Transport } from '../lib/http/message.ts'
import { generateKey } from '../lib/keys/generate-key.ts'
import type { Key } from '../lib/keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../lib/oauth/config/config.ts'
import { registrationRequest } from '../lib/oauth/operations/registration.ts'
import { practiceClients } from '../lib/practice/clients/clients.ts'
import { bareEnvironment } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'
import { bringClient, chooseClient, generateInto, registerKey } from './form-keys.ts'

const respond = (status: number, body: object): Observation => ({
  serverView: null,
  outcome: {
    kind: 'response',
    response: { status, statusText: '', headers: [], body: new TextEncoder().encode(JSON.stringify(body)) },
  },
})

const registered = respond(201, { client_id: 'registered-1' })
const endpoint = 'https://as.example/register'

let key: Key
let otherKey: Key
beforeAll(async () => {
  key = await generateKey('ES256', {})
  otherKey = await generateKey('ES256', {})
})

const signedBy = ({ thumbprint }: Key): Partial<TokenRequestConfig> => ({
  client_id: 'typed',
  token_endpoint_auth_method: 'private_key_jwt',
  assertion: { ...emptyConfig.assertion, key: thumbprint },
})

/** A registration under way from "Your own", with a key that two servers' forms sign with; `answer` ends it. */
function registering() {
  const requests: HttpRequest[] = []
  let answer: (observation: Observation) => void = () => undefined
  const transport: Transport = (request) => {
    requests.push(request)
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport,
    localIssuer: 'http://localhost:9001',
  })
  const { connection, keys } = playground
  keys.put(key)
  keys.put(otherKey)
  connection.choose('keycloak')
  connection.edit(signedBy(key))
  connection.choose('own')
  connection.edit({ ...signedBy(key), token_endpoint: 'https://as.example/token' })
  const before = connection.config
  const result = registerKey(playground, endpoint, key)
  const end = async (observation: Observation) => {
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    answer(observation)
    return result
  }
  return { playground, connection, requests, before, end }
}

describe('registerKey', () => {
  it('sends the registration, and puts the client’s ID into the form and nothing else', async () => {
    const { playground, connection, requests, before, end } = registering()
    expect(await end(registered)).toMatchObject({ ok: true, client_id: 'registered-1' })
    expect(requests).toEqual([registrationRequest(endpoint, key, before)])
    expect(connection.config).toEqual({ ...before, client_id: 'registered-1' })
    expect(playground.exchanges.history.entries.map(({ about }) => about)).toEqual(['registration'])
    expect(playground.view).toBeNull()
  })

  it('leaves the form as it is if the server refuses', async () => {
    const { connection, before, end } = registering()
    const refused = respond(400, { error: 'invalid_client_metadata', error_description: 'No' })
    expect(await end(refused)).toEqual({
      ok: false,
      message: 'The server did not register it (400). invalid_client_metadata: No',
      wantsToken: false,
    })
    expect(connection.config).toBe(before)
  })

  it('writes into no form when another server was chosen meanwhile, though it signs with the same key', async () => {
    const { playground, connection, before, end } = registering()
    connection.choose('keycloak')
    expect(await end(registered)).toMatchObject({ ok: true })
    expect(connection.config).toMatchObject(signedBy(key))
    connection.choose('own')
    expect(connection.config).toEqual(before)
    expect(playground.exchanges.history.entries).toHaveLength(1)
  })

  it('writes the ID when the user is back at the server by then', async () => {
    const { connection, before, end } = registering()
    connection.choose('keycloak')
    connection.choose('own')
    await end(registered)
    expect(connection.config).toEqual({ ...before, client_id: 'registered-1' })
    connection.choose('keycloak')
    expect(connection.config).toMatchObject(signedBy(key))
  })

  it('keeps what else was typed meanwhile', async () => {
    const { connection, before, end } = registering()
    connection.edit({ scope: 'read' })
    await end(registered)
    expect(connection.config).toEqual({ ...before, scope: 'read', client_id: 'registered-1' })
  })

  it.each([
    ['another key', () => otherKey.thumbprint],
    ['no key', () => ''],
  ])('does not write the ID of the one key into a form that now has %s', async (_what, chosen) => {
    const { connection, before, end } = registering()
    connection.edit({ assertion: { ...before.assertion, key: chosen() } })
    const now = connection.config
    await end(registered)
    expect(connection.config).toBe(now)
  })

  it('does not write the ID of one server’s client into a form that now has another token endpoint', async () => {
    const { connection, end } = registering()
    connection.edit({ token_endpoint: 'https://other.example/token', client_id: 'other-client' })
    const now = connection.config
    await end(registered)
    expect(connection.config).toBe(now)
  })
})

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (reason: Error) => void = () => undefined
  const promise = new Promise<T>((...ends) => {
    ;[resolve, reject] = ends
  })
  return { promise, resolve, reject }
}

/** The page with the practice server, a transport and a maker of keys that do nothing until they are told to. */
function waiting() {
  const made = deferred<Key>()
  const answered = deferred<Observation>()
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    transport: (request) => {
      requests.push(request)
      return answered.promise
    },
  })
  const { connection } = playground
  return {
    playground,
    connection,
    before: connection.config,
    requests,
    made,
    answered,
    make: () => made.promise,
  }
}

describe('a client with a key of its own', () => {
  it('is in the form only once it is registered, and in one edit', async () => {
    const { playground, connection, before, requests, made, answered, make } = waiting()
    const bringing = bringClient(playground, endpoint, make)
    expect(connection.config).toBe(before)
    made.resolve(key)
    await expect.poll(() => requests.length).toBe(1)
    expect(connection.config).toBe(before)
    answered.resolve(registered)
    expect(await bringing).toMatchObject({ ok: true, client_id: 'registered-1' })
    expect(connection.config).toEqual({
      ...connection.server.config,
      ...signedBy(key),
      client_id: 'registered-1',
      client_secret: '',
    })
    expect(requests).toEqual([registrationRequest(endpoint, key, connection.config)])
  })

  it.each([
    ['the server refuses', respond(400, { error: 'invalid_client_metadata' })],
    ['no response comes', { serverView: null, outcome: { kind: 'opaque-redirect' } } satisfies Observation],
  ])('leaves the form as it is if %s', async (_what, observation) => {
    const { playground, connection, before, made, answered, make } = waiting()
    made.resolve(key)
    answered.resolve(observation)
    expect(await bringClient(playground, endpoint, make)).toMatchObject({ ok: false })
    expect(connection.config).toBe(before)
  })

  it('leaves the form as it is if no key is made, and sends nothing', async () => {
    const { playground, connection, before, requests, made, make } = waiting()
    made.reject(new DOMException('No such algorithm', 'NotSupportedError'))
    await expect(bringClient(playground, endpoint, make)).rejects.toThrow('No such algorithm')
    expect(connection.config).toBe(before)
    expect(requests).toEqual([])
  })

  it.each([
    ['something was typed', ({ connection }: Playground) => connection.edit({ scope: 'write' })],
    ['another server was chosen', ({ connection }: Playground) => connection.choose('own')],
  ])('does not come over a form in which %s meanwhile', async (_what, change) => {
    for (const moment of ['making', 'registering']) {
      const { playground, connection, requests, made, answered, make } = waiting()
      const bringing = bringClient(playground, endpoint, make)
      if (moment === 'making') change(playground)
      made.resolve(key)
      await expect.poll(() => requests.length).toBe(1)
      if (moment === 'registering') change(playground)
      const { config } = connection
      answered.resolve(registered)
      await bringing
      expect(connection.config).toBe(config)
    }
  })
})

describe('a client of the practice server', () => {
  const clientOf = (id: string) => {
    const client = practiceClients.find(({ client_id }) => client_id === id)
    if (!client) throw new Error(`There is no ${id}`)
    return client
  }

  it('is in the form at once, or with its key, and in one edit', async () => {
    const { playground, connection, made, make } = waiting()
    const choosing = chooseClient(playground, clientOf('practice-opaque'), make)
    expect(connection.config.client_id).toBe('practice-opaque')
    await choosing
    const { config } = connection
    const bound = chooseClient(playground, clientOf('practice-dpop'), make)
    expect(connection.config).toBe(config)
    made.resolve(key)
    await bound
    expect(connection.config).toMatchObject({
      client_id: 'practice-dpop',
      dpop: { on: true, key: key.thumbprint },
    })
  })

  it('that waits for its key does not come over one that was chosen after it', async () => {
    const { playground, connection, made, make } = waiting()
    const bound = chooseClient(playground, clientOf('practice-dpop'), make)
    await chooseClient(playground, clientOf('practice-opaque'), make)
    made.resolve(key)
    await bound
    expect(connection.config.client_id).toBe('practice-opaque')
  })
})

describe('a key that is made for a field', () => {
  const shown = {
    assertion: { token_endpoint_auth_method: 'private_key_jwt' },
    dpop: { dpop: { ...emptyConfig.dpop, on: true } },
  } as const

  it.each(['assertion', 'dpop'] as const)(
    'is chosen there (%s), and keeps what was typed meanwhile',
    async (field) => {
      const { playground, connection, made, make } = waiting()
      connection.edit(shown[field])
      const { config } = connection
      const making = generateInto(playground, field, 'ES256', make)
      connection.edit({ scope: 'write', [field]: { ...config[field], lifetime: 7 } })
      made.resolve(key)
      await making
      expect(connection.config).toEqual({
        ...config,
        scope: 'write',
        [field]: { ...config[field], lifetime: 7, key: key.thumbprint },
      })
    },
  )

  it.each([
    ['assertion', 'another key was chosen', { assertion: { ...emptyConfig.assertion, key: 'other' } }],
    ['assertion', 'nothing is signed any more', { token_endpoint_auth_method: 'client_secret_post' }],
    ['dpop', 'another key was chosen', { dpop: { ...emptyConfig.dpop, on: true, key: 'other' } }],
    ['dpop', 'no proof is wanted any more', { dpop: emptyConfig.dpop }],
  ] as const)('stays out of the form (%s) if %s meanwhile', async (field, _what, change) => {
    const { playground, connection, made, make } = waiting()
    connection.edit(shown[field])
    const making = generateInto(playground, field, 'ES256', make)
    connection.edit(change)
    const { config } = connection
    made.resolve(key)
    await making
    expect(connection.config).toBe(config)
    expect(playground.keys.keys).toEqual([key])
  })

  it('stays out of the form of another server', async () => {
    const { playground, connection, made, make } = waiting()
    connection.edit(shown.assertion)
    const making = generateInto(playground, 'assertion', 'ES256', make)
    connection.choose('own')
    connection.edit(shown.assertion)
    const { config } = connection
    made.resolve(key)
    await making
    expect(connection.config).toBe(config)
  })
})
