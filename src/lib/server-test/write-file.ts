import { authMethodOf } from '../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import type { Subject } from './base/subject.ts'
import type { FileClient, TestFile } from './read-file.ts'

/** The file of a connection, for `npm run test:server`; or why there is none. */
export type WrittenFile =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }

/**
 * Writes what is tested as a file, each secret as a variable of the environment. A client that signs with a key has no place
 * in it but `assertion`, and a key is never written.
 */
export function writeTestFile(subject: Subject): WrittenFile {
  const { clients, issuer, introspection_endpoint, revocation_endpoint, api } = subject
  const { client } = clients
  if (authMethodOf(client).by === 'key')
    return {
      ok: false,
      message: 'The client signs with a key, which no file of this page has: write it yourself.',
    }
  const isOperating = introspection_endpoint !== null || revocation_endpoint !== null
  const file: TestFile = {
    name: subject.name,
    ...(issuer === null ? {} : { issuer }),
    token_endpoint: client.token_endpoint,
    ...(introspection_endpoint === null ? {} : { introspection_endpoint }),
    ...(revocation_endpoint === null ? {} : { revocation_endpoint }),
    client: clientOf(client),
    ...(isOperating && clients.operations ? { operations: clientOf(clients.operations) } : {}),
    ...(clients.dpop ? { dpop: clientOf(clients.dpop) } : {}),
    ...(api === null ? {} : { api }),
  }
  return { ok: true, text: `${JSON.stringify(file, null, 2)}\n` }
}

const mayBeSecret = (name: string, value: string): boolean => isSecretName(name) || hidesSecret(value, '')

/** Of the environment: the file of a pipeline is read by many. */
const variable = (name: string): string => `\${${name.replace(/\W/g, '_').toUpperCase()}}`

/** What a file can say of a client; parameters of the form are among the others. */
function clientOf(config: TokenRequestConfig): FileClient {
  const { client_id, client_secret, token_endpoint_auth_method, scope, basic_encoding } = config
  const { audience, authorization_details, resource, parameters } = config
  const own = [
    ...resource.slice(0, 1).map((value) => ['resource', value] as const),
    ['audience', audience] as const,
    ['authorization_details', authorization_details.trim()] as const,
    ...parameters
      .filter(({ on, name }) => on && name !== '')
      .map(({ name, value }) => [name, mayBeSecret(name, value) ? variable(name) : value] as const),
  ].filter(([, value]) => value !== '')
  return {
    client_id,
    ...(client_secret === '' ? {} : { client_secret: '${CLIENT_SECRET}' }),
    token_endpoint_auth_method,
    ...(scope === '' ? {} : { scope }),
    ...(own.length === 0 ? {} : { parameters: Object.fromEntries(own) }),
    basic_encoding: basic_encoding === 'raw' ? 'raw' : 'form',
  }
}
