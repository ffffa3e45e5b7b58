import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wholeMembers } from '../../explanation/config-change.ts'
import type { Fix } from '../../explanation/explanation.ts'
import { sameConfig } from '../../oauth/config/config.ts'
import type { RefusalRecord } from './record.ts'
import { causeOf } from './causes.ts'
import { explainVerdict, mayBeUnknown, textOf } from './explain.ts'
import type { Facts } from './facts/facts.ts'
import { findReason, type Verdict } from './reason.ts'
import { factsOf, recordsOfAny, type Refusal, refusals, said } from './refusal-testing.ts'

const explained = (refusal: Refusal, chosen: RefusalRecord | null = null) => {
  const facts = factsOf(refusal)
  return explainVerdict(findReason(facts, chosen, []), facts)
}

/** What a server says, or nothing. */
const speaking = refusals(fc.constantFrom('', said, 'Computer says no'))

function whatever(
  holds: (verdict: Verdict, facts: Facts, explanation: ReturnType<typeof explainVerdict>) => void,
) {
  fc.assert(
    fc.property(speaking, fc.option(recordsOfAny), (refusal, record) => {
      const facts = factsOf(refusal)
      const verdict = findReason(facts, record, [])
      holds(verdict, facts, explainVerdict(verdict, facts))
    }),
    { numRuns: 500 },
  )
}

const offeredBy = ({ id }: Verdict['reasons'][number], facts: Facts): readonly string[] =>
  causeOf(id).tell(facts).fixes.map(textOf)

describe('a page that Django shows with DEBUG', () => {
  const page = (title: string, body = '') => `<!DOCTYPE html><html><title>${title}</title>${body}</html>`

  it.each([page('RuntimeError\n          at /api/crash'), 'RuntimeError at /api/crash\nboom\n'])(
    'is of an exception: %j',
    (text) => {
      const at = (endpoint: 'api' | 'token') => explained({ endpoint, status: 500, text })
      expect(at('api').title).toBe('The API stopped in an exception of its own')
      expect(at('token')).toMatchObject({
        title: 'The server stopped in an exception of its own',
        causes: [],
      })
    },
  )

  it('lists the paths that are there', () => {
    const patterns =
      'Django tried these URL patterns<ol><li><code>\n admin/\n </code><li><code>\n o/\n </code></ol>'
    const { fixes } = explained({ status: 404, text: page('Page not found at /oauth/token', patterns) })
    expect(fixes[0]).toBe('Compare the path with those that the page lists: admin/, o/.')
  })
})

describe('credentials that an endpoint does not look for', () => {
  it.each([
    [
      { credentials: 'body', words: 'No credentials were found' },
      'reads ID and secret in the Basic header only',
    ],
    [
      {
        credentials: 'header',
        status: 422,
        text: '{"detail":[{"type":"missing","loc":["body","client_id"],"msg":"Field required"}]}',
      },
      'ignores the Basic header here',
    ],
  ] as const)('do not show that the client is known: %j', (refusal, title) => {
    const { title: told, ladder } = explained(refusal)
    expect(told).toBe(`The server ${title}`)
    expect(ladder?.find(({ stage }) => stage === 'Client known')?.state).toBe('not known')
  })
})

describe('any explanation', () => {
  it('offers no fix for a stage that was passed, and none of a cause that is not a reason', () => {
    whatever((verdict, facts, { fixes }) => {
      const left = verdict.reasons.filter(({ stage }) => !verdict.passed.has(stage))
      const offered = new Set(left.flatMap((reason) => offeredBy(reason, facts)))
      // A challenge that cannot be read is no matter of a cause.
      const others = fixes
        .map(textOf)
        .filter((text) => !offered.has(text) && !/every header|WWW-Auth/.test(text))
      expect(others).toEqual([])
    })
  })

  it('of a certain cause has that cause alone', () => {
    whatever((verdict, facts, explanation) => {
      const [first] = verdict.reasons
      if (verdict.certainty !== 'certain' || !first) return
      expect(explanation.title).toBe(causeOf(first.id).tell(facts).title)
      expect(explanation.causes).toEqual([])
      expect(explanation.fixes.every((fix) => offeredBy(first, facts).includes(textOf(fix)))).toBe(true)
      expect(explanation.observed).toEqual(first.found)
    })
  })

  it('names the likeliest in its title, or, of what is only possible, all that remain in a list', () => {
    whatever((verdict, facts, { title, causes, certainty, meaning }) => {
      const titles = verdict.reasons.slice(0, 6).map(({ id }) => causeOf(id).tell(facts).title)
      if (certainty === 'possible' || mayBeUnknown(verdict)) {
        expect(causes).toEqual(titles)
        expect(meaning).toMatch(/What remains, the commonest first:$|this page knows/)
      } else {
        expect(title).toBe(titles[0])
        expect(causes).toEqual(certainty === 'certain' ? [] : titles.slice(1))
      }
    })
  })

  it('offers no change that changes nothing, and no fix twice', () => {
    whatever((_verdict, { config }, { fixes }) => {
      for (const fix of fixes)
        if (typeof fix !== 'string' && 'change' in fix)
          expect(sameConfig({ ...config, ...wholeMembers(config, fix.change) }, config)).toBe(false)
      expect(new Set(fixes.map(textOf)).size).toBe(fixes.length)
    })
  })

  it('offers the relay once if both the challenge and a nonce are hidden', () => {
    const rows = [{ says: /says so/, causes: ['nonce-unreadable'], certainty: 'possible' }] as const
    const { fixes } = explained(
      { endpoint: 'api', status: 401, words: said },
      { name: 'API', rows, order: [] },
    )
    expect(fixes.filter((fix) => typeof fix !== 'string' && 'relay' in fix)).toHaveLength(1)
  })

  it('has at most one stage at which the request stopped, and it was reached', () => {
    whatever((verdict, _facts, { ladder }) => {
      const stopped = ladder?.filter(({ state }) => state === 'stopped here') ?? []
      expect(stopped.length).toBeLessThanOrEqual(verdict.stage === null ? 0 : 1)
      expect(ladder?.[0]).toEqual({ stage: 'Server reached', state: 'passed', by: 'proven' })
      for (const { by } of stopped) expect(by).toBe(verdict.certainty === 'certain' ? 'proven' : 'deduced')
    })
  })
})

describe('the authorization server whose token an API refused', () => {
  const issuer: RefusalRecord = {
    name: 'Issuer',
    rows: [],
    order: [],
    rejects: ({ resource }) => (resource ?? []).length > 0,
    tokenFixes: { 'audience-other': ['Add a mapper.'] },
  }

  it('says what to do there, and is asked for nothing that it ignores', () => {
    const facts = factsOf({ endpoint: 'api', status: 401, error: 'invalid_token', words: 'Wrong audience' })
    const verdict = findReason(facts, null, [])
    const told = (by: RefusalRecord | null) => explainVerdict(verdict, facts, by).fixes.map(textOf).join()
    const elsewhere = { ...facts, sent: { ...facts.sent, url: new URL('https://other.example/') } }
    expect(explainVerdict(verdict, elsewhere).fixes.map(textOf).join()).toContain('with the resource')
    expect(explainVerdict(verdict, elsewhere, issuer).fixes.map(textOf).join()).not.toContain('resource')
    expect(told(issuer)).toContain('Add a mapper.')
    expect(told(null)).not.toContain('Add a mapper.')
  })
})

describe('a client that may be unknown', () => {
  it('is not called known by a heading on its secret', () => {
    const row = {
      says: /server of the test/,
      causes: ['secret-wrong', 'client-unknown'],
      certainty: 'likely',
    } as const
    const told = explained(
      { error: 'invalid_client', words: said, secret: 'x' },
      { name: 'Test', order: [], rows: [row] },
    )
    expect(told).toMatchObject({
      title: 'The server refused: invalid_client',
      certainty: 'likely',
      causes: ['The secret is wrong', 'The server does not know this client'],
    })
    expect(told.meaning).not.toContain('knows the client')
  })
})

describe('what a server is known to reject', () => {
  const isSecret = (fix: Fix): boolean =>
    typeof fix !== 'string' && 'change' in fix && 'token_endpoint_auth_method' in fix.change
  const row = { says: /server of the test/, causes: ['method-other'], certainty: 'certain' } as const
  const record = { name: 'Test', order: [], rows: [row] } as const

  it('is not offered', () => {
    expect(explained({ words: said }, record).fixes.some(isSecret)).toBe(true)
    const strict = { ...record, rejects: () => true }
    expect(explained({ words: said }, strict).fixes.some(isSecret)).toBe(false)
  })

  it('is not offered of the API call either', () => {
    const call = { endpoint: 'api', words: said, status: 401 } as const
    const scheme = { ...record, rows: [{ ...row, causes: ['cnf-missing'] as const }] }
    const presents = (fixes: readonly Fix[]) => fixes.some((fix) => typeof fix !== 'string' && 'call' in fix)
    expect(presents(explained({ ...call, dpop: true }, scheme).fixes)).toBe(true)
    const strict = { ...scheme, rejectsCall: () => true }
    expect(presents(explained({ ...call, dpop: true }, strict).fixes)).toBe(false)
  })

  it('is the relay first, if a nonce is hidden and the server is not on this machine', () => {
    const hidden = explained({ dpop: true, status: 400, error: 'use_dpop_nonce' })
    expect(hidden.fixes[0]).toHaveProperty('relay')
    expect(hidden.fixes.map(textOf).join()).toContain('copy the request, signed anew, to a terminal')
  })

  it('is not what is to be done at this server, which comes first', () => {
    const own = { ...record, fixes: { 'method-other': () => ['Do it in the console.'] } } as const
    expect(explained({ words: said }, own).fixes[0]).toBe('Do it in the console.')
    const meant = { ...record, meanings: { 'method-other': 'Here it means that.' } } as const
    expect(explained({ words: said }, meant).meaning).toBe('Here it means that.')
  })

  it('comes with how to find the reason in its log, unless the response names it', () => {
    const log = { ...record, log: 'Look into the log.' }
    expect(explained({ words: said }, log).fixes).not.toContain('Look into the log.')
    expect(explained({ error: 'invalid_client', status: 401 }, log).fixes[0]).toBe('Look into the log.')
  })
})

describe('a response without a reason', () => {
  it('says so, and does not if there are words', () => {
    expect(explained({ status: 403 })).toMatchObject({ title: 'Refused with 403, without a reason' })
    expect(explained({ status: 403, words: 'Computer says no' })).toMatchObject({ title: 'Refused with 403' })
    const silent = explained({ status: 401, error: 'invalid_client' })
    expect(silent.title).toBe('The server refused: invalid_client')
    expect(silent.meaning).toContain('The server gives no reason.')
    const spoken = explained({ status: 401, error: 'invalid_client', words: 'Computer says no' })
    expect(spoken.meaning).not.toContain('gives no reason')
  })

  it('with a status of success is odd, and that is said first', () => {
    expect(explained({ status: 200, error: 'invalid_client' }).meaning).toMatch(
      /^The response came with status 200, as if it were a success\. \S/,
    )
  })

  it('of an API may be hidden by CORS; with Date, everything can be read', () => {
    const refusal = { endpoint: 'api', status: 401 } as const
    const texts = (more: Partial<Refusal>) =>
      explained({ ...refusal, ...more })
        .fixes.map(textOf)
        .join()
    expect(texts({})).toContain('Access-Control-Expose-Headers: WWW-Authenticate')
    expect(texts({ headers: [['date', 'Mon, 01 Jan 2024 00:00:00 GMT']] })).not.toContain('Expose')
    expect(texts({ headers: [['www-authenticate', 'Bearer']] })).not.toContain('Expose')
    expect(texts({ status: 403 })).not.toContain('Expose')
  })
})

describe('the server’s own words', () => {
  it('are quoted next to a known code, and next to none', () => {
    const words = 'Invalid client or Invalid client credentials'
    for (const error of ['invalid_client', 'unauthorized_client', ''])
      expect(explained({ status: 401, error, words }).says).toEqual({ who: 'server', words })
  })

  it('are those of a sentence that opens every refusal, if that is all', () => {
    const words = 'Client authentication failed (e.g., unknown client).'
    expect(explained({ status: 401, error: 'invalid_client', words }).says?.words).toBe(words)
    expect(explained({ status: 401, error: 'invalid_client', words: `${words} No.` }).says?.words).toBe('No.')
  })

  it('are a code of its own, if that is all', () => {
    expect(explained({ status: 200, error: 'bad_client_secret' }).says?.words).toBe('bad_client_secret')
    expect(explained({ error: 'something_new' })).toMatchObject({
      title: expect.stringContaining('something_new') as string,
    })
    expect(explained({ error: 'something_new' }).says?.words).toBe('something_new')
    expect(explained({ status: 401, error: 'invalid_client' }).says).toBeUndefined()
  })
})

describe('a server that counts requests', () => {
  const after = (value: string) =>
    explained({ status: 429, error: 'too_many_requests', headers: [['retry-after', value]] })

  it('says in Retry-After how long to wait', () => {
    expect(after('30')).toMatchObject({ title: 'Too many requests' })
    expect(after('30').fixes).toEqual(['Wait 30 seconds, as Retry-After says, and try again.'])
    expect(after('1').fixes).toEqual(['Wait 1 second, as Retry-After says, and try again.'])
    const date = 'Fri, 31 Dec 1999 23:59:59 GMT'
    expect(after(date).fixes).toEqual([`Wait until ${date}, as Retry-After says, and try again.`])
  })

  it('or does not; or CORS hides it, which says how many seconds to nobody', () => {
    const date = ['date', new Date(0).toUTCString()] as const
    const seen = explained({ status: 429, headers: [date] }).fixes.map(textOf)
    expect(seen).toEqual(['Wait a moment, and try again: the response does not say how long.'])
    expect(explained({ status: 429 }).fixes.map(textOf)[0]).toContain(
      'Access-Control-Expose-Headers: Retry-After',
    )
  })
})

describe('a scope that has to be /.default', () => {
  const words = 'Client credential flows must have a scope value with /.default suffixed to the resource'
  it.each([
    ['api://x/read', 'api://x/.default'],
    ['api://x', 'api://x/.default'],
    ['https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com/.default'],
    ['User.Read', 'https://graph.microsoft.com/.default'],
  ])('is one click away: %s', (scope, wanted) => {
    expect(explained({ error: 'invalid_scope', words, scope }).fixes[0]).toEqual({
      text: `Ask for ${wanted}`,
      change: { scope: wanted },
    })
  })
})

describe('what went before', () => {
  it('is told: a replay, and when it worked', () => {
    const past = { replayOf: 3, success: { id: 2, refused: 4, changed: ['Client secret', 'Scope'] } }
    const explanation = explained({ status: 401, error: 'invalid_client', past })
    expect(JSON.stringify(explanation)).toContain('These very bytes were sent before, as #3.')
    const text = 'It worked in #2; since then: Client secret, Scope.'
    expect(explanation.success).toEqual({ id: 2, refused: 4, text })
    const same = explained({ error: 'server_error', past: { success: { id: 2, refused: 3, changed: [] } } })
    expect(same.success?.text).toBe('It worked in #2, with the same values.')
    expect(explained({ error: 'server_error' }).success).toBeUndefined()
  })
})
