import { quoted } from '../../text/quoted.ts'
import type { ProbeKind, Result } from './evidence.ts'
import type { Symptoms } from './symptoms.ts'

const probeWords: Readonly<Record<ProbeKind, string>> = {
  'no-cors-get': 'A GET whose response this page does not read',
  'cors-get': 'A GET whose response this page wants to read',
  preflight: 'A GET with the same header fields, which has to be asked for first,',
  'other-preflight': 'A GET that has to be asked for first for another reason',
  'cors-post': 'A POST without credentials',
  'no-cors-post': 'The same POST, its response not read,',
  'other-scheme': 'The same URL with the other scheme',
  'other-scheme-cors': 'The same, to be read,',
  localhost: 'The same URL at localhost',
  ipv4: 'The same URL at 127.0.0.1',
  ipv6: 'The same URL at [::1]',
  tls: 'A web socket to the same port',
  timing: 'Failing',
  metadata: 'A GET of the metadata',
  'other-slash': 'A GET of the same URL with or without a slash at its end',
}

/** What was observed, one sentence each, in the order it was: the exchange, then the probes by their numbers. */
export function observations({ evidence }: Symptoms): string[] {
  const { exchange, probes } = evidence
  return [
    ...(exchange ? [`#${exchange.id}: The request ${resultWords(exchange.result, exchange.duration)}`] : []),
    ...probes.map(
      ({ id, kind, result, duration }) =>
        `${id === null ? '' : `#${id}: `}${probeWords[kind]} ${resultWords(result, duration)}`,
    ),
  ]
}

function resultWords(result: Result, duration: number): string {
  switch (result.kind) {
    case 'answered':
      return result.status === null ? 'got a response.' : `got ${result.status}.`
    case 'redirected':
      return 'got a redirect.'
    case 'failed':
      return `failed after ${duration.toFixed(0)} ms${result.message === '' ? '' : `: “${quoted(result.message)}”`}.`
    case 'pending':
      return `got no response within ${duration.toFixed(0)} ms.`
    case 'closed':
      return `closed with ${result.code}.`
    case 'timed':
      return `took ${result.target.median.toFixed(1)} ms, a request that the browser itself refuses ${result.baseline.median.toFixed(1)} ms.`
    default:
      return result satisfies never
  }
}
