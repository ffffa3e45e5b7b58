import { rfc } from '../../spec.ts'
import { authorizationTypes } from './authorization-details-types.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { isObject, parseJson, type JsonObject } from '../base/json-object.ts'
import { tokenError } from '../base/token-error.ts'
import { quote, show } from '../base/wording.ts'

const wellFormed: Rule = { what: 'authorization_details is a JSON array of objects', spec: rfc(9396, '2') }
const knownTypes: Rule = { what: 'The types of authorization are known', spec: rfc(9396, '8') }
const fitting: Rule = { what: 'The authorization details fit their types', spec: rfc(9396, '8') }

/** Characters. */
const maxLength = 16 * 1024

/** What is granted of the text of an `authorization_details` parameter: all of it, or nothing. @see RFC 9396 section 8 */
export function grantAuthorizationDetails(text: string | undefined, checks: CheckLog): readonly JsonObject[] {
  if (text === undefined) return []
  const details = read(text)
  if (typeof details === 'string') throw refusal(wellFormed, details)
  checks.pass(wellFormed, `${details.length} ${details.length === 1 ? 'object' : 'objects'}`)
  const strangers = details.flatMap(strangeType)
  if (strangers[0] !== undefined) throw refusal(knownTypes, strangers[0])
  checks.pass(knownTypes, details.map(({ type }) => String(type)).join(', ') || 'There is none')
  const misfits = details.flatMap(misfit)
  if (misfits[0] !== undefined) throw refusal(fitting, misfits[0])
  checks.pass(fitting, 'Known members only, with values of their kind')
  return details
}

function read(text: string): readonly JsonObject[] | string {
  if (text.length > maxLength) return `It has ${text.length} characters; ${maxLength} is the most`
  const value = parseJson(text)
  if (value === undefined) return 'authorization_details is not JSON'
  if (!Array.isArray(value)) return `authorization_details must be a JSON array, and is ${show(value)}`
  const odd = value.findIndex((item) => !isObject(item))
  return odd === -1 ? (value as JsonObject[]) : `authorization_details[${odd}] is not an object`
}

function strangeType({ type }: JsonObject, index: number): string[] {
  const types = authorizationTypes.map((known) => known.type)
  if (types.includes(type as string)) return []
  const found = type === undefined ? 'is missing' : `${show(type)} is unknown`
  return [`authorization_details[${index}].type ${found}; there is ${types.join(' and ')}`]
}

function misfit(details: JsonObject, index: number): string[] {
  const members = authorizationTypes.find(({ type }) => type === details['type'])?.members ?? []
  const at = `authorization_details[${index}]`
  const unknown = Object.keys(details).filter(
    (name) => name !== 'type' && !members.some((one) => one.name === name),
  )
  const names = members.map(({ name }) => name).join(', ')
  return [
    ...unknown.map(
      (name) => `${at} has the unknown member ${quote(name)}; ${String(details['type'])} has ${names}`,
    ),
    ...members.flatMap(({ name, required, wants, holds }) => {
      if (!Object.hasOwn(details, name)) return required ? [`${at}.${name} is missing: ${wants}`] : []
      return holds(details[name]) ? [] : [`${at}.${name} must be ${wants}`]
    }),
  ]
}

function refusal(rule: Rule, found: string) {
  return tokenError('invalid_authorization_details', rule, found)
}
