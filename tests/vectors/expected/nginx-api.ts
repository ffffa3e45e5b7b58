import type { Expectation } from '../expectation.ts'
import { before, entriesOf, found, open, said, thinkable } from './causes-api.ts'

/**
 * APIs behind nginx, whose auth_request asks for the token: a page of nginx with 401 if none was sent, and with 403 if
 * introspection says that it is not active. It stops preflights, too.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:57:04 GMT')

const page = 'http://localhost:4314'

const entry = entriesOf('nginx')

type Entry = Parameters<typeof entry>[2]

/** "401 Authorization Required", and nothing was sent. */
const noToken: Entry = {
  stage: 'header',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['token|Authorization'],
  notOffered: ['audience', 'signature', 'clock', 'scope'],
}

/** "403 Forbidden" of nginx, and a token was sent. */
const notActive: Entry = {
  stage: 'token',
  cause: 'token-not-active',
  certainty: 'likely',
  passed: found,
  offered: ['token'],
  notOffered: ['audience', '\\brole'],
  unknownServer: open('gateway', 'token', 'scope', 'role'),
}

export const nginxApi: readonly Expectation[] = [
  entry(2, '/api/: preflight', {
    // A call without a token needs no preflight: its 401 was read, and so CORS is on.
    origin: page,
    known: { before: [before.refusalRead] },
    stage: 'preflight',
    cause: 'preflight-refused',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['OPTIONS', 'relay'],
    notOffered: ['audience', 'scope', 'clock'],
    unknownServer: thinkable('preflight', 'preflight-refused'),
  }),
  entry(3, '/api/: no token', noToken),
  entry(3, '/api/: no token', { ...noToken, origin: page }),
  entry(4, '/api/: garbage', notActive),

  // `add_header` without `always`: the 401 has no CORS, and a page gets no response.
  entry(5, '/cors/: preflight', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'not known',
    among: ['host', 'preflight', 'gateway', 'route', 'origin'],
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['OPTIONS|CORS', 'relay'],
    notOffered: ['audience', 'clock', 'dev-certs'],
  }),
  entry(6, '/cors/: no token', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'not known',
    among: ['host', 'gateway', 'route', 'origin', 'header'],
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['add_header|always|CORS', 'relay'],
    notOffered: ['audience', 'clock', 'dev-certs'],
  }),
  entry(6, '/cors/: no token', noToken),
  entry(7, '/cors/: garbage', notActive),

  // nginx let it pass. The API says why, one level down.
  entry(8, '/plain/: token', {
    stage: 'scope',
    cause: 'scope-insufficient',
    certainty: 'certain',
    passed: found,
    offered: ['admin|scope'],
    notOffered: ['audience', 'signature', 'clock', 'revoked'],
    unknownServer: said('scope', 'scope-insufficient'),
  }),
]
