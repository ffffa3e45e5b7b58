// As the examples of the SDK verify a token; `invalid` makes the SDK's own error.
import * as jose from 'jose'

const keys = jose.createRemoteJWKSet(new URL('http://localhost:3915/jwks'))
export const verifier = (invalid) => ({
  async verifyAccessToken(token) {
    let payload
    try {
      ;({ payload } = await jose.jwtVerify(token, keys, { issuer: 'http://localhost:3915' }))
    } catch (error) {
      throw invalid(
        error.code === 'ERR_JWT_EXPIRED' ? 'Token has expired' : `Invalid token: ${error.message}`,
      )
    }
    const aud = Array.isArray(payload.aud) ? payload.aud[0] : payload.aud
    return {
      token,
      clientId: payload.client_id,
      scopes: (payload.scope ?? '').split(' ').filter(Boolean),
      expiresAt: payload.exp,
      resource: aud ? new URL(aud) : undefined,
    }
  },
})
