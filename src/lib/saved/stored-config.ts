import { hidesSecret, isSecretName, jsonHidesSecret } from '../text/hides-secret.ts'
import { isObject } from '../json/own-members.ts'
import {
  assertionAudiences,
  type AssertionConfig,
  assertionTypes,
  basicEncodings,
  bodyEncodings,
  type DpopConfig,
  emptyConfig,
  keyIds,
  secretAlgs,
  type TokenRequestConfig,
} from '../oauth/config/config.ts'
import { authMethods } from '../oauth/config/auth-methods.ts'

/** What differs from the values a server starts with; the secret is no member of it. */
export type StoredConfig = Partial<Omit<TokenRequestConfig, 'client_secret'>>

/** The longest text that is kept, in characters, and the longest list. */
export const storedBounds = { text: 20_000, list: 100 }

/** What of a configuration may be stored: where it differs, not the secret, and nothing in which one may be hiding. */
export function toStored(config: TokenRequestConfig, base: TokenRequestConfig): StoredConfig {
  const differs = Object.entries(config).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(base[name as keyof TokenRequestConfig]),
  )
  return keepMembers(storable, Object.fromEntries(differs), config.client_secret)
}

/** Reads a stored configuration back, member by member; what is missing, foreign or forged is left out. */
export function parseStored(value: unknown): StoredConfig {
  return isObject(value) ? keepMembers(storable, value, '') : {}
}

/** Gives what may be kept of a value, without what may be hiding the secret; `undefined` for a value of another kind. */
type Keep = (value: unknown, secret: string) => unknown

/** Text; blank if it is too long or hides a secret. A password may be in a URL that has no scheme yet. */
const text: Keep = (value, secret) =>
  clean(value, (of) => hidesSecret(of, secret) || /^[^?#:]*:[^?#@]*@/.test(of))
const json: Keep = (value, secret) => clean(value, (of) => jsonHidesSecret(of, secret))

function clean(value: unknown, hides: (text: string) => boolean): string | undefined {
  if (typeof value !== 'string') return undefined
  return value.length > storedBounds.text || hides(value) ? '' : value
}

const flag: Keep = (value) => (typeof value === 'boolean' ? value : undefined)
const thumbprint: Keep = (value) =>
  typeof value === 'string' && /^(?:[\w-]{43})?$/.test(value) ? value : undefined
const integer =
  (least: number, most: number): Keep =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? value : undefined
const oneOf =
  (table: object): Keep =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(table, value) ? value : undefined
const list =
  (keep: Keep): Keep =>
  (value, secret) =>
    Array.isArray(value)
      ? value
          .slice(0, storedBounds.list)
          .map((item) => keep(item, secret))
          .filter((item) => item !== undefined)
      : undefined
const object =
  <T extends object>(members: Readonly<Record<keyof T, Keep>>, base: T): Keep =>
  (value, secret) =>
    isObject(value) ? { ...base, ...keepMembers(members, value, secret) } : undefined

/** A parameter or header field: its name stays, so that only the value must be typed again. */
const entry: Keep = (value, secret) => {
  if (!isObject(value)) return undefined
  const name = clean(value['name'], (of) => hidesSecret(of, secret))
  const words = clean(
    value['value'],
    (of) =>
      name === '' ||
      isSecretName(name ?? '') ||
      /^\s*(?:basic|bearer|dpop)\s/i.test(of) ||
      jsonHidesSecret(of, secret),
  )
  return name === undefined || words === undefined
    ? undefined
    : { name, value: words, on: value['on'] === true }
}

/** A day, in seconds: no assertion lives longer, and no clock is further off. */
const day = 86_400

const assertion: Readonly<Record<keyof AssertionConfig, Keep>> = {
  secret_alg: oneOf(secretAlgs),
  key: thumbprint,
  aud: oneOf(assertionAudiences),
  custom_aud: text,
  typ: oneOf(assertionTypes),
  lifetime: integer(1, day),
  nbf: flag,
  kid: oneOf(keyIds),
  custom_kid: text,
  x5t: flag,
  header: json,
  payload: json,
}

const dpop: Readonly<Record<keyof DpopConfig, Keep>> = {
  on: flag,
  key: thumbprint,
  lifetime: integer(0, day),
  payload: json,
}

const storable: Readonly<Record<keyof StoredConfig, Keep>> = {
  discovery: text,
  issuer: text,
  token_endpoint: text,
  client_id: text,
  token_endpoint_auth_method: oneOf(authMethods),
  basic_encoding: oneOf(basicEncodings),
  body_encoding: oneOf(bodyEncodings),
  content_type_charset: flag,
  assertion: object(assertion, emptyConfig.assertion),
  dpop: object(dpop, emptyConfig.dpop),
  clock_skew: integer(-day, day),
  scope: text,
  resource: list(text),
  audience: text,
  authorization_details: json,
  parameters: list(entry),
  headers: list(entry),
}

/** Each member is of its kind afterwards, or is not there. */
function keepMembers<T extends object>(
  members: Readonly<Record<keyof T, Keep>>,
  value: Readonly<Record<string, unknown>>,
  secret: string,
): Partial<T> {
  const kept = Object.entries<Keep>(members).map(([name, keep]) => [name, keep(value[name], secret)] as const)
  return Object.fromEntries(kept.filter(([, of]) => of !== undefined)) as Partial<T>
}
