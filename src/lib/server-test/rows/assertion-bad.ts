import { type FaultId, faults } from '../../faults/faults.ts'
import { signedBySecret } from '../../faults/edit-jwt.ts'
import type { Change } from '../../faults/fault.ts'
import { publicPem } from '../../keys/public-key.ts'
import { rfc } from '../../spec.ts'
import { tokenAttempt } from '../base/attempts.ts'
import { refuses } from '../base/judges.ts'
import type { Rows, Seen } from '../base/row.ts'
import type { Subject } from '../base/subject.ts'

const noClient = ({ clients }: Subject): string | null =>
  clients.assertion === null ? 'No client with a key for assertions is configured.' : null

/** Without a right one that is accepted, a wrong one proves nothing. */
const noBaseline = (seen: Seen): string | null =>
  seen.verdictOf('assertion-baseline') === 'ok'
    ? null
    : 'The right assertion brought no token: see assertion-baseline.'

/** What the rows about assertions have in common. */
export const assertionRow = {
  group: 'assertion',
  phase: 'groups',
  weight: 'must',
  section: rfc(7523, '3'),
  unless: noClient,
  lacks: noBaseline,
} as const

const send = (says: string, change: Change) =>
  tokenAttempt({ client: 'assertion', says, altered: ['client_assertion'], change, fails: true })

const refusesAny = refuses({ statuses: '4xx', codes: [] })

const bad = {
  ...assertionRow,
  expected: 'no token',
  means: 'Whoever gets hold of an assertion, or makes one up, can be the client for longer or elsewhere.',
  advice: 'Check signature, iss, sub, aud, exp and nbf of each assertion.',
  refused: {
    means: 'A client cannot tell what is wrong with its assertion.',
    advice: 'Respond to a bad assertion with 401 and invalid_client.',
  },
  judge: refusesAny,
} as const

/** The change that Break it has by that name. */
const broken = (id: FaultId) => ({ ...bad, sends: [send(faults[id].says, faults[id].change)] })

const forged = {
  means: 'Whoever makes up an assertion is the client.',
  advice: 'Verify the signature of each assertion with the registered key, by the registered algorithm.',
  vulnerability: true,
} as const

/** Assertions that must not be accepted. */
export const badAssertionRows = {
  'assertion-expired': { ...broken('assertion-expired'), title: 'An assertion that expired an hour ago' },
  'assertion-no-exp': { ...broken('assertion-no-exp'), title: 'An assertion without an end' },
  'assertion-future-nbf': { ...broken('assertion-future-nbf'), title: 'An assertion from the future' },
  'assertion-wrong-aud': { ...broken('assertion-wrong-aud'), title: 'An assertion for another server' },
  'assertion-no-aud': { ...broken('assertion-no-aud'), title: 'An assertion for nobody' },
  'assertion-wrong-iss': { ...broken('assertion-wrong-iss'), title: 'An assertion by another issuer' },
  'assertion-wrong-sub': { ...broken('assertion-wrong-sub'), title: 'An assertion about another subject' },
  'assertion-no-sub': {
    ...bad,
    title: 'An assertion about nobody',
    sends: [
      send('The assertion has no sub.', {
        kind: 'signed',
        part: 'client_assertion',
        spoil: (header, claims) => ({ header, claims: { ...claims, sub: undefined } }),
      }),
    ],
  },
  'assertion-foreign-key': {
    ...broken('assertion-foreign-key'),
    ...forged,
    title: 'An assertion signed by another key',
  },
  'assertion-alg-none': {
    ...broken('assertion-alg-none'),
    ...forged,
    title: 'An assertion that nobody signed',
  },
  'assertion-alg-hs': {
    ...bad,
    ...forged,
    title: 'An assertion signed with the public key as if it were a secret',
    sends: [
      send('alg is HS256, with the public key of the client as secret.', {
        kind: 'signed again',
        part: 'client_assertion',
        by: async (jwt, key) => signedBySecret(jwt, await publicPem(key), {}),
      }),
    ],
  },
  'assertion-changed': {
    ...broken('assertion-changed'),
    ...forged,
    title: 'An assertion with its signature broken',
  },
  'assertion-client-id': {
    ...bad,
    weight: 'should',
    section: rfc(7521, '4.2'),
    title: 'Another client ID next to the assertion',
    means: 'Logs and limits may count the request for another client.',
    advice: 'Compare client_id with sub of the assertion.',
    sends: [
      tokenAttempt({
        client: 'assertion',
        says: faults['assertion-client-id'].says,
        altered: ['client_id'],
        change: faults['assertion-client-id'].change,
        fails: true,
      }),
    ],
  },
} as const satisfies Rows

/** Those whose refusal has one code. */
export const refusedIds: readonly string[] = Object.keys(badAssertionRows).filter(
  (id) => id !== 'assertion-client-id',
)
