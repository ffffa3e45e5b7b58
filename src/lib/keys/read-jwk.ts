import { decodeBase64url } from '../encoding/base64url.ts'
import { asString, type JsonValue, member } from '../json/value.ts'
import { quoted } from '../text/quoted.ts'
import { readBase64Body } from './base64-body.ts'
import { hasCapitals } from './forms/find-jwks.ts'
import { mendedNote, parameterTrouble, readParameters, registered } from './forms/jwk-parameters.ts'
import { membersOf } from './forms/jwk-members.ts'
import { type Fit, fitOfName, fitOfRsa } from './key-kinds.ts'
import { type ReadResult, type Refusal, refused } from './key-material.ts'
import { commands, moreThanTwoPrimes, onlyPublic } from './not-a-key.ts'
import { withPrimes } from './with-primes.ts'

type Members = Readonly<Record<string, string>>

/** Reads one JWK. Never throws. @see RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2 */
export function readJwk(jwk: JsonValue): ReadResult {
  const kty = registered(textOf(jwk, 'kty'))
  if (kty === 'oct') return sharedSecret
  const members = membersOf(kty)
  if (members === undefined) {
    return refused(`No key of kty “${quoted(kty)}” signs here; RSA, EC, OKP and AKP do.`)
  }
  const [secret = ''] = members.private
  if (member(jwk, secret) === undefined) return onlyPublic(`This JWK has no “${secret}”`)
  if (hasOtherPrimes(jwk)) return moreThanTwoPrimes
  const { parameters, mended } = readParameters(jwk, [...members.public, ...members.private])
  const trouble = parameterTrouble(parameters)
  if (trouble !== null) return refused(`The JWK ${trouble}. Copy the key again, whole.`)
  const complete = kty === 'RSA' ? withPrimes(parameters) : { key: parameters, notes: [] }
  if ('ok' in complete) return complete
  const missing = missingOf(complete.key, [...members.public, ...members.private])
  if (missing !== null) return missing
  const fit = useProblem(jwk) ?? ownAlg(jwk, fitOf(complete.key, kty))
  if (!fit.ok) return fit
  return {
    ok: true,
    key: complete.key,
    algs: fit.algs,
    kid: textOf(jwk, 'kid'),
    format: 'JWK',
    certificates: certificateOf(jwk),
    removed: [],
    notes: [
      ...mendedNote('In the JWK, ', mended),
      ...complete.notes,
      ...(hasCapitals(jwk) ? [capitals] : []),
      ...(saysNoOperation(jwk) ? [noOperation] : []),
    ],
  }
}

const capitals =
  'Its names are in capitals; RFC 7517 has them in lower case, and most libraries read no others.'

const sharedSecret = refused(
  'This JWK is a shared secret (kty “oct”), not a key pair: choose client_secret_jwt and use it as the client secret.',
)

/** "If the consumer ... does not support private keys with more than two primes ... then it MUST NOT use the key" */
function hasOtherPrimes(jwk: JsonValue): boolean {
  const others = member(jwk, 'oth')
  return others?.kind === 'array' && others.items.length > 0
}

/** What only the owner of the file can add. */
function missingOf(key: Members, names: readonly string[]): Refusal | null {
  const missing = names.filter((name) => (key[name] ?? '') === '')
  if (missing.length === 0) return null
  const message = `The JWK lacks what browsers need of it, as text: ${missing.join(', ')}.`
  const isPublic = missing.every((name) => /^(?:x|y|n|e|pub)$/.test(name))
  return isPublic
    ? refused(
        `${message} They are in the public half of the key: copy them from there, or paste the key as PEM.`,
      )
    : refused(`${message} Paste the key as PEM, which has them all.`, commands.toPkcs8)
}

/** Empty for none, and for what is no string. */
function textOf(jwk: JsonValue, name: string): string {
  return asString(member(jwk, name)) ?? ''
}

function fitOf(key: Members, kty: string): Fit {
  if (kty === 'RSA') return fitOfRsa(decodeBase64url(key['n'] ?? '').bytes ?? new Uint8Array())
  const name = key[kty === 'AKP' ? 'alg' : 'crv'] ?? ''
  return fitOfName(name) ?? refused(`Browsers cannot sign with keys of “${quoted(name)}”.`)
}

/** The algorithm that the JWK names; EdDSA is the older name. @see RFC 7517 section 4.4, RFC 9864 section 2.2 */
function ownAlg(jwk: JsonValue, fit: Fit): Fit {
  const named = textOf(jwk, 'alg')
  if (!fit.ok || named === '') return fit
  const alg = fit.algs.find((one) => one === named || (one === 'Ed25519' && named === 'EdDSA'))
  if (alg !== undefined) return { ok: true, algs: [alg] }
  return refused(`The JWK says alg “${quoted(named)}”, but such a key signs with ${fit.algs.join(', ')}.`)
}

const noOperation =
  'Its key_ops is empty, which says nothing, and was left out: WebCrypto and jose refuse such a key.'

function saysNoOperation(jwk: JsonValue): boolean {
  const ops = member(jwk, 'key_ops')
  return ops?.kind === 'array' && ops.items.length === 0
}

/** A key may be kept for encryption, which the server would hold against us. @see RFC 7517 sections 4.2 and 4.3 */
function useProblem(jwk: JsonValue): Refusal | null {
  const ops = member(jwk, 'key_ops')
  const signs =
    ops?.kind !== 'array' || saysNoOperation(jwk) || ops.items.some((item) => asString(item) === 'sign')
  if (textOf(jwk, 'use') !== 'enc' && signs) return null
  const name = signs ? 'use' : 'key_ops'
  return refused(`The JWK says in “${name}” that it is not for signing. Remove that member if it is wrong.`)
}

/** "The key in the first certificate MUST match the public key": whoever uses it checks. @see RFC 7517 section 4.7 */
function certificateOf(jwk: JsonValue): readonly Uint8Array<ArrayBuffer>[] {
  const chain = member(jwk, 'x5c')
  const first = chain?.kind === 'array' ? asString(chain.items[0]) : undefined
  const read = first === undefined ? null : readBase64Body(first)
  return read?.ok === true ? [read.bytes] : []
}
