import { encodeBase64, encodeBase64url } from '../encoding/base64.ts'
import { membersOf, pick } from './forms/jwk-members.ts'
import type { Key, PublicJwk } from './key.ts'
import { writePem } from '../encoding/pem.ts'

/** A key as a JWK Set publishes it: the parameters, and what the key is called and for. @see RFC 7517 section 4 */
export function publicJwkOf({ publicJwk, kid, alg }: Key): PublicJwk {
  return { ...publicJwk, kid, alg, use: 'sig' }
}

/** A JWK Set of one key, to register with a server. @see RFC 7517 section 5 */
export function publicJwkSet(key: Key): { readonly keys: readonly PublicJwk[] } {
  return { keys: [publicJwkOf(key)] }
}

/** The public key as PEM (`BEGIN PUBLIC KEY`, a SubjectPublicKeyInfo). @see RFC 7468 section 13 */
export async function publicPem(key: Key): Promise<string> {
  const spki = await crypto.subtle.exportKey('spki', key.publicKey)
  return writePem('PUBLIC KEY', encodeBase64(new Uint8Array(spki)))
}

/**
 * The SHA-256 thumbprint of a JWK, in base64url: of the required members alone, in lexicographic order and without
 * white space. Accepts any JWK of a key pair; throws a TypeError for another.
 * @see RFC 7638 section 3
 */
export async function thumbprint(jwk: Readonly<Record<string, unknown>>): Promise<string> {
  const names = membersOf(jwk['kty'])?.public
  if (names === undefined) throw new TypeError(`No thumbprint is defined for kty ${String(jwk['kty'])}`)
  const required = JSON.stringify(pick(jwk, names.toSorted()))
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(required))
  return encodeBase64url(new Uint8Array(hash))
}
