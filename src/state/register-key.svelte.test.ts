import { beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest, Observation, Transport } from '../lib/http/message.ts'
import { generateKey } from '../lib/keys/generate-key.ts'
import type { Key } from '../lib/keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../lib/oauth/config/config.ts'
import { registrationRequest } from '../lib/oauth/operations/registration.ts'
import { bareEnvironment } from './environment-testing.ts'
import { Playground } from './playground.svelte.ts'
import { registerKey } from './register-key.ts'

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
  const end = (observation: Observation) => {
    answer(observation)
    return result
  }
  return { playground, connection, requests, before, end }
}

describe('registerKey', () => {
  it('sends the registration, and puts the client’s ID into the form and nothing else', async () => {
    const { playground, connection, requests, before, end } = registering()
    expect(await end(registered)).toEqual({ ok: true, client_id: 'registered-1' })
    expect(requests).toEqual([registrationRequest(endpoint, key, before)])
    expect(connection.config).toEqual({ ...before, client_id: 'registered-1' })
    expect(playground.exchanges.history.entries.map(({ about }) => about)).toEqual(['registration'])
    expect(playground.view).toBeNull()
  })

  it('leaves the form as it is where the server refuses', async () => {
    const { connection, before, end } = registering()
    const refused = respond(400, { error: 'invalid_client_metadata', error_description: 'No' })
    expect(await end(refused)).toEqual({
      ok: false,
      message: 'The server did not register it (400). invalid_client_metadata: No',
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

  it('writes the ID when the person is back at the server by then', async () => {
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
