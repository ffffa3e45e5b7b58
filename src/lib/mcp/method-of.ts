import type { HttpRequest } from '../http/message.ts'
import { isObject, parsePlain } from '../json/own-members.ts'

/** What the specification names, so that nothing else that a body may have in it is ever shown as a method. */
const methods =
  /^(?:initialize|ping|(?:completion|elicitation|logging|notifications|prompts|resources|roots|sampling|server|subscriptions|tasks|tools)\/[a-zA-Z/_]{1,40})$/

/** The method of MCP that a request calls, by which calls of one URL are told apart; `null` if it calls none. Never throws. */
export function mcpMethodOf({ body }: Pick<HttpRequest, 'body'>): string | null {
  if (body === null || !body.includes('"jsonrpc"')) return null
  const parsed = parsePlain(body)
  const method = parsed.ok && isObject(parsed.value) ? parsed.value['method'] : null
  return typeof method === 'string' && methods.test(method) ? method : null
}
