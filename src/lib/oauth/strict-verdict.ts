import {
  OperationProcessingError,
  processClientCredentialsResponse,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import type { HttpResponse } from '../http/message.ts'

/** How a client that follows the standard to the letter takes an answer; oauth4webapi is the judge. */
export type StrictVerdict =
  | { readonly kind: 'accepted' }
  /** Understood, as the refusal it is. */
  | { readonly kind: 'refusal' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }

/**
 * Hands the recorded answer to oauth4webapi. Without discovery there is no issuer to hold an ID token against, and this
 * grant has none, so that member is left out of the judgement.
 * @see RFC 6749 sections 5.1 and 5.2
 */
export async function judgeStrictly(recorded: HttpResponse, clientId: string): Promise<StrictVerdict> {
  const as = { issuer: 'https://unused.invalid' }
  if (recorded.status < 200 || recorded.status > 599) {
    return { kind: 'rejected', code: '', message: `${recorded.status} is not a status a client can handle.` }
  }
  try {
    await processClientCredentialsResponse(as, { client_id: clientId || 'unused' }, rebuild(recorded))
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
  return new Response(bodiless.includes(status) ? null : withoutIdToken(body), {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}

function withoutIdToken(body: Uint8Array): Uint8Array<ArrayBuffer> | string {
  const text = new TextDecoder().decode(body)
  if (!text.includes('"id_token"')) return new Uint8Array(body)
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      name === 'id_token' ? undefined : value,
    )
  } catch {
    // SyntaxError: not JSON, and judged as that
    return text
  }
}
