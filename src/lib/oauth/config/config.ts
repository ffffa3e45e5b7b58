import type { AuthMethod } from './auth-methods.ts'

/** How client ID and secret are encoded before they are joined and put into the Basic header. */
export const basicEncodings = {
  form: 'Form-encoded (RFC 6749)',
  strict: 'Form-encoded, strict (oauth4webapi)',
  raw: 'Not encoded (RFC 7617)',
} as const

export type BasicEncoding = keyof typeof basicEncodings

/** How often ID and secret are form-encoded in the body: once, as the standard says, or twice for a server that decodes twice. */
export const bodyEncodings = { once: 'Once', twice: 'Twice' } as const

/** What `aud` of a client assertion names. @see RFC 7523 section 3 */
export const assertionAudiences = {
  issuer: 'Issuer',
  token_endpoint: 'Token endpoint',
  both: 'Both, as a list',
  custom: 'Other',
} as const

type AssertionAudience = keyof typeof assertionAudiences

/** `typ` of a client assertion; the empty one leaves it out. */
export const assertionTypes = {
  'client-authentication+jwt': 'client-authentication+jwt',
  JWT: 'JWT',
  '': 'None',
} as const

type AssertionType = keyof typeof assertionTypes

/** What signs with the client secret. @see RFC 7518 section 3.2 */
export const secretAlgs = { HS256: 'HS256', HS384: 'HS384', HS512: 'HS512' } as const

export type SecretAlg = keyof typeof secretAlgs

/** What `kid` of a client assertion is. @see RFC 7515 section 4.1.4 */
export const keyIds = {
  key: 'The key’s own, if it has one',
  thumbprint: 'Its thumbprint',
  custom: 'Other',
  none: 'None',
} as const

/** A JWT by which the client authenticates, signed anew for every request. @see RFC 7523 section 2.2 */
export interface AssertionConfig {
  /** For `client_secret_jwt`. With `private_key_jwt` the key has its own. */
  readonly secret_alg: SecretAlg
  /** For `private_key_jwt`: the thumbprint of a key in the ring, empty for none. */
  readonly key: string
  readonly aud: AssertionAudience
  readonly custom_aud: string
  readonly typ: AssertionType
  /** Seconds from `iat` to `exp`. */
  readonly lifetime: number
  readonly nbf: boolean
  readonly kid: keyof typeof keyIds
  readonly custom_kid: string
  /** Whether to send `x5t#S256`, the thumbprint of the key's certificate. @see RFC 7515 section 4.1.8 */
  readonly x5t: boolean
  /** More members, as the text of a JSON object; they win over those made here. */
  readonly header: string
  readonly payload: string
}

/** Whether and how the token is bound to a key. @see RFC 9449 */
export interface DpopConfig {
  readonly on: boolean
  /** The thumbprint of a key in the ring; empty for the assertion's key. */
  readonly key: string
  /** Seconds from `iat` to `exp`, for servers that demand one; 0 for none, as the standard has it. */
  readonly lifetime: number
  /** More members of the proof's payload, as the text of a JSON object. */
  readonly payload: string
}

/** The user's own parameter or header field; switched off it is kept and not sent. */
export interface Entry {
  readonly name: string
  readonly value: string
  readonly on: boolean
}

/** All that makes an access token request, in wire names. Serialisable; the secret is the one member never stored. */
export interface TokenRequestConfig {
  /** What was typed to find the server by: an issuer identifier or the URL of a discovery document. */
  readonly discovery: string
  /** The issuer identifier that the server's metadata named; empty until it was found. */
  readonly issuer: string
  readonly token_endpoint: string
  readonly client_id: string
  readonly client_secret: string
  readonly token_endpoint_auth_method: AuthMethod
  readonly basic_encoding: BasicEncoding
  readonly body_encoding: keyof typeof bodyEncodings
  /** Whether Content-Type of a form has `;charset=UTF-8`, a parameter that is not registered for it. @see RFC 6749 section 4.4.2 */
  readonly content_type_charset: boolean
  readonly assertion: AssertionConfig
  readonly dpop: DpopConfig
  /** Seconds added to this machine's clock in what is signed. */
  readonly clock_skew: number
  readonly scope: string
  /** @see RFC 8707 section 2 */
  readonly resource: readonly string[]
  readonly audience: string
  /** The text of a JSON array, empty for none. @see RFC 9396 section 2 */
  readonly authorization_details: string
  /** Extension parameters, in order. */
  readonly parameters: readonly Entry[]
  /** Header fields, in order. */
  readonly headers: readonly Entry[]
}

export const emptyConfig: TokenRequestConfig = {
  discovery: '',
  issuer: '',
  token_endpoint: '',
  client_id: '',
  client_secret: '',
  token_endpoint_auth_method: 'client_secret_post',
  basic_encoding: 'form',
  body_encoding: 'once',
  content_type_charset: false,
  assertion: {
    secret_alg: 'HS256',
    key: '',
    aud: 'issuer',
    custom_aud: '',
    typ: 'client-authentication+jwt',
    lifetime: 60,
    nbf: true,
    kid: 'key',
    custom_kid: '',
    x5t: false,
    header: '',
    payload: '',
  },
  dpop: { on: false, key: '', lifetime: 0, payload: '' },
  clock_skew: 0,
  scope: '',
  resource: [],
  audience: '',
  authorization_details: '',
  parameters: [],
  headers: [],
}

/** Whether two configurations ask for the same. Both are plain data made by the same code, so their texts are compared. */
export function sameConfig(one: TokenRequestConfig, other: TokenRequestConfig): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether anything is asked for besides the scope, or is sent otherwise than most clients do. */
export function asksMore(config: TokenRequestConfig): boolean {
  const { resource, audience, authorization_details, parameters, headers, content_type_charset } = config
  return (
    content_type_charset ||
    [...resource, audience, authorization_details].some(Boolean) ||
    [...parameters, ...headers].length > 0
  )
}

/** The scope as the list it is. @see RFC 6749 section 3.3 */
export function scopeTokens(scope: string): string[] {
  return scope.split(' ').filter(Boolean)
}
