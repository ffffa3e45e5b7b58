import { processIntrospectionResponse, processRevocationResponse } from 'oauth4webapi'
import type { HttpResponse } from '../../http/message.ts'
import { issuerOf, type TokenRequestConfig } from '../config/config.ts'
import { verdictOf, type StrictVerdict } from './strict-verdict.ts'

/**
 * How a client that follows the standard to the letter takes an introspection response. Of a JWT it judges what can be
 * judged without the server's keys.
 * @see RFC 7662 section 2.2, RFC 9701 section 5
 */
export function judgeIntrospection(
  recorded: HttpResponse,
  config: TokenRequestConfig,
): Promise<StrictVerdict> {
  const as = { issuer: issuerOf(config) || 'https://unused.invalid' }
  const client = { client_id: config.client_id || 'unused' }
  return verdictOf(recorded, (response) => processIntrospectionResponse(as, client, response))
}

/** How a client that follows the standard to the letter takes a revocation response. @see RFC 7009 section 2.2 */
export function judgeRevocation(recorded: HttpResponse): Promise<StrictVerdict> {
  return verdictOf(recorded, processRevocationResponse)
}
