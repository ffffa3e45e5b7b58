import { isObject, parsePlain } from '../../json/own-members.ts'
import { rfc } from '../../spec.ts'
import { plainName } from '../../text/around.ts'
import { copiedValue } from './copied-value.ts'
import { loneSurrogate, stray } from './check-text.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { authMethodOf } from '../config/auth-methods.ts'
import type { Problem, Rule } from './problem.ts'

/** Checks the parameters besides the scope. @see RFC 6749 section 8.2 */
export function checkParameters(config: TokenRequestConfig): Problem[] {
  const { resource, audience, authorization_details, parameters } = config
  const about =
    (field: Problem['field'], rules: readonly Rule[]) =>
    (value: string, index: number): Problem[] => {
      if (value === '') return []
      const copied = names[field] && copiedValue(names[field])(value, config)
      return copied
        ? named(field, index, copied)
        : rules.flatMap((rule) => named(field, index, rule(value, config)))
    }
  return [
    ...resource.flatMap(about('resource', [loneSurrogate, stray, resourceUri])),
    ...about('audience', [loneSurrogate, stray])(audience, 0),
    ...about('authorization_details', [loneSurrogate, details])(authorization_details.trim(), 0),
    ...parameters.flatMap(({ name, value, on }, index) =>
      on ? [ownName, ownValue].flatMap((rule) => named('parameters', index, rule(name, value, config))) : [],
    ),
  ]
}

/** The plain names that a value is copied along with. */
const names: Readonly<Partial<Record<Problem['field'], RegExp>>> = {
  resource: /^resources?$/,
  audience: /^(audiences?|aud)$/,
}

const named = (field: Problem['field'], index: number, problem: Omit<Problem, 'field'> | null): Problem[] =>
  problem ? [{ field, index, ...problem }] : []

/** "Its value MUST be an absolute URI [...] The URI MUST NOT include a fragment component." @see RFC 8707 section 2 */
const resourceUri: Rule = (value) => {
  const spec = rfc(8707, '2')
  if (!URL.canParse(value)) {
    return { level: 'warning', message: 'Not an absolute URI, which a resource has to be.', spec }
  }
  if (value.includes('#')) return { level: 'warning', message: 'A resource has no fragment.', spec }
  return null
}

/** @see RFC 9396 section 2 */
const details: Rule = (value) => {
  const parsed = parsePlain(value)
  const spec = rfc(9396, '2')
  if (!parsed.ok) return { level: 'warning', message: parsed.message, spec }
  if (isObject(parsed.value)) {
    const fix = { label: 'Put it into a list', value: `[${value}]` }
    return { level: 'warning', message: 'It has to be a JSON array of objects.', spec, fix }
  }
  if (!Array.isArray(parsed.value)) {
    return { level: 'warning', message: 'It has to be a JSON array of objects.', spec }
  }
  const untyped = parsed.value.findIndex((item) => !isObject(item) || typeof item['type'] !== 'string')
  if (untyped < 0) return null
  return {
    level: 'warning',
    message: `Element ${untyped + 1} has no type, which says what the others mean.`,
    spec,
  }
}

type EntryRule = (name: string, value: string, config: TokenRequestConfig) => Omit<Problem, 'field'> | null

const ownName: EntryRule = (name, value, config) => {
  if (name === '') {
    return value === '' ? null : { level: 'note', message: 'Without a name it is not sent.' }
  }
  if (made(config).includes(name)) {
    return {
      level: 'error',
      message: `${name} is made by the grant and the client authentication; it would be overwritten.`,
      spec: rfc(6749, '3.2'),
    }
  }
  const twice = sent(config).filter((other) => other === name).length > 1
  if (!twice || name === 'resource') return null
  return {
    level: 'note',
    message: `${name} is sent more than once: parameters must not be repeated, and a server may refuse it.`,
    spec: rfc(6749, '3.2'),
  }
}

const ownValue: EntryRule = (name, value, config) =>
  loneSurrogate(name + value, config) ??
  copiedValue(plainName(name) === '' ? /^$/ : new RegExp(`^${plainName(name)}$`))(value, config) ??
  stray(value, config)

/** The parameters that the library sets, whatever their values. */
const made = (config: TokenRequestConfig): string[] => ['grant_type', ...authMethodOf(config).parameters]

/** The names of all that the form itself asks for and of the user's own parameters. */
function sent(config: TokenRequestConfig): string[] {
  const { scope, audience, authorization_details, parameters } = config
  const own = parameters.filter(({ on }) => on).map(({ name }) => name)
  return [
    ...(scope === '' ? [] : ['scope']),
    ...(audience === '' ? [] : ['audience']),
    ...(authorization_details.trim() === '' ? [] : ['authorization_details']),
    ...own,
  ]
}
