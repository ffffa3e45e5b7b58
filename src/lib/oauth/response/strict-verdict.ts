import {
  OperationProcessingError,
  processClientCredentialsResponse,
  processIntrospectionResponse,
  processRevocationResponse,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import type { HttpResponse } from '../../http/message.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'

/** How a client that follows the standard to the letter judges a response; oauth4webapi is the judge. */
export type StrictVerdict =
  | { readonly kind: 'accepted' }
  /** Understood, as the refusal it is. */
  | { readonly kind: 'refusal' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }

/** Hands a recorded response to one of oauth4webapi's `process` functions, and returns the verdict. */
async function verdictOf(
  recorded: HttpResponse,
  judge: (response: Response) => Promise<unknown>,
): Promise<StrictVerdict> {
  if (recorded.status < 200 || recorded.status > 599) {
    return { kind: 'rejected', code: '', message: `${recorded.status} is not a status a client can handle.` }
  }
  try {
    await judge(rebuild(recorded))
    return { kind: 'accepted' }
  } catch (error) {
    if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError) {
      return { kind: 'refusal' }
    }
    if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError) {
      return { kind: 'rejected', code: error.code ?? '', message: error.message }
    }
    throw error
  }
}

const bodiless = [204, 205, 304]

function rebuild({ status, headers, body }: HttpResponse): Response {
  return new Response(bodiless.includes(status) ? null : new Uint8Array(body), {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}

/**
 * How a client that follows the standard to the letter judges a token response. Without discovery there is no issuer to
 * compare an ID token with, and this grant has none, so that member is left out of the judgement.
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function judgeTokenResponse(recorded: HttpResponse, clientId: string): Promise<StrictVerdict> {
  const as = { issuer: 'https://unused.invalid' }
  const client = { client_id: clientId || 'unused' }
  return verdictOf({ ...recorded, body: withoutIdToken(recorded.body) }, (response) =>
    processClientCredentialsResponse(as, client, response),
  )
}

function withoutIdToken(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body)
  if (!text.includes('"id_token"')) return body
  try {
    const members: unknown = JSON.parse(text, (name, value: unknown) =>
      name === 'id_token' ? undefined : value,
    )
    return new TextEncoder().encode(JSON.stringify(members))
  } catch {
    // SyntaxError: not JSON, and judged as that
    return body
  }
}

/**
 * How a client that follows the standard to the letter judges an introspection response. Of a JWT it judges what can be
 * judged without the server's keys.
 * @see RFC 7662 section 2.2, RFC 9701 section 5
 */
export function judgeIntrospection(
  recorded: HttpResponse,
  config: TokenRequestConfig,
): Promise<StrictVerdict> {
  const as = { issuer: issuerOf(config) || 'https://unused.invalid' }
  const client = { client_id: config.client_id || 'unused' }
  return verdictOf(recorded, (response) => processIntrospectionResponse(as, client, response))
}

/** How a client that follows the standard to the letter judges a revocation response. @see RFC 7009 section 2.2 */
export function judgeRevocation(recorded: HttpResponse): Promise<StrictVerdict> {
  return verdictOf(recorded, processRevocationResponse)
}
