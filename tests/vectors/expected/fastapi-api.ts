import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import { type ApiCause, before, entriesOf, found, ofToken, open, said } from './causes-api.ts'

/**
 * APIs as FastAPI's documentation and tutorials write them. "Not authenticated" says that no header of the scheme came;
 * "Could not validate credentials" is said of every fault of a token, with the scope of the path in the challenge. Where
 * PyJWT's sentence is passed on, it names the fault: signature and time are looked at before issuer, issuer before
 * audience and sub. CORS exposes no challenge.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:57:02 GMT')

const page = 'http://localhost:4314'

const entry = entriesOf('fastapi')

type Entry = Parameters<typeof entry>[2]

/** These tokens are signed with a shared secret: no key of an issuer could help. The path's scope is in every 401. */
const never = ['jwks', 'items:write', '\\brole']

const notCredentials = ['audience', 'scope', 'new token', 'clock']

const beforeIssuer: readonly Stage[] = [...found, 'token', 'signature', 'time']

/** Nothing was sent: that decides, whatever the status and the words. */
const noToken: Entry = {
  stage: 'header',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['token|Authorization'],
  notOffered: ['audience', 'signature', 'clock', 'scope'],
}

const schemeWrong: Entry = {
  stage: 'scheme',
  cause: 'scheme-wrong',
  certainty: 'certain',
  passed: ['header'],
  offered: ['Bearer'],
  notOffered: ['audience', 'signature', 'clock', 'scope'],
  unknownServer: said('scheme', 'scheme-wrong'),
}

/** "Could not validate credentials", and the page sees a fault of the token. */
const seen = (stage: 'token' | 'time', cause: ApiCause, offered: string): Entry => ({
  stage,
  cause,
  certainty: 'likely',
  passed: found,
  offered: [offered],
  notOffered: [...never, 'audience', 'revoked'],
  unknownServer: said(stage, cause),
})

const garbage: Entry = { ...seen('token', 'token-not-jwt', 'token'), unknownServer: open(...ofToken) }

const expired = seen('time', 'token-expired', 'token')
const ahead = seen('time', 'token-not-yet-valid', '\\biat\\b|UTC|time zone|clock')
const subject = seen('token', 'sub-not-string', '\\bsub\\b')

/** The same, and the page sees no fault: a readable JWT within its lifetime. */
const reasonless: Entry = {
  stage: 'not known',
  among: ['signature', 'issuer', 'audience'],
  cause: null,
  certainty: 'possible',
  passed: found,
  offered: ['secret|key', '\\baud'],
  notOffered: [...never, 'revoked'],
}

/** A sentence of PyJWT, with 401 or 403. */
const worded = (
  stage: Stage,
  cause: ApiCause,
  passed: readonly Stage[],
  offered: string,
  ...notOffered: readonly string[]
): Entry => ({
  stage,
  cause,
  certainty: 'certain',
  passed,
  offered: [offered],
  notOffered: [...never, 'scope', 'revoked', ...notOffered],
  unknownServer: said(stage, cause),
})

const segments = worded('token', 'token-not-jwt', found, 'token', 'audience', 'clock')
const pastExp = worded('time', 'token-expired', found, 'token', 'audience')
const futureIat = worded('time', 'token-not-yet-valid', found, '\\biat\\b|UTC|time zone|clock', 'audience')
const issuerMissing = worded('issuer', 'issuer-missing', beforeIssuer, '\\biss', 'audience', 'clock')
const signature = worded(
  'signature',
  'signature-wrong',
  [...found, 'token'],
  'secret|key',
  'audience',
  'clock',
)

/** The path looks for another header, which the words or the challenge name. */
const otherHeader = (offered: string): Entry => ({
  stage: 'header',
  cause: 'header-other',
  certainty: 'certain',
  offered: [offered],
  notOffered: ['audience', 'scope', 'clock', 'revoked'],
  unknownServer: said('header', 'header-other'),
})

const slashTooMany: Entry = {
  stage: 'route',
  cause: 'slash-at-end',
  certainty: 'certain',
  offered: ['slash|/me\\b'],
  notOffered: [...notCredentials, 'https:'],
  unknownServer: said('route', 'slash-at-end'),
}

/** "Internal Server Error" as text: an exception that nothing caught. */
const exception: Entry = {
  stage: 'not known',
  among: ['handler', 'setup'],
  cause: 'exception',
  certainty: 'certain',
  offered: ['exception|log'],
  notOffered: ['audience', 'scope', '\\brole', 'allow_origins'],
  unknownServer: {
    stage: 'not known',
    among: ['gateway', 'handler', 'setup'],
    cause: 'exception',
    certainty: 'likely',
  },
}

export const fastApiApi: readonly Expectation[] = [
  // OAuth2PasswordBearer and python-jose.
  entry(22, 'OAuth2PasswordBearer, python-jose: no token', noToken),
  entry(23, 'OAuth2PasswordBearer, python-jose: garbage', garbage),
  entry(24, 'OAuth2PasswordBearer, python-jose: expired', expired),
  entry(25, 'OAuth2PasswordBearer, python-jose: subnum', subject),
  entry(26, 'OAuth2PasswordBearer, python-jose: slash', reasonless),
  entry(27, 'OAuth2PasswordBearer, python-jose: other', reasonless),
  entry(28, 'OAuth2PasswordBearer, python-jose: scheme Token', schemeWrong),

  // Security with scopes.
  entry(29, 'Security with scopes items:write: garbage', garbage),
  entry(30, 'Security with scopes items:write: scopes', {
    stage: 'scope',
    cause: 'scope-insufficient',
    certainty: 'certain',
    passed: [...found, 'signature', 'time'],
    offered: ['items:write|scope'],
    notOffered: ['audience', 'signature', 'clock', 'revoked'],
    unknownServer: said('scope', 'scope-insufficient'),
  }),
  entry(31, 'Security with scopes items:write: expired', expired),
  entry(32, 'Security with scopes items:write: iat', ahead),
  entry(33, 'Security with scopes items:write: subnum', subject),
  entry(34, 'Security with scopes items:write: slash', reasonless),
  entry(35, 'Security with scopes items:write: other', reasonless),

  // HTTPBearer and PyJWT, with 403 and words: it is about the token, not about what it may.
  entry(36, 'HTTPBearer, PyJWT, 403 with words: garbage', segments),
  entry(37, 'HTTPBearer, PyJWT, 403 with words: expired', pastExp),
  entry(38, 'HTTPBearer, PyJWT, 403 with words: iat', futureIat),
  entry(
    39,
    'HTTPBearer, PyJWT, 403 with words: subnum',
    worded('token', 'sub-not-string', [...found, 'signature', 'time'], '\\bsub\\b', 'audience', 'clock'),
  ),
  entry(
    40,
    'HTTPBearer, PyJWT, 403 with words: slash',
    worded('audience', 'audience-other', beforeIssuer, '\\baud', 'clock'),
  ),
  entry(41, 'HTTPBearer, PyJWT, 403 with words: other', signature),

  // The same with audience and issuer, and 401. The first fault in PyJWT's order is the one named.
  entry(42, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: garbage', segments),
  entry(43, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: scopes', issuerMissing),
  entry(44, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: expired', pastExp),
  entry(45, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: iat', futureIat),
  entry(46, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: subnum', issuerMissing),
  entry(
    47,
    'HTTPBearer, PyJWT with audience and issuer, 401 with words: slash',
    worded('issuer', 'issuer-other', beforeIssuer, 'slash|issuer', 'audience', 'clock'),
  ),
  entry(48, 'HTTPBearer, PyJWT with audience and issuer, 401 with words: other', signature),

  // PyJWT's exception is not caught.
  entry(49, 'PyJWT not caught: garbage', exception),
  entry(49, 'PyJWT not caught: garbage', {
    origin: page,
    known: { before: [before.callRead, before.refusalRead] },
    stage: 'not known',
    among: ['reach', 'handler', 'setup'],
    cause: 'exception',
    certainty: 'likely',
    passed: ['preflight'],
    offered: ['exception|log', 'relay'],
    notOffered: ['audience', 'scope', '\\brole'],
  }),
  entry(50, 'PyJWT not caught: expired', exception),

  // Other headers.
  entry(51, 'Header(): no token', noToken),
  entry(52, 'Header() x-token: no token', otherHeader('x-token')),
  entry(53, 'Header() x-token: token', otherHeader('x-token')),
  // The challenge is APIKey, which FastAPI says of a header with a name of the API's own.
  entry(54, 'APIKeyHeader: no token', {
    ...otherHeader('header|key'),
    unknownServer: said('header', 'no-credentials'),
  }),
  entry(55, 'APIKeyHeader: token', {
    ...otherHeader('header|key'),
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  entry(55, 'APIKeyHeader: token', {
    // CORS hides the challenge.
    origin: page,
    stage: 'not known',
    among: ['header', 'scheme'],
    cause: null,
    certainty: 'likely',
    offered: ['WWW-Authenticate|expose_headers|relay'],
    notOffered: ['audience', 'scope', 'clock', 'revoked'],
    unknownServer: open('header', 'scheme'),
  }),

  // OAuth's words under `detail`.
  entry(56, 'OAuth error within detail: token', {
    stage: 'scope',
    cause: 'scope-insufficient',
    certainty: 'certain',
    passed: found,
    offered: ['admin|scope'],
    notOffered: ['audience', 'signature', 'clock', 'revoked'],
    unknownServer: said('scope', 'scope-insufficient'),
  }),

  // The path and the method.
  entry(57, 'slash too many: no token', slashTooMany),
  entry(58, 'slash too many: token', {
    // A page sees that there is a redirect, and not where it leads.
    ...slashTooMany,
    origin: page,
    certainty: 'likely',
    unknownServer: open('https', 'route'),
  }),
  entry(59, 'POST only: no token', {
    stage: 'http-method',
    cause: 'http-method',
    certainty: 'certain',
    passed: ['reach', 'route'],
    offered: ['POST|method'],
    notOffered: notCredentials,
  }),
  entry(60, 'unknown path: no token', {
    stage: 'route',
    cause: 'path-unknown',
    certainty: 'certain',
    passed: ['reach'],
    offered: ['path|address|URL'],
    notOffered: [...notCredentials, 'realm'],
    unknownServer: said('route', 'path-unknown'),
  }),
]
