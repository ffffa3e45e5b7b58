import { relativeTime } from '../../../jwt/decode/numeric-date.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim, headerOf, listClaim, numericClaim } from '../facts/sent.ts'
import { isHmac } from '../causes/assertion-facts.ts'
import * as token from './seen-token.ts'
import { audiences, isNamedByUrl, nameOf, namesAddress, namesOrigin, resourceOf } from './seen-audience.ts'
import { askForResource, newToken, sign } from './common.ts'

const issuer = ({ sent }: Facts): string => {
  const iss = claim(sent.token, 'iss')
  return iss === undefined ? 'an issuer that cannot be read here' : quoted(iss)
}

const begins = ({ sent }: Facts): number | undefined =>
  numericClaim(sent.token, 'nbf') ?? numericClaim(sent.token, 'iat')

/** Whether the token begins later than a second from now. */
const isAhead = (facts: Facts): boolean => (begins(facts) ?? 0) * 1000 > facts.now + 1000

const lacks = (facts: Facts, name: string): boolean =>
  token.isReadable(facts) &&
  listClaim(facts.sent.token, name) === null &&
  numericClaim(facts.sent.token, name) === undefined

const endsFirst = ({ sent }: Facts): boolean => {
  const [iat, exp] = ['iat', 'exp'].map((name) => numericClaim(sent.token, name))
  return iat !== undefined && exp !== undefined && exp <= iat
}

/** The claims that the API names and the token lacks, else those of RFC 9068 that it lacks. @see RFC 9068 section 2.2 */
const absent = (facts: Facts): readonly string[] => {
  const missing = ['client_id', 'jti', 'sub', 'iat'].filter((name) => lacks(facts, name))
  const named = missing.filter((name) => new RegExp(`\\b${name}\\b`).test(facts.came.words))
  return named.length > 0 ? named : missing
}

const inWords = (names: readonly string[]): string => (names.length === 0 ? 'A claim' : names.join(', '))

/** That an API reads the token, and its claims are not what it wants. @see RFC 9068 section 4 */
export const apiClaims = {
  'typ-not-valid': cause({
    stage: 'typ',
    title: 'The API accepts another typ than the token’s',
    meaning: ({ sent }) => {
      const typ = headerOf(sent.token, 'typ')
      return `The header of the token has ${typ === undefined ? 'no typ' : `typ ${quoted(typ)}`}. An API may accept some types only: at+jwt is that of access tokens by RFC 9068, JWT that of others.`
    },
    fixes: [
      'Let the API accept the typ of this token, or the authorization server write the one it accepts.',
    ],
    spec: [rfc(9068, '2.1'), rfc(7515, '4.1.9')],
  }),
  'token-expired': cause({
    stage: 'time',
    title: 'The token has expired',
    meaning: (facts) => {
      const exp = numericClaim(facts.sent.token, 'exp')
      return exp === undefined || !token.isOver(facts)
        ? 'Its time is over, by the clock of the API.'
        : `By its exp, it ended ${relativeTime(exp, facts.now)}. Most APIs let some seconds or minutes pass.`
    },
    fixes: (facts) => [
      newToken,
      ...(token.isOver(facts) ? [] : ['Compare the time of the API with that of this machine.']),
    ],
    spec: [rfc(7519, '4.1.4')],
    sign: (facts) => sign(token.isOver(facts), 'likely', 'exp of the token is over.'),
    against: (facts) => {
      const exp = numericClaim(facts.sent.token, 'exp')
      return exp === undefined || token.isOver(facts)
        ? null
        : `By its exp the token ends ${relativeTime(exp, facts.now)}${facts.came.words === '' ? '' : ': the clocks differ'}.`
    },
  }),
  'token-not-yet-valid': cause({
    stage: 'time',
    title: 'The token is not valid yet',
    meaning: (facts) => {
      const from = begins(facts)
      return from === undefined
        ? 'It begins later, by the clock of the API.'
        : `It begins ${relativeTime(from, facts.now)}. The clocks of the authorization server and the API differ.`
    },
    fixes: [
      'Wait some seconds, and call again.',
      'Compare the time of the authorization server with that of the API.',
    ],
    spec: [rfc(7519, '4.1.5')],
    sign: (facts) => sign(isAhead(facts), 'likely', 'nbf or iat of the token is ahead of the clock.'),
  }),
  'exp-missing': cause({
    stage: 'time',
    title: 'The token has no exp',
    meaning: 'The API demands that a token has an end, and this one has none.',
    fixes: ['Let the authorization server write exp into its tokens.'],
    spec: [rfc(9068, '2.2'), rfc(7519, '4.1.4')],
    applies: (facts) => lacks(facts, 'exp'),
    sign: (facts) => sign(lacks(facts, 'exp'), 'possible', 'The token has no exp.'),
  }),
  'exp-before-iat': cause({
    stage: 'time',
    title: 'The token ends before it begins: its exp is before its iat',
    meaning:
      'Both were written by the authorization server, by one clock. The token has not simply expired: such a token was never valid.',
    fixes: ['Let the authorization server write an exp that is later than iat and nbf.'],
    spec: [rfc(7519, '4.1.4'), rfc(7519, '4.1.6')],
    applies: endsFirst,
    sign: (facts) => sign(endsFirst(facts), 'likely', 'exp of the token is not after its iat.'),
  }),
  'claim-missing': cause({
    stage: 'typ',
    title: 'A claim that the API demands is missing in the token',
    meaning: (facts) =>
      `${inWords(absent(facts))} is demanded of access tokens by RFC 9068, and this token has none.`,
    fixes: (facts) => [
      `Let the authorization server write ${inWords(absent(facts))} into its tokens, or let the API accept tokens without.`,
    ],
    spec: [rfc(9068, '2.2')],
  }),
  'client-other': cause({
    stage: 'typ',
    title: 'The API accepts tokens of another client',
    meaning: ({ sent }) =>
      `client_id of the token is ${quoted(claim(sent.token, 'client_id') ?? 'not there')}, and the API is set up for another one.`,
    fixes: ['Compare client_id in the token with the client that the API is set up to accept.'],
    spec: [rfc(9068, '2.2')],
    applies: (facts) => !lacks(facts, 'client_id'),
  }),
  'issuer-missing': cause({
    stage: 'issuer',
    title: 'The token names no issuer',
    meaning: 'An API compares iss with the issuer that it trusts, and the token has none.',
    fixes: ['Let the authorization server write iss, its own issuer, into its tokens.'],
    spec: [rfc(7519, '4.1.1'), rfc(9068, '2.2')],
    applies: (facts) => lacks(facts, 'iss'),
    sign: (facts) => sign(lacks(facts, 'iss'), 'possible', 'The token has no iss.'),
  }),
  'issuer-other': cause({
    stage: 'issuer',
    title: 'The API trusts another issuer',
    meaning: (facts) =>
      `The token is of ${issuer(facts)}, which has to be the issuer of the API to the letter.`,
    fixes: [
      'Compare iss with the issuer (authority) that the API is set up with, character by character: scheme, host and trailing slash too.',
    ],
    spec: [rfc(7519, '4.1.1'), rfc(9068, '4')],
    applies: (facts) => !lacks(facts, 'iss'),
    sign: ({ past: { acceptedIssuer }, sent }) =>
      sign(
        acceptedIssuer !== null && acceptedIssuer !== claim(sent.token, 'iss'),
        'likely',
        `This API accepted a token of ${quoted(acceptedIssuer ?? '')}.`,
      ),
  }),
  'audience-other': cause({
    stage: 'audience',
    title: (facts) =>
      namesOrigin(facts)
        ? 'The token is for the origin of the API, and not for the API itself'
        : 'The token is for another API',
    meaning: (facts) => {
      const aud = listClaim(facts.sent.token, 'aud')
      return `aud has to name this API ${nameOf(facts)}${aud === null ? '.' : `, and it names ${quoted(aud.join(', '))}.`}`
    },
    fixes: (facts) => [
      'Compare aud of the token with the name by which the API is set up to call itself.',
      ...(namesAddress(facts) ? [] : askForResource(facts)),
    ],
    spec: [rfc(7519, '4.1.3'), rfc(8707, '2')],
    applies: (facts) => !lacks(facts, 'aud'),
    against: (facts) => (namesAddress(facts) ? 'aud of the token has the address of this API.' : null),
    // Other APIs call themselves whatever they like.
    sign: (facts) =>
      sign(
        audiences(facts).length > 0 && !namesAddress(facts) && isNamedByUrl(facts),
        'likely',
        `aud of the token does not name ${quoted(resourceOf(facts))}.`,
      ),
  }),
  'audience-missing': cause({
    stage: 'audience',
    title: 'The token names no audience',
    meaning: 'The API wants its own name in aud, and the token has no aud at all.',
    fixes: (facts) => [
      'Let the authorization server write aud for this API: many do so by scope, or by resource.',
      ...askForResource(facts),
    ],
    spec: [rfc(9068, '3'), rfc(7519, '4.1.3')],
    applies: (facts) => lacks(facts, 'aud'),
    // Whoever signs with a shared secret often has one API, which looks at no aud.
    sign: (facts) =>
      sign(lacks(facts, 'aud'), isHmac(facts.sent.token) ? 'possible' : 'likely', 'The token has no aud.'),
  }),
  'two-audiences': cause({
    stage: 'audience',
    title: 'The token is for more than one API',
    meaning: ({ sent }) =>
      `aud names ${quoted((listClaim(sent.token, 'aud') ?? ['several']).join(', '))}. Some APIs want to be the one audience of a token.`,
    fixes: ['Ask for a token for this one API: one resource, or the scopes of one API.'],
    spec: [rfc(9068, '3')],
    applies: ({ sent }) => (listClaim(sent.token, 'aud')?.length ?? 0) > 1,
    sign: ({ sent }) =>
      sign(
        (listClaim(sent.token, 'aud')?.length ?? 0) > 1,
        'possible',
        'aud of the token has several values.',
      ),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
