import { describe, expect, it, vi } from 'vitest'
import type { HttpRequest, Observation } from '../../lib/http/message.ts'
import { bareEnvironment } from '../base/environment-testing.ts'
import { knownOf } from '../known.ts'
import { Playground } from '../playground.svelte.ts'
import { toolsOf } from './token-tools.ts'
import type { Operation, TokenOperations } from './token-operations.svelte.ts'

function respond(status: number, body: object): Observation {
  return {
    serverView: null,
    outcome: {
      kind: 'response',
      response: {
        status,
        statusText: '',
        headers: [['content-type', 'application/json']],
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    },
  }
}

const issued = (token: string) => respond(200, { access_token: token, token_type: 'Bearer' })
const active = respond(200, { active: true })
const revoked = respond(200, {})

type Answer = Observation | ((signal: AbortSignal) => Promise<Observation>)

/** A page with the client of a custom server, with responses that come one after the other. */
function open(...answers: Answer[]) {
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request, signal) => {
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`No response to request ${requests.length}`)
      return typeof answer === 'function' ? answer(signal) : Promise.resolve(answer)
    },
    localIssuer: 'http://localhost:9001',
    localApi: 'http://localhost:9002',
  })
  playground.connection.choose('own')
  playground.connection.edit({
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    client_secret: 's',
    token_endpoint_auth_method: 'client_secret_post',
  })
  const { operations, held } = toolsOf(playground)
  operations.type('introspection', 'https://as.example/introspect')
  operations.type('revocation', 'https://as.example/revoke')
  return { playground, operations, held, requests }
}

const form = (request: HttpRequest | undefined) =>
  Object.fromEntries(new URLSearchParams(request?.body ?? ''))
const tokenOf = (operations: TokenOperations, operation: Operation) =>
  operations.asked(operation)?.facts.accessToken

describe('where a token is asked about', () => {
  it('is known of the practice server, and of servers whose endpoints are next to one another', () => {
    const { playground, operations } = open()
    playground.connection.choose('practice')
    expect(operations.endpoint('introspection')).toBe('https://practice.example/introspect')
    expect(operations.endpoint('revocation')).toBe('https://practice.example/revoke')
    playground.connection.choose('simpleidserver')
    expect(operations.endpoint('introspection')).toBe('https://localhost:5001/master/token_info')
    expect(operations.endpoint('revocation')).toBe('https://localhost:5001/master/token/revoke')
  })

  it('is as typed, for each server by itself', () => {
    const { playground, operations } = open()
    playground.connection.choose('practice')
    operations.type('revocation', 'https://practice.example/other')
    expect(operations.endpoint('revocation')).toBe('https://practice.example/other')
    expect(operations.endpoint('introspection')).toBe('https://practice.example/introspect')
    playground.connection.choose('own')
    expect(operations.endpoint('revocation')).toBe('https://as.example/revoke')
  })

  it('is to be typed if nobody knows it, and nothing is sent until then', async () => {
    const { playground, operations, requests } = open(issued('t'))
    await playground.send()
    operations.type('introspection', '')
    expect(operations.problems('introspection')).toEqual([
      { level: 'missing', message: 'Find the server, or type the URL.' },
    ])
    expect(operations.sendable('introspection')).toBe(false)
    expect(operations.compose('introspection')).toBeNull()
    await operations.ask('introspection')
    expect(requests).toHaveLength(1)
  })

  it('is at a port of its own without a word of warning, if servers of its kind have it there, and gets no secret', async () => {
    const { playground, operations, requests } = open(issued('t'), active)
    playground.connection.choose('hydra')
    playground.connection.edit({ client_id: 'c', client_secret: 's' })
    await playground.send()
    expect(operations.problems('introspection')).toEqual([])
    await operations.ask('introspection')
    expect(requests.at(-1)?.url).toBe('http://127.0.0.1:4445/admin/oauth2/introspect')
    expect(form(requests.at(-1))).toEqual({ token: 't' })
    operations.choose('introspection', { anonymous: false })
    await operations.ask('introspection')
    expect(form(requests.at(-1))).toEqual({ token: 't', client_id: 'c', client_secret: 's' })
  })

  it('is not a discovery document, and the member that belongs there is named', () => {
    const { operations } = open()
    operations.type('revocation', 'https://as.example/.well-known/openid-configuration')
    expect(operations.problems('revocation')[0]?.message).toContain('revocation_endpoint')
    expect(operations.problems('revocation')[0]?.message).not.toContain('token_endpoint')
  })

  it('is named by the host as it is sent', () => {
    const { operations } = open()
    operations.type('revocation', 'https://аррӏе.example/revoke')
    expect(operations.problems('revocation').at(-1)).toMatchObject({
      level: 'note',
      message: 'The browser sends this to xn--80ak6aa92e.example.',
    })
  })
})

describe('an endpoint that the metadata name at another origin (RFC 8414 section 6)', () => {
  const document = {
    issuer: 'https://idp.example',
    token_endpoint: 'https://idp.example/token',
    revocation_endpoint: 'https://idp.example/revoked',
    introspection_endpoint: 'https://evil.example/introspect',
  }

  async function found() {
    const page = open(respond(200, document), issued('t'), active)
    page.playground.connection.edit({
      discovery: 'https://idp.example',
      token_endpoint: '',
      scope: 'at this server',
    })
    await page.playground.finder.find()
    await page.playground.send()
    return page
  }

  it('is offered, with what it would receive, and not filled in', async () => {
    const { playground, operations, requests } = await found()
    expect(operations.endpoint('revocation')).toBe('https://idp.example/revoked')
    expect(operations.endpoint('introspection')).toBe('')
    const message = (received: string) =>
      `The metadata name https://evil.example/introspect, at another origin. It would receive ${received}.`
    const fix = { label: 'Use it', value: 'https://evil.example/introspect' }
    expect(operations.problems('introspection')).toMatchObject([
      { level: 'missing' },
      { level: 'note', message: message('the token and the client ID and secret'), fix },
    ])
    operations.choose('introspection', { anonymous: true })
    expect(operations.problems('introspection').at(-1)?.message).toBe(message('the token'))
    operations.choose('introspection', { anonymous: false })
    playground.connection.edit({ token_endpoint_auth_method: 'none' })
    expect(operations.problems('introspection').at(-1)?.message).toBe(message('the token and the client ID'))
    await operations.ask('introspection')
    expect(requests.map(({ url }) => new URL(url).origin)).not.toContain('https://evil.example')
  })

  it('is asked after it was accepted, and what it receives is still said', async () => {
    const { operations, requests } = await found()
    operations.type('introspection', 'https://evil.example/introspect')
    expect(operations.problems('introspection')).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining(
          'This gives the token and the client ID and secret to https://evil.example;',
        ) as string,
      },
    ])
    await operations.ask('introspection')
    expect(requests.at(-1)?.url).toBe('https://evil.example/introspect')
  })
})

describe('asking', () => {
  it('needs a token', async () => {
    const { operations, requests } = open()
    expect(operations.sendable('introspection')).toBe(false)
    await operations.ask('introspection')
    expect(requests).toEqual([])
  })

  it('RFC 7662 2.1: sends the token with the credentials that are in the form now', async () => {
    const { playground, operations, requests } = open(issued('t'), active)
    await playground.send()
    playground.connection.edit({ client_id: 'api', client_secret: 'of the API' })
    await operations.ask('introspection')
    expect(requests[1]?.url).toBe('https://as.example/introspect')
    expect(form(requests[1])).toEqual({ token: 't', client_id: 'api', client_secret: 'of the API' })
    expect(operations.asked('introspection')?.config.client_id).toBe('api')
  })

  it('names the client a token belongs to before another one asks to revoke it', async () => {
    const { playground, operations } = open(issued('t'), revoked, active)
    expect(operations.owner).toBeNull()
    await playground.send()
    expect(operations.owner).toBeNull()
    playground.connection.edit({ client_id: 'def' })
    expect(operations.owner).toBe('c')
    await operations.ask('revocation')
    expect(operations.asked('revocation')?.facts.client).toBe('c')
    await operations.ask('introspection')
    const introspected = playground.exchanges.history.entries.find(({ about }) => about === 'introspection')
    expect(introspected && knownOf(playground, introspected).past.revoked).toBe(false)
  })

  it.each([
    ['a 200', revoked, true],
    ['200 with an error', respond(200, { error: 'invalid_token' }), false],
  ])('a revocation by its own client counts as one: %s: %j', async (_, response, counts) => {
    const { playground, operations } = open(issued('t'), response, active)
    await playground.send()
    await operations.ask('revocation')
    await operations.ask('introspection')
    const [introspected] = playground.exchanges.history.entries
    expect(introspected && knownOf(playground, introspected).past.revoked).toBe(counts)
  })

  it('sends the hint that was chosen, for the one operation', async () => {
    const { playground, operations, requests } = open(issued('t'), active, revoked)
    await playground.send()
    operations.choose('introspection', { hint: true })
    operations.choose('introspection', { jwt: true })
    await operations.ask('introspection')
    await operations.ask('revocation')
    expect(form(requests[1])['token_type_hint']).toBe('access_token')
    expect(requests[1]?.headers).toContainEqual(['accept', 'application/token-introspection+jwt'])
    expect(form(requests[2])['token_type_hint']).toBeUndefined()
  })

  it('lands in History by its purpose, is shown, and leaves the token at hand', async () => {
    const { playground, operations, held } = open(issued('t'), active, revoked)
    await playground.send()
    await operations.ask('introspection')
    await operations.ask('revocation')
    expect(
      playground.exchanges.history.entries.map(({ exchange, about }) => [
        exchange.id,
        exchange.purpose,
        about,
      ]),
    ).toEqual([
      [3, 'Revocation', 'revocation'],
      [2, 'Introspection', 'introspection'],
      [1, 'Token request', 'token'],
    ])
    expect(playground.selected?.exchange.id).toBe(3)
    expect(held.token).toBe('t')
  })

  it('keeps to the form of the moment, whatever is typed before the response comes', async () => {
    let answer: (observation: Observation) => void = () => undefined
    const { playground, operations } = open(
      issued('t'),
      () => new Promise((resolve) => (answer = resolve)),
      issued('t-2'),
    )
    await playground.send()
    const asking = operations.ask('introspection')
    await new Promise((resolve) => setTimeout(resolve))
    playground.connection.edit({ client_id: 'other' })
    operations.type('introspection', 'https://as.example/elsewhere')
    await expect.poll(() => playground.sending ?? operations.busy).toBe('introspection')
    answer(active)
    await asking
    const asked = operations.asked('introspection')
    expect([asked?.config.client_id, asked?.exchange.request.url]).toEqual([
      'c',
      'https://as.example/introspect',
    ])
  })

  it('is one thing at a time, and can be given up', async () => {
    const { playground, operations, requests } = open(
      issued('t'),
      (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve({ outcome: { kind: 'aborted', by: 'person', partial: null }, serverView: null })
          })
        }),
    )
    await playground.send()
    const asking = operations.ask('revocation')
    await expect.poll(() => requests.length).toBe(2)
    expect(operations.busy).toBe('revocation')
    await operations.ask('introspection')
    expect(requests).toHaveLength(2)
    operations.task.cancel()
    await asking
    expect(operations.busy).toBeNull()
    expect(operations.asked('revocation')?.exchange.outcome.kind).toBe('aborted')
  })

  it('says what kept the page from it, until it succeeds', async () => {
    const { playground, operations } = open(issued('t'), active)
    await playground.send()
    const make = vi
      .spyOn(playground.exchanges, 'make')
      .mockImplementation(() => Promise.reject(new Error('no key')))
    await operations.ask('introspection')
    expect(operations.task.trouble).toContain('no key')
    expect(operations.busy).toBeNull()
    make.mockRestore()
    await operations.ask('introspection')
    expect(operations.task.trouble).toBeNull()
  })
})

function isOutdated(operations: TokenOperations, operation: Operation): boolean {
  const asked = operations.asked(operation)
  return asked !== null && operations.isOutdated(asked)
}

describe('a response', () => {
  it('belongs to the token it was asked about', async () => {
    const { playground, operations } = open(issued('t-1'), active, issued('t-2'), active)
    await playground.send()
    await operations.ask('introspection')
    expect(isOutdated(operations, 'introspection')).toBe(false)
    await playground.send()
    expect(isOutdated(operations, 'introspection')).toBe(true)
    expect(isOutdated(operations, 'revocation')).toBe(false)
    expect(tokenOf(operations, 'introspection')).toBe('t-1')
    await operations.ask('introspection')
    expect(isOutdated(operations, 'introspection')).toBe(false)
    expect(tokenOf(operations, 'introspection')).toBe('t-2')
  })
})

describe('the token of one server', () => {
  it('is known to be another’s once another server is chosen', async () => {
    const { playground, held } = open(issued('t'))
    expect(held.issuedElsewhere).toBeNull()
    await playground.send()
    expect(held.issuedElsewhere).toBeNull()
    playground.connection.edit({ token_endpoint: 'https://other.example/token' })
    expect(held.issuedElsewhere).toBe('https://as.example/token')
  })

  it('is announced before it goes to another origin, and what was typed for one server is none of another’s', async () => {
    const { playground, operations } = open(issued('t'))
    await playground.send()
    expect(operations.problems('introspection')).toEqual([])
    operations.type('introspection', 'https://staging.example/introspect')
    expect(operations.problems('introspection')).toMatchObject([
      {
        level: 'warning',
        message:
          'This gives the token and the client ID and secret to https://staging.example; the token is one of https://as.example.',
      },
    ])
    playground.connection.edit({ token_endpoint: 'https://production.example/token' })
    expect(operations.endpoint('introspection')).toBe('')
  })
})
