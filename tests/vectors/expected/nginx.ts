import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import { before, entriesOf, failed, open, type Entry, said, type TokenCause } from './causes-token.ts'

const at = entriesOf('nginx')

/** The origin of the page that asked. */
const page = 'http://localhost:4314'

/** A page of nginx itself: the status says what it could not do. The server behind it gave no word. */
const gateway = (cause: TokenCause, offered: string): Entry => ({
  stage: 'gateway',
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret', '\\bscope', 'realm', 'another client authentication'],
  unknownServer: said('gateway', cause),
})

const noResponse = gateway('gateway-no-response', 'behind|upstream|proxy_')
const tooLarge = gateway('gateway-body-too-large', 'client_max_body_size|size|large')
const tooMany = gateway('gateway-rate-limit', 'wait|later|limit_req|rate')

/** nginx's own pages have no CORS: to the page it is a missing response, and something listens. */
const hidden: Entry = {
  origin: page,
  known: { before: [before.answers] },
  stage: 'not known',
  among: ['gateway', 'route', 'origin'],
  cause: null,
  certainty: 'possible',
  passed: ['reach', 'tls'],
  offered: ['relay', 'curl|terminal'],
  notOffered: ['secret again', '\\bscope'],
  unknownServer: { stage: 'origin', cause: 'cors-origin-refused', certainty: 'likely' },
}

/** What curl printed of it. */
const printed = (response: string, entry: Entry): Entry => ({
  ...entry,
  origin: page,
  known: { pasted: `HTTP/1.1 ${response}` },
})

const nginx = 'Server: nginx/1.22.1'

/** The redirect has no CORS. */
const redirected: Entry = {
  stage: 'https',
  cause: 'redirect-to-https',
  certainty: 'certain',
  offered: ['https://localhost:8010'],
  notOffered: ['secret', '\\bscope', '127\\.0\\.0\\.1'],
}

/** Access-Control-Allow-Origin twice: a browser accepts neither. The token was issued. */
const corsTwice: Entry = {
  origin: page,
  stage: 'origin',
  cause: 'cors-twice',
  certainty: 'certain',
  passed: ['reach', 'tls'],
  offered: ['twice|once|proxy_hide_header|one of'],
  notOffered: ['secret', '\\bscope', 'realm'],
}

const unauthenticated: readonly Stage[] = ['client', 'method', 'secret']

/** What nginx refuses, or spoils, before a token endpoint. */
export const nginxGateway: readonly Expectation[] = [
  at(9, 'proxy, server down: 502', noResponse),
  at(9, 'proxy, server down: 502', hidden),
  at(9, 'proxy, server down: 502', printed(`502 Bad Gateway\n${nginx}\nContent-Type: text/html`, noResponse)),
  at(14, 'time out: 504', noResponse),
  at(10, 'proxy, body too large: 413', tooLarge),
  at(16, 'rate limit: second, 429', tooMany),
  at(
    16,
    'rate limit: second, 429',
    printed(`429 Too Many Requests\n${nginx}\nContent-Type: text/html`, tooMany),
  ),
  at(16, 'rate limit: second, 429', {
    // A token was read at this URL before.
    ...hidden,
    known: { before: [before.simpleRead] },
    among: ['reach', 'gateway'],
    certainty: 'likely',
    passed: [],
    unknownServer: failed,
  }),
  at(13, 'static file: 405', {
    // nginx says so of a POST to a file: no token endpoint is at this path.
    stage: 'route',
    cause: 'path-unknown',
    certainty: 'likely',
    offered: ['path|address|URL|token_endpoint'],
    notOffered: ['secret', '\\bscope', 'another client authentication'],
    unknownServer: open('route', 'http-method'),
  }),
  at(15, 'redirect to https', redirected),
  at(
    15,
    'redirect to https',
    printed(`301 Moved Permanently\n${nginx}\nLocation: https://localhost:8010/oauth/token`, redirected),
  ),
  at(11, 'proxy drops Authorization', {
    // The words list every method, the one that was used, too. The header may not have arrived.
    stage: 'not known',
    among: ['gateway', ...unauthenticated],
    cause: null,
    certainty: 'possible',
    offered: ['proxy|Authorization', 'body|client_secret_post'],
    notOffered: ['\\bscope', 'Allow the grant'],
    unknownServer: open(...unauthenticated),
  }),
  at(12, 'proxy adds CORS a second time', {
    ...corsTwice,
    known: { before: [before.answers] },
    cause: 'cors-origin-refused',
    certainty: 'likely',
    offered: ['CORS', 'relay'],
    notOffered: ['secret again', '\\bscope'],
  }),
  at(
    12,
    'proxy adds CORS a second time',
    printed(
      `200 OK\n${nginx}\nContent-Type: application/json\nAccess-Control-Allow-Origin: ${page}\nVary: Origin\nAccess-Control-Allow-Origin: *`,
      corsTwice,
    ),
  ),
]
