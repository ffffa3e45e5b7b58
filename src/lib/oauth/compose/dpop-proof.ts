import { DPoP, type DPoPHandle, modifyAssertion } from 'oauth4webapi'
import { kidOf, replaceMembers, withOwn } from './client-assertion.ts'
import { usesKey } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { dpopKey } from '../config/derived-values.ts'
import type { Members, Signing } from './signing.ts'

/**
 * What makes the proof of a request: that its sender has the private key the token is to be bound to. The library
 * makes `jti`, `htm`, `htu` and the `jwk` header. `null` if the token is not to be bound.
 * @see RFC 9449 section 4.2
 */
export function dpopProof(config: TokenRequestConfig, signing: Signing): DPoPHandle | null {
  if (!config.dpop.on) return null
  const key = signing.findKey(dpopKey(config))
  if (!key) throw new Error('The DPoP key is not in the ring')
  const { spoil, privateKey = key.privateKey } = signing.wrong?.DPoP ?? {}
  const { lifetime, payload: own } = config.dpop
  // One key for both is named in both, as HelseID’s own client does.
  const kid = usesKey(config) && key.thumbprint === config.assertion.key ? kidOf(config, key) : ''
  const named = kid === '' ? {} : { kid }
  return DPoP(
    {},
    { privateKey, publicKey: key.publicKey },
    {
      [modifyAssertion]: (header: Members, claims: Members) => {
        const iat = Math.floor(signing.now() / 1000) + config.clock_skew
        const made = {
          ...claims,
          iat,
          ...(lifetime > 0 ? { exp: iat + lifetime } : {}),
          ...(signing.nonce === null ? {} : { nonce: signing.nonce }),
        }
        const right = { header: { ...header, ...named }, claims: withOwn(made, own) }
        const signed = spoil?.(right.header, right.claims) ?? right
        replaceMembers(header, signed.header)
        replaceMembers(claims, signed.claims)
      },
    },
  )
}
