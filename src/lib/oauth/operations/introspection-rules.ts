import { type Check, fail, pass } from '../../check.ts'
import { asNumber, type JsonValue, member } from '../../json/value.ts'
import { list, show } from '../../jwt/decode/claim-values.ts'
import { rfc } from '../../spec.ts'

type Rule = (members: JsonValue) => Check | null

const spec = rfc(7662, '2.2')

const active: Rule = (members) => {
  const value = member(members, 'active')
  return value === undefined
    ? {
        what: 'active is true or false',
        ...fail(
          member(members, 'error') === undefined
            ? 'There is no active'
            : 'There is an error, and no active: an inactive token is told by active: false with status 200',
        ),
        spec,
      }
    : {
        what: 'active is true or false',
        ...(value.kind === 'literal' && value.value !== null
          ? pass(`active is ${show(value)}`)
          : fail(`active is ${show(value)}`)),
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
    const number = asNumber(value)
    // Nobody means the year 5138.
    if (number !== undefined && number >= 1e11)
      return {
        what: `${name} is a number of seconds`,
        ...fail(`${name} is ${show(value)}, which is in milliseconds`),
        spec,
      }
    const isNumber = number !== undefined
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

/** "if present" is said of each optional member. */
const present: Rule = (members) => {
  const empty =
    members.kind === 'object'
      ? members.members
          .filter(({ value }) => value.kind === 'literal' && value.value === null)
          .map(({ key }) => key)
      : []
  return empty.length === 0
    ? null
    : {
        what: 'A member without a value is left out',
        ...fail(`null is the value of ${list(empty)}`),
        spec,
      }
}

const rules: readonly Rule[] = [active, present, silent, scope, time('exp'), time('iat'), time('nbf')]

/** The members of an introspection response, checked against the standard. @see RFC 7662 section 2.2 */
export const introspectionChecks = (members: JsonValue): readonly Check[] =>
  rules.flatMap((rule) => rule(members) ?? [])
