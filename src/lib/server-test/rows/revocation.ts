import { readIntrospection } from '../../oauth/operations/introspection.ts'
import { readRevocation } from '../../oauth/operations/revocation.ts'
import { rfc } from '../../spec.ts'
import { operationAttempt } from '../base/attempts.ts'
import { refusedOnce, unread } from '../base/judges.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, type Sent, skipped } from '../base/row.ts'
import type { Subject } from '../base/subject.ts'
import { came, codeOf, finals, statusOf } from '../base/sent.ts'
import { garbage, lastOf, mayNotIntrospect, missing, ofIntrospection, own, tokenOf } from './introspection.ts'

const ofRevocation = (subject: Subject): string | null => missing(subject, 'revocation_endpoint')

const revocation = {
  group: 'operations',
  phase: 'groups',
  weight: 'must',
  section: rfc(7009, '2.2'),
  unless: ofRevocation,
} as const

/** What became of the token that `revoke` revoked. */
const revoked = (seen: Seen): string | null => tokenOf(seen.of('revoke'))

/** Why the other rows of revocation say nothing. */
const mayNotRevoke = (seen: Seen): string | null =>
  seen.verdictOf('revoke') === 'ok' ? null : 'The client cannot revoke its own token: see revoke.'

/** What a revocation endpoint owes. */
export const revocationRows = {
  revoke: {
    ...revocation,
    title: 'A client revokes its token',
    expected: '200',
    means: 'A token that leaked is good until it expires.',
    advice: 'Let clients revoke their tokens, or have no revocation endpoint.',
    sends: [
      own,
      operationAttempt({
        target: 'revocation',
        says: 'The token is revoked.',
        token: ({ mine }) => tokenOf(mine),
      }),
    ],
    judge: (seen) => {
      const sent = lastOf(seen, 'revocation')
      return sent ? accepts(seen, sent) : skipped('There is no token to revoke.')
    },
  },
  'revoke-then-introspect': {
    ...revocation,
    title: 'A token that was revoked',
    section: rfc(7009, '2.1'),
    expected: 'active false',
    means: 'A token that leaked works after it was revoked.',
    advice: 'Make revocation known to introspection at once.',
    unless: (subject) => ofRevocation(subject) ?? ofIntrospection(subject),
    lacks: (seen) => mayNotRevoke(seen) ?? mayNotIntrospect(seen),
    sends: [
      operationAttempt({
        target: 'introspection',
        says: 'The revoked token is introspected.',
        token: revoked,
      }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const read = readIntrospection(sent.exchange.outcome)
      if (read.kind === 'active') return deviates('The token is active still.')
      return read.kind === 'inactive'
        ? ok('The token is inactive.')
        : (unread(seen, sent) ?? skipped(came(sent)))
    },
  },
  'revoke-twice': {
    ...revocation,
    title: 'A token revoked twice',
    expected: '200',
    means: 'A client that tries again after a failure of the network believes that it failed.',
    advice: 'Respond with 200 to a token that is revoked already.',
    lacks: mayNotRevoke,
    sends: [
      operationAttempt({ target: 'revocation', says: 'The revoked token is revoked again.', token: revoked }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      return sent ? accepts(seen, sent) : skipped('Nothing was sent.')
    },
  },
  'revoke-garbage': {
    ...revocation,
    title: 'What is no token is revoked',
    expected: '200',
    means: 'A client believes that revocation failed, though there is nothing to revoke.',
    advice: 'Respond with 200 to a token that the server does not know.',
    lacks: mayNotRevoke,
    sends: [operationAttempt({ target: 'revocation', says: 'The token is a word.', token: () => garbage })],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const code = codeOf(sent)
      if (statusOf(sent) === 200 && code !== null) return noted(came(sent))
      return accepts(seen, sent)
    },
  },
  'revoke-anonymous': {
    ...revocation,
    section: rfc(7009, '2.1'),
    title: 'Revocation without authentication',
    expected: 'a refusal',
    means:
      'Whoever holds the token can end it, as a public client can; for a confidential client that is not meant.',
    advice: 'Demand the authentication of the client at the revocation endpoint.',
    lacks: mayNotRevoke,
    sends: [
      own,
      operationAttempt({
        target: 'revocation',
        says: 'Nobody says who revokes.',
        token: ({ mine }) => tokenOf(mine),
        anonymous: true,
      }),
    ],
    judge: (seen) => {
      const sent = lastOf(seen, 'revocation')
      return sent
        ? refusedOnce(seen, sent, { statuses: '4xx', codes: [] })
        : skipped('There is no token to revoke.')
    },
  },
} as const satisfies Rows

function accepts(seen: Seen, sent: Sent): Judgement {
  if (codeOf(sent) === 'unsupported_token_type')
    return skipped(`${came(sent)} The standard allows that for tokens of this kind.`)
  const read = readRevocation(sent.exchange.outcome)
  if (read.kind === 'accepted' && statusOf(sent) === 200) return ok('The server responded with status 200.')
  return unread(seen, sent) ?? deviates(came(sent))
}
