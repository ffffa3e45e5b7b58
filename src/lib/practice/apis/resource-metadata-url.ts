import { practiceOrigin } from '../base/origin.ts'

/** The path of a resource’s metadata: what is well known goes between host and path. @see RFC 9728 section 3.1 */
export function metadataPath(resource: string): string {
  return `/.well-known/oauth-protected-resource${new URL(resource).pathname}`
}

/** The URL that a challenge of the resource names. @see RFC 9728 section 5.1 */
export function metadataUrl(resource: string): string {
  return practiceOrigin + metadataPath(resource)
}
