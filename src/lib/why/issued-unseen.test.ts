import { describe, expect, it } from 'vitest'
import type { Engine } from '../http/engine.ts'
import { evidenceOf, probed, type Fault, type Style } from './faults-testing.ts'
import { issuedUnseen } from './issued-unseen.ts'

const up = { 'no-cors-get': 'ok' } as const
const readable = { ...up, 'cors-get': 'ok' } as const

const filter = {
  name: 'A server with a filter',
  trust: null,
  uncovered: {},
  losesCors: false,
  elsewhere: null,
  metadata: null,
  metadataForAll: null,
  secure: null,
  suspects: [],
  unseen: 'Its filter refuses the request itself, and issues nothing.',
} as const

const rows: readonly (readonly [name: string, Fault, Engine, Style, string])[] = [
  ['no CORS, no preflight', { basic: 'X', simple: 'X', probes: up }, 'chromium', 'simple', 'probably'],
  ['no CORS, with a preflight', { basic: 'X', simple: 'X', probes: up }, 'chromium', 'basic', 'possibly'],
  [
    'no CORS, with a preflight',
    { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] },
    'firefox',
    'basic',
    'no',
  ],
  [
    'no CORS, no preflight',
    { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] },
    'firefox',
    'simple',
    'probably',
  ],
  [
    'CORS on OPTIONS only',
    { basic: 'X', simple: 'X', probes: up, wire: ['sent', 'sent'] },
    'firefox',
    'basic',
    'probably',
  ],
  [
    'an origin that a filter of the server refuses, or one without CORS',
    { basic: 'X', simple: 'X', probes: up, evidence: { known: filter } },
    'chromium',
    'simple',
    'possibly',
  ],
  [
    'a server that sends CORS headers with tokens alone',
    { basic: 'X', simple: 'X', probes: up, evidence: { known: { ...filter, successOnly: true } } },
    'chromium',
    'simple',
    'hardly',
  ],
  ['preflight refused', { basic: 'X', simple: 'ok', probes: readable }, 'chromium', 'basic', 'no'],
  [
    'preflight hangs',
    { basic: 'T', simple: 'ok', probes: { ...readable, preflight: 'T' } },
    'chromium',
    'basic',
    'hardly',
  ],
  [
    'header not allowed',
    { basic: 'X', simple: 'ok', probes: { ...readable, 'other-preflight': 'ok' } },
    'chromium',
    'basic',
    'hardly',
  ],
  [
    'POST unreadable',
    { basic: 'X', simple: 'X', probes: { ...readable, preflight: 'ok' } },
    'chromium',
    'basic',
    'probably',
  ],
  ['port closed', { basic: 'X', simple: 'X', wire: ['unsent', 'unsent'] }, 'firefox', 'simple', 'no'],
  // No credential was sent: then no token came of it.
  [
    'a certificate that is not trusted',
    { url: 'https://localhost:7443/token', basic: 'X', simple: 'X', tls: 1015 },
    'firefox',
    'simple',
    'no',
  ],
  [
    'TLS, most likely',
    { url: 'https://localhost:7443/token', basic: 'X', simple: 'X', probes: { 'other-scheme': 'ok' } },
    'chromium',
    'simple',
    'hardly',
  ],
  ['port closed, or reset', { basic: 'X', simple: 'X' }, 'chromium', 'simple', 'possibly'],
  [
    'stuck',
    { basic: 'T', simple: 'T', probes: { 'no-cors-get': 'T', 'cors-get': 'T' } },
    'chromium',
    'simple',
    'possibly',
  ],
  ['redirect', { basic: 'redirect', simple: 'redirect', probes: up }, 'chromium', 'simple', 'received'],
  [
    'redirect, or HSTS',
    { url: 'http://as.example/token', basic: 'redirect', simple: 'redirect', probes: up },
    'chromium',
    'simple',
    'possibly',
  ],
  ['blocked port', { basic: 'X', simple: 'X', url: 'http://localhost:6000/' }, 'chromium', 'simple', 'no'],
]

describe('issuedUnseen', () => {
  it.each(rows)('%s: %#', (_name, fault, engine, style, processed) => {
    const { evidence } = probed(fault, evidenceOf(fault, engine, style))
    expect(issuedUnseen(evidence)?.processed).toBe(processed)
  })

  it('has nothing to say if nothing was sent', () => {
    expect(issuedUnseen(evidenceOf({ basic: 'ok', simple: 'ok' }, 'chromium', 'simple'))).toBeNull()
  })
})

it('says no once a refusal was pasted', () => {
  const { evidence } = probed(
    { basic: 'X', simple: 'X', probes: up },
    evidenceOf({ basic: 'X', simple: 'X', probes: up }, 'chromium', 'simple'),
  )
  expect(issuedUnseen(evidence, { status: 403 })?.processed).toBe('no')
  expect(issuedUnseen(evidence, { status: 200 })?.processed).toBe('probably')
})
