import { describe, expect, it } from 'vitest'
import { answered, challenged, explained, jwt, now, proofKey, stagesOf } from './token-use.ts'
import type { HeaderList, Outcome } from '../../../src/lib/http/message.ts'

const bound = jwt({ cnf: { jkt: 'abc' }, exp: now / 1000 + 60 })
const boundHere = jwt({ cnf: { jkt: proofKey.thumbprint }, aud: 'https://api.example', exp: now / 1000 + 60 })
const claims = { iss: 'https://as.example', scope: 'read', exp: now / 1000 + 300 }
const failure: Outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }

describe('a call that got a response', () => {
  it('has nothing to explain', async () => {
    expect(await explained(answered(200, [['content-type', 'application/json']], '{}'))).toBeNull()
    expect(await explained(answered(204))).toBeNull()
    expect(await explained(answered(200), { token: bound, call: { presentation: 'dpop' } })).toBeNull()
  })

  it('without a token, or with a broken one, is no success of the API', async () => {
    const none = await explained(answered(200), { call: { presentation: 'none' }, token: bound })
    expect(none?.title).toBe('Responded without a token')
    expect(none?.fixes[0]).toMatchObject({ call: { presentation: 'dpop' } })
    const broken = await explained(answered(200), { call: { presentation: 'broken' } })
    expect(broken?.title).toBe('Responded with a broken token')
    expect(broken?.fixes[0]).toMatchObject({ call: { presentation: 'none' } })
  })

  it('with an Authorization of the user’s own is none of this page’s business', async () => {
    const call = { presentation: 'none', headers: [{ name: 'authorization', value: 'x', on: true }] } as const
    expect(await explained(answered(200), { call })).toBeNull()
    expect((await explained(answered(401), { call }))?.title).toBe('Refused with the Authorization you typed')
  })

  it('with a bound token as a plain one overlooked the binding', async () => {
    expect((await explained(answered(200), { token: bound }))?.fixes[0]).toMatchObject({
      call: { presentation: 'dpop' },
    })
  })

  it('may be a page', async () => {
    expect((await explained(answered(200, [], '<!DOCTYPE html>')))?.title).toBe('A web page came back')
  })
})

describe('a refusal on purpose', () => {
  it('is a success', async () => {
    const none = await explained(answered(401), { call: { presentation: 'none' } })
    expect(none).toMatchObject({ title: 'Refused without a token, as it should be', certainty: 'certain' })
    const broken = await explained(challenged(401, 'Bearer error="invalid_token"'), {
      call: { presentation: 'broken' },
    })
    expect(broken?.title).toBe('Refused with a broken token, as it should be')
    expect((await explained(answered(403), { call: { presentation: 'broken' } }))?.title).toBe(
      'Refused with 403, without a reason',
    )
  })
})

describe('a call before there is a token', () => {
  const call = { presentation: 'none' } as const
  const before = (outcome: Outcome) => explained(outcome, { call, token: null })

  it('RFC 6750 3: "the resource server MUST include the HTTP WWW-Authenticate response header field", which CORS may hide', async () => {
    const seen = await before(challenged(401, 'Bearer scope="read"'))
    expect(seen).toMatchObject({ title: 'Refused without a token, as it should be' })
    expect(seen?.meaning).toBe('No token was sent, and the API does not respond without one.')
    expect(seen?.fixes).toEqual([
      'Get a token: press Get token in Connection. The next call is sent with it.',
    ])
    const unread = (await before(answered(401)))?.meaning
    expect(unread).toContain('hidden by CORS')
    expect(unread).toContain('Access-Control-Expose-Headers: WWW-Authenticate')
    expect((await before(answered(403)))?.meaning).toBe(seen?.meaning)
  })

  it('offers to send no token that is not there', async () => {
    const open = await before(answered(200))
    expect(open?.title).toBe('Responded without a token')
    expect(open?.fixes.map((fix) => typeof fix)).toEqual(['string', 'string'])
  })

  it('has nothing of a token in the headers that the API has to allow', async () => {
    const unread = await before(failure)
    expect(JSON.stringify(unread?.fixes)).not.toContain('authorization')
  })
})

describe('invalid_token', () => {
  const invalid = (words = '') =>
    challenged(401, `Bearer error="invalid_token"${words && `, error_description="${words}"`}`)

  it('is laid to what the token itself shows, with what is possible after it', async () => {
    const expired = await explained(invalid(), { token: jwt({ exp: now / 1000 - 90, aud: 'x', iss: 'y' }) })
    expect(expired).toMatchObject({ certainty: 'likely', title: 'The token has expired' })
    expect(expired?.meaning).toContain('it ended 2 min ago')
    expect(expired?.causes.slice(0, 2)).toEqual([
      'The token is for another API',
      'The API trusts another issuer',
    ])
    expect(expired?.fixes).toEqual(['Get a new token, and call again.'])
    expect(stagesOf(expired, 'stopped here')).toEqual(['Within its lifetime'])
    const early = await explained(invalid(), { token: jwt({ nbf: now / 1000 + 30 }) })
    expect(early).toMatchObject({ certainty: 'likely', title: 'The token is not valid yet' })
    expect(early?.meaning).toContain('It begins in 30 s.')
  })

  it('is a matter of the scheme if the token is bound and was sent as a plain one, or the other way round', async () => {
    const asBearer = await explained(invalid(), { token: bound })
    expect(asBearer?.certainty).toBe('likely')
    expect(asBearer?.fixes).toEqual([
      { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } },
    ])
    const asDpop = await explained(invalid(), { call: { presentation: 'dpop' } })
    expect(asDpop).toMatchObject({ certainty: 'likely', title: 'The token is bound to no key' })
    expect(asDpop?.fixes).toMatchObject([
      { change: { dpop: { on: true } } },
      { call: { presentation: 'bearer' } },
    ])
  })

  it.each([
    ["The token expired at '01/01/2024 00:00:00'", 'The token has expired'],
    ['The token is not yet valid', 'The token is not valid yet'],
    ["The audience 'x' is invalid", 'The token is for the origin of the API, and not for the API itself'],
    ["The issuer 'x' is invalid", 'The API trusts another issuer'],
    ['The signature key was not found', 'The API has no key that the token could be signed with'],
    ['Token was revoked', 'The token was revoked'],
  ])('is laid to the API’s words: %s', async (words, title) => {
    const explanation = await explained(invalid(words))
    expect(explanation).toMatchObject({ certainty: 'likely', title })
    expect(explanation?.fixes.length).toBeGreaterThan(0)
  })

  it('is laid to an audience that is the origin alone: the API is asked for by its whole URL', async () => {
    const token = jwt({ ...claims, aud: 'https://api.example' })
    const { title, fixes, observed } = (await explained(invalid('Invalid audience'), { token })) ?? {}
    expect(title).toBe('The token is for the origin of the API, and not for the API itself')
    expect(observed).toEqual([])
    const change = { resource: ['https://api.example/things'] }
    expect(fixes).toContainEqual({
      text: 'Ask for a token with the resource https://api.example/things',
      change,
    })
    const config = { resource: ['https://api.example'] }
    expect((await explained(invalid('Invalid audience'), { token, config }))?.fixes).toContainEqual(
      expect.objectContaining({ change }),
    )
    const call = { url: 'https://api.example/things?page=1#top' }
    expect((await explained(invalid('Invalid audience'), { token, call }))?.fixes).toContainEqual(
      expect.objectContaining({ change }),
    )
  })

  it('is no longer certain in words that the token contradicts: both are shown', async () => {
    const explanation = await explained(invalid("The token expired at '01/01/2024 00:00:00'"))
    expect(explanation?.observed).toEqual(['By its exp the token ends in 5 min: the clocks differ.'])
    expect(explanation?.meaning).not.toContain('it ended')
    expect(explanation?.fixes).toContain('Compare the time of the API with that of this machine.')
  })

  it('in words that name no cause: what the code leaves, and no claim that there are none', async () => {
    const explanation = await explained(invalid('Computer says no'))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The API refused: invalid_token' })
    expect(explanation?.meaning).toContain('The words of the API')
    expect((await explained(invalid()))?.meaning).toContain('The API gives no reason.')
  })

  it('offers the resource that would make the audience, unless the token has it, or another was asked for', async () => {
    const fix = {
      text: 'Ask for a token with the resource https://api.example/things',
      change: { resource: ['https://api.example/things'] },
    }
    expect((await explained(invalid(), { token: jwt({ aud: 'x' }) }))?.fixes).toContainEqual(fix)
    const asked = await explained(invalid(), { token: jwt({ aud: 'x' }), config: { resource: ['y'] } })
    expect(asked?.fixes).not.toContainEqual(fix)
    const named = await explained(invalid(), {
      token: jwt({ ...claims, aud: 'https://api.example/things/' }),
    })
    expect(named?.fixes).not.toContainEqual(fix)
    expect(named?.causes.join()).not.toContain('The token is for')
  })

  it('of an opaque token is a matter between the API and the server', async () => {
    const explanation = await explained(invalid(), { token: 'opaque' })
    expect(explanation?.causes.slice(0, 3)).toEqual([
      'The token is not a JWT of three parts',
      'The token is a reference, and the API reads JWTs only',
      'The authorization server told the API that the token is not active',
    ])
    expect(explanation?.fixes).toContain(
      'Introspect the token, to see what the authorization server says of it.',
    )
  })
})

describe('insufficient_scope', () => {
  it('RFC 6750 3.1: a new token has what was asked for before, and all that the challenge names', async () => {
    const token = jwt({ ...claims, aud: 'https://api.example/things', scope: 'a b' })
    const challenge = challenged(403, 'Bearer error="insufficient_scope", scope="b c"')
    const explanation = await explained(challenge, { token, config: { scope: 'a' } })
    expect(explanation?.fixes[0]).toEqual({
      text: 'Ask for “c” too, and get a new token',
      change: { scope: 'a b c' },
    })
  })

  it('may have its scope in a challenge that CORS hides, and does not say then that the API names none', async () => {
    const body = '{"error":"insufficient_scope"}'
    const hidden = await explained(answered(403, [], body))
    expect(hidden?.meaning).toContain('CORS hides the challenge (WWW-Authenticate)')
    expect(hidden?.fixes[0]).toContain('Access-Control-Expose-Headers: WWW-Authenticate')
    const seen = await explained(answered(403, [['date', 'Mon, 01 Jan 2024 00:00:00 GMT']], body))
    expect(seen?.meaning).toContain('the API does not say which scope it wants')
  })

  const needs = (scope: string) => challenged(403, `Bearer error="insufficient_scope", scope="${scope}"`)

  it('RFC 6750 3.1: the scope that is needed besides the token’s, and one click to ask for it', async () => {
    const explanation = await explained(needs('read write'))
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The token lacks the scope that the API wants',
      meaning: 'The API wants “read write”. The token has “read”.',
      causes: [],
    })
    expect(explanation?.fixes[0]).toEqual({
      text: 'Ask for “write” too, and get a new token',
      change: { scope: 'read write' },
    })
    expect(stagesOf(explanation, 'stopped here')).toEqual(['Scope sufficient'])
  })

  it('reads scope in every way servers write it', async () => {
    const meaning = async (token: string, scope: string | null = null) =>
      (await explained(needs('admin'), { token, scope }))?.meaning
    expect(await meaning(jwt({ scope: ['a', 'b'] }))).toContain('The token has “a b”.')
    expect(await meaning(jwt({ scp: 'a' }))).toContain('The token has “a”.')
    expect(await meaning('opaque', 'a b')).toContain('The token has “a b”.')
    expect(await meaning('opaque')).toContain('cannot be read here')
    expect(await meaning(jwt({ scope: '' }))).toContain('The token has none.')
  })

  it('is the API’s reading if the token has it', async () => {
    const explanation = await explained(needs('read'))
    expect(explanation?.title).toBe('The API does not find the scope that the token has')
    expect(explanation?.observed).toEqual(['The token has every scope that the API names.'])
    expect(JSON.stringify(explanation?.fixes)).not.toContain('Ask for')
    const split = await explained(needs('write'), { token: jwt({ scope: 'read write' }) })
    expect(split?.title).toContain('compares the whole scope claim')
  })

  it('is the server’s grant if it was asked for', async () => {
    const explanation = await explained(needs('write'), { config: { scope: 'read write' } })
    expect(explanation?.fixes[0]).toContain('not granted')
  })

  it('may be what a bare 403 means', async () => {
    const explanation = await explained(answered(403))
    expect(explanation?.certainty).toBe('possible')
    expect(explanation?.causes[0]).toBe('The token lacks the scope that the API wants')
    expect(stagesOf(explanation, 'stopped here')).toEqual([])
  })
})

describe('a 401 without a readable reason', () => {
  const expose = 'Access-Control-Expose-Headers: WWW-Authenticate'

  it('from another origin: the reason may be hidden, and how to see it is said', async () => {
    const explanation = await explained(answered(401))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'Refused with 401, without a reason' })
    expect(JSON.stringify(explanation?.fixes)).toContain(expose)
    expect(explanation?.fixes).toContainEqual(expect.objectContaining({ relay: 'https://api.example' }))
  })

  it('with every header field readable, as from the page’s own origin or through the relay: it is absent', async () => {
    const whole = answered(401, [['date', 'Mon, 01 Jan 2024 00:00:00 GMT']])
    const explanation = await explained(whole)
    expect(explanation?.certainty).toBe('possible')
    expect(JSON.stringify(explanation?.fixes)).not.toMatch(/Expose|relay/)
  })

  it('with a challenge of the same scheme: as if no token had arrived', async () => {
    const explanation = await explained(challenged(401, 'Bearer realm="x"'))
    expect(explanation?.causes[0]).toBe('The Authorization header did not arrive')
    expect(explanation?.fixes[0]).toBe(
      'See whether a proxy or gateway before the API passes Authorization on.',
    )
  })

  it('with a challenge of another kind: another login', async () => {
    const explanation = await explained(challenged(401, 'Basic realm="x"'))
    expect(explanation).toMatchObject({
      certainty: 'likely',
      title: 'The API asks for another kind of login',
    })
    expect(explanation?.meaning).toContain('asks for Basic')
  })
})

describe('other codes', () => {
  const code = (error: string) => challenged(401, `Bearer error="${error}"`)

  it('invalid_request, with the token in the URL as well: one click removes it', async () => {
    const call = { url: 'https://api.example/?access_token=x&a=b' }
    expect(await explained(code('invalid_request'), { call })).toMatchObject({
      certainty: 'likely',
      title: 'The token is in the URL as well',
      fixes: [{ call: { url: 'https://api.example/?a=b' } }],
    })
  })

  it.each(['invalid_dpop_proof', 'use_dpop_nonce'])('%s without a proof asks for one', async (error) => {
    expect(await explained(code(error))).toMatchObject({
      certainty: 'likely',
      title: 'No DPoP proof was sent',
      causes: [],
      fixes: [{ call: { presentation: 'dpop' } }],
    })
  })

  it('of no standard are those of the API alone', async () => {
    const explanation = await explained(code('hasOwnProperty'))
    expect(explanation).toMatchObject({ certainty: 'possible', title: 'The API refused: hasOwnProperty' })
    expect(explanation?.causes[0]).toBe('Only the API’s own documentation explains this response')
  })

  it('invalid_dpop_proof names the algorithms the API accepts', async () => {
    const refused = (algs: string) => challenged(401, `DPoP error="invalid_dpop_proof", algs="${algs}"`)
    const call = { presentation: 'dpop' } as const
    const other = await explained(refused('RS256 PS256'), { call, token: boundHere })
    expect(other).toMatchObject({
      certainty: 'likely',
      title: 'The API does not accept the algorithm of the proof',
    })
    expect(other?.meaning).toBe('alg of the proof is ES256. The API accepts RS256 PS256.')
    const same = await explained(refused('ES256 PS256'), { call, token: boundHere })
    expect(same?.certainty).toBe('possible')
  })
})

describe('another status', () => {
  const html: HeaderList = [['content-type', 'text/html']]
  it.each<[number, Outcome, string]>([
    [404, answered(404), 'The API has nothing at this path'],
    [404, answered(404, html, '<p>'), 'The API has nothing at this path'],
    [
      400,
      answered(400, [['content-type', 'application/problem+json']], '{}'),
      'The API finds the request itself wrong',
    ],
    [415, answered(415, [], '{}'), 'The API does not accept a body of this type'],
    [429, answered(429, [], 'slow'), 'Too many requests'],
    [502, answered(502), 'The server is overloaded, or starting'],
    [418, answered(418), 'Only the API’s own documentation explains this response'],
  ])('%i, case %#', async (_status, outcome, cause) => {
    const explanation = await explained(outcome)
    expect([explanation?.title, explanation?.causes[0]]).toContain(cause)
    expect(explanation?.fixes.length).toBeGreaterThan(0)
  })

  it('in a web page may be of what lies before the API', async () => {
    expect((await explained(answered(404, html, '<p>')))?.meaning).toContain('the web server before the API')
    expect((await explained(answered(404)))?.meaning).not.toContain('web page')
  })

  it('405 offers the methods that Allow names', async () => {
    const fixes = (await explained(answered(405, [['allow', 'GET, POST, OPTIONS, <b>']])))?.fixes
    expect(fixes?.slice(0, -1)).toEqual([{ text: 'Send POST', call: { method: 'POST' } }])
  })
})

describe('no response', () => {
  it('names what the API has to allow for this very call', async () => {
    const call = { method: 'PUT', body: '{}', headers: [{ name: 'X-A', value: '1', on: true }] }
    const fixes = (await explained(failure, { call }))?.fixes
    expect(fixes).toContain('Access-Control-Allow-Headers: authorization, content-type, x-a')
    expect(fixes).toContain('Access-Control-Allow-Methods: PUT')
  })

  it('can be tried without the token, which needs no preflight', async () => {
    expect((await explained(failure))?.fixes).toContainEqual(
      expect.objectContaining({ call: { presentation: 'none' } }),
    )
  })

  it('claims no cause: the connection check looks for it', async () => {
    const explanation = await explained(failure)
    expect(explanation?.causes).toEqual([])
    expect(explanation?.meaning).toContain('“Failed to fetch”')
  })

  it('of HelseID’s Sample API is what it gives every page', async () => {
    const call = { url: 'https://localhost:5081/machine-clients/greetings' }
    expect((await explained(failure, { call }))?.causes.join()).toContain('no CORS headers')
  })

  it.each<[Outcome, string]>([
    [{ kind: 'opaque-redirect' }, 'The server responded with a redirect'],
    [{ kind: 'aborted', by: 'person', partial: null }, 'Cancelled'],
    [{ kind: 'aborted', by: 'timeout', partial: null }, 'No response in time'],
    [{ kind: 'aborted', by: 'size', partial: null }, 'The response is too large'],
    [
      { ...failure, partial: { status: 200, statusText: '', headers: [], body: new Uint8Array() } },
      'The response broke off',
    ],
  ])('%#', async (outcome, title) => {
    expect((await explained(outcome))?.title).toBe(title)
  })
})
