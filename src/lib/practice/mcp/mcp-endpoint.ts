import { mcpSpec } from '../../standards.ts'
import { practiceApi } from '../apis/apis.ts'
import { authorizeRequest } from '../apis/authorize-request.ts'
import type { Rule } from '../base/check-log.ts'
import type { Endpoint } from '../base/endpoint.ts'
import { answerLegacy, endSession } from './legacy.ts'
import { type Message, readMessage, rpcRefusal } from './message.ts'
import { answerModern, modernVersion, versionInBody } from './modern.ts'

const api = practiceApi('mcp')
const methods = ['POST', 'DELETE']

const posted: Rule = { what: 'The message comes by POST', spec: mcpSpec.transports }
const generation: Rule = { what: 'The version of the protocol', spec: mcpSpec.lifecycle }

/**
 * A server of the Model Context Protocol over Streamable HTTP, for clients of 2026-07-28 and of the versions with sessions. The token is looked
 * at before anything else.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export const mcpEndpoint: Endpoint = {
  path: api.path,
  method: 'POST',
  ownMethods: methods,
  moreFields: {
    sent: 'mcp-method, mcp-name, mcp-protocol-version, mcp-session-id',
    read: 'Mcp-Session-Id',
  },
  rule: { what: 'A request to the MCP endpoint', spec: mcpSpec.transports },
  answer: async (request, context) => {
    const claims = await authorizeRequest(request, api, context)
    const { headers } = request
    if (request.method === 'DELETE') return endSession(headers, claims, context)
    if (request.method !== 'POST') {
      throw rpcRefusal(posted, `The method is ${request.method.slice(0, 20)}; no stream is offered`, {
        status: 405,
        code: 'server',
        message: 'Method not allowed.',
        headers: { Allow: methods.join(', ') },
      })
    }
    const message = await readMessage(request, context)
    if (isModern(message, headers)) {
      context.checks.pass(generation, `${modernVersion} or later: the request says it itself`)
      return answerModern(message, headers, claims, context)
    }
    context.checks.pass(generation, 'One with initialize')
    return answerLegacy(message, headers, claims, context)
  },
}

/** Versions are dates, which order as texts. */
function isModern(message: Message, headers: Headers): boolean {
  const version = headers.get('mcp-protocol-version')
  return versionInBody(message) !== undefined || (version !== null && version >= modernVersion)
}
