import fc from 'fast-check'
import type { HeaderList, HttpRequest } from '../../http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../oauth/config/config.ts'
import { readTokenResponse } from '../../oauth/response/read-response.ts'
import {
  apiStages,
  documentStages,
  operationStages,
  type Stage,
  tokenStages,
} from '../../explanation/stage.ts'
import { readCame } from './facts/came.ts'
import type { RefusalRecord, Row } from './record.ts'
import { type CauseId, causes } from './causes.ts'
import { type Endpoint, type Facts, noPast, type Past } from './facts/facts.ts'
import { unmeasured } from './facts/measured.ts'
import { readSent } from './facts/sent.ts'

/** 2024-01-01T00:00:00Z, the time of every test. */
export const now = 1_704_067_200_000

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT with those claims, whose signature nobody has made. */
export const jwt = (claims: object, header: object = { alg: 'ES256', typ: 'at+jwt' }): string =>
  [base64url(header), base64url(claims), 'c2lnbmF0dXJl'].join('.')

const seconds = now / 1000
const assertionJwt = jwt(
  { iss: 'm2m', sub: 'm2m', aud: 'https://as.example', jti: 'a', iat: seconds, exp: seconds + 60 },
  { alg: 'ES256', typ: 'JWT' },
)
const proofJwt = (url: string, method: string) =>
  jwt(
    { htm: method, htu: url, jti: 'p', iat: seconds },
    { alg: 'ES256', typ: 'dpop+jwt', jwk: { kty: 'EC' } },
  )

/** A refusal in short: what was sent, and what came. */
export interface Refusal {
  readonly endpoint?: Endpoint
  readonly credentials?: 'body' | 'header' | 'both' | 'assertion' | 'none'
  readonly dpop?: boolean
  readonly scope?: string
  readonly secret?: string
  /** What an API was called with, or introspection asked about. */
  readonly token?: string
  readonly status?: number
  readonly error?: string
  readonly words?: string
  /** The whole body, which is no JSON: a page or a text of a framework. */
  readonly text?: string
  readonly headers?: HeaderList
  readonly past?: Partial<Past>
  readonly pasted?: string
}

const good = {
  iss: 'https://as.example',
  aud: 'https://api.example',
  scope: 'read',
  exp: seconds + 300,
} as const

/** The facts of it, as the page gathers them. */
export function factsOf(refusal: Refusal = {}): Facts {
  const { endpoint = 'token', status = 400, error = '', words = '', headers = [] } = refusal
  const said = [
    ...(error === '' ? [] : [['error', error]]),
    ...(words === '' ? [] : [['error_description', words]]),
  ]
  const body = refusal.text ?? (said.length === 0 ? '' : JSON.stringify(Object.fromEntries(said)))
  const reading = readTokenResponse({
    kind: 'response',
    response: {
      status,
      statusText: '',
      headers: [['content-type', 'application/json'], ...headers],
      body: new TextEncoder().encode(body),
    },
  })
  if (reading.kind === 'unreachable') throw new Error(reading.kind)
  return {
    endpoint,
    sent: readSent(requestOf(refusal)),
    measured: unmeasured,
    came: readCame(reading.answer),
    config: configOf(refusal),
    now,
    past: { ...noPast, ...refusal.past },
    pasted: refusal.pasted ?? '',
  }
}

const methods = {
  body: 'client_secret_post',
  both: 'client_secret_post',
  header: 'client_secret_basic',
  assertion: 'private_key_jwt',
  none: 'none',
} as const

const configOf = ({
  credentials = 'body',
  dpop = false,
  scope = 'read',
  secret = 'password',
}: Refusal): TokenRequestConfig => ({
  ...emptyConfig,
  issuer: 'https://as.example',
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: secret,
  token_endpoint_auth_method: methods[credentials],
  dpop: { ...emptyConfig.dpop, on: dpop },
  scope,
})

function requestOf(refusal: Refusal): HttpRequest {
  const {
    endpoint = 'token',
    credentials = 'body',
    dpop = false,
    scope = 'read',
    secret = 'password',
  } = refusal
  if (endpoint === 'api') return callOf(refusal)
  const url = `https://as.example/${endpoint}`
  if (endpoint === 'metadata' || endpoint === 'keys') return { method: 'GET', url, headers: [], body: null }
  const asks = endpoint === 'token'
  const basic = credentials === 'header' || credentials === 'both'
  const parameters = new URLSearchParams([
    ...(asks ? [['grant_type', 'client_credentials']] : [['token', refusal.token ?? 'opaque']]),
    ...(asks && scope !== '' ? [['scope', scope]] : []),
    ...(credentials === 'header' ? [] : [['client_id', 'm2m']]),
    ...(credentials === 'body' || credentials === 'both' ? [['client_secret', secret]] : []),
    ...(credentials === 'assertion' ? [['client_assertion', assertionJwt]] : []),
  ])
  return {
    method: 'POST',
    url,
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ...(basic ? [['authorization', `Basic ${btoa(`m2m:${encodeURIComponent(secret)}`)}`] as const] : []),
      ...(dpop ? [['DPoP', proofJwt(url, 'POST')] as const] : []),
    ],
    body: parameters.toString(),
  }
}

function callOf({ credentials = 'body', dpop = false, token = jwt(good) }: Refusal): HttpRequest {
  const url = 'https://api.example/things'
  return {
    method: 'GET',
    url,
    headers: [
      ...(credentials === 'none' ? [] : [['authorization', `${dpop ? 'DPoP' : 'Bearer'} ${token}`] as const]),
      ...(dpop ? [['DPoP', proofJwt(url, 'GET')] as const] : []),
    ],
    body: null,
  }
}

const endpoints = [
  'token',
  'introspection',
  'revocation',
  'registration',
  'api',
  'metadata',
  'keys',
] as const satisfies readonly Endpoint[]

/** The stages of a request to each of them. */
export const stagesOf: Readonly<Record<Endpoint, readonly string[]>> = {
  token: Object.keys(tokenStages),
  introspection: Object.keys(operationStages),
  revocation: Object.keys(operationStages),
  registration: Object.keys(operationStages),
  api: Object.keys(apiStages),
  metadata: Object.keys(documentStages),
  keys: Object.keys(documentStages),
}

/** Codes of the standards, one of no standard, and one that every object has. */
const codes = [
  '',
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_authorization_details',
  'use_dpop_nonce',
  'invalid_dpop_proof',
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'authorization_pending',
  'unsupported_token_type',
  'invalid_token',
  'insufficient_scope',
  'something_new',
  'constructor',
] as const

const tokens = [
  jwt(good),
  jwt({ ...good, exp: seconds - 90 }),
  jwt({ ...good, cnf: { jkt: 'other' } }),
  jwt({ nbf: seconds + 90 }),
  jwt({ ...good, scope: 'read write', aud: ['a', 'b'] }, { alg: 'none' }),
  'opaque',
  'a.b.c.d.e',
  '',
]

/** Refusals of every kind. */
export const refusals = (
  words: fc.Arbitrary<string> = fc.constant(''),
): fc.Arbitrary<Required<Omit<Refusal, 'text'>>> =>
  fc.record({
    endpoint: fc.constantFrom(...endpoints),
    credentials: fc.constantFrom('body' as const, 'header', 'both', 'assertion', 'none'),
    dpop: fc.boolean(),
    scope: fc.constantFrom('', 'read', 'openid read', 'read read'),
    secret: fc.constantFrom('', 'password', 'p%+ :', ' password', '{bcrypt}$2a$10$abc', '12345'),
    token: fc.constantFrom(...tokens),
    status: fc.oneof(
      fc.constantFrom(400, 401, 403, 404, 405, 415, 429, 500, 502),
      fc.integer({ min: 200, max: 599 }),
    ),
    error: fc.constantFrom(...codes),
    words,
    headers: fc.constantFrom<HeaderList[]>(
      [],
      [['www-authenticate', 'Bearer realm="x"']],
      [
        ['www-authenticate', 'DPoP error="use_dpop_nonce", algs="ES256"'],
        ['dpop-nonce', 'n'],
      ],
      [['www-authenticate', 'Bearer error="insufficient_scope", scope="write"']],
      [['allow', 'GET, POST']],
      [['date', new Date(now).toUTCString()]],
    ),
    past: fc.constantFrom<Partial<Past>[]>(
      {},
      { replayOf: 1, jtiSeen: true },
      { worked: { id: 1, since: ['client_secret'] } },
      { worked: { id: 1, since: ['scope', 'dpop'] } },
      { revoked: true, issued: true, grantedScope: 'read' },
      { acceptedIssuer: 'https://other.example' },
      { acceptedScheme: 'bearer', acceptedOpaque: true },
      { methods: ['client_secret_basic'] },
    ),
    pasted: fc.constant(''),
  })

const ids = Object.keys(causes) as CauseId[]
const stages = [...new Set(Object.values(stagesOf).flat())] as Stage[]

const someOf = <T>(values: readonly T[], most: number): fc.Arbitrary<T[]> =>
  fc
    .subarray([...values], { maxLength: most })
    .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }))

/** Pairs without a circle: each goes up in one order, whichever that is. */
const orders: fc.Arbitrary<RefusalRecord['order']> = fc
  .shuffledSubarray(stages, { minLength: stages.length })
  .chain((line) =>
    fc.array(fc.tuple(fc.nat(line.length - 2), fc.nat(line.length - 1)), { maxLength: 12 }).map((pairs) =>
      pairs.flatMap(([one, other]) => {
        const [before, after] = [line[Math.min(one, other)], line[Math.max(one, other)]]
        return before === undefined || after === undefined || before === after
          ? []
          : [[before, after] as const]
      }),
    ),
  )

/** What the rows of these records say. */
export const said = 'the server of the test says so'

const rows: fc.Arbitrary<Row> = fc.record({
  says: fc.constant(/server of the test/),
  causes: someOf(ids, 4).filter((chosen) => chosen.length > 0),
  certainty: fc.constantFrom('certain' as const, 'likely', 'possible'),
  passed: someOf(stages, 3),
  open: someOf(stages, 2),
})

/** Records of servers that say whatever it is in one sentence. */
export const recordsOfAny: fc.Arbitrary<RefusalRecord> = fc
  .record({ row: rows, order: orders })
  .map(({ row, order }) => ({ name: 'Test', rows: [row], order }))
