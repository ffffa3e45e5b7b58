import type { Expectation } from '../expectation.ts'
import { before, entriesOf, found, ofToken, open, said } from './causes-api.ts'

/**
 * APIs of Django: the views of django-oauth-toolkit, which say the same empty 403 of everything, and REST framework, which
 * says "Authentication credentials were not provided." of a token that it does not know, too. The tokens are opaque.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:23:14 GMT')

const page = 'http://localhost:4314'

const entry = entriesOf('django-oauth-toolkit')

type Entry = Parameters<typeof entry>[2]

const notAuthentication = ['audience', 'signature', 'clock']
const notCredentials = ['audience', 'scope', 'new token', 'clock']

/** Nothing was sent: that decides, whatever the status and the words. */
const noToken: Entry = {
  stage: 'header',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['token|Authorization'],
  notOffered: [...notAuthentication, 'scope', '\\brole'],
}

/** An empty 403 after a token: not known to the server, or without the scope. */
const tokenOrScope: Entry = {
  stage: 'not known',
  among: ['token', 'scope'],
  cause: null,
  certainty: 'likely',
  offered: ['token', 'scope'],
  notOffered: ['audience', 'signature'],
  unknownServer: open('token', 'scope', 'role'),
}

/** "The access token is invalid.", of garbage and of a revoked token. */
const tokenUnknown: Entry = {
  stage: 'token',
  cause: 'token-unknown',
  certainty: 'likely',
  passed: found,
  offered: ['token'],
  notOffered: ['audience', 'scope', '\\brole'],
  unknownServer: open(...ofToken),
}

/** "Authentication credentials were not provided.", and they were: the token was not accepted. */
const notCounted: Entry = {
  stage: 'token',
  cause: 'token-unknown',
  certainty: 'likely',
  offered: ['token'],
  notOffered: ['audience', 'scope', '\\brole'],
  unknownServer: open('header', 'scheme', 'token'),
}

/** "You do not have permission to perform this action.": said once a token was accepted. */
const permission: Entry = {
  stage: 'not known',
  among: ['scope', 'role'],
  cause: null,
  certainty: 'likely',
  passed: [...found, 'token'],
  offered: ['scope', 'IsAuthenticated|user'],
  notOffered: [...notAuthentication, 'revoked'],
  unknownServer: open('scope', 'role'),
}

/** 301 to the path with a slash. */
const slashMissing: Entry = {
  stage: 'route',
  cause: 'slash-at-end',
  certainty: 'certain',
  offered: ['slash|/api/drf/'],
  notOffered: [...notCredentials, 'https:'],
  unknownServer: said('route', 'slash-at-end'),
}

/** An exception that nothing caught, as a text with DEBUG and as a page without. */
const exception: Entry = {
  stage: 'not known',
  among: ['handler', 'setup'],
  cause: 'exception',
  certainty: 'certain',
  offered: ['exception|log|traceback'],
  notOffered: notCredentials,
  unknownServer: { stage: 'not known', among: ['handler', 'setup'], cause: 'exception', certainty: 'likely' },
}

export const djangoApi: readonly Expectation[] = [
  // The views of django-oauth-toolkit.
  entry(35, 'API ProtectedResourceView: no token', noToken),
  entry(36, 'API ProtectedResourceView: garbage', tokenOrScope),
  entry(37, 'API ScopedProtectedResourceView, write: token with scope read', tokenOrScope),
  entry(37, 'API ScopedProtectedResourceView, write: token with scope read', {
    known: { before: [before.tokenIssued] },
    stage: 'scope',
    cause: 'scope-insufficient',
    certainty: 'likely',
    offered: ['scope'],
    notOffered: ['audience', 'signature'],
    unknownServer: open('scope', 'role'),
  }),
  entry(38, 'API ProtectedResourceMetadataView (RFC 9728): no token', noToken),
  entry(39, 'API ProtectedResourceMetadataView (RFC 9728): garbage', tokenUnknown),

  // REST framework.
  entry(40, 'API REST framework, IsAuthenticated: no token', noToken),
  entry(41, 'API REST framework, IsAuthenticated: garbage', tokenUnknown),
  // CORS hides the challenge.
  entry(41, 'API REST framework, IsAuthenticated: garbage', {
    ...notCounted,
    origin: page,
    offered: ['token', 'WWW-Authenticate|CORS_EXPOSE_HEADERS|relay'],
  }),
  entry(43, 'API REST framework, TokenHasScope read: revoked token', tokenUnknown),
  entry(43, 'API REST framework, TokenHasScope read: revoked token', {
    ...tokenUnknown,
    known: { before: [before.tokenIssued, before.tokenRevoked] },
    cause: 'token-revoked',
    unknownServer: said('token', 'token-revoked'),
  }),
  entry(44, 'API REST framework, TokenHasScope read: scheme Token', {
    stage: 'scheme',
    cause: 'scheme-wrong',
    certainty: 'certain',
    passed: ['header'],
    offered: ['Bearer'],
    notOffered: [...notAuthentication, 'scope', '\\brole'],
    unknownServer: said('scheme', 'scheme-wrong'),
  }),
  // IsAuthenticated wants a user, which a token of this grant has not; TokenHasScope wants a scope. The words are the same.
  entry(42, 'API REST framework, IsAuthenticated: token with scope read', permission),
  entry(45, 'API REST framework, TokenHasScope write: token with scope read', permission),
  // SessionAuthentication is first, which has no challenge: 403 instead of 401.
  entry(46, 'API REST framework, SessionAuthentication first: no token', noToken),
  entry(47, 'API REST framework, SessionAuthentication first: garbage', notCounted),

  // Neither token nor scope.
  entry(48, 'API REST framework without the slash: no token', slashMissing),
  entry(49, 'API REST framework without the slash: token with scope read', slashMissing),
  entry(49, 'API REST framework without the slash: token with scope read', {
    // A page sees that there is a redirect, and not where it leads.
    ...slashMissing,
    origin: page,
    certainty: 'likely',
    unknownServer: open('https', 'route'),
  }),
  entry(66, 'CorsMiddleware last: API without slash', slashMissing),
  entry(50, 'API that raises, DEBUG', exception),
  entry(55, 'API that raises, DEBUG off', {
    ...exception,
    unknownServer: {
      stage: 'not known',
      among: ['gateway', 'handler', 'setup'],
      cause: 'exception',
      certainty: 'likely',
    },
  }),
]
