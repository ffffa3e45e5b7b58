import {
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import type { HttpResponse } from '../../http/message.ts'

/** How a client that follows the standard to the letter takes an answer; oauth4webapi is the judge. */
export type StrictVerdict =
  | { readonly kind: 'accepted' }
  /** Understood, as the refusal it is. */
  | { readonly kind: 'refusal' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }

/** Hands a recorded answer to one of oauth4webapi's `process` functions, and tells what that made of it. */
export async function verdictOf(
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
