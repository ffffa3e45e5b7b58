import { isObject, type JsonObject } from '../base/json-object.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { quote, show } from '../base/wording.ts'

/** What came of calling a tool: the notifications on the way, and its result. */
export interface Called {
  readonly notifications: readonly object[]
  readonly result: { readonly content: readonly object[]; readonly isError?: true }
}

interface Tool {
  readonly name: string
  readonly description: string
  readonly inputSchema: object
  readonly call: (input: JsonObject, params: JsonObject, claims: TokenClaims) => Called
}

const said = (text: string): Called['result'] => ({ content: [{ type: 'text', text }] })
const failed = (text: string): Called => ({ notifications: [], result: { ...said(text), isError: true } })

/** The most that a tool counts to, so that its stream stays readable. */
const mostCounted = 10

/** Another tool is another row. */
const tools: readonly Tool[] = [
  {
    name: 'greet',
    description: 'Greets whoever is named, in the name of the client',
    inputSchema: {
      type: 'object',
      properties: { name: { type: 'string', description: 'Whom to greet' } },
      required: ['name'],
    },
    call: ({ name }, _params, { sub }) =>
      typeof name === 'string'
        ? { notifications: [], result: said(`Hello, ${name}! ${sub} sends its regards.`) }
        : failed(`name is ${show(name)}; a text is wanted`),
  },
  {
    name: 'count',
    description: `Counts to n, 1 to ${mostCounted}, as a stream; with a progressToken in _meta each step is notified first`,
    inputSchema: {
      type: 'object',
      properties: { n: { type: 'integer', minimum: 1, maximum: mostCounted, default: 3 } },
      required: ['n'],
    },
    call: ({ n }, { _meta }) => {
      if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > mostCounted) {
        return failed(`n is ${show(n)}; a whole number from 1 to ${mostCounted} is wanted`)
      }
      return { notifications: progressTo(n, _meta), result: said(`Counted to ${n}`) }
    },
  },
]

/** A server notifies of progress only whoever gave a token for it. @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress */
function progressTo(total: number, meta: unknown): readonly object[] {
  const token = isObject(meta) ? meta['progressToken'] : undefined
  if (typeof token !== 'string' && typeof token !== 'number') return []
  return Array.from({ length: total }, (_none, index) => ({
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken: token, progress: index + 1, total },
  }))
}

/** The tools as a client learns of them. */
export const listedTools = tools.map(({ name, description, inputSchema }) => ({
  name,
  description,
  inputSchema,
}))

/** Calls the tool that `params` names; a text says why that is not possible. */
export function callTool(params: JsonObject, claims: TokenClaims): Called | string {
  const { name, arguments: input = {} } = params
  const tool = tools.find((one) => one.name === name)
  if (!tool) return `Tool ${typeof name === 'string' ? quote(name) : show(name)} not found`
  return isObject(input) ? tool.call(input, params, claims) : `arguments is ${show(input)}`
}

/** Whether a tool responds with a stream, whatever it has to say. */
export const isStreamed = (name: unknown): boolean => name === 'count'
