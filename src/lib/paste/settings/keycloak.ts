import { isObject } from '../../json/own-members.ts'
import type { Kind } from '../kind.ts'
import type { PastedConfig } from '../proposal.ts'
import type { Values } from './clients.ts'
import { connectionOf } from './connection.ts'
import { proposalsOf } from './recognised.ts'
import { type Setting, settingsOf } from './setting.ts'

/** What an adapter sends if nothing else is said of the client. */
const basic: PastedConfig = { token_endpoint_auth_method: 'client_secret_basic' }

/**
 * `keycloak.json`, as **Installation** or **Download adapter configs** of a client gives it, alone or as a part of a file.
 * @see https://www.keycloak.org/securing-apps/nodejs-adapter
 * @see https://www.keycloak.org/docs/25.0.6/securing_apps/#_java_adapter_config
 */
export const keycloakAdapter: Kind = {
  kind: 'keycloak',
  read({ document }) {
    const adapter = adapterIn(document)
    if (adapter === null) return null
    const settings = settingsOf(adapter)
    const find = (...names: readonly string[]): Setting | undefined =>
      names.map((name) => settings.find((one) => one.name === name)).find((one) => one !== undefined)
    const bySecretJwt = find('credentials.secret-jwt.secret')
    const byKey = find('credentials.jwt.client-keystore-file', 'credentials.jwt.client-key-alias')
    const isPublic = find('public-client')?.values[0] === 'true'
    const values: Values = withoutNothing({
      realm: find('realm'),
      server: find('auth-server-url', 'auth-server-url-for-backend-requests'),
      clientId: find('resource', 'clientId'),
      clientSecret: find('credentials.secret', 'secret') ?? bySecretJwt,
    })
    const base: PastedConfig =
      bySecretJwt !== undefined
        ? {
            token_endpoint_auth_method: 'client_secret_jwt',
            ...secretAlg(find('credentials.secret-jwt.algorithm')),
          }
        : byKey !== undefined
          ? { token_endpoint_auth_method: 'private_key_jwt' }
          : isPublic
            ? { token_endpoint_auth_method: 'none' }
            : basic
    const composed = connectionOf(values, base)
    const sentences = [
      ...composed.sentences,
      ...(byKey === undefined
        ? []
        : [
            'Its key is in a keystore, which is another file. Export the key from there, and import it under Keys.',
          ]),
      ...(isPublic || find('bearer-only')?.values[0] === 'true'
        ? ['It is of a client that Keycloak issues no token of this grant to: public, or bearer-only.']
        : []),
    ]
    const client = { name: '', values, unclear: [] }
    return proposalsOf(
      'the adapter configuration of Keycloak (keycloak.json)',
      [{ client, composed: { ...composed, sentences } }],
      settings,
    )
  },
}

/** The object with a realm, the URL of a server and a client; Spring, Quarkus and others have it below a name. */
function adapterIn(document: unknown, depth = 3): Readonly<Record<string, unknown>> | null {
  if (!isObject(document)) return null
  if (Object.hasOwn(document, 'realm') && Object.hasOwn(document, 'auth-server-url')) return document
  if (depth === 0) return null
  for (const name of Object.keys(document).slice(0, 50)) {
    const found = adapterIn(document[name], depth - 1)
    if (found !== null) return found
  }
  return null
}

function secretAlg(algorithm: Setting | undefined): PastedConfig {
  const alg = algorithm?.values[0]
  return alg === 'HS384' || alg === 'HS512' ? { assertion: { secret_alg: alg } } : {}
}

const withoutNothing = (values: Readonly<Record<string, Setting | undefined>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
