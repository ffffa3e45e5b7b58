import type { Playground } from '../playground.svelte.ts'
import type { EndpointName } from '../../lib/explanation/server-record.ts'
import { endpointBeside } from '../../lib/servers/records/records.ts'

/** Where the chosen server has an endpoint: by its metadata, else as servers of its kind do; empty if nobody knows. */
export function serverEndpoint({ connection, discovery }: Playground, name: EndpointName): string {
  const { server, config } = connection
  // Of a token endpoint that was typed instead, the metadata says nothing: credentials would go to another server.
  const metadata = discovery?.metadata?.token_endpoint === config.token_endpoint ? discovery.metadata : null
  return metadata?.[name] ?? endpointBeside(server, config, name)
}
