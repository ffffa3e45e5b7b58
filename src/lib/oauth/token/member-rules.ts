import { fail, note, pass, type Result, warn } from '../../check.ts'
import { isNothing, type JsonValue, member } from '../../json/value.ts'
import { lifetimeOf } from '../../jwt/decode/expires-in.ts'
import { listed } from '../../text/listed.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { scopeTokens } from '../config/config.ts'
import { type Answer, text } from '../response/read-response.ts'
import type { ResponseRule } from '../response/response-rules.ts'
import { surroundedToken } from './explain-surrounded.ts'

/** A member of the response; `null` if it is not there, is null or is an empty text, which all mean that there is none. */
export const get = ({ members }: Answer, name: string): JsonValue | null => {
  const value = member(members, name)
  return value === undefined || isNothing(value) ? null : value
}

/** A value as received in the body, fit for a sentence. */
export function source(value: JsonValue): string {
  if ('source' in value) return quoted(value.source)
  return value.kind === 'literal' ? String(value.value) : `(${value.kind})`
}

/** "b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="" @see RFC 6750 section 2.1 */
export const tokenText: ResponseRule = (answer) => {
  const token = text(answer, 'access_token')
  if (token === null) return null
  const around = surroundedToken(answer)
  const strange = [...new Set(token.match(/[^\w.~+/=-]/gu))].slice(0, 5)
  return {
    what: 'access_token is a token that a header can have: letters, digits, - . _ ~ + / and = at the end',
    ...(around
      ? fail(`It came with ${listed(around.removed)}`)
      : /^[\w.~+/-]+=*$/.test(token)
        ? pass(`Length ${token.length}`)
        : warn(
            `It has ${strange.length === 0 ? '“=”' : strange.map((one) => `“${quoted(one)}”`).join(', ')} in it`,
          )),
    spec: around?.spec ?? rfc(6750, '2.1'),
  }
}

/** What servers call a bearer token, which is no registered type. */
const otherBearer =
  /^(bearer[-_ ]?token|token|jwt|access[-_ ]?token|at\+jwt|oauth2?|authorization bearer|urn:.*)$/i

/** `bindingChecks` says what the type is worth if a proof was sent. @see RFC 6749 section 7.1 */
export const tokenType: ResponseRule = (answer) => {
  const type = text(answer, 'token_type')
  const isKnown = /^(bearer|dpop)$/i.test(type?.trim() ?? '')
  return {
    what:
      type && !isKnown
        ? 'A client must know the type to use the token'
        : 'token_type is required, and case-insensitive',
    ...typeResult(answer, type, isKnown),
    spec: rfc(6749, type === null ? '5.1' : '7.1'),
  }
}

function typeResult(answer: Answer, type: string | null, isKnown: boolean): Result {
  if (type === null) {
    const other = get(answer, 'token_type')
    const found = other === null ? '(none)' : `${source(other)}, which is no string`
    return fail(`token_type ${found}. It is used as a bearer token here; strict clients reject it`)
  }
  const found = `token_type ${quoted(type)}`
  if (isKnown && type === type.trim()) return pass(found)
  if (isKnown) return fail(`${found}, with white space around it: strict clients know no such type`)
  return otherBearer.test(type.trim())
    ? fail(
        `${found}, which is no registered type; Bearer is meant (RFC 6750), and the token is used as that here. Strict clients reject it`,
      )
    : note(found)
}

/** @see RFC 6749 section 5.1 */
export const expiresIn: ResponseRule = (answer) => {
  const value = get(answer, 'expires_in')
  const rule = { what: 'The lifetime in seconds, a number, is recommended', spec: rfc(6749, '5.1') }
  if (!value) return { ...rule, ...note('No expires_in') }
  const { flaw, isWrong } = lifetimeOf(value, null)
  const sent = `expires_in ${source(value)}`
  if (flaw === null) return { ...rule, ...pass(sent) }
  return { ...rule, ...(isWrong ? fail(`${sent}: ${flaw}`) : warn(`${sent}: ${flaw}`)) }
}

/** @see RFC 6749 sections 3.3 and 5.1 */
export const scope: ResponseRule = (answer, request) => {
  const value = member(answer.members, 'scope')
  const asked = new URLSearchParams(request.body ?? '').get('scope')
  const what = 'The scope, a string, is required if it differs from the one asked for'
  const rule = { what, spec: rfc(6749, '5.1') }
  if (!value || (value.kind === 'literal' && value.value === null))
    return asked === null ? null : { ...rule, ...pass('No scope: as asked for') }
  if (value.kind !== 'string') return { ...rule, ...fail(formOf(value)) }
  if (value.value.trim() === '')
    return {
      what: 'A scope has at least one value; without any, the member is left out',
      ...warn('scope "": the token is good for nothing that asks for a scope'),
      spec: rfc(6749, '3.3'),
    }
  const split = value.value.split(/[\s,;|]+/).filter(Boolean)
  const isSeparated =
    /[,;|]/.test(value.value) && (!/\s/.test(value.value.trim()) || /[,;|]\s/.test(value.value))
  // A comma may be part of a value, unless the values on both sides of it were asked for.
  if (isSeparated && (asked === null || !scopeTokens(asked).includes(value.value)))
    return {
      what: 'The values of a scope are separated by spaces',
      ...fail(
        `scope "${quoted(value.value)}": by commas or the like it is ${split.length} values, and to clients it is ${scopeTokens(value.value).length}`,
      ),
      spec: rfc(6749, '3.3'),
    }
  const same = asked === null || sorted(asked) === sorted(value.value)
  const sent = `scope "${quoted(value.value)}"${same ? '' : `, asked for "${asked}"`}`
  const granted = scopeTokens(value.value)
  const isLess = scopeTokens(asked ?? '').some((one) => !granted.includes(one))
  return { ...rule, ...(isLess ? note(sent) : pass(sent)) }
}

const formOf = (value: JsonValue): string =>
  value.kind === 'array'
    ? `scope is an array (${quoted(value.items.map(source).join(', '))}), and must be one string with spaces; many clients stop at it`
    : `scope ${source(value)}`

const sorted = (value: string): string => scopeTokens(value).sort().join(' ')

/** Members that are optional, and mean nothing if they are empty. */
const optional = ['expires_in', 'refresh_token', 'id_token', 'scope'] as const

/** Some clients read null as a text, or stop at it. @see RFC 6749 sections 5.1 and A */
export const emptyMembers: ResponseRule = ({ members }) => {
  const empty = optional.filter((name) => {
    const value = member(members, name)
    // An empty scope has a rule of its own.
    return value !== undefined && isNothing(value) && !(name === 'scope' && value.kind === 'string')
  })
  return empty.length === 0
    ? null
    : {
        what: 'A member without a value is left out: to some clients null or an empty text is a value',
        ...warn(empty.map((name) => `${name} ${source(member(members, name) as JsonValue)}`).join(', ')),
        spec: rfc(6749, '5.1'),
      }
}
