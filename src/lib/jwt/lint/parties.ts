import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { clientClaim, list, show } from '../decode/claim-values.ts'
import { recognise } from '../glossary/vendors.ts'
import { audienceRules } from './audience.ts'
import { fail, note, pass, skipped, warn } from '../../check.ts'
import { issuer } from './issuer.ts'
import type { Rule } from './rule.ts'

const client: Rule = {
  what: 'It was issued to this client',
  group: 'parties',
  spec: rfc(8693, '4.3'),
  needs: 'claims',
  look({ claims, context: { client_id: own } }) {
    const claim = clientClaim(claims)
    if (claim === null) return skipped('It does not say to which client.')
    if (own === '') return skipped('There is no client ID to compare it with.')
    const value = member(claims, claim)
    return asString(value) === own
      ? pass(`${claim} is “${quoted(own)}”.`)
      : warn(`${claim} is ${value === undefined ? '' : show(value)}, and this client is “${quoted(own)}”.`)
  },
}

/**
 * Claims about a person; `preferred_username`, `name` and `acr` are not among them, because servers send them for clients.
 */
const personal = ['email', 'given_name', 'family_name', 'upn', 'unique_name', 'birthdate']

/** Claims about a sign-in, which servers send of the client’s own, too: Cognito, ForgeRock, older Keycloak. Auth0 and ForgeRock write more around its name. */
const ofSignIn = ['auth_time', 'amr']

/** Addresses of accounts that are no people’s: of Google, of Auth0, and by their name. */
const ofMachine =
  /@[\w.-]+\.gserviceaccount\.com$|@clients$|@(?:placeholder|noreply|no-reply|service|serviceaccount)\b|^(?:service|svc|noreply|no-reply)[-_.@+]/i

const user: Rule = {
  what: 'It is about a client, not about a user',
  group: 'parties',
  spec: rfc(9068, '2.2'),
  needs: 'claims',
  look({ claims, context: { client_id: own } }) {
    const sub = member(claims, 'sub')
    const text = asString(sub) ?? ''
    const client = asString(member(claims, clientClaim(claims) ?? ''))
    const isClient =
      text !== '' && [own, client, `${client ?? ''}@clients`, `(age!${client ?? ''})`].includes(text)
    const people = personal.filter((name) => saysUser(member(claims, name)))
    const signIns = isClient && people.length === 0 ? [] : ofSignIn
    const signs = [...people, ...signIns.filter((name) => saysUser(member(claims, name)))]
    const address = isAddress(text) && !isClient
    if (address || signs.length > 0) {
      const what = [...(address ? ['sub looks like an email address'] : []), ...signs]
      return warn(`${what.join(', ')}: that speaks of a user, and this grant has none.`)
    }
    if (sub === undefined) return pass('It has no sub, and no claim about a user.')
    if (own !== '' && text === own) return pass('sub is the client itself.')
    return pass(`sub is ${show(sub)}${isClient ? ', the client itself' : ''}; no claim speaks of a user.`)
  },
}

const isAddress = (text: string): boolean =>
  /^[^@\s]{1,100}@[^@\s]{1,200}\.[a-z]{2,}$/i.test(text) && !ofMachine.test(text)

/** Whether a claim is about somebody: it is there, is not empty, and is not the address of a machine. */
const saysUser = (value: JsonValue | undefined): boolean => {
  switch (value?.kind) {
    case undefined:
      return false
    case 'string':
      return value.value !== '' && !ofMachine.test(value.value)
    case 'literal':
      return value.value === true
    case 'number':
      return asNumber(value) !== 0
    case 'array':
      return value.items.length > 0
    case 'object':
      return value.members.length > 0
    default:
      return value satisfies never
  }
}

/** "the sub value is a case-sensitive string"; of iss and aud, rules of their own say it. */
const strings: Rule = {
  what: 'sub and jti are strings',
  group: 'parties',
  spec: rfc(7519, '4.1.2'),
  needs: 'claims',
  look({ claims }) {
    const wrong = ['sub', 'jti'].flatMap((name) => {
      const value = member(claims, name)
      return value === undefined || value.kind === 'string' ? [] : [`${name} is ${show(value)}`]
    })
    if (wrong.length > 0)
      return fail(
        `${wrong.join(', and ')}: not a string. PyJWT from 2.10 and other strict libraries refuse the token.`,
      )
    const empty = ['sub', 'jti'].filter((name) => asString(member(claims, name)) === '')
    return empty.length === 0
      ? pass('What there is of the two is a string.')
      : warn(
          `${empty.join(' and ')} ${empty.length === 1 ? 'is' : 'are'} empty, and so ${meaningless(empty)}.`,
        )
  },
}

const meaningless = (empty: readonly string[]): string =>
  empty.includes('sub')
    ? 'nobody is named: APIs that look for a caller find none'
    : 'no token can be told apart'

/** A claim that says nothing is left out. @see RFC 7519 section 4 */
const nulls: Rule = {
  what: 'No claim is null',
  group: 'parties',
  spec: rfc(7519, '4'),
  needs: 'claims',
  look({ claims }) {
    const names = claims?.kind === 'object' ? claims.members.filter(({ value }) => isNull(value)) : []
    return names.length === 0
      ? pass('Every claim has a value.')
      : note(
          `${list(names.map(({ key }) => key))}: null. A reader that expects text or a number there may refuse the token; a claim without a value is left out.`,
        )
  },
}

const isNull = (value: JsonValue): boolean => value.kind === 'literal' && value.value === null

/** A server is known by its issuer, or by several claims together; of one claim alone, many servers have each. */
const vendor: Rule = {
  what: 'Whose claims it has',
  group: 'parties',
  spec: rfc(7519, '4.3'),
  needs: 'claims',
  look({ claims }) {
    const found = recognise(claims)
    return found === null
      ? skipped('Neither its issuer nor a set of its claims is that of one server alone.')
      : pass(`It is of ${found.vendor}, by ${found.by}. ${found.remark}`.trim())
  },
}

/** Who issued it, to whom, for whom. */
export const partyRules: readonly Rule[] = [issuer, vendor, ...audienceRules, client, user, strings, nulls]
