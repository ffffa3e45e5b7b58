import { configured, accepted, repeated } from '../base/attempts.ts'
import { survives, unread } from '../base/judges.ts'
import { type Judgement, noted, ok, type Rows, type Seen, skipped } from '../base/row.ts'
import { came, finals, issued } from '../base/sent.ts'
import type { Change } from '../../faults/fault.ts'
import type { AssertionConfig } from '../../oauth/config/config.ts'
import { rfc } from '../../spec.ts'
import { assertionRow, badAssertionRows, refusedIds } from './assertion-bad.ts'
import { wrongCode } from './wrong-code.ts'

const noteRow = { ...assertionRow, weight: 'note' } as const

const withAssertion = (to: Partial<AssertionConfig>): Change =>
  configured((config) => ({ ...config, assertion: { ...config.assertion, ...to } }))

/** Accepted or not, nothing is wrong. */
const open =
  (whenAccepted: string | null, whenRefused: string | null) =>
  (seen: Seen): Judgement => {
    const sent = finals(seen).at(-1)
    if (!sent) return skipped('Nothing was sent.')
    const unseen = unread(seen, sent)
    if (unseen) return unseen.verdict === 'deviates' ? { ...unseen, verdict: 'note' } : unseen
    const words = issued(sent) ? whenAccepted : whenRefused
    return words === null ? ok(came(sent)) : noted(`${came(sent)} ${words}`)
  }

/** What a server has to look at in the JWT by which a client authenticates. */
export const assertionRows = {
  'assertion-baseline': {
    ...assertionRow,
    section: rfc(7523, '2.2'),
    title: 'The assertion as it is configured',
    expected: 'a token',
    means: 'The client cannot authenticate.',
    advice: 'Register the public key of the client, with its algorithm.',
    lacks: () => null,
    sends: [accepted({ client: 'assertion', says: 'The right assertion.' })],
    judge: (seen) => {
      const [sent] = finals(seen)
      return issued(sent) ? ok(came(sent)) : skipped(`${came(sent)} Is the client right?`)
    },
  },
  'assertion-aud-endpoint': {
    ...noteRow,
    title: 'The token endpoint as audience',
    expected: 'either: older texts have it, newer ones the issuer alone',
    means: 'Clients of either kind may have to be configured.',
    advice: 'Accept the issuer in any case.',
    sends: [
      accepted({
        client: 'assertion',
        says: 'aud is the token endpoint.',
        altered: ['client_assertion'],
        works: false,
        change: withAssertion({ aud: 'token_endpoint' }),
      }),
    ],
    judge: open('It accepts the token endpoint as audience.', 'It accepts no token endpoint as audience.'),
  },
  'assertion-aud-issuer': {
    ...noteRow,
    title: 'The issuer as audience',
    expected: 'a token: it is the present advice',
    means: 'Clients that follow the present advice are refused.',
    advice: 'Accept the issuer as the audience of assertions.',
    unless: (subject) =>
      assertionRow.unless(subject) ?? (subject.issuer === null ? 'No issuer is configured.' : null),
    sends: [
      accepted({
        client: 'assertion',
        says: 'aud is the issuer.',
        altered: ['client_assertion'],
        works: false,
        change: withAssertion({ aud: 'issuer' }),
      }),
    ],
    judge: open(null, 'It does not accept its issuer as audience.'),
  },
  'assertion-aud-two': {
    ...noteRow,
    title: 'Two audiences',
    expected: 'either; no error of the server',
    means: 'An assertion for several servers can be passed on from one to the other.',
    advice: 'Accept one audience alone, the issuer.',
    unless: (subject) =>
      assertionRow.unless(subject) ?? (subject.issuer === null ? 'No issuer is configured.' : null),
    sends: [
      accepted({
        client: 'assertion',
        says: 'aud is a list of the issuer and the token endpoint.',
        altered: ['client_assertion'],
        works: false,
        change: withAssertion({ aud: 'both' }),
      }),
    ],
    judge: (seen) => {
      const judged = survives(seen, (sent) => (issued(sent) ? 'It accepts a list of audiences.' : null))
      return judged.verdict === 'deviates' ? { ...judged, weight: 'should' } : judged
    },
  },
  'assertion-replayed': {
    ...noteRow,
    title: 'An assertion a second time',
    expected: 'either; OpenID Connect has it refused',
    means: 'Whoever gets hold of an assertion can use it until it expires.',
    advice: 'Remember the jti of assertions until they expire.',
    sends: [
      accepted({ client: 'assertion', says: 'A new assertion.' }),
      repeated('The same assertion, byte for byte.', { client: 'assertion', issues: true, fails: true }),
    ],
    judge: open('It accepts an assertion twice.', null),
  },
  'assertion-long': {
    ...noteRow,
    title: 'An assertion for ten years',
    expected: 'either',
    means: 'Whoever gets hold of an assertion can use it for years.',
    advice: 'Refuse assertions that live for more than some minutes.',
    sends: [
      accepted({
        client: 'assertion',
        says: 'exp is in ten years.',
        altered: ['client_assertion'],
        works: false,
        change: withAssertion({ lifetime: 10 * 365 * 24 * 3600 }),
      }),
    ],
    judge: open('It accepts an assertion for ten years.', null),
  },
  ...badAssertionRows,
  'assertion-error': {
    ...assertionRow,
    section: rfc(7523, '3.2'),
    title: 'How bad assertions are refused',
    expected: '400 or 401 with invalid_client',
    means: 'A client cannot tell what is wrong.',
    advice: 'Respond to a bad assertion with invalid_client.',
    phase: 'afterwards',
    judge: (seen) => wrongCode(seen, [...refusedIds, 'assertion-replayed'], [400, 401], ['invalid_client']),
  },
} as const satisfies Rows
