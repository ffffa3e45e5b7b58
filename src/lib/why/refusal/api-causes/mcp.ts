import { rfc } from '../../../spec.ts'
import { mcpSpec } from '../../../standards.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { sign } from './common.ts'
import * as fixes from './mcp-fixes.ts'
import * as seen from './seen-mcp.ts'

/** The header field that sessions are named by. */
const session = 'mcp-session-id'

const methodOf = ({ sent: { rpc } }: Facts): string => quoted(rpc?.method ?? 'the method')

const listOf = (names: readonly string[]): string => names.map(quoted).join(', ')

/** The Accept that was sent, in words. */
const acceptSent = (facts: Facts): string => {
  const accept = seen.fieldOf(facts, 'accept')
  return accept === null ? 'no Accept was sent' : `it was ${quoted(accept)}`
}

const transports = [mcpSpec.transports]

/** That the request is not as an MCP server wants it: the token is not the reason of any. */
export const mcpRequest = {
  'mcp-session-missing': cause({
    stage: 'handler',
    title: ({ sent: { rpc } }) =>
      rpc === null
        ? 'An MCP server is called by POST, and the first call is initialize'
        : 'This MCP server keeps sessions, and the first call is initialize',
    meaning: (facts) =>
      `The server speaks JSON-RPC. A call that is none, or that has no Mcp-Session-Id of an initialize before, is refused for that: the token is not the reason.${seen.isModern(facts) ? ' The call was of the newer generation, which has no sessions; a server of the older one alone does not know it.' : ''}`,
    fixes: [fixes.sendInitialize],
    spec: [mcpSpec.lifecycle, ...transports],
  }),
  'mcp-session-unknown': cause({
    stage: 'handler',
    title: 'The session of the call is over, or was never open here',
    meaning: (facts) =>
      `The server has no session by the name in Mcp-Session-Id${(seen.fieldOf(facts, session) ?? '') === '' ? '' : ` (${quoted(seen.fieldOf(facts, session) ?? '')})`}: it was ended, timed out, or belongs to another process. The token is not the reason.`,
    fixes: [fixes.sendInitialize],
    spec: transports,
    applies: (facts) => seen.fieldOf(facts, session) !== null,
    sign: (facts) =>
      sign(seen.fieldOf(facts, session) !== null, 'likely', 'The call named a session (Mcp-Session-Id).'),
  }),
  'mcp-accept': cause({
    stage: 'media',
    title: 'An MCP server wants both types in Accept',
    meaning: (facts) =>
      `The server chooses for each response whether it is JSON or a stream of events, so a client has to accept both by name; ${acceptSent(facts)}. Not every server counts */* for both.`,
    fixes: [fixes.acceptBoth],
    spec: [...transports, rfc(9110, '15.5')],
    sign: (facts) =>
      sign(seen.isRpc(facts) && seen.acceptsOne(facts), 'likely', 'Accept does not name both types.'),
  }),
  'mcp-header-mismatch': cause({
    stage: 'handler',
    title: 'A header field that repeats the body is missing, or says something else',
    meaning:
      'Requests of the newer generation name version and method in the header too (MCP-Protocol-Version, Mcp-Method, for some Mcp-Name), so that a gateway need not read the body. The server compares both.',
    fixes: fixes.sameInHeader,
    spec: transports,
    sign: (facts) => {
      const names = seen.metaVersion(facts) === null ? [] : seen.unlikeBody(facts).map(([name]) => name)
      return sign(names.length > 0, 'likely', `${listOf(names)}: not in the header as it is in the body.`)
    },
  }),
  'mcp-version': cause({
    stage: 'handler',
    title: (facts) => {
      const asked = seen.askedVersion(facts)
      return `The server does not serve ${asked === null ? 'this version' : `version ${quoted(asked)}`} of MCP`
    },
    meaning: (facts) => {
      const has = seen.supported(facts)
      return has.length === 0
        ? 'The server serves other versions of the protocol than the one that was asked for.'
        : `It serves ${listOf(has)}.`
    },
    fixes: fixes.otherVersion,
    spec: [mcpSpec.lifecycle],
  }),
  'mcp-capability': cause({
    stage: 'handler',
    title: 'The server wants a client that can do more',
    meaning: (facts) => {
      const wanted = seen.wantedCapabilities(facts)
      return wanted.length === 0
        ? 'The method needs a capability of the client, and the request declares none.'
        : `The method needs a client that declares ${listOf(wanted)}.`
    },
    fixes: fixes.declareCapabilities,
    spec: [mcpSpec.lifecycle],
  }),
  'mcp-meta-missing': cause({
    stage: 'handler',
    title: 'The header is of the newer generation of MCP, and the body has no _meta',
    meaning:
      'By MCP-Protocol-Version the server counts the request to the newer generation, in which params._meta of every request names version and capabilities of the client.',
    fixes: fixes.addMeta,
    spec: [...transports, mcpSpec.error],
  }),
  'mcp-method-unknown': cause({
    stage: 'handler',
    title: (facts) => `The server has no method ${methodOf(facts)}`,
    meaning:
      'The path is right, and the server has read the message. The method may be mistyped, of another version of the protocol, or of a capability that this server does not have.',
    fixes: fixes.otherMethod,
    spec: [mcpSpec.error],
  }),
  'mcp-params': cause({
    stage: 'handler',
    title: (facts) => `The server does not accept the params of ${methodOf(facts)}`,
    meaning:
      'The server knows the method. A tool, resource or prompt that it does not have, or arguments of another shape, are refused like this.',
    fixes: (facts) => [
      ...(facts.sent.rpc?.method === 'tools/call' ? fixes.otherMethod(facts).slice(0, 1) : []),
      'Compare params with what the server lists: names of tools are compared with their case, arguments with inputSchema.',
    ],
    spec: [mcpSpec.tools, mcpSpec.error],
  }),
  'mcp-no-message': cause({
    stage: 'handler',
    title: 'The body is no message of JSON-RPC',
    meaning:
      'A message is one JSON object with jsonrpc, method and, unless it is a notification, an id. An MCP server accepts nothing else by POST.',
    fixes: [fixes.sendInitialize],
    spec: [mcpSpec.error, ...transports],
  }),
  'body-not-json': cause({
    stage: 'handler',
    title: 'The API cannot read the body as JSON',
    meaning: ({ sent: { body } }) =>
      `The body ${body === null || body === '' ? 'is empty' : 'is no JSON, or was cut'}, and the API stopped where it reads it. The token is not the reason.`,
    fixes: [
      'Correct the JSON of the body: one value, names and texts in double quotes, no comma at the end.',
    ],
    spec: [rfc(8259, '4'), mcpSpec.error],
  }),
  'mcp-error': cause({
    stage: 'handler',
    title: ({ came: { rpc } }) =>
      `The server reports an error of its own${rpc?.code ? ` (${quoted(rpc.code)})` : ''}`,
    meaning:
      'JSON-RPC leaves codes from -32000 to -32099 to the server, and those outside of -32768 to -32000 to the method. What it means is in the words of the server.',
    fixes: ['Read the words of the server, and its log at the time of this call.'],
    spec: [mcpSpec.error],
  }),
  'mcp-origin': cause({
    stage: 'origin',
    title: 'The MCP server does not accept this page’s Origin',
    meaning:
      'The server compares Origin with a list, as MCP demands of it: it is the protection against DNS rebinding, by which a page on the web would reach servers on this machine. CORS is another list, and does not replace this one.',
    fixes: ({ sent: { url }, came: { words } }) => [
      `Add the host of this page${hostIn(words)} to those that the server allows: allowedOrigins in TypeScript, allowed_origins of TransportSecuritySettings in Python.`,
      {
        text: 'Or call it through the relay of npm start, which sends no Origin. The check against DNS rebinding is there for a reason: the relay reaches only what its own list allows.',
        relay: url.origin,
      },
    ],
    spec: [...transports, rfc(9110, '15.5.4')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>

/** The name that the server refused, as it wrote it. */
function hostIn(words: string): string {
  const name = /^Invalid Origin: ([\w.:[\]-]{1,100})$/m.exec(words)?.[1]
  return name === undefined ? '' : ` (${name})`
}
