import { secondsAhead } from './api-causes/seen-proof.ts'
import { hasOtherCharacters } from './causes/client-id.ts'
import { type CauseId, causeOf } from './causes.ts'
import { isReasonPhrase } from './facts/outcome.ts'
import { hasEmptySecret, isReadOtherwise, isUndecodable } from './facts/credentials.ts'
import type { Facts } from './facts/facts.ts'
import type { Row } from './record.ts'
import { triesAssertion } from './causes/assertion-facts.ts'
import { isSpelledOtherwise } from './causes/proof.ts'
import { redirectOf } from './causes/redirected.ts'

/** What a proof or an assertion can be faulty by, as it is here; in the order of a careful server. */
const faults = {
  proof: [
    'proof-malformed',
    'proof-typ',
    'proof-key-missing',
    'proof-claim-missing',
    'proof-htm',
    'proof-htu',
    'proof-signature',
    'proof-expired',
    'proof-replayed',
  ],
  assertion: [
    'assertion-type',
    'assertion-malformed',
    'assertion-alg-none',
    'assertion-claim-missing',
    'assertion-issuer',
    'assertion-audience',
    'assertion-expired',
    'assertion-not-yet-valid',
  ],
} as const satisfies Readonly<Record<string, readonly CauseId[]>>

/** The fault that the proof or the assertion has by itself, whatever the server knows; `null` for none that is seen. */
export const faultOf = (what: keyof typeof faults, facts: Facts): CauseId | null =>
  facts.sent[what] === null && (what === 'proof' || !triesAssertion(facts))
    ? null
    : (faults[what].find((id) => {
        const { applies, sign } = causeOf(id)
        return (applies?.(facts) ?? true) && sign?.(facts)?.certainty === 'likely'
      }) ?? null)

/** Whether `iat` of the proof is further from the clock than a token endpoint lets pass, as a rule. */
export const isOffTheClock = (facts: Facts): boolean => Math.abs(secondsAhead(facts) ?? 0) > 60

/** Whether the request carries no credentials at all. */
export const sendsNothing = (facts: Facts): boolean =>
  facts.sent.places.length === 0 && !triesAssertion(facts)

/** Whether the client is named by its assertion alone. @see RFC 7521 section 4.2 */
export const lacksClientId = (facts: Facts): boolean =>
  triesAssertion(facts) && !facts.sent.parameters.has('client_id')

const isLogin = ({ came: { challenges, code } }: Facts): boolean =>
  code === '' && challenges.some(({ scheme }) => /^basic$/i.test(scheme))

const client = ['token', 'introspection', 'revocation'] as const

/** A row for each cause, of what was sent. */
const sent = (
  code: string,
  when: (facts: Facts) => boolean,
  cause: CauseId,
  more: Partial<Row> = {},
): Row => ({
  endpoint: client,
  code,
  when,
  causes: [cause],
  certainty: 'likely',
  ...more,
})

const ofFault = (what: keyof typeof faults, code: string): readonly Row[] =>
  faults[what].map((cause) => sent(code, (facts) => faultOf(what, facts) === cause, cause))

/** What the request lacks may be why; the path may be wrong all the same. */
const toLogin = (when: (facts: Facts) => boolean, cause: CauseId): Row => ({
  endpoint: client,
  when: (facts) => leadsToLogin(facts) && when(facts),
  causes: [cause, 'path-unknown', 'redirected-to-login'],
  certainty: 'possible',
  undecided: true,
})

/** The same if the secret is the last to be doubted: it got the token. */
const ofClientOtherwise: readonly CauseId[] = [
  'client-unknown',
  'method-other',
  'client-disabled',
  'client-configuration-invalid',
  'basic-not-form-encoded',
  'secret-wrong',
]

/** A bare code, or none, next to what was sent: that decides before the code does. The first that fits is used. */
export const rowsOfSent: readonly Row[] = [
  // Wrong credentials are 401 as a rule.
  {
    endpoint: ['revocation'],
    code: 'invalid_client',
    status: 400,
    causes: ['token-of-another-client', ...ofClientOtherwise],
    certainty: 'possible',
  },
  // It speaks of the authentication, and not of a secret: often it looks for one elsewhere.
  {
    endpoint: ['introspection'],
    when: ({ sent: { places }, came: { words } }) =>
      places.includes('body') && /client authentication (was|is) invalid/i.test(words),
    causes: ['introspection-needs-api', 'introspection-needs-header', ...ofClientOtherwise],
    certainty: 'possible',
  },
  {
    endpoint: ['registration'],
    status: [401, 403],
    when: ({ sent: { token } }) => token !== null,
    causes: ['registration-token-invalid'],
    certainty: 'likely',
  },
  { endpoint: client, status: 429, causes: ['rate-limited'], certainty: 'likely' },
  // Auth0 says access_denied of a wrong secret, ServiceNow calls it an error of the server.
  ...(['access_denied', 'server_error'] as const).map((code): Row => ({
    endpoint: ['token'],
    code,
    status: 401,
    causes: ['secret-wrong', ...ofClientOtherwise.filter((id) => id !== 'secret-wrong'), 'custom-rule'],
    certainty: 'possible',
  })),
  {
    endpoint: client,
    code: 'invalid_request',
    status: 404,
    causes: ['path-unknown', 'parameter-missing'],
    certainty: 'likely',
  },
  sent('invalid_request', isUndecodable, 'basic-not-form-encoded', { stage: 'client' }),
  sent('invalid_request', hasEmptySecret, 'no-credentials'),
  sent('invalid_request', hasOtherCharacters, 'client-id-characters'),
  ...ofFault('assertion', 'invalid_request'),
  sent('invalid_request', lacksClientId, 'client-id-missing', { certainty: 'possible' }),
  // Of a server that calls wrong credentials so.
  sent('unauthorized_client', isReadOtherwise, 'basic-not-form-encoded', {
    endpoint: ['token'],
    causes: ['basic-not-form-encoded', 'grant-not-allowed'],
    undecided: true,
  }),
  {
    endpoint: client,
    status: 500,
    when: isUndecodable,
    causes: ['basic-not-form-encoded', 'exception'],
    certainty: 'likely',
  },
  ...ofFault('proof', 'invalid_dpop_proof').map((row): Row => ({ ...row, endpoint: ['token'] })),
  sent('invalid_dpop_proof', isOffTheClock, 'proof-iat', { endpoint: ['token'] }),
  sent('invalid_dpop_proof', isSpelledOtherwise, 'proof-htu', { endpoint: ['token'], certainty: 'possible' }),
  ...ofFault('assertion', 'invalid_client'),
  ...ofFault('assertion', 'invalid_grant'),
  {
    endpoint: client,
    status: 401,
    when: (facts) => sendsNothing(facts) && facts.came.code === '' && facts.came.challenges.length === 0,
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  // Credentials in the body, and a challenge for the header: something else asks for a login.
  {
    endpoint: client,
    status: 401,
    when: (facts) => isLogin(facts) && !facts.sent.places.includes('header'),
    causes: [
      'gateway-refuses',
      'path-unknown',
      'no-credentials',
      'client-unknown',
      'method-other',
      'client-disabled',
      'client-configuration-invalid',
      'secret-wrong',
    ],
    certainty: 'possible',
  },
  // A framework writes the status in words for a wrong secret, and for a path that wants a login of another kind.
  {
    endpoint: client,
    status: 401,
    when: ({ came, sent: { places } }) =>
      places.length > 0 && (came.framework !== null || isReasonPhrase(came.error, came.status)),
    causes: ['secret-wrong', 'client-unknown', 'method-other', 'path-unknown', 'client-disabled'],
    certainty: 'possible',
  },
  // The status of a framework in words: the endpoint of OAuth did not speak.
  {
    status: 403,
    when: ({ came: { framework } }) => framework !== null,
    causes: ['path-unknown', 'gateway-refuses'],
    certainty: 'possible',
  },
  // A login page is where people go whom the server does not know; a path that is none leads there too.
  toLogin((facts) => facts.config.client_id === '' && !sendsNothing(facts), 'client-id-missing'),
  toLogin((facts) => faultOf('assertion', facts) === 'assertion-type', 'assertion-type'),
  toLogin(
    (facts) => sendsNothing(facts) || (!triesAssertion(facts) && facts.config.client_secret === ''),
    'no-credentials',
  ),
  { when: leadsToLogin, causes: ['path-unknown', 'redirected-to-login'], certainty: 'possible' },
]

/** Whether the response leads to a page of this server on which people log in. */
function leadsToLogin(facts: Facts): boolean {
  const to = redirectOf(facts)
  return to?.origin === facts.sent.url.origin && /\/(log|sign)[-_]?in\b/i.test(to.pathname)
}

/** Whether a row without words of a server fits. */
export const fitsBare = ({ code, status, endpoint, when }: Row, facts: Facts): boolean =>
  (code === undefined || code === facts.came.code) &&
  (status === undefined || [status].flat().includes(facts.came.status)) &&
  (endpoint?.includes(facts.endpoint) ?? true) &&
  (when?.(facts) ?? true)
