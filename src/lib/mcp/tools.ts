import { asString, type JsonValue, member } from '../json/value.ts'

/** A tool that a server offers. @see https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool */
export interface Tool {
  readonly name: string
  /** For people; the name if the server has none. */
  readonly title: string
  /** `''` if the server says nothing of it. */
  readonly description: string
  readonly inputSchema: JsonValue | null
}

/** A list of tools, or the first page of it. */
export interface ToolList {
  readonly tools: readonly Tool[]
  /** Whether the server has more of them. */
  readonly more: boolean
}

/** The tools in the result of `tools/list`; those without a name are left out. Never throws. */
export function toolsIn(result: JsonValue): ToolList {
  const tools = member(result, 'tools')
  return {
    tools: tools?.kind === 'array' ? tools.items.flatMap((item) => toolOf(item) ?? []) : [],
    more: asString(member(result, 'nextCursor')) !== undefined,
  }
}

function toolOf(item: JsonValue): Tool | null {
  const name = asString(member(item, 'name'))
  if (name === undefined || name === '') return null
  return {
    name,
    title: asString(member(item, 'title')) ?? name,
    description: asString(member(item, 'description')) ?? '',
    inputSchema: member(item, 'inputSchema') ?? null,
  }
}
