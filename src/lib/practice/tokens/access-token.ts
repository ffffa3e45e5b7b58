import { base64url, SignJWT } from 'jose'
import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import type { Context } from '../base/endpoint.ts'
import type { JsonObject } from '../base/json-object.ts'
import { practiceOrigin } from '../base/origin.ts'
import { hashToken } from '../base/token-hash.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { quote } from '../base/wording.ts'

/** What a token is good for. */
interface Granted {
  readonly scope: string
  readonly audience: string | string[]
  /** The thumbprint of the key it is bound to; `null` if whoever bears it may use it. */
  readonly jkt: string | null
  readonly authorization_details?: readonly JsonObject[]
}

const rotated: Rule = { what: 'The signing key is rotated', spec: rfc(7517, '4.5') }

/**
 * An access token for a client that acts for itself: `sub` is the client. A JWT says all this itself, an opaque token
 * refers to what the server keeps. `kind` is for a sentence.
 * @see RFC 9068 section 2.2, RFC 9396 section 9.1 and RFC 9449 section 6.1
 */
export async function issueAccessToken(
  client: PracticeClient,
  { scope, audience, jkt, ...details }: Granted,
  context: Context,
): Promise<{ readonly access_token: string; readonly kind: string }> {
  // First of all, since a browser without WebCrypto has no key, and nothing else of what a token needs.
  const { privateKey, publicJwk } = await signingKeyFor(client, context)
  const iat = Math.floor(context.now() / 1000)
  const claims: TokenClaims = {
    iss: practiceOrigin,
    sub: client.client_id,
    aud: audience,
    exp: iat + client.access_token_lifetime,
    iat,
    jti: crypto.randomUUID(),
    client_id: client.client_id,
    scope,
    ...details,
    ...(jkt === null ? {} : { cnf: { jkt } }),
  }
  if (client.access_token_format === 'opaque') {
    const access_token = base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
    context.records.keep(await hashToken(access_token), claims)
    return { access_token, kind: 'An opaque token' }
  }
  const header = { alg: publicJwk.alg, typ: 'at+jwt', kid: publicJwk.kid }
  const access_token = await new SignJWT({ ...claims }).setProtectedHeader(header).sign(privateKey)
  return { access_token, kind: `A JWT signed with ${publicJwk.alg}` }
}

async function signingKeyFor(client: PracticeClient, { keys, checks }: Pick<Context, 'keys' | 'checks'>) {
  const alg = client.access_token_signing_alg
  if (client.rotates_signing_key !== true) return keys.signingKey(alg)
  const { key, withdrawn } = await keys.rotate(alg)
  const found = `kid ${quote(key.publicJwk.kid)} is new in the JWK Set`
  checks.pass(rotated, withdrawn === null ? found : `${found}, and kid ${quote(withdrawn)} was withdrawn`)
  return key
}
