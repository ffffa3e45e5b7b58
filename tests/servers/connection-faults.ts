import type { RecordedRequest } from './fault-server.ts'
import {
  asksPlainly,
  http,
  https,
  nobody,
  redirectsToTls,
  sockets,
  type FaultyEndpoint,
} from './faulty-endpoint.ts'
import type { Reply } from './recorded-http.ts'
import { closedPort } from './sockets.ts'
import {
  allowOrigin,
  allowPreflight,
  invalidClient,
  noCors,
  originOf,
  tokenEndpoint,
} from './token-endpoint.ts'

/**
 * The first cause that the page has to name; or that it gets a token, and has no cause to name; or that the form says
 * what is wrong, so that nothing can be sent.
 */
export type Outcome = 'token' | 'unsendable' | Finding

export interface Finding {
  readonly title: string | RegExp
  /** Either, if it takes a measurement for which a busy machine has no time. */
  readonly certainty: 'certain' | 'likely' | RegExp
  /** What may come first in its place, and is listed anyway: only the clock distinguishes the two, on a machine at rest. */
  readonly or?: string | RegExp
}

/** By the engine of the browser. */
type Outcomes = Readonly<Record<'chromium' | 'firefox', Outcome>>

/** With credentials in a header, for which the browser asks first, and in the body, for which it does not. */
export type Expected = Readonly<Record<'client_secret_basic' | 'client_secret_post', Outcomes>>

export interface ConnectionFault {
  readonly name: string
  readonly start: () => Promise<FaultyEndpoint>
  readonly expected: Expected
  /** Once the user allowed a POST without credentials, if that shows more. */
  readonly afterPost?: Expected
  /** Whether the first request gets a good response, and only those after it have the fault. */
  readonly worksOnce?: boolean
  /** Whether the browser has to accept any certificate. */
  readonly trusting?: boolean
  /** Whether the request ends by the page’s own timeout only. */
  readonly hangs?: boolean
  /** Whether browsers may send the request once more by themselves: its connection was used before, and is reset. */
  readonly resent?: boolean
}

const likely = (title: string | RegExp): Finding => ({ title, certainty: 'likely' })
const certain = (title: string | RegExp): Finding => ({ title, certainty: 'certain' })
const measured = (title: string | RegExp): Finding => ({ title, certainty: /^(certain|likely)$/ })
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

const unreadable = 'The server does not let this page read its responses'
const preflightFails = certain('The preflight fails')
/** In Chromium a probe that is refused without CORS looks the same. */
const headerNotAllowed: Expected = {
  client_secret_basic: {
    chromium: likely('The preflight does not allow authorization'),
    firefox: certain('The preflight does not allow authorization'),
  },
  client_secret_post: inBoth('token'),
}
const nothing = /^Nothing responds at \S+$/
const reached = 'The server was reached, but no response came through'
const closed: Finding = { ...likely(nothing), or: reached }
const connected = likely(reached)
/** Chromium tells it from a closed port by the clock alone. */
const dropped = byEngine({ ...connected, or: nothing }, connected)
const tls = 'The secure connection (TLS) fails'
const untrusted = byEngine({ ...likely(tls), or: nothing }, certain(tls))
/** Firefox shows that the request followed its preflight, so it is the response that lacks something. */
const answerLacks: Expected = {
  client_secret_basic: {
    chromium: likely(unreadable),
    firefox: likely('The preflight passes, but the response itself has no CORS header'),
  },
  client_secret_post: inBoth(likely(unreadable)),
}

const otherOrigin = () => ({ 'Access-Control-Allow-Origin': 'https://elsewhere.example' })
const sameOrigin = { 'Cross-Origin-Resource-Policy': 'same-origin' }

const toLogin = (): Reply => ({ status: 302, headers: { Location: '/login' } })

/** As nginx responds to plain HTTP at a port of TLS. */
const badRequest = (): Reply => ({
  status: 400,
  headers: { 'Content-Type': 'text/plain', Connection: 'close' },
  body: 'The plain HTTP request was sent to HTTPS port',
})

const onPost =
  (reply: Reply) =>
  ({ method }: RecordedRequest): Reply | undefined =>
    method === 'POST' ? reply : undefined

/** Adds CORS headers to what succeeds alone, and issues so many tokens. */
function corsOnSuccess(tokens: number) {
  let issued = 0
  return tokenEndpoint({
    cors: (request, status) => (status === 200 ? allowOrigin(request) : {}),
    answer: ({ method }) => (method === 'POST' && issued++ >= tokens ? invalidClient : undefined),
  })
}

/** One row a fault. Pages on this machine can make all of these happen to themselves. */
export const connectionFaults: readonly ConnectionFault[] = [
  { name: 'nothing wrong', start: http(tokenEndpoint()), expected: always('token') },
  {
    name: 'port closed',
    start: nobody(async () => `http://localhost:${await closedPort()}/token`),
    expected: byEngine(closed, likely(nothing)),
  },
  {
    name: 'port closed, over https:',
    start: nobody(async () => `https://localhost:${await closedPort()}/token`),
    expected: byEngine({ ...likely(nothing), or: tls }, likely(nothing)),
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
    start: http(corsOnSuccess(0)),
    expected: answerLacks,
  },
  {
    name: 'CORS on 200 only, and a client that is refused after it got a token',
    start: () => http(corsOnSuccess(1))(),
    worksOnce: true,
    expected: always(likely('The server refused, and its refusal has no CORS header')),
  },
  ...[401, 404, 405].map((status) => ({
    name: `OPTIONS gets ${status}`,
    start: http(tokenEndpoint({ preflight: () => ({ status }) })),
    expected: preflighted(preflightFails),
  })),
  {
    name: 'OPTIONS gets 401 and CORS',
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
    expected: headerNotAllowed,
  },
  {
    name: 'OPTIONS never gets a response',
    start: http(tokenEndpoint({ preflight: () => 'nothing' })),
    hangs: true,
    expected: preflighted(measured('The preflight never gets a response')),
  },
  {
    name: 'Access-Control-Allow-Origin of another origin',
    start: http(
      tokenEndpoint({ preflight: () => ({ status: 204, headers: otherOrigin() }), cors: otherOrigin }),
    ),
    expected: always(likely(unreadable)),
  },
  {
    name: 'Access-Control-Allow-Origin twice, on responses',
    start: http(
      tokenEndpoint({
        cors: (request) => ({ 'Access-Control-Allow-Origin': [originOf(request), originOf(request)] }),
      }),
    ),
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
    expected: always(certain('The server responds with a redirect')),
  },
  {
    name: '302, without CORS',
    start: http(tokenEndpoint({ preflight: toLogin, cors: noCors, answer: toLogin })),
    expected: always(likely(unreadable)),
  },
  {
    name: '307 from http: to https:, without CORS, its certificate not trusted',
    start: redirectsToTls('selfSigned'),
    expected: dropped,
  },
  { name: 'a certificate that is self-signed', start: https('selfSigned'), expected: untrusted },
  { name: 'a certificate of an unknown authority', start: https('issued'), expected: untrusted },
  { name: 'a certificate that has expired', start: https('expired'), expected: untrusted },
  { name: 'a certificate for another name', start: https('misnamed'), expected: untrusted },
  {
    name: 'a certificate that is trusted',
    start: https('issued'),
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
    expected: byEngine(likely(tls), certain(tls)),
  },
  {
    name: 'http: to a port of https: that closes',
    start: asksPlainly('selfSigned'),
    expected: dropped,
  },
  {
    name: 'http: to a port of https: that closes, its certificate trusted',
    start: asksPlainly('selfSigned'),
    trusting: true,
    expected: always(likely('The server speaks https:, not http:')),
  },
  {
    name: 'http: to a port of https: that responds with 400',
    start: asksPlainly('selfSigned', badRequest),
    expected: always(likely(unreadable)),
  },
  {
    name: 'http: to a port of https: that responds with 400, its certificate trusted',
    start: asksPlainly('selfSigned', badRequest),
    trusting: true,
    expected: always(likely('The server speaks https:, not http:')),
  },
  {
    name: 'reset on accept',
    start: sockets((socket) => socket.resetAndDestroy()),
    expected: dropped,
  },
  { name: 'reset after the request', start: http(() => 'reset'), expected: dropped },
  { name: 'empty reply', start: http(() => 'end'), expected: dropped },
  {
    name: 'accepts and never responds',
    start: http(() => 'nothing'),
    hangs: true,
    expected: always(certain(/^localhost:\d+ does not respond$/)),
  },
  {
    name: 'responds to a GET, and never a POST',
    start: http(tokenEndpoint({ answer: onPost('nothing') })),
    hangs: true,
    expected: always(likely('The server responds to others, but not this request in time')),
  },
  {
    name: 'responds to a GET, and resets a POST',
    start: http(tokenEndpoint({ answer: onPost('reset') })),
    resent: true,
    expected: always(likely('The response to the POST has no CORS header')),
    afterPost: always(likely('The server drops a POST')),
  },
  {
    name: 'Cross-Origin-Resource-Policy: same-origin, without CORS',
    start: http(
      tokenEndpoint({ preflight: () => ({ status: 204, headers: sameOrigin }), cors: () => sameOrigin }),
    ),
    expected: dropped,
  },
  {
    name: 'Cross-Origin-Resource-Policy: same-origin, with CORS that lacks authorization',
    start: http(
      tokenEndpoint({
        preflight: allowPreflight('content-type'),
        cors: (request) => ({ ...allowOrigin(request), ...sameOrigin }),
      }),
    ),
    expected: headerNotAllowed,
  },
  {
    name: 'a port that browsers block',
    start: nobody(() => 'http://localhost:6000/token'),
    expected: always('unsendable'),
  },
  {
    name: 'a name that does not resolve',
    start: nobody(async () => `http://nowhere.invalid:${await closedPort()}/token`),
    expected: byEngine(closed, likely(nothing)),
  },
  {
    name: 'on ::1 only, asked at 127.0.0.1',
    start: http(tokenEndpoint(), { listen: '::1', host: '127.0.0.1' }),
    expected: always(measured(/^The server responds at localhost:\d+, not at 127\.0\.0\.1:\d+$/)),
  },
  {
    name: 'on 127.0.0.1 only, asked at [::1]',
    start: http(tokenEndpoint(), { listen: '127.0.0.1', host: '[::1]' }),
    expected: always(measured(/^The server responds at localhost:\d+, not at \[::1\]:\d+$/)),
  },
]

/** One fault for each cause that Chromium’s page names first: the first of those that lead to it. */
export const faultsByCause: readonly ConnectionFault[] = [
  ...new Map(connectionFaults.toReversed().map((fault) => [causesOf(fault), fault])).values(),
].toReversed()

function causesOf({ expected, afterPost }: ConnectionFault): string {
  const titles = [expected, afterPost ?? expected]
    .flatMap(({ client_secret_basic, client_secret_post }) => [client_secret_basic, client_secret_post])
    .map(({ chromium }) => (typeof chromium === 'string' ? chromium : String(chromium.title)))
  return titles.join()
}
