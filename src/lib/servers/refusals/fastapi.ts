import { headerValue } from '../../http/message.ts'
import { isOpaque, schemeOf, wantedSchemes } from '../../why/refusal/api-causes/seen-token.ts'
import { ofToken } from '../../why/refusal/textbook-api.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'
import { pyJwt, pyJwtRows } from './apis/pyjwt.ts'

const token = ['token', 'introspection', 'revocation'] as const
const api = ['api'] as const

/** FastAPI's words for "no header of this scheme". Wrong credentials get other words. */
const notFound = /^Not authenticated$/m

const sentInBody = ({ sent: { places } }: Facts): boolean =>
  places.includes('body') && !places.includes('header')

const asksFor =
  (scheme: string) =>
  (facts: Facts): boolean =>
    wantedSchemes(facts).includes(scheme)

/** Starlette's own text of an exception that nothing caught. */
const isPlain = ({ came: { response } }: Facts): boolean =>
  /^text\/plain\b/i.test(headerValue(response.headers, 'content-type') ?? '')

const log =
  'Read what uvicorn prints: the exception and its traceback are there. Responses of exceptions come from outside CORSMiddleware, without CORS.'

/** What token endpoints written with FastAPI say. */
export const fastApi: RefusalRecord = {
  name: 'FastAPI',
  order: [],
  rows: [
    {
      endpoint: token,
      says: notFound,
      when: (facts) => sentInBody(facts) && asksFor('basic')(facts),
      causes: ['body-ignored'],
      certainty: 'certain',
    },
    // CORS hides the challenge, which names the scheme.
    { endpoint: token, says: notFound, when: sentInBody, causes: ['body-ignored'], certainty: 'likely' },
    {
      endpoint: token,
      says: notFound,
      when: ({ sent: { places } }) => places.length === 0,
      causes: ['no-credentials'],
      certainty: 'certain',
    },
    {
      endpoint: ['metadata'],
      status: 404,
      causes: ['metadata-elsewhere'],
      certainty: 'likely',
    },
    { endpoint: token, status: 404, causes: ['path-unknown'], certainty: 'certain' },
    {
      endpoint: token,
      status: 405,
      // Something else is at this path.
      when: ({ came: { response } }) => headerValue(response.headers, 'allow') !== 'POST',
      causes: ['other-endpoint'],
      certainty: 'likely',
    },
    {
      endpoint: token,
      status: 500,
      says: /^Internal Server Error$/,
      when: isPlain,
      causes: ['exception'],
      certainty: 'certain',
    },
  ],
  fixes: {
    exception: () => [log],
    'metadata-elsewhere': () => [
      'Append /.well-known/openid-configuration to the issuer, or look in /openapi.json: it lists every path of a FastAPI server.',
    ],
    'path-unknown': () => ['Look in /docs or /openapi.json: they list every path of a FastAPI server.'],
    'basic-ignored': () => [
      'Or let the server read the Basic header: HTTPBasic of fastapi.security in place of Form().',
    ],
  },
}

const isOpaqueToken = (facts: Facts): boolean => facts.sent.token !== null && isOpaque(facts)

/** "Could not validate credentials" is said of every fault of a token: what can be seen in it comes first. */
const unsaid: readonly Row[] = [
  {
    endpoint: api,
    says: /^Could not validate credentials$/m,
    when: isOpaqueToken,
    causes: ['token-not-jwt'],
    certainty: 'likely',
    passed: ['header', 'scheme'],
  },
  {
    endpoint: api,
    says: /^Could not validate credentials$/m,
    causes: ofToken.filter(
      (id) => id !== 'token-reference' && id !== 'key-unknown' && id !== 'typ-not-valid',
    ),
    certainty: 'possible',
    passed: ['header', 'scheme'],
  },
]

const looksFor = (row: Omit<Row, 'endpoint' | 'says'>): Row => ({
  endpoint: api,
  says: notFound,
  status: [401, 403],
  ...row,
})

/** What APIs written with FastAPI say, as its documentation and tutorials have them. */
export const fastApiApi: RefusalRecord = {
  name: 'FastAPI',
  order: [],
  rows: [
    ...pyJwtRows,
    ...unsaid,
    looksFor({ when: asksFor('apikey'), causes: ['header-other'], certainty: 'certain' }),
    looksFor({
      when: ({ sent: { authorization } }) => authorization === null,
      causes: ['no-credentials'],
      certainty: 'certain',
    }),
    looksFor({
      when: (facts) => wantedSchemes(facts).length > 0 && !wantedSchemes(facts).includes(schemeOf(facts)),
      causes: ['scheme-wrong'],
      certainty: 'certain',
      passed: ['header'],
    }),
    // The challenge would name the header or the scheme.
    looksFor({ causes: ['header-other', 'scheme-wrong', 'credentials-lost'], certainty: 'possible' }),
    {
      endpoint: api,
      says: /^Not enough permissions$/m,
      causes: ['scope-insufficient'],
      certainty: 'certain',
      passed: ['header', 'scheme', 'token', 'signature', 'time'],
    },
    {
      endpoint: api,
      code: 'insufficient_scope',
      says: /scope/i,
      causes: ['scope-insufficient'],
      certainty: 'certain',
      passed: ['header', 'scheme'],
    },
    { endpoint: api, status: 404, causes: ['path-unknown'], certainty: 'certain' },
    {
      endpoint: api,
      status: 405,
      causes: ['http-method'],
      certainty: 'certain',
      passed: ['route'],
    },
    {
      endpoint: api,
      status: 500,
      says: /^Internal Server Error$/,
      when: isPlain,
      causes: ['exception', 'metadata-not-fetched'],
      certainty: 'likely',
    },
  ],
  fixes: { ...pyJwt.fixes, exception: () => [log] },
}
