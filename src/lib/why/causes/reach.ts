import { isLoopback } from '../../http/http-url.ts'
import { rfc } from '../../spec.ts'
import type { Fix } from '../../explanation/explanation.ts'
import type { Rule, Tell } from './rule.ts'
import type { ProbeKind } from '../evidence/evidence.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { openInTab, readConsole, throughRelay } from './common-fixes.ts'
import { becauseSlow, responded } from './timing.ts'

const names = ['localhost', 'ipv4', 'ipv6'] as const satisfies readonly ProbeKind[]

const found = ({ was, elsewhere }: Symptoms): string | null =>
  names.filter((name) => was(name, 'answered', 'redirected')).map(elsewhere)[0] ?? null

const move = (text: string, url: string | null): readonly Fix[] =>
  url === null ? [] : [{ text, moveTo: url }]

const started = ({ url }: Symptoms): readonly Fix[] => [
  {
    text: 'Start the server, and read in what it prints on which address and port it listens.',
    guide: 'start',
  },
  ...(isLoopback(url)
    ? [
        `In a container, publish the port: docker run -p 127.0.0.1:${url.port || '443'}:…; the server inside has to listen on 0.0.0.0.`,
      ]
    : ['Check host and port; ask whether a VPN or a proxy is needed.']),
]

/** Whether something listens, and at which address. */
export const reachCauses = {
  'other-name': (symptoms) => {
    const to = found(symptoms)
    const host = to === null ? 'another name' : new URL(to).host
    return {
      title: `The server responds at ${host}, not at ${symptoms.url.host}`,
      meaning:
        'localhost, 127.0.0.1 and [::1] are three names of this machine, but a server may listen at one address alone, and a certificate may be for one name alone.',
      fixes: [
        ...move(`Change the host to ${host}`, to),
        'Or let the server listen on every address of this machine.',
      ],
      spec: [rfc(6761, '6.3')],
    }
  },
  'speaks-http': (symptoms) => ({
    title: 'The server speaks http:, not https:',
    meaning: `The same port responds to http:. Then TLS fails at the first byte.`,
    fixes: [...move('Change https: to http:', symptoms.elsewhere('other-scheme')), openInTab(symptoms)],
    spec: [rfc(9110, '4.2.2')],
  }),
  'speaks-https': (symptoms) => ({
    title: 'The server speaks https:, not http:',
    meaning:
      symptoms.url.port === ''
        ? 'Nothing can be read at port 80, and port 443 responds to https:.'
        : 'The same port responds to https:. To http: such a port gives nothing, or a 400 of its own that no page may read.',
    fixes: [...move('Change http: to https:', symptoms.elsewhere('other-scheme')), openInTab(symptoms)],
    spec: [rfc(9110, '4.2.2')],
  }),
  connected: (symptoms) => ({
    title: 'The server was reached, but no response came through',
    meaning: `What came is not told to a page: a close without a response${symptoms.url.protocol === 'http:' ? ', as an https: port does; a redirect to https: without CORS' : ''}; or a response with Cross-Origin-Resource-Policy: same-origin (helmet’s default) and without CORS.`,
    fixes: [
      { text: 'See with curl which it is', copy: 'request' },
      throughRelay(symptoms),
      ...move(`Try ${other(symptoms)}`, symptoms.elsewhere('other-scheme')),
      readConsole,
    ],
    spec: [rfc(9112, '9.5')],
  }),
  closed: (symptoms) => ({
    title:
      symptoms.evidence.before.responded === null
        ? `Nothing responds at ${symptoms.url.host}`
        : `${symptoms.url.host} responded before, and does not now`,
    meaning: `${
      symptoms.evidence.before.responded === null
        ? ''
        : `It responded in #${symptoms.evidence.before.responded}. It may have stopped since; or it redirects this request to a place that does not respond or has no CORS. If neither: `
    }${isNamed(symptoms) ? 'The name does not resolve, or nothing' : 'Nothing'} listens on port ${symptoms.url.port || (symptoms.url.protocol === 'https:' ? '443' : '80')} there. ${symptoms.connected === false ? 'No connection was made: no credential was sent.' : 'This browser does not let a page tell that from a connection that was made and then dropped.'}`,
    fixes: [...started(symptoms), openInTab(symptoms), readConsole],
    spec: [],
  }),
  dns: ({ url }) => ({
    title: `The name ${url.hostname} does not resolve`,
    meaning: 'No name server this machine asks knows it. Nothing was sent.',
    fixes: [
      'Check the spelling.',
      'Names of containers and of clusters are known only inside: use the address published to this machine.',
      'Connect to the VPN that the name belongs to.',
    ],
    spec: [],
  }),
  dropped: () => ({
    title: 'The server closed the connection without a response',
    meaning:
      'The connection was made, then reset or closed before a status line came: a crash, a proxy, or another protocol on that port.',
    fixes: [
      { text: 'Repeat it with curl', copy: 'request' },
      'Read the log of the server and of the proxy before it.',
    ],
    spec: [rfc(9112, '9.5')],
  }),
  'no-connection': (symptoms) => ({
    title: 'The connection itself failed',
    meaning:
      'It is not CORS: the browser got no status at all. The server is not there, its name does not resolve, its certificate is not trusted, or it closed the connection.',
    fixes: [openInTab(symptoms), ...started(symptoms)],
    spec: [],
  }),
  'post-dropped': ({ evidence: { target } }) => ({
    title: `The server drops a ${target.method}`,
    meaning: `It responds to a GET, but to a ${target.method} the connection ends without a response that this page is given.`,
    fixes: [
      'Read the log of the server and of the proxy or firewall before it.',
      { text: 'Repeat it with curl', copy: 'request' },
    ],
    spec: [rfc(9112, '9.5')],
  }),
} as const satisfies Record<string, Tell>

const other = ({ url }: Symptoms): string => (url.protocol === 'http:' ? 'https:' : 'http:')

const isNamed = ({ url }: Symptoms): boolean => !isLoopback(url) && !/^\[|^[\d.]+$/.test(url.hostname)

const twin = ({ was }: Symptoms): boolean => was('other-scheme', 'answered')

export const reachRules: readonly Rule<keyof typeof reachCauses>[] = [
  {
    cause: 'other-name',
    // Over TLS a certificate that is accepted for one name only looks the same, over http a redirect to a port without a server.
    certainty: (symptoms) =>
      symptoms.url.protocol === 'http:' &&
      (symptoms.connected === false || (symptoms.was('timing', 'timed') && !responded(symptoms)))
        ? 'certain'
        : 'likely',
    when: (symptoms) => found(symptoms) !== null,
  },
  {
    cause: 'speaks-http',
    certainty: 'certain',
    when: ({ speaksPlainly }) => speaksPlainly,
  },
  {
    cause: 'speaks-https',
    certainty: 'likely',
    when: (symptoms) => symptoms.url.protocol === 'http:' && !symptoms.readable && twin(symptoms),
  },
]

/** After TLS was considered, and before it is said that nothing listens. */
export const reachedRules: readonly Rule<keyof typeof reachCauses>[] = [
  {
    cause: 'speaks-http',
    certainty: 'likely',
    when: (symptoms) => symptoms.url.protocol === 'https:' && twin(symptoms) && !symptoms.speaksPlainly,
  },
  {
    cause: 'connected',
    certainty: 'likely',
    when: (symptoms) => symptoms.silent && symptoms.connected === true && !twin(symptoms),
    because: () => ['The browser’s timing says that a connection was made.'],
  },
  {
    cause: 'connected',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.silent &&
      symptoms.url.protocol === 'http:' &&
      symptoms.connected === null &&
      !twin(symptoms) &&
      responded(symptoms),
    because: () => [becauseSlow],
  },
]

export const unreachedRules: readonly Rule<keyof typeof reachCauses>[] = [
  {
    cause: 'closed',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.silent &&
      symptoms.connected !== true &&
      !twin(symptoms) &&
      found(symptoms) === null &&
      !symptoms.tlsAlert,
    because: ({ connected }) =>
      connected === false ? ['The browser’s timing says that no connection was made.'] : [],
  },
  {
    cause: 'connected',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.silent &&
      symptoms.connected === null &&
      !twin(symptoms) &&
      found(symptoms) === null &&
      !symptoms.tlsAlert,
  },
]

/** The server responds to a GET, but a POST without credentials gets lost. */
export const postDroppedRules: readonly Rule<keyof typeof reachCauses>[] = [
  {
    cause: 'post-dropped',
    certainty: 'likely',
    when: ({ was }) => was('cors-post', 'failed') && was('no-cors-post', 'failed'),
  },
]

/** The same if no POST was tried. */
export const postAlternatives: readonly Rule<keyof typeof reachCauses>[] = [
  {
    cause: 'post-dropped',
    certainty: 'likely',
    when: ({ up, readable, sent, was, result, evidence: { target } }) =>
      up &&
      readable &&
      sent === 'failed' &&
      target.method !== 'GET' &&
      !was('preflight', 'failed', 'pending') &&
      result('cors-post') === null,
  },
]
