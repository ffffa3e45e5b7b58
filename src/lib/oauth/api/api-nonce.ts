import { asString, member } from '../../json/value.ts'
import { headerValue, type Exchange } from '../../http/message.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { readApiResponse } from './api-response.ts'
import { givenNonce } from '../dpop/dpop-nonce.ts'

/**
 * Whether an API refused a proof for want of its nonce, and gave the nonce with the refusal: then the same call with a
 * new proof is due. Where CORS hides the challenge but not the nonce, a 401 with a nonce that the proof did not have
 * says the same.
 * @see RFC 9449 section 9
 */
export function demandsApiNonce(exchange: Exchange): boolean {
  const proof = headerValue(exchange.request.headers, 'dpop')
  const nonce = givenNonce(exchange)
  const reading = readApiResponse(exchange.outcome)
  if (proof === null || nonce === null || reading.kind !== 'refused') return false
  if (reading.error) return reading.error.error === 'use_dpop_nonce'
  return reading.status === 401 && reading.challenges.length === 0 && nonce !== nonceOf(proof)
}

function nonceOf(proof: string): string | undefined {
  const decoded = decode(proof)
  return decoded.kind === 'jws' ? asString(member(decoded.payload.value, 'nonce')) : undefined
}
