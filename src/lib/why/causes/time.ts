import { isLoopback } from '../../http/http-url.ts'
import { fetchStandard } from '../../spec.ts'
import type { Rule, Tell } from './rule.ts'
import { avoidPreflight, openInTab } from './common-fixes.ts'

/** What takes too long, and what is not there at all. */
export const timeCauses = {
  offline: (symptoms) => ({
    title: 'This browser is offline',
    meaning: isLoopback(symptoms.url)
      ? 'It says that it has no network. This machine itself can be reached without one, but not while the developer tools play offline.'
      : 'It says that it has no network, so nothing was sent.',
    fixes: [
      'Connect to the network, then try again.',
      'In the developer tools, under Network, choose No throttling.',
    ],
    spec: [],
  }),
  'preflight-hangs': (symptoms) => ({
    title: 'The preflight never gets a response',
    meaning: `The server responds to a GET, but not the OPTIONS request by which the browser asks whether it may send ${symptoms.evidence.target.asks.join(', ')}. Then the request itself is not sent.`,
    fixes: [
      ...avoidPreflight(symptoms),
      'Let the server, or the proxy before it, respond to OPTIONS at once, before it asks for a login.',
      { text: 'See with curl what becomes of the preflight', copy: 'preflight' },
    ],
    spec: [fetchStandard('cors-preflight-fetch')],
  }),
  'request-hangs': () => ({
    title: 'The server responds to others, but not this request in time',
    meaning:
      'A GET gets a response; the request itself got none in its time. The server may still be working on it.',
    fixes: [
      'Raise the timeout.',
      'Look into the server’s log: it may wait for a database, or be at a breakpoint.',
    ],
    spec: [],
  }),
  'no-response': (symptoms) => ({
    title: `${symptoms.url.host} does not respond`,
    meaning:
      'Neither a response nor a refusal came. The machine is not there or a firewall drops what is sent to it; or the server accepts the connection and then hangs, at a breakpoint for one.',
    fixes: [
      'Check host and port.',
      'Ask whether a firewall or a VPN is between.',
      'Let go a debugger that has stopped the server.',
      openInTab(symptoms),
    ],
    spec: [],
  }),
} as const satisfies Record<string, Tell>

export const timeRules: readonly Rule<keyof typeof timeCauses>[] = [
  {
    cause: 'offline',
    certainty: ({ url }) => (isLoopback(url) ? 'likely' : 'certain'),
    when: ({ evidence, up }) => !evidence.page.online && !up,
    because: () => ['The browser says that it is offline.'],
  },
  {
    cause: 'preflight-hangs',
    // Two round trips of a slow server may take as long.
    certainty: ({ duration }) =>
      duration('preflight') > 4 * Math.max(duration('no-cors-get'), duration('cors-get'))
        ? 'certain'
        : 'likely',
    when: ({ up, was }) => up && was('preflight', 'pending'),
  },
  {
    cause: 'request-hangs',
    certainty: 'likely',
    when: ({ up, readable, sent, was }) =>
      up && sent === 'pending' && !was('preflight', 'pending') && !(readable && was('preflight', 'failed')),
  },
  {
    cause: 'no-response',
    certainty: ({ facts, evidence, was }) =>
      was('no-cors-get', 'pending') &&
      was('cors-get', 'pending') &&
      (facts.crossesInto === null || evidence.permission === 'granted')
        ? 'certain'
        : 'likely',
    when: ({ stuck, up, sent, evidence }) =>
      stuck || (!up && sent === 'pending' && evidence.probes.length === 0),
  },
]
