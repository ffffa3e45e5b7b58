import type { Playground } from '../playground.svelte.ts'
import { originOf } from '../../lib/http/message.ts'
import { atOrigin } from '../../lib/http/http-url.ts'
import type { EndpointName } from '../../lib/explanation/server-record.ts'
import type { Metadata } from '../../lib/oauth/discovery/metadata.ts'
import { endpointBeside } from '../../lib/servers/records/records.ts'

/** Where the chosen server has an endpoint: by its metadata, else as servers of its kind do; empty if nobody knows. */
export function serverEndpoint(playground: Playground, name: EndpointName): string {
  const { server, config } = playground.connection
  const found = namedEndpoint(playground, name)
  return found === null || found.elsewhere ? endpointBeside(server, config, name) : found.url
}

/**
 * Where the metadata has an endpoint at another origin than the server's: metadata is how a token or a secret is lured
 * away, so the user has a look first. `null` if there is none.
 * @see RFC 8414 section 6
 */
export function endpointElsewhere(playground: Playground, name: EndpointName): string | null {
  const found = namedEndpoint(playground, name)
  return found?.elsewhere && found.url !== serverEndpoint(playground, name) ? found.url : null
}

interface Found {
  readonly url: string
  /** Whether it is neither at the origin of the issuer nor at that of the token endpoint. */
  readonly elsewhere: boolean
}

/**
 * Of a token endpoint that was typed instead, the metadata says nothing: credentials would go to another server. If only
 * the host is another, the server is known by several names, and all else is asked for at the one that was typed.
 */
function namedEndpoint({ connection, discovery }: Playground, name: EndpointName): Found | null {
  const { token_endpoint: endpoint } = connection.config
  const metadata: Partial<Metadata> = discovery?.metadata ?? {}
  const { token_endpoint: named, issuer = '', [name]: found } = metadata
  if (found === undefined || named === undefined) return null
  if (named === endpoint)
    return { url: found, elsewhere: ![originOf(issuer), originOf(endpoint)].includes(originOf(found)) }
  if (atOrigin(named, endpoint) !== endpoint) return null
  const url = originOf(found) === originOf(named) ? atOrigin(found, endpoint) : null
  return url === null ? null : { url, elsewhere: false }
}
