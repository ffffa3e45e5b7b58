import { headerValue } from '../../http/message.ts'
import { asNumber, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { scopeTokens } from '../config/config.ts'
import { json, repeatedMembers, type Rule } from '../response/finding.ts'
import { type Answer, text } from '../response/read-response.ts'

const status200: Rule = ({ response: { status } }) => ({
  level: status === 200 ? 'ok' : 'violation',
  sent: `Status ${status}`,
  standard: 'An issued token comes with status 200.',
  spec: rfc(6749, '5.1'),
})

const noStore: Rule = ({ response }) => {
  const value = headerValue(response.headers, 'cache-control')
  return {
    level: /\bno-store\b/i.test(value ?? '') ? 'ok' : 'violation',
    sent: `Cache-Control: ${value ?? '(none)'}`,
    standard: 'An answer with a token must say no-store.',
    spec: rfc(6749, '5.1'),
  }
}

const formBody: Rule = ({ isForm }) =>
  isForm
    ? {
        level: 'violation',
        sent: 'The parameters as a form',
        standard: 'They are the members of a JSON object.',
        spec: rfc(6749, '5.1'),
      }
    : null

/** What the type is worth where a proof was sent, `bindingFindings` says. */
const tokenType: Rule = (answer) => {
  const type = text(answer, 'token_type')
  const known = /^(bearer|dpop)$/i.test(type ?? '')
  return {
    level: type === null ? 'violation' : known ? 'ok' : 'note',
    sent: `token_type ${quoted(type ?? '(none)')}`,
    standard:
      type && !known ? 'A client must know the type to use the token.' : 'Required, case-insensitive.',
    spec: rfc(6749, type === null ? '5.1' : '7.1'),
  }
}

const expiresIn: Rule = (answer) => {
  const value = get(answer, 'expires_in')
  const finding = { standard: 'Recommended: the lifetime in seconds, a number.', spec: rfc(6749, '5.1') }
  if (!value) return { ...finding, level: 'note', sent: 'No expires_in' }
  const number = asNumber(value)
  const level = number !== undefined && number >= 0 ? 'ok' : 'violation'
  return { ...finding, level, sent: `expires_in ${source(value)}` }
}

const scope: Rule = (answer, request) => {
  const value = get(answer, 'scope')
  const asked = new URLSearchParams(request.body ?? '').get('scope')
  const standard = 'Required where it differs from the scope asked for; a string.'
  const finding = { standard, spec: rfc(6749, '5.1') }
  if (!value) return asked === null ? null : { ...finding, level: 'ok', sent: 'No scope: as asked for' }
  if (value.kind !== 'string') return { ...finding, level: 'violation', sent: `scope ${source(value)}` }
  const same = asked !== null && sorted(asked) === sorted(value.value)
  const sent = `scope "${quoted(value.value)}"${same || asked === null ? '' : `, asked for "${asked}"`}`
  return { ...finding, level: same || asked === null ? 'ok' : 'note', sent }
}

const refreshToken: Rule = (answer) =>
  get(answer, 'refresh_token')
    ? {
        level: 'violation',
        sent: 'A refresh_token',
        standard: 'This grant should not give one: the client can always ask again.',
        spec: rfc(6749, '4.4.3'),
      }
    : null

/** @see RFC 9396 section 7 */
const authorizationDetails: Rule = (answer, request) => {
  const asked = new URLSearchParams(request.body ?? '').has('authorization_details')
  const granted = get(answer, 'authorization_details')
  if (!asked && !granted) return null
  return {
    level: granted ? 'ok' : 'violation',
    sent: granted
      ? 'authorization_details, as granted'
      : 'No authorization_details, though some were asked for',
    standard: 'The server must return the ones it granted; without them it may have dropped them.',
    spec: rfc(9396, '7'),
  }
}

/** HelseID’s word for scopes that the organisation has not signed terms for. */
const rejectedScope: Rule = (answer) => {
  const value = get(answer, 'rejected_scope')
  return value
    ? {
        level: 'note',
        sent: `rejected_scope ${source(value)}`,
        standard:
          'HelseID: the organisation the client acts for has not agreed to the terms of these scopes.',
        spec: rfc(6749, '5.1'),
      }
    : null
}

/** What is looked at in a successful answer, in this order. @see RFC 6749 section 5.1 */
export const issuedRules: readonly Rule[] = [
  status200,
  json,
  noStore,
  formBody,
  tokenType,
  expiresIn,
  scope,
  authorizationDetails,
  rejectedScope,
  refreshToken,
  repeatedMembers,
]

const get = ({ members }: Answer, name: string): JsonValue | null =>
  (members && member(members, name)) ?? null

const sorted = (value: string): string => scopeTokens(value).sort().join(' ')

/** A value as it stood in the body, fit for a sentence. */
function source(value: JsonValue): string {
  if ('source' in value) return quoted(value.source)
  return value.kind === 'literal' ? String(value.value) : `(${value.kind})`
}
