import { generateKeyPair } from 'jose'
import type { JsonObject } from '../base/json-object.ts'

/** What signs with a shared secret. @see RFC 7518 section 3.2 */
export const macAlgs: readonly string[] = ['HS256', 'HS384', 'HS512']

const rsaAlgs = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
/** Two names of one algorithm, the first of which replaces the other. @see RFC 9864 section 2.2 */
const edwardsAlgs = ['Ed25519', 'EdDSA']
const mlDsaAlgs = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87']

/** What signs with a private key. @see RFC 7518 section 3.1 */
export const asymmetricAlgs: readonly string[] = [
  ...rsaAlgs,
  'ES256',
  'ES384',
  'ES512',
  ...edwardsAlgs,
  ...mlDsaAlgs,
]

/** What a key of a type or curve can verify. */
const algsByShape: ReadonlyMap<string, readonly string[]> = new Map([
  ['RSA', rsaAlgs],
  ['EC P-256', ['ES256']],
  ['EC P-384', ['ES384']],
  ['EC P-521', ['ES512']],
  ['OKP Ed25519', edwardsAlgs],
  ['AKP', mlDsaAlgs],
])

/** Type and curve of a key: "EC P-256". */
export function shapeOf({ kty, crv }: JsonObject): string {
  const hasCurve = kty === 'EC' || kty === 'OKP'
  return [kty, hasCurve ? crv : undefined].filter((part) => typeof part === 'string').join(' ')
}

/** The algorithms a public key verifies; its own `alg` narrows them to one. Empty if there is none. */
export function algsFor(jwk: JsonObject): readonly string[] {
  const able = algsByShape.get(shapeOf(jwk)) ?? []
  const { kty, alg } = jwk
  if (alg === undefined) return kty === 'AKP' ? [] : able
  if (typeof alg !== 'string' || !able.includes(alg)) return []
  return kty === 'OKP' ? able : [alg]
}

/** The algorithms of private keys that this browser has: not every one has those of Edwards curves and lattices. */
export async function supportedAlgs(): Promise<readonly string[]> {
  const has = (alg: string) =>
    generateKeyPair(alg).then(
      () => true,
      () => false,
    )
  const young = [...edwardsAlgs, ...mlDsaAlgs]
  const missing = new Set<string>()
  await Promise.all(young.map(async (alg) => (await has(alg)) || missing.add(alg)))
  return asymmetricAlgs.filter((alg) => !missing.has(alg))
}
