import type { HttpRequest } from '../../http/message.ts'
import type { Finding } from '../response/finding.ts'
import { issuedRules } from './findings-issued.ts'
import { refusedRules } from './findings-refused.ts'
import type { Reading } from '../response/read-response.ts'

const rules = { issued: issuedRules, refused: refusedRules }

/** What the server sent beside what the standard says of it. @see RFC 6749 sections 5.1 and 5.2 */
export function findings(reading: Reading, request: HttpRequest): Finding[] {
  if (reading.kind !== 'issued' && reading.kind !== 'refused') return []
  return rules[reading.kind].flatMap((rule) => rule(reading.answer, request) ?? [])
}
