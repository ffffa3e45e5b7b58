import { asString, member } from '../json/value.ts'
import { type McpAnswer, type McpExchange, readExchange, type ReadExchange } from './answer.ts'
import { isModern, type McpContext, type McpMethod } from './requests.ts'
import { versions } from './messages.ts'
import { type ToolList, toolsIn } from './tools.ts'

/** What the exchanges with a server say of it. */
export interface McpServer extends McpContext {
  /** Whether the server gave no session ID that a page can read, and then refused a request without one. */
  readonly missesSession: boolean
  /** Of the last `tools/list`; `null` before. */
  readonly list: ToolList | null
}

const unknownServer: McpServer = { version: null, session: null, nextId: 1, missesSession: false, list: null }

/** What is known of a server by all exchanges with it, the first one first. */
export function serverBy(exchanges: readonly McpExchange[]): McpServer {
  return exchanges.map(read).reduce(learn, unknownServer)
}

/** An exchange is read once, however often its server is looked at. */
const readings = new WeakMap<McpExchange, ReadExchange>()

function read(exchange: McpExchange): ReadExchange {
  const known = readings.get(exchange) ?? readExchange(exchange)
  readings.set(exchange, known)
  return known
}

function learn(server: McpServer, { method, hasId, session, status, answer }: ReadExchange): McpServer {
  const next = hasId ? { ...server, nextId: server.nextId + 1 } : server
  if (method === 'initialize') return initialized(next, answer, session.given)
  if (method === 'server/discover') return { ...next, ...discovered(server, answer) }
  // Whoever does not know the session any more says so with 404; DELETE ends it.
  const isOver =
    session.sent !== null && (status === 404 || (method === 'DELETE' && answer.sign === 'accepted'))
  return {
    ...next,
    ...(isOver ? { session: null, version: null } : {}),
    missesSession:
      server.missesSession ||
      (session.sent === null &&
        server.version !== null &&
        !isModern(server.version) &&
        answer.sign === 'other-error' &&
        status === 400),
    ...(method === 'tools/list' && answer.sign === 'result' ? { list: toolsIn(answer.result) } : {}),
  }
}

/** A session begins, with an ID or without. */
function initialized(server: McpServer, answer: McpAnswer, session: string | null): McpServer {
  if (answer.sign !== 'result')
    return { ...server, ...(answer.sign === 'modern-error' ? { version: null, session: null } : {}) }
  const version = asString(member(answer.result, 'protocolVersion')) ?? null
  return { ...server, version, session, missesSession: false }
}

function discovered(server: McpServer, answer: McpAnswer): Partial<McpServer> {
  const next = afterDiscovery(answer)
  return next === 'tools/list' ? { version: modernOf(answer) ?? versions.modern, session: null } : server
}

/** The newest modern version that the server names. */
function modernOf(answer: McpAnswer): string | null {
  const versions = answer.sign === 'result' ? member(answer.result, 'supportedVersions') : undefined
  const named = versions?.kind === 'array' ? versions.items.flatMap((item) => asString(item) ?? []) : []
  return named.filter(isModern).sort().at(-1) ?? null
}

/** With which request a client begins: with the modern one, if the server is not known for the other. */
export const firstRequest = ({ version }: McpServer): McpMethod =>
  version === null || isModern(version) ? 'server/discover' : 'initialize'

/**
 * Which request follows an exchange on the way to the list of tools; `null` if that has come, or a refusal is to be read first. A refusal of the token says
 * nothing of the version.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#backward-compatibility
 */
export function nextRequest(exchange: McpExchange): McpMethod | null {
  const { method, answer } = read(exchange)
  if (method === 'server/discover') return afterDiscovery(answer)
  if (method === 'initialize') return answer.sign === 'result' ? 'notifications/initialized' : null
  const isAccepted = answer.sign === 'accepted' || answer.sign === 'result'
  return method === 'notifications/initialized' && isAccepted ? 'tools/list' : null
}

/**
 * A browser asks for more permissions before a modern request than before `initialize`, so that this may pass if no response to the other can be read.
 */
function afterDiscovery(answer: McpAnswer): McpMethod | null {
  switch (answer.sign) {
    case 'result': {
      const versions = member(answer.result, 'supportedVersions')
      const namesOthers = versions?.kind === 'array' && versions.items.length > 0 && modernOf(answer) === null
      return namesOthers ? 'initialize' : 'tools/list'
    }
    case 'modern-error':
      return answer.supported.length > 0 && !answer.supported.some(isModern) ? 'initialize' : null
    case 'method-unknown':
      return 'tools/list'
    case 'accepted':
    case 'other-error':
    case 'unreadable':
      return 'initialize'
    case 'refused':
    case 'ended':
      return null
    default:
      return answer satisfies never
  }
}
