import type { Exchange, HttpRequest } from '../../lib/http/message.ts'
import { composeDiscoveryRequest, discoveryAttempts } from '../../lib/oauth/discovery/discovery.ts'
import { readMetadata } from '../../lib/oauth/discovery/metadata-reading.ts'

/**
 * Where an issuer has its keys, by its metadata; `null` if it is not to be had. Metadata of another issuer must not be
 * used.
 * @param ask makes one exchange
 * @see RFC 8414 sections 3 and 3.3
 */
export async function findKeys(
  issuer: string,
  ask: (request: HttpRequest) => Promise<Exchange>,
): Promise<string | null> {
  const attempts = discoveryAttempts(issuer)
  for (const url of attempts.ok ? attempts.urls : []) {
    const { outcome } = await ask(await composeDiscoveryRequest(url))
    const reading = readMetadata(outcome)
    if (reading.kind === 'found' && reading.metadata.issuer === issuer)
      return reading.metadata.jwks_uri ?? null
    if (outcome.kind === 'aborted' && outcome.by === 'person') return null
  }
  return null
}
