import { base64url, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import type { JsonObject } from '../base/json-object.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { text } from '../base/response.ts'

/** The one RSA key of a server. */
export interface ServerKey {
  /** Signs claims, with the rest of the header as given. */
  sign(header: { readonly typ: string }, claims: JsonObject): Promise<string>
  /** The public half as its JWK Set has it. */
  publicJwk(): Promise<JWK>
}

interface Made {
  readonly privateKey: CryptoKey
  readonly names: { readonly kid: string; readonly x5t?: string }
  readonly jwk: JWK
}

const hasKey: Rule = { what: 'The server has a key to sign with', spec: rfc(7518, '3.3') }

/** Which members a key is published with, in order, and the name it has. */
type Shape = (parameters: JWK, names: { readonly kid: string; readonly x5t: string }) => JWK

/** A pair of RS256, made when it is first asked for and kept as long as the server; its private half cannot be exported. */
export function createServerKey(shape: Shape): ServerKey {
  let made: Promise<Made> | undefined
  const key = (): Promise<Made> => (made ??= make(shape).catch(refuseWithoutKey))
  return {
    sign: async ({ typ }, claims) => {
      const { privateKey, names } = await key()
      return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', ...names, typ }).sign(privateKey)
    },
    publicJwk: async () => (await key()).jwk,
  }
}

async function make(shape: Shape): Promise<Made> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const parameters = await exportJWK(publicKey)
  const jwk = shape(parameters, await certificateNames(parameters.n ?? ''))
  const { kid = '', x5t } = jwk
  return { privateKey, jwk, names: { kid, ...(x5t === undefined ? {} : { x5t }) } }
}

/** Outside a secure context (https, localhost, file) there is no WebCrypto, and so no key. */
function refuseWithoutKey(error: unknown): never {
  const sentence = 'No key to sign with: WebCrypto needs a page on https, on localhost or opened as a file.'
  throw new ProtocolError(hasKey, `This browser made no key (${String(error)})`, text(503, sentence))
}

/** A thumbprint like that of a certificate, and the same in hexadecimal digits, as Microsoft's servers name their keys. */
async function certificateNames(publicKey: string): Promise<{ readonly x5t: string; readonly kid: string }> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(publicKey)))
  const digits = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { x5t: base64url.encode(hash), kid: digits.toUpperCase() }
}
