import type { Evidence, ProbeKind, Result, Wire } from './evidence.ts'
import { staticFacts, type StaticFacts } from './static-findings.ts'

/** The evidence, read: what the rules ask. */
export interface Symptoms {
  readonly evidence: Evidence
  readonly facts: StaticFacts
  readonly url: URL
  /** What a probe came to; `null` if it was not made. */
  readonly result: (probe: ProbeKind) => Result | null
  readonly was: (probe: ProbeKind, ...kinds: readonly Result['kind'][]) => boolean
  /** Milliseconds that a probe took; 0 if it was not made. */
  readonly duration: (probe: ProbeKind) => number
  /** Whether something that speaks HTTP was reached. */
  readonly up: boolean
  /** Whether the page may read a response from there. */
  readonly readable: boolean
  /** Whether nothing came back from there, at once. */
  readonly silent: boolean
  /** Whether nothing came back from there until the time was over. */
  readonly stuck: boolean
  /** Whether the exchange could have been asked for first by a preflight. */
  readonly preflighted: boolean
  /** Whether a connection was made; `null` if the browser does not show it. */
  readonly connected: boolean | null
  /** Whether something responded there, though not by TLS that this browser accepts. */
  readonly tlsAlert: boolean
  /** Whether the port of an https: URL speaks plain HTTP: a TLS port responds to that with a 400 at most. */
  readonly speaksPlainly: boolean
  /** What the exchange itself came to; `null` if nothing was sent. */
  readonly sent: Result['kind'] | null
  /** Whether the exchange itself got onto a connection. */
  readonly wire: Wire
  /** Whether the same path with a slash at its end, or without, is there. */
  readonly otherSlash: boolean
  /** What makes CORS cover this endpoint, if that of the server leaves it out; `null` if nothing says so. */
  readonly uncovered: string | null
  /** Where the probe of that name goes: the same endpoint elsewhere; `null` if there is no such place. */
  readonly elsewhere: (probe: ProbeKind) => string | null
}

/** Reads the evidence. */
export function symptomsOf(evidence: Evidence): Symptoms {
  const { page, target, exchange } = evidence
  const facts = staticFacts(page, target)
  const url = URL.canParse(target.url) ? new URL(target.url) : new URL('about:invalid')
  const results = new Map(evidence.probes.map(({ kind, result }) => [kind, result]))
  const result = (probe: ProbeKind): Result | null => results.get(probe) ?? null
  const was = (probe: ProbeKind, ...kinds: readonly Result['kind'][]): boolean =>
    kinds.some((kind) => results.get(probe)?.kind === kind)
  const readable =
    was('cors-get', 'answered', 'redirected') ||
    was('cors-post', 'answered', 'redirected') ||
    exchange?.result.kind === 'redirected'
  const up = readable || was('no-cors-get', 'answered') || was('no-cors-post', 'answered')
  const twin = result('other-scheme-cors')
  const slash = result('other-slash')
  const tls = result('tls')
  const wire = exchange && 'wire' in exchange.result ? exchange.result.wire : 'unknown'
  const preflighted = target.asks.length > 0 && !facts.sameOrigin
  return {
    evidence,
    facts,
    url,
    result,
    was,
    duration: (probe) => evidence.probes.find(({ kind }) => kind === probe)?.duration ?? 0,
    up,
    readable,
    silent: !up && was('no-cors-get', 'failed') && !was('cors-get', 'pending'),
    stuck: !up && (was('no-cors-get', 'pending') || was('cors-get', 'pending')),
    preflighted,
    connected: connected([
      // Unsent, a request that is asked for first may still have had its preflight sent.
      preflighted && wire !== 'sent' ? 'unknown' : wire,
      wireOf(result('no-cors-get')),
      wireOf(result('cors-get')),
    ]),
    tlsAlert: tls?.kind === 'closed' && tls.code === 1015,
    speaksPlainly: twin?.kind === 'answered' && twin.status !== 400,
    sent: exchange?.result.kind ?? null,
    wire,
    otherSlash: slash?.kind === 'answered' && slash.status !== 404,
    uncovered: uncovered(evidence),
    elsewhere: (probe) =>
      probe === 'metadata' ? (evidence.known?.metadataForAll?.url ?? null) : elsewhere(url, facts, probe),
  }
}

/** CORS with a switch of its own is known to be off only if that of the other endpoints is on. */
function uncovered({ known, target: { about }, before }: Evidence): string | null {
  const own = before.metadata === 'read' || before.beside ? known?.ownCors : undefined
  return known?.uncovered[about] ?? (about === 'introspection' ? own?.introspection : undefined) ?? null
}

const wireOf = (result: Result | null): Wire => (result?.kind === 'failed' ? result.wire : 'unknown')

function connected(wires: readonly Wire[]): boolean | null {
  if (wires.includes('sent')) return true
  return wires.includes('unsent') ? false : null
}

/** The other scheme keeps a port that is named; `URL` drops a default one by itself. */
function elsewhere(url: URL, { otherNames }: StaticFacts, probe: ProbeKind): string | null {
  switch (probe) {
    case 'other-scheme':
    case 'other-scheme-cors':
      return url.protocol === 'http:'
        ? url.href.replace(/^http:/, 'https:')
        : url.href.replace(/^https:/, 'http:')
    case 'localhost':
    case 'ipv4':
    case 'ipv6': {
      const name = otherNames[probe]
      if (name === undefined) return null
      const moved = new URL(url)
      moved.hostname = name
      return moved.href
    }
    case 'other-slash': {
      const moved = new URL(url)
      moved.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
      return url.pathname === '/' ? null : moved.href
    }
    default:
      return null
  }
}
