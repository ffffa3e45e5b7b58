import type { TokenRequestConfig } from '../oauth/config/config.ts'
import type { Subject } from './base/subject.ts'
import type { FileClient, TestFile } from './read-file.ts'

/** The file of a test, and what it cannot have in it, in sentences. */
export interface WrittenFile {
  readonly text: string
  readonly leftOut: readonly string[]
}

/**
 * What `npm run test:server` reads, for the server and the client of a page. The secret is a variable of the environment, and so
 * is whatever a parameter may hide.
 */
export function testFileOf(subject: Subject): WrittenFile {
  const { client, operations, encoding, assertion, dpop } = subject.clients
  const { issuer, introspection_endpoint, revocation_endpoint, api, name } = subject
  const file: TestFile = {
    name,
    ...(issuer !== null && { issuer }),
    token_endpoint: client.token_endpoint,
    ...(introspection_endpoint !== null && { introspection_endpoint }),
    ...(revocation_endpoint !== null && { revocation_endpoint }),
    client: clientOf(client),
    ...(operations && { operations: clientOf(operations) }),
    ...(encoding && { encoding: clientOf(encoding) }),
    ...(dpop && { dpop: clientOf(dpop) }),
    ...(api && { api }),
  }
  return {
    text: `${JSON.stringify(file, null, 2)}\n`,
    leftOut: assertion
      ? ['assertion: the private key stays in the page. Add it with its client_id to test signed assertions.']
      : [],
  }
}

function clientOf(config: TokenRequestConfig): FileClient {
  const { client_id, client_secret, token_endpoint_auth_method, scope, basic_encoding } = config
  const parameters = [
    ...config.parameters.filter(({ on }) => on).map(({ name }) => [name, variable(name)] as const),
    ...config.resource.slice(0, 1).map((resource) => ['resource', resource] as const),
    ...(config.audience === '' ? [] : [['audience', config.audience] as const]),
  ]
  return {
    client_id,
    ...(client_secret !== '' && { client_secret: '${CLIENT_SECRET}' }),
    token_endpoint_auth_method,
    ...(scope !== '' && { scope }),
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
    ...(basic_encoding === 'raw' && { basic_encoding }),
  }
}

/** The value of an own parameter may be a secret under any name. */
const variable = (name: string): string => `\${${name.replace(/\W/g, '_').toUpperCase()}}`
