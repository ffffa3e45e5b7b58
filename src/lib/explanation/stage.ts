/**
 * The stages at which a request can stop, each in the words of the ladder. The order of a list is that of the page;
 * which stage a server checks first is known of a few pairs only, and is in its record.
 */

/** What lies between the page and the server's own code, whatever is asked. */
const way = {
  reach: 'Server reached',
  tls: 'Certificate trusted',
  host: 'Host name accepted',
  preflight: 'Preflight passed',
  https: 'Scheme accepted (https)',
  tenant: 'Realm or tenant found',
  route: 'Path found',
  'http-method': 'HTTP method accepted',
  gateway: 'Past the gateway',
} as const

const credentials = {
  form: 'Form read',
  client: 'Client known',
  method: 'Client authentication method right',
  secret: 'Secret right',
  assertion: 'Client assertion valid',
  enabled: 'Client enabled',
  origin: 'Origin allowed',
} as const

/** Of a request to the token endpoint. @see RFC 6749 section 3.2 */
export const tokenStages = {
  ...way,
  ...credentials,
  'grant-known': 'Grant type known',
  'parameter-present': 'Required parameters sent',
  user: 'Service account found',
  grant: 'Grant allowed to the client',
  binding: 'DPoP proof valid',
  scope: 'Scope allowed',
  resource: 'Resource or audience allowed',
  policy: 'Policy passed',
  issue: 'Token issued',
} as const

/** Of a request to introspection, revocation or registration. @see RFC 7662 section 2, RFC 7009 section 2 */
export const operationStages = {
  ...way,
  ...credentials,
  'parameter-present': 'Required parameters sent',
  token: 'Token found',
  owner: 'Token is the client’s own',
} as const

/** Of a call of a protected resource. @see RFC 6750 section 3 */
export const apiStages = {
  ...way,
  origin: 'Origin allowed',
  csrf: 'CSRF check passed',
  header: 'Credentials found',
  scheme: 'Scheme accepted (Bearer, DPoP)',
  'proof-present': 'DPoP proof found',
  token: 'Token readable',
  key: 'Key found',
  signature: 'Signature valid',
  typ: 'Type of token accepted',
  time: 'Within its lifetime',
  issuer: 'Issuer trusted',
  audience: 'Audience right',
  'proof-valid': 'DPoP proof valid',
  scope: 'Scope sufficient',
  role: 'Role sufficient',
  media: 'Media type accepted',
  handler: 'Request handled',
  setup: 'The API’s own setup',
} as const

/** Of a request for metadata or keys. @see RFC 8414 section 3 */
export const documentStages = {
  ...way,
  shape: 'Document readable',
  issuer: 'Issuer matches',
} as const

type TokenStage = keyof typeof tokenStages
type OperationStage = keyof typeof operationStages
type ApiStage = keyof typeof apiStages
type DocumentStage = keyof typeof documentStages
export type Stage = TokenStage | OperationStage | ApiStage | DocumentStage
