import { practiceAudience, practiceOrigin, reportsAudience } from '../base/origin.ts'

/** How a request says what kind of token it comes with. @see RFC 6750 section 2.1 and RFC 9449 section 7.1 */
export type TokenScheme = 'Bearer' | 'DPoP'

/** A protected resource of the practice server: what it requires of a token is what it checks. */
export interface PracticeApi {
  readonly id: 'greeting' | 'echo' | 'reports' | 'bound' | 'introspected' | 'quiet'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly url: string
  /** What `aud` must name. */
  readonly audience: string
  readonly scope: string
  readonly schemes: readonly TokenScheme[]
  /** Whether it asks the authorization server about each token, or reads JWTs itself. */
  readonly introspects: boolean
  /** Whether a proof needs a nonce of the server. */
  readonly needsNonce: boolean
  /** Whether a page may read why it was refused. */
  readonly exposesChallenge: boolean
  /** What a token must be, for the page. */
  readonly wants: string
  /** One line for the page. */
  readonly description: string
}

const usual = {
  method: 'GET',
  audience: practiceAudience,
  scope: 'read',
  schemes: ['Bearer', 'DPoP'],
  introspects: false,
  needsNonce: false,
  exposesChallenge: true,
} as const

/** Another API is another row, and its response in `api-answers.ts`. */
const rows: readonly Omit<PracticeApi, 'url' | 'wants'>[] = [
  {
    ...usual,
    id: 'greeting',
    path: '/api/greeting',
    description: 'The plain case: it reads the JWT itself, and verifies it with the keys at jwks_uri.',
  },
  {
    ...usual,
    id: 'echo',
    method: 'POST',
    path: '/api/echo',
    scope: 'write',
    description:
      'Says back the method, header fields and body it got. With the scope read alone: 403 insufficient_scope.',
  },
  {
    ...usual,
    id: 'reports',
    path: new URL(reportsAudience).pathname,
    audience: reportsAudience,
    description: `Another API with another audience: ask for the token with resource=${reportsAudience}.`,
  },
  {
    ...usual,
    id: 'bound',
    path: '/api/bound',
    schemes: ['DPoP'],
    needsNonce: true,
    description: 'Accepts no bearer tokens: only the holder of the key a token is bound to gets in.',
  },
  {
    ...usual,
    id: 'introspected',
    path: '/api/introspected',
    introspects: true,
    description:
      'Asks the authorization server about each token: it accepts opaque ones, and notices at once when one is revoked.',
  },
  {
    ...usual,
    id: 'quiet',
    path: '/api/quiet',
    exposesChallenge: false,
    description:
      'The greeting of a server that does not expose WWW-Authenticate: the page sees a 401, and not why.',
  },
]

/** The APIs of the practice server. */
export const practiceApis: readonly PracticeApi[] = rows.map((row) => ({
  ...row,
  url: practiceOrigin + row.path,
  wants: describeWants(row),
}))

function describeWants({ introspects, scope, audience, schemes, needsNonce }: (typeof rows)[number]): string {
  const kind = introspects ? 'A JWT or an opaque token' : 'A JWT'
  const bound = schemes.includes('Bearer') ? '' : ', bound to a key, and a DPoP proof'
  return `${kind} for ${audience} with the scope ${scope}${bound}${needsNonce ? ' with a nonce' : ''}`
}
