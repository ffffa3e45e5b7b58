import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve })

const ed25519 = () => generateKeyPairSync('ed25519')

const generators = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  ES256: ec('P-256'),
  ES384: ec('P-384'),
  ES512: ec('P-521'),
  Ed25519: ed25519,
  EdDSA: ed25519,
}

export type SigningAlg = keyof typeof generators

/** All that oidc-provider signs with a key pair on every Node. ML-DSA needs Node 24.7. */
export const signingAlgs = Object.keys(generators) as readonly SigningAlg[]

/** Both halves of a new key pair, with `alg`, `use` and, if given, `kid`. */
export function generateJwks(
  alg: SigningAlg,
  kid?: string,
): { readonly privateJwk: JWK; readonly publicJwk: JWK } {
  const { privateKey, publicKey } = generators[alg]()
  const more = { alg, use: 'sig', ...(kid === undefined ? {} : { kid }) }
  return {
    privateJwk: { ...(privateKey.export({ format: 'jwk' }) as JWK), ...more },
    publicJwk: { ...(publicKey.export({ format: 'jwk' }) as JWK), ...more },
  }
}
