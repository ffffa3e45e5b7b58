import { isObject, parsePlain } from '../json/own-members.ts'
import { asNumber, asString, type JsonValue, member } from '../json/value.ts'
import { claimsOf, decode } from '../jwt/decode/decode.ts'
import { type AssertionConfig, assertionTypes, type DpopConfig, secretAlgs } from '../oauth/config/config.ts'

/** What a pasted assertion says of how its client makes one. */
export interface PastedAssertion {
  readonly method: 'client_secret_jwt' | 'private_key_jwt'
  /** Whom it says that it is; empty if it does not. */
  readonly client_id: string
  readonly assertion: Partial<AssertionConfig>
}

/** Members that are made anew for each assertion, or have a field of their own. */
const madeAnew: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'iat', 'nbf', 'exp', 'jti'])

/** More members are not copied, in characters: it is an example, and no place for a document. */
const longest = 10_000

/**
 * What is kept of an assertion, which is good for one request: all that is not made anew. `null` if it is no JWS.
 * @param token_endpoint where it was sent
 * @see RFC 7523 section 3
 */
export function pastedAssertion(assertion: string, token_endpoint: string): PastedAssertion | null {
  const decoded = decode(assertion)
  const claims = claimsOf(decoded)
  if (decoded.kind !== 'jws' || claims === null) return null
  const header = decoded.header.value
  const alg = asString(member(header, 'alg')) ?? ''
  const typ = asString(member(header, 'typ')) ?? ''
  const kid = asString(member(header, 'kid')) ?? ''
  const aud = asString(member(claims, 'aud'))
  const sub = asString(member(claims, 'sub')) ?? ''
  const iss = asString(member(claims, 'iss')) ?? ''
  const lifetime = secondsOf(claims)
  const own = ownOf(decoded.payload.json ?? '')
  const more = {
    ...(iss !== '' && iss !== sub && { iss }),
    ...(aud === undefined && member(claims, 'aud') !== undefined && { aud: own['aud'] }),
    ...Object.fromEntries(Object.entries(own).filter(([name]) => !madeAnew.has(name))),
  }
  const payload = Object.keys(more).length === 0 ? '' : JSON.stringify(more)
  return {
    method: Object.hasOwn(secretAlgs, alg) ? 'client_secret_jwt' : 'private_key_jwt',
    client_id: sub,
    assertion: {
      ...(Object.hasOwn(secretAlgs, alg) && { secret_alg: alg as keyof typeof secretAlgs }),
      ...(aud !== undefined &&
        (aud === token_endpoint
          ? { aud: 'token_endpoint' as const }
          : { aud: 'custom' as const, custom_aud: aud })),
      ...(Object.hasOwn(assertionTypes, typ) && { typ: typ as keyof typeof assertionTypes }),
      ...(kid === '' ? { kid: 'none' as const } : { kid: 'custom' as const, custom_kid: kid }),
      ...(lifetime !== null && { lifetime }),
      nbf: member(claims, 'nbf') !== undefined,
      x5t: member(header, 'x5t#S256') !== undefined,
      ...(payload.length <= longest && { payload }),
    },
  }
}

/** What a pasted proof says of how its client makes one; its key and its members are made anew. @see RFC 9449 section 4.2 */
export function pastedProof(proof: string): Partial<DpopConfig> {
  return { on: true, lifetime: secondsOf(claimsOf(decode(proof))) ?? 0 }
}

/** From `iat` to `exp`, at most a day; `null` if it does not say so. */
function secondsOf(claims: JsonValue | null): number | null {
  const seconds = (asNumber(member(claims, 'exp')) ?? NaN) - (asNumber(member(claims, 'iat')) ?? NaN)
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 86_400 ? seconds : null
}

function ownOf(text: string): Readonly<Record<string, unknown>> {
  const parsed = parsePlain(text)
  return parsed.ok && isObject(parsed.value) ? parsed.value : {}
}
