import { type Check, fail, pass } from '../../check.ts'
import { asNumber, type JsonValue, member } from '../../json/value.ts'
import { list, show } from '../../jwt/decode/claim-values.ts'
import { rfc } from '../../spec.ts'

type Rule = (members: JsonValue) => Check | null

const spec = rfc(7662, '2.2')

const active: Rule = (members) => {
  const value = member(members, 'active')
  return value === undefined
    ? null
    : {
        what: 'active is true or false',
        ...(value.kind === 'literal' ? pass(`active is ${show(value)}`) : fail(`active is ${show(value)}`)),
        spec,
      }
}

/** "A JSON string containing a space-separated list of scopes". */
const scope: Rule = (members) => {
  const value = member(members, 'scope')
  if (value === undefined) return null
  const isString = value.kind === 'string'
  return {
    what: 'scope is one string, its values separated by spaces',
    ...(isString ? pass(`scope is ${show(value)}`) : fail(`scope is ${show(value)}`)),
    spec,
  }
}

const time =
  (name: 'exp' | 'iat' | 'nbf'): Rule =>
  (members) => {
    const value = member(members, name)
    if (value === undefined) return null
    const isNumber = asNumber(value) !== undefined
    return {
      what: `${name} is a number of seconds`,
      ...(isNumber ? pass(`${name} is ${show(value)}`) : fail(`${name} is ${show(value)}`)),
      spec,
    }
  }

/** What a response says besides `active`. */
export const besidesActive = (members: JsonValue | null): readonly string[] =>
  members?.kind === 'object' ? members.members.map(({ key }) => key).filter((key) => key !== 'active') : []

/** "the authorization server SHOULD NOT include any additional information about an inactive token" */
const silent: Rule = (members) => {
  const value = member(members, 'active')
  if (value?.kind !== 'literal' || value.value !== false) return null
  const others = besidesActive(members)
  return {
    what: 'Of a token that is not active, nothing more is said',
    ...(others.length === 0 ? pass('There is no other member') : fail(`There is ${list(others)} too`)),
    spec,
  }
}

const rules: readonly Rule[] = [active, silent, scope, time('exp'), time('iat'), time('nbf')]

/** The members of an introspection response, checked against the standard. @see RFC 7662 section 2.2 */
export const introspectionChecks = (members: JsonValue): readonly Check[] =>
  rules.flatMap((rule) => rule(members) ?? [])
