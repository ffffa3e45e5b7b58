import type { Expectation } from '../expectation.ts'
import { type ApiCause, before, entriesOf, found } from './causes-api.ts'

/**
 * MCP servers of four SDKs: TypeScript 1.32 (port 3900) and 2.4 (3903; 3909 with allowedOrigins, 3910 without legacy),
 * Python (3911), FastMCP (3907), all with a check of the audience. TypeScript names the fault of a token, Python says
 * “Authentication required” of each, FastMCP one list of alternatives, also if the scope is missing. What is wrong with a
 * request is an error of JSON-RPC, said after the token was accepted.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Mon, 30 Nov 2026 00:26:54 GMT')

/** The page that asked. CORS shows it the body, and no challenge. */
const page = 'http://localhost:4315'

const entry = entriesOf('mcp')

type Entry = Parameters<typeof entry>[2]

/** The request is at fault: nothing may be said of the token. */
const notToken = ['new token', 'audience', '\\bscope', 'clock', 'revoked', 'with the resource', 'Introspect']

const noToken: Entry = {
  stage: 'header',
  cause: 'no-credentials',
  certainty: 'certain',
  offered: ['token|Authorization'],
  notOffered: ['audience', 'clock', 'revoked', 'new token'],
}

const basic: Entry = {
  stage: 'scheme',
  cause: 'scheme-wrong',
  certainty: 'likely',
  passed: ['header'],
  offered: ['Bearer'],
  notOffered: ['audience', 'clock', '\\bscope', 'new token'],
}

/** The words name it: those of TypeScript. */
const saidBasic: Entry = { ...basic, certainty: 'certain' }

/** What an MCP server says of the request, before or after it has looked at the token. */
const request = (
  stage: 'handler' | 'media' | 'http-method' | 'route' | 'origin' | 'host',
  cause: ApiCause,
  ...offered: readonly string[]
): Entry => ({ stage, cause, certainty: 'certain', offered, notOffered: notToken })

const accept = request('media', 'mcp-accept', 'application/json, text/event-stream')
const type = request('media', 'media-type', 'application/json')
/** The parser said so. */
const noJson = request('handler', 'body-not-json', 'JSON')
const noMessage = request('handler', 'mcp-no-message', 'initialize')
const session = request('handler', 'mcp-session-missing', 'initialize')
const ended = request('handler', 'mcp-session-unknown', 'initialize')
const headers = request('handler', 'mcp-header-mismatch', 'Mcp-Method')
const version = (offered: string) => request('handler', 'mcp-version', offered)
const meta = request('handler', 'mcp-meta-missing', '_meta')
const method = request('handler', 'mcp-method-unknown', 'tools/list')
const path = request('route', 'path-unknown', 'path')
const origin = request('origin', 'mcp-origin', 'allow', 'relay', 'DNS rebinding')
const host = request('host', 'host-not-allowed', 'allowedHosts|allowed_hosts')

/** A sign in the request decides where the words of the server do not. */
const likely = (entry: Entry): Entry => ({ ...entry, certainty: 'likely' })

const issued = { before: [before.tokenIssued] }

/** The words name it: those of TypeScript. */
const audience = (resource: string): Entry => ({
  stage: 'audience',
  cause: 'audience-other',
  certainty: 'certain',
  passed: found,
  offered: [`resource ${resource}(\\n|$)`],
  notOffered: ['clock', '\\bscope', 'expired', 'issuer'],
})

/** A token without resource is opaque at oidc-provider. */
const opaque = (resource: string): Entry => ({
  stage: 'token',
  cause: 'token-reference',
  certainty: 'likely',
  passed: found,
  known: issued,
  offered: [`resource ${resource}(\\n|$)`],
  notOffered: ['clock', '\\bscope', 'issuer'],
})

const garbage: Entry = {
  stage: 'token',
  cause: 'token-not-jwt',
  certainty: 'likely',
  passed: found,
  offered: ['token'],
  notOffered: ['clock', '\\bscope', 'issuer'],
}

const expired: Entry = {
  stage: 'time',
  cause: 'token-expired',
  certainty: 'certain',
  passed: found,
  offered: ['new token'],
  notOffered: ['\\bscope', 'audience', 'resource'],
}

/** The challenge names the scope, or a sentence does. */
const scope: Entry = {
  stage: 'scope',
  cause: 'scope-insufficient',
  certainty: 'certain',
  passed: found,
  offered: ['Ask for .mcp:tools. too'],
  notOffered: ['clock', 'with the resource', 'documentation for the scope'],
}

/** CORS hides the challenge, and with it the scope. */
const hiddenScope: Entry = {
  ...scope,
  origin: page,
  certainty: 'likely',
  offered: ['Expose-Headers: WWW-Authenticate', 'relay'],
}

const hidden = (entry: Entry): Entry => ({ ...entry, origin: page, certainty: 'likely' })

const mcp3900 = 'http://localhost:3900/mcp'
const mcp3903 = 'http://localhost:3903/mcp'
const mcp3907 = 'http://localhost:3907/mcp'
const mcp3911 = 'http://localhost:3911/mcp'

/** TypeScript, `@modelcontextprotocol/sdk` 1.32.2: sessions, and the older generation alone. */
const typescript1: readonly Expectation[] = [
  entry(8, 'initialize without token', noToken),
  entry(9, 'GET without token, Accept */*', noToken),
  entry(10, 'POST with Basic instead of Bearer', saidBasic),
  entry(11, 'foreign Host with a good token', host),
  entry(12, 'wrong audience', audience(mcp3900)),
  entry(12, 'wrong audience', { ...audience(mcp3900), origin: page }),
  entry(13, 'opaque token', opaque(mcp3900)),
  entry(13, 'opaque token', hidden(opaque(mcp3900))),
  entry(14, 'missing scope', scope),
  entry(14, 'missing scope', hiddenScope),
  entry(15, 'not a token', garbage),
  entry(16, 'tools/list without session', session),
  entry(17, 'tools/list, unknown session', likely(ended)),
  entry(18, 'tools/list, MCP-Protocol-Version 1999-01-01', version('2025-11-25')),
  entry(19, 'Accept: application/json only', accept),
  entry(20, 'Accept: */*', accept),
  // It reads no body of that type, and so finds no initialize.
  entry(21, 'Content-Type text/plain', likely(type)),
  entry(22, 'body not JSON', noJson),
  entry(23, 'body empty', likely(noMessage)),
  entry(24, 'GET with token, Accept */* (page as of today)', session),
  // It knows no server/discover: to it this is a call without a session.
  entry(25, 'server/discover 2026-07-28', session),
  entry(26, 'modern without Mcp-Method', session),
  entry(27, 'expired token', expired),
  entry(111, 'POST / (wrong path), good token', likely(path)),
]

/** TypeScript, `server` 2.4.0 and `express` 2.0.2: both generations, no sessions. */
const typescript2: readonly Expectation[] = [
  entry(28, 'initialize without token', noToken),
  entry(29, 'GET without token, Accept */*', noToken),
  entry(30, 'POST with Basic instead of Bearer', saidBasic),
  entry(31, 'foreign Origin with a good token', origin),
  entry(32, 'foreign Host with a good token', host),
  entry(33, 'wrong audience', audience(mcp3903)),
  entry(34, 'opaque token', opaque(mcp3903)),
  entry(35, 'missing scope', scope),
  entry(35, 'missing scope', hiddenScope),
  entry(36, 'not a token', garbage),
  entry(37, 'tools/list, MCP-Protocol-Version 1999-01-01', version('2025-11-25')),
  entry(38, 'Accept: application/json only', accept),
  entry(39, 'Accept: */*', accept),
  entry(40, 'Content-Type text/plain', type),
  entry(41, 'body not JSON', noJson),
  entry(42, 'body empty', noMessage),
  // A page that calls it as any other API.
  entry(43, 'GET with token, Accept */* (page as of today)', session),
  entry(44, 'DELETE session', request('http-method', 'http-method', 'POST')),
  entry(45, 'modern without Mcp-Method', headers),
  entry(46, 'modern without MCP-Protocol-Version', {
    ...headers,
    offered: ['MCP-Protocol-Version: 2026-07-28'],
  }),
  entry(47, 'modern headers without _meta', meta),
  entry(48, 'modern Mcp-Method does not match', { ...headers, offered: ['Mcp-Method: tools/list'] }),
  entry(49, 'modern, version 2099-01-01', version('2026-07-28')),
  entry(50, 'modern, unknown method', method),
  entry(51, 'expired token', expired),
  // allowedOrigins: before the token, and the metadata is refused too.
  entry(52, 'initialize without token', origin),
  entry(53, 'GET without token, Accept */*', origin),
  entry(54, 'wrong audience', origin),
  // It serves 2026-07-28 alone.
  entry(55, 'initialize 2025-11-25', version('server/discover')),
  entry(56, 'initialize 2024-10-07 (unknown revision)', version('server/discover')),
  entry(57, 'tools/list 2025-11-25', version('2026-07-28')),
  entry(58, 'Accept: application/json only', version('server/discover')),
  entry(112, 'POST / (wrong path), good token', likely(path)),
]

/** Python, `mcp` 2.3.0: both generations, sessions in the older one. */
const python: readonly Expectation[] = [
  entry(59, 'initialize without token', noToken),
  entry(59, 'initialize without token', { ...noToken, origin: page }),
  entry(60, 'GET without token, Accept */*', noToken),
  entry(61, 'POST with Basic instead of Bearer', basic),
  entry(62, 'foreign Origin with a good token', origin),
  entry(63, 'foreign Host with a good token', host),
  entry(64, 'wrong audience', likely(audience(mcp3911))),
  entry(64, 'wrong audience', hidden(audience(mcp3911))),
  entry(65, 'opaque token', opaque(mcp3911)),
  entry(66, 'missing scope', scope),
  // The sentence in the body names it.
  entry(66, 'missing scope', { ...scope, origin: page }),
  entry(67, 'not a token', garbage),
  entry(68, 'tools/list without session', session),
  entry(69, 'tools/list, unknown session', ended),
  // A version that it does not know is one of the newer generation.
  entry(70, 'tools/list, MCP-Protocol-Version 1999-01-01', meta),
  entry(71, 'Accept: application/json only', accept),
  entry(72, 'Content-Type text/plain', type),
  entry(73, 'body not JSON', noJson),
  entry(74, 'body empty', noJson),
  entry(75, 'GET with token, Accept */* (page as of today)', session),
  entry(76, 'modern without Mcp-Method', headers),
  // Without that header the request counts as one of the older generation.
  entry(77, 'modern without MCP-Protocol-Version', likely({ ...headers, offered: ['MCP-Protocol-Version'] })),
  entry(78, 'modern headers without _meta', meta),
  entry(79, 'modern Mcp-Method does not match', { ...headers, offered: ['Mcp-Method: tools/list'] }),
  entry(80, 'modern, version 2099-01-01', version('2026-07-28')),
  entry(81, 'modern, unknown method', method),
  // No body at all: what was sent shows it.
  entry(82, 'modern, Accept application/json only', likely(accept)),
  entry(83, 'expired token', likely(expired)),
  entry(113, 'POST / (wrong path), good token', likely(path)),
  entry(115, 'tools/list with the session that the 400 named', ended),
]

/** One text for all: the token, what the challenge names, and the URL decide. */
const fastmcp: readonly Expectation[] = [
  entry(84, 'initialize without token', noToken),
  entry(84, 'initialize without token', { ...noToken, origin: page }),
  entry(85, 'GET without token, Accept */*', noToken),
  // It says so of a request without anything, too.
  entry(86, 'POST with Basic instead of Bearer', { ...basic, passed: [] }),
  entry(87, 'wrong audience', likely(audience(mcp3907))),
  entry(87, 'wrong audience', hidden(audience(mcp3907))),
  entry(88, 'opaque token', opaque(mcp3907)),
  entry(88, 'opaque token', hidden(opaque(mcp3907))),
  entry(89, 'missing scope', likely(scope)),
  // Nothing that the page sees is wrong with this token.
  entry(89, 'missing scope', {
    origin: page,
    stage: 'not known',
    among: ['signature', 'issuer', 'scope'],
    cause: null,
    certainty: 'possible',
    passed: found,
    offered: ['Expose-Headers: WWW-Authenticate', 'relay'],
    notOffered: ['clock', 'with the resource'],
  }),
  entry(90, 'not a token', garbage),
  entry(91, 'tools/list without session', session),
  entry(92, 'tools/list, unknown session', ended),
  entry(93, 'tools/list, MCP-Protocol-Version 1999-01-01', meta),
  entry(94, 'Accept: application/json only', accept),
  entry(95, 'Content-Type text/plain', type),
  entry(96, 'body not JSON', noJson),
  entry(97, 'body empty', noJson),
  entry(98, 'GET with token, Accept */* (page as of today)', session),
  entry(99, 'modern without Mcp-Method', headers),
  entry(
    100,
    'modern without MCP-Protocol-Version',
    likely({ ...headers, offered: ['MCP-Protocol-Version'] }),
  ),
  entry(101, 'modern headers without _meta', meta),
  entry(102, 'modern Mcp-Method does not match', { ...headers, offered: ['Mcp-Method: tools/list'] }),
  entry(103, 'modern, version 2099-01-01', version('2026-07-28')),
  entry(104, 'modern, unknown method', method),
  entry(105, 'modern, Accept application/json only', likely(accept)),
  entry(106, 'subscriptions/listen (stays open)', method),
  entry(107, 'expired token', likely(expired)),
  entry(107, 'expired token', hidden(expired)),
  entry(114, 'POST / (wrong path), good token', likely(path)),
  entry(116, 'tools/list with the session that the 400 named', ended),
]

/** A server of our own, which names its metadata in several ways and nothing else. */
const own: readonly Expectation[] = [
  entry(108, 'good: unauthenticated', noToken),
  entry(109, 'rootonly: unauthenticated', noToken),
  entry(110, 'bare: unauthenticated', noToken),
]

export const mcpApi: readonly Expectation[] = [...typescript1, ...typescript2, ...python, ...fastmcp, ...own]
