import { describe, expect, it, vi } from 'vitest'
import type { Evidence, PageFacts, PolicyViolation } from '../lib/why/evidence/evidence.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import type { HttpRequest, Observation, Outcome } from '../lib/http/message.ts'
import { bareEnvironment, eventually } from './base/environment-testing.ts'
import { Playground } from './playground.svelte.ts'

const failure: Outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }
const opaque: Outcome = { kind: 'opaque' }
const issued: Outcome = {
  kind: 'response',
  response: {
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'application/json']],
    body: new TextEncoder().encode('{"access_token":"abc","token_type":"Bearer"}'),
  },
}

/** A server without CORS. */
const answersOpaquely = ({ mode, url }: HttpRequest): Outcome =>
  mode === 'no-cors' && url.startsWith('http:') ? opaque : failure

const secret = 'a secret that stays'

/** A page whose network does what `answer` says, with everything it was asked. */
function open(
  answer: (request: HttpRequest, signal: AbortSignal) => Outcome | Promise<Outcome>,
  page: Partial<PageFacts> = {},
) {
  const sent: HttpRequest[] = []
  let violate: (violation: PolicyViolation) => void = () => undefined
  let permit: (state: Evidence['permission']) => void = () => undefined
  const prober: Prober = {
    facts: () => ({
      origin: 'http://localhost:4290',
      engine: 'chromium',
      secureContext: true,
      online: true,
      ...page,
    }),
    socket: () => Promise.resolve({ outcome: failure, serverView: null }),
    timing: () => Promise.resolve(undefined),
    watchPolicy: (found) => {
      violate = found
    },
    watchPermission: (_space, found, until) => {
      permit = (state) => {
        if (!until.aborted) found(state)
      }
      found('prompt')
      return Promise.resolve()
    },
  }
  const playground = new Playground({
    ...bareEnvironment,
    browser: { ...bareEnvironment.browser, origin: page.origin ?? bareEnvironment.browser.origin },
    prober: () => Promise.resolve(prober),
    transport: async (request, signal): Promise<Observation> => {
      sent.push(request)
      return { outcome: await answer(request, signal), serverView: null }
    },
  })
  playground.connection.choose('own')
  playground.connection.edit({
    token_endpoint: 'http://localhost:1234/token',
    token_endpoint_auth_method: 'client_secret_post',
    client_id: 'm2m',
    client_secret: secret,
  })
  return {
    playground,
    sent,
    violate: (violation: PolicyViolation) => {
      violate(violation)
    },
    permit: (state: Evidence['permission']) => {
      permit(state)
    },
  }
}

/** Sends, and waits until why there was no response has been looked for. */
async function failed(playground: Playground) {
  await playground.send()
  const exchange = playground.view?.exchange
  if (!exchange) throw new Error('Nothing was sent')
  return eventually(() => {
    const connectionCheck = playground.why.checks?.of(exchange)
    if (!connectionCheck?.evidence || connectionCheck.busy) throw new Error('still busy')
    return connectionCheck
  })
}

const carriesSecret = ({ url, headers, body }: HttpRequest): boolean =>
  JSON.stringify([url, headers, body]).includes(secret.replaceAll(' ', '+'))

describe('ConnectionChecks', () => {
  it('looks for the cause by itself; each probe is in History and none has the secret', async () => {
    const { playground, sent } = open(answersOpaquely)
    const connectionCheck = await failed(playground)
    expect(connectionCheck.causes?.[0].id).toBe('cors-missing')
    expect(sent.filter(carriesSecret)).toHaveLength(1)
    expect(playground.exchanges.history.entries.map(({ about }) => about)).toContain('probe')
    expect(playground.exchanges.history.entries).toHaveLength(sent.length)
    expect(connectionCheck.unseen).not.toBeNull()
  })

  it('makes no POST of its own until it is agreed to', async () => {
    const { playground, sent } = open(answersOpaquely)
    const connectionCheck = await failed(playground)
    const posts = () => sent.filter(({ method }) => method === 'POST').length
    expect(posts()).toBe(1)
    expect(connectionCheck.wantsPost).toBe(true)
    await connectionCheck.run({ allowsPost: true })
    expect(posts()).toBe(3)
    expect(sent.filter(carriesSecret)).toHaveLength(1)
    expect(connectionCheck.causes?.[0]).toMatchObject({ id: 'cors-missing', certainty: 'certain' })
    expect(connectionCheck.wantsPost).toBe(false)
  })

  it('does not ask why if the user cancelled, or a response came', async () => {
    const { playground, sent } = open(() => issued)
    await playground.send()
    expect(playground.why.checks).toBeNull()
    expect(sent).toHaveLength(1)
  })

  it('a violation of the page’s own policy ends it: nothing else would leave either', async () => {
    const { playground, sent, violate } = open(() => {
      violate({ directive: 'connect-src', blocked: 'http://localhost:1234/token' })
      return failure
    })
    const connectionCheck = await failed(playground)
    expect(connectionCheck.causes?.map(({ id }) => id)).toEqual(['csp'])
    expect(sent).toHaveLength(2)
  })

  it('a violation by something else says nothing of this', async () => {
    const { playground, violate } = open(() => {
      violate({ directive: 'img-src', blocked: 'https://elsewhere.example/' })
      return failure
    })
    expect((await failed(playground)).causes?.[0].id).toBe('closed')
  })

  it('checks again once the permission is decided', async () => {
    let allowed = false
    const { playground, permit } = open(({ method }) => (allowed && method === 'GET' ? issued : failure), {
      origin: 'https://playground.example',
    })
    const connectionCheck = await failed(playground)
    expect(connectionCheck.evidence?.permission).toBe('prompt')
    allowed = true
    permit('granted')
    await eventually(() => {
      expect(connectionCheck.busy).toBe(false)
      expect(connectionCheck.evidence?.probes[0]?.result.kind).toBe('answered')
    })
  })

  it('cancelled, it stops, and what was found by then is', async () => {
    let probed: () => void = () => undefined
    const second = new Promise<void>((resolve) => (probed = resolve))
    const { playground, sent } = open((_request, signal) => {
      if (sent.length !== 3) return failure
      probed()
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve({ kind: 'aborted', by: 'person', partial: null })
        })
      })
    })
    await playground.send()
    await second
    const exchange = playground.exchanges.history.entries.at(-1)?.exchange
    const connectionCheck = exchange && playground.why.checks?.of(exchange)
    connectionCheck?.cancel()
    await eventually(() => {
      expect(connectionCheck?.busy).toBe(false)
    })
    expect(connectionCheck?.evidence?.probes).toHaveLength(1)
    expect(sent).toHaveLength(3)
  })

  it('beforehand: what would be sent is checked, not sent', async () => {
    const { playground, sent } = open(() => issued)
    await eventually(() => {
      expect(playground.connection.preview).not.toBeNull()
    })
    await playground.why.check()
    await eventually(() => {
      expect(playground.why.checks?.beforehand?.busy).toBe(false)
      expect(playground.why.checks?.beforehand?.causes?.[0].id).toBe('reachable')
    })
    expect(sent.map(({ method }) => method)).not.toContain('POST')
    expect(sent.filter(carriesSecret)).toEqual([])
    await playground.send()
    expect(playground.why.checks?.beforehand).toBeNull()
  })

  it('back from a look in another tab: checked again, and sent again only once the server responds', async () => {
    let up = false
    const { playground } = open(({ method }) => (up && method === 'GET' ? issued : failure))
    const connectionCheck = await failed(playground)
    const retry = vi.fn()
    await connectionCheck.comeBack(() => retry)
    expect(retry).not.toHaveBeenCalled()
    connectionCheck.goAway()
    await connectionCheck.comeBack(() => retry)
    expect(retry).not.toHaveBeenCalled()
    up = true
    await connectionCheck.comeBack(() => retry)
    await connectionCheck.comeBack(() => retry)
    expect(retry).toHaveBeenCalledTimes(1)
  })
})
