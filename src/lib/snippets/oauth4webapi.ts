import type { HttpRequest } from '../http/message.ts'
import { formType } from '../oauth/compose/form-type.ts'
import { authMethodOf } from '../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { issuerOf } from '../oauth/config/derived-values.ts'
import { lines } from './code.ts'
import { jsQuoted } from './javascript.ts'
import { clientAuthCode, dpopCode, type LibraryCode } from './oauth4webapi-parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'
import { isHidden, isSecret, variableNames } from './secrets.ts'

/** Writes a value of a parameter, a field or the client: as a text, or as the variable that is in its place. */
type Write = (name: string, value: string) => string

/**
 * The library that composes this page's requests, set up to compose the same one. What is signed is signed there, by a key
 * that is never in the code. Of token requests only.
 */
export const oauth4webapi = { label: 'oauth4webapi', render } as const satisfies Renderer

function render({ request, config }: Recorded, secrets: Secrets): string | null {
  if (config === undefined) return null
  const { write, names } = writing(secrets)
  const issuer = issuerOf(config) || request.url
  const auth = clientAuthCode[config.token_endpoint_auth_method]({ request, config, issuer, write })
  const dpop = config.dpop.on ? dpopCode({ request, config, issuer, write }) : noCode
  if (auth === null || dpop === null) return null
  const fields = fieldsOf(request, config).map(
    ([name, value]) => [name, writeField(name, value, write)] as const,
  )
  const parameters = parametersOf(request, config).map(
    ([name, value]) => `  [${jsQuoted(name)}, ${write(name, value)}],`,
  )
  const variables = [...auth.variables, ...dpop.variables, ...names()]
  const notes = [
    `npm install ${['oauth4webapi', ...auth.packages].join(' ')}`,
    'node request.mjs',
    ...(variables.length > 0 ? [`Set in the environment: ${[...new Set(variables)].join(', ')}`] : []),
    ...new Set([...auth.notes, ...dpop.notes]),
  ]
  return lines(
    ...notes.map((note) => `// ${note}`),
    ...auth.imports,
    "import * as oauth from 'oauth4webapi'",
    '',
    `const as = { issuer: ${jsQuoted(issuer)}, token_endpoint: ${jsQuoted(request.url)} }`,
    `const client = { client_id: ${jsQuoted(config.client_id)}${config.clock_skew === 0 ? '' : `, [oauth.clockSkew]: ${config.clock_skew}`} }`,
    ...auth.statements,
    ...dpop.statements,
    'const parameters = [',
    ...parameters,
    ']',
    '',
    `const ${config.dpop.on ? 'send = () =>' : 'response = await'} oauth.clientCredentialsGrantRequest(as, client, clientAuth, parameters, {`,
    ...options(request, fields, config, auth),
    '})',
    ...(config.dpop.on ? readWithNonce : readOnce),
    'console.log(token)',
  )
}

const noCode: LibraryCode = {
  statements: [],
  imports: [],
  packages: [],
  variables: [],
  notes: [],
  fetchMembers: [],
}

const readOnce = ['const token = await oauth.processClientCredentialsResponse(as, client, response)']

/** The library keeps the nonce that comes with a refusal. @see RFC 9449 section 8 */
const readWithNonce = [
  'const read = async () => oauth.processClientCredentialsResponse(as, client, await send())',
  'const token = await read().catch((error) => {',
  '  if (oauth.isDPoPNonceError(error)) return read()',
  '  throw error',
  '})',
]

/** The library refuses `Authorization` among the options, and always adds a charset to `content-type`. */
function options(
  { url }: HttpRequest,
  fields: readonly (readonly [name: string, code: string])[],
  config: TokenRequestConfig,
  { fetchMembers }: LibraryCode,
): string[] {
  const [refused, taken] = [true, false].map((is) =>
    fields.filter(([name]) => (name.toLowerCase() === 'authorization') === is),
  )
  const replaced = [
    ...(config.content_type_charset ? [] : [['content-type', jsQuoted(formType(config))] as const]),
    ...(refused ?? []),
  ].map(([name, code]) => `${jsQuoted(name)}: ${code}`)
  const members = [
    ...fetchMembers,
    ...(replaced.length > 0 ? [`headers: { ...options.headers, ${replaced.join(', ')} }`] : []),
  ]
  return [
    ...(taken && taken.length > 0
      ? ['  headers: {', ...taken.map(([name, code]) => `    ${jsQuoted(name)}: ${code},`), '  },']
      : []),
    ...(config.dpop.on ? ['  DPoP,'] : []),
    ...(url.startsWith('http:') ? ['  [oauth.allowInsecureRequests]: true,'] : []),
    ...(members.length > 0
      ? [`  [oauth.customFetch]: (url, options) => fetch(url, { ...options, ${members.join(', ')} }),`]
      : []),
  ]
}

function writing(secrets: Secrets): { readonly write: Write; readonly names: () => string[] } {
  const variableFor = variableNames()
  const used = new Set<string>()
  const write: Write = (name, value) => {
    if (value === '' || !isHidden(name, value, secrets)) return jsQuoted(value)
    const variable = variableFor(name, value)
    used.add(variable)
    return `process.env.${variable}`
  }
  return { write, names: () => [...used] }
}

/** The scheme of credentials stays readable. */
function writeField(name: string, value: string, write: Write): string {
  const scheme = (isSecret(name, value) && /^[A-Za-z]+ (?=\S)/.exec(value)?.[0]) || ''
  const rest = write(name, value.slice(scheme.length))
  return scheme === '' ? rest : `${jsQuoted(scheme)} + ${rest}`
}

/** What the library does not make itself. */
function parametersOf({ body }: HttpRequest, config: TokenRequestConfig): (readonly [string, string])[] {
  const made = ['grant_type', ...authMethodOf(config).parameters]
  return [...new URLSearchParams(body ?? '')].filter(([name]) => !made.includes(name))
}

function fieldsOf({ headers }: HttpRequest, config: TokenRequestConfig): HttpRequest['headers'] {
  const made = [
    'accept',
    'content-type',
    ...authMethodOf(config).headers,
    ...(config.dpop.on ? ['dpop'] : []),
  ]
  return headers.filter(([name]) => !made.includes(name.toLowerCase()))
}
