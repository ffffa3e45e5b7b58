import { introspectionRequest } from 'oauth4webapi'
import type { HttpRequest, Outcome } from '../../http/message.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { decode, type Decoded } from '../../jwt/decode/decode.ts'
import { clientAuth } from '../compose/client-auth.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { recordRequest } from '../compose/record-request.ts'
import type { Signing } from '../compose/signing.ts'
import { type TokenOperation, tokenParameters } from '../config/token-operation.ts'
import {
  type Answer,
  type Reading,
  readTokenResponse,
  refusalIn,
  type Refused,
  type Shape,
  type Unreachable,
} from '../response/read-response.ts'

/**
 * Composes the question of what a server knows of a token, for an endpoint that `checkEndpoint` found sendable and a
 * token that is not empty. The client authenticates as it does at the token endpoint, its own parameters and header
 * fields left out, and with no proof of a key: that is for using the token. If it is left out, neither its ID nor its
 * secret is sent.
 * @see RFC 7662 section 2.1
 */
export function composeIntrospectionRequest(
  endpoint: string,
  token: string,
  config: TokenRequestConfig,
  signing: Signing,
  options: TokenOperation = {},
): Promise<HttpRequest> {
  // The library requires an issuer; if none is known it is not used for anything.
  const as = { issuer: issuerOf(config) || endpoint, introspection_endpoint: endpoint }
  const proof = options.anonymous === true ? () => undefined : clientAuth(config, signing)
  return recordRequest(config, (recording) =>
    introspectionRequest(as, { client_id: config.client_id }, proof, token, {
      ...recording,
      additionalParameters: tokenParameters(token, options),
      requestJwtResponse: options.jwt ?? false,
    }),
  )
}

/** What an introspection endpoint's response amounts to, judged leniently. */
export type Introspection =
  | { readonly kind: 'active'; readonly answer: Answer; readonly members: JsonValue }
  | { readonly kind: 'inactive'; readonly answer: Answer; readonly members: JsonValue }
  /** `members` is its `token_introspection`; `null` if it has none, or is encrypted for somebody else. */
  | {
      readonly kind: 'jwt'
      readonly answer: Answer
      readonly decoded: Exclude<Decoded, { kind: 'opaque' }>
      readonly members: JsonValue | null
      readonly active: boolean | null
    }
  | Refused
  | { readonly kind: 'nonconforming'; readonly answer: Answer; readonly shape: Shape }
  | Unreachable

/** Reads what an introspection request came to. Never throws. @see RFC 7662 section 2.2, RFC 9701 section 5 */
export function readIntrospection(outcome: Outcome): Introspection {
  // Its reading of the body serves any endpoint of the server.
  const reading = readTokenResponse(outcome)
  if (reading.kind === 'unreachable') return reading
  const { answer } = reading
  const { status } = answer.response
  const members = status < 400 ? introspectionIn(answer) : null
  const active = activeOf(members)
  if (members && active !== null) return { kind: active ? 'active' : 'inactive', answer, members }
  if (answer.members && isInactiveByError(reading))
    return { kind: 'inactive', answer, members: answer.members }
  const refusal = refusalIn(reading)
  if (refusal) return refusal
  const jwt = status < 400 ? readJwt(answer) : null
  if (jwt) return jwt
  return {
    kind: 'nonconforming',
    answer,
    shape: reading.kind === 'nonconforming' ? reading.shape : 'no-token',
  }
}

/** Where servers put the members one level down, the standard's name for a JWT first. */
const wrapping = ['token_introspection', 'data', 'result', 'response'] as const

/** The members, also if they are one level down, or in a list of one. */
function introspectionIn({ members, body }: Answer): JsonValue | null {
  if (member(members, 'active')) return members
  const inside = wrapping.map((name) => member(members, name)).find((one) => member(one, 'active'))
  if (inside) return inside
  const parsed = members === null && body.kind === 'text' ? parseJson(body.text) : null
  const first = parsed?.ok && parsed.value.kind === 'array' ? parsed.value.items[0] : undefined
  return member(first, 'active') && first ? first : members
}

/** "active REQUIRED. Boolean indicator"; some servers send a text or a number. @see RFC 7662 section 2.2 */
function activeOf(members: JsonValue | null): boolean | null {
  const value = member(members, 'active')
  if (value?.kind === 'literal') return value.value
  const text = value?.kind === 'number' ? value.source : (asString(value) ?? '').toLowerCase()
  return ({ true: true, 1: true, false: false, 0: false } as const)[text] ?? null
}

/** What servers say in place of `active: false`. */
const ofInactive =
  /^(invalid|expired|inactive|revoked|unknown)_token$|^token_(expired|inactive|revoked|invalid|unknown|not_(found|active))$/

/**
 * Whether a server says by an error that the token is not active; a 401 or 403 is about the client that asks.
 * @see RFC 7662 sections 2.2 and 2.3
 */
function isInactiveByError(reading: Exclude<Reading, Unreachable>): boolean {
  const { status } = reading.answer.response
  return (
    reading.kind === 'refused' &&
    status !== 401 &&
    status !== 403 &&
    status < 500 &&
    ofInactive.test(reading.error.error)
  )
}

function readJwt(answer: Answer): Introspection | null {
  if (answer.body.kind !== 'text') return null
  const decoded = decode(answer.body.text.trim())
  if (decoded.kind === 'opaque') return null
  const claims = decoded.kind === 'jws' ? decoded.payload.value : null
  // A draft of the standard had them next to the claims of the JWT.
  const members = member(claims, 'token_introspection') ?? (member(claims, 'active') ? claims : null)
  return { kind: 'jwt', answer, decoded, members, active: activeOf(members) }
}
