import type { Fix } from '../../../explanation/explanation.ts'
import { fetchStandard, rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import { cause } from '../facts/make.ts'

const log: Fix =
  'Read the error log of the gateway (nginx: error.log): it names the server behind and the reason.'

/** What a web server or a gateway says itself, before the server behind it has a word. @see RFC 9110 section 15 */
export const gateway = {
  'gateway-no-response': cause({
    stage: 'gateway',
    title: ({ came: { status } }) =>
      status === 504
        ? 'The gateway waited in vain for the server behind it'
        : 'The gateway gets no response from the server behind it',
    meaning: ({ came: { status } }) =>
      status === 504
        ? 'The response is the gateway’s own page. The server behind it did not respond in time; it may have issued a token all the same.'
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
    fixes: [
      'Wait a moment, and try again.',
      'Raise the limit at the gateway (nginx: limit_req, rate and burst).',
    ],
    spec: [rfc(9110, '10.2.3')],
  }),
  'host-not-allowed': cause({
    stage: 'host',
    title: 'The server does not accept the host name of the URL',
    meaning: ({ sent: { url } }) =>
      `Django says “Bad Request (400)” of any request whose Host it does not know, whatever the path: here ${quoted(url.host)}.`,
    fixes: ({ sent: { url } }) => [
      `Add ${quoted(url.hostname)} to ALLOWED_HOSTS in the settings of Django, and restart it.`,
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
