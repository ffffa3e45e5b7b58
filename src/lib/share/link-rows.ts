import { httpUrl } from '../http/http-url.ts'
import { authMethods } from '../oauth/config/auth-methods.ts'
import {
  assertionAudiences,
  assertionTypes,
  basicEncodings,
  bodyEncodings,
  keyIds,
  secretAlgs,
} from '../oauth/config/config.ts'
import { configLabels } from '../oauth/config/config-fields.ts'
import { quoted } from '../text/quoted.ts'
import type { LinkConfig } from './link-config.ts'

/** A member of a link: what the form calls it, how it is read from a configuration and put into one, as texts. */
interface Row {
  readonly label: string
  /** Whether there may be several, each written by itself; an empty text is the empty list then. */
  readonly isList: boolean
  readonly get: (config: LinkConfig) => readonly string[]
  readonly put: (config: LinkConfig, texts: readonly string[]) => LinkConfig
  /** What is wrong with a text of it, as what is said of it; `null` for nothing. */
  readonly wrong: (text: string) => string | null
  /** Without what a link has no place for: query and fragment of an address. */
  readonly bare: (text: string) => string
}

type Of<Value> = {
  readonly [Name in keyof LinkConfig]: LinkConfig[Name] extends Value ? Name : never
}[keyof LinkConfig]

const same = (text: string) => text

/** One value of a configuration, and the text that it is in a link. */
const one = (
  label: string,
  get: (config: LinkConfig) => string,
  put: (text: string) => (config: LinkConfig) => LinkConfig,
  wrong: Row['wrong'],
  bare: Row['bare'] = same,
): Row => ({
  label,
  isList: false,
  get: (config) => [get(config)],
  put: (config, [text = '']) => put(text)(config),
  wrong,
  bare,
})

const many = (
  label: string,
  get: Row['get'],
  put: (texts: readonly string[]) => Partial<LinkConfig>,
  wrong: Row['wrong'],
): Row => ({
  label,
  isList: true,
  get,
  put: (config, texts) => ({ ...config, ...put(texts.filter((text) => text !== '')) }),
  wrong,
  bare: same,
})

const member = (name: Of<string>, label: string, wrong: Row['wrong'], bare?: Row['bare']): Row =>
  one(
    label,
    (config) => config[name],
    (text) => (config) => ({ ...config, [name]: text }),
    wrong,
    bare,
  )

/** A URL inside of a text has a place for a secret, too. */
const text = (name: Of<string>, label: string): Row => member(name, label, hasNoQuery)

function hasNoQuery(words: string): string | null {
  return /:\/\/\S*[@?#]/.test(words)
    ? 'has a URL in it with a user name, a query or a fragment, where secrets are'
    : null
}

const address = (name: Of<string>, label: string): Row => member(name, label, noAddress, bareAddress)

function noAddress(url: string): string | null {
  if (url === '') return null
  if (httpUrl(url) === null || /[\s\\]/.test(url))
    return `is ${quoted(url)}, and has to be a URL that starts with https:// or http://`
  return /[@?#]/.test(url) ? 'has a user name, a query or a fragment in its URL, where secrets are' : null
}

/** A password may have any sign in it: with one, nothing of the address is sure to be something else. */
const bareAddress = (url: string): string => (url.includes('@') ? url : (/^[^?#]*/.exec(url)?.[0] ?? ''))

const amongThose = (table: object) => (words: string) =>
  Object.hasOwn(table, words)
    ? null
    : `is ${quoted(words)}, and has to be one of ${Object.keys(table).filter(Boolean).join(', ')}`

const choice = (name: Of<string>, label: string, table: object): Row => member(name, label, amongThose(table))

const isFlag = (words: string) => (/^[01]$/.test(words) ? null : `is ${quoted(words)}, and has to be 1 or 0`)
const flag = (
  label: string,
  get: (config: LinkConfig) => boolean,
  put: (on: boolean) => (config: LinkConfig) => LinkConfig,
): Row =>
  one(
    label,
    (config) => (get(config) ? '1' : '0'),
    (words) => put(words === '1'),
    isFlag,
  )

const isWhole = (least: number, most: number) => (words: string) =>
  /^-?\d{1,9}$/.test(words) && Number(words) >= least && Number(words) <= most
    ? null
    : `is ${quoted(words)}, and has to be a number from ${least} to ${most}`
const whole = (
  label: string,
  [least, most]: readonly [number, number],
  get: (config: LinkConfig) => number,
  put: (number: number) => (config: LinkConfig) => LinkConfig,
): Row =>
  one(
    label,
    (config) => String(get(config)),
    (words) => put(Number(words)),
    isWhole(least, most),
  )

type Assertion = LinkConfig['assertion']
const ofAssertion =
  (change: Partial<Assertion>) =>
  (config: LinkConfig): LinkConfig => ({ ...config, assertion: { ...config.assertion, ...change } })
const assertionChoice = (name: 'secret_alg' | 'aud' | 'typ' | 'kid', label: string, table: object): Row =>
  one(
    label,
    ({ assertion }) => assertion[name],
    (words) => ofAssertion({ [name]: words }),
    amongThose(table),
  )
const assertionFlag = (name: 'nbf' | 'x5t', label: string): Row =>
  flag(
    label,
    ({ assertion }) => assertion[name],
    (on) => ofAssertion({ [name]: on }),
  )

const ofProof =
  (change: Partial<LinkConfig['dpop']>) =>
  (config: LinkConfig): LinkConfig => ({ ...config, dpop: { ...config.dpop, ...change } })

/** A name as it may be in a request; what is switched off is not sent, and in no link. */
const names = (name: 'parameters' | 'headers', label: string, pattern: RegExp): Row =>
  many(
    label,
    (config) => config[name].filter(({ on }) => on).map((entry) => entry.name),
    (texts) => ({ [name]: texts.map((words) => ({ name: words, on: true })) }),
    (words) => (pattern.test(words) ? null : `is ${quoted(words)}, which is no name`),
  )

const day = 86_400

/**
 * The members of a link of version 1, in their order. What is here stays as it is: links on slides have to work as long as there are
 * slides. A row more makes links that older copies of the page refuse.
 */
export const linkRows = {
  discovery: address('discovery', configLabels.discovery),
  issuer: address('issuer', configLabels.issuer),
  endpoint: address('token_endpoint', configLabels.token_endpoint),
  client: text('client_id', configLabels.client_id),
  auth: choice('token_endpoint_auth_method', configLabels.token_endpoint_auth_method, authMethods),
  basic: choice('basic_encoding', configLabels.basic_encoding, basicEncodings),
  body: choice('body_encoding', configLabels.body_encoding, bodyEncodings),
  scope: text('scope', configLabels.scope),
  resource: many(
    configLabels.resource,
    ({ resource }) => resource.filter((one) => one !== ''),
    (resource) => ({ resource }),
    hasNoQuery,
  ),
  audience: text('audience', configLabels.audience),
  parameter: names('parameters', configLabels.parameters, /^[^\s&=]{0,80}$/),
  header: names('headers', configLabels.headers, /^[\w!#$%&'*+.^`|~-]{0,80}$/),
  charset: flag(
    configLabels.content_type_charset,
    ({ content_type_charset }) => content_type_charset,
    (content_type_charset) => (config) => ({ ...config, content_type_charset }),
  ),
  dpop: flag(
    configLabels.dpop,
    ({ dpop }) => dpop.on,
    (on) => ofProof({ on }),
  ),
  'proof-lifetime': whole(
    configLabels.proof_lifetime,
    [0, day],
    ({ dpop }) => dpop.lifetime,
    (lifetime) => ofProof({ lifetime }),
  ),
  alg: assertionChoice('secret_alg', configLabels.secret_alg, secretAlgs),
  aud: assertionChoice('aud', configLabels.aud, assertionAudiences),
  typ: assertionChoice('typ', configLabels.typ, assertionTypes),
  kid: assertionChoice('kid', configLabels.kid, keyIds),
  nbf: assertionFlag('nbf', configLabels.nbf),
  x5t: assertionFlag('x5t', configLabels.x5t),
  lifetime: whole(
    configLabels.lifetime,
    [1, day],
    ({ assertion }) => assertion.lifetime,
    (lifetime) => ofAssertion({ lifetime }),
  ),
  skew: whole(
    configLabels.clock_skew,
    [-day, day],
    ({ clock_skew }) => clock_skew,
    (clock_skew) => (config) => ({ ...config, clock_skew }),
  ),
} as const satisfies Readonly<Record<string, Row>>

export type LinkRow = keyof typeof linkRows

/** Each with its name, as the rows are. */
export const eachLinkRow = Object.entries(linkRows) as readonly (readonly [LinkRow, Row])[]
