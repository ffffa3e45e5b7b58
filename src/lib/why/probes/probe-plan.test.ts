import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { predictPreflight } from '../../http/preflight.ts'
import { diagnose } from '../diagnose.ts'
import { probeKinds, type Evidence, type Result } from '../evidence/evidence.ts'
import { evidenceOf, probed, type Fault } from '../faults-testing.ts'
import { issuedUnseen } from '../issued-unseen.ts'
import { nextProbe } from './probe-plan.ts'

const wire = fc.constantFrom('sent', 'unsent', 'blocked', 'unknown')
const failure: fc.Arbitrary<Result> = fc.oneof(
  fc.record({ kind: fc.constant('failed'), message: fc.string(), wire }),
  fc.record({ kind: fc.constant('pending'), wire }),
  fc.constant({ kind: 'redirected' }),
)
const durations = fc.record({ median: fc.double(), third: fc.double() })
const result: fc.Arbitrary<Result> = fc.oneof(
  failure,
  fc.record({ kind: fc.constant('answered'), status: fc.constantFrom(null, 200, 400) }),
  fc.record({ kind: fc.constant('closed'), code: fc.constantFrom(1006, 1015) }),
  fc.record({ kind: fc.constant('timed'), target: durations, baseline: durations }),
)
const url = fc.oneof(
  fc.constantFrom(
    'http://127.0.0.1:7200/t',
    'https://[::1]/',
    'https://as.example/t?code=a',
    'ftp://x/',
    '',
    'http://u:p@h/',
    'http://10.0.0.1/',
  ),
  fc.webUrl(),
  fc.string(),
)
const evidences = fc.record({
  page: fc.record({
    origin: fc.constantFrom('null', 'http://localhost:7100', 'https://page.example', 'http://page.example'),
    engine: fc.constantFrom('chromium', 'firefox', 'webkit', 'other'),
    secureContext: fc.boolean(),
    online: fc.boolean(),
  }),
  target: fc.record({
    url,
    method: fc.constantFrom('POST', 'GET'),
    asks: fc.subarray(['authorization', 'dpop', 'content-type', 'x-own']),
    about: fc.constantFrom('token', 'introspection', 'api'),
    token: fc.constantFrom('none', 'opaque', 'JWT', null),
    avoidable: fc.boolean(),
  }),
  exchange: fc.option(fc.record({ id: fc.nat(), duration: fc.nat(), result: failure })),
  probes: fc.array(
    fc.record({
      kind: fc.constantFrom(...probeKinds),
      id: fc.option(fc.nat()),
      duration: fc.nat(500),
      result,
    }),
    { maxLength: 13 },
  ),
  allowsPost: fc.boolean(),
  violation: fc.option(fc.record({ directive: fc.string(), blocked: fc.string() }), { freq: 9 }),
  permission: fc.constantFrom(null, 'granted', 'prompt', 'denied'),
  before: fc.record({
    succeeded: fc.boolean(),
    ofClient: fc.boolean(),
    simple: fc.boolean(),
    refused: fc.boolean(),
    beside: fc.boolean(),
    metadata: fc.constantFrom(null, 'read', 'unreadable'),
    responded: fc.constantFrom(null, 3),
  }),
  known: fc.constantFrom(null, {
    name: 'A server',
    trust: null,
    uncovered: {},
    losesCors: true,
    elsewhere: null,
    metadata: null,
    secure: null,
    suspects: [],
  }),
}) as fc.Arbitrary<Evidence>

const kinds = (fault: Fault, evidence: Evidence): string[] =>
  probed(fault, evidence).made.map(({ kind }) => kind)
const dead: Fault = { basic: 'X', simple: 'X' }

describe('nextProbe', () => {
  it('makes no probe if the request never leaves the browser', () => {
    expect(nextProbe(evidenceOf({ ...dead, url: 'http://localhost:6000/' }, 'chromium', 'basic'))).toBeNull()
  })

  it('asks at the other scheme and at the other names of this machine when nothing comes back', () => {
    expect(kinds(dead, evidenceOf(dead, 'chromium', 'simple'))).toEqual([
      'no-cors-get',
      'cors-get',
      'other-scheme',
      'ipv4',
      'ipv6',
      'timing',
    ])
    expect(kinds(dead, evidenceOf(dead, 'firefox', 'simple'))).not.toContain('timing')
    const remote = { ...dead, url: 'http://as.example/token' }
    expect(kinds(remote, evidenceOf(remote, 'chromium', 'simple'))).not.toContain('timing')
  })

  it('asks by a web socket in Firefox and by the clock in Chromium, at last', () => {
    const fault = { ...dead, url: 'https://as.example/token' }
    expect(kinds(fault, evidenceOf(fault, 'firefox', 'basic')).at(-1)).toBe('tls')
    expect(kinds(fault, evidenceOf(fault, 'chromium', 'basic')).at(-1)).toBe('timing')
  })

  it('makes a POST only if the user allows it', () => {
    const fault: Fault = { ...dead, probes: { 'no-cors-get': 'ok' } }
    const evidence = evidenceOf(fault, 'chromium', 'basic')
    expect(kinds(fault, evidence)).not.toContain('cors-post')
    expect(kinds(fault, { ...evidence, allowsPost: true })).toEqual(
      expect.arrayContaining(['cors-post', 'no-cors-post']),
    )
  })

  it('takes about 4 seconds, even of a server that never responds', () => {
    const all = Object.fromEntries(probeKinds.map((kind) => [kind, 'T']))
    const { evidence } = probed({ ...dead, probes: all }, evidenceOf(dead, 'chromium', 'basic'))
    expect(evidence.probes.reduce((sum, { duration }) => sum + duration, 0)).toBeLessThanOrEqual(4000)
  })

  it('asks first for the very fields that the request asks for, with values that are no secret', () => {
    const fault: Fault = { ...dead, probes: { 'no-cors-get': 'ok' } }
    const { made, evidence } = probed(fault, evidenceOf(fault, 'chromium', 'basic'))
    const probe = made.find(({ kind }) => kind === 'preflight')
    if (probe?.by !== 'fetch') throw new Error('no preflight was tried')
    expect(predictPreflight(probe.request, evidence.page.origin)?.request.headers).toContainEqual([
      'access-control-request-headers',
      'authorization',
    ])
    expect(probe.request).toMatchObject({
      method: 'GET',
      headers: [['authorization', 'Basic cHJvYmU6cHJvYmU=']],
    })
  })

  it('removes a secret from the query', () => {
    const fault = { ...dead, url: 'https://as.example/t?code=hush&a=1' }
    for (const probe of probed(fault, evidenceOf(fault, 'chromium', 'basic')).made)
      expect(JSON.stringify(probe)).not.toContain('hush')
  })
})

describe('whatever was observed', () => {
  it('there is a cause, and nothing throws', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        const causes = diagnose(evidence)
        expect(causes.length).toBeGreaterThan(0)
        expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length)
        for (const { title, meaning, fixes } of causes)
          expect([title, meaning, fixes.length > 0]).not.toContain('')
        issuedUnseen(evidence)
      }),
    )
  })

  it('a plan makes each probe once, reads no POST it may not make, and ends', () => {
    fc.assert(
      fc.property(evidences, result, (evidence, result) => {
        const seen = new Set<string>(evidence.probes.map(({ kind }) => kind))
        let known = evidence
        for (let probe = nextProbe(known); probe; probe = nextProbe(known)) {
          expect(seen.has(probe.kind)).toBe(false)
          seen.add(probe.kind)
          if (!evidence.allowsPost && probe.by === 'fetch') expect(probe.request.method).toBe('GET')
          known = { ...known, probes: [...known.probes, { kind: probe.kind, id: 1, duration: 1, result }] }
        }
      }),
    )
  })
})
