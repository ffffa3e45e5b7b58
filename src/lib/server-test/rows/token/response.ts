import { asNumber, asString, type JsonValue, member } from '../../../json/value.ts'
import { lifetimeOf } from '../../../jwt/decode/expires-in.ts'
import { scopeOf } from '../../../jwt/decode/claim-values.ts'
import { scopeTokens } from '../../../oauth/config/config.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { accepted } from '../../base/attempts.ts'
import { unread } from '../../base/judges.ts'
import {
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  type Sent,
  skipped,
} from '../../base/row.ts'
import { came, fieldOf, finals, issued, type Issued, seesField, statusOf } from '../../base/sent.ts'

/** The first response with a token. */
export const baselineOf = ({ of }: Pick<Seen, 'of'>): Sent | undefined => finals({ mine: of('baseline') })[0]

const judged = (judge: (token: Issued, seen: Seen, sent: Sent) => Judgement) => (seen: Seen) => {
  const sent = baselineOf(seen)
  const token = issued(sent)
  return sent && token ? { evidence: sent, ...judge(token, seen, sent) } : skipped('There is no token.')
}

const row = { group: 'token', phase: 'first', weight: 'must', section: rfc(6749, '5.1') } as const

const memberOf = ({ answer }: Issued, name: string): JsonValue | undefined => member(answer.members, name)

/** What the response to the working request owes. */
export const responseRows = {
  baseline: {
    ...row,
    phase: 'baseline',
    section: rfc(6749, '4.4.3'),
    title: 'The request as it is configured',
    expected: '200 with an access token',
    means: 'Clients compare the status with 200, and look for access_token in a JSON object.',
    advice: 'Respond with status 200 and a JSON object that has access_token.',
    sends: [accepted({})],
    judge: (seen) => {
      const sent = baselineOf(seen)
      const token = issued(sent)
      if (!token) return (sent && unread(seen, sent)) ?? skipped(came(sent))
      const { how } = token.answer
      if (statusOf(sent) !== 200) return deviates(came(sent))
      return how === null ? ok(came(sent)) : deviates(`The members of the response came ${how}.`)
    },
  },
  'content-type': {
    ...row,
    title: 'The media type of the token response',
    expected: 'application/json',
    means: 'A strict client refuses the response, though the token is in it.',
    advice: 'Send Content-Type: application/json with the token.',
    judge: judged(({ answer: { mediaType } }) =>
      mediaType === 'application/json'
        ? ok('Content-Type is application/json.')
        : deviates(
            mediaType === ''
              ? 'The response has no Content-Type.'
              : `Content-Type is “${quoted(mediaType)}”.`,
          ),
    ),
  },
  'no-store': {
    ...row,
    title: 'Caches and the token',
    expected: 'Cache-Control with no-store',
    means: 'A cache on the way may keep the token, and give it to somebody else.',
    advice: 'Send Cache-Control: no-store with every token.',
    judge: judged((_token, _seen, sent) => {
      const value = fieldOf(sent, 'cache-control')
      if (value === null) return deviates('The response has no Cache-Control.')
      const has = value.split(',').some((one) => one.trim().toLowerCase() === 'no-store')
      return has ? ok('Cache-Control has no-store.') : deviates(`Cache-Control is “${quoted(value)}”.`)
    }),
  },
  pragma: {
    ...row,
    weight: 'note',
    title: 'Caches of HTTP/1.0',
    expected: 'Pragma: no-cache, which HTTP itself calls obsolete by now',
    means: 'Only caches of the nineties look at it.',
    advice: 'Send Pragma: no-cache, or leave it.',
    judge: judged((_token, _seen, sent) =>
      /no-cache/i.test(fieldOf(sent, 'pragma') ?? '')
        ? ok('Pragma is no-cache.')
        : noted('The response has no Pragma: no-cache.'),
    ),
  },
  'token-type': {
    ...row,
    title: 'The type of the token',
    expected: 'token_type',
    means: 'A client does not know how to present the token; many stop here.',
    advice: 'Send token_type, which is Bearer or DPoP.',
    judge: judged((token) => {
      const type = asString(memberOf(token, 'token_type')) ?? ''
      return type === '' ? deviates('token_type is missing.') : ok(`token_type is “${quoted(type)}”.`)
    }),
  },
  'expires-in': {
    ...row,
    title: 'How long the token lives',
    expected: 'expires_in, a whole number of seconds',
    means: 'A client does not know when to get the next token: it asks too often, or fails at the API.',
    advice: 'Send expires_in as a JSON number of seconds, without quotation marks.',
    judge: judged((token) => {
      const value = memberOf(token, 'expires_in')
      const appendix = { section: rfc(6749, 'A.14') }
      if (value === undefined) return deviates('expires_in is missing.', { weight: 'should' })
      if (value.kind !== 'number' || !/^\d+$/.test(value.source))
        return deviates('expires_in is no whole number.', appendix)
      if (Number(value.source) === 0) return noted('expires_in is 0.', appendix)
      return ok(`expires_in is ${quoted(value.source)}.`)
    }),
  },
  'scope-returned': {
    ...row,
    title: 'The scope that was granted',
    expected: 'scope, if it differs from what was asked for; never an empty one',
    means: 'A client believes that it may do what the token does not allow.',
    advice: 'Send scope with the token whenever it is not what the client asked for.',
    judge: judged(scopeReturned),
  },
  'no-refresh-token': {
    ...row,
    weight: 'should',
    section: rfc(6749, '4.4.3'),
    title: 'No refresh token',
    expected: 'no refresh_token',
    means:
      'A second secret is on the way that no client of this grant needs: its own is enough for the next token.',
    advice: 'Issue no refresh token with client_credentials.',
    judge: judged((token) =>
      memberOf(token, 'refresh_token') === undefined
        ? ok('There is no refresh token.')
        : deviates('The response has a refresh token.'),
    ),
  },
  'token-characters': {
    ...row,
    section: rfc(6750, '2.1'),
    title: 'The characters of the token',
    expected: 'letters, digits and - . _ ~ + / with = at the end',
    means: 'The token does not fit into an Authorization field: APIs refuse it.',
    advice: 'Encode tokens in base64url.',
    judge: judged(({ accessToken }) =>
      /^[\w.~+/-]+=*$/.test(accessToken)
        ? ok('The token fits into an Authorization field.')
        : deviates('The token has characters that an Authorization field has no room for.'),
    ),
  },
  lifetime: {
    ...row,
    weight: 'should',
    title: 'A short life',
    expected: 'an hour at most, and not beyond exp of the token',
    means: 'Whoever finds the token can use it for that long.',
    advice: 'Let tokens expire within an hour, and derive expires_in from exp.',
    judge: judged(lifetime),
  },
  'server-named': {
    ...row,
    weight: 'note',
    section: rfc(9110, '10.2.4'),
    title: 'What the server says of its software',
    expected: 'neither Server nor X-Powered-By with a version',
    means: 'Whoever looks for servers with a known hole finds this one sooner.',
    advice: 'Remove the version from Server, and X-Powered-By altogether.',
    judge: judged((_token, { environment }, sent) => {
      const named = ['Server', 'X-Powered-By'].flatMap((name) => {
        const value = fieldOf(sent, name)
        // The name of a product alone helps nobody to find a hole of one version.
        const isHarmless = value === null || (name === 'Server' && !/\d/.test(value))
        return isHarmless ? [] : `${name} is “${quoted(value)}”.`
      })
      if (named.length > 0) return noted(named.join(' '))
      return seesField(environment, sent, 'server')
        ? ok('The response names no version of its software.')
        : skipped('A page cannot read these fields. Run the command to see them.')
    }),
  },
} as const satisfies Rows

function scopeReturned(token: Issued, { subject }: Seen): Judgement {
  const asked = scopeTokens(subject.clients.client.scope)
  const value = memberOf(token, 'scope')
  const own = scopeOf(token.claims)?.values ?? null
  if (value !== undefined) {
    const said = asString(value)
    if (said === undefined) return deviates('scope is no text.')
    if (said.trim() === '') return deviates('scope is empty.', { section: rfc(6749, 'A.4') })
    return own === null || isSame(own, scopeTokens(said))
      ? ok(`scope is “${quoted(said)}”.`)
      : noted(`scope is “${quoted(said)}”, and the token itself has “${quoted(own.join(' '))}”.`)
  }
  if (own === null)
    return noted('The response has no scope, and the token cannot be read: it may be as asked.')
  return isSame(own, asked)
    ? ok('The token has the scope that was asked for.')
    : deviates(`The token has the scope “${quoted(own.join(' '))}”, and the response does not say so.`)
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  [...new Set(one)].sort().join(' ') === [...new Set(other)].sort().join(' ')

const hour = 3600

function lifetime(token: Issued, _seen: Seen, { exchange }: Sent): Judgement {
  const value = memberOf(token, 'expires_in')
  const seconds = value === undefined ? null : lifetimeOf(value, null).seconds
  if (seconds === null) return skipped('The response does not say how long the token lives.')
  const exp = asNumber(member(token.claims, 'exp'))
  const end = (exchange.startedAt + exchange.duration) / 1000 + seconds
  if (exp !== undefined && end > exp + 10)
    return deviates(`expires_in is ${Math.round(end - exp)} s longer than exp of the token.`)
  const days = Math.round(seconds / 24 / hour)
  if (seconds > 24 * hour) return deviates(`The token lives for ${days} days.`, { section: rfc(6750, '5.3') })
  return seconds > hour
    ? noted(`The token lives for ${Math.round(seconds / hour)} hours.`, { section: rfc(6750, '5.3') })
    : ok(`The token lives for ${seconds} s.`)
}
