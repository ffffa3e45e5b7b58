import type { Explanation } from '../../explanation/explanation.ts'
import type { Exchange } from '../../http/message.ts'
import { rfc } from '../../spec.ts'
import { type ApiCall, hasOwnCredentials, proofFaults } from '../config/api-call.ts'
import type { Refused } from '../response/read-response.ts'
import { boundKey, type TokenFacts } from '../response/token-facts.ts'

/**
 * A refusal that was asked for is a success; `null` if it was not.
 *
 * @param token the one at hand; `null` if there was none, so that the call was made to see the challenge
 * @see RFC 6750 sections 3 and 3.1
 */
export function refusedOnPurpose(
  { status, challenges }: Refused,
  exchange: Exchange,
  call: ApiCall,
  token: TokenFacts | null,
): Explanation | null {
  const presentation = boundKey(token?.claims ?? null) === null ? 'bearer' : 'dpop'
  if (hasOwnCredentials(call)) return ownCredentials
  if (call.presentation === 'none') {
    return {
      title: 'Refused without a token, as it should be',
      meaning: `No token was sent, and the API does not respond without one.${status === 401 && challenges.length === 0 ? ` ${missingChallenge(exchange)}` : ''}`,
      certainty: 'certain',
      causes: [],
      fixes: token
        ? [{ text: 'Send the token', call: { presentation } }]
        : ['Get a token: press Get token in Connection. The next call is sent with it.'],
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
  if (call.presentation !== 'broken' || status === 403 || token === null) return null
  return {
    title: 'Refused with a broken token, as it should be',
    meaning: `One character of the token was changed${token.claims === null ? '' : ', in its signature'}, and the API did not accept it. Only the whole token, sent the same way, shows that this was the reason.`,
    certainty: 'likely',
    causes: ['The API verifies the token.'],
    fixes: [{ text: 'Send the whole token', call: { presentation } }],
    spec: [rfc(6750, '3.1')],
  }
}

/** A 401 has a challenge, but a page reads it only if the API exposes it. @see RFC 9110 section 11.6.1 */
function missingChallenge({ serverView, via }: Exchange): string {
  const isHidden = serverView?.hiddenHeaders.some(([name]) => name.toLowerCase() === 'www-authenticate')
  if (via === 'relay' || isHidden === false) return 'The response has no challenge (WWW-Authenticate).'
  const expose = 'Access-Control-Expose-Headers: WWW-Authenticate'
  return isHidden
    ? `The challenge (WWW-Authenticate) is hidden by CORS: the API has to send ${expose}.`
    : `No challenge (WWW-Authenticate) can be read: it is hidden by CORS, as long as the API does not send ${expose}, or it is not there.`
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
