import { oids, pssAlgs } from '../../keys/algorithm-identifier.ts'
import { encodeBase64url } from '../../encoding/base64.ts'
import { firstDer, oidText, readDer, tags, type DerElement } from '../../encoding/der.ts'
import { fitOfOid } from '../../keys/key-kinds.ts'
import type { PublicJwk } from '../../keys/key.ts'
import { refused, type Refusal } from '../../keys/key-material.ts'

/** A public key as JWK members. `alg` is the one it is marked for; `null` if it leaves a choice. */
export type KeyParameters = { readonly jwk: PublicJwk; readonly alg: string | null } | Refusal

export const noBytes = new Uint8Array()
export const damaged = refused('The key is damaged or incomplete: its bytes end too early. Was the text cut?')

/** The key of a SubjectPublicKeyInfo, by its algorithm. @see RFC 5280 section 4.1.2.7 */
export function keyOf(
  oid: DerElement,
  params: DerElement | undefined,
  key: Uint8Array<ArrayBuffer>,
): KeyParameters {
  const name = oidText(oid.content)
  if (name === oids.rsaEncryption || name === oids.rsassaPss) {
    const algs = name === oids.rsassaPss ? pssAlgs(params) : []
    if ('ok' in algs) return algs
    const [n, e] = readDer(firstDer(key)?.content ?? noBytes) ?? []
    return rsaKey(n, e, algs.length === 1 ? algs[0] : undefined)
  }
  if (name === oids.ecPublicKey) return params === undefined ? damaged : ecKey(params, key)
  const fit = fitOfOid(name) ?? refused(`Keys of this kind (OID ${name}) verify no signature here.`)
  if (!fit.ok) return fit
  const [alg = ''] = fit.algs
  if (alg === 'Ed25519') return { jwk: { kty: 'OKP', crv: alg, x: encodeBase64url(key) }, alg: null }
  return { jwk: { kty: 'AKP', alg, pub: encodeBase64url(key) }, alg }
}

/** @see RFC 8017 appendix A.1.1 */
export function rsaKey(
  n: DerElement | undefined,
  e: DerElement | undefined,
  alg: string | null = null,
): KeyParameters {
  if (n?.tag !== tags.integer || e?.tag !== tags.integer) return damaged
  return { jwk: { kty: 'RSA', n: unsigned(n), e: unsigned(e) }, alg }
}

/** DER puts a zero byte before a number whose first bit is set; JWK does not. @see RFC 7518 section 6.3.1.1 */
function unsigned({ content }: DerElement): string {
  return encodeBase64url(
    content.subarray(
      Math.max(
        0,
        content.findIndex((byte) => byte !== 0),
      ),
    ),
  )
}

const curves: ReadonlyMap<string, readonly [crv: string, bytes: number]> = new Map([
  ['ES256', ['P-256', 32]],
  ['ES384', ['P-384', 48]],
  ['ES512', ['P-521', 66]],
])

/** An uncompressed point: 4, then both coordinates. @see RFC 5480 section 2.2 */
export function ecKey(params: DerElement, point: Uint8Array<ArrayBuffer>): KeyParameters {
  if (params.tag !== tags.oid)
    return refused('The key spells its curve out instead of naming it, which browsers do not read.')
  const name = oidText(params.content)
  const fit = fitOfOid(name) ?? refused(`Browsers cannot verify with keys on this curve (OID ${name}).`)
  if (!fit.ok) return fit
  const [crv, size] = curves.get(fit.algs[0] ?? '') ?? ['', 0]
  if (point[0] === 2 || point[0] === 3) {
    return refused(
      'The point of this key is compressed. “openssl ec -pubin -in key.pem -conv_form uncompressed” writes it whole.',
    )
  }
  if (point[0] !== 4 || point.length !== 1 + 2 * size) return damaged
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)]
  return { jwk: { kty: 'EC', crv, x: encodeBase64url(x), y: encodeBase64url(y) }, alg: null }
}
