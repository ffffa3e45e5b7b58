import { rfc } from '../spec.ts'
import { usesAssertion } from '../oauth/config/auth-methods.ts'
import { brokenToken } from '../oauth/api/broken-token.ts'
import type { Members } from '../oauth/compose/signing.ts'
import { claimsIn, unsigned } from './edit-jwt.ts'
import { setParameter, setSigned } from './edit-request.ts'
import type { Change, Fault, Setting } from './fault.ts'

/** How an assertion is refused that does not hold. @see RFC 7523 sections 3 and 3.2 */
const refused = {
  weight: 'must',
  spec: rfc(7523, '3.2'),
  statuses: [400, 401],
  codes: ['invalid_client'],
  accepted: 'never',
} as const

const asserted = ({ config }: Setting): string | null =>
  usesAssertion(config) ? null : 'The client does not authenticate with a JWT.'

/** With other claims; one that is undefined is left out. */
const claims = (to: (claims: Members) => Members): Change => ({
  kind: 'signed',
  part: 'client_assertion',
  spoil: (header, right) => ({ header, claims: { ...right, ...to(right) } }),
})

/** All its times moved by as many seconds: nothing else is odd then. */
const moved = (by: number): Change =>
  claims(({ iat, exp }) => {
    const issued = Number(iat) + by
    return { iat: issued, nbf: issued, exp: issued + Math.min(60, Number(exp) - Number(iat)) }
  })

const row = {
  unless: asserted,
  altered: ['client_assertion'],
  expects: refused,
} as const

/** What is wrong with the JWT by which the client authenticates. */
export const assertionFaults = {
  'assertion-expired': {
    ...row,
    label: 'Expired',
    change: moved(-3600),
    says: 'The assertion expired an hour ago: iat, nbf and exp.',
  },
  'assertion-future-nbf': {
    ...row,
    label: 'From the future',
    change: moved(3600),
    says: 'The assertion is good in an hour only: iat, nbf and exp.',
  },
  'assertion-no-exp': {
    ...row,
    label: 'Without an end',
    change: claims(() => ({ exp: undefined })),
    says: 'The assertion has no exp.',
  },
  'assertion-replayed': {
    ...row,
    label: 'Sent a second time',
    unless: (setting) => {
      const { signedBefore, now } = setting
      const before = signedBefore.client_assertion
      if (asserted(setting) !== null) return asserted(setting)
      if (before === undefined) return 'No assertion brought a token here yet. Get a token first.'
      return Number(claimsIn(before)['exp']) * 1000 > now
        ? null
        : 'The last assertion has expired. Get a token, and send it again within its lifetime.'
    },
    change: {
      kind: 'request',
      to: (request, { signedBefore }) =>
        setSigned(request, 'client_assertion', (jwt) => signedBefore.client_assertion ?? jwt),
    },
    says: 'The assertion is that of the last token, byte for byte, with its jti.',
    expects: {
      ...refused,
      weight: 'note',
      spec: rfc(7523, '3'),
      accepted: {
        noted: 'The server accepts it again. It may, and whoever gets hold of one can use it as well.',
      },
    },
  },
  'assertion-wrong-aud': {
    ...row,
    label: 'For another audience',
    change: claims(() => ({ aud: 'https://elsewhere.example/' })),
    says: 'aud of the assertion names another server.',
  },
  'assertion-no-aud': {
    ...row,
    label: 'For nobody',
    change: claims(() => ({ aud: undefined })),
    says: 'The assertion has no aud.',
  },
  'assertion-wrong-iss': {
    ...row,
    label: 'By another issuer',
    change: claims(() => ({ iss: 'somebody-else' })),
    says: 'iss of the assertion is not the client.',
  },
  'assertion-wrong-sub': {
    ...row,
    label: 'About another subject',
    change: claims(() => ({ sub: 'somebody-else' })),
    says: 'sub of the assertion is not the client.',
  },
  'assertion-foreign-key': {
    ...row,
    label: 'Signed by another key',
    change: { kind: 'foreign key', part: 'client_assertion' },
    says: 'The signature is by a key, or with a secret, that the server does not know.',
  },
  'assertion-changed': {
    ...row,
    label: 'With its signature broken',
    change: { kind: 'request', to: (request) => setSigned(request, 'client_assertion', brokenToken) },
    says: 'One character of the signature is another.',
  },
  'assertion-alg-none': {
    ...row,
    label: 'Not signed at all',
    change: { kind: 'request', to: (request) => setSigned(request, 'client_assertion', unsigned) },
    says: 'alg is none, and there is no signature.',
  },
  'assertion-client-id': {
    ...row,
    label: 'Next to another client ID',
    change: { kind: 'request', to: (request) => setParameter(request, 'client_id', 'somebody-else') },
    altered: ['client_id'],
    says: 'client_id next to the assertion is another one.',
    expects: {
      ...refused,
      weight: 'should',
      spec: rfc(7521, '4.2'),
      codes: ['invalid_client', 'invalid_request'],
    },
  },
} as const satisfies Readonly<Record<string, Fault>>
