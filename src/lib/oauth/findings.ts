import { headerValue, type HttpRequest } from '../http/message.ts'
import { asNumber, member, type JsonValue } from '../json/value.ts'
import { rfc, type SpecLink } from '../spec.ts'
import { scopeTokens } from './check-config.ts'
import { text, type Answer, type Reading } from './token-response.ts'

/** One point of an answer held against the standard. */
export interface Finding {
  readonly level: 'ok' | 'note' | 'violation'
  readonly sent: string
  readonly standard: string
  readonly spec: SpecLink
}

type Rule = (answer: Answer, request: HttpRequest) => Finding | null

/** What the server sent beside what the standard says of it. @see RFC 6749 sections 5.1 and 5.2 */
export function findings(reading: Reading, request: HttpRequest): Finding[] {
  if (reading.kind !== 'issued' && reading.kind !== 'refused') return []
  return rules[reading.kind].flatMap((rule) => rule(reading.answer, request) ?? [])
}

const status200: Rule = ({ response: { status } }) => ({
  level: status === 200 ? 'ok' : 'violation',
  sent: `Status ${status}`,
  standard: 'An issued token comes with status 200.',
  spec: rfc(6749, '5.1'),
})

const json: Rule = ({ response, mediaType }) => ({
  level: mediaType === 'application/json' ? 'ok' : 'violation',
  sent: `Content-Type: ${headerValue(response.headers, 'content-type') ?? '(none)'}`,
  standard: 'The parameters come as application/json.',
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

const tokenType: Rule = (answer) => {
  const type = text(answer, 'token_type')
  return {
    level: type === null ? 'violation' : /^bearer$/i.test(type) ? 'ok' : 'note',
    sent: `token_type ${type ?? '(none)'}`,
    standard:
      type && !/^bearer$/i.test(type)
        ? 'A client must know the type to use the token.'
        : 'Required, case-insensitive.',
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
  const sent = `scope "${value.value}"${same || asked === null ? '' : `, asked for "${asked}"`}`
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

const formBody: Rule = ({ isForm }) =>
  isForm
    ? {
        level: 'violation',
        sent: 'The parameters as a form',
        standard: 'They are the members of a JSON object.',
        spec: rfc(6749, '5.1'),
      }
    : null

const repeatedMembers: Rule = ({ members }) => {
  const repeated = members?.kind === 'object' ? members.members.find(({ duplicate }) => duplicate) : undefined
  return repeated
    ? {
        level: 'violation',
        sent: `${repeated.key} more than once`,
        standard: 'Member names should be unique; which one a client takes is open.',
        spec: rfc(8259, '4'),
      }
    : null
}

const errorStatus: Rule = (answer, request) => {
  const { status } = answer.response
  const withHeader = headerValue(request.headers, 'authorization') !== null
  const invalidClient = text(answer, 'error') === 'invalid_client'
  const allowed = invalidClient ? (withHeader ? [401] : [400, 401]) : [400]
  return {
    level: allowed.includes(status) ? 'ok' : 'violation',
    sent: `Status ${status}`,
    standard: !invalidClient
      ? 'An error response has status 400.'
      : withHeader
        ? 'invalid_client after an Authorization header: 401.'
        : 'invalid_client: 400, or 401.',
    spec: rfc(6749, '5.2'),
  }
}

const registeredErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_authorization_details',
  'invalid_dpop_proof',
  'use_dpop_nonce',
]

const errorCode: Rule = (answer) => {
  const code = text(answer, 'error') ?? ''
  const registered = registeredErrors.includes(code)
  return {
    level: registered ? 'ok' : 'note',
    sent: `error ${code}`,
    standard: registered ? 'A registered error code.' : 'Not a code registered for a token endpoint.',
    spec: rfc(6749, '5.2'),
  }
}

const challenge: Rule = (answer, request) => {
  if (headerValue(request.headers, 'authorization') === null || answer.response.status !== 401) return null
  const value = headerValue(answer.response.headers, 'www-authenticate')
  return {
    level: value ? 'ok' : 'note',
    sent: value ? `WWW-Authenticate: ${value}` : 'No WWW-Authenticate that a page can read',
    standard: 'A 401 must name the scheme the client used. CORS hides it unless the server exposes it.',
    spec: rfc(6749, '5.2'),
  }
}

const rules = {
  issued: [status200, json, noStore, formBody, tokenType, expiresIn, scope, refreshToken, repeatedMembers],
  refused: [errorStatus, json, errorCode, challenge, repeatedMembers],
} as const satisfies Record<string, readonly Rule[]>

const get = ({ members }: Answer, name: string): JsonValue | null =>
  (members && member(members, name)) ?? null

const sorted = (value: string): string => scopeTokens(value).sort().join(' ')

/** A value as it stood in the body, shortened only in this sentence. */
function source(value: JsonValue): string {
  if ('source' in value) return value.source.length > 80 ? `${value.source.slice(0, 80)}…` : value.source
  return value.kind === 'literal' ? String(value.value) : `(${value.kind})`
}
