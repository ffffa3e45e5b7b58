import type { ClientRegistry, Registration } from '../base/server-state.ts'
import { practiceClients, registeredClient } from './clients.ts'

/** More than a class with a key each in one page. */
export const maxRegistered = 50

/** Registered clients live as long as the server. */
export function createClientRegistry(): ClientRegistry {
  const clients = new Map(practiceClients.map((client) => [client.client_id, client]))
  const registrations = new Map<string, Registration>()
  return {
    find: (clientId) => (clientId === undefined ? undefined : clients.get(clientId)),
    register: ({ thumbprints, members }, now) => {
      const identity = [...thumbprints].sort().join(' ')
      const earlier = registrations.get(identity)
      if (!earlier && registrations.size >= maxRegistered) return null
      const registration = earlier ?? {
        client_id: `practice-key-${registrations.size + 1}`,
        client_id_issued_at: now,
      }
      registrations.set(identity, registration)
      const { client_id } = registration
      const { grant_types, scope, dpop_bound_access_tokens, jwks } = members
      const [first = ''] = scope.split(' ')
      const default_scope = scope.split(' ').includes('read') ? 'read' : first
      const metadata = { grant_types, scope, default_scope, dpop_bound_access_tokens, jwks }
      clients.set(client_id, { ...registeredClient, ...metadata, client_id })
      return registration
    },
  }
}
