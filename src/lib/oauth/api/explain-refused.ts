import type { Explained, Explanation } from '../../explanation/explanation.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { hasOwnCredentials } from '../config/api-call.ts'
import { apiErrorCodes } from './error-codes.ts'
import { boundKey } from '../response/token-facts.ts'
import type { RefusedCall } from './refused-call.ts'
import { withoutCode } from './refused-without-code.ts'

/** Explains a refusal by what was sent, by its code, or by what its challenge requires instead. @see RFC 6750 section 3.1 */
export function explainRefused(refused: RefusedCall): Explanation {
  return withKnown(refused, onPurpose(refused) ?? byCode(refused) ?? withoutCode(refused))
}

/** A refusal that was asked for is a success. */
function onPurpose({ reading, call, token }: RefusedCall): Explanation | null {
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
  if (call.presentation !== 'broken' || reading.status === 403) return null
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

function byCode(refused: RefusedCall): Explanation | null {
  const { error } = refused.reading
  if (error === null) return null
  const explain = Object.hasOwn(apiErrorCodes, error.error) ? apiErrorCodes[error.error] : undefined
  const explained = explain?.(refused) ?? unknownCode(quoted(error.error))
  return { title: `The API refused: ${quoted(error.error)}`, ...explained }
}

const unknownCode = (code: string): Explained => ({
  meaning: `${code} is not a code registered for APIs; only the API’s own documentation explains it.`,
  certainty: 'possible',
  causes: [],
  fixes: ['Read the error_description, if there is one, and the API’s log at the time of this call.'],
  spec: [rfc(6750, '3.1')],
})

/** What is known of this API's refusals is added. */
function withKnown({ known, call, reading }: RefusedCall, explanation: Explanation): Explanation {
  const said = call.presentation === 'none' ? '' : known.refused(reading.status)
  return said === '' ? explanation : { ...explanation, meaning: `${explanation.meaning} ${said}` }
}
