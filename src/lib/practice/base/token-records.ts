import { createExpiringMap } from './expiring-map.ts'
import type { JsonObject } from './json-object.ts'

/** What an access token says, in itself or by what the server keeps of it. @see RFC 9068 section 2.2 */
export interface TokenClaims {
  readonly iss: string
  readonly sub: string
  readonly aud: string | string[]
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly client_id: string
  readonly scope: string
  readonly authorization_details?: readonly JsonObject[]
  /** The key it is bound to; without one, whoever bears it may use it. */
  readonly cnf?: { readonly jkt: string }
}

/** What the authorization server keeps of the tokens it issued: those that say nothing themselves, and those revoked. */
export interface TokenRecords {
  /** By the hash of the token: the time a look-up takes reveals nothing of the token itself. */
  keep(hash: string, claims: TokenClaims): void
  find(hash: string): TokenClaims | undefined
  revoke(claims: TokenClaims): void
  /** When, in seconds; `undefined` if it was not. */
  revokedAt(claims: TokenClaims): number | undefined
}

/** Seconds a record outlives its token, so that an expired one is distinguished from one that never was. */
const afterlife = 600
const maxRecords = 1000
const maxRevocations = 10_000

/** Records live as long as the server, and not much longer than their tokens. */
export function createTokenRecords(now: () => number): TokenRecords {
  const opaque = createExpiringMap<TokenClaims>(now, maxRecords)
  const revocations = createExpiringMap<number>(now, maxRevocations)
  return {
    keep: (hash, claims) => {
      opaque.set(hash, claims, claims.exp + afterlife)
    },
    find: (hash) => opaque.get(hash),
    revoke: ({ jti, exp }) => {
      revocations.set(jti, Math.floor(now() / 1000), exp)
    },
    revokedAt: ({ jti }) => revocations.get(jti),
  }
}
