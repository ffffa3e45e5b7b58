import type { Facts } from '../../../why/refusal/facts/facts.ts'
import type { RefusalRecord } from '../../../why/refusal/record.ts'
import { wantedSchemes, schemeOf } from '../../../why/refusal/api-causes/seen-token.ts'

const api = ['api'] as const

/** REST framework's words for no credentials; it says them of a token that it does not know, too. */
const notProvided = /^Authentication credentials were not provided\.$/m

const sendsNothing = ({ sent: { authorization } }: Facts): boolean => authorization === null

/** A page says nothing, and neither does an empty response. */
const isEmpty = ({ came: { layer } }: Facts): boolean => layer === 'empty'

/** APIs of Django: the views of django-oauth-toolkit, and REST framework. */
export const djangoApi: RefusalRecord = {
  name: 'Django',
  order: [],
  rows: [
    {
      endpoint: api,
      says: notProvided,
      when: sendsNothing,
      causes: ['no-credentials'],
      certainty: 'certain',
    },
    {
      endpoint: api,
      says: notProvided,
      when: (facts) => wantedSchemes(facts).length > 0 && !wantedSchemes(facts).includes(schemeOf(facts)),
      causes: ['scheme-wrong'],
      certainty: 'certain',
      passed: ['header'],
    },
    {
      endpoint: api,
      says: notProvided,
      when: ({ past }) => past.revoked,
      causes: ['token-revoked'],
      certainty: 'likely',
      passed: ['header', 'scheme'],
    },
    {
      endpoint: api,
      says: notProvided,
      code: 'invalid_token',
      causes: ['token-unknown'],
      certainty: 'likely',
      passed: ['header', 'scheme'],
    },
    // CORS hides the challenge, or SessionAuthentication is first and has none.
    { endpoint: api, says: notProvided, causes: ['token-unknown'], certainty: 'likely' },
    {
      endpoint: api,
      says: /^The access token is invalid\.$/m,
      causes: ['token-unknown'],
      certainty: 'likely',
      passed: ['header', 'scheme'],
    },
    {
      endpoint: api,
      says: /^You do not have permission to perform this action\.$/m,
      causes: ['user-needed', 'scope-insufficient'],
      certainty: 'possible',
      passed: ['header', 'scheme', 'token'],
    },
    { endpoint: api, status: 401, when: sendsNothing, causes: ['no-credentials'], certainty: 'certain' },
    {
      endpoint: api,
      status: 403,
      when: (facts) => isEmpty(facts) && sendsNothing(facts),
      causes: ['no-credentials'],
      certainty: 'certain',
    },
    {
      endpoint: api,
      status: 403,
      when: (facts) => isEmpty(facts) && facts.past.issued && !facts.past.revoked,
      causes: ['scope-insufficient'],
      certainty: 'likely',
    },
    {
      endpoint: api,
      status: 403,
      when: isEmpty,
      causes: ['token-unknown', 'scope-insufficient'],
      certainty: 'possible',
    },
    { endpoint: api, status: 500, causes: ['exception', 'metadata-not-fetched'], certainty: 'likely' },
  ],
  fixes: {
    'user-needed': () => [
      'Use TokenHasScope (oauth2_provider.contrib.rest_framework) in permission_classes in place of IsAuthenticated: that wants a user, and a token of this grant has none.',
    ],
    'token-unknown': () => [
      'Put OAuth2Authentication first in authentication_classes: SessionAuthentication in front of it makes 403 of every refusal, and hides the challenge.',
    ],
    'scope-insufficient': () => [
      'Compare required_scopes of the view with the scope of the token; what is not in SCOPES nobody gets.',
    ],
  },
  meanings: {
    'token-unknown':
      'REST framework says that no credentials were provided. They were: no authentication class accepted the token, which is unknown there, expired or revoked.',
  },
  log: 'Send the same call without a token: if the response is the same, the token was never counted.',
}
