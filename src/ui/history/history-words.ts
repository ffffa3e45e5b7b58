import type { About } from '../../state/base/sent.ts'
import type { Result } from '../../state/history-desk.svelte.ts'

/** What History calls each kind of request. */
export const kindWords: Readonly<Record<About, string>> = {
  token: 'Token requests',
  api: 'API calls',
  introspection: 'Introspections',
  revocation: 'Revocations',
  metadata: 'Metadata',
  keys: 'Keys',
  registration: 'Registrations',
  probe: 'Probes',
  host: 'Of the page itself',
}

/** What came of a request, as a choice. */
export const resultWords: Readonly<Record<Result, string>> = {
  '2xx': '2xx',
  '3xx': '3xx',
  '4xx': '4xx',
  '5xx': '5xx',
  none: 'No response',
}
