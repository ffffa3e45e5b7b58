import type { Exchange, HttpRequest } from '../../lib/http/message.ts'
import { originOf } from '../../lib/http/message.ts'
import { atOrigin } from '../../lib/http/http-url.ts'
import { composeDiscoveryRequest, discoveryAttempts } from '../../lib/oauth/discovery/discovery.ts'
import { readMetadata } from '../../lib/oauth/discovery/metadata-reading.ts'

/**
 * Where an issuer has its keys, by its metadata; `null` if it is not to be had. Metadata of another issuer must not be
 * used.
 * @param ask makes one exchange
 * @param base a URL of the host that is asked, if the server is reached there and calls itself otherwise: its keys are
 * at the same path there
 * @see RFC 8414 sections 3 and 3.3
 */
export async function findKeys(
  issuer: string,
  ask: (request: HttpRequest) => Promise<Exchange>,
  base = issuer,
): Promise<string | null> {
  const attempts = discoveryAttempts(atOrigin(issuer, base) ?? issuer)
  for (const url of attempts.ok ? attempts.urls : []) {
    const { outcome } = await ask(await composeDiscoveryRequest(url))
    const reading = readMetadata(outcome)
    if (reading.kind === 'found' && reading.metadata.issuer === issuer) {
      const { jwks_uri: keys = null } = reading.metadata
      return keys !== null && originOf(keys) === originOf(issuer) ? atOrigin(keys, base) : keys
    }
    if (outcome.kind === 'aborted' && outcome.by === 'person') return null
  }
  return null
}
