import { originOf } from '../../../http/message.ts'
import { type FoundMetadata, readMetadata } from '../../../oauth/discovery/metadata-reading.ts'
import { discoveryAttempts } from '../../../oauth/discovery/discovery.ts'
import type { KeySource } from '../../../jwt/verify/key-source.ts'
import { readKeySetAnswer } from '../../../jwt/verify/key-set-response.ts'
import { readDocument } from '../../../oauth/discovery/document-reading.ts'
import { type JsonValue, member } from '../../../json/value.ts'
import { documentAttempt } from '../../base/attempts.ts'
import type { Attempt, Seen, Sent } from '../../base/row.ts'
import { originsOf, type Subject } from '../../base/subject.ts'
import { finals } from '../../base/sent.ts'

/** Metadata that was found, and where. */
export interface FoundDocument {
  readonly sent: Sent
  readonly url: string
  readonly found: FoundMetadata
}

const noIssuer = 'No issuer is configured.'

/** Where metadata of an issuer may be: inserted, and appended under two names. @see RFC 8414 section 3.1 */
function urlsOf({ issuer }: Subject): readonly string[] {
  const attempts = issuer === null ? null : discoveryAttempts(issuer)
  return attempts?.ok === true ? attempts.urls : []
}

/** Asks at each place where metadata may be. */
export const metadataAttempts: readonly Attempt[] = [0, 1, 2].map((at) =>
  documentAttempt('The metadata of the issuer.', ({ subject }) => urlsOf(subject)[at] ?? null),
)

/** The metadata that were found. */
export function documentsOf({ of }: Pick<Seen, 'of'>): readonly FoundDocument[] {
  return finals({ mine: of('issuer-equal') }).flatMap((sent) => {
    const found = readMetadata(sent.exchange.outcome)
    return found.kind === 'found' ? [{ sent, url: sent.exchange.request.url, found }] : []
  })
}

/** Why there are no metadata to look at; `null` if there are. */
export function noMetadata(seen: Seen): string | null {
  if (seen.subject.issuer === null) return noIssuer
  return documentsOf(seen).length === 0 ? 'No metadata were found.' : null
}

/** Why the keys are not asked for; `null` if they are. */
export function noKeys(seen: Seen): string | null {
  const missing = noMetadata(seen)
  if (missing !== null) return missing
  const url = keysUrl(seen)
  if (url === null) return 'The metadata have no jwks_uri.'
  return originsOf(seen.subject).includes(originOf(url) ?? '')
    ? null
    : 'The keys are at an origin that only the metadata name: it is not asked.'
}

/** `jwks_uri`, as the first document has it. */
export function keysUrl(seen: Seen): string | null {
  const urls = documentsOf(seen).flatMap(({ found }) => found.metadata.jwks_uri ?? [])
  return urls[0] !== undefined && URL.canParse(urls[0]) ? urls[0] : null
}

/** The key set as it was sent; `null` if there is none. */
export function keySetOf({
  of,
}: Pick<Seen, 'of'>): { readonly sent: Sent; readonly value: JsonValue } | null {
  const [sent] = finals({ mine: of('jwks-key') })
  const read = sent && readDocument(sent.exchange.outcome)
  return sent && read?.kind === 'json' ? { sent, value: read.value } : null
}

/** The keys of the set as objects. */
export function keysOf(seen: Pick<Seen, 'of'>): readonly JsonValue[] {
  const keys = member(keySetOf(seen)?.value, 'keys')
  return keys?.kind === 'array' ? keys.items : []
}

/** What a token is verified with; `null` if the keys could not be read. */
export function keySourceOf({ of }: Pick<Seen, 'of'>): KeySource | null {
  const [sent] = finals({ mine: of('jwks-key') })
  const read = sent && readKeySetAnswer(sent.exchange.outcome)
  return read?.ok === true ? read.source : null
}
