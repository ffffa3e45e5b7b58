import type { HeaderList, HttpRequest } from '../http/message.ts'
import { httpUrl } from '../http/http-url.ts'
import { formType } from '../oauth/compose/form-type.ts'
import { ownHeaders } from '../oauth/compose/own-headers.ts'
import { type ApiCall, bodyOf, emptyApiCall, impliedType, methodOf } from '../oauth/config/api-call.ts'
import { authMethodOf, usesAssertion, usesKey } from '../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { schemeOf } from '../oauth/response/token-facts.ts'
import { pageLane, plannedLanes } from './lanes.ts'
import type { Message, Returned, Sequence } from './sequence.ts'
import { authWords, methodWord, pathOf, preflightWords } from './words.ts'

/** What a plan is made from besides the configuration. */
export interface Plan {
  /** The serialized origin of the page; `null` as text on file://. */
  readonly pageOrigin: string
  /** How the token will be used; without it, a GET of an API that is not chosen yet. */
  readonly call?: ApiCall | null
  /** Whether the server gave out a nonce for proofs before: then it need not ask for one. */
  readonly nonceKnown?: boolean
  /** Whether what goes to that URL goes through the relay, for which no browser asks first. */
  readonly relayed?: (url: string) => boolean
}

const server = 1
const api = 2
const ifAsked = 'if the server asks for a nonce'

/** What this configuration will cause, from the first request to the use of the token. */
export function sequenceOf(config: TokenRequestConfig, plan: Plan): Sequence {
  const call = plan.call ?? { ...emptyApiCall, presentation: config.dpop.on ? 'dpop' : 'bearer' }
  const endpoint = httpUrl(config.token_endpoint.trim())
  const resource = httpUrl(call.url.trim())
  return {
    lanes: [pageLane(plan.pageOrigin), ...plannedLanes(endpoint, resource)],
    messages: [
      ...notes(config),
      ...tokenMessages(config, endpoint, plan),
      ...apiMessages(config, call, resource, plan),
    ],
  }
}

/** What the page does before it sends. */
function notes(config: TokenRequestConfig): Message[] {
  const note = (text: string): Message => ({ kind: 'note', text })
  const assertion = `a client assertion with the ${usesKey(config) ? 'client’s key' : 'client secret'}`
  const signed = [...(usesAssertion(config) ? [assertion] : []), ...(config.dpop.on ? ['a DPoP proof'] : [])]
  return [
    ...(signed.length > 0 ? [note(`signs ${signed.join(' and ')}`)] : []),
    ...(authMethodOf(config).sends === 'certificate'
      ? [note('presents no client certificate: a browser offers none for a page')]
      : []),
  ]
}

function tokenMessages(config: TokenRequestConfig, endpoint: URL | null, plan: Plan): Message[] {
  const { dpop, client_secret, token_endpoint_auth_method: method } = config
  const request = tokenRequest(config, endpoint)
  const path = endpoint === null ? '' : ` ${pathOf(endpoint.href, [client_secret])}`
  const preflight = preflightOf(request, server, path, plan)
  const first = {
    kind: 'call',
    to: server,
    request: `POST${path}`,
    detail: [
      authWords[method],
      ...(dpop.on ? [plan.nonceKnown ? 'DPoP proof with the nonce' : 'DPoP proof'] : []),
    ].join(', '),
    when: '',
    response: provesNothing(config)
      ? expected('most likely refused', 'warn')
      : expected('200 access token', 'ok'),
    exchange: null,
    after: null,
    stopped: null,
  } as const
  if (!dpop.on || plan.nonceKnown || provesNothing(config)) return [...preflight, first]
  const again = preflight.length > 0 ? ', after another preflight' : ''
  return [
    ...preflight,
    { ...first, response: { ...expected('400 use_dpop_nonce', 'warn'), when: ifAsked } },
    { ...first, detail: `a new proof with the nonce${again}`, when: ifAsked },
  ]
}

function apiMessages(config: TokenRequestConfig, call: ApiCall, resource: URL | null, plan: Plan): Message[] {
  const request = apiRequest(config, call, resource)
  const path = resource === null ? '' : ` ${pathOf(resource.href, [config.client_secret])}`
  const scheme = schemeOf(call, null, config)
  // A bound token proves nothing without its proof, and an API must not accept it as a bearer token.
  const whole = call.presentation === 'dpop' || (call.presentation === 'bearer' && !config.dpop.on)
  return [
    ...preflightOf(request, api, path, plan),
    {
      kind: 'call',
      to: api,
      request: `${methodWord(request.method)}${path}`,
      detail:
        call.presentation === 'broken' ? 'token with a broken signature' : presentations[scheme ?? 'none'],
      when: provesNothing(config) ? 'if a token is issued' : '',
      response: whole ? expected('200', 'ok') : expected('most likely 401', 'warn'),
      exchange: null,
      after: null,
      stopped: null,
    },
  ]
}

const presentations = {
  Bearer: 'Bearer token',
  DPoP: 'DPoP-bound token with a new proof',
  none: 'without the token',
} as const

/** Of a client that proves nothing this grant is not. @see RFC 6749 section 4.4 */
function provesNothing(config: TokenRequestConfig): boolean {
  return ['certificate', 'nothing'].includes(authMethodOf(config).sends)
}

const expected = (text: string, tone: Returned['tone']): Returned => ({ text, tone, came: true, when: '' })

function preflightOf(
  request: HttpRequest,
  to: number,
  path: string,
  { pageOrigin, relayed }: Plan,
): Message[] {
  const why = relayed?.(request.url) ? null : preflightWords(request, pageOrigin)
  if (why === null) return []
  return [
    {
      kind: 'preflight',
      to,
      request: `OPTIONS${path}`,
      detail: why,
      response: expected('2xx, allowed', 'plain'),
    },
  ]
}

/** What a browser checks to decide whether to ask: URL, method and header fields, without any that is a secret. */
function tokenRequest(config: TokenRequestConfig, endpoint: URL | null): HttpRequest {
  const headers: HeaderList = [
    ['accept', 'application/json'],
    ['content-type', formType(config)],
    ...authMethodOf(config).headers.map((name) => [name, ''] as const),
    ...(config.dpop.on ? [['dpop', ''] as const] : []),
    ...ownHeaders(config.headers),
  ]
  return { method: 'POST', url: endpoint?.href ?? elsewhere, headers, body: '' }
}

function apiRequest(config: TokenRequestConfig, call: ApiCall, resource: URL | null): HttpRequest {
  const scheme = schemeOf(call, null, config)
  const type = impliedType(call)
  const headers: HeaderList = [
    ...(scheme === null ? [] : [['authorization', ''] as const]),
    ...(scheme === 'DPoP' ? [['dpop', ''] as const] : []),
    ...(type === null ? [] : [['content-type', type] as const]),
    ...ownHeaders(call.headers),
  ]
  return { method: methodOf(call) || 'GET', url: resource?.href ?? elsewhere, headers, body: bodyOf(call) }
}

/** In place of a URL that is not known yet: of another origin than any page. */
const elsewhere = 'https://not-known-yet.invalid/'
