import type { Outcome } from '../../http/message.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { type NoDocument, type NotMetadata, parseDocument, readDocument } from './document-reading.ts'
import { type Metadata, metadataOf, type Misshapen } from './metadata.ts'

/** Metadata that was found, or pasted. */
export interface FoundMetadata {
  readonly kind: 'found'
  readonly metadata: Metadata
  readonly misshapen: readonly Misshapen[]
  /** The whole document, with every digit and every name as it came. */
  readonly value: JsonValue
  /** Without parameters; `null` for what was pasted. */
  readonly mediaType: string | null
}

/** What came of asking for metadata. */
export type MetadataReading = FoundMetadata | NoDocument

/** Reads what a request for metadata came to, leniently: what deployed servers send is understood. @see RFC 8414 section 3.2 */
export function readMetadata(outcome: Outcome): MetadataReading {
  const read = readDocument(outcome)
  if (read.kind !== 'json') return read
  const status = outcome.kind === 'response' ? outcome.response.status : null
  return metadataIn(read.value, read.mediaType, status)
}

/** Reads metadata that was pasted. Never throws. */
export function parseMetadata(text: string): FoundMetadata | NotMetadata {
  const read = parseDocument(text)
  return read.kind === 'json' ? metadataIn(read.value, null, null) : read
}

function metadataIn(
  value: JsonValue,
  mediaType: string | null,
  status: number | null,
): FoundMetadata | NotMetadata {
  const why = otherDocument(value)
  if (why !== null) return { kind: 'not-metadata', why, status }
  return { kind: 'found', ...metadataOf(value), value, mediaType }
}

/** What JSON is that names neither an issuer nor a token endpoint; `null` for metadata. */
function otherDocument(value: JsonValue): string | null {
  if (value.kind !== 'object') return 'This is JSON, but not an object.'
  const has = (name: string): boolean => member(value, name) !== undefined
  if (has('issuer') || has('token_endpoint')) return null
  if (has('keys')) return 'This is a JWK Set, the keys of a server, and not its metadata.'
  if (has('access_token')) return 'This is a token response, and not metadata.'
  if (has('authorization_servers')) {
    return 'This is the metadata of an API, and not of a server.'
  }
  const error = asString(member(value, 'error'))
  if (error !== undefined) return `The server responded with the error “${quoted(error)}”.`
  return 'This is JSON with neither an issuer nor a token_endpoint in it.'
}
