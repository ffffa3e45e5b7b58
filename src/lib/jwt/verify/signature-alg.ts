import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { algorithms } from '../glossary/algorithms.ts'
import { type Stage, stepNames } from './step.ts'

/** What a signature of this algorithm is verified with, and how long it is. */
export interface SignatureAlg {
  /** As the header has it. */
  readonly name: string
  readonly kty: 'RSA' | 'EC' | 'OKP' | 'AKP' | 'oct'
  /** `null` if the key type has no curves. */
  readonly crv: string | null
  /** Bytes of a signature; `null` if they depend on the key. */
  readonly length: number | null
}

type Row = readonly [name: string, kty: SignatureAlg['kty'], crv: string | null, length: number | null]

/** @see RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2, FIPS 204 table 2 */
const rows: readonly Row[] = [
  ['HS256', 'oct', null, 32],
  ['HS384', 'oct', null, 48],
  ['HS512', 'oct', null, 64],
  ['RS256', 'RSA', null, null],
  ['RS384', 'RSA', null, null],
  ['RS512', 'RSA', null, null],
  ['PS256', 'RSA', null, null],
  ['PS384', 'RSA', null, null],
  ['PS512', 'RSA', null, null],
  ['ES256', 'EC', 'P-256', 64],
  ['ES384', 'EC', 'P-384', 96],
  ['ES512', 'EC', 'P-521', 132],
  ['EdDSA', 'OKP', 'Ed25519', 64],
  ['Ed25519', 'OKP', 'Ed25519', 64],
  ['ML-DSA-44', 'AKP', null, 2420],
  ['ML-DSA-65', 'AKP', null, 3309],
  ['ML-DSA-87', 'AKP', null, 4627],
]

const table: ReadonlyMap<string, SignatureAlg> = new Map(
  rows.map(([name, kty, crv, length]) => [name, { name, kty, crv, length }]),
)

/** Registered, and in no browser. */
const outOfReach = new Set(['ES256K', 'Ed448', 'ESP256', 'ESP384', 'ESP512'])

const what = stepNames.algorithm

/**
 * The algorithm by which a token says it is signed, if it is one that protects and that can be verified here. The
 * token's word is only a claim: the key has to agree.
 * @see RFC 7515 section 4.1.1, RFC 8725 section 3.1
 */
export function readAlgorithm(header: JsonValue): Stage<SignatureAlg> {
  const value = member(header, 'alg')
  const name = asString(value)
  if (name === undefined)
    return refuse(
      value === undefined
        ? 'The header has no alg, which is required.'
        : 'The alg in the header is not a string.',
      rfc(7515, '4.1.1'),
    )
  const alg = table.get(name)
  return alg === undefined ? unknown(name) : { ok: true, step: accepted(alg), value: alg }
}

function accepted({ name, kty }: SignatureAlg) {
  const shared = kty === 'oct'
  return {
    what,
    result: shared ? 'warn' : 'pass',
    found: shared
      ? `${name}: an HMAC with a shared secret. Whoever can verify the token can also write one.`
      : `${name}: signed with a private key, verified with the public one.`,
    spec: rfc(7518, shared ? '3.2' : '3.1'),
  } as const
}

function unknown(name: string): Stage<never> {
  if (name.toLowerCase() === 'none') {
    const trick =
      name === 'none' ? '' : ' Spelt in another case, it is meant to slip past a check for “none”.'
    return refuse(
      `alg is “${quoted(name)}”: nothing protects the token, and anyone can have written it.${trick}`,
      rfc(7518, '3.6'),
    )
  }
  if (outOfReach.has(name)) {
    const found = `Browsers cannot verify ${name}. That says nothing about the token.`
    const step = { what, result: 'skipped', found, spec: rfc(7518, '3.1') } as const
    return { ok: false, verdict: 'unchecked', step }
  }
  return refuse(`alg is “${quoted(name)}”. ${whyNoSignatureAlg(name) ?? ''}`, rfc(7518, '3.1'))
}

/** Spellings of other standards and libraries, the more special first. @see RFC 7518 appendix A.1 */
const spellings: readonly (readonly [looks: RegExp, prefix: string])[] = [
  [/^(HS|RS|PS|ES)[-_ ]?(?:256|384|512)$/i, '$1'],
  [/hmac|^sha[-_]?\d+$/i, 'HS'],
  [/ecdsa/i, 'ES'],
  [/pss|mgf1/i, 'PS'],
  [/rsa/i, 'RS'],
]

/** The registered name of an algorithm that is written as elsewhere: `rs256`, `HMAC-SHA256`, `SHA256withRSA`, a URI. */
function registeredName(name: string): string | null {
  const same = [...table.keys(), ...outOfReach].find((one) => one.toLowerCase() === name.toLowerCase())
  if (same !== undefined) return same
  if (/^ed-?25519$/i.test(name)) return 'EdDSA'
  const size = /(?:256|384|512)(?!.*(?:256|384|512))/.exec(name)?.[0]
  const [looks, prefix] = spellings.find(([pattern]) => pattern.test(name)) ?? []
  if (looks === undefined || size === undefined) return null
  return `${prefix === '$1' ? name.slice(0, 2).toUpperCase() : (prefix ?? '')}${size}`
}

/**
 * Why no verifier knows the value of `alg` in a signed token; `null`: it names a signature algorithm.
 * @see RFC 7515 section 4.1.1, RFC 7518 section 3.1
 */
export function whyNoSignatureAlg(name: string): string | null {
  if (table.has(name) || outOfReach.has(name)) return null
  const like = registeredName(name)
  if (like !== null)
    return like.toLowerCase() === name.toLowerCase()
      ? `alg is case-sensitive: it is “${like}”.`
      : `That is how others call it: the registered name is “${like}”, and a verifier compares it character by character.`
  return Object.hasOwn(algorithms, name)
    ? 'That protects the key of an encrypted token, and signs nothing.'
    : 'No signature algorithm of this name is known here.'
}

/** Bytes of a signature of this algorithm; `null` if they depend on the key, or it is not known. @see RFC 7518 sections 3.2 to 3.5 */
export const signatureLength = (name: string): number | null => table.get(name)?.length ?? null

/** The algorithms whose signatures have so many bytes. */
export const algsOfLength = (bytes: number): readonly string[] =>
  rows.filter(([name, , , length]) => length === bytes && !name.startsWith('ML')).map(([name]) => name)

function refuse(found: string, spec: SpecLink): Stage<never> {
  return { ok: false, verdict: 'failed', step: { what, result: 'fail', found, spec } }
}
