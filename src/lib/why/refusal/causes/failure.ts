import type { Fix } from '../../../explanation/explanation.ts'
import { headerValue } from '../../../http/message.ts'
import { fetchStandard, rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

/** What no standard has: the code, or what is in its place, else the status. */
const unknown = ({ endpoint, came: { error, status, words } }: Facts): string => {
  if (error !== '') return `“${quoted(error)}”`
  return endpoint === 'token' && status < 300 && words !== ''
    ? 'what the server says'
    : `the status ${status}`
}

/** @see RFC 9110 section 10.2.3 */
const spec = [rfc(9110, '10.2.3')]

/** How long to wait, if the response says so and a page may read it; every server sends Date, which CORS hides too. */
function wait({ came: { response }, sent: { url } }: Facts): readonly Fix[] {
  const value = headerValue(response.headers, 'retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(value))
    return [`Wait ${value} ${value === '1' ? 'second' : 'seconds'}, as Retry-After says, and try again.`]
  if (value !== '') return [`Wait until ${quoted(value)}, as Retry-After says, and try again.`]
  return headerValue(response.headers, 'date') !== null
    ? ['Wait a moment, and try again: the response does not say how long.']
    : [
        'Wait a moment, and try again. If the response says how long, in Retry-After, CORS hides it: let the server send Access-Control-Expose-Headers: Retry-After.',
        { text: 'Or ask through the relay of npm start, which reads every header field.', relay: url.origin },
      ]
}

const log: Fix =
  'Read the error log of the gateway (nginx: error.log): it names the server behind and the reason.'

const isOfDjango = ({ came: { page }, pasted }: Facts): boolean => page !== null || pasted !== ''

/** What stops a request whoever sends it: a failure, a limit, a gateway. */
export const failure = {
  exception: cause({
    stage: 'handler',
    title: 'The server stopped in an exception of its own',
    meaning:
      'Something failed inside the server, at a stage that the response does not tell. It may be a fault of the server, or of its setup; some servers fail at values that they should refuse.',
    fixes: [
      'Read the server’s log: it names the exception and the line.',
      'Leave out what is not needed, one parameter at a time, until the response is another.',
    ],
    spec: [rfc(9110, '15.6')],
  }),
  overloaded: cause({
    stage: 'gateway',
    title: 'The server is overloaded, or starting',
    meaning: 'A gateway in front got no response from the server in time, or the server says so itself.',
    fixes: (facts) => [
      ...(headerValue(facts.came.response.headers, 'retry-after') === null
        ? ['Try again in a moment.']
        : wait(facts)),
      'See that the server behind the gateway is running.',
    ],
    spec: [rfc(9110, '15.6')],
  }),
  'rate-limited': cause({
    stage: 'gateway',
    title: 'Too many requests',
    meaning: 'The server counts requests per client or address, and this one was above the limit.',
    fixes: wait,
    spec,
  }),
  'gateway-refuses': cause({
    stage: 'gateway',
    title: 'A gateway or firewall refuses the request',
    meaning:
      'The response does not have the form of one of the endpoint: something in front may have sent it.',
    fixes: [
      'Ask who runs the gateway or firewall in front; its log has the rule.',
      'Try from a network that the server allows.',
    ],
    spec: [rfc(9110, '15.5.4')],
  }),
  'too-large': cause({
    stage: 'gateway',
    title: 'The request is too large',
    meaning: 'Body, URL or header fields are longer than the server or a gateway in front accepts.',
    fixes: ['Send less, or let the gateway accept longer requests.'],
    spec: [rfc(9110, '15.5.14')],
  }),
  'form-not-read': cause({
    stage: 'form',
    title: 'The server does not read a form here',
    meaning:
      'The body is application/x-www-form-urlencoded, as the standard says, and the server expects another format, or another program read the body before.',
    fixes: [
      'Compare the URL with the endpoint in the server’s metadata.',
      'See that no middleware at the server reads the body before the endpoint does.',
    ],
    spec: [rfc(6749, '3.2'), rfc(9110, '15.5.16')],
  }),
  'media-type': cause({
    stage: 'form',
    apiStage: 'media',
    title: 'The media type is not accepted',
    meaning: 'The server refuses the Content-Type that was sent, or cannot produce what Accept asks for.',
    fixes: ['Set Content-Type or Accept to what the server’s documentation says.'],
    spec: [rfc(9110, '15.5.16')],
  }),
  'unknown-code': cause({
    stage: 'policy',
    title: (facts) => `Only the server’s own documentation explains ${unknown(facts)}`,
    meaning: (facts) => `No standard defines ${unknown(facts)} for this request.`,
    fixes: ['Search the server’s documentation for it.', 'Read the server’s log for more.'],
    spec: [rfc(6749, '5.2')],
  }),
  // What a web server or a gateway says itself, before the server behind it has a word.
  'gateway-no-response': cause({
    stage: 'gateway',
    title: ({ came: { status } }) =>
      status === 504
        ? 'The gateway waited in vain for the server behind it'
        : 'The gateway gets no response from the server behind it',
    meaning: ({ came: { status } }) =>
      status === 504
        ? 'The response is the gateway’s own page. The server behind it did not respond in time; it may have issued a token all the same.'
        : status === 525 || status === 526
          ? 'The response is the gateway’s own page. The certificate of the server behind it, or the TLS handshake with it, fails.'
          : 'The response is the gateway’s own page. The server behind it does not run, listens elsewhere, or closed the connection.',
    fixes: [
      'See that the server behind the gateway runs, and listens where the gateway looks for it (nginx: proxy_pass).',
      log,
    ],
    spec: [rfc(9110, '15.6')],
  }),
  'gateway-body-too-large': cause({
    stage: 'gateway',
    title: 'The gateway accepts no body of this size',
    meaning: 'The response is the gateway’s own page: the server behind it did not see the request.',
    fixes: ['Let the gateway accept larger bodies (nginx: client_max_body_size), or send less.'],
    spec: [rfc(9110, '15.5.14')],
  }),
  'gateway-rate-limit': cause({
    stage: 'gateway',
    title: 'The gateway accepts no more requests for now',
    meaning:
      'The response is the gateway’s own page: it counts requests, and the server behind it did not see this one.',
    fixes: (facts) => [...wait(facts), 'Raise the limit at the gateway (nginx: limit_req, rate and burst).'],
    spec,
  }),
  'host-not-allowed': cause({
    stage: 'host',
    title: 'The server does not accept the host name of the URL',
    meaning: (facts) =>
      !isOfDjango(facts)
        ? `The server accepts requests with a Host that it knows, and no other: here ${quoted(facts.sent.url.host)}.`
        : `Django says “Bad Request (400)” of any request whose Host it does not know, whatever the path: here ${quoted(facts.sent.url.host)}.`,
    fixes: (facts) =>
      !isOfDjango(facts)
        ? [
            `Add ${quoted(facts.sent.url.host)} to the hosts that the server allows.`,
            'Or use the host name that the server knows.',
          ]
        : [
            `Add ${quoted(facts.sent.url.hostname)} to ALLOWED_HOSTS in the settings of Django, and restart it.`,
            'Or use the host name that the server knows. Its log says: Invalid HTTP_HOST header.',
          ],
    spec: [rfc(9110, '7.2')],
  }),
  'cors-twice': cause({
    stage: 'origin',
    title: 'Access-Control-Allow-Origin is there twice',
    meaning:
      'The gateway adds its CORS headers, and so does the server behind it. A browser accepts one value only.',
    fixes: [
      'Let one of the two set CORS: in nginx, drop add_header, or hide that of the server with proxy_hide_header Access-Control-Allow-Origin.',
    ],
    spec: [fetchStandard('http-cors-protocol')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
