import { mcpSpec } from '../../standards.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import { empty, eventStream } from '../base/response.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { show } from '../base/wording.ts'
import { codes, type Message, rpcRefusal } from './message.ts'
import { serverInfo } from './server-info.ts'
import { callTool, listedTools } from './tools.ts'

/** The versions that begin with `initialize`, the newest first. */
const versions = ['2025-11-25', '2025-06-18', '2025-03-26']

const spec = mcpSpec.transports
const begun: Rule = { what: 'A session begins', spec: mcpSpec.lifecycle }
const inSession: Rule = { what: 'The request is of a session of this client', spec }
const ended: Rule = { what: 'The session ends', spec }
const versionKnown: Rule = { what: 'MCP-Protocol-Version is a version with sessions', spec }
const known: Rule = { what: 'The method is known', spec: mcpSpec.error }

/** Seconds that a session lasts. */
const lifetime = 3600

/** The response to a request of the versions with sessions: a stream of events each time, as both SDKs do it. @throws ProtocolError */
export function answerLegacy(
  message: Message,
  headers: Headers,
  claims: TokenClaims,
  context: Context,
): Response {
  const { id, method, params } = message
  if (method === 'initialize') return initialize(message, claims, context)
  const session = sessionOf(headers, claims, context)
  checkVersion(headers, context)
  if (message.isNotification) return empty(202)
  const respond = (answer: object, before: readonly object[] = []) =>
    eventStream([...before, { jsonrpc: '2.0', id, ...answer }], { 'Mcp-Session-Id': session })
  const failed = (code: keyof typeof codes, text: string) =>
    respond({ error: { code: codes[code], message: text } })
  switch (method) {
    case 'ping':
      return respond({ result: {} })
    case 'tools/list':
      return respond({ result: { tools: listedTools } })
    case 'tools/call': {
      const called = callTool(params, claims)
      return typeof called === 'string'
        ? failed('invalidParams', called)
        : respond({ result: called.result }, called.notifications)
    }
    default:
      context.checks.note(known, `It is ${method}; the error comes in a stream, with status 200`)
      return failed('methodNotFound', 'Method not found')
  }
}

/** The end of a session, by the client that began it. @throws ProtocolError */
export function endSession(headers: Headers, claims: TokenClaims, context: Context): Response {
  const session = sessionOf(headers, claims, context)
  context.sessions.delete(session)
  context.checks.pass(ended, session)
  return empty(200)
}

/** A version that is not known is not refused: the server says which one it speaks. */
function initialize({ id, params }: Message, { client_id }: TokenClaims, context: Context): Response {
  const asked = params['protocolVersion']
  const protocolVersion = versions.find((one) => one === asked) ?? versions[0] ?? ''
  const session = crypto.randomUUID()
  context.sessions.set(session, client_id, Math.floor(context.now() / 1000) + lifetime)
  context.checks.pass(
    begun,
    `${session}, version ${protocolVersion}${asked === protocolVersion ? '' : `, not ${show(asked)}`}`,
  )
  const result = { protocolVersion, capabilities: { tools: {} }, serverInfo }
  return eventStream([{ jsonrpc: '2.0', id, result }], { 'Mcp-Session-Id': session })
}

/** A session says nothing of who asks, so it is of the client of the token, each time. */
function sessionOf(headers: Headers, { client_id }: TokenClaims, { sessions, checks }: Context): string {
  const session = headers.get('mcp-session-id')
  if (session === null) {
    throw rpcRefusal(inSession, 'There is no Mcp-Session-Id: initialize comes first', {
      status: 400,
      code: 'invalidRequest',
      message: 'Bad Request: Missing session ID',
    })
  }
  const owner = sessions.get(session)
  if (owner !== client_id) {
    const found =
      owner === undefined ? 'No session has that ID, or it is over' : 'The session is of another client'
    throw rpcRefusal(inSession, found, { status: 404, code: 'invalidRequest', message: 'Session not found' })
  }
  checks.pass(inSession, session)
  return session
}

/** A client that leaves it out is taken for one of 2025-03-26, which had no such field. */
function checkVersion(headers: Headers, { checks }: Context): void {
  const version = headers.get('mcp-protocol-version')
  if (version === null) return
  if (!versions.includes(version)) {
    throw rpcRefusal(versionKnown, `It is ${show(version)}`, {
      status: 400,
      code: 'server',
      message: `Bad Request: Unsupported protocol version: ${version} (supported versions: ${versions.join(', ')})`,
    })
  }
  checks.pass(versionKnown, version)
}
