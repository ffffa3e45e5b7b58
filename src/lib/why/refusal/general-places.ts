import type { Row } from './record.ts'
import { refusedScope } from './causes/scope.ts'

const token = ['token', 'introspection', 'revocation'] as const

const said = (says: RegExp, causes: Row['causes'], more: Partial<Row> = {}): Row => ({
  endpoint: token,
  says,
  causes,
  certainty: 'likely',
  ...more,
})

/** What identity services in front of many customers say of the way to them: the path, the tenant, the origin. */
export const placeRows: readonly Row[] = [
  said(/unrecogni[sz]ed (route|path|endpoint)|\bno route\b|^cannot (get|post) \//im, ['path-unknown'], {
    status: 404,
  }),
  said(/\b(tenant|realm)\b.{0,80}(not found|n['’]t exist|not exist|unknown|neither)/i, ['realm-unknown']),
  said(
    /cross-origin|browser requests|\borigin\b.{0,80}not (allowed|permitted)|invalid origin/i,
    ['origin-refused'],
    { when: ({ sent }) => sent.method !== 'OPTIONS' },
  ),
  said(
    /\b(no|missing) client certificate|client certificate\b.{0,30}(missing|required|not (presented|provided|sent))/i,
    ['certificate-not-shown'],
  ),
  said(/unexpected token\b.{0,20}\bjson|\b(invalid|malformed|not valid) json\b/i, ['json-wanted'], {
    when: ({ sent: { json } }) => json === null,
  }),
  said(/(missing|required).{0,30}\b(redirect_uri|response_type)\b/i, ['other-endpoint']),
  said(/\bIP( address)?\b.{0,60}\b(blocked|denied|not (allowed|permitted|whitelisted))/i, [
    'gateway-refuses',
  ]),
  // It was sent: whoever misses it has not read the form.
  said(
    /(missing|required?\b).{0,30}\bgrant_type\b|\bgrant_type\b.{0,20}(missing|required)/i,
    ['form-not-read', 'parameter-missing'],
    { when: ({ sent: { parameters } }) => parameters.has('grant_type') },
  ),
  // A chain of filters in front, which looks for a login of its own.
  said(
    /full authentication is required|authentication object was not found/i,
    ['path-unknown', 'body-ignored', 'method-other'],
    { when: ({ sent: { places } }) => places.length > 0, certainty: 'possible', undecided: true },
  ),
]

const asksNothing: Row['when'] = ({ config: { audience, resource } }) =>
  audience === '' && !resource.some(Boolean)

/** What they say of the API that the token is for: Auth0 asks for it as `audience`, others as `resource`. @see RFC 8707 section 2 */
export const audienceRows: readonly Row[] = [
  {
    endpoint: ['token'],
    says: /\b(no|missing) (audience|resource)\b|\b(audience|resource)\b.{0,40}\b(missing|required|not (provided|sent|specified))/i,
    ofList: true,
    when: asksNothing,
    causes: ['resource-not-sent'],
    certainty: 'likely',
  },
  {
    endpoint: ['token'],
    says: /(service|api|audience|resource server) not found/i,
    when: ({ config: { audience } }) => audience !== '',
    causes: ['resource-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: ['token'],
    says: /not (?:been )?(?:granted|assigned).{0,20}\bscopes?\b/i,
    causes: ['scope-permission-missing'],
    certainty: 'likely',
  },
  {
    // Named without quotation marks.
    endpoint: ['token'],
    says: /\bscopes?\b.{0,60}not (?:been )?(?:granted|assigned)/i,
    when: (facts) => refusedScope(facts) !== null || facts.sent.parameters.has('scope'),
    causes: ['scope-permission-missing'],
    certainty: 'likely',
  },
]
