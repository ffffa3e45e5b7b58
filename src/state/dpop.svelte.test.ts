import { describe, expect, it } from 'vitest'
import { headerValue, type HttpRequest, type Observation } from '../lib/http/message.ts'
import { generateKey } from '../lib/keys/generate-key.ts'
import { emptyConfig } from '../lib/oauth/config/config.ts'
import { bareEnvironment, eventually } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'

function respond(status: number, body: object, nonce: string | null): Observation {
  return {
    serverView: null,
    outcome: {
      kind: 'response',
      response: {
        status,
        statusText: '',
        headers: [
          ['content-type', 'application/json'],
          ...(nonce === null ? [] : [['dpop-nonce', nonce] as const]),
        ],
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    },
  }
}

const refused = (nonce: string | null) => respond(400, { error: 'use_dpop_nonce' }, nonce)
const issued = (nonce: string | null) => respond(200, { access_token: 'x', token_type: 'DPoP' }, nonce)

/** A page before a server that gives these responses, one after the other. */
async function open(...answers: Observation[]) {
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request) => {
      requests.push(request)
      return Promise.resolve(answers[requests.length - 1] ?? issued(null))
    },
    localIssuer: 'http://localhost:9001',
  })
  const key = await generateKey('ES256', {})
  playground.keys.put(key)
  playground.connection.choose('own')
  playground.connection.edit({
    discovery: 'https://as.example',
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, key: key.thumbprint },
    dpop: { ...emptyConfig.dpop, on: true },
  })
  await eventually(() => {
    expect(playground.connection.sendable).toBe(true)
  })
  return { playground, requests, key }
}

/** The claims of a JWT that this page signed. */
const decodeJwt = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

const proofOf = (request: HttpRequest | undefined) =>
  decodeJwt(headerValue(request?.headers ?? [], 'DPoP') ?? '')
const assertionOf = (request: HttpRequest | undefined) =>
  decodeJwt(new URLSearchParams(request?.body ?? '').get('client_assertion') ?? '')

describe('RFC 9449 section 8', () => {
  it('meets a demand for a nonce with one more request, everything signed anew', async () => {
    const { playground, requests } = await open(refused('n-1'), issued('n-2'))
    await playground.send()
    const [first, second] = requests
    expect(requests).toHaveLength(2)
    expect(proofOf(first)['nonce']).toBeUndefined()
    expect(proofOf(second)['nonce']).toBe('n-1')
    expect(proofOf(second)['jti']).not.toBe(proofOf(first)['jti'])
    expect(assertionOf(second)['jti']).not.toBe(assertionOf(first)['jti'])
    expect(
      playground.exchanges.history.entries.map(({ exchange, after }) => [exchange.id, after?.exchange.id]),
    ).toEqual([
      [2, 1],
      [1, undefined],
    ])
    expect(playground.view?.exchange.id).toBe(2)
    expect(playground.connection.nonce).toBe('n-2')
  })

  it('keeps the nonce for the next request, until it is forgotten', async () => {
    const { playground, requests } = await open(refused('n-1'), issued(null), issued(null), issued(null))
    await playground.send()
    await playground.send()
    expect(requests).toHaveLength(3)
    expect(proofOf(requests[2])['nonce']).toBe('n-1')
    playground.connection.setNonce('https://as.example/token', null)
    await playground.send()
    expect(proofOf(requests[3])['nonce']).toBeUndefined()
  })

  it('tries again once and never twice', async () => {
    const { playground, requests } = await open(refused('n-1'), refused('n-2'), refused('n-3'))
    await playground.send()
    expect(requests).toHaveLength(2)
    expect(playground.view?.understanding?.explanation).toMatchObject({
      certainty: 'certain',
      title: 'The server asks for its nonce in the proof',
    })
  })

  it('does not try again without a nonce to try with', async () => {
    const { playground, requests } = await open(refused(null))
    await playground.send()
    expect(requests).toHaveLength(1)
    const explanation = playground.view?.understanding?.explanation
    expect(explanation?.title).toBe('The server asks for a nonce that this page cannot read')
    expect(explanation?.meaning).toContain('does not let a page read')
  })

  it('knows a nonce for the server that gave it, and for no other', async () => {
    const { playground } = await open(refused('n-1'), issued(null))
    await playground.send()
    playground.connection.edit({ token_endpoint: 'https://other.example/token' })
    expect(playground.connection.nonce).toBeNull()
  })
})

describe('replay', () => {
  it('sends the very same bytes, and says so in History', async () => {
    const { playground, requests } = await open(issued(null), respond(401, { error: 'invalid_client' }, null))
    await playground.send()
    if (!playground.view) throw new Error('nothing was sent')
    await playground.replay(playground.view)
    expect(requests[1]).toEqual(requests[0])
    expect(playground.view.exchange.purpose).toBe('Replay of #1')
    const explanation = playground.view.understanding?.explanation
    expect(explanation?.title).toBe('The assertion was used before')
    expect(JSON.stringify(explanation)).toContain('These very bytes were sent before, as #1.')
    expect(explanation?.fixes[0]).toContain('signs a new assertion')
  })
})
