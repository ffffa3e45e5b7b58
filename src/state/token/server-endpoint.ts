import type { Playground } from '../playground.svelte.ts'
import { originOf } from '../../lib/http/message.ts'
import { atOrigin } from '../../lib/http/http-url.ts'
import type { EndpointName } from '../../lib/explanation/server-record.ts'
import type { Metadata } from '../../lib/oauth/discovery/metadata.ts'
import { endpointBeside } from '../../lib/servers/records/records.ts'

/** Where the chosen server has an endpoint: by its metadata, else as servers of its kind do; empty if nobody knows. */
export function serverEndpoint({ connection, discovery }: Playground, name: EndpointName): string {
  const { server, config } = connection
  const named = discovery?.metadata ? inMetadata(discovery.metadata, config.token_endpoint, name) : null
  return named ?? endpointBeside(server, config, name)
}

/**
 * Of a token endpoint that was typed instead, the metadata says nothing: credentials would go to another server. If only
 * the host is another, the server is known by several names, and all else is asked for at the one that was typed.
 */
function inMetadata(metadata: Metadata, endpoint: string, name: EndpointName): string | null {
  const { token_endpoint: named, [name]: found } = metadata
  if (found === undefined || named === undefined) return null
  if (named === endpoint) return found
  return atOrigin(named, endpoint) === endpoint && originOf(found) === originOf(named)
    ? atOrigin(found, endpoint)
    : null
}
