import type { Explanation } from '../../explanation/explanation.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { errorsInside } from './api-response.ts'
import { type ApiCall, hasOwnCredentials, proofFaults } from '../config/api-call.ts'
import { boundKey, schemeOf, type TokenFacts } from '../response/token-facts.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Answer } from '../response/read-response.ts'
import { looksLikeHtml } from '../response/body-shape.ts'

/** What is odd about a call that succeeded: an API that accepts what it should reject. `null` if nothing is. */
export function explainAccepted(
  answer: Answer,
  call: ApiCall,
  config: TokenRequestConfig,
  token: TokenFacts | null,
): Explanation | null {
  const claims = token?.claims ?? null
  const bound = boundKey(claims) !== null
  if (call.presentation === 'none' && !hasOwnCredentials(call))
    return withoutToken(token && (bound ? 'dpop' : 'bearer'))
  if (call.presentation === 'broken') return withBrokenToken
  if (call.presentation === 'dpop' && call.proof !== 'none') return withWrongProof(call.proof)
  if (bound && schemeOf(call, claims, config) === 'Bearer') return boundAsBearer
  if (looksLikeHtml(answer)) return webPage
  const [said] = errorsInside(answer)
  return said === undefined ? null : withErrors(said)
}

const withErrors = (said: string): Explanation => ({
  title: 'A success by its status, with an error in it',
  meaning: 'The API accepted the call, and says in the body that something in it failed, as GraphQL does.',
  certainty: 'likely',
  causes: [],
  observed: said === '' ? [] : [`The API says: “${quoted(said)}”.`],
  fixes: ['Read the body for the API’s own words.', 'Compare the call with the API’s documentation.'],
  spec: [rfc(9110, '15.3')],
})

/** @param presentation how the token at hand is presented; `null` if there is none */
const withoutToken = (presentation: 'bearer' | 'dpop' | null): Explanation => ({
  title: 'Responded without a token',
  meaning: 'No token was sent, and the API responded all the same.',
  certainty: 'possible',
  causes: [
    'This path is open to everybody, and meant to be.',
    'The API does not ask for a token here, though it should.',
  ],
  fixes: [
    presentation
      ? { text: 'Send the token', call: { presentation } }
      : 'Get a token, and call again: then the two responses can be compared.',
    'If the path is not meant to be open, protect it at the API.',
  ],
  spec: [rfc(6750, '3')],
})

const withBrokenToken: Explanation = {
  title: 'Responded with a broken token',
  meaning:
    'One character of the token was changed, so that it is not the server’s any more, and the API responded all the same.',
  certainty: 'possible',
  causes: [
    'The API reads the token without verifying it: then anybody can write one.',
    'This path is open to everybody, with or without a token.',
  ],
  fixes: [
    { text: 'Call without the token, to tell the two apart', call: { presentation: 'none' } },
    'Let the API verify the signature with the keys of the issuer, or introspect the token.',
  ],
  spec: [rfc(9068, '4'), rfc(7515, '5.2')],
}

const withWrongProof = (fault: Exclude<ApiCall['proof'], 'none'>): Explanation => ({
  title: 'Responded to a wrong proof',
  meaning: `The proof was made wrong on purpose: ${proofFaults[fault].toLowerCase()}. The API responded all the same.`,
  certainty: 'possible',
  causes: [
    fault === 'jti'
      ? 'It was the first proof with this jti: call again, and the API has to refuse it.'
      : 'The API does not check this member of the proof, which it must.',
    'This path is open to everybody, or the API does not know DPoP.',
  ],
  fixes: [{ text: 'Send a right proof', call: { proof: 'none' } }],
  spec: [rfc(9449, '4.3')],
})

const boundAsBearer: Explanation = {
  title: 'A bound token was taken as a plain one',
  meaning:
    'The token is bound to a key, and the API accepted it without a proof: whoever finds this token can use it here.',
  certainty: 'likely',
  causes: [
    'The API does not know DPoP, and overlooks the binding: the standard lets such an API be called like this.',
    'It knows DPoP and does not look for cnf in Bearer tokens, which it must.',
  ],
  fixes: [
    { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } },
    'Let the API refuse Bearer tokens that have cnf.',
  ],
  spec: [rfc(9449, '7.2')],
}

const webPage: Explanation = {
  title: 'A web page came back',
  meaning: 'The response is a success, but HTML: it may not be from the API at all.',
  certainty: 'possible',
  causes: [
    'The URL is that of a page, or of a site that responds to every path with its start page.',
    'A login page came in between.',
  ],
  fixes: ['Compare the URL with the API’s documentation.', 'Read the body.'],
  spec: [rfc(9110, '8.3')],
}
