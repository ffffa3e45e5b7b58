import { rfc } from '../spec.ts'
import { brokenToken } from '../oauth/api/broken-token.ts'
import { spoilers } from '../oauth/api/wrong-proof.ts'
import type { Spoil } from '../oauth/compose/signing.ts'
import { claimsIn, unsigned } from './edit-jwt.ts'
import { setSigned } from './edit-request.ts'
import type { Change, Fault, Setting } from './fault.ts'

/** How a token endpoint refuses a proof. @see RFC 9449 sections 4.3 and 5 */
const refused = {
  weight: 'must',
  spec: rfc(9449, '5'),
  statuses: [400],
  codes: ['invalid_dpop_proof', 'use_dpop_nonce'],
  accepted: 'never',
} as const

const proven = ({ config }: Setting): string | null =>
  config.dpop.on ? null : 'The request has no proof: the token is not to be bound to a key.'

const spoilt = (spoil: Spoil): Change => ({ kind: 'signed', part: 'DPoP', spoil })

const row = { unless: proven, altered: ['dpop'], expects: refused } as const

/** A proof is recent for minutes at most. @see RFC 9449 section 11.1 */
const freshness = 60

/** What is wrong with the proof of a token request. */
export const proofFaults = {
  'dpop-old-iat': {
    ...row,
    label: 'An hour old',
    change: spoilt(spoilers.iat),
    says: 'iat of the proof is an hour ago.',
  },
  'dpop-future-iat': {
    ...row,
    label: 'From the future',
    change: spoilt((header, claims) => ({
      header,
      claims: { ...claims, iat: Number(claims['iat']) + 3600 },
    })),
    says: 'iat of the proof is in an hour.',
  },
  'dpop-replayed': {
    ...row,
    label: 'Sent a second time',
    unless: (setting) => {
      const before = setting.signedBefore.DPoP
      if (proven(setting) !== null) return proven(setting)
      if (before === undefined) return 'No proof brought a token here yet. Get a token first.'
      return Number(claimsIn(before)['iat']) + freshness > setting.now / 1000
        ? null
        : 'The last proof is old by now. Get a token, and send its proof again within a minute.'
    },
    change: {
      kind: 'request',
      to: (request, { signedBefore }) => setSigned(request, 'DPoP', (jwt) => signedBefore.DPoP ?? jwt),
    },
    says: 'The proof is that of the last token, byte for byte, with its jti.',
    expects: {
      ...refused,
      weight: 'note',
      spec: rfc(9449, '11.1'),
      accepted: { noted: 'The server accepts a proof again. It may, as long as the proof is recent.' },
    },
  },
  'dpop-wrong-htu': {
    ...row,
    label: 'For another URL',
    change: spoilt(spoilers.htu),
    says: 'htu of the proof is another URL.',
  },
  'dpop-wrong-htm': {
    ...row,
    label: 'For another method',
    change: spoilt(spoilers.htm),
    says: 'htm of the proof is another method.',
  },
  'dpop-wrong-typ': {
    ...row,
    label: 'Of another type',
    change: spoilt(spoilers.typ),
    says: 'typ of the proof is JWT.',
  },
  'dpop-no-jti': {
    ...row,
    label: 'Without a name',
    change: spoilt((header, claims) => ({ header, claims: { ...claims, jti: undefined } })),
    says: 'The proof has no jti.',
  },
  'dpop-no-jwk': {
    ...row,
    label: 'Without its key',
    change: spoilt((header, claims) => ({ header: { ...header, jwk: undefined }, claims })),
    says: 'The header of the proof has no jwk.',
  },
  'dpop-foreign-key': {
    ...row,
    label: 'Signed by another key',
    change: { kind: 'foreign key', part: 'DPoP' },
    says: 'The signature is by another key than the one in jwk.',
  },
  'dpop-changed': {
    ...row,
    label: 'With its signature broken',
    change: { kind: 'request', to: (request) => setSigned(request, 'DPoP', brokenToken) },
    says: 'One character of the signature is another.',
  },
  'dpop-alg-none': {
    ...row,
    label: 'Not signed at all',
    change: { kind: 'request', to: (request) => setSigned(request, 'DPoP', unsigned) },
    says: 'alg is none, and there is no signature.',
  },
  'dpop-garbage': {
    ...row,
    label: 'No JWT at all',
    change: { kind: 'request', to: (request) => setSigned(request, 'DPoP', () => 'not-a-proof') },
    says: 'The DPoP header has no JWT in it.',
  },
} as const satisfies Readonly<Record<string, Fault>>
