import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
} from 'jose'
import { rfc } from '../spec.ts'
import { bearerError } from './bearer-error.ts'
import type { Rule } from './check-log.ts'
import type { Context } from './endpoint.ts'
import { practiceAudience, practiceOrigin } from './origin.ts'
import { signingAlgs } from './signing-keys.ts'
import { quote } from './wording.ts'

const isAccessToken: Rule = { what: 'It is a JWT of type at+jwt', spec: rfc(9068, '4') }
const signed: Rule = { what: 'A key of this issuer signed it', spec: rfc(9068, '4') }

/** The claims, in the order they are looked at: what is found, and whether it will do. */
const claimRules: readonly {
  readonly rule: Rule
  readonly found: (claims: JWTPayload, now: number) => string
  readonly holds: (claims: JWTPayload, now: number) => boolean
}[] = [
  {
    rule: { what: 'The issuer is this authorization server', spec: rfc(7519, '4.1.1') },
    found: ({ iss }) => `iss ${quote(String(iss))}`,
    holds: ({ iss }) => iss === practiceOrigin,
  },
  {
    rule: { what: 'This API is the audience', spec: rfc(7519, '4.1.3') },
    found: ({ aud }) => `aud ${quote(String(aud))}`,
    holds: ({ aud = [] }) => [aud].flat().includes(practiceAudience),
  },
  {
    rule: { what: 'It has not expired', spec: rfc(7519, '4.1.4') },
    found: ({ exp = 0 }, now) => (now < exp ? `${exp - now} s left` : `It expired ${now - exp} s ago`),
    holds: ({ exp = 0 }, now) => now < exp,
  },
]

/** What a resource server does before it believes a token, one check at a time. @see RFC 9068 section 4 */
export async function verifyAccessToken(
  token: string,
  { checks, keys, now }: Pick<Context, 'checks' | 'keys' | 'now'>,
): Promise<JWTPayload> {
  const typ = readTyp(token)
  if (!/^(application\/)?at\+jwt$/i.test(typ ?? '')) {
    const found = typ === null ? 'It is not a JWT of this server' : `typ is ${quote(typ)}`
    throw bearerError('invalid_token', isAccessToken, found)
  }
  checks.pass(isAccessToken, 'typ at+jwt')
  try {
    const keySet = createLocalJWKSet(await keys.publicJwks())
    const { protectedHeader } = await compactVerify(token, keySet, { algorithms: [...signingAlgs] })
    checks.pass(signed, `${protectedHeader.alg} ${protectedHeader.kid ?? ''}`)
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw bearerError('invalid_token', signed, `The signature does not verify (${error.code})`)
  }
  const claims = decodeJwt(token)
  const seconds = Math.floor(now() / 1000)
  for (const { rule, found, holds } of claimRules) {
    if (!holds(claims, seconds)) throw bearerError('invalid_token', rule, found(claims, seconds))
    checks.pass(rule, found(claims, seconds))
  }
  return claims
}

/** The `typ` of a JWT, empty when it has none; `null` when this is no JWT at all. */
function readTyp(token: string): string | null {
  try {
    return decodeProtectedHeader(token).typ ?? ''
  } catch {
    // TypeError: fewer than three parts, not base64url, not JSON
    return null
  }
}
