import { describe, expect, it } from 'vitest'
import { diagnose } from './diagnose.ts'
import { type Evidence, nothingBefore, type ProbeResult } from './evidence/evidence.ts'

const evidence = (probes: readonly ProbeResult[], url = 'https://as.example/token'): Evidence => ({
  page: { origin: 'http://localhost:4173', engine: 'chromium', secureContext: true, online: true },
  target: { url, method: 'POST', asks: ['authorization'], about: 'token', avoidable: true, token: null },
  exchange: {
    id: 1,
    duration: 5,
    result: { kind: 'failed', message: 'Failed to fetch', wire: 'unknown' },
  },
  probes,
  allowsPost: false,
  violation: null,
  permission: null,
  before: nothingBefore,
  known: null,
})

const failed = { kind: 'failed', message: 'Failed to fetch', wire: 'unknown' } as const
const probe = (kind: ProbeResult['kind'], result: ProbeResult['result']): ProbeResult => ({
  kind,
  id: null,
  duration: 3,
  result,
})

/** Stage by stage, as it is drawn. */
const told = (of: Evidence) =>
  diagnose(of)[0].ladder?.map(({ stage, state, by }) => `${stage}: ${state}, ${by}`)

describe('how far a request got of which nothing came back', () => {
  it('the server was reached, and this page may not read it', () => {
    expect(
      told(evidence([probe('no-cors-get', { kind: 'answered', status: null }), probe('cors-get', failed)])),
    ).toEqual([
      'Sent by the browser: passed, proven',
      'Server reached: passed, proven',
      'Certificate trusted: passed, proven',
      'Preflight passed: passed, deduced',
      'Path right, and no redirect: passed, deduced',
      'Response readable (CORS): stopped here, deduced',
    ])
  })

  it('nothing listens: what lies behind is not known', () => {
    expect(
      told(
        evidence([probe('no-cors-get', failed), probe('cors-get', failed)], 'http://localhost:4999/token'),
      ),
    ).toEqual([
      'Sent by the browser: passed, deduced',
      'Server reached: stopped here, deduced',
      'Preflight passed: not known, deduced',
      'Path right, and no redirect: not known, deduced',
      'Response readable (CORS): not known, deduced',
    ])
  })

  it('something responded, and nobody knows what: beyond the server nothing is known', () => {
    const durations = (duration: number) => ({ median: duration, third: duration })
    const timing = { kind: 'timed', target: durations(6), baseline: durations(2) } as const
    const probes = [probe('no-cors-get', failed), probe('cors-get', failed), probe('timing', timing)]
    expect(told(evidence(probes, 'http://localhost:4999/token'))).toEqual([
      'Sent by the browser: passed, deduced',
      'Server reached: passed, deduced',
      'Preflight passed: not known, deduced',
      'Path right, and no redirect: not known, deduced',
      'Response readable (CORS): not known, deduced',
    ])
  })

  it('is told of the first cause alone', () => {
    const [first, ...others] = diagnose(evidence([probe('no-cors-get', failed), probe('cors-get', failed)]))
    expect(first.ladder).toBeDefined()
    for (const { ladder } of others) expect(ladder).toBeUndefined()
  })

  it('at a server that is not the user’s own, the relay is the first way out', () => {
    const probes = [probe('no-cors-get', { kind: 'answered', status: null }), probe('cors-get', failed)]
    const first = (url: string) => diagnose(evidence(probes, url))[0].fixes[0]
    expect(first('https://as.example/token')).toHaveProperty('relay', 'https://as.example')
    expect(first('https://localhost:5001/token')).toHaveProperty('guide', 'origin')
  })
})
