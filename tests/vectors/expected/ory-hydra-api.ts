import type { Expectation } from '../expectation.ts'
import { before, entriesOf, found, type Outside, ofToken, open, said } from './causes-api.ts'
import { oryHydra, oryHydraOutside } from './ory-hydra.ts'

/**
 * /userinfo of Ory Hydra, called as an API: it accepts the tokens of this grant. It says `request_unauthorized`, in the
 * body and in a challenge that CORS hides, whatever is wrong with the token, and without one, too.
 */

/** Of the first call; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:24:43 GMT')

const entry = entriesOf('ory-hydra')

const page = 'http://localhost:4313'

const notOffered = ['audience', '\\bscope', 'ValidTypes']

/** No such token, or one that expired or was revoked. */
const notActive = {
  stage: 'token',
  cause: 'token-not-active',
  certainty: 'likely',
  passed: found,
  offered: ['token'],
  notOffered,
  unknownServer: open(...ofToken),
} as const

/** The page revoked it, and it is not expired by what it says of itself. */
const revoked = {
  ...notActive,
  known: { before: [before.tokenIssued, before.tokenRevoked] },
  cause: 'token-revoked',
  unknownServer: said('token', 'token-revoked'),
} as const

export const oryHydraApi: readonly Expectation[] = [
  entry(74, 'userinfo without a token', {
    stage: 'header',
    cause: 'no-credentials',
    certainty: 'certain',
    offered: ['token|Authorization'],
    notOffered: [...notOffered, 'clock', 'revoked'],
  }),
  entry(73, 'userinfo with garbage', { ...notActive, origin: page }),
  entry(73, 'userinfo with garbage', notActive),
  entry(78, 'userinfo after revocation', { ...notActive, origin: page }),
  entry(78, 'userinfo after revocation', { ...revoked, origin: page }),
  entry(99, 'userinfo after revocation', { ...revoked, origin: page }),
  // A JWT that is not expired, and nothing else shows: changed, or revoked.
  entry(113, 'userinfo, signature changed', {
    origin: page,
    stage: 'not known',
    among: ['token', 'signature'],
    cause: null,
    certainty: 'possible',
    passed: found,
    offered: ['token'],
    notOffered,
    unknownServer: open(...ofToken),
  }),
  // With its signature on another payload it says so, with another status.
  entry(112, 'userinfo, payload changed', {
    origin: page,
    stage: 'signature',
    cause: 'signature-wrong',
    certainty: 'certain',
    passed: [...found, 'token'],
    offered: ['token'],
    notOffered: [...notOffered, 'clock', 'revoked'],
    unknownServer: said('signature', 'signature-wrong'),
  }),
  // This server knows no DPoP, and its challenge names Bearer alone.
  entry(114, 'userinfo, scheme DPoP', {
    stage: 'scheme',
    cause: 'scheme-wrong',
    certainty: 'likely',
    passed: ['header'],
    offered: ['Bearer'],
    notOffered: [...notOffered, 'clock', 'revoked'],
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  entry(98, 'userinfo after revocation', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach'],
    offered: ['CORS', 'relay'],
    notOffered: [...notOffered, 'clock'],
  }),
]

const lines = oryHydraApi.map(({ line }) => line)

export const outsideOryHydraApi: readonly Outside[] = [...oryHydra, ...oryHydraOutside]
  .filter(({ line }) => !lines.includes(line))
  .map(({ file, line }) => ({ file, line, reason: 'No call of an API: see ory-hydra.ts.' }))
