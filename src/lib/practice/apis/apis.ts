import { mcpAudience, practiceAudience, practiceOrigin, reportsAudience } from '../base/origin.ts'

/** How a request says what kind of token it comes with. @see RFC 6750 section 2.1 and RFC 9449 section 7.1 */
export type TokenScheme = 'Bearer' | 'DPoP'

/** A protected resource of the practice server: what it requires of a token is what it checks. */
export interface PracticeApi {
  readonly id: 'greeting' | 'echo' | 'reports' | 'bound' | 'introspected' | 'quiet' | 'mcp'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly url: string
  /** What `aud` must name, unless that is the URL of this API alone. */
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

/** Another API is another row, and its response in `api-answers.ts`; that of MCP has a room of its own. */
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
  {
    ...usual,
    id: 'mcp',
    method: 'POST',
    path: new URL(mcpAudience).pathname,
    audience: mcpAudience,
    scope: 'mcp:tools',
    description: `An MCP server: ask for the token with resource=${mcpAudience} and the scope mcp:tools. It knows server/discover of 2026-07-28, and initialize of the versions before.`,
  },
]

/** The APIs of the practice server. */
export const practiceApis: readonly PracticeApi[] = rows.map((row) => ({
  ...row,
  url: practiceOrigin + row.path,
  wants: describeWants(row),
}))

/** The API with that id. */
export function practiceApi(id: PracticeApi['id']): PracticeApi {
  const found = practiceApis.find((api) => api.id === id)
  if (!found) throw new Error(`There is no API ${id}`)
  return found
}

/** What `aud` may name at an API: what it shares with others, or its own URL. */
export const audiencesOf = ({ audience, url }: PracticeApi): readonly string[] => [
  ...new Set([audience, url]),
]

function describeWants({ introspects, scope, audience, schemes, needsNonce }: (typeof rows)[number]): string {
  const kind = introspects ? 'A JWT or an opaque token' : 'A JWT'
  const bound = schemes.includes('Bearer') ? '' : ', bound to a key, and a DPoP proof'
  return `${kind} for ${audience} with the scope ${scope}${bound}${needsNonce ? ' with a nonce' : ''}`
}
