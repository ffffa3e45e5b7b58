import {
  audiences,
  differing,
  isUnsigned,
  missingClaims,
  triesAssertion,
} from '../../why/refusal/causes/assertion-facts.ts'
import type { CauseId } from '../../why/refusal/causes.ts'
import type { Row } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'

const client = ['token', 'introspection', 'revocation'] as const

/** An identifier is a template: status and the name in quotes say what it is about. */
const row = (id: string, cause: CauseId, more: Partial<Row> = {}): Row => ({
  id,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

/** Said of the request alone: nothing shows that the client was looked for. */
const unread = { open: ['client'] } as const

/** The same of a client assertion, which is a token to this server. */
const ofAssertion = (id: string, cause: CauseId, when: (facts: Facts) => boolean = () => true): Row =>
  row(id, cause, {
    ...unread,
    endpoint: client,
    when: (facts) => triesAssertion(facts) && when(facts),
  })

const lacksAny = (facts: Facts): boolean => missingClaims(facts).some((name) => name !== 'jti')

const credentials: readonly Row[] = [
  row('ID2029', 'client-id-missing', { says: /'client_id'/ }),
  row('ID2029', 'token-parameter-missing', { says: /'token'/ }),
  row('ID2029', 'parameter-missing'),
  // The header is form-decoded: what was sent raw names another client.
  {
    id: 'ID2052',
    says: /'client_id'/,
    when: ({ sent: { places }, config }) =>
      places.includes('header') &&
      config.basic_encoding === 'raw' &&
      /[^\w.*-]/.test(config.client_id + config.client_secret),
    causes: ['basic-not-form-encoded', 'client-unknown'],
    certainty: 'likely',
    stage: 'client',
  },
  row('ID2052', 'client-unknown', { says: /'client_id'/ }),
  row('ID2052', 'scope-unknown', { says: /'scope'/ }),
  row('ID2055', 'secret-wrong', { status: 401, certainty: 'likely', passed: ['client'] }),
  // A header that has no colon, or is not base64.
  { id: 'ID2055', status: 400, causes: ['parameter-missing'], certainty: 'likely', stage: 'form' },
  row('ID2057', 'no-credentials', unread),
  row('ID2198', 'no-credentials'),
  row('ID2087', 'two-credentials', unread),
  row('ID2043', 'public-client', { says: /'grant_type'/, certainty: 'likely', passed: ['client'] }),
  row('ID2053', 'public-client', {
    says: /'client_(secret|assertion)'/,
    certainty: 'likely',
    passed: ['client'],
  }),
]

const rights: readonly Row[] = [
  ...['ID2063', 'ID2075', 'ID2078'].map((id) =>
    row(id, 'endpoint-permission-missing', { passed: ['client'] }),
  ),
  row('ID2064', 'grant-not-allowed', { passed: ['client'] }),
  row('ID2032', 'assertion-type', { says: /'client_assertion_type'/, ...unread }),
  row('ID2032', 'grant-not-enabled'),
  row('ID2035', 'scope-user-only'),
  row('ID2051', 'scope-permission-missing', { passed: ['client'] }),
  row('ID2030', 'resource-malformed', { says: /'resource'/ }),
  row('ID2031', 'resource-malformed', { says: /'resource'/ }),
  row('ID2190', 'resource-unknown'),
  row('ID2192', 'resource-permission-missing', { passed: ['client'] }),
  row('ID2195', 'audience-not-accepted', { says: /'audience'/ }),
  // What the application says if it forbids without words of its own.
  row('ID2024', 'custom-rule', { endpoint: client, certainty: 'likely' }),
]

const assertions: readonly Row[] = [
  // The words have the two parameters the wrong way round.
  ofAssertion('ID2037', 'assertion-missing', ({ sent: { assertion } }) => assertion === null),
  ofAssertion('ID2037', 'assertion-type'),
  ofAssertion('ID2089', 'assertion-typ'),
  // The key is looked for among those of iss.
  {
    ...ofAssertion('ID2090', 'assertion-issuer', (facts) => differing(facts) !== null),
    certainty: 'likely',
  },
  ofAssertion('ID2090', 'assertion-key-unknown'),
  ofAssertion('ID2091', 'assertion-alg-none', ({ sent }) => isUnsigned(sent.assertion)),
  { ...ofAssertion('ID2091', 'assertion-signature'), open: [] },
  ofAssertion('ID2019', 'assertion-expired'),
  ...['ID2093', 'ID2094', 'ID2172'].flatMap((id) => [
    ofAssertion(id, 'assertion-two-audiences', (facts) => audiences(facts).length > 1),
    ofAssertion(id, 'assertion-claim-missing', lacksAny),
  ]),
  ofAssertion('ID2172', 'assertion-claim-missing'),
  ofAssertion('ID2093', 'assertion-audience'),
  ofAssertion('ID2094', 'assertion-audience'),
  ofAssertion('ID2173', 'assertion-issuer'),
  ofAssertion('ID2004', 'assertion-claim-missing', lacksAny),
  ofAssertion('ID2004', 'assertion-malformed'),
]

const way: readonly Row[] = [
  row('ID2083', 'https-required'),
  // Pasted: a preflight that UseCors did not handle.
  {
    id: 'ID2084',
    when: ({ pasted }) => pasted.includes('ID2084'),
    causes: ['cors-after-authentication', 'cors-off'],
    certainty: 'likely',
    stage: 'preflight',
  },
  row('ID2084', 'http-method'),
]

/** What the identifiers of this server prove, as far as they are not about a token at an API. */
export const openIddictRows: readonly Row[] = [...credentials, ...rights, ...assertions, ...way]
