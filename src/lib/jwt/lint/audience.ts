import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { recognise } from '../glossary/vendors.ts'
import { rfc } from '../../spec.ts'
import { audienceOf, list, show, stringsOf } from '../decode/claim-values.ts'
import { fail, pass, type Result, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

/** By the path of its issuer. */
const isOfKeycloak = (claims: JsonValue | null): boolean =>
  /\/realms\/[^/]+$/.test(asString(member(claims, 'iss')) ?? '')

const isOfCognito = (claims: JsonValue | null): boolean => recognise(claims)?.vendor === 'Amazon Cognito'

const byCognito = 'Amazon Cognito writes none unless a resource was asked for: its APIs compare client_id.'

/** Keycloak’s own client, in `aud` of each token whose client has a role there, as all have unless told. */
const account = 'account'

const byMapper =
  'In Keycloak, an API comes into aud by a mapper: Client scopes, the scope (or the client’s own), Add mapper, By configuration, Audience.'

const audience: Rule = {
  what: 'It says which API it is for',
  group: 'parties',
  spec: rfc(9700, '2.3'),
  needs: 'claims',
  isMinded: true,
  look({ claims, context: { client_id: own } }) {
    const aud = member(claims, 'aud')
    const advice = isOfKeycloak(claims) ? ` ${byMapper}` : isOfCognito(claims) ? ` ${byCognito}` : ''
    if (aud === undefined)
      return warn(`It has no aud: any API that trusts the issuer may accept it.${advice}`)
    const names = stringsOf(aud)
    if (names === null) return fail(`aud is ${show(aud)}, and neither a string nor an array of strings.`)
    const [only = ''] = names
    if (names.includes(''))
      return warn(
        `aud ${names.length === 1 ? 'is' : 'has'} an empty text: that names no API. One that looks at aud refuses the token.`,
      )
    const joined = names.find((name) => /^\S+[\s,]+\S+$/.test(name.trim()))
    if (joined !== undefined)
      return warn(
        `aud has “${quoted(joined)}” as one name. Several audiences are an array of strings; APIs compare the whole text.`,
      )
    if (names.length === 0) return warn(`${emptyAudience} ${fromRequest}`)
    if (isOfKeycloak(claims) && names.includes(account)) return warn(ofAccount(names))
    if (names.length > 1)
      return warn(
        `aud is ${list(names)}. Each of them can use the token at the others; some accept only one.`,
      )
    if (own !== '' && only === own)
      return warn(
        `aud is ${show(aud)}, this client itself, and no API: one that looks at aud refuses it. ${ofClient}`,
      )
    return pass(`aud is ${show(aud)}.`)
  },
}

/** @see RFC 7519 section 4.1.3 */
const emptyAudience =
  'aud is an empty array: it names no API. One that looks at aud refuses the token, any other may accept it.'

const fromRequest =
  'Ory Hydra fills it with what audience asks for, as far as the client’s list allows; the list alone adds nothing.'

const ofClient =
  'Spring and zitadel always write it so, unless code changes it (Spring: a bean OAuth2TokenCustomizer<JwtEncodingContext>); SimpleIdServer does for scopes of no API.'

function ofAccount(names: readonly string[]): string {
  const others = names.filter((name) => name !== account)
  const said = `“${account}” in aud is Keycloak’s own account client, and none of your APIs.`
  return others.length === 0
    ? `${said} An API that looks at aud refuses the token. ${byMapper}`
    : `${said} The token is for ${list(others)}, and can be used at the account client too. To leave that out, switch Full scope allowed off at the client.`
}

const expectedAudience: Rule = {
  what: 'It is for the API it is meant for',
  group: 'parties',
  spec: rfc(8725, '3.9'),
  needs: 'claims',
  isMinded: true,
  look({ claims, context: { audience: expected, requestedResource, requestedAudience } }) {
    const names = audienceOf(claims)
    const has = names.length === 0 ? 'It names none.' : `aud is ${list(names)}.`
    if (expected !== null && expected !== '') {
      return names.includes(expected)
        ? pass(`“${quoted(expected)}” is in aud.`)
        : fail(`“${quoted(expected)}” is expected. ${has}${almost(expected, names)}`)
    }
    const asked = [
      { by: 'resource', values: requestedResource, may: 'A server may put a name of its own for it.' },
      { by: 'audience', values: requestedAudience, may: ignored },
    ].filter(({ values }) => values.length > 0)
    return asked.length === 0
      ? skipped('Neither an audience nor a resource was asked for.')
      : heeded(asked, names, has)
  },
}

/** That one of the names is nearly the expected one, after a space. */
export function almost(expected: string, names: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/\/+$/, '')
  const near = names.find((name) => plain(name) === plain(expected))
  if (near === undefined) return ''
  return ` They differ by ${near.toLowerCase() === expected.toLowerCase() ? 'upper and lower case' : 'the slash at the end'}: audiences are compared character by character.`
}

const ignored =
  'The server may not know the parameter and pass over it, as Keycloak, Spring and zitadel do; or the client is not allowed that audience.'

interface Asked {
  readonly by: string
  readonly values: readonly string[]
  /** What it may mean if `aud` lacks it. */
  readonly may: string
}

function heeded(asked: readonly Asked[], names: readonly string[], has: string): Result {
  const lacking = asked.flatMap(({ by, values, may }) => {
    const missing = values.filter((value) => !names.includes(value))
    return missing.length === 0 ? [] : [{ said: `${by} asked for ${list(missing)}.`, may }]
  })
  if (lacking.length > 0)
    return warn([...lacking.map(({ said }) => said), has, ...lacking.map(({ may }) => may)].join(' '))
  const sent = asked.map(({ by, values }) => `${list(values)}, as asked for with ${by}`)
  return pass(`aud has ${sent.join('; and ')}.`)
}

/** For whom it is. */
export const audienceRules: readonly Rule[] = [audience, expectedAudience]
