import type { SavedConnection } from './saved-connection.ts'
import type { Server } from '../servers/servers.ts'

/** The id that a saved connection has as a server. */
export function savedServerId({ id }: SavedConnection): string {
  return `saved-${id}`
}

/** A saved connection as a server to choose, with the values of the server it was saved for where it has no other. */
export function savedServer(saved: SavedConnection, known: readonly Server[]): Server {
  const { name, server, config } = saved
  const base = known.find((one) => one.id === server) ?? known.find((one) => one.id === 'own')
  if (!base) throw new Error('There is no server to choose')
  const own = config.client_id === undefined || config.client_id === base.config.client_id
  return {
    id: savedServerId(saved),
    name,
    group: 'saved',
    guide: base.guide,
    about: `Saved here, for ${base.name}. Its secret is not: type it again.`,
    config: { ...base.config, ...config, client_secret: own ? base.config.client_secret : '' },
  }
}
