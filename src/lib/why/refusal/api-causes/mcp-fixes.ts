import type { Fix } from '../../../explanation/explanation.ts'
import { formatJson } from '../../../json/lines.ts'
import { compactJson } from '../../../json/lines.ts'
import { parseJson } from '../../../json/parse.ts'
import type { JsonMember, JsonValue } from '../../../json/value.ts'
import {
  acceptsBoth,
  initialize,
  listTools,
  type McpMessage,
  metaOf,
  modern,
  versions,
} from '../../../mcp/messages.ts'
import { quoted } from '../../../text/quoted.ts'
import type { Facts } from '../facts/facts.ts'
import {
  askedVersion,
  fieldOf,
  isModern,
  metaVersion,
  supported,
  unlikeBody,
  wantedCapabilities,
} from './seen-mcp.ts'

const sendIt = (text: string, { body, fields }: McpMessage): Fix => ({
  text,
  call: { method: 'POST', body },
  fields,
})

/** The first message of an older client; whatever of the newer generation was set goes. */
export const sendInitialize: Fix = sendIt(
  'Send initialize by POST, with the Accept of MCP and no session',
  initialize(),
)

const sendDiscover = (version: string): Fix =>
  sendIt(
    `Send server/discover of version ${version}, which needs no session`,
    modern('server/discover', version),
  )

export const acceptBoth: Fix = {
  text: `Send Accept: ${acceptsBoth}`,
  call: {},
  fields: [['Accept', acceptsBoth]],
}

export const asJson: Fix = {
  text: 'Send Content-Type: application/json',
  call: {},
  fields: [['Content-Type', 'application/json']],
}

/** What the body says, said in the header too. */
export function sameInHeader(facts: Facts): readonly Fix[] {
  const fields = unlikeBody(facts)
  const all = fields.map(([name, value]) => `${name}: ${quoted(value)}`).join(', ')
  return fields.length === 0
    ? ['Send the header field that the server names, with the value that the body has.']
    : [{ text: `Send ${all}`, call: {}, fields }]
}

/** One of the versions that the server has, in every place where the request names one. */
export function otherVersion(facts: Facts): readonly Fix[] {
  const [newest] = supported(facts)
  const asked = askedVersion(facts)
  if (newest === undefined) return [sendDiscover(versions.modern), sendInitialize]
  const isOfNew = newest >= versions.modern
  if (isOfNew !== isModern(facts) || facts.sent.rpc?.method === 'initialize')
    return [isOfNew ? sendDiscover(newest) : sendInitialize]
  const { body } = facts.sent
  const inBody = metaVersion(facts)
  return [
    {
      text: `Send MCP-Protocol-Version: ${newest}`,
      call:
        body === null || inBody === null || asked === null
          ? {}
          : { body: body.replaceAll(`"${asked}"`, `"${newest}"`) },
      fields: [['MCP-Protocol-Version', newest]],
    },
  ]
}

const asMember = (key: string, value: JsonValue): JsonMember => ({
  key,
  keySource: JSON.stringify(key),
  value,
  duplicate: false,
})

/** The object with that member in the place of its own. */
const withMember = (value: JsonValue | null, key: string, of: JsonValue): JsonValue => ({
  kind: 'object',
  members: [
    ...(value?.kind === 'object' ? value.members.filter((one) => one.key !== key) : []),
    asMember(key, of),
  ],
})

/** The body with `_meta`, every other digit of it kept. */
function withMeta({ sent }: Facts, version: string): string | null {
  const message = parseJson(sent.body ?? '')
  const meta = parseJson(JSON.stringify(metaOf(version)))
  if (!message.ok || !meta.ok || sent.rpc === null) return null
  const params = withMember(sent.rpc.params, '_meta', meta.value)
  return compactJson(formatJson(withMember(message.value, 'params', params), 0))
}

/** `_meta` into the body; in a session the header names a version of the older generation instead. */
export function addMeta(facts: Facts): readonly Fix[] {
  const named = fieldOf(facts, 'mcp-protocol-version') ?? ''
  const version = named >= versions.modern ? named : versions.modern
  const body = withMeta(facts, version)
  const { rpc } = facts.sent
  const inSession: readonly Fix[] =
    fieldOf(facts, 'mcp-session-id') === null
      ? []
      : [
          {
            text: `Send MCP-Protocol-Version: ${versions.legacy}, as a session is of the older generation`,
            call: {},
            fields: [['MCP-Protocol-Version', versions.legacy]],
          },
        ]
  if (body === null || rpc === null)
    return [...inSession, 'Put _meta into params, with version and capabilities of the client.']
  return [
    ...inSession,
    {
      text: `Put _meta of version ${version} into params`,
      call: { body },
      fields: [
        ['MCP-Protocol-Version', version],
        ['Mcp-Method', rpc.method],
      ],
    },
  ]
}

/** A method that nearly every server has. */
export const otherMethod = (facts: Facts): readonly Fix[] => {
  const isSame = facts.sent.rpc?.method === 'tools/list'
  const version = fieldOf(facts, 'mcp-protocol-version') ?? versions.modern
  if (!isModern(facts))
    return isSame ? [sendInitialize] : [sendIt('Send tools/list', listTools), sendInitialize]
  return [
    ...(isSame ? [] : [sendIt('Send tools/list', modern('tools/list', version))]),
    sendDiscover(version),
  ]
}

export function declareCapabilities(facts: Facts): readonly Fix[] {
  const names = wantedCapabilities(facts).slice(0, 5).map(quoted).join(', ')
  return [
    `Declare ${names === '' ? 'the capability that the server names' : names} in params._meta, at io.modelcontextprotocol/clientCapabilities.`,
  ]
}
