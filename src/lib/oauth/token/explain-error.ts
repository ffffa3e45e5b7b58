import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { findErrorCode } from './error-codes.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import type { Answer, ErrorResponse } from '../response/read-response.ts'

/** Explains an error response by its code, whatever words the server put next to it. @see RFC 6749 section 5.2 */
export function explainError(error: ErrorResponse, answer: Answer, config: TokenRequestConfig): Explanation {
  const { status } = answer.response
  const code = (Object.hasOwn(aliases, error.error) && aliases[error.error]) || error.error
  const explained = findErrorCode(code)?.explain(config, answer) ?? unknownCode(quoted(error.error))
  // Under invalid_client such words only repeat the code.
  const told = code === 'invalid_client' ? [] : causesInWords(quoted(error.error_description ?? ''))
  const odd = status < 400 ? ` It came with status ${status}, as if it were a success.` : ''
  return {
    title: `The server refused: ${quoted(error.error)}`,
    ...explained,
    meaning: explained.meaning + odd,
    causes: [...told, ...explained.causes],
    certainty: 'likely',
  }
}

/** What servers say in error_description under whatever code, if that gives the cause away. */
const telling: readonly (readonly [RegExp, cause: string])[] = [
  [
    /grant[ _]type.{0,40}not (allowed|supported|authorized|permitted)|not.{0,20}(allowed|authorized).{0,20}grant/i,
    'The grant client_credentials is not switched on for this client.',
  ],
  [/scope.{0,20}(missing|required)|missing.{0,20}scope/i, 'This server wants a scope in every request.'],
  [
    /invalid client credentials|bad client credential|client authentication failed|(wrong|invalid|incorrect) (client )?secret/i,
    'The client ID or the secret is wrong.',
  ],
  [/AADSTS9002326/, 'Entra ID refuses this grant to any request with an Origin header, so to every page.'],
]

function causesInWords(description: string): string[] {
  return telling.filter(([words]) => words.test(description)).map(([, cause]) => cause)
}

/** Codes seen in the wild for registered ones. */
const aliases: Readonly<Record<string, string>> = {
  scope_invalid: 'invalid_scope',
  invalid_credentials: 'invalid_client',
}

const unknownCode = (code: string): Omit<Explanation, 'title' | 'certainty'> => ({
  meaning: `${code} is not a code registered for token endpoints; only the server’s own documentation explains it.`,
  causes: [],
  fixes: ['Read the error_description, if there is one, and the server’s log at the time of this request.'],
  spec: [rfc(6749, '5.2')],
})
