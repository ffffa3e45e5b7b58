import { asNumber, member } from '../../json/value.ts'
import { readIntrospection } from '../../oauth/operations/introspection.ts'
import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { accepted, operationAttempt } from '../base/attempts.ts'
import { refusedOnce, unread } from '../base/judges.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, type Sent, skipped } from '../base/row.ts'
import type { Subject } from '../base/subject.ts'
import { came, codeOf, finals, issued, statusOf } from '../base/sent.ts'

/** Why the rows about introspection do not apply. */
export const ofIntrospection = (subject: Subject): string | null => missing(subject, 'introspection_endpoint')

/** Why the rows about an endpoint do not apply; `null` if they do. */
export function missing(
  subject: Subject,
  endpoint: 'introspection_endpoint' | 'revocation_endpoint',
): string | null {
  if (subject[endpoint] === null) return `No ${endpoint} is configured.`
  return subject.clients.operations === null
    ? 'No client is configured for introspection and revocation.'
    : null
}

const introspection = {
  group: 'operations',
  phase: 'groups',
  weight: 'must',
  section: rfc(7662, '2.2'),
  unless: ofIntrospection,
} as const

/** What no server issues. */
export const garbage = 'not-a-token'

/** A token of its own, so that what becomes of it concerns nobody else. */
export const own = accepted({ client: 'operations', says: 'A token for this row.' })

/** The first token of those exchanges; `null` if there is none. */
export const tokenOf = (sent: readonly Sent[]): string | null => {
  const first = sent.find((one) => issued(one))
  return issued(first)?.accessToken ?? null
}

/** What an introspection endpoint owes. */
export const introspectionRows = {
  'introspect-active': {
    ...introspection,
    title: 'A token that is good',
    expected: 'active true, and exp as it was issued',
    means: 'APIs refuse a token that is good, or accept it for longer than they should.',
    advice: 'Respond with active true, and with exp of the token.',
    sends: [
      own,
      operationAttempt({
        target: 'introspection',
        says: 'The token is introspected.',
        token: ({ mine }) => tokenOf(mine),
      }),
    ],
    judge: introspectActive,
  },
  'introspect-anonymous': {
    ...introspection,
    section: rfc(7662, '2.1'),
    title: 'Introspection without authentication',
    expected: 'a refusal',
    means: 'Whoever finds a text can ask whether it is a token, and what it is good for.',
    advice: 'Demand authentication at the introspection endpoint.',
    sends: [
      operationAttempt({
        target: 'introspection',
        says: 'Nobody says who asks.',
        token: ({ of }) => tokenOf(of('introspect-active')),
        anonymous: true,
      }),
    ],
    judge: introspectAnonymous,
  },
  'introspect-garbage': {
    ...introspection,
    title: 'What is no token',
    expected: '200 with active false, and nothing else',
    lacks: mayNotIntrospect,
    means: 'An API cannot tell a bad token from a server that failed.',
    advice: 'Respond with 200 and {"active": false}.',
    sends: [
      operationAttempt({ target: 'introspection', says: 'The token is a word.', token: () => garbage }),
    ],
    judge: (seen) => inactive(seen, finals(seen)[0]),
  },
} as const satisfies Rows

/** The last request to an endpoint of that kind. */
export const lastOf = (seen: Seen, target: Sent['attempt']['target']): Sent | undefined =>
  finals(seen).find(({ attempt }) => attempt.target === target)

function introspectActive(seen: Seen): Judgement {
  const sent = lastOf(seen, 'introspection')
  if (!sent) return skipped('There is no token to introspect.')
  const read = readIntrospection(sent.exchange.outcome)
  if (codeOf(sent) === 'unsupported_token_type')
    return noted(`${came(sent)} It keeps no record of such tokens.`)
  if (isNotAllowed(sent))
    return noted(`${came(sent)} It does not let this client introspect, as some let APIs alone.`)
  if (read.kind === 'inactive') return noted('The server says that the token is inactive, to its own client.')
  if (read.kind === 'jwt')
    return read.active === true ? ok('The token is active.') : noted('The token is inactive.')
  if (read.kind !== 'active') return unread(seen, sent) ?? deviates(came(sent))
  if (statusOf(sent) !== 200) return deviates(came(sent))
  const token = issued(finals(seen)[0])
  const exp = asNumber(member(read.members, 'exp'))
  const own = asNumber(member(token?.claims, 'exp')) ?? expiryOf(seen)
  if (exp === undefined || own === null) return ok('The token is active.')
  return Math.abs(exp - own) > 10
    ? deviates(`exp is ${quoted(String(exp))}, and the token was issued until ${Math.round(own)}.`)
    : ok('The token is active, and exp is as it was issued.')
}

/** Whether the client may not introspect at all, though its token was issued by these credentials. @see RFC 7662 section 2.1 */
const isNotAllowed = (sent: Sent): boolean => [401, 403].includes(statusOf(sent))

/** Why nothing can be said of other tokens. */
export function mayNotIntrospect({ of }: Pick<Seen, 'of'>): string | null {
  const sent = of('introspect-active').findLast(({ attempt }) => attempt.target === 'introspection')
  return sent && isNotAllowed(sent) ? 'The client may not introspect: see introspect-active.' : null
}

/** When a token ends by the response that it came with, in seconds since the epoch. */
function expiryOf(seen: Seen): number | null {
  const [sent] = finals(seen)
  const seconds = asNumber(member(issued(sent)?.answer.members, 'expires_in'))
  return sent && seconds !== undefined
    ? (sent.exchange.startedAt + sent.exchange.duration) / 1000 + seconds
    : null
}

function introspectAnonymous(seen: Seen): Judgement {
  const [sent] = finals(seen)
  if (!sent) return skipped('There is no token to introspect.')
  const read = readIntrospection(sent.exchange.outcome)
  const { introspection_endpoint: endpoint, clients } = seen.subject
  const isElsewhere = new URL(endpoint ?? '').port !== new URL(clients.client.token_endpoint).port
  if (read.kind === 'inactive') return noted('The server says that the token is inactive.')
  if (read.kind === 'active')
    return isElsewhere
      ? noted(
          'The server says what the token is, at another port than that of the token endpoint: for administrators?',
        )
      : deviates('The server says what the token is, to whoever asks.')
  return refusedOnce(seen, sent, { statuses: '4xx', codes: [] })
}

function inactive(seen: Seen, sent: Sent | undefined): Judgement {
  if (!sent) return skipped('Nothing was sent.')
  const read = readIntrospection(sent.exchange.outcome)
  if (read.kind === 'jwt') return read.active === false ? ok('It is inactive.') : deviates('It is active.')
  if (read.kind !== 'inactive' || statusOf(sent) !== 200) return unread(seen, sent) ?? deviates(came(sent))
  const { members } = read
  const others = members.kind === 'object' ? members.members.filter(({ key }) => key !== 'active') : []
  return others.length === 0
    ? ok('active is false, and nothing else is said.')
    : deviates('active is false, and other members are with it.', { weight: 'should' })
}
