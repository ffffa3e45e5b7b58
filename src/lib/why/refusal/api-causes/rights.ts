import { challengeParameter } from '../../../http/challenges.ts'
import type { Fix } from '../../../explanation/explanation.ts'
import { scopeOf, scopeValues } from '../../../jwt/decode/claim-values.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { listClaim } from '../facts/sent.ts'
import { sign } from './common.ts'

/** The scopes that the API names in its challenge. @see RFC 6750 section 3 */
const wanted = ({ came }: Facts): readonly string[] =>
  came.challenges.flatMap((challenge) => scopeValues(challengeParameter(challenge, 'scope') ?? ''))

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

function askFor(facts: Facts): readonly Fix[] {
  const names = missing(facts)
  if (wanted(facts).length === 0)
    return [
      'Look in the API’s documentation for the scope of this path, ask for it, and get a new token.',
      allow,
    ]
  if (names.length === 0)
    return ['Compare how the API reads scope with how it is in the token: a text or a list.']
  const scope = [...new Set([...scopeValues(facts.config.scope), ...names])].join(' ')
  return scope === facts.config.scope
    ? ['It was asked for, and not granted: allow it for this client at the authorization server.']
    : [{ text: `Ask for ${inWords(names)} too, and get a new token`, change: { scope } }, allow]
}

const isOneString = ({ sent }: Facts): boolean => {
  const scope = listClaim(sent.token, 'scope')
  return scope?.length === 1 && /\S\s+\S/.test(scope[0] ?? '')
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
      return `${wanted(facts).length === 0 ? 'The token is good, and does not allow this; the API does not say which scope it wants.' : `The API wants ${inWords(wanted(facts))}.`} ${has === null ? 'Which scope the token has cannot be read here.' : `The token has ${inWords(has)}.`}`
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
  }),
  'role-missing': cause({
    stage: 'role',
    title: 'A rule of the API wants a role or a claim that the token does not have',
    meaning: 'The token was accepted, and a rule (policy) of the API is not met.',
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
  'csrf-refused': cause({
    stage: 'csrf',
    title: 'Protection against forged requests (CSRF) is on at this path',
    meaning:
      'It is meant for pages with a session cookie, and refuses requests without its token; mostly those that change something.',
    fixes: ['Let the API leave paths that want a Bearer token out of its CSRF protection.'],
    spec: [rfc(9110, '15.5.4')],
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
