import { originOf } from '../../lib/http/message.ts'
import { encodingMatters } from '../../lib/oauth/compose/basic-credentials.ts'
import { methodOf } from '../../lib/oauth/config/api-call.ts'
import { dpopKey } from '../../lib/oauth/config/derived-values.ts'
import { usesKey, usesSecret } from '../../lib/oauth/config/auth-methods.ts'
import type { Subject } from '../../lib/server-test/base/subject.ts'
import { isPractice } from '../../lib/practice/base/origin.ts'
import type { Playground } from '../playground.svelte.ts'
import { serverEndpoint } from '../token/server-endpoint.ts'
import { toolsOf } from '../token/token-tools.ts'

/** Milliseconds between two requests to a server outside the page: a test is no attack. */
const pause = 60

/** What a test from the page is about: the server and the client of the form, and the API of the line below the token. */
export function subjectOf(playground: Playground, throwaway_secret: boolean): Subject {
  const { connection, keys } = playground
  const { server } = connection
  // By name, as a request that leaves the assertion out is bound to the same key.
  const config = {
    ...connection.config,
    dpop: { ...connection.config.dpop, key: dpopKey(connection.config) },
  }
  const { use, operations } = toolsOf(playground)
  const { call } = use
  const isCallable = methodOf(call) === 'GET' && originOf(call.url) !== null
  const isEncoded =
    usesSecret(config) && encodingMatters(config.basic_encoding, config.client_id, config.client_secret)
  return {
    name: `${server.name} (${config.token_endpoint})`,
    product: server.kind,
    issuer: config.issuer || (isDocument(config.discovery) ? null : config.discovery || null),
    introspection_endpoint: operations.endpoint('introspection') || null,
    revocation_endpoint:
      operations.endpoint('revocation') || serverEndpoint(playground, 'revocation_endpoint') || null,
    clients: {
      client: config,
      operations: config,
      encoding: isEncoded ? config : null,
      assertion: usesKey(config) ? config : null,
      dpop: config.dpop.on ? config : null,
    },
    api: isCallable
      ? { url: call.url, dpop: call.presentation === 'dpop' || config.dpop.on, parameters: {} }
      : null,
    throwaway_secret: throwaway_secret && usesSecret(config),
    pause_ms: isPractice(config.token_endpoint) ? 0 : pause,
    findKey: keys.find,
  }
}

const isDocument = (url: string): boolean => url.includes('/.well-known/')
