import type { Expectation } from '../expectation.ts'
import { entriesOf, found, type Outside, ofToken, open, said } from './causes-api.ts'
import { zitadelOidc, zitadelOidcOutside } from './zitadel-oidc.ts'

/**
 * /userinfo of zitadel/oidc, called as an API with a token of this grant, which has no user. Every origin may read its
 * responses; it sends no challenge.
 */

/** Of the first call; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:19:32 GMT')

const entry = entriesOf('zitadel-oidc')

const page = 'http://localhost:4313'

const notOffered = ['audience', 'ValidTypes', 'signature']

/** Whatever the words, nothing was sent. */
const noToken = {
  origin: page,
  stage: 'header',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['token|Authorization'],
  notOffered: [...notOffered, 'clock', 'revoked'],
  unknownServer: said('header', 'no-credentials'),
} as const

/** "access token invalid": unknown, expired or revoked. The token is for this server alone to read. */
const invalid = {
  origin: page,
  stage: 'token',
  cause: 'token-not-active',
  certainty: 'likely',
  passed: found,
  offered: ['token'],
  notOffered,
  unknownServer: open(...ofToken),
} as const

export const zitadelOidcApi: readonly Expectation[] = [
  // A bare 403, with an empty object: the path is the sign.
  entry(28, 'userinfo with the token', {
    origin: page,
    stage: 'role',
    cause: 'user-needed',
    certainty: 'likely',
    passed: found,
    offered: ['user'],
    notOffered: [...notOffered, 'clock', 'revoked'],
    unknownServer: open('origin', 'csrf', 'gateway', 'scope', 'role'),
  }),
  // The newer API: the code is server_error, and the words name the user.
  entry(55, 'userinfo with the token', {
    origin: page,
    stage: 'role',
    cause: 'user-needed',
    certainty: 'certain',
    passed: found,
    offered: ['user'],
    notOffered: [...notOffered, 'clock', 'revoked'],
    unknownServer: said('role', 'user-needed'),
  }),
  entry(29, 'userinfo with garbage', invalid),
  // The code is access_denied.
  entry(56, 'userinfo with garbage', invalid),
  entry(30, 'userinfo without a token', noToken),
  entry(57, 'userinfo without a token', noToken),
]

const lines = zitadelOidcApi.map(({ line }) => line)

export const outsideZitadelOidcApi: readonly Outside[] = [...zitadelOidc, ...zitadelOidcOutside]
  .filter(({ line }) => !lines.includes(line))
  .map(({ file, line }) => ({ file, line, reason: 'No call of an API: see zitadel-oidc.ts.' }))
