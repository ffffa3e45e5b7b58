import { rfc } from '../../spec.ts'
import type { PracticeApi } from './apis.ts'
import type { Rule } from '../base/check-log.ts'
import { checkProof } from '../dpop/dpop-proof.ts'
import type { Context } from '../base/endpoint.ts'
import { isObject } from '../base/json-object.ts'
import type { PresentedToken } from './presented-token.ts'
import { nextNonce } from '../dpop/token-binding.ts'
import type { TokenClaims } from '../base/token-records.ts'
import type { RefuseToken } from './token-refusal.ts'
import { show } from '../base/wording.ts'

const unbound: Rule = { what: 'The token is not bound to a key', spec: rfc(9449, '7.2') }
const bound: Rule = { what: 'The token is bound to a key', spec: rfc(9449, '7.1') }
const proofSent: Rule = { what: 'A DPoP proof is sent', spec: rfc(9449, '7.1') }
const sameKey: Rule = { what: 'The proof is by the key of the token', spec: rfc(9449, '7.1') }

/** A token and the request it came with, to an API that refuses it so. */
interface Use extends PresentedToken {
  readonly request: Request
  readonly api: PracticeApi
  readonly refuse: RefuseToken
}

/** Sees that a bound token comes with a proof by its key, and none but a bearer token without. @see RFC 9449 section 7 */
export async function checkBinding(
  { cnf }: Pick<TokenClaims, 'cnf'>,
  use: Use,
  context: Context,
): Promise<void> {
  if (use.scheme === 'Bearer') checkUnbound(cnf, use, context)
  else await checkBound(cnf, use, context)
}

/** @see RFC 9449 section 7.2: a resource "MUST reject a DPoP-bound access token received as a bearer token" */
function checkUnbound(cnf: unknown, { request, refuse }: Use, { checks }: Context): void {
  if (cnf !== undefined) {
    const names = isObject(cnf) ? Object.keys(cnf).join(', ') : show(cnf)
    throw refuse('invalid_token', unbound, `It has cnf with ${names}: it is no bearer token`)
  }
  checks.pass(unbound, 'There is no cnf')
  if (request.headers.has('dpop')) checks.note(proofSent, 'Not looked at: the token came as Bearer')
}

async function checkBound(
  cnf: TokenClaims['cnf'],
  { request, token, api, refuse }: Use,
  context: Context,
): Promise<void> {
  const { checks } = context
  if (!cnf) throw refuse('invalid_token', bound, 'There is no cnf: it is a bearer token')
  checks.pass(bound, `cnf has jkt ${cnf.jkt}`)
  const field = request.headers.get('dpop')
  if (field === null) throw refuse('invalid_dpop_proof', proofSent, 'There is no DPoP header')
  const thumbprint = await checkProof(
    field,
    {
      method: request.method,
      url: request.url,
      nonceRequired: api.needsNonce,
      accessToken: token,
      refuse: (error, rule, found) =>
        refuse(error, rule, found, { headers: error === 'use_dpop_nonce' ? nextNonce(context) : {} }),
    },
    context,
  )
  if (thumbprint !== cnf.jkt) {
    throw refuse('invalid_token', sameKey, `The proof is by ${thumbprint}, the token is bound to ${cnf.jkt}`)
  }
  checks.pass(sameKey, thumbprint)
}
