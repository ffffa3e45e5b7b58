import { headerValue, type HttpRequest } from '../../http/message.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import type { Answer } from './read-response.ts'

/** One point of an answer held against the standard. */
export interface Finding {
  readonly level: 'ok' | 'note' | 'violation'
  readonly sent: string
  readonly standard: string
  readonly spec: SpecLink
}

/** Looks at one point; `null` where there is nothing to say. */
export type Rule = (answer: Answer, request: HttpRequest) => Finding | null

/** @see RFC 6749 sections 5.1 and 5.2 */
export const json: Rule = ({ response, mediaType }) => ({
  level: mediaType === 'application/json' ? 'ok' : 'violation',
  sent: `Content-Type: ${quoted(headerValue(response.headers, 'content-type') ?? '(none)')}`,
  standard: 'The parameters come as application/json.',
  spec: rfc(6749, '5.1'),
})

/** @see RFC 8259 section 4 */
export const repeatedMembers: Rule = ({ members }) => {
  const repeated = members?.kind === 'object' ? members.members.find(({ duplicate }) => duplicate) : undefined
  return repeated
    ? {
        level: 'violation',
        sent: `${quoted(repeated.key)} more than once`,
        standard: 'Member names should be unique; which one a client takes is open.',
        spec: rfc(8259, '4'),
      }
    : null
}
