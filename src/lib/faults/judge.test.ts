import { describe, expect, it } from 'vitest'
import type { Exchange, HeaderList, Outcome } from '../http/message.ts'
import { type FaultId, faults, targetOf } from './faults.ts'
import { judge } from './judge.ts'

const request = { method: 'POST', url: 'https://as.example/token', headers: [], body: '' }

function exchangeOf(outcome: Outcome, hiddenHeaders: HeaderList = []): Exchange {
  const serverView = { checks: [], hiddenHeaders, preflight: null }
  return { id: 1, purpose: '', request, startedAt: 0, duration: 0, outcome, serverView }
}

function response(status: number, members: object = {}, headers: HeaderList = []): Outcome {
  const body = new TextEncoder().encode(JSON.stringify(members))
  const all = [['content-type', 'application/json'] as const, ...headers]
  return { kind: 'response', response: { status, statusText: '', headers: all, body } }
}

const judged = (id: FaultId, outcome: Outcome, worked = true, hidden: HeaderList = []) =>
  judge(faults[id], targetOf(id), exchangeOf(outcome, hidden), worked)

describe('the response to a broken request is judged', () => {
  it('as the standard expects, in words that name both', () => {
    expect(judged('wrong-secret-basic', response(401, { error: 'invalid_client' }))).toEqual({
      what: 'As the standard expects',
      result: 'pass',
      found:
        'The standard expects 401 with invalid_client, and the server responded with 401 invalid_client.',
      spec: faults['wrong-secret-basic'].expects.spec,
    })
  })

  it.each<readonly [FaultId, number, object, string, string]>([
    // SimpleIdServer: RFC 6749 5.2 has 401 for a client that used the header
    ['wrong-secret-basic', 400, { error: 'invalid_client' }, 'fail', '400 invalid_client'],
    ['wrong-secret-post', 400, { error: 'invalid_client' }, 'pass', '400 invalid_client'],
    ['missing-grant-type', 400, { error: 'invalid_grant' }, 'fail', '400 invalid_grant'],
    ['repeated-parameter', 400, { error: 'invalid_scope' }, 'warn', '400 invalid_scope'],
    ['missing-grant-type', 500, { error: 'invalid_request' }, 'fail', 'A fault of the client'],
    ['missing-grant-type', 429, {}, 'skipped', 'limits requests'],
    ['json-body', 401, { error: 'invalid_client' }, 'note', 'reads JSON as well'],
    ['json-body', 415, {}, 'pass', 'a refusal (4xx)'],
    ['no-scope', 400, { error: 'invalid_scope' }, 'pass', 'a token, or 400 with invalid_scope'],
    ['scope-beyond', 200, { access_token: 'a', scope: 'read' }, 'pass', 'less scope'],
    ['scope-beyond', 200, { access_token: 'a' }, 'fail', 'does not say'],
    [
      'scope-beyond',
      200,
      { access_token: 'a', scope: 'read no.such.scope' },
      'warn',
      'no server should have',
    ],
    ['dpop-old-iat', 400, { error: 'use_dpop_nonce' }, 'pass', 'use_dpop_nonce'],
    ['assertion-replayed', 200, { access_token: 'a' }, 'note', 'accepts it again'],
    ['api-garbage', 403, { error: 'invalid_token' }, 'fail', '403 invalid_token'],
    ['api-none', 200, {}, 'fail', 'The API accepted the call'],
  ])('%s with %i %o: %s', (id, status, members, result, words) => {
    const check = judged(id, response(status, members))
    expect(check.result).toBe(result)
    expect(check.found).toContain(words)
  })

  it('by no code that another fault may be the reason of', () => {
    const refusal = response(401, { error: 'invalid_client' })
    expect(judged('missing-grant-type', refusal, false)).toMatchObject({
      what: 'Cannot be told',
      result: 'skipped',
    })
    expect(judged('missing-grant-type', refusal, true).result).toBe('fail')
    // Nothing is at that URL, and the code of an API is often hidden by CORS.
    expect(judged('api-garbage', response(404), false).result).toBe('skipped')
    expect(judged('api-garbage', response(404), true).result).toBe('fail')
  })

  it('not at all if the page could not read it', () => {
    const failure = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    expect(judged('get', failure)).toMatchObject({ what: 'Cannot be told', result: 'skipped' })
  })

  it('with what the page can say of the challenge of an API', () => {
    const challenge = [['www-authenticate', 'Bearer error="invalid_token"']] as const
    expect(judged('api-garbage', response(401, {}, challenge)).found).toContain('came with it')
    expect(judged('api-garbage', response(401), true, challenge).found).toContain(
      'hidden from the page by CORS',
    )
    expect(judged('api-garbage', response(401)).found).toContain('the page cannot see')
    const bare = response(401, {}, [['www-authenticate', 'Bearer']])
    expect(judged('api-none', bare).result).toBe('pass')
    expect(judged('api-none', response(401, {}, challenge)).result).toBe('note')
  })

  it('with the words of the server on one line, and nothing in them that nobody sees', () => {
    const { found } = judged('missing-grant-type', response(400, { error: 'a\u202Eb\n' }))
    expect(found).toContain('400 a[U+202E]b .')
  })
})
