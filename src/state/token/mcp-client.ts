import { firstRequest, type McpServer, nextRequest, serverBy } from '../../lib/mcp/next-request.ts'
import { isModern, type McpCall, mcpCall, type McpMethod } from '../../lib/mcp/requests.ts'
import type { Tool } from '../../lib/mcp/tools.ts'
import type { Playground } from '../playground.svelte.ts'
import type { TokenUse } from './token-use.svelte.ts'

/** The requests that a client makes without a tool, in the order in which they are offered. */
const modernRequests = ['server/discover', 'initialize', 'tools/list'] as const
const legacyRequests = [
  'server/discover',
  'initialize',
  'notifications/initialized',
  'tools/list',
  'ping',
  'DELETE',
] as const

/**
 * Calls an API as a client of MCP does. All that it knows of a server follows from the exchanges in History, so that it is forgotten with them; the requests
 * are API calls in the form, and go out as those do.
 */
export class McpClient {
  readonly #playground: Playground
  readonly #use: TokenUse

  constructor(playground: Playground, use: TokenUse) {
    this.#playground = playground
    this.#use = use
  }

  /** What is known of the server at the URL of the call. */
  get server(): McpServer {
    const { url } = this.#use.call
    const { id } = this.#playground.connection.server
    const href = URL.canParse(url.trim()) ? new URL(url.trim()).href : ''
    const exchanges = this.#playground.exchanges.history.entries.flatMap((sent) =>
      sent.about === 'api' &&
      sent.exchange.id > this.#use.since &&
      sent.server === id &&
      sent.fault === null &&
      sent.exchange.request.url === href
        ? [sent.exchange]
        : [],
    )
    return serverBy(exchanges.toReversed())
  }

  /** The requests that this server may know. */
  get offered(): readonly McpMethod[] {
    const { version, session } = this.server
    if (version === null || isModern(version)) return modernRequests
    return legacyRequests.filter((method) => method !== 'DELETE' || session !== null)
  }

  /** Whether nothing but what `fill` fills in prevents a call, and none is under way. */
  get ready(): boolean {
    const { problems, task } = this.#use
    const blocks = problems.some(
      ({ field, level }) =>
        field !== 'method' && field !== 'body' && (level === 'missing' || level === 'error'),
    )
    return !blocks && !task.busy
  }

  /** Fills in the call, for the user to look at and send. */
  fill(method: McpMethod, tool: Tool | null = null): void {
    this.#use.edit(this.#callOf(method, tool))
  }

  /** Finds out the version, begins a session if there has to be one, and lists the tools: one exchange after the other, up to the first refusal. */
  async run(): Promise<void> {
    if (!this.ready) return
    this.fill(firstRequest(this.server))
    await this.#use.send(({ exchange }) => {
      const method = nextRequest(exchange)
      return method && this.#callOf(method)
    })
  }

  #callOf(method: McpMethod, tool: Tool | null = null): McpCall {
    return mcpCall(method, this.server, this.#use.call.headers, tool)
  }
}
