import type { Check } from '../../check.ts'
import { headerValue, type HttpRequest } from '../../http/message.ts'
import { invisibleNames, tellNames } from '../../text/invisible-names.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { Answer } from './read-response.ts'

/** Holds one point of a response against the standard; `null` if there is nothing to say. */
export type ResponseRule = (answer: Answer, request: HttpRequest) => Check | null

/** @see RFC 6749 sections 5.1 and 5.2 */
export const json: ResponseRule = ({ response, mediaType }) => ({
  what: 'The parameters come as application/json',
  result: mediaType === 'application/json' ? 'pass' : 'fail',
  found: `Content-Type: ${quoted(headerValue(response.headers, 'content-type') ?? '(none)')}`,
  spec: rfc(6749, '5.1'),
})

/** "MUST NOT add a byte order mark"; `null` if the body is as it must be. @see RFC 8259 section 8.1 */
export const utf8: ResponseRule = ({ body }) => {
  if (body.kind !== 'text') return null
  const isMarked = body.text.startsWith('\uFEFF')
  if (!isMarked && body.charset === 'utf-8') return null
  const mark = isMarked ? 'It begins with a byte order mark (U+FEFF), at which many clients stop' : ''
  return {
    what: 'JSON is UTF-8 without a byte order mark',
    result: 'fail',
    found:
      body.charset === 'utf-8'
        ? mark
        : `It came in ${body.charset}${isMarked ? ', with a byte order mark' : ''}`,
    spec: rfc(8259, '8.1'),
  }
}

/** What is elsewhere is used here; other clients do not look there. @see RFC 6749 sections 5.1 and 5.2 */
export const membersOfObject: ResponseRule = ({ how }) =>
  how === null
    ? null
    : {
        what: 'The parameters are the members of a JSON object; other clients look nowhere else',
        result: 'fail',
        found: `They came ${how}`,
        spec: rfc(6749, '5.1'),
      }

/** @see RFC 8259 section 4 */
export const repeatedMembers: ResponseRule = ({ members }) => {
  const repeated = members?.kind === 'object' ? members.members.find(({ duplicate }) => duplicate) : undefined
  return repeated
    ? {
        what: 'Member names should be unique; which one a client uses is open',
        result: 'fail',
        found: `${quoted(repeated.key)} more than once`,
        spec: rfc(8259, '4'),
      }
    : null
}

/** @see RFC 8259 section 8.3 */
export const hiddenInNames: ResponseRule = ({ members }) => {
  const names = invisibleNames(members)
  return names.length === 0
    ? null
    : {
        what: 'Names are compared character by character; one with invisible characters is another than it looks',
        result: 'warn',
        found: tellNames(names),
        spec: rfc(8259, '8.3'),
      }
}
