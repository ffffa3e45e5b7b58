import { generateKey } from '../lib/keys/generate-key.ts'
import type { Key } from '../lib/keys/key.ts'
import { readRegistration, registrationRequest, type Registered } from '../lib/oauth/registration.ts'
import { troubleWords } from '../lib/trouble.ts'
import type { Playground } from './playground.svelte.ts'

/** Registers a client with the public half of a key, and puts the client's ID into the form. @see RFC 7591 section 3 */
export async function registerKey(
  { connection, ask }: Pick<Playground, 'connection' | 'ask'>,
  endpoint: string,
  key: Key,
): Promise<Registered> {
  const { server, config } = connection
  const request = registrationRequest(endpoint, key, config)
  const registered = await ask(request, 'Client registration', 'registration').then(
    ({ outcome }) => readRegistration(outcome),
    (error: unknown): Registered => ({ ok: false, message: troubleWords(error) }),
  )
  // Another server, endpoint or key may have been chosen meanwhile; History has the answer all the same.
  const { token_endpoint, assertion } = connection.config
  const sameServer = server === connection.server && token_endpoint === config.token_endpoint
  const wanted = sameServer && assertion.key === key.thumbprint
  if (registered.ok && wanted) connection.edit({ client_id: registered.client_id })
  return registered
}

/** A key to sign with: one of the ring, or a new one. Rejects where this browser makes none. */
export async function anyKey({ keys }: Pick<Playground, 'keys'>): Promise<Key> {
  const [first] = keys.keys
  if (first) return first
  const key = await generateKey('ES256', {})
  keys.put(key)
  return key
}
