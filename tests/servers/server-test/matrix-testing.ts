import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import type { Verdict } from '../../../src/lib/server-test/base/row.ts'
import { isVulnerability } from '../../../src/lib/server-test/report/report.ts'
import { type CompleteServer, startCompleteServer } from '../complete-server.ts'
import { type FaultRow, mended } from './fault.ts'
import { testThrough } from './interposed.ts'

/** What lets somebody in who is nobody. */
const vulnerable = [
  'no-credentials',
  'unknown-client',
  'assertion-foreign-key',
  'assertion-alg-none',
  'assertion-alg-hs',
  'assertion-changed',
  'api-changed',
  'api-payload-changed',
  'api-alg-none',
]

/** Runs the whole table once for each fault, and compares every verdict with the run without one. */
export function describeFaults(what: string, faults: Readonly<Record<string, FaultRow>>): void {
  let server: CompleteServer
  let right: Readonly<Record<string, Verdict>>
  const network = nodeEffects({ pauses: false })

  beforeAll(async () => {
    server = await startCompleteServer()
    const { verdicts } = await testThrough(
      server.file,
      mended((request, forward) => forward(request)),
      network,
    )
    right = verdicts
  })
  afterAll(async () => {
    network.close()
    await server.close()
  })

  describe(`a server with one fault: ${what}`, () => {
    it('deviates nowhere without it', () => {
      expect(Object.entries(right).filter(([, verdict]) => verdict === 'deviates')).toEqual([])
    })

    it.each(Object.entries(faults))('%s is accused of it, and of nothing else', async (id, fault) => {
      const { also = {}, verdict = 'deviates', make } = fault
      const alsoOf = typeof also === 'function' ? also : (one: string) => also[one] ?? null
      const { verdicts, report } = await testThrough(server.file, mended(make(server)), network)
      // Each of these faults accepts what has to be refused.
      expect(report.checks.filter(isVulnerability).map((check) => check.id)).toEqual(
        vulnerable.includes(id) ? [id] : [],
      )
      const expected = Object.fromEntries(
        Object.entries(right).map(([one, was]) => [one, one === id ? verdict : (alsoOf(one) ?? was)]),
      )
      expect(verdict).not.toBe(right[id])
      expect(verdicts).toEqual(expected)
    })
  })
}
