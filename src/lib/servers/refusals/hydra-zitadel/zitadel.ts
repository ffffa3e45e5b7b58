import { triesAssertion } from '../../../why/refusal/causes/assertion-facts.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import { sendsSecret } from '../../../why/refusal/facts/credentials.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'

const client = ['token', 'introspection', 'revocation'] as const
const token = ['token'] as const

const hasClientId = ({ config }: Facts): boolean => config.client_id !== ''

/** Client and secret are looked up together, among service users alone. */
const userOrPassword = (row: Pick<Row, 'says' | 'code'>): readonly Row[] => [
  { endpoint: token, ...row, when: triesAssertion, causes: ['assertion-not-for-grant'], certainty: 'likely' },
  {
    endpoint: token,
    ...row,
    when: (facts) => hasClientId(facts) && !sendsSecret(facts),
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    ...row,
    when: sendsSecret,
    causes: ['secret-wrong', 'client-unknown'],
    certainty: 'likely',
  },
]

const rows: readonly Row[] = [
  {
    endpoint: client,
    says: /^invalid basic auth header$/m,
    causes: ['basic-not-form-encoded'],
    certainty: 'certain',
    stage: 'client',
  },
  {
    endpoint: client,
    says: /^client_id or client_assertion must be provided$|^client_id missing from request$/m,
    causes: ['client-id-missing'],
    certainty: 'certain',
  },
  {
    endpoint: client,
    says: /^client authentication must not use more than one method$/m,
    causes: ['two-credentials'],
    certainty: 'certain',
  },
  ...userOrPassword({ says: /^wrong service user or password$/m }),
  {
    endpoint: token,
    says: /^grant_type "client_credentials" not allowed$/m,
    causes: ['grant-not-allowed'],
    certainty: 'certain',
    passed: ['client', 'secret'],
  },
  {
    endpoint: ['introspection'],
    says: /^client not found$/m,
    causes: ['introspection-needs-api'],
    certainty: 'likely',
  },
  {
    endpoint: ['introspection'],
    says: /^invalid secret$/m,
    causes: ['secret-wrong'],
    certainty: 'certain',
    passed: ['client'],
  },
  {
    endpoint: ['introspection'],
    says: /^no client credentials provided$/m,
    causes: ['body-ignored'],
    certainty: 'likely',
  },
  {
    endpoint: ['introspection', 'revocation'],
    says: /^token missing$/m,
    causes: ['token-parameter-missing'],
    certainty: 'certain',
  },
  {
    endpoint: ['revocation'],
    says: /^token was not issued for this client$/m,
    causes: ['token-of-another-client'],
    certainty: 'certain',
    passed: ['client', 'secret'],
  },
  {
    endpoint: ['revocation'],
    says: /^invalid client_id \/ client_secret$/m,
    causes: ['secret-wrong', 'client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: ['metadata'],
    status: 404,
    causes: ['metadata-elsewhere'],
    certainty: 'certain',
  },
  ...userOrPassword({ code: 'invalid_client' }),
  {
    endpoint: ['introspection'],
    code: 'unauthorized_client',
    causes: ['introspection-needs-api', 'secret-wrong'],
    certainty: 'likely',
  },
  // It has words for a secret that is wrong.
  {
    endpoint: ['revocation'],
    code: 'invalid_client',
    when: sendsSecret,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
]

/** What Zitadel says when it refuses, by the library zitadel/oidc. */
export const zitadel: RefusalRecord = {
  name: 'Zitadel',
  rows,
  order: [['secret', 'grant']],
  fixes: {
    'client-unknown': () => [
      'Use the ID of a service user (Console → Service Users → Actions → Generate Client Secret): other clients have no client credentials grant.',
    ],
    'secret-wrong': () => [
      'Generate the secret once more: Console → Service Users → Actions → Generate Client Secret.',
    ],
    'introspection-needs-api': () => [
      'Use the credentials of an API (Console → Project → New → API): a service user may not introspect.',
    ],
    'basic-not-form-encoded': () => [
      { text: 'Form-encode ID and secret in the header', change: { basic_encoding: 'form' as const } },
    ],
    'grant-not-allowed': () => ['Use a service user with a client secret: its grant is client_credentials.'],
    'path-unknown': ({ endpoint, sent: { url } }) => {
      if (endpoint !== 'token') return []
      const plain = url.href.replace(/\/$/, '')
      return plain === url.href
        ? [
            'Compare the path with token_endpoint in the metadata (Find): the product has /oauth/v2/token, its library /oauth/token.',
          ]
        : [{ text: `Use ${plain}, without the slash at its end`, moveTo: plain }]
    },
  },
  meanings: {
    'client-unknown':
      'For this grant the server looks for service users alone: a client of an application is unknown to it, with its secret, too.',
    'secret-wrong':
      'The server looks for a service user with this ID and this secret, and has none: one of the two is wrong.',
  },
  rejects: ({ basic_encoding: encoding, dpop, token_endpoint_auth_method: method, resource, audience }) =>
    // It form-decodes the header, has neither DPoP nor assertions for this grant, and ignores resource and audience.
    encoding === 'raw' ||
    dpop?.on === true ||
    method === 'private_key_jwt' ||
    (resource ?? []).length > 0 ||
    (audience ?? '') !== '',
}

const userinfo = ['api'] as const
const noToken = ({ sent: { authorization } }: Facts): boolean => authorization === null

/** What its /userinfo says to a token of this grant, which has no user. */
export const zitadelApi: RefusalRecord = {
  name: 'Zitadel',
  rows: [
    {
      endpoint: userinfo,
      says: /^access token (?:invalid|missing)$/m,
      when: noToken,
      causes: ['no-credentials'],
      certainty: 'certain',
    },
    { endpoint: userinfo, says: /^user not found$/m, causes: ['user-needed'], certainty: 'certain' },
    {
      endpoint: userinfo,
      says: /^access token invalid$/m,
      causes: ['token-not-active'],
      certainty: 'likely',
    },
    {
      endpoint: userinfo,
      status: 403,
      when: ({ sent: { url } }) => url.pathname.endsWith('/userinfo'),
      causes: ['user-needed'],
      certainty: 'likely',
    },
  ],
  order: [['token', 'role']],
  meanings: {
    'user-needed':
      'A token of the client credentials grant is of a service: no user logged in, and /userinfo tells of users.',
    'token-not-active':
      'The server that issued tokens has none like this that is active: it is of another server, has expired, or was revoked.',
  },
}
