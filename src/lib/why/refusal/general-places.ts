import type { Facts } from './facts/facts.ts'
import type { Row } from './record.ts'
import { sentCharset } from './causes/reads.ts'
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
  said(
    /\b(tenant|realm)\b.{0,80}(not found|n['’]t exist|not exist|unknown|neither)|\b(unknown|invalid|no such) (tenant|realm)\b/i,
    ['realm-unknown'],
  ),
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
    ['charset-refused', 'form-not-read', 'parameter-missing'],
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
    says: /\b(no|missing)( required)?( parameter)?:? ['"]?(audience|resource)\b|\b(audience|resource)\b.{0,40}\b(missing|required|not (provided|sent|specified))/i,
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
    // Auth0, Entra ID, and whoever names the audience itself.
    endpoint: ['token'],
    says: /service not enabled within domain|resource principal\b.{0,200}not found|\baudience\b.{0,200}not (be )?(registered|known|found)|\bunknown audience\b|\bresource ['"]?[a-z]+:\S+ (is |was )?(unknown|not (found|known|registered))/i,
    when: ({ config: { audience }, came: { words } }) => audience === '' || !words.includes(audience),
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

const sentForm = ({ sent: { type } }: Facts): boolean => /x-www-form-urlencoded/i.test(type)

/** That the type of the body is another than the server reads, under any of its names. */
const refusesType =
  /\b(content|media|mime)[- _]?types?\b.{0,80}\b(invalid|wrong|unsupported|unexpected|unknown|mismatch|must|should|expected|requires?d?|only|not (be )?(supported|accept(ed|able)|allowed|valid|recogni[sz]ed))\b|\b(invalid|wrong|unsupported|unexpected|unacceptable|unknown|mismatched|cannot consume|expected|requires?|only|use)\b.{0,60}\b(content|media|mime)[- _]?types?\b/i

/** That the parameter of the type is what the server refuses. */
const refusesCharset =
  /\bcharset ?=|\b(unsupported|invalid|unknown|unexpected) (charset|character (set|encoding))\b|\bcharset\b.{0,40}\b(not|un\w+|invalid|remove|without)\b/i

const wantsJson =
  /\b(expect(s|ed|ing)?|supported|must|should|use|only|requires?d?|accepts?|needs?|wants?)\b[^/]{0,40}["' ]application\/json\b/i

/** What servers say of the type of a form. @see RFC 6749 section 4.4.2, RFC 9110 section 15.5.16 */
export const mediaRows: readonly Row[] = [
  said(wantsJson, ['json-wanted'], { when: sentForm }),
  // Spring compares types without their parameters, and quotes a charset that it added itself.
  said(/\bcontent[- ]type '[^']*' (is )?not supported/i, ['charset-refused', 'json-wanted'], {
    when: sentCharset,
  }),
  said(/\bcontent[- ]type '[^']*' (is )?not supported/i, ['json-wanted', 'charset-added'], {
    when: sentForm,
  }),
  said(refusesCharset, ['charset-refused'], { when: sentCharset, certainty: 'certain' }),
  said(refusesCharset, ['charset-added', 'json-wanted'], { when: sentForm }),
  said(refusesType, ['charset-refused'], { when: sentCharset }),
  // The server asks for what was sent.
  said(refusesType, ['charset-added', 'form-not-read'], {
    when: (facts) => sentForm(facts) && /x-www-form-urlencoded/i.test(facts.came.words),
  }),
  said(refusesType, ['json-wanted', 'form-not-read', 'charset-added'], {
    when: sentForm,
    certainty: 'possible',
    undecided: true,
  }),
]
