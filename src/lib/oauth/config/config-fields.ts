import { presentations, proofFaults, type ApiCall } from './api-call.ts'
import {
  assertionAudiences,
  basicEncodings,
  bodyEncodings,
  type Entry,
  keyIds,
  type TokenRequestConfig,
} from './config.ts'

/** What the page calls each field of the form, in the order of the form. */
export const configLabels = {
  discovery: 'Issuer or discovery URL',
  issuer: 'Issuer',
  token_endpoint: 'Token endpoint',
  client_id: 'Client ID',
  token_endpoint_auth_method: 'Client authentication',
  client_secret: 'Client secret',
  basic_encoding: 'Encoding in the header',
  body_encoding: 'Encoding in the body',
  scope: 'Scope',
  resource: 'Resource',
  audience: 'Audience',
  authorization_details: 'Authorization details',
  parameters: 'Parameters',
  headers: 'Header fields',
  content_type_charset: ';charset=UTF-8',
  secret_alg: 'Algorithm',
  assertion_key: 'Key of the assertion',
  aud: 'aud of the assertion',
  custom_aud: 'Text of aud',
  typ: 'typ of the assertion',
  lifetime: 'Lifetime of the assertion',
  nbf: 'nbf in the assertion',
  kid: 'kid of the assertion',
  custom_kid: 'Text of kid',
  x5t: 'x5t#S256 in the assertion',
  assertion_members: 'Members of the assertion',
  dpop: 'Bind the token to a key (DPoP)',
  dpop_key: 'Key of the proof',
  proof_lifetime: 'Lifetime of the proof',
  proof_members: 'Members of the proof',
  clock_skew: 'Clock skew',
} as const

type ConfigField = keyof typeof configLabels

/** A field as one text, in the words of the form; those that are lists of entries are apart. */
const texts: Readonly<
  Record<Exclude<ConfigField, 'parameters' | 'headers'>, (config: TokenRequestConfig) => string>
> = {
  discovery: ({ discovery }) => discovery,
  issuer: ({ issuer }) => issuer,
  token_endpoint: ({ token_endpoint }) => token_endpoint,
  client_id: ({ client_id }) => client_id,
  token_endpoint_auth_method: ({ token_endpoint_auth_method }) => token_endpoint_auth_method,
  client_secret: ({ client_secret }) => client_secret,
  basic_encoding: ({ basic_encoding }) => basicEncodings[basic_encoding],
  body_encoding: ({ body_encoding }) => bodyEncodings[body_encoding],
  scope: ({ scope }) => scope,
  resource: ({ resource }) => resource.filter((one) => one !== '').join(' '),
  audience: ({ audience }) => audience,
  authorization_details: ({ authorization_details }) => authorization_details,
  content_type_charset: ({ content_type_charset }) => yesOrNo(content_type_charset),
  secret_alg: ({ assertion }) => assertion.secret_alg,
  assertion_key: ({ assertion }) => assertion.key,
  aud: ({ assertion }) => assertionAudiences[assertion.aud],
  custom_aud: ({ assertion }) => assertion.custom_aud,
  typ: ({ assertion }) => assertion.typ,
  lifetime: ({ assertion }) => String(assertion.lifetime),
  nbf: ({ assertion }) => yesOrNo(assertion.nbf),
  kid: ({ assertion }) => keyIds[assertion.kid],
  custom_kid: ({ assertion }) => assertion.custom_kid,
  x5t: ({ assertion }) => yesOrNo(assertion.x5t),
  assertion_members: ({ assertion }) => [assertion.header, assertion.payload].filter(Boolean).join('\n'),
  dpop: ({ dpop }) => yesOrNo(dpop.on),
  dpop_key: ({ dpop }) => dpop.key,
  proof_lifetime: ({ dpop }) => String(dpop.lifetime),
  proof_members: ({ dpop }) => dpop.payload,
  clock_skew: ({ clock_skew }) => String(clock_skew),
}

const yesOrNo = (on: boolean): string => (on ? 'yes' : 'no')

/** A field of a form with what is in it. */
export interface Filled {
  readonly label: string
  readonly text: string
  /** Of the user's own parameters and header fields, the name; what is not sent is none of them. */
  readonly entry?: string
  readonly isSecret?: boolean
}

/** What is in the form of the token request, in its order and its words. */
export const filledConfig = (config: TokenRequestConfig): readonly Filled[] =>
  (Object.keys(configLabels) as ConfigField[]).flatMap((field) => {
    const label = configLabels[field]
    if (field === 'parameters' || field === 'headers') return entriesOf(label, config[field])
    return [{ label, text: texts[field](config), ...(field === 'client_secret' && { isSecret: true }) }]
  })

/** What is in the form of an API call. */
export const filledCall = (call: ApiCall): readonly Filled[] => [
  { label: 'API URL', text: call.url },
  { label: 'Method', text: call.method },
  { label: 'Present the token', text: presentations[call.presentation] },
  { label: 'Proof of the call', text: proofFaults[call.proof] },
  ...entriesOf('Header fields of the call', call.headers),
  { label: 'Body', text: call.body },
]

const entriesOf = (label: string, entries: readonly Entry[]): readonly Filled[] =>
  entries.filter(({ on }) => on).map(({ name, value }) => ({ label, text: value, entry: name }))

/** The labels of the fields that differ, each once, in the order of the form. */
export function changedFields(before: readonly Filled[], now: readonly Filled[]): readonly string[] {
  const labels = [...new Set([...before, ...now].map(({ label }) => label))]
  return labels.filter((wanted) => contentOf(wanted, before) !== contentOf(wanted, now))
}

const contentOf = (wanted: string, fields: readonly Filled[]): string =>
  JSON.stringify(
    fields.filter(({ label }) => label === wanted).map(({ text, entry = '' }) => [entry, text] as const),
  )
