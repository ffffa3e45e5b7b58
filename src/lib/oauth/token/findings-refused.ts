import { headerValue } from '../../http/message.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { json, repeatedMembers, type Rule } from '../response/finding.ts'
import { text } from '../response/read-response.ts'
import { findErrorCode } from './error-codes.ts'

const errorStatus: Rule = (answer, request) => {
  const { status } = answer.response
  const withHeader = headerValue(request.headers, 'authorization') !== null
  const code = text(answer, 'error') ?? ''
  const specified = findErrorCode(code)?.registration === 'specified'
  const invalidClient = code === 'invalid_client'
  const allowed = invalidClient ? (withHeader ? [401] : [400, 401]) : [400]
  return {
    // Section 5.2 rules its own codes; what others come with is the server’s affair.
    level: allowed.includes(status) ? 'ok' : specified ? 'violation' : 'note',
    sent: `Status ${status}`,
    standard: !invalidClient
      ? 'An error response has status 400.'
      : withHeader
        ? 'invalid_client after an Authorization header: 401.'
        : 'invalid_client: 400, or 401.',
    spec: rfc(6749, '5.2'),
  }
}

const errorCode: Rule = (answer) => {
  const code = text(answer, 'error') ?? ''
  const { registration } = findErrorCode(code) ?? { registration: 'unregistered' }
  const registered = registration !== 'unregistered'
  return {
    level: registered ? 'ok' : 'note',
    sent: `error ${quoted(code)}`,
    standard: registered ? 'A registered error code.' : 'Not a code registered for a token endpoint.',
    spec: rfc(6749, '5.2'),
  }
}

const challenge: Rule = (answer, request) => {
  if (headerValue(request.headers, 'authorization') === null || answer.response.status !== 401) return null
  const value = headerValue(answer.response.headers, 'www-authenticate')
  return {
    level: value ? 'ok' : 'note',
    sent: value ? `WWW-Authenticate: ${quoted(value)}` : 'No WWW-Authenticate that a page can read',
    standard: 'A 401 must name the scheme the client used. CORS hides it unless the server exposes it.',
    spec: rfc(6749, '5.2'),
  }
}

/** What is looked at in an error response, in this order. @see RFC 6749 section 5.2 */
export const refusedRules: readonly Rule[] = [errorStatus, json, errorCode, challenge, repeatedMembers]
