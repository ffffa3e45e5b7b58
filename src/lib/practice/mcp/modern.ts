import { mcpSpec } from '../../standards.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import { isObject } from '../base/json-object.ts'
import { eventStream, json, empty } from '../base/response.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { type Message, type RpcRefusal, codes, rpcRefusal } from './message.ts'
import { serverInfo } from './server-info.ts'
import { callTool, isStreamed, listedTools } from './tools.ts'

/** The version without sessions: each request says its version and what the client can do. */
export const modernVersion = '2026-07-28'

const versionKey = 'io.modelcontextprotocol/protocolVersion'
const infoKey = 'io.modelcontextprotocol/serverInfo'

/** The version that the body names; `undefined` if it names none, as those before do. */
export function versionInBody({ params: { _meta } }: Message): unknown {
  return isObject(_meta) ? _meta[versionKey] : undefined
}

/** A request, and how a rule that it breaks is refused; `null` for a rule that it keeps, with what was found. */
interface Asked {
  readonly message: Message
  readonly headers: Headers
}
type Verdict = { readonly found: string; readonly refusal?: RpcRefusal }

const mismatch = (found: string, header: string | null): Verdict => ({
  found,
  refusal: {
    status: 400,
    code: 'headerMismatch',
    message: `Bad Request: the request headers and body disagree: ${found}`,
    data: { mismatch: { header: header ?? '(missing)', body: found } },
  },
})

/** A header field that says again what the body says, so that a gateway need not read that. */
function same(name: string, header: string | null, what: string, body: unknown): Verdict {
  const said = `the body names ${what} ${String(body)}`
  if (header === null) return mismatch(`${said} but the required ${name} header is absent`, header)
  return header === body
    ? { found: header }
    : mismatch(`${said} but the ${name} header names ${header}`, header)
}

/** The rules in the order in which they are looked at. */
const rules: readonly { readonly rule: Rule; readonly judge: (asked: Asked) => Verdict | null }[] = [
  {
    rule: { what: '_meta has the version', spec: mcpSpec.transports },
    judge: ({ message, headers }) => {
      const version = versionInBody(message)
      if (typeof version === 'string') return { found: version }
      const found = `the MCP-Protocol-Version header names protocol revision ${headers.get('mcp-protocol-version') ?? ''}, but the request is missing the required per-request envelope key(s): _meta`
      const data = { envelope: { missing: ['_meta'] } }
      return {
        found,
        refusal: { status: 400, code: 'invalidParams', message: `Invalid params: ${found}`, data },
      }
    },
  },
  {
    rule: { what: 'MCP-Protocol-Version is the version of the body', spec: mcpSpec.transports },
    judge: ({ message, headers }) =>
      same(
        'MCP-Protocol-Version',
        headers.get('mcp-protocol-version'),
        'protocol version',
        versionInBody(message),
      ),
  },
  {
    rule: { what: 'The version is served', spec: mcpSpec.lifecycle },
    judge: ({ message }) => {
      const requested = versionInBody(message)
      if (requested === modernVersion) return { found: modernVersion }
      const found = `Unsupported protocol version: ${String(requested)}`
      const data = { supported: [modernVersion], requested }
      return { found, refusal: { status: 400, code: 'unsupportedVersion', message: found, data } }
    },
  },
  {
    rule: { what: 'Mcp-Method is the method of the body', spec: mcpSpec.transports },
    judge: ({ message: { method }, headers }) =>
      same('Mcp-Method', headers.get('mcp-method'), 'method', method),
  },
  {
    rule: { what: 'Mcp-Name is the name of the tool', spec: mcpSpec.transports },
    judge: ({ message: { method, params }, headers }) =>
      method === 'tools/call'
        ? same('Mcp-Name', nameIn(headers.get('mcp-name')), 'name', params['name'])
        : null,
  },
]

/** A name as a header field carries it, `=?base64?...?=` for what is not printable ASCII. */
function nameIn(field: string | null): string | null {
  const encoded = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/i.exec(field ?? '')?.[1]
  if (encoded === undefined) return field
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)))
  } catch {
    // InvalidCharacterError: not the length of base64
    return field
  }
}

const known: Rule = { what: 'The method is known', spec: mcpSpec.error }

/** The response to a request that says its version itself. @throws ProtocolError */
export function answerModern(
  message: Message,
  headers: Headers,
  claims: TokenClaims,
  { checks }: Pick<Context, 'checks'>,
): Response {
  for (const { rule, judge } of rules) {
    const verdict = judge({ message, headers })
    if (verdict?.refusal) throw rpcRefusal(rule, verdict.found, { ...verdict.refusal, id: message.id })
    if (verdict) checks.pass(rule, verdict.found)
  }
  const { id, method, params } = message
  if (message.isNotification) return empty(202)
  const meta = { [infoKey]: serverInfo }
  const cached = { resultType: 'complete', ttlMs: 0, cacheScope: 'private', _meta: meta }
  const respond = (result: object) => json(200, { jsonrpc: '2.0', id, result })
  switch (method) {
    case 'server/discover':
      checks.pass(known, method)
      return respond({ supportedVersions: [modernVersion], capabilities: { tools: {} }, ...cached })
    case 'tools/list':
      checks.pass(known, method)
      return respond({ tools: listedTools, ...cached })
    case 'tools/call': {
      checks.pass(known, method)
      const called = callTool(params, claims)
      if (typeof called === 'string') {
        return json(200, { jsonrpc: '2.0', id, error: { code: codes.invalidParams, message: called } })
      }
      const result = { ...called.result, resultType: 'complete', _meta: meta }
      return isStreamed(params['name'])
        ? eventStream([...called.notifications, { jsonrpc: '2.0', id, result }])
        : respond(result)
    }
    default:
      throw rpcRefusal(known, `It is ${method}`, {
        status: 404,
        code: 'methodNotFound',
        message: 'Method not found',
        id,
      })
  }
}
