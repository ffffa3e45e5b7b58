import { pass } from '../../check.ts'
import { headerValue } from '../../http/message.ts'
import { rfc } from '../../spec.ts'
import {
  hiddenInNames,
  json,
  membersOfObject,
  repeatedMembers,
  type ResponseRule,
  utf8,
} from '../response/response-rules.ts'
import { emptyMembers, expiresIn, get, scope, source, tokenText, tokenType } from './member-rules.ts'

const status200: ResponseRule = ({ response: { status } }) => ({
  what: 'An issued token comes with status 200',
  result: status === 200 ? 'pass' : 'fail',
  found: `Status ${status}`,
  spec: rfc(6749, '5.1'),
})

const noStore: ResponseRule = ({ response }) => {
  const value = headerValue(response.headers, 'cache-control')
  return {
    what: 'A response with a token must say no-store',
    result: /\bno-store\b/i.test(value ?? '') ? 'pass' : 'fail',
    found: `Cache-Control: ${value ?? '(none)'}`,
    spec: rfc(6749, '5.1'),
  }
}

/** "The client credentials grant type MUST only be used by confidential clients." */
const authenticated: ResponseRule = (_answer, { headers, body }) => {
  const parameters = new URLSearchParams(body ?? '')
  const proves =
    headerValue(headers, 'authorization') !== null ||
    parameters.has('client_secret') ||
    parameters.has('client_assertion')
  return proves
    ? null
    : {
        what: 'A token is issued only to a client that proves itself',
        result: 'fail',
        found:
          'The request had no secret and no assertion, unless a proxy or a certificate spoke for the client',
        spec: rfc(6749, '4.4'),
      }
}

const refreshToken: ResponseRule = (answer) =>
  get(answer, 'refresh_token')
    ? {
        what: 'This grant should give no refresh token: the client can always ask again',
        result: 'fail',
        found: 'A refresh_token',
        spec: rfc(6749, '4.4.3'),
      }
    : null

/** @see RFC 9396 section 7 */
const authorizationDetails: ResponseRule = (answer, request) => {
  const asked = new URLSearchParams(request.body ?? '').has('authorization_details')
  const granted = get(answer, 'authorization_details')
  if (!asked && !granted) return null
  return {
    what: 'The server must return the authorization details it granted; without them it may have dropped them',
    result: granted ? 'pass' : 'fail',
    found: granted
      ? 'authorization_details, as granted'
      : 'No authorization_details, though some were asked for',
    spec: rfc(9396, '7'),
  }
}

/** HelseID’s word for scopes that the organisation has not signed terms for. */
const rejectedScope: ResponseRule = (answer) => {
  const value = get(answer, 'rejected_scope')
  return value
    ? {
        what: 'HelseID: the organisation the client acts for has not agreed to the terms of these scopes',
        result: 'note',
        found: `rejected_scope ${source(value)}`,
        spec: rfc(6749, '5.1'),
      }
    : null
}

/** Members that no specification has, in a line each. */
const vendorMembers: Readonly<Record<string, string>> = {
  'not-before-policy':
    'Keycloak: tokens issued before this time (seconds since 1970) are revoked by an administrator; 0 for none',
  refresh_expires_in:
    'Keycloak: the lifetime of a refresh token, in seconds; 0 with this grant, which has none',
}

const ofVendors = Object.entries(vendorMembers).map(([name, what]): ResponseRule => (answer) => {
  const value = get(answer, name)
  return value ? { what, ...pass(`${name} ${source(value)}`), spec: rfc(6749, '5.1') } : null
})

/** What is checked in a successful response, in this order. @see RFC 6749 section 5.1 */
export const issuedRules: readonly ResponseRule[] = [
  status200,
  json,
  utf8,
  noStore,
  membersOfObject,
  tokenText,
  tokenType,
  expiresIn,
  scope,
  emptyMembers,
  authorizationDetails,
  rejectedScope,
  ...ofVendors,
  authenticated,
  refreshToken,
  repeatedMembers,
  hiddenInNames,
]
