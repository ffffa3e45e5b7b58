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

/** Hands the recorded answer to oauth4webapi. @see RFC 6749 sections 5.1 and 5.2 */
export async function judgeStrictly(recorded: HttpResponse, clientId: string): Promise<StrictVerdict> {
  const as = { issuer: 'https://unused.invalid' }
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

function rebuild({ status, statusText, headers, body }: HttpResponse): Response {
  return new Response(bodiless.includes(status) ? null : new Uint8Array(body), {
    status,
    statusText,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}
