import { member } from '../../../json/value.ts'
import { rfc } from '../../../spec.ts'
import { accepted } from '../../base/attempts.ts'
import {
  type Judgement,
  noted,
  ok,
  type Row,
  type Rows,
  type Seen,
  type Sent,
  skipped,
} from '../../base/row.ts'
import { came, finals, issued } from '../../base/sent.ts'

const row = { group: 'token', weight: 'note' } as const

/** The working request once more: what is the same, and whether it works at the end. */
export const againRows = {
  'fresh-token': {
    ...row,
    phase: 'accepted',
    section: rfc(9068, '2.2'),
    title: 'A new token each time',
    expected: 'two tokens that differ; a JWT with jti',
    means: 'Clients that share an ID share a token: if one revokes it, the others lose it.',
    advice: 'Make each token unique, a JWT by its jti.',
    sends: [
      accepted({ says: 'The working request, once.' }),
      accepted({ says: 'The working request, a second time.' }),
      accepted({
        says: 'The working request, a good second later.',
        wait: 1200,
        only: ({ mine }) => sameTokens(mine),
      }),
    ],
    judge: freshToken,
  },
  'baseline-again': {
    ...row,
    phase: 'again',
    section: rfc(6749, '2.3.1'),
    title: 'The working request at the end',
    expected: 'a token still',
    means: 'The client is locked or limited after some wrong secrets, for everybody who uses it.',
    advice: 'Unlock the client. Against guessing, slow down who guesses, and lock nobody out.',
    sends: [accepted({ says: 'The working request, after all that was wrong on purpose.' })],
    judge: ({ mine }) => {
      const [sent] = finals({ mine })
      return issued(sent) ? ok('The server issued a token.') : noted(`${came(sent)} Is the client locked?`)
    },
  },
} as const satisfies Rows

const sameTokens = (sent: readonly Sent[]): boolean => {
  const tokens = sent.map((one) => issued(one)?.accessToken ?? null)
  return tokens[0] !== null && tokens.every((token) => token === tokens[0])
}

/** Whether the server gives out the token that it gave out before: then others may be using it. */
export const isCached = ({ of }: Pick<Seen, 'of'>): boolean =>
  sameTokens(finals({ mine: of('fresh-token') }).slice(0, 2))

function freshToken({ mine }: Parameters<Row['judge']>[0]): Judgement {
  const sent = finals({ mine })
  const [first, second] = sent.map(issued)
  const missing = sent.find((one) => !issued(one))
  if (!first || !second || missing) return skipped(came(missing ?? sent[0]))
  if (sameTokens(sent)) return noted('The server issues the same token again: it keeps one for each client.')
  if (first.accessToken === second.accessToken) return noted('Two tokens within one second are the same.')
  const isJwt = second.claims !== null
  if (isJwt && member(second.claims, 'jti') === undefined) return noted('The tokens differ, and have no jti.')
  return ok('The tokens differ.')
}
