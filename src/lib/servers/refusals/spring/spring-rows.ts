import { audiences, triesAssertion } from '../../../why/refusal/causes/assertion-facts.ts'
import { hasOtherCharacters } from '../../../why/refusal/causes/client-id.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import type { Row } from '../../../why/refusal/record.ts'
import { hasEmptySecret, isReadOtherwise, isUndecodable } from '../../../why/refusal/facts/credentials.ts'
import { faultOf, isOffTheClock, lacksClientId } from '../../../why/refusal/textbook-sent.ts'
import { claim } from '../../../why/refusal/facts/sent.ts'
import { issuerOf } from '../../../oauth/config/derived-values.ts'
import { springLines } from './spring-log.ts'
import { client, row, springWay, unread } from './spring-way.ts'

const certain = { certainty: 'certain' } as const

/** Said before the client is looked for. */
const form: readonly Row[] = [
  row(isUndecodable, 'basic-not-form-encoded', { stage: 'client', ...certain }),
  row(hasEmptySecret, 'no-credentials', { ...certain, ...unread }),
  row(hasOtherCharacters, 'client-id-characters', certain),
  row(lacksClientId, 'client-id-missing', certain),
].map((one) => ({ ...one, endpoint: client, code: 'invalid_request' }))

/** What the server accepts as `aud`: its issuer, to the letter, and these endpoints. */
const isForSpring = (facts: Facts): boolean => {
  const issuer = issuerOf(facts.config).replace(/\/$/, '')
  const base = issuer === '' ? facts.sent.url.origin : issuer
  const own = ['', '/oauth2/token', '/oauth2/introspect', '/oauth2/revoke', '/oauth2/par']
  return audiences(facts).some((aud) => own.some((path) => aud === base + path))
}

/** One bare code for a dozen causes. */
const credentials: readonly Row[] = [
  row(() => true, 'token-of-another-client', { endpoint: ['revocation'], status: 400, ...certain }),
  ...(
    [
      'assertion-malformed',
      'assertion-alg-none',
      'assertion-claim-missing',
      'assertion-issuer',
      'assertion-expired',
      'assertion-not-yet-valid',
    ] as const
  ).map((id) => row((facts) => faultOf('assertion', facts) === id, id)),
  row((facts) => audiences(facts).length > 0 && !isForSpring(facts), 'assertion-audience'),
  row(triesAssertion, 'assertion-signature', {
    causes: [
      'assertion-signature',
      'assertion-key-unknown',
      'assertion-algorithm-not-set',
      'client-unknown',
      'method-other',
    ],
    certainty: 'possible',
  }),
  row(isReadOtherwise, 'basic-not-form-encoded', { stage: 'client' }),
  row(() => true, 'secret-wrong', {
    causes: ['secret-wrong', 'client-unknown', 'method-other', 'secret-expired', 'two-credentials'],
    certainty: 'possible',
  }),
].map((one) => ({ endpoint: client, ...one, code: 'invalid_client' }))

const proofs: readonly Row[] = [
  ...(
    [
      ['proof-malformed', 'certain'],
      ['proof-typ', 'certain'],
      ['proof-key-missing', 'certain'],
      ['proof-claim-missing', 'certain'],
      ['proof-htm', 'certain'],
      ['proof-htu', 'certain'],
      ['proof-signature', 'likely'],
      ['proof-expired', 'likely'],
      ['proof-replayed', 'likely'],
    ] as const
  ).map(([id, certainty]) => row((facts) => faultOf('proof', facts) === id, id, { certainty })),
  row(isOffTheClock, 'proof-iat'),
  // Letters count.
  row(({ sent: { proof, url } }) => claim(proof, 'htu') !== url.origin + url.pathname, 'proof-htu', certain),
  row(() => true, 'proof-iat', {
    causes: ['proof-iat', 'proof-htu', 'proof-signature', 'proof-replayed', 'proof-algorithm'],
    certainty: 'possible',
  }),
].map((one) => ({ ...one, code: 'invalid_dpop_proof' }))

const rights: readonly Row[] = [
  row(() => true, 'grant-not-allowed', { endpoint: ['token'], code: 'unauthorized_client', ...certain }),
  row(() => true, 'scope-refused', { endpoint: ['token'], code: 'invalid_scope', ...certain }),
]

/** Registration is closed to all but one token, which is good once. */
const registration: readonly Row[] = [
  row(({ sent: { token } }) => token !== null, 'registration-token-invalid', { status: [401, 403] }),
  row(() => true, 'registration-needs-token', { status: 401 }),
  row(({ came: { code } }) => code === 'invalid_scope', 'registration-with-scope', { passed: ['token'] }),
].map((one) => ({ ...one, endpoint: ['registration'] as const, ...certain }))

/** The parameter is named, and nothing else. */
const parameters: readonly Row[] = [
  {
    says: /OAuth 2\.0 Token (Introspection|Revocation) Parameter: token$/m,
    causes: ['token-parameter-missing'],
    ...certain,
  },
  { says: /OAuth 2\.0 Parameter: \w+$/m, endpoint: client, causes: ['parameter-missing'], ...certain },
  {
    says: /Invalid Client Registration: scope$/m,
    causes: ['registration-with-scope'],
    passed: ['token'],
    ...certain,
  },
]

/** Every row of this server, in the order in which it speaks. */
export const springRows: readonly Row[] = [
  ...springLines,
  ...parameters,
  ...springWay,
  ...form,
  ...credentials,
  ...proofs,
  ...rights,
  ...registration,
]
