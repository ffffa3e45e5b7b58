import { fail, note, pass, type Result } from '../../check.ts'
import { type Challenge, challengesOf } from '../../http/challenges.ts'
import { headerValue } from '../../http/message.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import {
  hiddenInNames,
  json,
  membersOfObject,
  repeatedMembers,
  type ResponseRule,
} from '../response/response-rules.ts'
import { text } from '../response/read-response.ts'

/**
 * `specified`: by RFC 6749 section 5.2 itself; `registered`: for token endpoints, in IANA’s OAuth Extensions Error
 * Registry; `unregistered`: neither.
 */
type Registration = 'specified' | 'registered' | 'unregistered'

const registrations: Readonly<Record<string, Registration>> = {
  invalid_request: 'specified',
  invalid_client: 'specified',
  invalid_grant: 'specified',
  unauthorized_client: 'specified',
  unsupported_grant_type: 'specified',
  invalid_scope: 'specified',
  invalid_target: 'registered',
  invalid_authorization_details: 'registered',
  use_dpop_nonce: 'registered',
  invalid_dpop_proof: 'registered',
  access_denied: 'registered',
  authorization_pending: 'registered',
  slow_down: 'registered',
  expired_token: 'registered',
}

/** How an error code of a token endpoint is known. */
export const registrationOf = (code: string): Registration =>
  (Object.hasOwn(registrations, code) && registrations[code]) || 'unregistered'

const errorStatus: ResponseRule = (answer, request) => {
  const { status } = answer.response
  const withHeader = headerValue(request.headers, 'authorization') !== null
  const code = text(answer, 'error') ?? ''
  const specified = registrationOf(code) === 'specified'
  const invalidClient = code === 'invalid_client'
  const allowed = invalidClient ? (withHeader ? [401] : [400, 401]) : [400]
  return {
    what: !invalidClient
      ? 'An error response has status 400'
      : withHeader
        ? 'invalid_client after an Authorization header has status 401'
        : 'invalid_client has status 400, or 401',
    // Section 5.2 rules its own codes; what others come with is the server’s affair.
    result: allowed.includes(status) ? 'pass' : specified ? 'fail' : 'note',
    found: `Status ${status}`,
    spec: rfc(6749, '5.2'),
  }
}

const errorCode: ResponseRule = (answer) => {
  const code = text(answer, 'error') ?? ''
  const registered = registrationOf(code) !== 'unregistered'
  return {
    what: registered ? 'A registered error code' : 'Not a code registered for a token endpoint',
    result: registered ? 'pass' : 'note',
    found: `error ${quoted(code)}`,
    spec: rfc(6749, '5.2'),
  }
}

/** "matching the authentication scheme used by the client" */
const challenge: ResponseRule = (answer, request) => {
  const sent = headerValue(request.headers, 'authorization')
  if (sent === null || answer.response.status !== 401) return null
  const value = headerValue(answer.response.headers, 'www-authenticate')
  const [used = ''] = sent.split(' ', 1)
  return {
    what: 'A 401 must name the scheme the client used',
    ...named(value, used, challengesOf(answer.response.headers)),
    spec: rfc(6749, '5.2'),
  }
}

function named(value: string | null, used: string, challenges: readonly Challenge[]): Result {
  if (!value)
    return note('No WWW-Authenticate that a page can read: CORS hides it unless the server exposes it')
  const found = `WWW-Authenticate: ${quoted(value)}`
  const matches = challenges.some(({ scheme }) => scheme.toLowerCase() === used.toLowerCase())
  return matches ? pass(found) : fail(`${found}, and the client used ${quoted(used)}`)
}

/** What is checked in an error response, in this order. @see RFC 6749 section 5.2 */
export const refusedRules: readonly ResponseRule[] = [
  errorStatus,
  json,
  membersOfObject,
  errorCode,
  challenge,
  repeatedMembers,
  hiddenInNames,
]
