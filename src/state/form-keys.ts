import { generateKey } from '../lib/keys/generate-key.ts'
import type { Key, KeyAlg } from '../lib/keys/key.ts'
import {
  readRegistration,
  type Registered,
  registrationRequest,
} from '../lib/oauth/operations/registration.ts'
import { type AuthMethod, usesKey } from '../lib/oauth/config/auth-methods.ts'
import { dpopKey } from '../lib/oauth/config/derived-values.ts'
import { emptyConfig, type TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { PracticeClient } from '../lib/practice/base/server-state.ts'
import type { Playground } from './playground.svelte.ts'

/** Rejects if this browser makes no such key. */
type MakeKey = (alg: KeyAlg) => Promise<Key>

const makeKey: MakeKey = (alg) => generateKey(alg, {})

/** Registers a client with the public half of a key, and puts the client's ID into the form. @see RFC 7591 section 3 */
export async function registerKey(
  { connection, ask }: Pick<Playground, 'connection' | 'ask'>,
  endpoint: string,
  key: Key,
  initialAccessToken = '',
): Promise<Registered> {
  // Another server, endpoint or key may be chosen meanwhile; History has the response all the same.
  const still = connection.still(({ token_endpoint, assertion }) => `${token_endpoint} ${assertion.key}`)
  const request = registrationRequest(endpoint, key, connection.config, initialAccessToken)
  const { outcome } = await ask(request, 'Client registration', 'registration')
  const registered = readRegistration(request, outcome)
  if (registered.ok && still()) connection.edit({ client_id: registered.client_id })
  return registered
}

/** Fills the form with a client of the practice server, and with a key if its tokens are bound to one. */
export async function chooseClient(
  playground: Pick<Playground, 'connection' | 'keys'>,
  client: PracticeClient,
  make = makeKey,
): Promise<void> {
  const { connection } = playground
  const still = connection.still()
  const dpop = client.dpop_bound_access_tokens
    ? { ...emptyConfig.dpop, on: true, key: (await anyKey(playground, make)).thumbprint }
    : emptyConfig.dpop
  if (!still()) return
  connection.edit({
    ...connection.server.config,
    client_id: client.client_id,
    client_secret: client.client_secret ?? '',
    // The names of the table are the registered ones.
    token_endpoint_auth_method: client.token_endpoint_auth_methods[0] as AuthMethod,
    dpop,
  })
}

/** Registers a client with a key of the ring, and fills the form with it once the server has accepted it. */
export async function bringClient(
  playground: Pick<Playground, 'connection' | 'keys' | 'ask'>,
  endpoint: string,
  make = makeKey,
): Promise<Registered> {
  const { connection, ask } = playground
  const { server } = connection
  const still = connection.still()
  const key = await anyKey(playground, make)
  const config: TokenRequestConfig = {
    ...server.config,
    client_secret: '',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, key: key.thumbprint },
  }
  const request = registrationRequest(endpoint, key, config)
  const { outcome } = await ask(request, 'Client registration', 'registration')
  const registered = readRegistration(request, outcome)
  if (registered.ok && still()) connection.edit({ ...config, client_id: registered.client_id })
  return registered
}

/** A key to sign with: one of the ring, or a new one. */
async function anyKey({ keys }: Pick<Playground, 'keys'>, make: MakeKey): Promise<Key> {
  const [first] = keys.keys
  if (first) return first
  const key = await make('ES256')
  keys.put(key)
  return key
}

/** What signs with a key of the form, with what its field is shown for and what it holds. */
const keyFields = {
  assertion: (config: TokenRequestConfig) => `${config.token_endpoint_auth_method} ${config.assertion.key}`,
  dpop: ({ dpop }: TokenRequestConfig) => `${dpop.on} ${dpop.key}`,
} as const

export type KeyFieldName = keyof typeof keyFields

/** Makes a key, and chooses it in a field of the form. Rejects if this browser makes none. */
export async function generateInto(
  { connection, keys }: Pick<Playground, 'connection' | 'keys'>,
  field: KeyFieldName,
  alg: KeyAlg,
  make = makeKey,
): Promise<void> {
  const still = connection.still(keyFields[field])
  const key = await make(alg)
  keys.put(key)
  if (still()) chooseKey(connection, field, key.thumbprint)
}

/** Chooses a key in a field of the form; an empty thumbprint is none. */
export function chooseKey(connection: Playground['connection'], field: KeyFieldName, key: string): void {
  connection.edit({ [field]: { ...connection.config[field], key } })
}

/** Chooses a key that was just made or imported, if the form requires one and has none. */
export function chooseFor(
  { connection, keys }: Pick<Playground, 'connection' | 'keys'>,
  { thumbprint }: Key,
): void {
  const { config } = connection
  if (usesKey(config) && !keys.find(config.assertion.key)) chooseKey(connection, 'assertion', thumbprint)
  else if (config.dpop.on && !keys.find(dpopKey(config))) chooseKey(connection, 'dpop', thumbprint)
}
