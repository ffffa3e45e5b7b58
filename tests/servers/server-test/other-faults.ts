import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'
import type { CompleteServer } from '../complete-server.ts'
import { generateJwks } from '../signing-keys.ts'
import { asIf, type FaultRow, isPlainToken, isToken, refuse, inResponse, when, withSecret } from './fault.ts'
import { basicOf, field, formOf, jsonOf, partOf, respond, withField, withJson, without } from './messages.ts'
import { signedAnew } from './signed-faults.ts'

const isMetadata = ({ url }: HttpRequest): boolean => url.includes('/.well-known/')
const isKeys = ({ url }: HttpRequest): boolean => url.endsWith('/jwks')

const documents = (
  edit: (members: Record<string, unknown>) => Record<string, unknown>,
  where = '/.well-known/',
) =>
  inResponse(
    ({ url }) => url.includes(where),
    (response) => withJson(response, edit),
  )

const keys = (edit: (keys: readonly Record<string, unknown>[]) => readonly object[]) =>
  inResponse(isKeys, (response) =>
    withJson(response, (members) => ({
      ...members,
      keys: edit(members['keys'] as Record<string, unknown>[]),
    })),
  )

const ofRsa = (edit: (key: Record<string, unknown>) => object) =>
  keys((all) => all.map((key) => (key['kty'] === 'RSA' ? edit(key) : key)))

const tokens = (
  edit: (claims: Record<string, unknown>) => Record<string, unknown>,
  more: Partial<FaultRow> = {},
  secretOf?: (server: CompleteServer) => string,
) =>
  inResponse(
    isPlainToken,
    async (response, _request, server) => {
      const token = await signedAnew(
        String(jsonOf(response)['access_token']),
        edit,
        server,
        secretOf?.(server),
      )
      return withJson(response, (members) => ({ ...members, access_token: token }))
    },
    more,
  )

/** One for each row about metadata and keys, but for an issuer with a path. */
export const metadataFaults: Readonly<Record<string, FaultRow>> = {
  'issuer-equal': documents((members) => ({ ...members, issuer: `${String(members['issuer'])}/` })),
  'metadata-form': documents((members) => ({ ...members, ui_locales_supported: [] })),
  'documents-agree': documents(
    (members) => ({ ...members, code_challenge_methods_supported: ['plain'] }),
    'oauth-authorization-server',
  ),
  'metadata-true': documents((members) => ({ ...members, grant_types_supported: ['authorization_code'] })),
  'metadata-https': documents((members) => ({
    ...members,
    registration_endpoint: 'http://elsewhere.example/reg',
  })),
  'jwks-key': ofRsa((key) => ({ ...key, d: 'AQAB' })),
  'jwks-usable': ofRsa((key) => ({ ...key, key_ops: [] })),
  'jwt-verifies': keys((all) =>
    all.map((key) =>
      key['kty'] === 'EC'
        ? { ...generateJwks('ES256').publicJwk, kid: key['kid'], use: 'sig', alg: 'ES256' }
        : key,
    ),
  ),
  'jwt-issuer': tokens((claims) => ({ ...claims, iss: 'https://elsewhere.example' })),
  'jwt-profile': tokens((claims) => without(claims, 'client_id')),
  'jwt-alg': tokens(
    (claims) => claims,
    { also: { 'jwt-verifies': 'note' } },
    ({ file }) => file.client.client_secret ?? '',
  ),
  'jwt-audience': tokens((claims) => ({ ...claims, aud: claims['iss'] }), { verdict: 'note' }),
}

const hidden = (response: HttpResponse): HttpResponse =>
  withField(response, 'Access-Control-Allow-Origin', null)

/** One for each row about CORS. */
export const corsFaults: Readonly<Record<string, FaultRow>> = {
  'cors-success': inResponse((request, { status }) => isToken(request) && status === 200, hidden, {
    verdict: 'note',
    also: (id) => (/^(cors-|dpop-nonce-exposed$)/.test(id) ? 'skipped' : null),
  }),
  'cors-refusal': inResponse(
    (request, { status }) => isToken(request) && status === 400 && !formOf(request).has('grant_type'),
    hidden,
    { verdict: 'note' },
  ),
  'cors-preflight-401': when(
    ({ method }) => method === 'OPTIONS',
    (request) => respond(request, 404, {}),
    { verdict: 'note' },
  ),
  'cors-expose': inResponse(
    (request) => basicOf(request)[1] === 'not-the-secret',
    (response) => withField(response, 'Access-Control-Expose-Headers', null),
    { verdict: 'note' },
  ),
  'dpop-nonce-exposed': inResponse(
    (request, response) => isToken(request) && jsonOf(response)['error'] === 'use_dpop_nonce',
    (response) => withField(response, 'Access-Control-Expose-Headers', 'WWW-Authenticate'),
  ),
  'cors-discovery': inResponse(isMetadata, hidden, { verdict: 'note' }),
  'cors-jwks': inResponse(isKeys, hidden, { verdict: 'note' }),
  'cors-vary': inResponse(
    (request) => isMetadata(request) && field(request, 'origin') !== '',
    (response, request) =>
      withField(withField(response, 'Access-Control-Allow-Origin', field(request, 'origin')), 'Vary', null),
    { verdict: 'note' },
  ),
}

const isIntrospection = ({ url }: HttpRequest): boolean => url.endsWith('/introspection')
const isRevocation = ({ url }: HttpRequest): boolean => url.endsWith('/revocation')
const isAnonymous = (request: HttpRequest): boolean => field(request, 'authorization') === ''
const isGarbage = (request: HttpRequest): boolean => formOf(request).get('token') === 'not-a-token'

/** One for each row about introspection and revocation. */
export const operationFaults: Readonly<Record<string, FaultRow>> = {
  'introspect-active': inResponse(
    (request, response) => isIntrospection(request) && jsonOf(response)['active'] === true,
    (response) => withJson(response, (members) => ({ ...members, exp: Number(members['exp']) + 1000 })),
  ),
  'introspect-anonymous': when(
    (request) => isIntrospection(request) && isAnonymous(request),
    asIf((request, { file }) => withSecret(request, file.operations ?? file.client)),
  ),
  'introspect-garbage': inResponse(
    (request) => isIntrospection(request) && isGarbage(request),
    (response) => withJson(response, (members) => ({ ...members, why: 'unknown' })),
  ),
  revoke: when(isRevocation, refuse(400, 'unauthorized_client'), {
    also: (id) => (/^revoke-/.test(id) ? 'skipped' : null),
  }),
  'revoke-then-introspect': {
    make: () => {
      const before = new Map<string, HttpResponse>()
      return async (request, forward) => {
        const token = formOf(request).get('token') ?? ''
        // What it said of a token that was good, it goes on saying.
        if (isRevocation(request) && !isGarbage(request))
          before.set(token, respond(request, 200, { active: true }))
        return isIntrospection(request) ? (before.get(token) ?? forward(request)) : forward(request)
      }
    },
  },
  'revoke-twice': {
    make: () => {
      const seen = new Set<string>()
      return (request, forward) => {
        const token = formOf(request).get('token') ?? ''
        const isOld = isRevocation(request) && seen.has(token)
        if (isRevocation(request)) seen.add(token)
        return isOld ? refuse(400, 'invalid_request')(request) : forward(request)
      }
    },
  },
  'revoke-garbage': when(
    (request) => isRevocation(request) && isGarbage(request),
    refuse(400, 'invalid_request'),
  ),
  'revoke-anonymous': when(
    (request) => isRevocation(request) && isAnonymous(request),
    (request) => respond(request, 200, {}),
  ),
}

const isApi = ({ url }: HttpRequest, { file }: CompleteServer): boolean =>
  url.startsWith(file.api?.url ?? 'none')
const authorization = (request: HttpRequest): string => field(request, 'authorization')
const proofOf = (request: HttpRequest): string => field(request, 'dpop')
const greet = (request: HttpRequest): HttpResponse => respond(request, 200, { greeting: 'Hello!' })
const tokenOf = (request: HttpRequest): string => authorization(request).replace(/^\S+ /, '')

const api = (
  is: (request: HttpRequest) => boolean,
  act: (request: HttpRequest) => HttpResponse,
  more: Omit<FaultRow, 'make'> = {},
): FaultRow => when((request, server) => isApi(request, server) && is(request), act, more)

const isBearer = (request: HttpRequest): boolean => authorization(request).startsWith('Bearer ')
const isBound = (request: HttpRequest): boolean => partOf(tokenOf(request), 1)['cnf'] !== undefined
const scopeOf = (request: HttpRequest): string => String(partOf(tokenOf(request), 1)['scope'])

/** What accepts a call that the API refuses, if the reason is the one that is looked for. */
const accepting = (
  is: (request: HttpRequest, server: CompleteServer, seen: Set<string>) => boolean,
): FaultRow => ({
  make: (server) => {
    const seen = new Set<string>()
    return async (request, forward) => {
      const response = await forward(request)
      if (!isApi(request, server)) return response
      if (response.status === 200) seen.add(String(partOf(proofOf(request), 1)['ath']))
      return response.status === 401 && is(request, server, seen) ? greet(request) : response
    }
  },
})

const keyOf = (request: HttpRequest): unknown =>
  (partOf(proofOf(request), 0)['jwk'] as { x?: unknown } | undefined)?.x

/** One for each row about the API. */
export const apiFaults: Readonly<Record<string, FaultRow>> = {
  'api-token': api(
    (request) => isBearer(request) && !isBound(request),
    (request) => respond(request, 403, {}),
    {
      also: (id) =>
        /^api-(none|garbage|changed|payload-changed|alg-none|query|scheme-case|no-scheme|cors)$/.test(id)
          ? 'skipped'
          : null,
    },
  ),
  'api-none': api(
    (request) =>
      authorization(request) === '' && !request.url.includes('?') && field(request, 'origin') === '',
    (request) => respond(request, 403, {}),
  ),
  'api-garbage': api((request) => authorization(request) === 'Bearer not-a-token', greet),
  'api-changed': accepting(
    (request) =>
      isBearer(request) &&
      !isBound(request) &&
      tokenOf(request).split('.').length === 3 &&
      partOf(tokenOf(request), 0)['alg'] !== 'none' &&
      !scopeOf(request).includes('admin'),
  ),
  'api-payload-changed': api((request) => isBearer(request) && scopeOf(request).includes('admin'), greet),
  'api-alg-none': api((request) => partOf(tokenOf(request), 0)['alg'] === 'none', greet),
  'api-query': api(
    ({ url }) => url.includes('access_token='),
    (request) =>
      withField(respond(request, 401, {}), 'WWW-Authenticate', 'Bearer realm="proxy", error="invalid_token"'),
    { verdict: 'note' },
  ),
  'api-scheme-case': api(
    (request) => authorization(request).startsWith('bearer '),
    (request) => respond(request, 401, {}),
  ),
  'api-no-scheme': api(
    (request) => authorization(request) !== '' && !authorization(request).includes(' '),
    greet,
  ),
  'api-cors': inResponse((request, { status }, server) => isApi(request, server) && status === 401, hidden),
  'api-dpop': api(
    (request) => authorization(request).startsWith('DPoP '),
    (request) => respond(request, 403, {}),
    {
      also: (id) => (/^api-(scheme$|dpop-)/.test(id) ? 'skipped' : null),
    },
  ),
  'api-scheme': api((request) => isBearer(request) && isBound(request), greet),
  'api-dpop-no-proof': api(
    (request) => authorization(request).startsWith('DPoP ') && proofOf(request) === '',
    greet,
  ),
  'api-dpop-no-ath': accepting(
    (request) => proofOf(request) !== '' && partOf(proofOf(request), 1)['ath'] === undefined,
  ),
  'api-dpop-wrong-ath': accepting((request) => partOf(proofOf(request), 1)['ath'] === 'A'.repeat(43)),
  'api-dpop-wrong-htm': accepting((request) => partOf(proofOf(request), 1)['htm'] === 'POST'),
  'api-dpop-other-key': {
    make: (server) => {
      let right: unknown
      return async (request, forward) => {
        const response = await forward(request)
        if (!isApi(request, server) || proofOf(request) === '') return response
        if (response.status === 200) right = keyOf(request)
        return response.status === 401 && keyOf(request) !== right ? greet(request) : response
      }
    },
  },
  'api-dpop-scheme-case': api(
    (request) => authorization(request).startsWith('dpop '),
    (request) => respond(request, 401, {}),
  ),
}
