import { isObject, parsePlain } from '../../json/own-members.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { parseDocument } from '../../oauth/discovery/document-reading.ts'
import { importConnections } from '../../saved/saved-connections.ts'
import type { Kind } from '../kind.ts'

/** What metadata of each kind have, besides the name that the first member is. */
const metadataKinds: readonly {
  readonly what: string
  readonly name: string
  readonly others: readonly string[]
}[] = [
  {
    what: 'the metadata of an authorization server',
    name: 'issuer',
    others: [
      'token_endpoint',
      'jwks_uri',
      'authorization_endpoint',
      'response_types_supported',
      'grant_types_supported',
    ],
  },
  {
    what: 'the metadata of an API (a protected resource)',
    name: 'resource',
    others: [
      'authorization_servers',
      'bearer_methods_supported',
      'scopes_supported',
      'jwks_uri',
      'resource_name',
    ],
  },
]

/**
 * Metadata as JSON, or as the response that they came in.
 * @see RFC 8414 section 2, https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 * @see RFC 9728 section 2
 */
export const metadata: Kind = {
  kind: 'metadata',
  read({ text }) {
    if (!/^(?:\{|HTTP\/\d)/.test(text) || !/"(?:issuer|resource)"/.test(text)) return null
    const document = parseDocument(text)
    if (document.kind !== 'json') return null
    const found = metadataKinds.find(({ name, others }) => isOf(document.value, name, others))
    return found === undefined
      ? null
      : { what: found.what, proposals: [{ kind: 'metadata', name: '', text }], ignored: [] }
  },
}

const isOf = (value: JsonValue, name: string, others: readonly string[]): boolean =>
  asString(member(value, name)) !== undefined && others.some((other) => member(value, other) !== undefined)

/** Connections that this page, or another copy of it, exported. */
export const connections: Kind = {
  kind: 'connections',
  read({ text, document }) {
    if (!isObject(document) || document['format'] !== 'client-credentials-playground/connections') return null
    const what = 'a file of connections that this page exported'
    if (!parsePlain(text).ok)
      return { what, refusal: 'The file was changed by hand, and is no JSON any more. Export it again.' }
    const { added, skipped, problem } = importConnections(text, [])
    if (problem !== null) return { what, refusal: problem }
    return added.length === 0
      ? { what, refusal: skipped.length === 0 ? 'The file has none.' : skipped.slice(0, 5).join(' ') }
      : { what, proposals: [{ kind: 'connections', name: '', text }], ignored: skipped }
  },
}

/** A file of lessons: each is read when it is imported. */
export const lessons: Kind = {
  kind: 'lessons',
  read({ text, document }) {
    const isLesson = (one: unknown): boolean =>
      isObject(one) && ['id', 'title', 'goal', 'steps'].every((name) => Object.hasOwn(one, name))
    return Array.isArray(document) && document.some(isLesson) && text.startsWith('[')
      ? {
          what: 'a file of lessons of this page',
          proposals: [{ kind: 'lessons', name: '', text }],
          ignored: [],
        }
      : null
  },
}
