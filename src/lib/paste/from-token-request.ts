import { essence } from '../http/preflight.ts'
import { headerValue, type HttpRequest } from '../http/message.ts'
import { listed } from '../text/listed.ts'
import { quoted } from '../text/quoted.ts'
import type { Address } from './pasted-address.ts'
import { pastedProof } from './pasted-assertion.ts'
import { pastedClient } from './pasted-client.ts'
import { leftOpen, named, ownEntries, ownFields, type Pair, secretsLeft } from './pasted-fields.ts'
import type { PastedCall, PastedConfig, PastedConnection } from './proposal.ts'
import { unknownIn } from './unknown.ts'

/** What a request is in the form, and what of it is not used, in sentences. */
export interface FromRequest {
  readonly proposal: PastedConnection | PastedCall
  readonly ignored: readonly string[]
}

/** A token request with its parameters, wherever it had them. */
interface PastedTokenRequest {
  readonly request: HttpRequest
  readonly parameters: readonly Pair[]
  /** Why the page sends them otherwise, in sentences. */
  readonly why: readonly string[]
  readonly address: Address
  readonly hasCertificate: boolean
}

/** A token request as members of the form. @see RFC 6749 section 4.4.2 */
export function fromTokenRequest(pasted: PastedTokenRequest): FromRequest {
  const { request, parameters, why, address, hasCertificate } = pasted
  const inQuery = parameters === address.query
  const all = (name: string) => parameters.filter(([one]) => one === name).map(([, value]) => value)
  const first = (name: string) =>
    all(name)[0] ?? (secretNames.has(name) ? address.query.find(([one]) => one === name)?.[1] : undefined)
  const client = pastedClient({ request, parameter: first, userinfo: address.userinfo, hasCertificate })
  const grant = grantOf(first('grant_type') ?? '', parameters)
  const isBasic = client.config.token_endpoint_auth_method === 'client_secret_basic'
  const own = ownEntries(
    parameters.filter(
      ([name]) => (!ofTheForm.has(name) || (name === 'client_id' && isBasic)) && !grant.others.includes(name),
    ),
  )
  const fields = ownFields(request.headers, ['accept', 'authorization', 'content-type', 'dpop'])
  const asked = askedFor(all)
  const proof = headerValue(request.headers, 'dpop')
  const url = inQuery ? address.bare : address.url
  const config: PastedConfig = {
    ...(url !== null && url !== '' && { token_endpoint: url }),
    ...client.config,
    ...asked.config,
    parameters: own.kept,
    headers: fields.kept,
    content_type_charset: hasCharset(request),
    dpop: proof === null ? { on: false } : pastedProof(proof),
  }
  return {
    proposal: { kind: 'connection', isWhole: true, config, key: null, call: null },
    ignored: [
      ...grant.ignored,
      ...why,
      ...sentAs(request, inQuery),
      ...client.ignored,
      ...(proof === null
        ? []
        : ['DPoP was signed for one request. The page signs another one, with your key.']),
      ...repeated(parameters),
      ...asked.ignored,
      ...own.ignored,
      ...(inQuery ? [] : [...inUrl(address.secrets, parameters), ...address.ignored]),
      ...fields.ignored,
    ],
  }
}

/** What the form has a field for, or makes itself. */
const ofTheForm: ReadonlySet<string> = new Set([
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'resource',
  'audience',
  'authorization_details',
])

/** Those that many clients put into the URL, where they do not belong. */
const secretNames: ReadonlySet<string> = new Set(['client_id', 'client_secret'])

/** What the request asks for. A value with an unknown part is no member of the form at all. */
function askedFor(all: (name: string) => readonly string[]): {
  readonly config: PastedConfig
  readonly ignored: readonly string[]
} {
  const isKnown = (value: string) => unknownIn(value).length === 0
  const single = (['scope', 'audience', 'authorization_details'] as const).map(
    (name) => [name, all(name)[0] ?? ''] as const,
  )
  const resources = all('resource').filter((value) => value !== '')
  const open = [...single, ...resources.map((value) => ['resource', value] as const)].filter(
    ([, value]) => !isKnown(value),
  )
  return {
    config: {
      ...Object.fromEntries(single.filter(([, value]) => isKnown(value))),
      resource: resources.filter(isKnown),
    },
    ignored: open.slice(0, 10).map(([name, value]) => leftOpen(name, value)),
  }
}

/** Parameters that belong to another grant. */
const grants: Readonly<Record<string, readonly string[]>> = {
  password: ['username', 'password'],
  authorization_code: ['code', 'redirect_uri', 'code_verifier', 'state'],
  refresh_token: ['refresh_token'],
  'urn:ietf:params:oauth:grant-type:jwt-bearer': ['assertion', 'requested_token_use'],
  'urn:ietf:params:oauth:grant-type:saml2-bearer': ['assertion'],
  'urn:ietf:params:oauth:grant-type:device_code': ['device_code'],
  'urn:openid:params:grant-type:ciba': ['auth_req_id'],
  'urn:ietf:params:oauth:grant-type:token-exchange': [
    'subject_token',
    'subject_token_type',
    'actor_token',
    'actor_token_type',
    'requested_token_type',
  ],
}

/** The parameters of another grant, and that they are not used. @see RFC 6749 section 4, RFC 8693 section 2.1 */
function grantOf(
  grant: string,
  parameters: readonly Pair[],
): { readonly others: readonly string[]; readonly ignored: readonly string[] } {
  if (grant === 'client_credentials') return { others: [], ignored: [] }
  const known = Object.hasOwn(grants, grant) ? (grants[grant] ?? []) : []
  const others = known.filter((name) => parameters.some(([one]) => one === name))
  const unused =
    others.length === 0 ? '' : ` ${named(others)} ${others.length === 1 ? 'is' : 'are'} not used.`
  const words = unknownIn(grant).length > 0 ? 'a variable' : `“${quoted(grant)}”`
  return { others, ignored: [`grant_type is ${words}. The page asks for client_credentials.${unused}`] }
}

/** "Request and response parameters MUST NOT be included more than once." @see RFC 6749 section 3.2 */
function repeated(parameters: readonly Pair[]): readonly string[] {
  const seen = new Set<string>()
  const twice = parameters.flatMap(([name]) => {
    const isAgain = seen.has(name)
    seen.add(name)
    return isAgain && ofTheForm.has(name) && name !== 'resource' ? [name] : []
  })
  return twice.length === 0 ? [] : [`${named(twice)}: more than once. The first is used.`]
}

/** "The parameters ... MUST NOT be included in the request URI." @see RFC 6749 section 2.3.1 */
function inUrl(secrets: readonly string[], parameters: readonly Pair[]): readonly string[] {
  const used = secrets.includes('client_secret') && !parameters.some(([name]) => name === 'client_secret')
  return [
    ...secretsLeft(
      secrets.filter((name) => !used || name !== 'client_secret').map((name) => `${name} in the URL`),
    ),
    ...(used ? ['client_secret was in the URL, which is logged. The page sends it in the body.'] : []),
  ]
}

/** How the page sends it otherwise. @see RFC 6749 section 3.2 */
function sentAs({ method, headers, body }: HttpRequest, inQuery: boolean): readonly string[] {
  const type = essence(headerValue(headers, 'content-type') ?? '')
  const isOther = type !== '' && type !== formType && !/json/.test(type) && body !== null
  return [
    ...(/^post$/i.test(method) || (inQuery && method === '')
      ? []
      : [`The method is ${quoted(method)}. The page sends POST.`]),
    ...(isOther ? [`Content-Type is ${listed([quoted(type)])}. The page sends a form.`] : []),
  ]
}

const formType = 'application/x-www-form-urlencoded'

const hasCharset = ({ headers }: HttpRequest): boolean => {
  const type = headerValue(headers, 'content-type') ?? ''
  return essence(type) === formType && /;\s*charset=/i.test(type)
}
