import type { Explanation } from '../../explanation/explanation.ts'
import { rfc } from '../../spec.ts'
import { type ApiCall, hasOwnCredentials, proofFaults } from '../config/api-call.ts'
import { boundKey, type TokenFacts } from '../response/token-facts.ts'

/** A refusal that was asked for is a success; `null` if it was not. @see RFC 6750 section 3.1 */
export function refusedOnPurpose(status: number, call: ApiCall, token: TokenFacts): Explanation | null {
  const presentation = boundKey(token.claims) === null ? 'bearer' : 'dpop'
  if (hasOwnCredentials(call)) return ownCredentials
  if (call.presentation === 'none') {
    return {
      title: 'Refused without a token, as it should be',
      meaning: 'No token was sent, and the API does not respond without one.',
      certainty: 'certain',
      causes: [],
      fixes: [{ text: 'Send the token', call: { presentation } }],
      spec: [rfc(6750, '3')],
    }
  }
  if (call.presentation === 'dpop' && call.proof !== 'none') {
    return {
      title: 'Refused with a wrong proof, as it should be',
      meaning: `The proof was made wrong on purpose: ${proofFaults[call.proof].toLowerCase()}.`,
      certainty: 'likely',
      causes: ['The API verifies the proof.'],
      fixes: [{ text: 'Send a right proof', call: { proof: 'none' } }],
      spec: [rfc(9449, '4.3'), rfc(9449, '7.1')],
    }
  }
  if (call.presentation !== 'broken' || status === 403) return null
  return {
    title: 'Refused with a broken token, as it should be',
    meaning: `One character of the token was changed${token.claims === null ? '' : ', in its signature'}, and the API did not accept it. Only the whole token, sent the same way, shows that this was the reason.`,
    certainty: 'likely',
    causes: ['The API verifies the token.'],
    fixes: [{ text: 'Send the whole token', call: { presentation } }],
    spec: [rfc(6750, '3.1')],
  }
}

const ownCredentials: Explanation = {
  title: 'Refused with the Authorization you typed',
  meaning:
    'The API did not accept the Authorization header of your own. The token of this page was not sent.',
  certainty: 'certain',
  causes: [],
  fixes: ['Take that header away, and present the token instead.'],
  spec: [rfc(9110, '15.5.2')],
}
