import type { Stage } from '../../../explanation/stage.ts'
import type { CauseId } from '../../../why/refusal/causes.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import { fieldOf, isModern, isOtherType, isRpc } from '../../../why/refusal/api-causes/seen-mcp.ts'
import { isOpaque } from '../../../why/refusal/api-causes/seen-token.ts'
import { quoted } from '../../../text/quoted.ts'

const api = ['api'] as const

/** The request is at fault, and its words say how. */
const said = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: api,
  says,
  ofList: true,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

/** A code of JSON-RPC or of MCP. One with 401 or 403 is about the token. @see https://www.jsonrpc.org/specification#error_object */
const coded = (code: string, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: api,
  id: `JSON-RPC ${code}`,
  when: ({ came: { status } }) => status !== 401 && status !== 403,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

/** TypeScript, Python and FastMCP, of a call without a session that they know. */
const noSession = /\bNo valid session ID provided\b|\bmissing session ID\b|\bServer not initialized\b/i

/** What was sent says why the server found none, the words alone do not. */
const session = (causes: Row['causes'], when: (facts: Facts) => boolean): Row => ({
  endpoint: api,
  says: noSession,
  ofList: true,
  when,
  causes,
  certainty: 'likely',
})

const sendsNoMessage = ({ sent: { method, rpc } }: Facts): boolean => method === 'POST' && rpc === null

/** A list of alternatives (FastMCP), and what is said of every token, and of none (Python). */
const saysNothing = /\bbearer token is invalid, expired, or no longer recognized\b|^Authentication required$/m

/** All that it may be: what the token and the challenge show decides. */
const ofToken: readonly CauseId[] = [
  'scope-insufficient',
  'token-expired',
  'audience-missing',
  'audience-other',
  'issuer-other',
  'key-unknown',
  'signature-wrong',
  'token-not-yet-valid',
]

/** Python says 403 of a scope that is missing. */
const withoutScope = ofToken.filter((id) => id !== 'scope-insufficient')

const found = ['header', 'scheme'] as const

const isBearer = ({ sent: { authorization } }: Facts): boolean =>
  /^bearer$/i.test(authorization?.scheme ?? '')

/** Words that say nothing, of a token that was sent. */
const silent = (causes: Row['causes'], when: (facts: Facts) => boolean, more: Partial<Row> = {}): Row => ({
  endpoint: api,
  code: 'invalid_token',
  status: 401,
  says: saysNothing,
  ofList: true,
  when: (facts) => facts.sent.authorization !== null && when(facts),
  causes,
  certainty: 'possible',
  passed: found,
  ...more,
})

const rows: readonly Row[] = [
  said(/^Invalid Origin header$|^Forbidden Origin$/m, 'mcp-origin', { status: 403 }),
  // Of the SDK for TypeScript.
  said(/^Token was not issued for this resource$/m, 'audience-other', { status: 401, passed: found }),
  said(/^Invalid Host(?: header$|: )/m, 'host-not-allowed', { status: [403, 421] }),
  said(/\bClient must accept both application\/json and text\/event-stream\b/, 'mcp-accept'),
  said(/\bContent-Type must be application\/json\b|^Invalid Content-Type header$/m, 'media-type'),
  coded('-32020', 'mcp-header-mismatch'),
  coded('-32021', 'mcp-capability'),
  coded('-32022', 'mcp-version'),
  said(/\bUnsupported protocol version\b/, 'mcp-version', { when: isRpc }),
  coded('-32602', 'mcp-meta-missing', { says: /\b_meta\b/ }),
  session(['media-type'], (facts) => facts.sent.rpc !== null && isOtherType(facts)),
  session(['mcp-no-message'], sendsNoMessage),
  // Servers of both generations count a request without that header to the older one.
  {
    ...session(
      ['mcp-header-mismatch', 'mcp-session-missing'],
      (facts) => isModern(facts) && fieldOf(facts, 'mcp-protocol-version') === null,
    ),
    says: /\bMissing session ID\b/,
  },
  session(
    ['mcp-session-unknown', 'mcp-session-missing'],
    (facts) => fieldOf(facts, 'mcp-session-id') !== null,
  ),
  said(noSession, 'mcp-session-missing'),
  said(/^Session not found$/m, 'mcp-session-unknown', { when: isRpc }),
  coded('-32601', 'mcp-method-unknown'),
  coded('-32700', 'body-not-json'),
  coded('-32600', 'mcp-no-message', {
    says: /\bnot a valid JSON-RPC message\b|^Invalid Request\b/m,
    when: sendsNoMessage,
  }),
  coded('-32602', 'mcp-params'),
  coded('-32603', 'exception'),
  {
    endpoint: api,
    says: /^Method not allowed\b/im,
    status: 405,
    when: ({ sent, came }) => came.rpc !== null && sent.method === 'GET',
    causes: ['mcp-session-missing'],
    certainty: 'certain',
  },
  {
    endpoint: api,
    says: /^Invalid Authorization header format, expected 'Bearer TOKEN'$/m,
    when: (facts) => facts.sent.authorization !== null && !isBearer(facts),
    causes: ['scheme-wrong'],
    certainty: 'certain',
    passed: ['header'],
  },
  silent(['scheme-wrong'], (facts) => !isBearer(facts), { certainty: 'likely', passed: ['header'] }),
  silent(['token-reference', 'token-not-jwt'], isOpaque, { certainty: 'likely' }),
  silent(withoutScope, ({ came: { words } }) => /^Authentication required$/m.test(words)),
  silent(ofToken, () => true),
]

/** MCP servers of the SDKs for TypeScript and Python, and of FastMCP. */
export const mcp: RefusalRecord = {
  name: 'The MCP server',
  rows,
  order: [],
  fixes: {
    'host-not-allowed': ({ sent: { url } }) => [
      `Add ${quoted(url.host)} to those that the server allows: allowedHosts in TypeScript, allowed_hosts of TransportSecuritySettings in Python. It is the protection against DNS rebinding: list names, and do not turn it off.`,
    ],
  },
}

/** With allowedOrigins it says so of a request without a token, with a wrong one, and of a body that is no JSON. */
const behindOrigin: readonly Stage[] = [
  'header',
  'token',
  'audience',
  'scope',
  'http-method',
  'media',
  'handler',
]

/** The check of the SDK for TypeScript, which is in front of everything. */
export const mcpOrigin: RefusalRecord = {
  name: 'The MCP server',
  rows: [coded('-32000', 'mcp-origin', { says: /^Invalid Origin: /m, when: () => true })],
  order: behindOrigin.map((stage) => ['origin', stage] as const),
}
