import { randomUUID } from 'node:crypto'
import { SignJWT, type JWK } from 'jose'
import type { AuthorizationServer } from './authorization-server.ts'
import type { RegisteredClient } from './clients.ts'
import { generateJwks } from './signing-keys.ts'

/** What is other than it should be: members win over the right ones, and `undefined` removes one. */
export interface Deviation {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** Signs instead of the client's own key or secret. */
  readonly key?: JWK | Uint8Array
}

type Addresses = Pick<AuthorizationServer, 'issuer' | 'tokenEndpoint' | 'privateJwks'>

const origin = 'http://localhost:4290'
const encode = (value: string) => new URLSearchParams({ value }).toString().slice('value='.length)
const now = () => Math.floor(Date.now() / 1000)

/** Any key for proofs. */
export const proofKey = generateJwks('ES256')

/** The JWT by which the client authenticates, for a minute. @see RFC 7523 section 3 */
export async function clientAssertion(
  { issuer, privateJwks }: Addresses,
  { id, secret, assertionAlg }: RegisteredClient,
  { header, claims, key }: Deviation = {},
): Promise<string> {
  const own = privateJwks[id]
  const iat = now()
  const payload = { iss: id, sub: id, aud: issuer, jti: randomUUID(), iat, exp: iat + 60, ...claims }
  return new SignJWT(payload)
    .setProtectedHeader({
      alg: String(assertionAlg),
      ...(own?.kid === undefined ? {} : { kid: own.kid }),
      ...header,
    })
    .sign(key ?? own ?? new TextEncoder().encode(secret))
}

/** A proof that its sender has the key, for a POST to that address. @see RFC 9449 section 4.2 */
export async function dpopProof(url: string, { header, claims, key }: Deviation = {}): Promise<string> {
  const payload = { jti: randomUUID(), htm: 'POST', htu: url, iat: now(), ...claims }
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: proofKey.publicJwk, ...header })
    .sign(key ?? proofKey.privateJwk)
}

/** How the client authenticates: what it adds to the body and to the header section. */
async function authentication(
  server: Addresses,
  client: RegisteredClient,
  deviation?: Deviation,
): Promise<{ parameters: Record<string, string>; headers: Record<string, string> }> {
  const { id, secret = '', method } = client
  switch (method) {
    case 'client_secret_basic':
      return {
        parameters: {},
        headers: { authorization: `Basic ${btoa(`${encode(id)}:${encode(secret)}`)}` },
      }
    case 'client_secret_post':
      return { parameters: { client_id: id, client_secret: secret }, headers: {} }
    case 'none':
      return { parameters: { client_id: id }, headers: {} }
    case 'client_secret_jwt':
    case 'private_key_jwt': {
      const parameters = {
        client_id: id,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await clientAssertion(server, client, deviation),
      }
      return { parameters, headers: {} }
    }
    default:
      return method satisfies never
  }
}

/** An access token request of a page on this machine. */
export async function requestToken(
  server: Addresses,
  client: RegisteredClient,
  {
    parameters = [],
    headers = {},
    assertion,
  }: {
    readonly parameters?: readonly (readonly [name: string, value: string])[]
    readonly headers?: Readonly<Record<string, string>>
    readonly assertion?: Deviation
  } = {},
): Promise<Response> {
  const own = await authentication(server, client, assertion)
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...own.parameters })
  for (const [name, value] of parameters) body.append(name, value)
  return fetch(server.tokenEndpoint, {
    method: 'POST',
    headers: { origin, ...own.headers, ...headers },
    body,
  })
}
