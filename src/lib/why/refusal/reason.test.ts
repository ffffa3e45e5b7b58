import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../../explanation/stage.ts'
import type { RefusalRecord, Row } from './record.ts'
import type { Facts } from './facts/facts.ts'
import { universal } from './order.ts'
import { findReason, type Verdict } from './reason.ts'
import { factsOf, jwt, now, recordsOfAny, refusals, said, stagesOf } from './refusal-testing.ts'

const recordOf = (row: Partial<Row>, more: Partial<RefusalRecord> = {}): RefusalRecord => ({
  name: 'Test',
  order: [],
  rows: [{ says: /server of the test/, causes: ['secret-wrong'], certainty: 'certain', ...row }],
  ...more,
})

const speaking = refusals(fc.constant(said))

const sorted = (stages: ReadonlySet<Stage>): readonly Stage[] => [...stages].sort()
const idsOf = ({ reasons }: Verdict): readonly string[] => reasons.map(({ id }) => id).sort()

/** Runs a property with the record chosen, and with it among the others. */
function whatever(holds: (verdict: Verdict, facts: Facts, record: RefusalRecord, isChosen: boolean) => void) {
  fc.assert(
    fc.property(speaking, recordsOfAny, fc.boolean(), (refusal, record, isChosen) => {
      const facts = factsOf(refusal)
      holds(findReason(facts, isChosen ? record : null, isChosen ? [] : [record]), facts, record, isChosen)
    }),
    { numRuns: 300 },
  )
}

describe('any verdict', () => {
  it('has a reason, and none of a stage that was passed, or not reached', () => {
    whatever(({ reasons, passed, notReached }) => {
      expect(reasons.length).toBeGreaterThan(0)
      for (const { stage } of reasons) {
        expect(passed.has(stage)).toBe(false)
        expect(notReached.has(stage)).toBe(false)
      }
    })
  })

  it('stops at the stage of its first reason, or at none', () => {
    whatever(({ reasons, stage, among }) => {
      // A code of the server's own shows no stage.
      if (reasons[0]?.id === 'unknown-code') expect(stage).toBeNull()
      else if (stage === null) expect(among.length).toBeGreaterThan(1)
      else expect([stage, among]).toEqual([reasons[0]?.stage, [stage]])
    })
  })

  it('that is certain has nothing that speaks against it', () => {
    whatever(({ certainty, reasons }) => {
      if (certainty === 'certain') expect(reasons[0]?.against).toBeNull()
    })
  })

  it('is certain by words only if they name one cause, and the server is the chosen one', () => {
    whatever(({ certainty, reasons }, _facts, { rows: [row] }, isChosen) => {
      const [first] = reasons
      const asked = first?.id.startsWith('nonce') === true
      if (certainty === 'certain' && !asked) {
        expect(isChosen).toBe(true)
        expect(row).toMatchObject({ certainty: 'certain', causes: [first?.id] })
        expect(reasons).toHaveLength(1)
      }
    })
  })

  it('has not passed what the words leave open', () => {
    whatever(({ passed, among }, { sent }, { rows: [row] }) => {
      const credentials: readonly Stage[] = sent.assertion ? ['secret'] : ['assertion']
      for (const open of row?.open ?? []) expect(passed.has(open)).toBe(false)
      for (const stage of [...among, ...credentials]) expect(passed.has(stage)).toBe(false)
    })
  })
})

describe('what was passed', () => {
  it('is the same in whatever order pairs and causes are written', () => {
    const shuffled = <T>(values: readonly T[]) =>
      fc.shuffledSubarray([...values], { minLength: values.length })
    const written = recordsOfAny.chain((record) =>
      fc
        .tuple(shuffled(record.order), shuffled(record.rows[0]?.causes ?? []))
        .map(
          ([order, causes]) =>
            [record, { ...record, order, rows: record.rows.map((row) => ({ ...row, causes })) }] as const,
        ),
    )
    fc.assert(
      fc.property(speaking, written, (refusal, [one, other]) => {
        const facts = factsOf(refusal)
        const [first, second] = [one, other].map((record) => findReason(facts, record, []))
        if (!first || !second) throw new Error('no verdict')
        expect(sorted(second.passed)).toEqual(sorted(first.passed))
        expect(sorted(second.notReached)).toEqual(sorted(first.notReached))
        expect(idsOf(second)).toEqual(idsOf(first))
      }),
    )
  })

  it('follows from measured pairs alone: each lies before every stage that remains, or is what the words prove', () => {
    whatever(({ passed, reasons }, facts, { rows: [row], order }) => {
      const bare = findReason(facts, { name: 'Test', rows: row ? [row] : [], order: [] }, [])
      for (const stage of passed) {
        const isMeasured = [...order, ...universal].some(([before]) => asChecked(before, facts) === stage)
        expect(isMeasured || bare.passed.has(stage)).toBe(true)
      }
      expect(idsOf(bare)).toEqual(reasons.map(({ id }) => id).sort())
    })
  })

  it('is nothing of what lies between, as far as no pair says so', () => {
    const verdict = findReason(factsOf({ words: said }), recordOf({ causes: ['scope-refused'] }), [])
    expect(verdict.stage).toBe('scope')
    expect(sorted(verdict.passed)).toEqual([])
    const pairs = [
      ['secret', 'grant'],
      ['grant', 'scope'],
      ['scope', 'policy'],
    ] as const
    const known = findReason(
      factsOf({ words: said, error: 'invalid_scope' }),
      recordOf({ causes: ['scope-refused'] }, { order: pairs }),
      [],
    )
    expect(sorted(known.passed)).toEqual(expect.arrayContaining(['client', 'grant', 'route', 'secret']))
    expect(sorted(known.notReached)).toEqual(['issue', 'policy'])
  })

  it('is the assertion if one was sent in place of a secret', () => {
    const record = recordOf({ causes: ['grant-not-allowed'] }, { order: [['secret', 'grant']] })
    const signed = findReason(factsOf({ words: said, credentials: 'assertion' }), record, [])
    expect([signed.passed.has('assertion'), signed.passed.has('secret')]).toEqual([true, false])
  })
})

const asChecked = (stage: Stage, { sent }: Facts): Stage =>
  stage === 'secret' || stage === 'assertion' ? (sent.assertion ? 'assertion' : 'secret') : stage

describe('words of a server', () => {
  const expired = recordOf({ causes: ['token-expired'] })
  const call = { endpoint: 'api', words: said, status: 401 } as const

  it('that what was sent contradicts are likely only, and both are shown', () => {
    const over = findReason(factsOf({ ...call, token: jwt({ exp: now / 1000 - 60 }) }), expired, [])
    expect(over).toMatchObject({ certainty: 'certain', stage: 'time' })
    const still = findReason(factsOf({ ...call, token: jwt({ exp: now / 1000 + 60 }) }), expired, [])
    expect(still).toMatchObject({ certainty: 'likely', stage: 'time' })
    expect(still.reasons[0]?.against).toContain('ends in 1 min')
  })

  it('that are contradicted let what else was sent speak', () => {
    const token = jwt({ nbf: now / 1000 + 90, exp: now / 1000 + 300 })
    const verdict = findReason(factsOf({ ...call, token }), expired, [])
    expect(verdict.certainty).toBe('likely')
    expect(verdict.reasons.map(({ id }) => id)).toEqual(['token-not-yet-valid', 'token-expired'])
  })

  it('are certain of the server that was chosen, and likely of one that is recognised by them', () => {
    const facts = factsOf({ words: said })
    expect(findReason(facts, recordOf({}), []).certainty).toBe('certain')
    expect(findReason(facts, null, [recordOf({})]).certainty).toBe('likely')
  })

  it('name a stage, of which a sign may be more of the same', () => {
    const facts = factsOf({ words: said, credentials: 'header', secret: 'p%+ :' })
    const verdict = findReason(facts, recordOf({ certainty: 'likely' }), [])
    expect(verdict).toMatchObject({ certainty: 'likely', stage: 'secret' })
    expect(idsOf(verdict)).toEqual(expect.arrayContaining(['basic-form-encoded', 'secret-wrong']))
  })

  it('that nobody knows do not hide that a server wants another token at introspection', () => {
    const about = (words: string) =>
      idsOf(
        findReason(
          factsOf({ endpoint: 'introspection', status: 401, error: 'invalid_token', words }),
          null,
          [],
        ),
      )
    expect(about('')).toContain('introspection-needs-api')
    expect(about('x')).toEqual(about(''))
  })

  it('that nobody knows never silence code and status', () => {
    const gibberish = fc.stringMatching(/^[xqz ]{1,40}$/).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(refusals(), gibberish, (refusal, words) => {
        const facts = factsOf(refusal)
        // That a response is empty is evidence of its own: with any word in it, it is not.
        fc.pre(facts.came.layer !== 'empty')
        const silent = findReason(facts, null, [])
        const odd = findReason(factsOf({ ...refusal, words }), null, [])
        expect(idsOf(odd)).toEqual(idsOf(silent))
        expect(sorted(odd.passed)).toEqual(sorted(silent.passed))
      }),
      { numRuns: 300 },
    )
  })
})

/** A server fails, or says something of its own, wherever it is. */
const ofNoStage = /^(exception|unknown-code)$/

describe('without words', () => {
  it('each reason is of a stage of that endpoint', () => {
    fc.assert(
      fc.property(refusals(), (refusal) => {
        const verdict = findReason(factsOf(refusal), null, [])
        const stages = stagesOf[refusal.endpoint]
        const others = verdict.reasons.filter(({ stage }) => !stages.includes(stage))
        expect(others.filter(({ id }) => !ofNoStage.test(id))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('nothing is certain but that a nonce is asked for', () => {
    fc.assert(
      fc.property(refusals(), (refusal) => {
        const { certainty, reasons } = findReason(factsOf(refusal), null, [])
        if (certainty === 'certain') expect(reasons[0]?.id).toMatch(/^nonce-/)
      }),
      { numRuns: 300 },
    )
  })

  it('what a sign points at comes before the commonest', () => {
    const plain = findReason(factsOf({ error: 'invalid_client', status: 401 }), null, [])
    expect(plain).toMatchObject({ certainty: 'possible', stage: null })
    expect(plain.reasons[0]?.id).toBe('secret-wrong')
    const hash = findReason(
      factsOf({ error: 'invalid_client', status: 401, secret: '{bcrypt}$2a$10$abc' }),
      null,
      [],
    )
    expect(hash).toMatchObject({ certainty: 'likely', stage: 'secret' })
    expect(hash.reasons[0]?.id).toBe('secret-is-hash')
  })

  it('what differs since it worked is suspected', () => {
    const past = { worked: { id: 1, since: ['token_endpoint_auth_method'] as const } }
    const other = findReason(factsOf({ error: 'invalid_client', status: 401, past }), null, [])
    expect(other).toMatchObject({ certainty: 'likely', stage: 'method' })
    expect(other.reasons[0]?.id).toBe('method-other')
  })

  it('a failure, or a code of nobody’s, makes an assertion suspect that is faulty by its own claims', () => {
    for (const refusal of [
      { error: 'known_already' },
      { error: 'error', status: 500 },
      { error: 'server_error', status: 500 },
    ]) {
      const of = (jtiSeen: boolean) =>
        findReason(factsOf({ ...refusal, credentials: 'assertion', past: { jtiSeen } }), null, [])
      expect(of(true)).toMatchObject({ stage: 'assertion', certainty: 'likely' })
      expect(of(true).reasons[0]?.id).toBe('assertion-replayed')
      expect(of(false).stage).not.toBe('assertion')
    }
  })

  it('an endpoint that refuses in its own words was found, and issued nothing; a page of something else proves neither', () => {
    const own = findReason(factsOf({ error: 'invalid_client', status: 401 }), null, [])
    expect([own.passed.has('route'), own.notReached.has('issue')]).toEqual([true, true])
    const bare = findReason(factsOf({ status: 401 }), null, [])
    expect([bare.passed.has('route'), bare.notReached.has('issue')]).toEqual([false, false])
  })
})
