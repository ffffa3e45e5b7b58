import { headerValue } from '../../../http/message.ts'
import { asString, type JsonValue, member } from '../../../json/value.ts'
import { metaNames } from '../../../mcp/messages.ts'
import type { Facts } from '../facts/facts.ts'

/** Whether the call is one of JSON-RPC, or the response is an error of it: so MCP servers are called. */
export const isRpc = ({ sent, came }: Facts): boolean => sent.rpc !== null || came.rpc !== null

/** A header field of the request; `null` if it was not sent. */
export const fieldOf = ({ sent: { headers } }: Facts, name: string): string | null =>
  headerValue(headers, name)

/** The version that `_meta` of the request names; `null` if it has none, as a request of the older generation. */
export const metaVersion = ({ sent: { rpc } }: Facts): string | null =>
  asString(member(member(rpc?.params, '_meta'), metaNames.version)) ?? null

/** Whether it was sent as a request of the newer generation, which knows no session. */
export const isModern = (facts: Facts): boolean =>
  metaVersion(facts) !== null || (fieldOf(facts, 'mcp-protocol-version') ?? '') > '2026'

/** Whether the body is of another type than the one that an MCP server reads. */
export const isOtherType = ({ sent: { type } }: Facts): boolean => !/^application\/json\b/i.test(type)

/** Whether `Accept` names both types that a response may have. */
export const acceptsOne = (facts: Facts): boolean =>
  !['application/json', 'text/event-stream'].every((type) => (fieldOf(facts, 'accept') ?? '').includes(type))

const namedBy: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
}

/** The header fields that have to repeat the body and do not, as they have to be; those with a name outside ASCII are left out. */
export function unlikeBody(facts: Facts): readonly (readonly [name: string, value: string])[] {
  const { rpc } = facts.sent
  const name = asString(member(rpc?.params, namedBy[rpc?.method ?? ''] ?? ''))
  const wanted = [
    ['MCP-Protocol-Version', metaVersion(facts)],
    ['Mcp-Method', rpc?.method ?? null],
    ['Mcp-Name', name !== undefined && /^[\x21-\x7e]+$/.test(name) ? name : null],
  ] as const
  return wanted.flatMap(([field, value]) =>
    value === null || fieldOf(facts, field) === value ? [] : [[field, value] as const],
  )
}

const isVersion = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

const texts = (value: JsonValue | undefined): readonly string[] =>
  value?.kind === 'array' ? value.items.flatMap((item) => asString(item) ?? []) : []

/** The versions that the server says it serves, the newest first. */
export function supported({ came: { rpc, words } }: Facts): readonly string[] {
  const inWords = /supported versions: ([\d, -]+)/.exec(words)?.[1]?.split(', ') ?? []
  return [...texts(member(rpc?.data, 'supported')), ...inWords]
    .filter(isVersion)
    .slice(0, 20)
    .toSorted()
    .toReversed()
}

/** The names of the capabilities that the server wants a client to have. */
export function wantedCapabilities({ came: { rpc } }: Facts): readonly string[] {
  const wanted = member(rpc?.data, 'requiredCapabilities')
  return wanted?.kind === 'object' ? wanted.members.map(({ key }) => key) : texts(wanted)
}

/** The version that was asked for: of the body, else of the header. */
export const askedVersion = (facts: Facts): string | null =>
  metaVersion(facts) ??
  asString(member(facts.sent.rpc?.params, 'protocolVersion')) ??
  fieldOf(facts, 'mcp-protocol-version')
