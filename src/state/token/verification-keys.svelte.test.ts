import { describe, expect, it } from 'vitest'
import type { HttpRequest, Observation } from '../../lib/http/message.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { Playground } from '../playground.svelte.ts'
import { VerificationKeys } from './verification-keys.svelte.ts'

const respond = (body: string, status = 200): Observation => ({
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

const hidden: Observation = {
  serverView: null,
  outcome: { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null },
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<Observation>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve({ serverView: null, outcome: { kind: 'aborted', by: 'person', partial: null } })
    })
  })

const jwks = (kid: string) => JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', kid, x: 'AA' }] })
const issuer = 'https://as.example'
const here = { token_endpoint: `${issuer}/token`, discovery: issuer }
const metadata = JSON.stringify({
  issuer,
  token_endpoint: here.token_endpoint,
  jwks_uri: `${issuer}/found`,
  grant_types_supported: ['client_credentials'],
})

/** A page at a custom server; what is at no URL of these never responds. */
function open(answers: Record<string, Observation>) {
  const asked: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request, signal) => {
      asked.push(request)
      const answer = answers[request.url]
      return answer ? Promise.resolve(answer) : untilAborted(signal)
    },
  })
  playground.connection.choose('own')
  playground.connection.edit(here)
  return { playground, keys: new VerificationKeys(playground), asked, answers }
}

const kidsOf = ({ keys }: { keys: VerificationKeys }, place = here) => {
  const source = keys.sourceFor(place)
  return source?.kind === 'set' ? source.keys.map(({ kid }) => kid) : source
}

describe('keys that the metadata name at another origin', () => {
  const elsewhere = metadata.replace(`${issuer}/found`, 'https://keys.example/found')
  const page = () =>
    open({
      [`${issuer}/.well-known/oauth-authorization-server`]: respond(elsewhere),
      ['https://keys.example/found']: respond(jwks('k1')),
    })

  it.each([
    ['the server in the form', here],
    ['a server that is no longer in the form', { ...here, token_endpoint: `${issuer}/other/token` }],
  ])('are not asked for unless the user accepts that: of %s', async (_, place) => {
    const one = page()
    await one.keys.fetch(place)
    expect(one.asked.map(({ url }) => url)).not.toContain('https://keys.example/found')
    expect(one.keys.url(place)).toBe('')
    expect(one.keys.elsewhere(place)).toBe('https://keys.example/found')
    expect(one.keys.explanation(place)).toBeNull()
    one.keys.typeUrl(place, 'https://keys.example/found')
    expect(one.keys.elsewhere(place)).toBeNull()
    await one.keys.fetch(place)
    expect(kidsOf(one, place)).toEqual(['k1'])
  })
})

describe('the server’s keys', () => {
  it('are asked for when the user says so, as an exchange in History', async () => {
    const page = open({ [`${issuer}/jwks`]: respond(jwks('k1')) })
    page.keys.typeUrl(here, `${issuer}/jwks`)
    expect([page.asked, page.keys.sourceFor(here), page.keys.fetched(here)]).toEqual([[], null, null])
    await page.keys.fetch(here)
    expect(page.asked).toEqual([
      {
        method: 'GET',
        url: `${issuer}/jwks`,
        headers: [['accept', 'application/jwk-set+json, application/json']],
        body: null,
      },
    ])
    expect(kidsOf(page)).toEqual(['k1'])
    const [sent] = page.playground.exchanges.history.entries
    expect(sent).toMatchObject({ about: 'keys', exchange: { id: 1, purpose: 'Key set (JWKS)' } })
    expect(page.keys.fetched(here)?.exchangeId).toBe(1)
    expect(page.playground.view).toBeNull()
  })

  it('are found where the metadata says, the server being found first', async () => {
    const page = open({
      [`${issuer}/.well-known/oauth-authorization-server`]: respond(metadata),
      [`${issuer}/found`]: respond(jwks('k1')),
    })
    expect(page.keys.url(here)).toBe('')
    await page.keys.fetch(here)
    expect(page.asked.map(({ url }) => url)).toEqual([
      `${issuer}/.well-known/oauth-authorization-server`,
      `${issuer}/found`,
    ])
    expect(kidsOf(page)).toEqual(['k1'])
  })

  it('are found for an issuer alone, whose token endpoint is found with them', async () => {
    const page = open({
      [`${issuer}/.well-known/oauth-authorization-server`]: respond(metadata),
      [`${issuer}/found`]: respond(jwks('k1')),
    })
    page.playground.connection.edit({ token_endpoint: '' })
    await page.keys.fetch(page.playground.connection.config)
    expect(page.playground.connection.config.token_endpoint).toBe(here.token_endpoint)
    expect(kidsOf(page)).toEqual(['k1'])
  })

  it('of a server that was chosen while the first one was looked for are not asked for', async () => {
    const { playground, keys, asked } = open({})
    const fetching = keys.fetch(here)
    await eventually(() => {
      expect(asked).toHaveLength(1)
    })
    playground.connection.choose('practice')
    keys.cancel()
    await fetching
    expect(asked.map(({ url }) => url).filter((url) => url.includes('jwks'))).toEqual([])
    expect(keys.fetched(playground.connection.config)).toBeNull()
  })

  it('are nowhere if nothing names them, and that is said', async () => {
    const page = open({})
    const place = { token_endpoint: here.token_endpoint, discovery: '' }
    page.playground.connection.edit(place)
    await page.keys.fetch(place)
    expect(page.asked).toEqual([])
    expect(page.keys.explanation(place)).toMatchObject({
      meaning: expect.stringContaining('jwks_uri') as string,
      fixes: [{ paste: 'keys' }],
    })
  })

  it.each(['constructor', '__proto__', 'toString'])('are nowhere for an issuer called %s', async (iss) => {
    const page = open({})
    const place = { token_endpoint: iss, discovery: iss }
    expect([page.keys.url(place), page.keys.fetched(place), page.keys.explanation(place)]).toEqual([
      '',
      null,
      null,
    ])
    await page.keys.fetch(place)
    expect(page.asked).toEqual([])
    expect(page.keys.explanation(place)?.title).toBe('Nobody said where the keys are')
  })

  it('are not asked for at what is no URL', async () => {
    const page = open({})
    page.keys.typeUrl(here, 'as.example/jwks')
    expect(page.keys.urlProblem(here)?.fix?.value).toBe('https://as.example/jwks')
    await page.keys.fetch(here)
    expect(page.asked).toEqual([])
  })

  it('are fetched again, and serve the tokens to come', async () => {
    const page = open({ [`${issuer}/jwks`]: respond(jwks('k1')) })
    page.keys.typeUrl(here, `${issuer}/jwks`)
    await page.keys.fetch(here)
    page.answers[`${issuer}/jwks`] = respond(jwks('k2'))
    await page.keys.fetch(here)
    expect(kidsOf(page)).toEqual(['k2'])
    expect(page.keys.fetched(here)?.exchangeId).toBe(2)
  })

  it('stay with their server when the form moves on to another', async () => {
    const page = open({
      [`${issuer}/.well-known/oauth-authorization-server`]: respond(metadata),
      [`${issuer}/found`]: respond(jwks('k1')),
    })
    await page.keys.fetch(here)
    page.playground.connection.choose('local')
    expect(kidsOf(page)).toEqual(['k1'])
    expect(page.keys.url(here)).toBe(`${issuer}/found`)
    const local = page.playground.connection.config
    expect(page.keys.url(local)).toBe('http://localhost:9000/jwks')
    expect(kidsOf(page, local)).toBeNull()
  })

  it('stay when asking again fails, with the reason', async () => {
    const page = open({ [`${issuer}/jwks`]: respond(jwks('k1')) })
    page.keys.typeUrl(here, `${issuer}/jwks`)
    await page.keys.fetch(here)
    page.answers[`${issuer}/jwks`] = hidden
    await page.keys.fetch(here)
    expect(page.keys.explanation(here)?.fixes).toContainEqual({ text: 'Paste the keys', paste: 'keys' })
    expect(kidsOf(page)).toEqual(['k1'])
    expect(page.keys.explanation({ token_endpoint: 'https://other.example/token' } as typeof here)).toBeNull()
    page.keys.typeUrl(here, `${issuer}/other`)
    expect(page.keys.explanation(here)).toBeNull()
  })

  it('are waited for no longer than the user likes, and asked for once at a time', async () => {
    const page = open({})
    page.keys.typeUrl(here, `${issuer}/silent`)
    const fetching = page.keys.fetch(here)
    await expect.poll(() => page.asked.length).toBe(1)
    await page.keys.fetch(here)
    expect([page.keys.busy, page.asked.length]).toEqual([true, 1])
    page.keys.cancel()
    await fetching
    expect([page.keys.busy, page.keys.explanation(here)?.title]).toEqual([false, 'Cancelled'])
  })
})

describe('the keys of a server that its token names', () => {
  const realm = 'http://localhost:8080/realms/lab'
  const outside = 'http://keycloak.example:8080/realms/lab'
  const documents = (iss: string, base: string) => ({
    [`${realm}/.well-known/openid-configuration`]: respond(
      JSON.stringify({ issuer: iss, token_endpoint: `${base}/token`, jwks_uri: `${base}/certs` }),
    ),
    'http://localhost:8080/.well-known/oauth-authorization-server/realms/lab': respond('{}', 404),
  })

  it.each([
    ['its own host', realm],
    ['another one, at the host that issued it (KC_HOSTNAME)', outside],
  ])('are found from iss alone: %s', async (_, iss) => {
    const page = open({ ...documents(iss, iss), [`${realm}/certs`]: respond(jwks('k1')) })
    const place = { token_endpoint: `${realm}/token`, discovery: '', iss }
    page.playground.connection.edit(place)
    await page.keys.fetch(place)
    expect(kidsOf(page, place)).toEqual(['k1'])
    expect(new Set(page.asked.map(({ url }) => new URL(url).host))).toEqual(new Set(['localhost:8080']))
  })

  it('RFC 8414 3.3: metadata of another issuer leads to no keys', async () => {
    const page = open(documents('http://localhost:8080/realms/other', realm))
    const place = { token_endpoint: `${realm}/token`, discovery: '', iss: realm }
    page.playground.connection.edit(place)
    const fetching = page.keys.fetch(place)
    await eventually(() => {
      expect(page.asked.length).toBeGreaterThan(1)
    })
    page.keys.cancel()
    await fetching
    expect(page.keys.explanation(place)?.title).toBe('Nobody said where the keys are')
  })

  it('are at the host in the form once metadata of another name is used anyway', async () => {
    const page = open({ ...documents(outside, outside), [`${realm}/certs`]: respond(jwks('k1')) })
    page.playground.connection.edit({ token_endpoint: `${realm}/token`, discovery: realm })
    await page.playground.finder.find()
    page.playground.discovery?.useAnyway()
    const place = { ...page.playground.connection.config, iss: outside }
    expect(place.token_endpoint).toBe(`${realm}/token`)
    expect(page.keys.url(place)).toBe(`${realm}/certs`)
    page.playground.connection.edit({ token_endpoint: 'http://localhost:8080/realms/other/token' })
    expect(page.keys.url(page.playground.connection.config)).toBe('')
    page.playground.connection.edit({ token_endpoint: `${outside}/token` })
    expect(page.keys.url(page.playground.connection.config)).toBe(`${outside}/certs`)
  })
})

describe('keys that were pasted', () => {
  it('are read, whatever their form, and are the same until the text changes', () => {
    const page = open({})
    page.keys.choose('pasted')
    expect(page.keys.sourceFor(here)).toBeNull()
    page.keys.paste(jwks('mine'))
    expect(kidsOf(page)).toEqual(['mine'])
    expect(page.keys.sourceFor(here)).toEqual(page.keys.sourceFor(here))
    page.keys.paste('{')
    expect(page.keys.sourceFor(here)).toMatchObject({ kind: 'unreadable' })
    page.keys.paste('  ')
    expect(page.keys.sourceFor(here)).toBeNull()
  })
})

it('accepts a shared secret as it is, as soon as there is a character of it', () => {
  const { keys } = open({})
  keys.choose('secret')
  expect(keys.sourceFor(here)).toBeNull()
  keys.typeSecret(' s ')
  expect(keys.sourceFor(here)).toEqual({ kind: 'secret', secret: ' s ' })
  keys.choose('server')
  expect(keys.sourceFor(here)).toBeNull()
})
