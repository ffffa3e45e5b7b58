import type { Engine } from '../http/engine.ts'
import {
  type Evidence,
  nothingBefore,
  type PageFacts,
  type ProbeKind,
  type ProbeResult,
  type Result,
  type Target,
  type Wire,
} from './evidence/evidence.ts'
import { nextProbe } from './probes/probe-plan.ts'
import type { Probe } from './probes/probe.ts'

/** What was observed: a response, an opaque response, redirected, rejected, no response in time. */
type Seen = 'ok' | 'redirect' | 'X' | 'T'

/** A fault as it was observed in both browsers; what is left out was rejected. */
export interface Fault {
  readonly url?: string
  readonly page?: Partial<PageFacts>
  /** The request with Basic, which is asked for first, and with the secret in the body. */
  readonly basic: Seen
  readonly simple: Seen
  readonly probes?: Partial<Record<ProbeKind, Seen>>
  /** What Firefox's timing says of the request with Basic and of the other. */
  readonly wire?: readonly [basic: Wire, simple: Wire]
  /** The code a web socket closes with in Firefox. */
  readonly tls?: number
  /** Of responses that can be read. */
  readonly status?: number
  /** What Chromium measures, in milliseconds, compared with 2.5 for its own refusal. */
  readonly timing?: number
  readonly evidence?: Partial<Evidence>
  /** Whether the metadata that every page may read are there; a page is not given the 404 of others. */
  readonly metadata?: 200 | 404
  readonly about?: Target['about']
  readonly token?: Target['token']
}

export type Style = 'basic' | 'simple'

/** What is known of a fault before any probe. */
export function evidenceOf(fault: Fault, engine: Engine, style: Style): Evidence {
  const page = { origin: 'http://localhost:7100', engine, secureContext: true, online: true, ...fault.page }
  const wire = fault.wire?.[style === 'basic' ? 0 : 1] ?? 'unknown'
  const result = resultOf(fault[style], engine === 'firefox' ? wire : 'unknown', null)
  return {
    page,
    target: targetOf(fault, style),
    exchange:
      result.kind === 'failed' || result.kind === 'pending' || result.kind === 'redirected'
        ? { id: 1, duration: 4, result }
        : null,
    probes: [],
    allowsPost: false,
    violation: null,
    permission: null,
    before: nothingBefore,
    known: null,
    ...fault.evidence,
  }
}

const alike = (duration: number) => ({ median: duration, third: duration })

const targetOf = ({ url, about = 'token', token = null }: Fault, style: Style): Target => ({
  url: url ?? 'http://localhost:7200/token',
  method: 'POST',
  asks: style === 'basic' ? ['authorization'] : [],
  about,
  token,
  avoidable: style === 'basic',
})

/** Makes the probes one after the other, as planned, and gives everything that was learned. */
export function probed(
  fault: Fault,
  start: Evidence,
): { readonly evidence: Evidence; readonly made: readonly Probe[] } {
  const made: Probe[] = []
  let evidence = start
  for (let probe = nextProbe(evidence); probe !== null; probe = nextProbe(evidence)) {
    made.push(probe)
    if (made.length > 20) throw new Error('The plan has no end')
    evidence = { ...evidence, probes: [...evidence.probes, outcome(fault, probe, evidence, made.length + 1)] }
  }
  return { evidence, made }
}

function outcome(fault: Fault, probe: Probe, { page, target }: Evidence, id: number): ProbeResult {
  const { kind, timeout } = probe
  const seen = fault.probes?.[kind] ?? 'X'
  const common = { kind, id: probe.by === 'fetch' ? id : null, duration: seen === 'T' ? timeout : 4 }
  if (probe.by === 'web-socket') return { ...common, result: { kind: 'closed', code: fault.tls ?? 1006 } }
  if (probe.by === 'timing')
    return { ...common, result: { kind: 'timed', target: alike(fault.timing ?? 2.4), baseline: alike(2.5) } }
  const asked = probe.request.headers.some(
    ([name, value]) => name !== 'accept' && value !== 'application/x-www-form-urlencoded',
  )
  const wire = fault.wire?.[asked && target.asks.length > 0 ? 0 : 1] ?? 'unknown'
  if (kind === 'metadata')
    return { ...common, result: resultOf(fault.metadata === 404 ? 'X' : 'ok', 'unknown', 200) }
  const status = probe.request.mode === undefined ? (fault.status ?? 405) : null
  return { ...common, result: resultOf(seen, page.engine === 'firefox' ? wire : 'unknown', status) }
}

function resultOf(seen: Seen, wire: Wire, status: number | null): Result {
  switch (seen) {
    case 'ok':
      return { kind: 'answered', status }
    case 'redirect':
      return { kind: 'redirected' }
    case 'X':
      return { kind: 'failed', message: 'Failed to fetch', wire }
    case 'T':
      return { kind: 'pending', wire }
    default:
      return seen satisfies never
  }
}
