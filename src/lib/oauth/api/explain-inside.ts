import type { Explanation } from '../../explanation/explanation.ts'
import type { Exchange } from '../../http/message.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { readJsonRpc, readJsonRpcRequest } from '../../mcp/json-rpc.ts'
import { mcpSpec } from '../../standards.ts'
import { explainRefusal, type Known } from '../../why/refusal/refusal.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Answer } from '../response/read-response.ts'

/**
 * Why a call failed whose response is a success to HTTP: JSON-RPC has its errors in a 200, and a tool of MCP its own inside
 * of a result; `null` if it did not fail.
 * @see https://www.jsonrpc.org/specification#response_object
 */
export function explainInside(
  answer: Answer,
  exchange: Exchange,
  config: TokenRequestConfig,
  known: Known,
): Explanation | null {
  const read = readJsonRpc(answer.response, readJsonRpcRequest(exchange.request.body)?.id)?.response
  if (read?.kind === 'error') return explainRefusal('api', exchange, answer, config, known)
  const isError = member(read?.result, 'isError')
  return read && isError?.kind === 'literal' && isError.value === true ? toolFailed(read.result) : null
}

function toolFailed(result: JsonValue): Explanation {
  const words = wordsOf(result)
  return {
    title: 'The tool failed, and the server says so in its result',
    ...(words !== '' && { says: { who: 'API', words } }),
    meaning:
      'Token and call were accepted, and the tool was run. isError: true means that what the tool says is about a failure of its own, or about its arguments.',
    certainty: 'certain',
    causes: [],
    fixes: ['Read what the tool says, and compare the arguments with inputSchema in tools/list.'],
    spec: [mcpSpec.tools],
  }
}

/** The texts of the content, as far as a card has room for them. */
function wordsOf(result: JsonValue): string {
  const content = member(result, 'content')
  const items = content?.kind === 'array' ? content.items.slice(0, 3) : []
  return items
    .flatMap((item) => asString(member(item, 'text')) ?? [])
    .join('\n')
    .slice(0, 1000)
}
