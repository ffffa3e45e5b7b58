import { quoted } from '../../text/quoted.ts'
import { httpUrl } from '../../http/http-url.ts'
import type { SpecLink } from '../../spec.ts'
import type { Check } from '../../check.ts'
import type { Fix } from '../../explanation/explanation.ts'
import type { FoundMetadata } from './metadata-reading.ts'

/** One point of a server's metadata, judged. */
export interface MetadataCheck extends Check {
  /** The member it is about. */
  readonly member: string
  readonly fix?: Fix
}

/** Where the metadata came from, and who reads it. */
export interface MetadataContext {
  /** The issuer identifier that was asked for, as typed; `null` if a URL was typed that is none. */
  readonly issuer: string | null
  /** The URL the metadata came from; `null` if it was pasted. */
  readonly url: string | null
  /** The serialized origin of the page (`null` as text on file://). */
  readonly pageOrigin: string
  /** Whether the issuer that the metadata name, another than the one asked for, responds with metadata of its own. */
  readonly respondsItself?: boolean
}

/** Checks one point; `null` or nothing if there is nothing to say. */
export type MetadataRule = (
  found: FoundMetadata,
  context: MetadataContext,
) => MetadataCheck | readonly MetadataCheck[] | null

/** Members that have to be http(s) URLs and are something else, each as a failure of that section. */
export function notUrls<Name extends string>(
  metadata: { readonly [member in Name]?: string },
  names: readonly Name[],
  spec: SpecLink,
): readonly MetadataCheck[] {
  return names.flatMap((member) => {
    const value = metadata[member]
    if (value === undefined || httpUrl(value)) return []
    const what = `${member} is not an http: or https: URL`
    return [{ result: 'fail', member, what, found: `It says “${quoted(value)}”.`, spec }]
  })
}

/** Names from outside, fit for a sentence. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? '(nothing)' : quoted(names.join(', '))
}
