import { compactVerify, importJWK, type JWK, SignJWT } from 'jose'
import type { HttpRequest } from '../../../src/lib/http/message.ts'
import type { CompleteServer } from '../complete-server.ts'
import { generateJwks } from '../signing-keys.ts'
import { asIf, type FaultRow, isToken, refuse, inResponse, when } from './fault.ts'
import { basicOf, field, formOf, partOf, withField, withForm, withJson, without } from './messages.ts'
import type { Verdict } from '../../../src/lib/server-test/base/row.ts'

const assertionOf = (request: HttpRequest): string => formOf(request).get('client_assertion') ?? ''
const seconds = (): number => Math.floor(Date.now() / 1000)
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A new assertion in the place of one that is bad. */
const goodAssertion = asIf(async (request, { file, clientKey }) => {
  const { client_id = '', aud = '' } = file.assertion ?? {}
  const claims = {
    iss: client_id,
    sub: client_id,
    aud,
    jti: crypto.randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
  }
  const jwt = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: String(clientKey.kid) })
    .sign(clientKey)
  return withForm(request, (form) => {
    form.set('client_assertion', jwt)
    form.set('client_id', client_id)
  })
})

type Claims = Readonly<Record<string, unknown>>

const byClaims = (is: (claims: Claims, header: Claims) => boolean): FaultRow =>
  when((request) => {
    const jwt = assertionOf(request)
    return jwt !== '' && is(partOf(jwt, 1), partOf(jwt, 0))
  }, goodAssertion)

async function verifies(jwt: string, key: JWK): Promise<boolean> {
  const own = without({ ...key }, 'd')
  return compactVerify(jwt, await importJWK(own, 'ES256')).then(
    () => true,
    () => false,
  )
}

/** Whether it is a signature of that key but for its first character. */
async function isChanged(jwt: string, key: JWK): Promise<boolean> {
  const at = jwt.lastIndexOf('.') + 1
  for (const letter of letters)
    if (await verifies(jwt.slice(0, at) + letter + jwt.slice(at + 1), key)) return true
  return false
}

const bySignature = (wanted: 'changed' | 'foreign'): FaultRow => ({
  make: (server) => async (request, forward) => {
    const jwt = assertionOf(request)
    if (partOf(jwt, 0)['alg'] !== 'ES256' || (await verifies(jwt, server.clientKey))) return forward(request)
    const changed = await isChanged(jwt, server.clientKey)
    return changed === (wanted === 'changed') ? goodAssertion(request, forward, server) : forward(request)
  },
})

/** One for each row about assertions. */
export const assertionFaults: Readonly<Record<string, FaultRow>> = {
  'assertion-baseline': when((request) => assertionOf(request) !== '', refuse(401, 'invalid_client'), {
    verdict: 'skipped',
    also: (id) => (id.startsWith('assertion-') ? 'skipped' : null),
  }),
  'assertion-expired': byClaims(({ exp }) => Number(exp) < seconds()),
  'assertion-no-exp': byClaims(({ exp }) => exp === undefined),
  'assertion-future-nbf': byClaims(({ nbf }) => Number(nbf) > seconds() + 100),
  'assertion-wrong-aud': byClaims(({ aud }) => aud === 'https://elsewhere.example/'),
  'assertion-no-aud': byClaims(({ aud }) => aud === undefined),
  'assertion-wrong-iss': byClaims(({ iss }) => iss === 'somebody-else'),
  'assertion-wrong-sub': byClaims(({ sub }) => sub === 'somebody-else'),
  'assertion-no-sub': byClaims(({ sub }) => sub === undefined),
  'assertion-alg-none': byClaims((_claims, { alg }) => alg === 'none'),
  'assertion-alg-hs': byClaims((_claims, { alg }) => alg === 'HS256'),
  'assertion-foreign-key': bySignature('foreign'),
  'assertion-changed': bySignature('changed'),
  'assertion-client-id': when(
    (request) => formOf(request).get('client_id') === 'somebody-else' && assertionOf(request) !== '',
    goodAssertion,
  ),
  'assertion-aud-issuer': when(
    (request, { file }) => partOf(assertionOf(request), 1)['aud'] === file.issuer,
    refuse(401, 'invalid_client'),
    { verdict: 'note' },
  ),
  'assertion-aud-two': when(
    (request) => Array.isArray(partOf(assertionOf(request), 1)['aud']),
    refuse(500, 'server_error'),
  ),
  'assertion-long': when(
    (request) => Number(partOf(assertionOf(request), 1)['exp']) > seconds() + 1e8,
    refuse(401, 'invalid_client'),
    { verdict: 'ok' },
  ),
  'assertion-replayed': {
    verdict: 'note',
    make: (server) => {
      const seen = new Set<string>()
      return (request, forward) => {
        const jwt = assertionOf(request)
        const isOld = jwt !== '' && seen.has(jwt)
        seen.add(jwt)
        return isOld ? goodAssertion(request, forward, server) : forward(request)
      }
    },
  },
  'assertion-error': when(
    (request) => Number(partOf(assertionOf(request), 1)['exp']) < seconds(),
    refuse(400, 'invalid_request'),
  ),
}

const proof = generateJwks('ES256')

/** A new proof in the place of one that is bad: by a key of the proxy, with the nonce that the server gave last. */
function mendingProofs(
  is: (request: HttpRequest, proof: string) => boolean | Promise<boolean>,
  verdict: Verdict = 'deviates',
): FaultRow {
  return {
    verdict,
    make: () => {
      let nonce = ''
      return async (request, forward) => {
        const isBad =
          isToken(request) &&
          basicOf(request)[0] === 'tester-dpop' &&
          (await is(request, field(request, 'dpop')))
        const own = isBad ? withField(request, 'DPoP', await goodProof(request.url, nonce)) : request
        const response = await forward(own)
        nonce = field(response, 'dpop-nonce') || nonce
        return response
      }
    },
  }
}

const goodProof = (htu: string, nonce: string): Promise<string> =>
  new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', htu, iat: seconds(), nonce })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: proof.publicJwk })
    .sign(proof.privateJwk)

const byProof = (is: (claims: Claims, header: Claims) => boolean, verdict?: Verdict): FaultRow =>
  mendingProofs((_request, jwt) => jwt.includes('.') && is(partOf(jwt, 1), partOf(jwt, 0)), verdict)

const byProofSignature = (wanted: 'changed' | 'foreign'): FaultRow =>
  mendingProofs(async (_request, jwt) => {
    const { alg, jwk } = partOf(jwt, 0)
    if (alg !== 'ES256' || jwk === undefined || (await verifies(jwt, jwk as JWK))) return false
    return (await isChanged(jwt, jwk as JWK)) === (wanted === 'changed')
  })

const isBoundToken = (request: HttpRequest): boolean =>
  basicOf(request)[0] === 'tester-dpop' && !formOf(request).has('resource')

/** One for each row about DPoP whose request differs from that of dpop-baseline. */
export const dpopFaults: Readonly<Record<string, FaultRow>> = {
  'dpop-baseline': inResponse(
    (request, { status }) => isToken(request) && isBoundToken(request) && status === 200,
    (response) => withJson(response, (members) => ({ ...members, token_type: 'Bearer' })),
    {
      verdict: 'note',
      also: (id) =>
        id.startsWith('dpop-') && !['dpop-nonce-ask', 'dpop-nonce-exposed'].includes(id) ? 'skipped' : null,
    },
  ),
  'dpop-nonce-ask': inResponse(
    (_request, response) =>
      response.status === 400 && new TextDecoder().decode(response.body).includes('use_dpop_nonce'),
    (response) => withField({ ...response, status: 401 }, 'WWW-Authenticate', 'Basic realm="proxy"'),
  ),
  'dpop-wrong-htm': byProof(({ htm }) => htm === 'GET'),
  'dpop-wrong-htu': byProof(({ htu }) => String(htu).includes('elsewhere')),
  'dpop-old-iat': when(
    (request) => Number(partOf(field(request, 'dpop'), 1)['iat']) < seconds() - 1000 && isToken(request),
    refuse(400, 'invalid_dpop_proof'),
    { verdict: 'ok' },
  ),
  'dpop-future-iat': when(
    (request) => Number(partOf(field(request, 'dpop'), 1)['iat']) > seconds() + 1000,
    refuse(400, 'invalid_dpop_proof'),
    { verdict: 'ok' },
  ),
  'dpop-alg-none': byProof((_claims, { alg }) => alg === 'none'),
  'dpop-symmetric': byProof((_claims, { alg }) => alg === 'HS256'),
  'dpop-private-jwk': byProof((_claims, { jwk }) => Object.hasOwn(Object(jwk) as object, 'd')),
  'dpop-foreign-key': byProofSignature('foreign'),
  'dpop-changed': byProofSignature('changed'),
  'dpop-two-proofs': mendingProofs(({ headers }) => headers.filter(([name]) => name === 'DPoP').length > 1),
  'dpop-wrong-typ': byProof((_claims, { typ }) => typ === 'JWT'),
  'dpop-no-jti': byProof(({ jti }) => jti === undefined),
  'dpop-no-iat': byProof(({ iat }) => iat === undefined),
  'dpop-no-jwk': byProof((_claims, { jwk, typ }) => jwk === undefined && typ !== undefined),
  'dpop-garbage': mendingProofs((_request, jwt) => jwt === 'not-a-proof'),
  'dpop-header-case': when(
    ({ headers }) => headers.some(([name]) => name === 'dpop'),
    refuse(400, 'invalid_dpop_proof'),
  ),
  'dpop-nonce-stale': byProof(({ nonce }) => nonce === 'of-yesterday', 'note'),
  'dpop-plain-token': mendingProofs((request) => isToken(request) && field(request, 'dpop') === '', 'note'),
  'dpop-replayed': {
    ...mendingProofs(() => false, 'note'),
    make: (server) => {
      const seen = new Set<string>()
      return mendingProofs((_request, jwt) => {
        const isOld = jwt !== '' && seen.has(jwt)
        seen.add(jwt)
        return isOld
      }).make(server)
    },
  },
  'dpop-error': when(
    (request) => isToken(request) && partOf(field(request, 'dpop'), 0)['typ'] === 'JWT',
    refuse(400, 'invalid_request'),
  ),
  'dpop-bound': inResponse(
    (request, { status }) => isToken(request) && isBoundToken(request) && status === 200,
    async (response, _request, server) => {
      const jwt = await signedAnew(
        String(jsonMember(response.body, 'access_token')),
        (claims) => without(claims, 'cnf'),
        server,
      )
      return withJson(response, (members) => ({ ...members, access_token: jwt }))
    },
  ),
}

const jsonMember = (body: Uint8Array, name: string): unknown =>
  (JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>)[name]

/** The same token with other claims, signed by the server's own key or by a secret. */
export async function signedAnew(
  jwt: string,
  edit: (claims: Record<string, unknown>) => Record<string, unknown>,
  { signingKey }: CompleteServer,
  secret?: string,
): Promise<string> {
  const alg = secret === undefined ? 'ES256' : 'HS256'
  return new SignJWT(edit(partOf(jwt, 1)))
    .setProtectedHeader({ ...partOf(jwt, 0), alg })
    .sign(secret === undefined ? signingKey : new TextEncoder().encode(secret))
}
