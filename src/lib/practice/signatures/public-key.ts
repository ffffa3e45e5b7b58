import { calculateJwkThumbprint, importJWK, type JWK } from 'jose'
import { isObject, type JsonObject } from '../base/json-object.ts'
import { algsFor, shapeOf } from './signature-algs.ts'
import { quote, show } from '../base/wording.ts'

/** A public key somebody brought, found to be usable. */
export interface PublicKey {
  /** Its parameters and its `kid`, `alg`, `use` and `x5t#S256`, if it came with them; nothing else. */
  readonly jwk: JWK & { readonly kty: string }
  /** @see RFC 7638 section 3 */
  readonly thumbprint: string
}

/** Members of private and symmetric keys. @see RFC 7518 section 6 */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']
const parameters = ['kty', 'crv', 'x', 'y', 'n', 'e', 'pub']
const attributes = ['alg', 'kid', 'use', 'x5t#S256']

/** Bits. @see RFC 7518 section 3.3 */
const minModulus = 2048

/** Reads a JWK; a sentence if it is no public key for signatures. A private member is named, and its value left out. */
export async function readPublicKey(value: unknown): Promise<PublicKey | string> {
  if (!isObject(value)) return `It is ${show(value)}, not a JSON object`
  const found = privateMembers.filter((name) => Object.hasOwn(value, name))
  if (found.length > 0) return `It has the private member ${found.join(', ')}; only the public key is wanted`
  if (value['use'] !== undefined && value['use'] !== 'sig')
    return `Its use is ${show(value['use'])}, not 'sig'`
  const [alg] = algsFor(value)
  if (alg === undefined) return unfit(value)
  try {
    const jwk = pick(value, [...parameters, ...attributes])
    const key = await importJWK(pick(value, [...parameters, 'alg']), alg)
    const bits = key instanceof Uint8Array ? undefined : modulusLength(key)
    if (bits !== undefined && bits < minModulus) return `It has ${bits} bits; an RSA key needs ${minModulus}`
    return { jwk, thumbprint: await calculateJwkThumbprint(jwk) }
  } catch (error) {
    // What the platform throws for parameters that are missing, malformed or of an algorithm it does not have
    return `This browser cannot use it (${String(error)})`
  }
}

/** The parameters of a key and no attribute of it: what a signature is verified with. */
export function parametersOf(jwk: JWK): JWK {
  return pick(jwk, parameters)
}

function unfit(jwk: JsonObject): string {
  const alg = jwk['alg'] === undefined ? '' : ` with alg ${show(jwk['alg'])}`
  return `A key of type ${quote(shapeOf(jwk))}${alg} verifies no signature here`
}

/** Those members that are texts, as all members of these are. */
function pick(jwk: JsonObject, names: readonly string[]): JWK & { kty: string } {
  const texts = Object.entries(jwk).filter(
    ([name, value]) => names.includes(name) && typeof value === 'string',
  )
  return Object.fromEntries(texts) as JWK & { kty: string }
}

function modulusLength({ algorithm }: CryptoKey): number | undefined {
  return 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : undefined
}
