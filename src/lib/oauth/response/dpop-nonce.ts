import { headerValue, type Exchange, type HttpResponse } from '../../http/message.ts'
import { readTokenResponse } from './read-response.ts'

/** The nonce a response gives out for the proofs to come, `null` if a page can read none. @see RFC 9449 sections 8.1 and 8.2 */
export function givenNonce({ outcome }: Exchange): string | null {
  return outcome.kind === 'response' ? nonceIn(outcome.response) : null
}

/** The nonce in the fields of a response, wherever it was read. */
export function nonceIn({ headers }: HttpResponse): string | null {
  const nonce = headerValue(headers, 'dpop-nonce')
  // "nonce = 1*NQCHAR"
  return nonce !== null && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(nonce) ? nonce : null
}

/**
 * Whether the server refused a proof without its nonce, and gave the nonce with the refusal: then the same request
 * with a new proof is due.
 * @see RFC 9449 section 8
 */
export function demandsNonce(exchange: Exchange): boolean {
  if (headerValue(exchange.request.headers, 'dpop') === null || givenNonce(exchange) === null) return false
  const reading = readTokenResponse(exchange.outcome)
  return reading.kind === 'refused' && reading.error.error === 'use_dpop_nonce'
}
