import { describe, expect, it } from 'vitest'
import { headerValue, type HttpRequest, type Observation } from '../../lib/http/message.ts'
import { generateKey } from '../../lib/keys/generate-key.ts'
import { emptyConfig } from '../../lib/oauth/config/config.ts'
import { HeldToken } from './held-token.svelte.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { Playground } from '../playground.svelte.ts'
import { TokenUse } from './token-use.svelte.ts'

function respond(
  status: number,
  body: object,
  headers: readonly (readonly [string, string])[] = [],
): Observation {
  return {
    serverView: null,
    outcome: {
      kind: 'response',
      response: {
        status,
        statusText: '',
        headers: [['content-type', 'application/json'], ...headers],
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    },
  }
}

const issued = (token: string) => respond(200, { access_token: token, token_type: 'Bearer', expires_in: 60 })
const wantsNonce = respond(401, {}, [
  ['www-authenticate', 'DPoP error="use_dpop_nonce"'],
  ['dpop-nonce', 'of-the-api'],
])

const claimsOf = (jwt: string | null): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

/** A page with a token at hand, before servers that give these responses, one after the other. */
async function open(...answers: Observation[]) {
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => 0, monotonic: () => 0 },
    transport: (request) => {
      requests.push(request)
      return Promise.resolve(answers[requests.length - 1] ?? respond(200, {}))
    },
    localIssuer: 'http://localhost:9001',
    localApi: 'http://localhost:9002',
  })
  playground.connection.choose('own')
  const key = await generateKey('ES256', {})
  playground.keys.put(key)
  playground.connection.edit({
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    client_secret: 's',
    dpop: { ...emptyConfig.dpop, on: true, key: key.thumbprint },
  })
  await eventually(() => {
    expect(playground.connection.sendable).toBe(true)
  })
  await playground.send()
  const held = new HeldToken(playground)
  const use = new TokenUse(playground, held)
  use.edit({ url: 'https://api.example/things' })
  return { playground, held, use, requests }
}

describe('TokenUse', () => {
  it('RFC 9449 7.1: sends a bound token with a proof, and an unbound one after it as a bearer token', async () => {
    const dpop = respond(200, { access_token: 'bound', token_type: 'DPoP' })
    const { playground, use } = await open(dpop, issued('unbound'))
    expect(use.call.presentation).toBe('dpop')
    use.edit({ url: 'https://api.example/others' })
    expect(use.call.presentation).toBe('dpop')
    await playground.send()
    expect(use.call.presentation).toBe('bearer')
    use.edit({ presentation: 'none' })
    await playground.send()
    expect(use.call.presentation).toBe('none')
  })

  it('dates the proof by the clock as it is set now, whatever it was when the token came', async () => {
    const { playground, use } = await open(respond(200, { access_token: 'bound', token_type: 'DPoP' }))
    const dated = async () => {
      const request = await use.compose()
      return claimsOf(headerValue(request?.headers ?? [], 'dpop'))['iat']
    }
    expect(await dated()).toBe(0)
    playground.connection.edit({ clock_skew: 300 })
    expect(await dated()).toBe(300)
  })

  it('warns of a pasted token that another server issued', async () => {
    const { playground, held } = await open(issued('one'))
    const pasted = (iss: string) => `e30.${Buffer.from(JSON.stringify({ iss })).toString('base64url')}.c2ln`
    playground.atHand.paste(pasted('https://other.example'))
    expect(held.issuedElsewhere).toBe('https://other.example')
    playground.atHand.paste(pasted(new URL(playground.connection.config.token_endpoint).origin))
    expect(held.issuedElsewhere).toBeNull()
    playground.atHand.paste('')
    expect(held.token).toBe('one')
  })

  it('RFC 6750 3: calls without a token while none is at hand, and with it as was chosen once there is one', async () => {
    const { playground, held, use, requests } = await open(
      respond(400, { error: 'invalid_client' }),
      respond(401, {}, [['www-authenticate', 'Bearer resource_metadata="https://api.example/m"']]),
      respond(200, { access_token: 'bound', token_type: 'DPoP' }),
    )
    use.edit({ presentation: 'dpop' })
    expect(held.token).toBeNull()
    expect(use.call.presentation).toBe('none')
    const request = await use.compose()
    expect(request?.headers.map(([name]) => name)).not.toContain('authorization')
    await use.send()
    expect(headerValue(requests[1]?.headers ?? [], 'authorization')).toBeNull()
    expect(headerValue(requests[1]?.headers ?? [], 'dpop')).toBeNull()
    expect(use.called?.facts).toBeNull()
    expect(use.called && use.isOutdated(use.called)).toBe(false)
    await playground.send()
    expect(use.call.presentation).toBe('dpop')
    expect(use.called && use.isOutdated(use.called)).toBe(true)
  })

  it('uses one token again and again, and counts what that saves', async () => {
    const { playground, held, use, requests } = await open(
      issued('one'),
      respond(200, {}),
      respond(200, {}),
      respond(401, {}),
      issued('two'),
    )
    await use.send()
    expect(use.saved).toBe(0)
    await use.send()
    expect(use.saved).toBe(1)
    const sent = requests.slice(1).map(({ headers }) => headerValue(headers, 'authorization'))
    expect(sent).toEqual(['Bearer one', 'Bearer one'])
    use.edit({ presentation: 'broken' })
    await use.send()
    expect(use.saved).toBe(1)
    const called = use.called ?? expect.unreachable()
    expect(use.isOutdated(called)).toBe(false)
    await playground.send()
    expect(use.isOutdated(called)).toBe(true)
    expect(held.token).toBe('two')
    expect(use.saved).toBe(0)
  })

  it('keeps the token at hand when another exchange is opened, or another request is refused', async () => {
    const { playground, held, use } = await open(
      issued('one'),
      respond(200, {}),
      respond(401, { error: 'invalid_client' }),
    )
    await use.send()
    const [called] = playground.exchanges.history.entries
    if (!called) throw new Error('nothing was recorded')
    expect(called.about).toBe('api')
    await playground.open(called)
    expect(held.token).toBe('one')
    await playground.send()
    expect(held.token).toBe('one')
  })

  it('meets an API’s demand for a nonce once, with a new proof, and keeps the nonce for that API alone', async () => {
    const { playground, use, requests } = await open(issued('one'), wantsNonce, wantsNonce)
    use.edit({ presentation: 'dpop' })
    await use.send()
    const [, first, second, ...more] = requests.map(({ headers }) => claimsOf(headerValue(headers, 'dpop')))
    expect(more).toEqual([])
    expect(first).not.toHaveProperty('nonce')
    expect(second).toMatchObject({ nonce: 'of-the-api', htu: 'https://api.example/things', htm: 'GET' })
    expect(second?.['jti']).not.toBe(first?.['jti'])
    expect(playground.connection.signingFor('https://api.example/others').nonce).toBe('of-the-api')
    expect(playground.connection.nonce).toBeNull()
    // The demand and its response are one use of the token.
    expect(use.saved).toBe(0)
  })

  it('keeps what was typed for each server', async () => {
    const { playground, use } = await open(issued('one'))
    playground.connection.choose('local')
    expect(use.call.url).toBe('http://localhost:9002/greeting')
    playground.connection.choose('own')
    expect(use.call.url).toBe('https://api.example/things')
  })
})
