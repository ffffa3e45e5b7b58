import type { Certificate, Certificates } from './certificates.ts'
import { makeCertificates } from './certificates.ts'
import type { RecordedRequest } from './fault-server.ts'
import { byFirstByte, recordedHttp, requestOf, type Reply, type Respond } from './recorded-http.ts'
import { closedPort, listenForSockets } from './sockets.ts'
import {
  allowOrigin,
  allowPreflight,
  invalidClient,
  noCors,
  originOf,
  tokenEndpoint,
} from './token-endpoint.ts'

/** A token endpoint with a fault. */
export interface FaultyEndpoint {
  readonly endpoint: string
  /** Everything that arrived, over TLS too, preflights included. */
  readonly records: readonly RecordedRequest[]
  close(): Promise<void>
}

/** The first cause that the page has to name; or that it gets a token, and has no cause to name. */
export type Outcome = 'token' | { readonly title: string | RegExp; readonly certainty: 'certain' | 'likely' }

/** By the engine of the browser. */
export type Outcomes = Readonly<Record<'chromium' | 'firefox', Outcome>>

/** With credentials in a header, which the browser asks for first, and in the body, where it does not. */
export type Expected = Readonly<Record<'client_secret_basic' | 'client_secret_post', Outcomes>>

export interface ConnectionFault {
  readonly name: string
  readonly start: () => Promise<FaultyEndpoint>
  readonly expected: Expected
  /** Once the person allowed a POST without credentials, where that tells more. */
  readonly afterPost?: Expected
  /** Whether the first request is answered well, and only those after it have the fault. */
  readonly worksOnce?: boolean
  /** Whether the browser has to take any certificate. */
  readonly trusting?: boolean
  /** Whether the request ends by the page’s own timeout only. */
  readonly hangs?: boolean
}

type Start = ConnectionFault['start']

const likely = (title: string | RegExp): Outcome => ({ title, certainty: 'likely' })
const certain = (title: string | RegExp): Outcome => ({ title, certainty: 'certain' })
const inBoth = (outcome: Outcome): Outcomes => ({ chromium: outcome, firefox: outcome })
const always = (outcome: Outcome): Expected => byEngine(outcome, outcome)
const byEngine = (chromium: Outcome, firefox: Outcome): Expected => ({
  client_secret_basic: { chromium, firefox },
  client_secret_post: { chromium, firefox },
})
/** Of a fault that is in the way of a preflight alone. */
const preflighted = (outcome: Outcome): Expected => ({
  client_secret_basic: inBoth(outcome),
  client_secret_post: inBoth('token'),
})

const unreadable = 'The server does not let this page read its answers'
const preflightFails = certain('The preflight fails')
const closed = likely(/^Nothing answers at \S+$/)
const connected = likely('The server was reached, but no answer came through')
const tls = 'The secure connection (TLS) fails'
const untrusted = byEngine(likely(tls), certain(tls))
/** Firefox tells that the request followed its preflight, so it is the answer that lacks something. */
const answerLacks: Expected = {
  client_secret_basic: {
    chromium: likely(unreadable),
    firefox: likely('The preflight passes, but the answer itself has no CORS header'),
  },
  client_secret_post: inBoth(likely(unreadable)),
}

/** One row a fault. Pages on this machine can make all of these happen to themselves. */
export const connectionFaults: readonly ConnectionFault[] = [
  { name: 'nothing wrong', start: http(tokenEndpoint()), expected: always('token') },
  {
    name: 'port closed',
    start: nobody(async () => `http://localhost:${await closedPort()}/token`),
    expected: always(closed),
  },
  {
    name: 'no CORS at all',
    start: http(tokenEndpoint({ preflight: () => ({ status: 204 }), cors: noCors })),
    expected: always(likely(unreadable)),
    afterPost: always(certain(unreadable)),
  },
  { name: 'CORS on OPTIONS only', start: http(tokenEndpoint({ cors: noCors })), expected: answerLacks },
  {
    name: 'CORS on 200 only, and a client that is refused',
    start: http(corsOnSuccess(() => false)),
    expected: answerLacks,
  },
  {
    name: 'CORS on 200 only, and a client that is refused after it got a token',
    start: () => http(corsOnSuccess(once()))(),
    worksOnce: true,
    expected: always(likely('The server refused, and its refusal has no CORS header')),
  },
  ...[401, 404, 405].map((status) => ({
    name: `OPTIONS is answered with ${status}`,
    start: http(tokenEndpoint({ preflight: () => ({ status }) })),
    expected: preflighted(preflightFails),
  })),
  {
    name: 'OPTIONS is answered with 401 and CORS',
    start: http(tokenEndpoint({ preflight: (request) => ({ status: 401, headers: allowOrigin(request) }) })),
    expected: preflighted(preflightFails),
  },
  {
    name: 'OPTIONS is redirected to a login',
    start: http(
      tokenEndpoint({
        preflight: (request) => ({ status: 302, headers: { ...allowOrigin(request), Location: '/login' } }),
      }),
    ),
    expected: preflighted(preflightFails),
  },
  {
    name: 'Access-Control-Allow-Headers lacks authorization',
    start: http(tokenEndpoint({ preflight: allowPreflight('content-type') })),
    expected: preflighted(certain('The preflight does not allow authorization')),
  },
  {
    name: 'OPTIONS is never answered',
    start: http(tokenEndpoint({ preflight: () => 'nothing' })),
    hangs: true,
    expected: preflighted(certain('The preflight is never answered')),
  },
  {
    name: 'Access-Control-Allow-Origin of another origin',
    start: http(
      tokenEndpoint({
        preflight: () => ({ status: 204, headers: otherOrigin() }),
        cors: otherOrigin,
      }),
    ),
    expected: always(likely(unreadable)),
  },
  {
    name: 'Access-Control-Allow-Origin twice, on answers',
    start: http(tokenEndpoint({ cors: originTwice })),
    expected: answerLacks,
  },
  {
    name: 'a page of 404, without CORS',
    start: http(() => ({ status: 404, headers: { 'Content-Type': 'text/html' }, body: '<h1>404</h1>' })),
    expected: always(likely(unreadable)),
  },
  {
    name: '302, with CORS',
    start: http(tokenEndpoint({ answer: toLogin })),
    expected: always(certain('The server answers with a redirect')),
  },
  {
    name: '302, without CORS',
    start: http(tokenEndpoint({ preflight: toLogin, cors: noCors, answer: toLogin })),
    expected: always(likely(unreadable)),
  },
  ...(['selfSigned', 'issued', 'expired', 'misnamed'] as const).map((which) => ({
    name: `a certificate that is ${certificateWords[which]}`,
    start: https(which, tokenEndpoint()),
    expected: untrusted,
  })),
  {
    name: 'the same certificate, trusted',
    start: https('selfSigned', tokenEndpoint()),
    trusting: true,
    expected: always('token'),
  },
  {
    name: 'https: to a port of http:, with CORS',
    start: http(tokenEndpoint(), { scheme: 'https:' }),
    expected: always(certain('The server speaks http:, not https:')),
  },
  {
    name: 'https: to a port of http:, without CORS',
    start: http(tokenEndpoint({ cors: noCors }), { scheme: 'https:' }),
    expected: untrusted,
  },
  {
    name: 'http: to a port of https: that closes',
    start: httpsAskedPlainly('end'),
    expected: byEngine(closed, connected),
  },
  {
    name: 'http: to a port of https: that closes, its certificate trusted',
    start: httpsAskedPlainly('end'),
    trusting: true,
    expected: always(likely('The server speaks https:, not http:')),
  },
  {
    name: 'http: to a port of https: that answers 400',
    start: httpsAskedPlainly(nginx400),
    expected: always(likely(unreadable)),
  },
  {
    name: 'http: to a port of https: that answers 400, its certificate trusted',
    start: httpsAskedPlainly(nginx400),
    trusting: true,
    expected: always(likely('The server speaks https:, not http:')),
  },
  {
    name: 'reset on accept',
    start: async () => {
      const { port, close } = await listenForSockets((socket) => socket.resetAndDestroy())
      return { endpoint: `http://localhost:${port}/token`, records: [], close }
    },
    expected: byEngine(closed, connected),
  },
  { name: 'reset after the request', start: http(() => 'reset'), expected: byEngine(closed, connected) },
  { name: 'empty reply', start: http(() => 'end'), expected: byEngine(closed, connected) },
  {
    name: 'accepts and never answers',
    start: http(() => 'nothing'),
    hangs: true,
    expected: always(certain(/^localhost:\d+ does not answer$/)),
  },
  {
    name: 'answers a GET, and never a POST',
    start: http(tokenEndpoint({ answer: onPost('nothing') })),
    hangs: true,
    expected: always(likely('The server answers others, but not this request in time')),
  },
  {
    name: 'answers a GET, and resets a POST',
    start: http(tokenEndpoint({ answer: onPost('reset') })),
    expected: always(likely('The answer to the POST has no CORS header')),
    afterPost: always(likely('The server drops a POST')),
  },
  {
    name: 'Cross-Origin-Resource-Policy: same-origin, without CORS',
    start: http(
      tokenEndpoint({ preflight: () => ({ status: 204, headers: sameOrigin }), cors: () => sameOrigin }),
    ),
    expected: byEngine(closed, connected),
  },
  {
    name: 'Cross-Origin-Resource-Policy: same-origin, with CORS that lacks authorization',
    start: http(
      tokenEndpoint({
        preflight: allowPreflight('content-type'),
        cors: (request) => ({ ...allowOrigin(request), ...sameOrigin }),
      }),
    ),
    expected: preflighted(certain('The preflight does not allow authorization')),
  },
  {
    name: 'a port that browsers block',
    start: nobody(() => 'http://localhost:6000/token'),
    expected: always(certain('Browsers refuse to fetch from port 6000')),
  },
  {
    name: 'a name that does not resolve',
    start: nobody(async () => `http://nowhere.invalid:${await closedPort()}/token`),
    expected: always(closed),
  },
  {
    name: 'on ::1 only, asked at 127.0.0.1',
    start: http(tokenEndpoint(), { listen: '::1', host: '127.0.0.1' }),
    expected: always(certain(/^The server answers at localhost:\d+, not at 127\.0\.0\.1:\d+$/)),
  },
  {
    name: 'on 127.0.0.1 only, asked at [::1]',
    start: http(tokenEndpoint(), { listen: '127.0.0.1', host: '[::1]' }),
    expected: always(certain(/^The server answers at localhost:\d+, not at \[::1\]:\d+$/)),
  },
]
