import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { audienceOf, list, show, stringsOf } from '../decode/claim-values.ts'
import { issuerDifference } from './differences.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

const issuer: Rule = {
  what: 'Its issuer is the authorization server',
  group: 'parties',
  spec: rfc(8725, '3.8'),
  needs: 'claims',
  look({ claims, context }) {
    const iss = member(claims, 'iss')
    if (context.issuer === null)
      return skipped(
        `iss is ${iss === undefined ? 'missing' : show(iss)}. No metadata is there to compare it with.`,
      )
    if (iss === undefined) return fail('It has no iss: a server that expects an issuer refuses it.')
    const found = asString(iss)
    if (found === undefined) return fail(`iss is ${show(iss)}, and not a string.`)
    return found === context.issuer
      ? pass(`iss is “${quoted(found)}”, as in the metadata.`)
      : fail(issuerDifference(context.issuer, found))
  },
}

const audience: Rule = {
  what: 'It says which API it is for',
  group: 'parties',
  spec: rfc(9700, '2.3'),
  needs: 'claims',
  look({ claims }) {
    const aud = member(claims, 'aud')
    if (aud === undefined) return warn('It has no aud: any API that trusts the issuer may accept it.')
    const names = stringsOf(aud)
    if (names === null) return fail(`aud is ${show(aud)}, and neither a string nor an array of strings.`)
    if (names.length === 0) return warn('aud is an empty array: it is meant for no API, or for any.')
    return names.length === 1
      ? pass(`aud is ${show(aud)}.`)
      : warn(`aud is ${list(names)}. Each of them can use the token at the others; some accept only one.`)
  },
}

const expectedAudience: Rule = {
  what: 'It is for the API it is meant for',
  group: 'parties',
  spec: rfc(8725, '3.9'),
  needs: 'claims',
  look({ claims, context: { audience: expected, requestedResource: asked } }) {
    const names = audienceOf(claims)
    const has = names.length === 0 ? 'It names none.' : `aud is ${list(names)}.`
    if (expected !== null && expected !== '') {
      return names.includes(expected)
        ? pass(`“${quoted(expected)}” is in aud.`)
        : fail(`“${quoted(expected)}” is expected. ${has}`)
    }
    if (asked.length === 0) return skipped('Neither an audience nor a resource was asked for.')
    const missing = asked.filter((resource) => !names.includes(resource))
    if (missing.length === 0) return pass(`aud has ${list(asked)}, as asked for with resource.`)
    const may = 'A server may put a name of its own for it.'
    return warn(`resource asked for ${list(missing)}. ${has} ${may}`)
  },
}

/** What servers call the client in a token. */
const clientClaims = ['client_id', 'azp', 'appid', 'cid', 'clientId']

const client: Rule = {
  what: 'It was issued to this client',
  group: 'parties',
  spec: rfc(8693, '4.3'),
  needs: 'claims',
  look({ claims, context: { client_id: own } }) {
    const claim = clientClaims.find((name) => member(claims, name) !== undefined)
    if (claim === undefined) return skipped('It does not say to which client.')
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

/** Who issued it, to whom, for whom. */
export const partyRules: readonly Rule[] = [issuer, audience, expectedAudience, client, user]
