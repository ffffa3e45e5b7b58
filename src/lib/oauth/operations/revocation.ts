import { revocationRequest } from 'oauth4webapi'
import { headerValue, type HttpRequest, type Outcome } from '../../http/message.ts'
import { asString, member } from '../../json/value.ts'
import { isBlank, looksLikeHtml } from '../response/body-shape.ts'
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
  refused,
  type Refused,
  type Unreachable,
} from '../response/read-response.ts'

/**
 * Composes the request to forget a token, for an endpoint that `checkEndpoint` found sendable and a token that is not
 * empty. The client authenticates as it does at the token endpoint, its own parameters and header fields left out.
 * @see RFC 7009 section 2.1
 */
export function composeRevocationRequest(
  endpoint: string,
  token: string,
  config: TokenRequestConfig,
  signing: Signing,
  options: TokenOperation = {},
): Promise<HttpRequest> {
  // The library requires an issuer; if none is known it is not used for anything.
  const as = { issuer: issuerOf(config) || endpoint, revocation_endpoint: endpoint }
  return recordRequest(config, (recording) =>
    revocationRequest(as, { client_id: config.client_id }, clientAuth(config, signing), token, {
      ...recording,
      additionalParameters: tokenParameters(token, options),
    }),
  )
}

/** What a revocation endpoint's response amounts to, judged leniently. */
export type Revocation =
  /** Any 2xx without an error, for a token that was revoked and for one the server does not know alike. */
  | { readonly kind: 'accepted'; readonly answer: Answer; readonly status: number }
  /** 503: the token is still good. `retryAfter` as it was sent, `null` if a page can read none. */
  | { readonly kind: 'unavailable'; readonly answer: Answer; readonly retryAfter: string | null }
  | Refused
  | { readonly kind: 'nonconforming'; readonly answer: Answer; readonly status: number }
  | Unreachable

/** Reads what a revocation request came to. Never throws. @see RFC 7009 section 2.2 */
export function readRevocation(outcome: Outcome): Revocation {
  // Its reading of the body serves any endpoint of the server.
  const reading = readTokenResponse(outcome)
  if (reading.kind === 'unreachable') return reading
  const { answer } = reading
  const { status, headers } = answer.response
  if (status === 503) return { kind: 'unavailable', answer, retryAfter: headerValue(headers, 'retry-after') }
  const refusal = refusalIn(reading) ?? (deniesInside(answer) ? refused(answer, null) : null)
  if (refusal) return refusal
  // Frameworks call an empty body text/html all the same (Django).
  const isPage = !isBlank(answer) && looksLikeHtml(answer)
  const accepted = status >= 200 && status < 300 && !isPage
  return { kind: accepted ? 'accepted' : 'nonconforming', answer, status }
}

/** Whether a body says that it did not work, without the member `error` of the standard. */
const deniesInside = ({ members }: Answer): boolean =>
  /^(error|fail(ed|ure)?)$/i.test(asString(member(members, 'status')) ?? '') ||
  ['ok', 'success'].some((name) => {
    const value = member(members, name)
    return value?.kind === 'literal' && value.value === false
  })
