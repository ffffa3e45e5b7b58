import { headerValue, type HttpRequest } from '../../../http/message.ts'
import { asNumber, asString, type JsonValue, member } from '../../../json/value.ts'
import { relativeTime } from '../../../jwt/decode/numeric-date.ts'
import { claimsOf, decode } from '../../../jwt/decode/decode.ts'
import { encodeBase64url } from '../../../encoding/base64.ts'
import { quoted } from '../../../text/quoted.ts'
import { rfc, type SpecLink } from '../../../spec.ts'
import { type Check, fail, pass, type Result } from '../../../check.ts'
import { proofThumbprint } from '../../../oauth/compose/proof-thumbprint.ts'
import { boundKey, listClaim } from '../../../oauth/response/token-facts.ts'

export const apiAudience = 'nhn:test-public-samplecode'
export const apiScope = 'nhn:test-public-samplecode/client-credentials'

const algs = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']

/** The call as the API sees it. */
export interface Seen {
  readonly url: URL
  readonly method: string
  readonly scheme: string
  readonly claims: JsonValue | null
  readonly header: JsonValue | null
  readonly proof: JsonValue | null
  /** The thumbprint of the key in the proof; `null` if it has none. */
  readonly thumbprint: string | null
  /** The hash of the token. */
  readonly ath: string
  /** Milliseconds since the epoch, by the API's clock as far as it is known. */
  readonly now: number
  /** Whether the API's clock is only guessed to go with this machine's. */
  readonly guessed: boolean
}

/**
 * What HelseID's Sample API would say of a call, rule by rule in its order, derived from the very request; it logs its
 * reasons and returns none. Its clock is not known: the authorization server's is used instead.
 *
 * @param now milliseconds since the epoch
 * @param skew seconds the server's clock is ahead, `null` if that is not known
 */
export async function helseIdApiRules(
  request: HttpRequest,
  now: number,
  skew: number | null,
): Promise<readonly Check[]> {
  const [scheme = '', token = ''] = (headerValue(request.headers, 'authorization') ?? '').split(' ', 2)
  const proof = decode(headerValue(request.headers, 'dpop') ?? '')
  const signed = proof.kind === 'jws' ? proof : null
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  const seen: Seen = {
    url: new URL(request.url),
    method: request.method,
    scheme,
    claims: claimsOf(decode(token)),
    header: signed?.header.value ?? null,
    proof: signed?.payload.value ?? null,
    thumbprint: await proofThumbprint(signed?.header.value ?? null),
    ath: encodeBase64url(new Uint8Array(hash)),
    now: now + (skew ?? 0) * 1000,
    guessed: skew === null,
  }
  return apiRules.map(({ what, look, spec }) => ({ what, ...look(seen), spec }))
}

type Look = (seen: Seen) => Result

const passIf = (holds: boolean, found: string): Result => (holds ? pass(found) : fail(found))

/** A member as received, fit for a sentence. */
function told(value: JsonValue | null, name: string): string {
  const found = member(value, name)
  if (found === undefined) return `No ${name}`
  if (found.kind === 'string') return `${name} ${quoted(found.value)}`
  return found.kind === 'number' ? `${name} ${found.source}` : `${name} is no text`
}

/** ASP.NET Core's own leeway, in seconds. */
const leeway = 300

const lifetime: Look = ({ claims, now }) => {
  const exp = asNumber(member(claims, 'exp'))
  if (exp === undefined) return fail(told(claims, 'exp'))
  const left = exp - now / 1000
  if (left > 0) return pass(`It expires ${relativeTime(exp, now)}`)
  return {
    result: left > -leeway ? 'warn' : 'fail',
    found: `It expired ${relativeTime(exp, now)}; ${leeway / 60} min are let pass`,
  }
}

const audience: Look = ({ claims }) => {
  const aud = listClaim(claims, 'aud')
  if (aud === null) return fail(told(claims, 'aud'))
  return passIf(aud.length === 1 && aud[0] === apiAudience, `aud ${quoted(aud.join(', '))}`)
}

/** A text with several scopes in it is one value to the policy, and not the one it requires. */
const scope: Look = ({ claims }) => {
  const scopes = listClaim(claims, 'scope')
  if (scopes === null) return fail(told(claims, 'scope'))
  return passIf(scopes.includes(apiScope), `scope ${quoted(scopes.join(', '))}`)
}

const alg: Look = ({ header }) => {
  const name = asString(member(header, 'alg')) ?? ''
  return passIf(algs.includes(name), told(header, 'alg'))
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']

const publicKey: Look = ({ header, thumbprint }) => {
  const jwk = member(header, 'jwk')
  const secret = privateMembers.filter((name) => member(jwk, name) !== undefined)
  if (secret.length > 0) return fail(`jwk has ${secret.join(', ')}`)
  return passIf(
    thumbprint !== null,
    thumbprint === null ? 'No jwk with a key in it' : `jwk ${told(jwk ?? null, 'kty')}`,
  )
}

const sameKey: Look = ({ claims, thumbprint }) => {
  const jkt = boundKey(claims)
  if (jkt === null) return fail('No cnf.jkt in the token')
  const same = jkt === thumbprint
  return passIf(
    same,
    `cnf.jkt ${quoted(jkt)}${same ? '' : `, and the proof’s key ${thumbprint ?? 'is none'}`}`,
  )
}

const htu: Look = ({ url: { origin, pathname }, proof }) => {
  return passIf(asString(member(proof, 'htu')) === origin + pathname, told(proof, 'htu'))
}

/** How far iat may be from the API's clock, in seconds. */
export const iatWindow = { before: 6, after: 5 }

const iat: Look = ({ proof, now, guessed }) => {
  const at = asNumber(member(proof, 'iat'))
  if (at === undefined || !Number.isInteger(at)) return fail(told(proof, 'iat'))
  const off = at - Math.floor(now / 1000)
  const by = guessed ? 'this machine’s clock; the API’s is not known' : 'the authorization server’s clock'
  const found = `iat is ${Math.abs(off)} s ${off < 0 ? 'behind' : 'ahead of'} ${by}`
  if (off < -iatWindow.before || off > iatWindow.after) return fail(found)
  // The call takes time: what is at the edge now is beyond it when it arrives.
  const edge = off <= -iatWindow.before + 2 || off >= iatWindow.after - 1
  return { result: edge ? 'warn' : 'pass', found }
}

interface Rule<Id extends string = string> {
  readonly id: Id
  readonly what: string
  readonly look: Look
  readonly spec: SpecLink
}

const rule = <Id extends string>(id: Id, what: string, spec: SpecLink, look: Look): Rule<Id> => ({
  id,
  what,
  look,
  spec,
})

/** What is checked, in the order in which the API does. */
export const apiRules = [
  rule('scheme', 'The scheme is DPoP, written so', rfc(9449, '7.1'), ({ scheme }) =>
    passIf(scheme === 'DPoP', scheme === '' ? 'No Authorization' : quoted(scheme)),
  ),
  rule('token', 'The token is a JWT', rfc(9068, '4'), ({ claims }) =>
    passIf(claims !== null, claims === null ? 'It cannot be read' : 'Its signature is the API’s to verify'),
  ),
  rule('lifetime', 'The token has not expired', rfc(7519, '4.1.4'), lifetime),
  rule('audience', `Its one audience is ${apiAudience}`, rfc(7519, '4.1.3'), audience),
  rule('proof', 'A proof is sent', rfc(9449, '4.1'), ({ proof }) =>
    passIf(proof !== null, proof === null ? 'No DPoP header with a JWT in it' : 'In the DPoP header'),
  ),
  rule('typ', 'typ of the proof is dpop+jwt', rfc(9449, '4.2'), ({ header }) =>
    passIf(asString(member(header, 'typ')) === 'dpop+jwt', told(header, 'typ')),
  ),
  rule('alg', 'alg of the proof is RS, PS or ES with 256, 384 or 512', rfc(9449, '4.3'), alg),
  rule('jwk', 'jwk of the proof is a public key', rfc(9449, '4.3'), publicKey),
  rule('binding', 'The token is bound to the key of the proof', rfc(9449, '6.1'), sameKey),
  rule('ath', 'ath is the hash of the token', rfc(9449, '4.3'), ({ proof, ath }) =>
    passIf(asString(member(proof, 'ath')) === ath, told(proof, 'ath')),
  ),
  rule('jti', 'jti is there, and new', rfc(9449, '11.1'), ({ proof }) =>
    passIf((asString(member(proof, 'jti')) ?? '') !== '', told(proof, 'jti')),
  ),
  rule('htm', 'htm is the method', rfc(9449, '4.3'), ({ method, proof }) =>
    passIf(asString(member(proof, 'htm')) === method, told(proof, 'htm')),
  ),
  rule('htu', 'htu is scheme, host and path of the URL', rfc(9449, '4.3'), htu),
  rule(
    'iat',
    `iat is at most ${iatWindow.before} s old and ${iatWindow.after} s ahead`,
    rfc(9449, '4.3'),
    iat,
  ),
  rule('scope', `The scope is ${apiScope}`, rfc(6750, '3.1'), scope),
] as const
