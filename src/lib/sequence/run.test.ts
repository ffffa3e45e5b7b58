import { describe, expect, it } from 'vitest'
import type { Exchange, HttpResponse, Outcome } from '../http/message.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { practiceOrigin } from '../practice/base/origin.ts'
import { sequenceOfRun } from './run.ts'
import type { RunEntry } from './run-entry.ts'
import { toMermaid } from './mermaid.ts'
import { toSvg } from './svg.ts'
import { sentenceOf } from './sequence.ts'

const pageOrigin = 'http://localhost:4290'
const config = {
  ...emptyConfig,
  discovery: 'https://as.example',
  token_endpoint: 'https://as.example/token',
  client_id: 'c',
  client_secret: 'correct horse',
}

const answer = (status: number, body = '', headers: HttpResponse['headers'] = []): Outcome => ({
  kind: 'response',
  response: { status, statusText: 'Anything <b>', headers, body: new TextEncoder().encode(body) },
})
const noResponse: Outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }
const partial: HttpResponse = { status: 200, statusText: '', headers: [], body: new Uint8Array() }

interface Made extends Partial<Omit<RunEntry, 'exchange'>>, Partial<Pick<Exchange, 'via' | 'serverView'>> {
  readonly headers?: HttpResponse['headers']
}

let id = 0
/** `target` is a method and a URL. */
function entry(about: string, target: string, outcome: Outcome, made: Made = {}): RunEntry {
  const [method = '', url = ''] = target.split(' ')
  const { headers = [], serverView = null, via, ...intent } = made
  const request = { method, url, headers, body: null }
  const through = via ? { via } : {}
  id += 1
  const exchange = { id, purpose: '', request, startedAt: 0, duration: 1, serverView, outcome, ...through }
  return { about, config, after: null, replayOf: null, ...intent, exchange }
}

const told = (...entries: RunEntry[]): string[] => {
  const sequence = sequenceOfRun(entries, { pageOrigin })
  const numbers = new Map(entries.map(({ exchange }, index) => [`#${exchange.id}`, `#${index + 1}`]))
  return sequence.messages.map((message) =>
    sentenceOf(sequence, message).replace(/#\d+/g, (number) => numbers.get(number) ?? number),
  )
}
const laneTitles = (...entries: RunEntry[]): string[] =>
  sequenceOfRun(entries, { pageOrigin }).lanes.map(({ title, detail }) => `${title}: ${detail}`)

const token = 'POST https://as.example/token'
const issued = answer(200, '{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"}')

describe('a run', () => {
  it('is shown in the order it happened, each request for what it was', () => {
    expect(
      told(
        entry('metadata', 'GET https://as.example/.well-known/openid-configuration', answer(200)),
        entry('token', token, issued),
        entry('keys', 'GET https://as.example/jwks', answer(200)),
        entry('api', 'GET https://api.example/greeting?secret=1', answer(200), {
          headers: [['authorization', 'Bearer 2YotnFZFEjr1zCsicMWpAA']],
        }),
        entry('introspection', 'POST https://as.example/introspect', answer(200)),
        entry('revocation', 'POST https://as.example/revoke', answer(503)),
        entry('registration', 'POST https://as.example/register', answer(201), {
          headers: [['content-type', 'application/json']],
        }),
      ),
    ).toEqual([
      'This page → as.example: #1 GET /.well-known/openid-configuration (metadata), 200',
      'This page → as.example: #2 POST /token (client ID and secret in the body), 200 access token',
      'This page → as.example: #3 GET /jwks (keys), 200',
      'This page → api.example: OPTIONS /greeting (predicted: the browser asks whether it may send authorization), allowed',
      'This page → api.example: #4 GET /greeting (Bearer token), 200',
      'This page → as.example: #5 POST /introspect (introspection, client ID and secret in the body), 200',
      'This page → as.example: #6 POST /revoke (revocation, client ID and secret in the body), 503',
      'This page → as.example: OPTIONS /register (predicted: the browser asks whether it may send content-type), allowed',
      'This page → as.example: #7 POST /register (registration), 201',
    ])
  })

  it('links the two exchanges of a nonce', () => {
    const headers = [['DPoP', 'proof']] as const
    const first = entry('token', token, answer(400, '{"error":"use_dpop_nonce"}'), { headers })
    const second = entry('token', token, issued, { headers, after: first })
    expect(told(first, second).filter((one) => one.includes('POST'))).toEqual([
      'This page → as.example: #1 POST /token (client ID and secret in the body, DPoP proof), 400 use_dpop_nonce',
      'This page → as.example: #2 POST /token (client ID and secret in the body, DPoP proof with the nonce of #1), 200 access token',
    ])
    expect(sequenceOfRun([first, second], { pageOrigin }).messages.at(-1)).toMatchObject({
      exchange: second.exchange.id,
      after: first.exchange.id,
    })
  })

  it.each<[string, Outcome, string]>([
    ['a redirect', { kind: 'opaque-redirect' }, 'a redirect, not followed'],
    ['an opaque response', { kind: 'opaque' }, 'a response, not readable'],
    ['no response', noResponse, 'no response'],
    ['a body that broke off', { ...noResponse, partial }, '200, broken off'],
    ['a cancelled request', { kind: 'aborted', by: 'person', partial: null }, 'cancelled'],
    ['a silent server', { kind: 'aborted', by: 'timeout', partial: null }, 'no response in time'],
    ['a slow one', { kind: 'aborted', by: 'timeout', partial }, '200, not whole in time'],
    ['a large one', { kind: 'aborted', by: 'size', partial }, '200, too large'],
    ['a refusal', answer(401, '{"error":"invalid_client"}'), '401 invalid_client'],
    ['a page of HTML', answer(404, '<h1>Not found</h1>'), '404'],
  ])('says what came of %s', (_what, outcome, ending) => {
    expect(told(entry('token', token, outcome))).toEqual([
      `This page → as.example: #1 POST /token (client ID and secret in the body), ${ending}`,
    ])
  })

  it('reads the code of an API from its challenge', () => {
    const challenge = [['www-authenticate', 'Bearer error="insufficient_scope", scope="write"']] as const
    expect(told(entry('api', 'GET https://api.example/', answer(403, '', challenge)))).toEqual([
      'This page → api.example: #1 GET / (without the token), 403 insufficient_scope',
    ])
  })

  it('says whose bytes were sent again, and what went through the relay, for which no browser asks', () => {
    const headers = [['authorization', 'Basic Yzp4']] as const
    expect(told(entry('token', token, issued, { headers, via: 'relay', replayOf: 7 }))).toEqual([
      'This page → as.example: #1 POST /token (client ID and secret in the body, the bytes of #7 again, through the relay), 200 access token',
    ])
  })
})

describe('the check that stopped a request at the server', () => {
  const refused = answer(401, '{"error":"invalid_client"}')
  const checks = [
    { what: 'The client is known', result: 'pass', found: 'c', spec: null },
    { what: 'The client secret is right', result: 'fail', found: 'it is not', spec: null },
    { what: 'The grant type is known', result: 'skipped', found: 'not reached', spec: null },
  ] as const
  const serverView = { checks, hiddenHeaders: [], preflight: null }

  it('is the one that failed, if the server shows its checks', () => {
    expect(told(entry('token', token, refused, { serverView }))).toEqual([
      'This page → as.example: #1 POST /token (client ID and secret in the body), stopped: The client secret is right, 401 invalid_client',
    ])
    expect(
      told(entry('token', token, issued, { serverView: { ...serverView, checks: [checks[0]] } })),
    ).toEqual(['This page → as.example: #1 POST /token (client ID and secret in the body), 200 access token'])
  })

  it.each([
    ['proven', 'stopped: Client known'],
    ['deduced', 'most likely stopped: Client known'],
  ] as const)('is what is known of it else: %s', (by, words) => {
    const one = entry('token', token, refused)
    const stops = new Map([[one.exchange.id, { at: 'Client known', by }]])
    const sequence = sequenceOfRun([one], { pageOrigin, stops })
    expect(sentenceOf(sequence, sequence.messages[0] ?? { kind: 'note', text: '' })).toContain(
      `in the body), ${words}, 401 invalid_client`,
    )
    expect(toMermaid(sequence)).toContain(`  Note over L1: ${words.replace(':', '#58;')}\n  L1->>L0: 401`)
    expect(toSvg(sequence)).toContain(`>${words}</text>`)
  })
})

describe('a preflight in a run', () => {
  const headers = [['authorization', 'Basic Yzp4']] as const
  const ofPreflight = (outcome: Outcome, made: Made = {}) =>
    told(entry('token', token, outcome, { headers, ...made })).filter((one) => one.includes('OPTIONS'))
  const asks =
    'This page → as.example: OPTIONS /token (predicted: the browser asks whether it may send authorization)'

  it('was allowed if anything came back, whatever it was', () => {
    for (const outcome of [
      issued,
      answer(500),
      { kind: 'opaque-redirect' } as const,
      { ...noResponse, partial },
    ]) {
      expect(ofPreflight(outcome)).toEqual([`${asks}, allowed`])
    }
  })

  it('came to what nobody knows if nothing came back', () => {
    expect(ofPreflight(noResponse)).toEqual([asks])
  })

  it('is shown by the practice server, whatever is predicted', () => {
    const view = { checks: [], hiddenHeaders: [], preflight: { ...partial, status: 204 } }
    expect(ofPreflight(issued, { serverView: view })).toEqual([`${asks}, 204`])
    expect(ofPreflight(issued, { serverView: { ...view, preflight: null } })).toEqual([])
  })

  it('is not made in mode no-cors, nor for a web socket', () => {
    const plain = entry('probe', token, { kind: 'opaque' }, { headers })
    const { request } = plain.exchange
    const unread = {
      ...plain,
      exchange: { ...plain.exchange, request: { ...request, mode: 'no-cors' as const } },
    }
    expect(told(unread, entry('probe', 'GET wss://as.example/token', noResponse, { headers }))).toHaveLength(
      2,
    )
  })
})

describe('the lanes of a run', () => {
  it('are the origins in the order of first contact, by what was asked of them', () => {
    expect(
      laneTitles(
        entry('api', 'GET https://api.example/', answer(200)),
        entry('token', token, issued),
        entry('keys', 'GET https://keys.example/jwks', answer(200)),
      ),
    ).toEqual([
      'This page: localhost:4290',
      'API: api.example',
      'Authorization server: as.example',
      'Host: keys.example',
    ])
  })

  it('show the server of the configuration when it was only probed, over a web socket too', () => {
    expect(
      laneTitles(
        entry('probe', 'GET wss://as.example/token', noResponse),
        entry('probe', 'GET https://as.example/token', { kind: 'opaque' }),
        entry('probe', 'GET http://as.example/token', noResponse),
      ),
    ).toEqual([
      'This page: localhost:4290',
      'Authorization server: https://as.example',
      'Host: http://as.example',
    ])
  })

  it('say that the practice server is in this page, and both server and API', () => {
    const practice = { ...config, token_endpoint: `${practiceOrigin}/token` }
    expect(
      laneTitles(
        entry('token', `POST ${practiceOrigin}/token`, issued, { config: practice }),
        entry('api', `GET ${practiceOrigin}/api/greeting`, answer(200), { config: practice }),
      ),
    ).toEqual(['This page: localhost:4290', 'Authorization server and API: practice.example, in this page'])
  })

  it('are six at most; what shares the last one is named by its host', () => {
    const probes = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        entry('probe', `GET https://h${index}.example/`, { kind: 'opaque' }),
      )
    expect(laneTitles(...probes(5))).toHaveLength(6)
    expect(laneTitles(...probes(5)).at(-1)).toBe('Host: h4.example')
    expect(laneTitles(...probes(9))).toHaveLength(6)
    expect(laneTitles(...probes(9)).at(-1)).toBe('Others: 5 origins')
    expect(told(...probes(9)).at(-1)).toBe(
      'This page → Others: #9 GET / (h8.example, connection check, without credentials), a response, not readable',
    )
  })

  it('of nothing are the page alone', () => {
    expect(laneTitles()).toEqual(['This page: localhost:4290'])
    expect(told()).toEqual([])
  })
})

describe('what must not be seen', () => {
  const accessToken = '2YotnFZFEjr1zCsicMWpAA'
  const shown = (one: RunEntry): string => JSON.stringify(sequenceOfRun([one], { pageOrigin }))

  it.each([
    ['the secret in a path', 'GET https://api.example/v1/correct%20horse/x'],
    ['the secret across segments', 'GET https://api.example/a/slash/b'],
    ['the token in a path', `GET https://api.example/v1/${accessToken}`],
    ['a JWT in a path', 'GET https://api.example/eyJhbGciOiJSUzI1NiJ9.e30.x'],
    ['a query and a fragment', `GET https://api.example/?access_token=${accessToken}#${accessToken}`],
    ['credentials in the URL', 'GET https://user:correct%20horse@api.example/'],
    ['a method', 'correct%20horse-and-more-than-a-method https://api.example/'],
  ])('is not: %s', (_what, target) => {
    const secret = target.includes('slash') ? 'slash/b' : config.client_secret
    const one = entry('api', target, answer(200), {
      config: { ...config, client_secret: secret },
      facts: { accessToken },
      headers: [['authorization', `Bearer ${accessToken}`]],
    })
    expect(shown(one)).not.toMatch(/horse-and-more-than-a|horse\/|horse@|slash\/b|eyJ|access_token|2Yotn/)
  })

  it.each(['correct_horse', '<b>', 'a'.repeat(41), 'eyJhbGciOiJSUzI1NiJ9', 'two words', ''])(
    'is not: “%s” for an error code',
    (error) => {
      const secret = { ...config, client_secret: 'correct_horse' }
      const outcome = answer(400, JSON.stringify({ error }))
      expect(told(entry('token', token, outcome, { config: secret }))).toEqual([
        'This page → as.example: #1 POST /token (client ID and secret in the body), 400',
      ])
    },
  )

  it('is not: a very long path', () => {
    expect(told(entry('keys', `GET https://as.example/${'x'.repeat(5000)}`, answer(200)))[0]).toHaveLength(
      124,
    )
  })
})
