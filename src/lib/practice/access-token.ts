import { SignJWT } from 'jose'
import type { PracticeClient } from './clients.ts'
import type { Context } from './endpoint.ts'
import type { JsonObject } from './json-object.ts'
import { practiceOrigin } from './origin.ts'

/** Seconds. Short enough to see one expire. */
export const accessTokenLifetime = 300

/** What a token is good for. */
interface Granted {
  readonly scope: string
  readonly audience: string | string[]
  /** The thumbprint of the key it is bound to; `null` where whoever bears it may use it. */
  readonly jkt: string | null
  readonly authorization_details?: readonly JsonObject[]
}

/**
 * A JWT access token for a client that acts for itself: `sub` is the client.
 * @see RFC 9068 section 2.2, RFC 9396 section 9.1 and RFC 9449 section 6.1
 */
export async function issueAccessToken(
  client: PracticeClient,
  { scope, audience, jkt, ...details }: Granted,
  { keys, now }: Pick<Context, 'keys' | 'now'>,
): Promise<string> {
  const { privateKey, publicJwk } = await keys.signingKey(client.access_token_signing_alg)
  const iat = Math.floor(now() / 1000)
  return new SignJWT({
    iss: practiceOrigin,
    sub: client.client_id,
    aud: audience,
    exp: iat + accessTokenLifetime,
    iat,
    jti: crypto.randomUUID(),
    client_id: client.client_id,
    scope,
    ...details,
    ...(jkt === null ? {} : { cnf: { jkt } }),
  })
    .setProtectedHeader({ alg: publicJwk.alg, typ: 'at+jwt', kid: publicJwk.kid })
    .sign(privateKey)
}
