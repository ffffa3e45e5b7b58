import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { clientClaim, show } from '../decode/claim-values.ts'
import { audienceRules } from './audience.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
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

/** Claims about a person; `preferred_username` and `acr` are not among them, because Keycloak sends them for clients. */
const personal = ['email', 'auth_time', 'amr', 'given_name', 'family_name', 'upn', 'unique_name', 'birthdate']

const user: Rule = {
  what: 'It is about a client, not about a user',
  group: 'parties',
  spec: rfc(9068, '2.2'),
  needs: 'claims',
  look({ claims, context: { client_id: own } }) {
    const sub = member(claims, 'sub')
    const signs = personal.filter((name) => isThere(member(claims, name)))
    const address = /^[^@\s]{1,100}@[^@\s]{1,200}\.[a-z]{2,}$/i.test(asString(sub) ?? '')
    if (address || signs.length > 0) {
      const what = [...(address ? ['sub looks like an email address'] : []), ...signs]
      return warn(`${what.join(', ')}: that speaks of a user, and this grant has none.`)
    }
    if (sub === undefined) return pass('It has no sub, and no claim about a user.')
    if (own !== '' && asString(sub) === own) return pass('sub is the client itself.')
    return pass(`sub is ${show(sub)}; no claim speaks of a user.`)
  },
}

const isThere = (value: JsonValue | undefined): boolean =>
  value !== undefined && !(value.kind === 'literal' && value.value === null)

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
    return wrong.length === 0
      ? pass('What there is of the two is a string.')
      : fail(
          `${wrong.join(', and ')}: not a string. PyJWT from 2.10 and other strict libraries refuse the token.`,
        )
  },
}

/** Who issued it, to whom, for whom. */
export const partyRules: readonly Rule[] = [issuer, ...audienceRules, client, user, strings]
