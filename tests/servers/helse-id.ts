import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { calculateJwkThumbprint, EmbeddedJWK, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { listenOnLoopback } from './loopback.ts'

export interface HelseId {
  readonly issuer: string
  readonly tokenEndpoint: string
  /** Of the Sample API. */
  readonly greetings: string
  close(): Promise<void>
}

const clientId = 'helseid-sample-client-credentials-for-multitenant-app'
const scope = 'nhn:test-public-samplecode/client-credentials'
const audience = 'nhn:test-public-samplecode'
const greetingsPath = '/machine-clients/greetings'
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const longestLife = 60
const leeway = 5

class Refusal extends Error {
  constructor(
    readonly error: string,
    readonly description: string | null = null,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(error)
  }
}

/** For all of them: a pair of RSA takes longer to make than the rest of a server. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/**
 * HelseID's token endpoint and its Sample API, as their client credentials sample meets them: an assertion for the
 * issuer, signed by the client's key and good once, organisation numbers in it, a DPoP proof with a nonce; and an API
 * that accepts the token under DPoP with a proof, and says the same of whatever is wrong with it. With the three lines
 * of CORS that let a page read both.
 */
export async function startHelseId(clientKey: JWK): Promise<HelseId> {
  const listener = await listenOnLoopback()
  const issuer = listener.origin
  const tokenEndpoint = `${issuer}/connect/token`
  const kid = '41A1099965A80B8209BD6333D9F89603826AC93B'
  const nonces = new Set<string>()
  const used = new Set<string>()

  async function readAssertion(form: URLSearchParams): Promise<string> {
    if (form.get('client_assertion_type') !== assertionType) throw new Refusal('invalid_client')
    const verified = await jwtVerify(form.get('client_assertion') ?? '', await importJWK(clientKey), {
      audience: issuer,
      issuer: clientId,
      subject: clientId,
      typ: 'client-authentication+jwt',
      requiredClaims: ['jti', 'exp', 'iat'],
    }).catch(() => null)
    const { exp = 0, iat = 0, jti = '' } = verified?.payload ?? {}
    if (!verified || exp - iat > longestLife || used.has(jti)) throw new Refusal('invalid_client')
    used.add(jti)
    return organisationsIn(verified.payload['assertion_details'])
  }

  /** The thumbprint of the key that the proof proves; it has to name a nonce that was given out, once. */
  async function readProof(request: IncomingMessage): Promise<string> {
    const proof = request.headers['dpop']
    if (typeof proof !== 'string')
      throw new Refusal('invalid_request', 'Client requires DPoP and a DPoP header value was not provided.')
    const { payload, key } = await verifyProof(proof, 'POST', tokenEndpoint)
    if (typeof payload['nonce'] === 'string' && nonces.delete(payload['nonce'])) return key
    const nonce = randomUUID()
    nonces.add(nonce)
    throw new Refusal('use_dpop_nonce', "Missing 'nonce' value.", { 'DPoP-Nonce': nonce })
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request))
    if (form.get('grant_type') !== 'client_credentials') throw new Refusal('unsupported_grant_type')
    const organisations = await readAssertion(form)
    const jkt = await readProof(request)
    if (form.get('scope') !== scope) throw new Refusal('invalid_scope')
    const access_token = await new SignJWT({
      client_id: clientId,
      scope: [scope],
      cnf: { jkt },
      'helseid://claims/client/claims/orgnr': organisations,
    })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setNotBefore('0 s')
      .setExpirationTime('10 min')
      .sign(privateKey)
    send(response, 200, { access_token, expires_in: 600, token_type: 'DPoP', scope })
  }

  async function greetings(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [scheme, accessToken = ''] = (request.headers.authorization ?? '').split(' ')
    const proof = request.headers['dpop']
    const verified =
      scheme === 'DPoP' && typeof proof === 'string'
        ? await jwtVerify(accessToken, publicKey, { issuer, audience, typ: 'at+jwt' }).catch(() => null)
        : null
    const proven = verified
      ? await verifyProof(String(proof), 'GET', issuer + greetingsPath).catch(() => null)
      : null
    const bound = (verified?.payload['cnf'] as { jkt?: string } | undefined)?.jkt
    const hash = createHash('sha256').update(accessToken).digest('base64url')
    if (!verified || !proven || proven.key !== bound || proven.payload['ath'] !== hash) {
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end()
      return
    }
    send(response, 200, {
      greeting: 'Hello from the Sample API (with DPoP)!',
      organisations: verified.payload['helseid://claims/client/claims/orgnr'],
    })
  }

  const routes: Readonly<
    Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void>
  > = {
    'POST /connect/token': token,
    [`GET ${greetingsPath}`]: greetings,
    'GET /.well-known/openid-configuration': (_request, response) =>
      send(response, 200, {
        issuer,
        token_endpoint: tokenEndpoint,
        jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
        // It lists methods that it does not accept.
        token_endpoint_auth_methods_supported: [
          'client_secret_basic',
          'client_secret_post',
          'private_key_jwt',
        ],
        dpop_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'RS512'],
      }),
    'GET /.well-known/openid-configuration/jwks': (_request, response) =>
      send(response, 200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid, key_ops: [] }],
      }),
  }

  listener.serve(async (request, response): Promise<void> => {
    allowPages(request, response)
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const { pathname } = new URL(request.url ?? '/', issuer)
    const route = routes[`${request.method ?? ''} ${pathname}`]
    if (!route) return void response.writeHead(404).end()
    try {
      await route(request, response)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const body = error.description === null ? {} : { error_description: error.description }
      send(response, 400, { error: error.error, ...body }, error.headers)
    }
  })

  return { issuer, tokenEndpoint, greetings: issuer + greetingsPath, close: () => listener.close() }
}

interface Details {
  readonly practitioner_role?: {
    readonly organization?: { readonly identifier?: { readonly value?: unknown } }
  }
}

/** `NO:ORGNR:parent:child` of the sample's claim; the child may be left out, its colon not. */
function organisationsIn(details: unknown): string {
  const value = (details as Details | undefined)?.practitioner_role?.organization?.identifier?.value
  if (typeof value !== 'string' || !/^NO:ORGNR:\d{9}:(\d{9})?$/.test(value))
    throw new Refusal('invalid_grant', 'HID-1004: the organization number must have nine digits')
  return value
}

async function verifyProof(proof: string, htm: string, htu: string) {
  const verified = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' }).catch(() => null)
  const { payload } = verified ?? {}
  const isRight =
    payload?.['htm'] === htm &&
    payload['htu'] === htu &&
    Math.abs(Date.now() / 1000 - (payload.iat ?? 0)) <= leeway
  if (!verified || !payload || !isRight) throw new Refusal('invalid_dpop_proof', 'Malformed DPoP token.')
  return { payload, key: await calculateJwkThumbprint(verified.protectedHeader.jwk as JWK) }
}

/** AddCors with origin, headers and exposed headers, and UseCors before UseAuthentication. */
function allowPages({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return
  response.setHeader('Access-Control-Allow-Origin', headers.origin)
  response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, DPoP-Nonce, Date')
  response.setHeader('Access-Control-Allow-Headers', 'authorization, dpop, content-type')
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=UTF-8',
      'Cache-Control': 'no-store',
      ...headers,
    })
    .end(JSON.stringify(body))
}
