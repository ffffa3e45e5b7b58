import type { SavedConnection } from './saved-connection.ts'
import type { Server } from '../servers/servers.ts'

/** The id that a saved connection has as a server. */
export function savedServerId({ id }: SavedConnection): string {
  return `saved-${id}`
}

/** A saved connection as a server to choose, with the values of the server it was saved for if it has no other. */
export function savedServer(saved: SavedConnection, known: readonly Server[]): Server {
  const { name, server, config } = saved
  const base = known.find((one) => one.id === server) ?? known.find((one) => one.group === 'own')
  if (!base) throw new Error('There is no server to choose')
  const own = config.client_id === undefined || config.client_id === base.config.client_id
  return {
    ...base,
    id: savedServerId(saved),
    name,
    group: 'saved',
    // What was typed since may be another address.
    inPage: false,
    config: { ...base.config, ...config, client_secret: own ? base.config.client_secret : '' },
  }
}
