import { challengeParameter } from '../../../http/challenges.ts'
import type { Fix } from '../../../explanation/explanation.ts'
import { scopeOf, scopeValues } from '../../../jwt/decode/claim-values.ts'
import { fetchStandard, rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { listClaim } from '../facts/sent.ts'
import { hidesChallenge } from '../facts/came.ts'
import { exposeChallenge, sign } from './common.ts'
import * as token from './seen-token.ts'

/** Sentences that name a scope, or several: “Missing openid scope”, “The scope admin is required”, “Required scope: mcp:tools”. */
const sentences = [
  /\bmissing (?:the )?["'“]?([\w.:/-]+)["'”]? scope\b/i,
  /\bscope ["'“]?([\w.:/-]+)["'”]? is (?:required|missing|needed)\b/i,
  /\brequired scopes?: ["'“]?([\w.:/-]+(?:[ ,]+[\w.:/-]+)*)/i,
]

/** The scopes that the API names in its challenges, each once, or in a sentence. @see RFC 6750 section 3 */
const wanted = ({ came }: Facts): readonly string[] => {
  const named = came.challenges.map((challenge) => challengeParameter(challenge, 'scope') ?? '').join(' ')
  const inWords = sentences.map((says) => says.exec(came.words)?.[1]).find((name) => name !== undefined)
  return [...new Set(scopeValues(named.trim() === '' ? (inWords ?? '').replaceAll(',', ' ') : named))]
}

/** What the token has, by its own word or that of the response it came with; `null` if neither says. */
const held = ({ sent, past: { grantedScope } }: Facts): readonly string[] | null => {
  const claims = sent.token?.claims ?? null
  const named = scopeOf(claims)?.values ?? (grantedScope === null ? null : scopeValues(grantedScope))
  return named ?? (claims === null ? null : [])
}

/** Scopes are compared as whole names, with their case. */
const missing = (facts: Facts): readonly string[] =>
  wanted(facts).filter((name) => held(facts)?.includes(name) !== true)

const hasAll = (facts: Facts): boolean => wanted(facts).length > 0 && missing(facts).length === 0

const inWords = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : `“${quoted(names.join(' '))}”`

const allow = 'Allow the scope for this client at the authorization server.'

/** What was asked for before, and what the API names: a token is replaced, not added to. @see RFC 6750 section 3.1 */
function askFor(facts: Facts): readonly Fix[] {
  const names = missing(facts)
  const listed = wanted(facts).length === 0 ? askForListed(facts) : []
  if (listed.length > 0) return [...listed, allow]
  // A bare 403 is no response of an API that names scopes.
  if (wanted(facts).length === 0 && facts.came.code !== '' && hidesChallenge(facts.came))
    return [
      ...exposeChallenge(facts),
      'Or look in the API’s documentation which scope this path wants, and ask for that.',
    ]
  if (wanted(facts).length === 0)
    return [
      'Look in the API’s documentation for the scope of this path, ask for it, and get a new token.',
      allow,
    ]
  if (names.length === 0)
    return [
      'Compare how the API reads scope with how it is in the token: a text or a list, with a prefix or without.',
    ]
  const scope = [...new Set([...scopeValues(facts.config.scope), ...wanted(facts)])].join(' ')
  return scope === facts.config.scope
    ? ['It was asked for, and not granted: allow it for this client at the authorization server.']
    : [{ text: `Ask for ${inWords(names)} too, and get a new token`, change: { scope } }, allow]
}

/** If nothing that can be read names the scope, the metadata of the API list those that there are. @see RFC 9728 section 2 */
function askForListed(facts: Facts): readonly Fix[] {
  const listed = facts.past.metadata?.scopes ?? []
  const scope = [...new Set([...scopeValues(facts.config.scope), ...listed])].join(' ')
  const isNew = listed.some((name) => held(facts)?.includes(name) !== true) && scope !== facts.config.scope
  return isNew && facts.came.code !== ''
    ? [{ text: `Ask for all that the metadata of the API list: ${inWords(listed)}`, change: { scope } }]
    : []
}

/** Only the code says that the token is good: a bare 403 may come before anybody looked at it. @see RFC 6750 section 3.1 */
const judged = ({ came: { code } }: Facts): string =>
  code === 'insufficient_scope'
    ? 'The token is good, and does not allow this; '
    : 'A 403 without a code does not say whether the token was looked at; if it was, '

const unsaid = ({ came }: Facts): string =>
  hidesChallenge(came)
    ? 'CORS hides the challenge (WWW-Authenticate), in which the API may name the scope that it wants.'
    : 'the API does not say which scope it wants.'

const isOneString = ({ sent }: Facts): boolean => {
  const scope = listClaim(sent.token, 'scope')
  return scope?.length === 1 && /\S\s+\S/.test(scope[0] ?? '')
}

/** Methods that change nothing are not protected. @see RFC 9110 section 9.2.1 */
export const changesSomething = ({ sent: { method } }: Facts): boolean =>
  !/^(GET|HEAD|OPTIONS|TRACE)$/.test(method)

const exempt = (facts: Facts): string => {
  if (facts.sent.authorization === null) return 'Some APIs spare a request with a token in the header.'
  return token.isDpop(facts)
    ? 'Some APIs spare a Bearer token, and not a token under DPoP.'
    : 'Some APIs spare no request.'
}

const spec = [rfc(6750, '3.1')]

/** That a good token does not allow this, and what an API lacks itself. */
export const apiRights = {
  'scope-insufficient': cause({
    stage: 'scope',
    title: (facts) =>
      hasAll(facts)
        ? 'The API does not find the scope that the token has'
        : 'The token lacks the scope that the API wants',
    meaning: (facts) => {
      const has = held(facts)
      return `${wanted(facts).length === 0 ? `${judged(facts)}${unsaid(facts)}` : `The API wants ${inWords(wanted(facts))}.`} ${has === null ? 'Which scope the token has cannot be read here.' : `The token has ${inWords(has)}.`}`
    },
    fixes: askFor,
    spec: [...spec, rfc(6749, '3.3')],
    sign: (facts) =>
      sign(
        missing(facts).length > 0 && held(facts) !== null,
        'likely',
        `The API names ${inWords(missing(facts))}, which the token does not have.`,
      ),
    against: (facts) => (hasAll(facts) ? 'The token has every scope that the API names.' : null),
  }),
  'scope-one-string': cause({
    stage: 'scope',
    title: 'The API compares the whole scope claim, which is one string of several scopes',
    meaning:
      'RFC 9068 has scope as one string, with spaces between the names. An API that compares it as one value finds none of them.',
    fixes: [
      'Let the API split scope at its spaces before it compares (ASP.NET Core’s RequireClaim does not).',
      'Ask for one scope only, and get a new token.',
    ],
    spec: [rfc(9068, '2.2.3'), ...spec],
    applies: isOneString,
    sign: (facts) =>
      sign(isOneString(facts), 'possible', 'scope of the token is one string of several names.'),
  }),
  'user-needed': cause({
    stage: 'role',
    title: 'The path is for users: it wants claims that only a user’s token has',
    meaning: 'A token of the client credentials grant is of a program: nobody logged in.',
    fixes: ['Call a path that is meant for programs: a token of this grant has no user.'],
    spec,
    sign: ({ sent: { url } }) =>
      sign(/\/userinfo\/?$/.test(url.pathname), 'possible', '/userinfo tells of the user who logged in.'),
  }),
  'role-missing': cause({
    stage: 'role',
    title: 'A rule of the API wants a role or a claim that the token does not have',
    meaning:
      'If the token was accepted, a rule (policy) of the API is not met: it may want a role, or a scope under another name than the token has it.',
    fixes: ['Compare the claims of the token with what the policy of this path requires.'],
    spec: [rfc(9110, '15.5.4'), ...spec],
  }),
  'origin-refused': cause({
    stage: 'origin',
    title: ({ endpoint }) =>
      `A filter before ${endpoint === 'api' ? 'the API' : 'the server'} does not accept this page’s Origin`,
    meaning:
      'Some frameworks check Origin before anything else, and refuse with a bare 403. Nothing of the request was processed then.',
    fixes: ({ endpoint }) => [
      `Add this page’s origin to those that ${endpoint === 'api' ? 'the API' : 'the server'} accepts.`,
    ],
    spec: [rfc(9110, '15.5.4')],
  }),
  'login-page': cause({
    stage: 'scheme',
    title: 'The path leads to a login page: it wants a session, and knows no tokens',
    meaning:
      'The API redirects whoever has no session to its login. An API that accepts tokens says 401 instead.',
    fixes: [
      'Let the API accept tokens at this path (as a resource server), or call a path that does.',
      'Compare the path with the API’s documentation.',
    ],
    spec: [rfc(9110, '15.4')],
  }),
  'cors-refused': cause({
    stage: 'origin',
    title: 'The API does not allow this page’s origin, or the method or a header field of this request',
    meaning:
      'A filter before the API compares the request with what CORS allows there, and refuses it otherwise. CORS is on, this path is covered by it, and nothing of the request was processed.',
    fixes: ({ sent: { url } }) => [
      {
        text: 'Let the API allow this origin, to the letter, with the method and the header fields of this request:',
        guide: 'origin',
      },
      {
        text: 'Or call it through the relay of npm start, which sends no Origin.',
        relay: url.origin,
      },
    ],
    spec: [fetchStandard('http-cors-protocol')],
  }),
  'csrf-protection': cause({
    stage: 'csrf',
    title: 'Protection against forged requests (CSRF) is on at this path',
    meaning: (facts) =>
      `It is meant for pages with a session cookie, and refuses a request that changes something if it has no token of its own. ${exempt(facts)} So the access token was not looked at.`,
    fixes: (facts) => [
      ...(facts.sent.authorization === null
        ? [
            {
              text: 'Send the token in the Authorization header',
              call: { presentation: 'bearer' },
            } as const,
          ]
        : []),
      'Let the API leave paths that want an access token out of its CSRF protection (csrf).',
    ],
    spec: [rfc(9110, '15.5.4')],
    against: (facts) =>
      changesSomething(facts)
        ? null
        : `${quoted(facts.sent.method)} changes nothing, and is mostly not protected.`,
    sign: (facts) =>
      sign(
        changesSomething(facts) && token.isDpop(facts) && facts.past.acceptedScheme === 'dpop',
        'possible',
        `The API accepted a token with a proof before, and this is ${quoted(facts.sent.method)}.`,
      ),
  }),
  'metadata-not-fetched': cause({
    stage: 'setup',
    title: 'The API cannot fetch the metadata of the authorization server, and so has no keys',
    meaning:
      'The API asks the authorization server for its metadata and keys itself. If it does not reach it, or does not trust its certificate, it can verify no token.',
    fixes: [
      'Open the metadata from the machine of the API, with the issuer (authority) that it is set up with: it must be reached, over https with a certificate that this machine trusts.',
    ],
    spec: [rfc(8414, '3')],
  }),
  'metadata-https-required': cause({
    stage: 'setup',
    title: 'The API is set up with an http address, and fetches metadata over https only',
    meaning: 'Over http anybody on the way could give the API other keys.',
    fixes: ['Give the API the https address of the authorization server.'],
    spec: [rfc(8414, '2')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
