import { type FaultId, faults } from '../../faults/faults.ts'
import { signedBySecret, withPrivateKey } from '../../faults/edit-jwt.ts'
import type { Change } from '../../faults/fault.ts'
import { headerValue } from '../../http/message.ts'
import { dpopKey } from '../../oauth/config/derived-values.ts'
import { rfc } from '../../spec.ts'
import { edited, tokenAttempt } from '../base/attempts.ts'
import { refuses } from '../base/judges.ts'
import { type Judgement, noted, type Rows, type Seen, type Sent } from '../base/row.ts'
import type { Subject } from '../base/subject.ts'
import { came } from '../base/sent.ts'

/** What the rows about DPoP have in common. */
export const dpopRow = {
  group: 'dpop',
  phase: 'groups',
  weight: 'must',
  section: rfc(9449, '4.3'),
  unless: ({ clients }: Subject): string | null =>
    clients.dpop === null ? 'No client is configured for DPoP.' : null,
  // Without a right proof that binds a token, a wrong one proves nothing.
  lacks: (seen: Seen): string | null =>
    seen.verdictOf('dpop-baseline') === 'ok'
      ? null
      : 'The right proof brought no bound token: see dpop-baseline.',
} as const

/** A token request of the client for DPoP. */
export const proofAttempt = (says: string, change: Change) =>
  tokenAttempt({ client: 'dpop', says, altered: ['dpop'], change, issues: true })

const bad = {
  ...dpopRow,
  expected: 'no token',
  means:
    'A token is bound to a key that its owner did not prove to have, or by a proof that was made for something else.',
  advice: 'Check each proof as RFC 9449 section 4.3 lists it.',
  refused: {
    means: 'A client cannot tell what is wrong with its proof.',
    advice: 'Respond to a bad proof with 400 and invalid_dpop_proof.',
  },
  judge: refuses({ statuses: '4xx', codes: [] }),
} as const

/** The change that Break it has by that name. */
const broken = (id: FaultId) => ({ ...bad, sends: [proofAttempt(faults[id].says, faults[id].change)] })

const without = (claim: string): Change => ({
  kind: 'signed',
  part: 'DPoP',
  spoil: (header, claims) => ({ header, claims: { ...claims, [claim]: undefined } }),
})

/** A key of the kind that is shared, in the header of its own proof. */
const secret = 'a-secret-that-is-in-the-proof-itself'

/** What a server has to look at in a proof. */
export const proofRows = {
  'dpop-wrong-htm': { ...broken('dpop-wrong-htm'), title: 'A proof for another method' },
  'dpop-wrong-htu': { ...broken('dpop-wrong-htu'), title: 'A proof for another URL' },
  'dpop-old-iat': { ...broken('dpop-old-iat'), title: 'A proof that is an hour old', judge: refusedByTime },
  'dpop-future-iat': {
    ...broken('dpop-future-iat'),
    title: 'A proof from the future',
    judge: refusedByTime,
  },
  'dpop-alg-none': { ...broken('dpop-alg-none'), title: 'A proof that nobody signed' },
  'dpop-symmetric': {
    ...bad,
    title: 'A proof signed with a secret',
    sends: [
      proofAttempt('alg is HS256, and jwk is the secret that signed.', {
        kind: 'signed again',
        part: 'DPoP',
        by: (jwt) => signedBySecret(jwt, secret, { jwk: { kty: 'oct', k: btoa(secret).replace(/=+$/, '') } }),
      }),
    ],
  },
  'dpop-private-jwk': {
    ...bad,
    title: 'A proof with its private key',
    lacks: (seen) => dpopRow.lacks(seen) ?? unreadableKey(seen),
    sends: [
      proofAttempt('jwk has the private key as well, which is thrown away.', {
        kind: 'signed again',
        part: 'DPoP',
        by: withPrivateKey,
      }),
    ],
  },
  'dpop-foreign-key': { ...broken('dpop-foreign-key'), title: 'A proof signed by another key' },
  'dpop-changed': { ...broken('dpop-changed'), title: 'A proof with its signature broken' },
  'dpop-two-proofs': {
    ...bad,
    title: 'Two proofs',
    sends: [
      proofAttempt(
        'There are two DPoP fields. A browser joins them into one.',
        edited((request) => ({
          ...request,
          headers: [...request.headers, ['DPoP', headerValue(request.headers, 'dpop') ?? '']],
        })),
      ),
    ],
  },
  'dpop-wrong-typ': { ...broken('dpop-wrong-typ'), title: 'A proof of another type' },
  'dpop-no-jti': { ...broken('dpop-no-jti'), title: 'A proof without a name' },
  'dpop-no-iat': {
    ...bad,
    title: 'A proof without its time',
    sends: [proofAttempt('The proof has no iat.', without('iat'))],
  },
  'dpop-no-jwk': { ...broken('dpop-no-jwk'), title: 'A proof without its key' },
  'dpop-garbage': { ...broken('dpop-garbage'), title: 'A proof that is none' },
} as const satisfies Rows

/** A private key that stays in the browser cannot be put into a proof. */
function unreadableKey({ subject: { clients, findKey } }: Seen): string | null {
  const key = clients.dpop && findKey(dpopKey(clients.dpop))
  return key?.privateKey.extractable === false
    ? 'The private key cannot be read: this browser signs with it, and does not give it away.'
    : null
}

/** Whether the server gives out nonces. */
export const hasNonce = ({ subject, signingFor }: Seen): boolean =>
  signingFor(subject.clients.client.token_endpoint).nonce !== null

/** "The creation time ... as determined by either the iat claim or a server managed timestamp via the nonce claim". @see RFC 9449 section 4.3 */
function refusedByTime(seen: Seen): Judgement {
  const nonce = 'By its nonce the server knows that the proof is new.'
  const accepted = hasNonce(seen)
    ? { accepted: (_seen: Seen, sent: Sent) => noted(`${came(sent)} ${nonce}`) }
    : {}
  return refuses({ statuses: '4xx', codes: [], ...accepted })(seen)
}
