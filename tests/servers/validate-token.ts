import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { signingAlgs } from './signing-keys.ts'

export interface Grant {
  readonly clientId: string
  readonly scope: readonly string[]
  /** The thumbprint of the key that the token is bound to. */
  readonly key: string | undefined
}

export interface Introspection {
  readonly endpoint: string
  readonly clientId: string
  readonly clientSecret: string
}

/**
 * Validates access tokens of one issuer: JWTs by its keys, opaque ones by asking it.
 *
 * @returns What a token allows, or in words why it is not accepted.
 * @see RFC 9068 section 4, RFC 7662 section 2
 */
export function tokenValidator({
  issuer,
  introspection,
}: {
  readonly issuer: string
  readonly introspection?: Introspection
}): (token: string, audience: string) => Promise<Grant | string> {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))

  return async (token, audience) => {
    if (token.split('.').length === 3) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          typ: 'at+jwt',
          // RFC 8725 3.1: never an HMAC with what anybody can read.
          algorithms: [...signingAlgs],
          requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
        })
        return grantOf(payload)
      } catch (error) {
        if (error instanceof errors.JWTExpired) return 'The access token expired.'
        if (error instanceof errors.JWTClaimValidationFailed) {
          return `The access token is not for this API: ${error.claim}.`
        }
        if (error instanceof errors.JOSEError) return 'The access token is malformed or not trusted.'
        throw error
      }
    }
    if (introspection === undefined) return 'The access token is not a JWT.'
    const { endpoint, clientId, clientSecret } = introspection
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ token }),
    })
    const claims = (await response.json()) as Record<string, unknown>
    return claims['active'] === true && claims['aud'] === audience
      ? grantOf(claims)
      : 'The access token is unknown, expired or revoked.'
  }
}

function grantOf({ client_id, scope, cnf }: Record<string, unknown>): Grant {
  return {
    clientId: String(client_id),
    scope: typeof scope === 'string' ? scope.split(' ') : [],
    key: (cnf as { jkt?: string } | undefined)?.jkt,
  }
}
