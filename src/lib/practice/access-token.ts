import { SignJWT } from 'jose'
import type { PracticeClient } from './clients.ts'
import type { Context } from './endpoint.ts'
import { practiceAudience, practiceOrigin } from './origin.ts'

/** Seconds. Short enough to see one expire. */
export const accessTokenLifetime = 300

/** A JWT access token for a client that acts for itself: `sub` is the client. @see RFC 9068 section 2.2 */
export async function issueAccessToken(
  client: PracticeClient,
  scope: string,
  { keys, now }: Pick<Context, 'keys' | 'now'>,
): Promise<string> {
  const { privateKey, publicJwk } = await keys.signingKey(client.access_token_signing_alg)
  const iat = Math.floor(now() / 1000)
  return new SignJWT({
    iss: practiceOrigin,
    sub: client.client_id,
    aud: practiceAudience,
    exp: iat + accessTokenLifetime,
    iat,
    jti: crypto.randomUUID(),
    client_id: client.client_id,
    scope,
  })
    .setProtectedHeader({ alg: publicJwk.alg, typ: 'at+jwt', kid: publicJwk.kid })
    .sign(privateKey)
}
