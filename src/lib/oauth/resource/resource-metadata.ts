import type { Outcome } from '../../http/message.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import {
  type NoDocument,
  type NotMetadata,
  parseDocument,
  readDocument,
} from '../discovery/document-reading.ts'
import { membersOf, type Misshapen, type Shapes } from '../discovery/metadata.ts'

/** The members that this page works with or judges. `authorization_servers` is read entry by entry, see `namedServers`. */
const members = {
  resource: 'string',
  scopes_supported: 'list',
  bearer_methods_supported: 'list',
  jwks_uri: 'string',
  resource_name: 'string',
  resource_documentation: 'string',
  resource_policy_uri: 'string',
  resource_tos_uri: 'string',
  resource_signing_alg_values_supported: 'list',
  tls_client_certificate_bound_access_tokens: 'flag',
  authorization_details_types_supported: 'list',
  dpop_signing_alg_values_supported: 'list',
  dpop_bound_access_tokens_required: 'flag',
  signed_metadata: 'string',
} as const satisfies Readonly<Record<string, keyof Shapes>>

/** What an API says of itself, in wire names; what it does not say, or says in another type, is not there. @see RFC 9728 section 2 */
export type ResourceMetadata = { readonly [Name in keyof typeof members]?: Shapes[(typeof members)[Name]] }

/** Metadata of an API that were found, or pasted. */
export interface FoundResource {
  readonly kind: 'found'
  readonly metadata: ResourceMetadata
  readonly misshapen: readonly Misshapen[]
  /** The whole document, with every digit and every name as it came. */
  readonly value: JsonValue
  /** Without parameters; `null` for what was pasted. */
  readonly mediaType: string | null
}

/** What came of asking for the metadata of an API. */
export type ResourceReading = FoundResource | NoDocument

/** Reads what a request for the metadata of a resource came to. @see RFC 9728 section 3.2 */
export function readResourceMetadata(outcome: Outcome): ResourceReading {
  const read = readDocument(outcome)
  if (read.kind !== 'json') return read
  const status = outcome.kind === 'response' ? outcome.response.status : null
  return resourceIn(read.value, read.mediaType, status)
}

/** Reads metadata of a resource that were pasted. Never throws. */
export function parseResourceMetadata(text: string): FoundResource | NotMetadata {
  const read = parseDocument(text)
  return read.kind === 'json' ? resourceIn(read.value, null, null) : read
}

function resourceIn(
  value: JsonValue,
  mediaType: string | null,
  status: number | null,
): FoundResource | NotMetadata {
  const why = otherDocument(value)
  if (why !== null) return { kind: 'not-metadata', why, status }
  return { kind: 'found', ...membersOf(members, value), value, mediaType }
}

/** What JSON is that names neither a resource nor its servers; `null` for metadata of a resource. */
function otherDocument(value: JsonValue): string | null {
  if (value.kind !== 'object') return 'This is JSON, but not an object.'
  const has = (name: string): boolean => member(value, name) !== undefined
  if (has('issuer') || has('token_endpoint')) {
    return has('resource') ? null : 'This is the metadata of an authorization server, and not of an API.'
  }
  if (has('resource') || has('authorization_servers')) return null
  const error = asString(member(value, 'error'))
  if (error !== undefined) return `The API responded with the error “${quoted(error)}”.`
  return 'This is JSON with neither a resource nor authorization_servers in it.'
}
