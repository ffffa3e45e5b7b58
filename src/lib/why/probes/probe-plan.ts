import { isLoopback } from '../../http/http-url.ts'
import type { Evidence, ProbeKind } from '../evidence/evidence.ts'
import type { Probe } from './probe.ts'
import { probeRequests, refusedByBrowser, unread } from './probe-requests.ts'
import { isHopeless, staticFacts } from '../evidence/static-findings.ts'
import { symptomsOf, type Symptoms } from '../evidence/symptoms.ts'

/** Milliseconds: of all probes together, of one, and what is too little to show anything. */
const budget = { total: 4000, each: 1500, least: 100 }

interface Row {
  readonly kind: ProbeKind
  readonly purpose: string
  readonly when: (symptoms: Symptoms) => boolean
}

const silent = ({ silent }: Symptoms): boolean => silent
const named =
  (kind: ProbeKind) =>
  (symptoms: Symptoms): boolean =>
    symptoms.silent && symptoms.elsewhere(kind) !== null && !symptoms.was('other-scheme', 'answered')

/** In the order they are made; each only if what is known by then leaves its question open. */
const rows: readonly Row[] = [
  { kind: 'no-cors-get', purpose: 'Is anything there?', when: () => true },
  { kind: 'cors-get', purpose: 'May this page read a response?', when: () => true },
  {
    kind: 'metadata',
    purpose: 'Does the server know this path? Its metadata are for everybody.',
    when: ({ up, readable, elsewhere }) => up && !readable && elsewhere('metadata') !== null,
  },
  {
    kind: 'preflight',
    purpose: 'Does the preflight get a response?',
    when: ({ up, preflighted }) => up && preflighted,
  },
  {
    kind: 'other-preflight',
    purpose: 'Does any preflight get a response?',
    when: ({ was, readable, evidence }) =>
      readable && was('preflight', 'failed') && !evidence.target.asks.includes('content-type'),
  },
  { kind: 'cors-post', purpose: 'May this page read the response to a POST?', when: asksPost },
  {
    kind: 'no-cors-post',
    purpose: 'Does a POST get a response at all?',
    when: (symptoms) => asksPost(symptoms) && symptoms.was('cors-post', 'failed'),
  },
  { kind: 'other-scheme', purpose: 'Does the other scheme respond?', when: asksOtherScheme },
  {
    kind: 'other-scheme-cors',
    purpose: 'May this page read the response of the other scheme?',
    when: ({ was, url }) => url.protocol === 'https:' && was('other-scheme', 'answered'),
  },
  { kind: 'localhost', purpose: 'Does localhost respond?', when: named('localhost') },
  { kind: 'ipv4', purpose: 'Does 127.0.0.1 respond?', when: named('ipv4') },
  { kind: 'ipv6', purpose: 'Does [::1] respond?', when: named('ipv6') },
  {
    kind: 'tls',
    purpose: 'Does TLS fail? (A web socket: cookies of that host may go along.)',
    when: (symptoms) =>
      silentTls(symptoms) && symptoms.evidence.page.engine === 'firefox' && !moved(symptoms),
  },
  {
    kind: 'timing',
    purpose: 'How long does it take to fail?',
    when: (symptoms) =>
      silent(symptoms) &&
      // Beyond this machine a refusal costs a round trip, or a name server, so that it tells nothing.
      (symptoms.url.protocol === 'https:' || isLoopback(symptoms.url)) &&
      symptoms.evidence.page.engine === 'chromium' &&
      // A redirect to a closed port looks like a closed port, whatever responds at another name.
      (symptoms.url.protocol === 'http:' || !moved(symptoms)),
  },
]

/** A GET of the same URL that is not read would follow it; what is left to find out is where it leads. */
const afterRedirect: readonly Row[] = [
  {
    kind: 'other-slash',
    purpose: 'Does the path have a slash at its end, or none?',
    when: ({ elsewhere }) => elsewhere('other-slash') !== null,
  },
  {
    kind: 'other-scheme',
    purpose: 'Does the other scheme respond?',
    when: ({ url, otherSlash }) => url.protocol === 'http:' && !otherSlash,
  },
  { kind: 'cors-post', purpose: 'Is a POST without credentials redirected as well?', when: asksPost },
]

function asksPost({ up, evidence }: Symptoms): boolean {
  return up && evidence.allowsPost && evidence.target.method === 'POST'
}

/**
 * A TLS port that is spoken to in http: may respond with a page of its own; that is telling only at a named port. From
 * https: to http: likewise: a response of port 80 says nothing of port 443.
 */
function asksOtherScheme({ silent, up, readable, url, evidence, result }: Symptoms): boolean {
  if (url.protocol === 'https:') return silent && url.port !== '' && !mixedTwin(evidence, url)
  return silent || (up && !readable && url.port !== '' && result('metadata') === null)
}

/** Whether http: is out of reach for this page, so that asking there shows nothing. */
function mixedTwin({ page, target }: Evidence, url: URL): boolean {
  return staticFacts(page, { ...target, url: `http:${url.href.slice('https:'.length)}` }).mixed === 'blocked'
}

const silentTls = (symptoms: Symptoms): boolean => silent(symptoms) && symptoms.url.protocol === 'https:'

/** Whether it was found at another name, or to be no TLS. */
const moved = (symptoms: Symptoms): boolean =>
  symptoms.speaksPlainly ||
  (['localhost', 'ipv4', 'ipv6'] as const).some((kind) => symptoms.was(kind, 'answered', 'redirected'))

/**
 * The next thing to try, `null` when there is nothing more to learn or the time is up: about 4 seconds in all. No probe
 * carries a credential, and none is a POST unless the evidence says that the user allows it.
 */
export function nextProbe(evidence: Evidence): Probe | null {
  const spent = evidence.probes.reduce((sum, { duration }) => sum + duration, 0)
  const left = budget.total - spent
  if (isHopeless(evidence) || !(left >= budget.least)) return null
  const symptoms = symptomsOf(evidence)
  const plan = evidence.exchange?.result.kind === 'redirected' ? afterRedirect : rows
  const row = plan.find(({ kind, when }) => symptoms.result(kind) === null && when(symptoms))
  if (!row) return null
  const common = { kind: row.kind, purpose: row.purpose, timeout: Math.min(budget.each, left) }
  switch (row.kind) {
    case 'tls':
      return { ...common, by: 'web-socket', url: `wss://${symptoms.url.host}/` }
    case 'timing':
      return {
        ...common,
        by: 'timing',
        request: unread(symptoms),
        baseline: refusedByBrowser,
        times: 9,
      }
    default:
      return { ...common, by: 'fetch', request: probeRequests[row.kind](symptoms) }
  }
}
