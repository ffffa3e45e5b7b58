import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { list, scopeOf, show, stringsOf, type TokenScope } from '../decode/claim-values.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

const type: Rule = {
  what: 'typ is at+jwt',
  group: 'profile',
  spec: rfc(9068, '2.1'),
  needs: 'header',
  look({ header }) {
    const value = member(header, 'typ')
    const typ = asString(value) ?? ''
    if (/^(?:application\/)?at\+jwt$/i.test(typ)) return pass(`typ is “${quoted(typ)}”.`)
    const has = value === undefined ? 'The header has no typ.' : `typ is ${show(value)}.`
    return value === undefined || /^(?:application\/)?jwt$/i.test(typ)
      ? fail(
          `${has} Many servers do so, and most APIs accept it; one that keeps to RFC 9068 refuses the token.`,
        )
      : fail(has)
  },
}

const signed: Rule = {
  what: 'It is signed with a private key',
  group: 'profile',
  spec: rfc(9068, '2.1'),
  needs: 'header',
  look({ decoded, header }) {
    const alg = asString(member(header, 'alg')) ?? ''
    if (decoded.kind !== 'jws') return skipped('It is encrypted.')
    if (decoded.unsecured || alg === '') return fail('It is not signed, and must be.')
    return alg.startsWith('HS')
      ? warn(`alg is “${quoted(alg)}”. A shared secret is allowed, and a key pair recommended.`)
      : pass(`alg is “${quoted(alg)}”.`)
  },
}

interface Claim {
  readonly name: string
  readonly kind: string
  readonly fits: (value: JsonValue) => boolean
  /** What is known of servers and APIs if it is missing. */
  readonly missing: string
}

const isString = (value: JsonValue): boolean => value.kind === 'string'
const isDate = (value: JsonValue): boolean => asNumber(value) !== undefined
const isAudience = (value: JsonValue): boolean => stringsOf(value) !== null
const isEmptyList = (value: JsonValue): boolean => value.kind === 'array' && value.items.length === 0

const few = 'Some servers leave it out, and few APIs look for it.'

/** "The following claims are used in the JWT access token data structure", each of them REQUIRED. */
const required: readonly Claim[] = [
  { name: 'iss', kind: 'a string', fits: isString, missing: 'APIs that know their issuer refuse the token.' },
  { name: 'exp', kind: 'a number', fits: isDate, missing: 'Most APIs refuse the token.' },
  {
    name: 'aud',
    kind: 'a string, or an array of strings',
    fits: isAudience,
    missing:
      'Keycloak leaves it out if the client has no role, and in lightweight tokens; APIs that look for it refuse the token.',
  },
  {
    name: 'sub',
    kind: 'a string',
    fits: isString,
    missing: 'SimpleIdServer and HelseID leave it out if there is no user, and few APIs look for it.',
  },
  {
    name: 'client_id',
    kind: 'a string',
    fits: isString,
    missing: 'Some servers call it azp, appid or cid, and few APIs look for it.',
  },
  { name: 'iat', kind: 'a number', fits: isDate, missing: few },
  { name: 'jti', kind: 'a string', fits: isString, missing: `SimpleIdServer leaves it out. ${few}` },
]

const claimRule =
  (spec: SpecLink) =>
  ({ name, kind, fits, missing }: Claim): Rule => ({
    what: `${name} is there, and ${kind}`,
    group: 'profile',
    spec,
    needs: 'claims',
    look({ claims }) {
      const value = member(claims, name)
      if (value === undefined) return fail(`It has no ${name}. ${missing}`)
      if (isEmptyList(value)) return fail(`${name} is an empty array, and must name the API.`)
      return fits(value)
        ? pass(`${name} is ${show(value)}.`)
        : fail(`${name} is ${show(value)}, and not ${kind}.`)
    },
  })

const scope: Rule = {
  what: 'scope is one string',
  group: 'profile',
  spec: rfc(9068, '2.2.3'),
  needs: 'claims',
  look({ claims, context: { requestedScope } }) {
    const value = member(claims, 'scope')
    const other = scopeOf(claims)
    if (value === undefined && other !== null) return elsewhere(other)
    if (value === undefined) {
      return requestedScope === null || requestedScope.trim() === ''
        ? skipped('It has no scope, and none was asked for.')
        : warn('It has no scope, though one was asked for; it should be there.')
    }
    if (value.kind === 'string') return pass(`scope is ${show(value)}.`)
    return value.kind === 'array'
      ? fail(
          `scope is ${show(value)}. SimpleIdServer, HelseID and others send an array, which many APIs read all the same.`,
        )
      : fail(`scope is ${show(value)}, and not a string.`)
  },
}

/** A scope under another name is one all the same, and APIs of the server’s own family read it. */
function elsewhere({ claim, values, isArray }: TokenScope) {
  const what = values.length === 0 ? 'empty' : list(values)
  const said = `The scope is in ${claim}${isArray ? ', as an array' : ''}: ${what}. The profile has it in scope.`
  return warn(
    claim === 'scp' ? `${said} Ory Hydra writes that too with strategies.jwt.scope_claim: both.` : said,
  )
}

/** The profile for JWT access tokens, to the letter. @see RFC 9068 section 2 */
export const profileRules: readonly Rule[] = [
  type,
  signed,
  ...required.map(claimRule(rfc(9068, '2.2'))),
  scope,
]
