import type { AccessToken, AuthorizationDetail, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider'
import { errors } from './oidc-provider.ts'

type Rule = (value: unknown) => boolean

const text: Rule = (value) => typeof value === 'string' && value !== ''
/** oidc-provider has checked the common members before: `actions` and `locations` are lists of strings. */
const strings = Array.isArray
const among =
  (...allowed: string[]): Rule =>
  (value) =>
    strings(value) && value.every((item) => allowed.includes(item as string))
const record =
  (members: Readonly<Record<string, Rule>>): Rule =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((name) => name in members) &&
    Object.entries(members).every(([name, rule]) => rule((value as Record<string, unknown>)[name]))

interface DetailType {
  readonly required: Readonly<Record<string, Rule>>
  readonly optional: Readonly<Record<string, Rule>>
}

const detailTypes: Readonly<Record<string, DetailType>> = {
  greeting_access: { required: { actions: among('read', 'write') }, optional: { locations: strings } },
  /** RFC 9396 section 2's example. */
  payment_initiation: {
    required: {
      instructedAmount: record({ currency: text, amount: text }),
      creditorName: text,
      creditorAccount: record({ iban: text }),
    },
    optional: { actions: strings, locations: strings, remittanceInformationUnstructured: text },
  },
}

/** RFC 9396 section 5: details with unknown members, wrong values or missing members are refused. */
function validator(type: string, { required, optional }: DetailType) {
  const members = new Map(Object.entries({ type: text, ...required, ...optional }))
  const refusal = (problem: string) => new errors.InvalidAuthorizationDetails(`${type}: ${problem}`)
  return (_ctx: unknown, given: AuthorizationDetail) => {
    for (const [name, value] of Object.entries(given)) {
      const rule = members.get(name)
      if (rule === undefined) throw refusal(`unknown member ${name}`)
      if (!rule(value)) throw refusal(`invalid value of ${name}`)
    }
    for (const name of Object.keys(required)) if (!(name in given)) throw refusal(`${name} is missing`)
  }
}

/** Everything that was asked for, for the token's resource if it names none (RFC 9396 7.1: enriched). */
function grantDetails({ oidc }: KoaContextWithOIDC, token: AccessToken | ClientCredentials) {
  const asked = JSON.parse(String(oidc.params?.['authorization_details'])) as AuthorizationDetail[]
  return asked.map((detail) => ({ ...detail, locations: detail['locations'] ?? [token.aud] }))
}

/** For oidc-provider's feature `richAuthorizationRequests`. */
export const authorizationDetails = {
  enabled: true,
  types: Object.fromEntries(
    Object.entries(detailTypes).map(([type, rules]) => [type, { validate: validator(type, rules) }]),
  ),
  authorizationDetailsForAccessToken: grantDetails,
  authorizationDetailsForIntrospection: (_ctx: unknown, token: { rar?: AuthorizationDetail[] | undefined }) =>
    token.rar,
  // There are no codes to exchange here.
  authorizationDetailsForGrantSource: () => undefined,
}
