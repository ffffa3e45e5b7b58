import { type ClientAuth, modifyAssertion, PrivateKeyJwt } from 'oauth4webapi'
import { ownMembers } from '../../json/own-members.ts'
import type { Key } from '../../keys/key.ts'
import type { AssertionConfig, TokenRequestConfig } from '../config/config.ts'
import { assertionAudience } from '../config/derived-values.ts'
import type { Members, Signing } from './signing.ts'
import { certificateThumbprint } from '../../keys/certificate.ts'
import { encodeBase64url } from '../../encoding/base64.ts'

/** Signed by the key of the configuration; the library signs what is composed here. @see RFC 7523 section 2.2 */
export function privateKeyJwt(config: TokenRequestConfig, signing: Signing): ClientAuth {
  const key = signing.findKey(config.assertion.key)
  if (!key) throw new Error('The signing key is not in the ring')
  const { privateKey = key.privateKey } = signing.wrong?.client_assertion ?? {}
  return async (as, client, body, headers) => {
    const x5t = await thumbprintOf(config, key)
    const authenticate = PrivateKeyJwt(privateKey, {
      [modifyAssertion]: (header: Members, claims: Members) => {
        const right = assertionHeader(config, key.alg, kidOf(config, key), x5t)
        const signed = spoilt(signing, right, assertionClaims(config, signing.now(), String(claims['jti'])))
        replaceMembers(header, signed.header)
        replaceMembers(claims, signed.claims)
      },
    })
    await authenticate(as, client, body, headers)
  }
}

/** The library knows HS256 only, so this is signed here, for all three. @see RFC 7518 section 3.2 */
export function clientSecretJwt(config: TokenRequestConfig, signing: Signing): ClientAuth {
  const { secret_alg } = config.assertion
  return async (_as, _client, body) => {
    const right = assertionHeader(config, secret_alg, kidOf(config, null), null)
    const { header, claims } = spoilt(
      signing,
      right,
      assertionClaims(config, signing.now(), crypto.randomUUID()),
    )
    body.set('client_id', config.client_id)
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    body.set('client_assertion', await signHmac(secret_alg, config.client_secret, header, claims))
  }
}

/** The `kid` of what that key signs; empty for none. A secret has none of its own. @see RFC 7515 section 4.1.4 */
export function kidOf({ assertion }: TokenRequestConfig, key: Key | null): string {
  const own = key?.named === true ? key.kid : ''
  return { key: own, thumbprint: key?.thumbprint ?? '', custom: assertion.custom_kid, none: '' }[
    assertion.kid
  ]
}

/** @see RFC 7515 section 4.1 */
function assertionHeader(
  { assertion }: TokenRequestConfig,
  alg: string,
  kid: string,
  x5t: string | null,
): Members {
  return withOwn(
    {
      alg,
      ...(assertion.typ === '' ? {} : { typ: assertion.typ }),
      ...(kid === '' ? {} : { kid }),
      ...(x5t === null ? {} : { 'x5t#S256': x5t }),
    },
    assertion.header,
  )
}

/** `now` in milliseconds since the epoch. @see RFC 7523 section 3 */
function assertionClaims(config: TokenRequestConfig, now: number, jti: string): Members {
  const { assertion, client_id, clock_skew } = config
  const iat = Math.floor(now / 1000) + clock_skew
  return withOwn(
    {
      iss: client_id,
      sub: client_id,
      aud: assertionAudience(config),
      iat,
      ...(assertion.nbf ? { nbf: iat } : {}),
      exp: iat + assertion.lifetime,
      jti,
    },
    assertion.payload,
  )
}

/** The user's own members win; one that is `null` leaves the name out. */
export function withOwn(members: Members, own: AssertionConfig['payload']): Members {
  const read = ownMembers(own)
  const all = { ...members, ...(read.ok ? read.members : {}) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

async function thumbprintOf({ assertion }: TokenRequestConfig, key: Key): Promise<string | null> {
  if (!assertion.x5t || key.certificate === null) return null
  return certificateThumbprint(key.certificate)
}

function spoilt({ wrong }: Signing, header: Members, claims: Members) {
  return wrong?.client_assertion?.spoil?.(header, claims) ?? { header, claims }
}

/** The library signs the very object that it hands over. */
export function replaceMembers(target: Members, source: Members): void {
  for (const name of Object.keys(target)) Reflect.deleteProperty(target, name)
  Object.assign(target, source)
}

const hashes = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' } as const

/**
 * A JWS in compact form, signed with the UTF-8 bytes of a secret. The header is used as it is given, so that a wrong
 * one can be tried out. Rejects for an empty secret, which WebCrypto makes no key of.
 * @see RFC 7515 section 7.1, RFC 7518 section 3.2
 */
async function signHmac(
  alg: keyof typeof hashes,
  secret: string,
  header: object,
  claims: object,
): Promise<string> {
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: hashes[alg] }, false, [
    'sign',
  ])
  const input = `${encodeBase64url(utf8(JSON.stringify(header)))}.${encodeBase64url(utf8(JSON.stringify(claims)))}`
  return `${input}.${encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(input))))}`
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
