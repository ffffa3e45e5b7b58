import { asString, member } from '../../json/value.ts'
import { claimsOf, decode } from '../../jwt/decode/decode.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'
import { audiences, missingClaims, triesAssertion } from '../../why/refusal/causes/assertion-facts.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { bareClientRows } from './bare-client.ts'
import { duendeProofRows } from './duende-proof.ts'
import { endpointOf, identityServerFixes } from './identityserver-fixes.ts'
import { identityServerLines, identityServerLog, isChangedByDecoding } from './identityserver-log.ts'

const token = ['token'] as const
const introspection = ['introspection'] as const
const revocation = ['revocation'] as const

/** What this server accepts as a client ID, in characters. */
const longestId = 100

const isAnonymous = (facts: Facts): boolean => facts.config.client_id === '' && !triesAssertion(facts)

const isForAnother = (facts: Facts): boolean =>
  audiences(facts).length > 0 && !audiences(facts).includes(endpointOf(facts))

/** Whether a client asks for its own token, with the credentials that got it. */
function isClientItself({ config, sent: { parameters } }: Facts): boolean {
  const claims = claimsOf(decode(parameters.get('token') ?? ''))
  return config.client_id !== '' && asString(member(claims, 'client_id')) === config.client_id
}

const bareClient = bareClientRows([
  [isAnonymous, 'client-id-missing'],
  [({ sent: { places } }) => places.length > 1, 'two-credentials'],
  [({ config }) => config.client_id.length > longestId, 'client-id-too-long'],
  [isForAnother, 'assertion-audience'],
  [(facts) => missingClaims(facts).length > 0, 'assertion-claim-missing'],
])

const rows: readonly Row[] = [
  ...duendeProofRows,
  ...identityServerLines,

  // Introspection knows APIs, and responds to everybody else with an empty 401.
  {
    endpoint: introspection,
    status: 401,
    when: isClientItself,
    causes: ['introspection-needs-api'],
    certainty: 'likely',
  },
  {
    endpoint: introspection,
    status: 401,
    when: ({ sent: { places } }) => places.length === 0,
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  {
    endpoint: introspection,
    status: 401,
    causes: ['introspection-needs-api', 'secret-wrong'],
    certainty: 'possible',
  },
  {
    endpoint: introspection,
    code: 'missing_token',
    causes: ['token-parameter-missing'],
    certainty: 'certain',
  },
  {
    endpoint: revocation,
    code: 'invalid_request',
    causes: ['token-parameter-missing'],
    certainty: 'likely',
  },
  {
    endpoint: revocation,
    code: 'unsupported_token_type',
    causes: ['token-type-hint-unknown'],
    certainty: 'certain',
  },

  // The server itself never describes: words are those of a validator that the operator wrote.
  {
    endpoint: token,
    status: 400,
    when: ({ came: { code, words } }) => words !== '' && !/dpop|target/.test(code),
    causes: ['custom-rule'],
    certainty: 'likely',
    passed: ['client'],
  },
  ...bareClient,
  {
    code: 'invalid_client',
    when: isChangedByDecoding,
    causes: ['basic-not-form-encoded'],
    stage: 'client',
    certainty: 'likely',
  },
  {
    code: 'invalid_client',
    when: triesAssertion,
    causes: [
      'assertion-key-unknown',
      'assertion-signature',
      'client-unknown',
      'assertion-not-enabled',
      'assertion-missing',
      'assertion-malformed',
      'client-configuration-invalid',
      'client-disabled',
    ],
    certainty: 'possible',
  },
  {
    code: 'invalid_client',
    causes: [
      'no-credentials',
      'secret-wrong',
      'client-unknown',
      'client-configuration-invalid',
      'client-disabled',
    ],
    certainty: 'possible',
  },
  {
    endpoint: token,
    code: 'unauthorized_client',
    causes: ['grant-not-allowed'],
    certainty: 'certain',
    passed: ['client'],
  },
  {
    endpoint: token,
    code: 'invalid_scope',
    when: ({ config: { scope } }) =>
      /(^|\s)(openid|profile|email|address|phone|offline_access)(\s|$)/.test(scope),
    causes: ['scope-user-only'],
    certainty: 'certain',
    passed: ['client'],
  },
  {
    // None was sent, and none is refused: the client has none.
    endpoint: token,
    code: 'invalid_scope',
    when: ({ config: { scope } }) => scope.trim() === '',
    causes: ['scope-permission-missing'],
    certainty: 'likely',
    passed: ['client'],
  },
  {
    endpoint: token,
    code: 'invalid_scope',
    causes: ['scope-refused'],
    certainty: 'certain',
    passed: ['client'],
  },
]

/** IdentityServer4, and Duende's server, which came out of it. */
export const identityServer: RefusalRecord = {
  name: 'IdentityServer',
  rows,
  // No captured case has two faults that a response tells apart.
  order: [],
  fixes: identityServerFixes,
  meanings: {
    'assertion-audience':
      'IdentityServer4 accepts the address of its token endpoint as aud, alone or in a list, and not its issuer. Duende’s server accepts both, unless its strict validation of audiences is on: then its issuer only.',
    'assertion-not-enabled':
      'The server does not look at assertions as it comes, and its metadata do not list private_key_jwt then.',
    'introspection-needs-api':
      'Introspection is for the API that gets the token: the name and a secret of its ApiResource. The ID and the secret of a client are refused with an empty 401.',
  },
  // Only strict validation at Duende’s server refuses the token endpoint: then the issuer is left.
  rejects: ({ assertion }, facts) => assertion?.aud === 'issuer' && isForAnother(facts),
  log: identityServerLog,
}
