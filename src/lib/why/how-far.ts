import type { Rung } from '../explanation/ladder.ts'
import type { CauseId } from './causes/causes.ts'
import type { Symptoms } from './evidence/symptoms.ts'

/** What a request passes on the way to a response that a page can read, in this order. */
const steps = {
  browser: 'Sent by the browser',
  reach: 'Server reached',
  tls: 'Certificate trusted',
  preflight: 'Preflight passed',
  route: 'Path right, and no redirect',
  origin: 'Response readable (CORS)',
} as const

type Step = keyof typeof steps

/** Where each cause stops it; `null` if it stops nothing, or nobody knows where, and `beyond` if that is beyond the server. */
const stops: Readonly<Record<CauseId, Step | 'beyond' | null>> = {
  'bad-url': 'browser',
  'blocked-port': 'browser',
  csp: 'browser',
  'mixed-content': 'browser',
  'insecure-page': 'browser',
  'lna-waiting': 'browser',
  'lna-denied': 'browser',
  'inside-browser': 'browser',
  offline: 'browser',
  'other-name': 'reach',
  'speaks-https': 'reach',
  'untrusted-https': 'reach',
  connected: 'beyond',
  closed: 'reach',
  dns: 'reach',
  dropped: 'reach',
  'no-connection': 'reach',
  'no-response': 'reach',
  'request-hangs': 'reach',
  'post-dropped': 'reach',
  'speaks-http': 'tls',
  tls: 'tls',
  'certificate-authority': 'tls',
  'certificate-date': 'tls',
  'certificate-name': 'tls',
  'preflight-hangs': 'preflight',
  'preflight-refused': 'preflight',
  'preflight-redirect': 'preflight',
  'header-not-allowed': 'preflight',
  'method-not-allowed': 'preflight',
  redirect: 'route',
  'to-https': 'beyond',
  'wrong-path': 'origin',
  'other-path': 'route',
  'cors-missing': 'origin',
  'origin-null': 'origin',
  'origin-mismatch': 'origin',
  'request-refused': 'origin',
  'origin-twice': 'origin',
  corp: 'origin',
  'response-lacks': 'origin',
  'success-only': 'origin',
  'no-token': 'origin',
  'after-authentication': 'origin',
  'client-origins-only': 'origin',
  'failed-unread': 'origin',
  'endpoint-uncovered': 'origin',
  'post-lacks': 'origin',
  'this-response-lacks': 'origin',
  'endpoint-lacks': 'origin',
  'no-issuer': 'route',
  'client-origins': 'origin',
  'by-client': null,
  'cors-passes': null,
  reachable: null,
  unknown: null,
}

/** Whether a cause keeps the request itself from being sent, credentials and all. */
export const beforeRequest = (cause: CauseId): boolean =>
  stops[cause] === 'tls' || cause === 'dns' || cause === 'offline'

/** How far a request got of which a page sees no response: up to the first cause, behind it nothing is known. */
export function howFar(cause: CauseId, symptoms: Symptoms): readonly Rung[] {
  const { up, preflighted, url } = symptoms
  const names = (Object.keys(steps) as Step[]).filter(
    (step) => (step !== 'preflight' || preflighted) && (step !== 'tls' || url.protocol === 'https:'),
  )
  const stop = stops[cause]
  if (stop === null) return []
  // Its first unknown step is where it is, and none is called the one that stopped it.
  const at = stop === 'beyond' ? names.indexOf('reach') + 1 : names.indexOf(stop)
  return names.map((step, index) => {
    const seen = up && (step === 'browser' || step === 'reach' || step === 'tls')
    return {
      stage: steps[step],
      state: index === at && stop !== 'beyond' ? 'stopped here' : index < at || seen ? 'passed' : 'not known',
      by: seen ? 'proven' : 'deduced',
    }
  })
}
