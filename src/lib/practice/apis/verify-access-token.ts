import { decodeProtectedHeader } from 'jose'
import { rfc } from '../../spec.ts'
import { claimRules } from './access-token-rules.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import { verifyWithPublishedKeys } from '../signatures/published-keys.ts'
import type { TokenClaims } from '../base/token-records.ts'
import type { RefuseToken } from './token-refusal.ts'
import { settleAll } from '../base/verdict.ts'
import { show, when } from '../base/wording.ts'

const isAccessToken: Rule = { what: 'It is a JWT of type at+jwt', spec: rfc(9068, '4') }
const signed: Rule = { what: 'A key of this issuer signed it', spec: rfc(9068, '4') }
const revocation: Rule = { what: 'Revocation is not looked at', spec: rfc(7009, '3') }

/** What an API that reads JWTs itself does before it believes one, one check at a time. @see RFC 9068 section 4 */
export async function verifyAccessToken(
  token: string,
  audiences: readonly string[],
  context: Pick<Context, 'checks' | 'keys' | 'records' | 'now'>,
  refuse: RefuseToken,
): Promise<TokenClaims> {
  const { checks, keys, records } = context
  const typ = readTyp(token)
  if (typeof typ !== 'string' || !/^(application\/)?at\+jwt$/i.test(typ)) {
    const found =
      typ === null ? 'It is not a JWT: an API that introspects might accept it' : `typ is ${show(typ)}`
    throw refuse('invalid_token', isAccessToken, found)
  }
  checks.pass(isAccessToken, 'typ at+jwt')
  const verified = await verifyWithPublishedKeys(token, keys)
  if (typeof verified === 'string') throw refuse('invalid_token', signed, verified)
  const { header, claims } = verified
  checks.pass(signed, `${header.alg} ${header.kid ?? ''}`)
  const now = Math.floor(context.now() / 1000)
  settleAll(claimRules, { claims, audiences, now }, checks, (rule, found) =>
    refuse('invalid_token', rule, found),
  )
  const revoked = records.revokedAt(claims)
  if (revoked !== undefined) {
    checks.note(revocation, `It was revoked ${when(revoked, now)}, which nothing in the JWT tells`)
  }
  return claims
}

/** The `typ` of a JWT, which may be anything; `null` when this is no JWT at all. */
function readTyp(token: string): unknown {
  try {
    return decodeProtectedHeader(token).typ ?? ''
  } catch {
    // TypeError: fewer than three parts, not base64url, not JSON
    return null
  }
}
