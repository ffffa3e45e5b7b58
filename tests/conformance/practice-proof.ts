import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters } from 'jose'

export interface Pair {
  readonly jwk: JWK
  readonly privateKey: CryptoKey
}

/** What to change of a proof; what is `undefined` is left out. */
export interface Changes {
  readonly claims?: Record<string, unknown>
  readonly header?: Record<string, unknown>
}

export async function pairFor(alg: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { jwk: await exportJWK(publicKey), privateKey }
}

/** A DPoP proof of a key. */
export async function signProof({ jwk, privateKey }: Pair, { claims, header }: Changes): Promise<string> {
  const protectedHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk, ...header } as JWTHeaderParameters
  return new SignJWT({ ...claims }).setProtectedHeader(protectedHeader).sign(privateKey)
}
