import type { ConfigChange } from '../../explanation/config-change.ts'
import type { Fix } from '../../explanation/explanation.ts'
import type { Organisation } from '../../explanation/server-record.ts'
import { issuerOf } from '../../oauth/config/derived-values.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'
import { audiences, lifetimeOf } from '../../why/refusal/causes/assertion-facts.ts'
import type { CauseId } from '../../why/refusal/causes.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { headerOf } from '../../why/refusal/facts/sent.ts'
import { readOrganisation, writeOrganisation } from '../records/helseid/organisation.ts'
import { bareClientRows } from './bare-client.ts'
import { duendeProofRows } from './duende-proof.ts'

const demandedTyp = 'client-authentication+jwt'

/** How long an assertion may be good, in seconds. */
const longest = 60

/** Whether aud is another than the issuer alone; without an issuer, whether it is the token endpoint. */
function isForAnother(facts: Facts): boolean {
  const named = audiences(facts)
  const issuer = issuerOf(facts.config)
  return issuer === ''
    ? named.includes(facts.config.token_endpoint)
    : named.length > 0 && named.some((aud) => aud !== issuer)
}

/** A bare `invalid_client`: what is otherwise than the guide demands is the likely reason. */
const bareClient = bareClientRows([
  [({ sent: { assertion } }) => assertion === null, 'method-other'],
  [isForAnother, 'assertion-audience'],
  [({ sent: { assertion } }) => headerOf(assertion, 'typ') !== demandedTyp, 'assertion-typ'],
  [({ sent: { assertion }, now }) => (lifetimeOf(assertion, now) ?? 0) > longest, 'assertion-lifetime'],
])

/** The numbers are in HelseID’s own words, under whatever code. */
const numbered = (number: number, cause: CauseId, passed: Row['passed'] = []): Row => ({
  says: new RegExp(`\\bHID-${number}\\b`, 'i'),
  causes: [cause],
  certainty: 'certain',
  passed,
})

const rows: readonly Row[] = [
  numbered(1001, 'organisation-parent-not-listed', ['client']),
  numbered(1002, 'organisation-child-not-listed', ['client']),
  numbered(1003, 'organisation-child-not-listed', ['client']),
  numbered(1004, 'organisation-number-format'),
  numbered(1005, 'organisation-not-enabled', ['client']),
  numbered(1006, 'organisation-not-enabled', ['client']),
  numbered(1007, 'organisation-structure'),
  numbered(1008, 'method-other', ['client']),
  numbered(1009, 'grant-not-allowed', ['client']),
  numbered(1010, 'organisation-not-enabled', ['client']),
  ...duendeProofRows,
  ...bareClient,
  {
    code: 'invalid_client',
    causes: ['client-unknown', 'assertion-signature', 'client-disabled'],
    certainty: 'possible',
  },
  {
    code: 'invalid_scope',
    when: ({ config: { scope } }) => scope.trim() === '',
    causes: ['scope-not-sent'],
    certainty: 'likely',
    stage: 'scope',
  },
  { code: 'invalid_scope', causes: ['scope-refused'], certainty: 'certain' },
  { code: 'unsupported_grant_type', causes: ['grant-not-enabled'], certainty: 'certain' },
]

/** HelseID has one way for a client to authenticate, and a shape for its assertion: what undoes that is no fix. */
function rejects({ token_endpoint_auth_method: method, assertion, dpop }: ConfigChange): boolean {
  return (
    (method !== undefined && method !== 'private_key_jwt') ||
    (assertion?.aud !== undefined && assertion.aud !== 'issuer') ||
    (assertion?.typ !== undefined && assertion.typ !== demandedTyp) ||
    (assertion?.lifetime !== undefined && assertion.lifetime > longest) ||
    dpop?.on === false
  )
}

/** Another organisation in the same assertion. */
const naming = (text: string, { config }: Facts, organisation: Organisation): Fix => ({
  text,
  change: { assertion: { payload: writeOrganisation(config.assertion.payload, organisation) } },
})

const nobody = (facts: Facts): Fix => naming('Name no organisation', facts, { tenancy: 'none' })

const fixes: NonNullable<RefusalRecord['fixes']> = {
  'method-other': () => [
    {
      text: 'Sign an assertion with the client’s private key (private_key_jwt)',
      change: { token_endpoint_auth_method: 'private_key_jwt' },
    },
    'Import the private key (JWK) of the client: HelseID accepts private_key_jwt only, whatever its metadata list.',
  ],
  'client-unknown': () => [
    'Compare the client ID with the one in HelseID Selvbetjening; test and production have clients of their own.',
  ],
  'organisation-child-not-listed': (facts) => {
    const organisation = readOrganisation(facts.config.assertion.payload)
    return [
      ...(organisation?.tenancy === 'multi' && organisation.child !== ''
        ? [naming('Name the parent organisation only', facts, { ...organisation, child: '' })]
        : []),
    ]
  },
  'organisation-not-enabled': (facts) => {
    const organisation = readOrganisation(facts.config.assertion.payload)
    return [
      ...(organisation?.tenancy === 'multi' && organisation.child !== ''
        ? [
            naming('Name the child organisation only', facts, {
              tenancy: 'single',
              child: organisation.child,
            }),
          ]
        : []),
      nobody(facts),
    ]
  },
  'organisation-number-format': (facts) => [nobody(facts)],
  'organisation-structure': (facts) => [nobody(facts)],
}

/** NHN’s HelseID, which is built on Duende’s server. */
export const helseId: RefusalRecord = {
  name: 'HelseID',
  rows,
  // HelseID itself was never seen to refuse: nothing of its order is measured.
  order: [],
  fixes,
  meanings: {
    'method-other':
      'HelseID authenticates clients by an assertion that their private key signed, and in no other way.',
    'assertion-audience':
      'HelseID accepts its issuer as the one aud of an assertion, not its token endpoint.',
    'assertion-typ': `HelseID demands typ ${demandedTyp} in the header of the assertion.`,
    'assertion-lifetime': `HelseID accepts an exp of at most ${longest} s ahead.`,
    'proof-missing': 'HelseID binds every token to a key: each request carries a DPoP proof.',
  },
  rejects,
}
