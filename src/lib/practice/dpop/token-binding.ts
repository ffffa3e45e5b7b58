import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import { checkProof } from './dpop-proof.ts'
import type { Context } from '../base/endpoint.ts'
import { tokenError } from '../base/token-error.ts'

const proofSent: Rule = { what: 'A DPoP proof is sent', spec: rfc(9449, '5.2') }

/**
 * The thumbprint of the key that a token request asks to bind its token to; `null` if it asks for a bearer token
 * and the client may have one.
 * @see RFC 9449 section 5
 */
export async function bindingOf(
  request: Request,
  client: PracticeClient,
  context: Context,
): Promise<string | null> {
  const field = request.headers.get('dpop')
  if (field === null) {
    if (client.dpop_bound_access_tokens !== true) return null
    const required = 'A DPoP proof is required'
    const found = `${required}: ${client.client_id} is registered with dpop_bound_access_tokens`
    throw tokenError('invalid_dpop_proof', proofSent, found, required)
  }
  return checkProof(
    field,
    {
      method: request.method,
      url: request.url,
      nonceRequired: client.require_dpop_nonce === true,
      accessToken: null,
      refuse: (error, rule, found) =>
        tokenError(error, rule, found, found, error === 'use_dpop_nonce' ? nextNonce(context) : {}),
    },
    context,
  )
}

/** The header that hands out a nonce. @see RFC 9449 section 8.2 */
export function nextNonce({ nonces }: Pick<Context, 'nonces'>): Readonly<Record<string, string>> {
  return { 'DPoP-Nonce': nonces.issue() }
}
