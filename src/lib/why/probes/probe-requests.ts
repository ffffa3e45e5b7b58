import type { HttpRequest } from '../../http/message.ts'
import type { ProbeKind } from '../evidence/evidence.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { withoutSecrets } from '../evidence/target.ts'

/** Fetched to learn how long it takes a browser to refuse by itself: the port is one it never fetches from. */
export const refusedByBrowser: HttpRequest = {
  method: 'GET',
  url: 'http://localhost:6000/',
  headers: [],
  body: null,
  mode: 'no-cors',
}

/** A GET of the target whose response this page does not read. */
export const unread = (symptoms: Symptoms): HttpRequest => ({ ...read(symptoms), mode: 'no-cors' })

const read = ({ url }: Symptoms): HttpRequest => get(url.href)

const elsewhere =
  (kind: ProbeKind) =>
  (symptoms: Symptoms): HttpRequest =>
    get(symptoms.elsewhere(kind) ?? symptoms.url.href)

const unreadElsewhere =
  (kind: ProbeKind) =>
  (symptoms: Symptoms): HttpRequest => ({ ...elsewhere(kind)(symptoms), mode: 'no-cors' })

/** As a client asks: who accepts anything may be sent to a login page. */
const withoutClient = {
  method: 'POST',
  headers: [
    ['accept', 'application/json'],
    ['content-type', 'application/x-www-form-urlencoded'],
  ],
  body: 'grant_type=client_credentials',
} as const

/** The values of the fields: the words “probe:probe”, for whoever reads the server's log. */
const dummies: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Basic cHJvYmU6cHJvYmU='],
  ['content-type', 'application/json'],
])

const withDummies = (names: readonly string[]): Pick<HttpRequest, 'headers'> => ({
  headers: names.map((name) => [name, dummies.get(name) ?? 'probe'] as const),
})

/** What each probe sends: nothing that is anybody's. */
export const probeRequests: Readonly<
  Record<Exclude<ProbeKind, 'tls' | 'timing'>, (symptoms: Symptoms) => HttpRequest>
> = {
  'no-cors-get': unread,
  'cors-get': read,
  preflight: (symptoms) => ({ ...read(symptoms), ...withDummies(symptoms.evidence.target.asks) }),
  'other-preflight': (symptoms) => ({ ...read(symptoms), ...withDummies(['content-type']) }),
  'cors-post': (symptoms) => ({ ...read(symptoms), ...withoutClient }),
  'no-cors-post': (symptoms) => ({ ...unread(symptoms), ...withoutClient }),
  'other-scheme': unreadElsewhere('other-scheme'),
  'other-scheme-cors': elsewhere('other-scheme-cors'),
  localhost: unreadElsewhere('localhost'),
  ipv4: unreadElsewhere('ipv4'),
  ipv6: unreadElsewhere('ipv6'),
  metadata: elsewhere('metadata'),
  'other-slash': elsewhere('other-slash'),
}

const get = (href: string): HttpRequest => ({
  method: 'GET',
  url: withoutSecrets(href),
  headers: [],
  body: null,
})
