import { introspectionRequest } from 'oauth4webapi'
import type { HttpRequest, Outcome } from '../../http/message.ts'
import { type JsonValue, member } from '../../json/value.ts'
import { decode, type Decoded } from '../../jwt/decode/decode.ts'
import { clientAuth } from '../compose/client-auth.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { recordRequest } from '../compose/record-request.ts'
import type { Signing } from '../compose/signing.ts'
import { type TokenOperation, tokenParameters } from '../config/token-operation.ts'
import {
  type Answer,
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
  const active = activeOf(answer.members)
  if (status < 400 && active !== null && answer.members) {
    return { kind: active ? 'active' : 'inactive', answer, members: answer.members }
  }
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

/** "active REQUIRED. Boolean indicator"; some servers send a text. @see RFC 7662 section 2.2 */
function activeOf(members: JsonValue | null): boolean | null {
  const value = member(members, 'active')
  if (value?.kind === 'literal') return value.value
  if (value?.kind !== 'string') return null
  return ({ true: true, false: false } as const)[value.value.toLowerCase()] ?? null
}

function readJwt(answer: Answer): Introspection | null {
  if (answer.body.kind !== 'text') return null
  const decoded = decode(answer.body.text.trim())
  if (decoded.kind === 'opaque') return null
  const claims = decoded.kind === 'jws' ? decoded.payload.value : null
  const members = member(claims, 'token_introspection') ?? null
  return { kind: 'jwt', answer, decoded, members, active: activeOf(members) }
}
