import { asString, type JsonValue, member } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import { list, scopeOf, scopeValues, show, type TokenScope, unreadableScope } from '../decode/claim-values.ts'
import { scopeDifference, type ScopeDifference } from './differences.ts'
import { claimsOfRights, elsewhereInWords, heldElsewhere, oddScope } from './rights.ts'
import { note, pass, type Result, skipped, warn } from '../../check.ts'
import type { Rule, Subject } from './rule.ts'

const granted: Rule = {
  what: 'The scope is the one asked for',
  group: 'scope',
  spec: rfc(6749, '3.3'),
  needs: 'nothing',
  look(subject) {
    const asked = scopeValues(subject.context.requestedScope ?? '')
    const got = grantedScope(subject)
    if (got === null) return asked.length === 0 ? unscoped(subject) : unnamed(subject, asked)
    const said = `${got.where}: ${got.values.length === 0 ? 'none' : list(got.values)}.${got.form}`
    if (asked.length === 0)
      return got.values.length === 0
        ? warn(`None was asked for. ${said} ${nothing}`)
        : pass(`None was asked for; the server chose. ${said}`)
    const difference = scopeDifference(asked, got.values)
    const words = differenceWords(difference)
    if (words === '') return pass(said)
    const { missing, renamed } = difference
    const elsewhere = elsewhereInWords(heldElsewhere(subject.claims, missing))
    if (missing.length + renamed.length > 0) return warn(`${said} ${words} ${elsewhere}`.trim())
    return note(`${said} ${words} Default scopes of the client come along at some servers (Keycloak).`)
  },
}

/** All that an application was granted, by the name that Entra ID has for it. */
const isDefault = (value: string): boolean => value.endsWith('/.default')

/** What was asked for may be in another claim. */
function unnamed({ claims }: Subject, asked: readonly string[]): Result {
  const unreadable = unreadableScope(claims)
  if (unreadable !== null) return warn(unreadable)
  const elsewhere = elsewhereInWords(heldElsewhere(claims, asked))
  if (elsewhere !== '') return note(`Neither the response nor the token names a scope. ${elsewhere}`)
  const others = claimsOfRights(claims)
  if (claims !== null && asked.every(isDefault))
    return others.length > 0
      ? pass(`“.default” asks for all that the client was granted, and that is in ${others.join(', ')}.`)
      : warn(
          '“.default” asks for all that the client was granted, and the token has no roles: no application permission is granted to it, or no administrator consented.',
        )
  const said = 'Neither the response nor the token names a scope: it should be the one asked for.'
  return skipped(others.length === 0 ? said : `${said} It has ${others.join(', ')}.`)
}

/** "scope = scope-token *( SP scope-token )": one value at least. */
const nothing = 'That is no scope at all, and most APIs will refuse the token: ask for one.'

/** Of a token that cannot be read, only its server knows. */
function unscoped({ claims }: Subject): Result {
  const said = 'None was asked for, and none is named.'
  const unreadable = unreadableScope(claims)
  if (unreadable !== null) return warn(unreadable)
  const others = claimsOfRights(claims)
  if (claims === null || others.length > 0)
    return skipped(others.length === 0 ? said : `${said} It has ${others.join(', ')}.`)
  return warn(`${said} An API that looks for a scope refuses the token.`)
}

interface Granted {
  readonly where: string
  readonly values: readonly string[]
  readonly form: string
}

/** The response's word goes first: it is meant for the client. */
function grantedScope({ context: { response, requestedScope }, claims }: Subject): Granted | null {
  const value = member(response, 'scope')
  const text = asString(value)
  if (text !== undefined) {
    const asked = scopeValues(requestedScope ?? '')
    const values = separated(text, asked)
    const isOdd = values.length !== scopeValues(text).length
    return { where: 'The response grants', values, form: isOdd ? ' Spaces should separate them.' : '' }
  }
  const scope = scopeOf(claims)
  return scope === null
    ? null
    : {
        where: `The token has in ${scope.claim}`,
        values: scope.values,
        form: formOf(scope) + after(oddScope(claims, scope.claim)),
      }
}

/** Values that commas or the like separate, in place of spaces. What was asked for is one value, whatever is in it. */
const separated = (scope: string, asked: readonly string[]): readonly string[] =>
  scopeValues(scope).flatMap((value) =>
    asked.includes(value) ? [value] : value.split(/[,;|]/).filter((part) => part !== ''),
  )

const after = (words: string | null): string => (words === null ? '' : ` ${words}`)

const formOf = ({ isArray }: TokenScope): string =>
  isArray ? ' It is an array, as SimpleIdServer, HelseID and others send it, not one string.' : ''

function differenceWords({ missing, added, renamed }: ScopeDifference): string {
  return [
    ...(missing.length > 0 ? [`Not granted: ${list(missing)}.`] : []),
    ...(added.length > 0 ? [`Not asked for: ${list(added)}.`] : []),
    ...renamed.map(([asked, got]) => `${list([asked])} came back as ${list([got])}.`),
  ].join(' ')
}

const agreement: Rule = {
  what: 'The response and the token name the same scope',
  group: 'scope',
  spec: rfc(6749, '5.1'),
  needs: 'claims',
  look({ claims, context: { response, requestedScope } }) {
    const scope = scopeOf(claims)
    if (response === null || scope === null) return skipped('It needs a response, and a scope in the token.')
    return agrees(scope, member(response, 'scope'), requestedScope)
  },
}

function agrees(scope: TokenScope, value: JsonValue | undefined, requested: string | null): Result {
  const has = `The token has ${scope.values.length === 0 ? 'none' : list(scope.values)}${scope.isArray ? ', in an array' : ''}.`
  const named = asString(value)
  if (value !== undefined && named === undefined)
    return warn(`scope in the response is ${show(value)}, and not a string.`)
  const told = named ?? requested
  if (told === null) return skipped(`${has} The response names none, and none was asked for.`)
  const values = separated(told, [...scopeValues(requested ?? ''), ...scope.values])
  const { missing, added, renamed } = scopeDifference(values, scope.values)
  if (missing.length + added.length + renamed.length === 0)
    return pass(named === undefined ? `${has} The response names none, which means: as asked for.` : has)
  const words = differenceWords({ missing: [], added, renamed })
  const lacks = missing.length === 0 ? '' : ` It lacks ${list(missing)}.`
  return named === undefined
    ? warn(`${has} That is not what was asked for, and then the response must name it.`)
    : warn(`${has}${lacks} ${words} The response says ${list(scopeValues(named))}.`)
}

/** What it allows. */
export const scopeRules: readonly Rule[] = [granted, agreement]
