import { describe, expect, it } from 'vitest'
import { answered, challenged, explained, jwt, now, pageOrigin } from './token-use.ts'
import type { HeaderList, Outcome } from '../../../src/lib/http/message.ts'

const bound = jwt({ cnf: { jkt: 'abc' }, exp: now / 1000 + 60 })
const failure: Outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }

describe('a call that got a response', () => {
  it('has nothing to explain', () => {
    expect(explained(answered(200, [['content-type', 'application/json']], '{}'))).toBeNull()
    expect(explained(answered(204))).toBeNull()
    expect(explained(answered(200), { token: bound, call: { presentation: 'dpop' } })).toBeNull()
  })

  it('without a token, or with a broken one, is no success of the API', () => {
    const none = explained(answered(200), { call: { presentation: 'none' }, token: bound })
    expect(none?.title).toBe('Responded without a token')
    expect(none?.fixes[0]).toMatchObject({ call: { presentation: 'dpop' } })
    const broken = explained(answered(200), { call: { presentation: 'broken' } })
    expect(broken?.title).toBe('Responded with a broken token')
    expect(broken?.fixes[0]).toMatchObject({ call: { presentation: 'none' } })
  })

  it('with an Authorization of the user’s own is none of this page’s business', () => {
    const call = { presentation: 'none', headers: [{ name: 'authorization', value: 'x', on: true }] } as const
    expect(explained(answered(200), { call })).toBeNull()
    expect(explained(answered(401), { call })?.title).toBe('Refused with the Authorization you typed')
  })

  it('with a bound token as a plain one overlooked the binding', () => {
    expect(explained(answered(200), { token: bound })?.fixes[0]).toMatchObject({
      call: { presentation: 'dpop' },
    })
  })

  it('may be a page', () => {
    expect(explained(answered(200, [], '<!DOCTYPE html>'))?.title).toBe('A web page came back')
  })
})

describe('a refusal on purpose', () => {
  it('is a success', () => {
    const none = explained(answered(401), { call: { presentation: 'none' } })
    expect(none).toMatchObject({ title: 'Refused without a token, as it should be', certainty: 'certain' })
    const broken = explained(challenged(401, 'Bearer error="invalid_token"'), {
      call: { presentation: 'broken' },
    })
    expect(broken?.title).toBe('Refused with a broken token, as it should be')
    expect(explained(answered(403), { call: { presentation: 'broken' } })?.title).toBe('403 without a reason')
  })
})

describe('invalid_token', () => {
  const invalid = (words = '') =>
    challenged(401, `Bearer error="invalid_token"${words && `, error_description="${words}"`}`)

  it('is laid to what the token itself shows, with what is possible after it', () => {
    const expired = explained(invalid(), { token: jwt({ exp: now / 1000 - 90, aud: 'x', iss: 'y' }) })
    expect(expired?.certainty).toBe('likely')
    expect(expired?.causes[0]).toBe('The token has expired: 1 min ago, by this machine’s clock.')
    expect(expired?.causes).toHaveLength(4)
    const early = explained(invalid(), { token: jwt({ nbf: now / 1000 + 30 }) })
    expect(early?.causes[0]).toContain('it begins in 30 s')
    const asBearer = explained(invalid(), { token: bound })
    expect(asBearer?.fixes[0]).toMatchObject({ call: { presentation: 'dpop' } })
    const asDpop = explained(invalid(), { call: { presentation: 'dpop' } })
    expect(asDpop?.fixes[0]).toMatchObject({ call: { presentation: 'bearer' } })
    expect(asDpop?.fixes[1]).toMatchObject({ change: { dpop: { on: true } } })
  })

  it.each([
    ["The token expired at '01/01/2024 00:00:00'", 'though not by this machine’s clock'],
    ['The token is not yet valid', 'not valid yet'],
    ["The audience 'x' is invalid", 'not meant for this API'],
    ["The issuer 'x' is invalid", 'trusts another issuer'],
    ['The signature key was not found', 'cannot verify the signature'],
    ['Token was revoked', 'not active'],
    ['Invalid DPoP key binding', 'key of the proof'],
  ])('is certain in the API’s words: %s', (words, cause) => {
    const explanation = explained(invalid(words))
    expect(explanation?.certainty).toBe('certain')
    expect(explanation?.causes).toHaveLength(1)
    expect(explanation?.causes[0]).toContain(cause)
  })

  it('offers the resource that would make the audience', () => {
    const fix = {
      text: 'Ask for a token with the resource https://api.example',
      change: { resource: ['https://api.example'] },
    }
    expect(explained(invalid(), { token: jwt({ aud: 'x' }) })?.fixes).toContainEqual(fix)
    expect(
      explained(invalid(), { token: jwt({ aud: 'x' }), config: { resource: ['y'] } })?.fixes,
    ).not.toContainEqual(fix)
    expect(explained(invalid())?.causes.join()).not.toContain('aud')
  })

  it('of an opaque token is a matter between the API and the server', () => {
    const explanation = explained(invalid(), { token: 'opaque' })
    expect(explanation?.causes).toHaveLength(1)
    expect(explanation?.fixes[0]).toContain('Introspect')
  })
})

describe('insufficient_scope', () => {
  const needs = (scope: string) => challenged(403, `Bearer error="insufficient_scope", scope="${scope}"`)

  it('RFC 6750 3.1: the scope that is needed besides the token’s, and one click to ask for it', () => {
    const explanation = explained(needs('read write'))
    expect(explanation).toMatchObject({
      certainty: 'certain',
      causes: ['The API wants “read write”; the token has “read”.'],
      fixes: [{ text: 'Ask for “write” too, and get a new token', change: { scope: 'read write' } }, {}],
    })
  })

  it('reads scope in every way servers write it', () => {
    const causes = (token: string, scope: string | null = null) =>
      explained(needs('admin'), { token, scope })?.causes[0]
    expect(causes(jwt({ scope: ['a', 'b'] }))).toContain('“a b”')
    expect(causes(jwt({ scp: 'a' }))).toContain('“a”')
    expect(causes('opaque', 'a b')).toContain('“a b”')
    expect(causes('opaque')).toContain('is not known here')
    expect(causes(jwt({ scope: '' }))).toContain('the token has none')
  })

  it('is the API’s reading if the token has it', () => {
    expect(explained(needs('read'))?.causes[0]).toContain('the token has it')
  })

  it('is the server’s grant if it was asked for', () => {
    const explanation = explained(needs('write'), { config: { scope: 'read write' } })
    expect(explanation?.fixes[0]).toContain('not granted')
  })

  it('may be what a bare 403 means', () => {
    const explanation = explained(answered(403))
    expect(explanation?.causes[0]).toBe(
      'It lacks a scope, and the API does not say which; the token has “read”.',
    )
    expect(explanation?.certainty).toBe('possible')
  })
})

describe('a 401 without a readable reason', () => {
  it('from another origin: hidden and absent look the same', () => {
    const explanation = explained(answered(401))
    expect(explanation?.title).toBe('401 without a reason a page can read')
    expect(explanation?.meaning).toContain('Nothing tells the two apart here.')
    expect(explanation?.fixes[0]).toContain('Access-Control-Expose-Headers: WWW-Authenticate')
  })

  it('from the page’s own origin: it is absent', () => {
    const explanation = explained(answered(401), { call: { url: `${pageOrigin}/api` } })
    expect(explanation?.meaning).toContain('sends no WWW-Authenticate')
    expect(JSON.stringify(explanation?.fixes)).not.toContain('Expose')
  })

  it('with a challenge of the same scheme: as if no token had arrived', () => {
    expect(explained(challenged(401, 'Bearer realm="x"'))?.causes.at(-1)).toContain(
      'removed the Authorization header',
    )
  })

  it('with a challenge of another kind: another login', () => {
    expect(explained(challenged(401, 'Basic realm="x"'))?.causes[0]).toContain('login of its own')
  })
})

describe('other codes', () => {
  it.each<[string, Parameters<typeof explained>[1], object]>([
    [
      'invalid_request',
      { call: { url: 'https://api.example/?access_token=x&a=b' } },
      { fixes: [{ call: { url: 'https://api.example/?a=b' } }, {}] },
    ],
    ['invalid_dpop_proof', {}, { certainty: 'certain', fixes: [{ call: { presentation: 'dpop' } }] }],
    ['use_dpop_nonce', {}, { certainty: 'certain', fixes: [{ call: { presentation: 'dpop' } }] }],
    ['hasOwnProperty', {}, { certainty: 'possible' }],
  ])('%s', (error, situation, expected) => {
    const explanation = explained(challenged(401, `Bearer error="${error}"`), situation)
    expect(explanation).toMatchObject(expected)
    expect(explanation?.title).toBe(`The API refused: ${error}`)
  })

  it('invalid_dpop_proof names the algorithms the API accepts', () => {
    const explanation = explained(challenged(401, 'DPoP error="invalid_dpop_proof", algs="ES256 PS256"'), {
      call: { presentation: 'dpop' },
    })
    expect(explanation?.causes.join()).toContain('it accepts ES256 PS256')
    expect(explanation?.fixes).toContainEqual(
      expect.objectContaining({ change: { dpop: expect.objectContaining({ lifetime: 60 }) as object } }),
    )
  })
})

describe('another status', () => {
  const html: HeaderList = [['content-type', 'text/html']]
  it.each<[Outcome, string, string]>([
    [answered(404), 'An empty response, with status 404', 'nothing at this path'],
    [answered(404, html, '<p>'), 'A web page, with status 404', 'nothing at this path'],
    [
      answered(400, [['content-type', 'application/problem+json']], '{}'),
      'A problem document, with status 400',
      'request itself',
    ],
    [answered(415, [], '{}'), 'JSON, with status 415', 'body of this type'],
    [answered(429, [], 'slow'), 'Text, with status 429', 'Too many'],
    [answered(502), 'An empty response, with status 502', 'gateway'],
    [answered(418), 'An empty response, with status 418', 'neither a success'],
  ])('%#', (outcome, title, meaning) => {
    const explanation = explained(outcome)
    expect(explanation?.title).toBe(title)
    expect(explanation?.meaning).toContain(meaning)
  })

  it('405 offers the methods that Allow names', () => {
    const fixes = explained(answered(405, [['allow', 'GET, POST, OPTIONS, <b>']]))?.fixes
    expect(fixes?.slice(0, -1)).toEqual([{ text: 'Send POST', call: { method: 'POST' } }])
  })
})

describe('no response', () => {
  it('names what the API has to allow for this very call', () => {
    const call = { method: 'PUT', body: '{}', headers: [{ name: 'X-A', value: '1', on: true }] }
    const fixes = explained(failure, { call })?.fixes
    expect(fixes).toContain('Access-Control-Allow-Headers: authorization, content-type, x-a')
    expect(fixes).toContain('Access-Control-Allow-Methods: PUT')
  })

  it('can be tried without the token, which needs no preflight', () => {
    expect(explained(failure)?.fixes).toContainEqual(
      expect.objectContaining({ call: { presentation: 'none' } }),
    )
  })

  it('claims no cause: the connection check looks for it', () => {
    expect(explained(failure)?.causes).toEqual([])
    expect(explained(failure)?.meaning).toContain('“Failed to fetch”')
  })

  it('of HelseID’s Sample API is what it gives every page', () => {
    const call = { url: 'https://localhost:5081/machine-clients/greetings' }
    expect(explained(failure, { call })?.causes.join()).toContain('no CORS headers')
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
  ])('%#', (outcome, title) => {
    expect(explained(outcome)?.title).toBe(title)
  })
})
