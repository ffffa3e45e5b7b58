import { readFileSync } from 'node:fs'
import type { HeaderList, HttpRequest, HttpResponse, Outcome } from '../../src/lib/http/message.ts'
import { headerValue } from '../../src/lib/http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../../src/lib/oauth/config/config.ts'
import type { Captured } from './expectation.ts'
import { relay } from './expected/causes-token.ts'

export interface CapturedExchange {
  readonly server: string
  readonly case: string
  readonly request: HttpRequest
  readonly response: {
    readonly status: number
    readonly reason: string
    readonly headers: HeaderList
    readonly body: string
  }
}

const files = new Map<Captured, readonly string[]>()

/** The exchange in that line of a captured file; the `[` is line 1. */
export function capturedAt(file: Captured, line: number): CapturedExchange {
  const read = () => readFileSync(new URL(`captured/${file}.json`, import.meta.url), 'utf8').split('\n')
  const lines = files.get(file) ?? read()
  files.set(file, lines)
  return JSON.parse((lines[line - 1] ?? '').replace(/,$/, '')) as CapturedExchange
}

/** Fields that a page may read whatever the server exposes. @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
const safelisted =
  /^(cache-control|content-language|content-length|content-type|expires|last-modified|pragma)$/i

/**
 * What a page at that origin has of a response: nothing without CORS, and of the header fields those that are exposed.
 * Through the relay it has everything, a redirect with its Location included.
 */
export function asSeenByPage({ response }: CapturedExchange, origin: string): Outcome {
  // Two fields arrive as one value, which is neither.
  const allowed = response.headers
    .filter(([name]) => name.toLowerCase() === 'access-control-allow-origin')
    .map(([, value]) => value)
    .join(', ')
  const seesAll = origin === relay
  const none = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
  if (!seesAll && allowed !== '*' && allowed !== origin) return none
  if (!seesAll && response.status >= 300 && response.status < 400) return { kind: 'opaque-redirect' }
  const exposed = (headerValue(response.headers, 'access-control-expose-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  const read: HttpResponse = {
    status: response.status,
    statusText: response.reason,
    headers: response.headers.filter(
      ([name]) =>
        seesAll || safelisted.test(name) || exposed.includes(name.toLowerCase()) || exposed.includes('*'),
    ),
    body: new TextEncoder().encode(response.body),
  }
  return { kind: 'response', response: read }
}

/** Whether the same path with a slash more or less is where the redirect leads: something is there. */
export function leadsToSlash({ request: { url }, response: { headers } }: CapturedExchange): boolean {
  const { pathname } = new URL(url)
  const to = new URL(headerValue(headers, 'location') ?? '', url).pathname
  return to !== pathname && to.replace(/\/$/, '') === pathname.replace(/\/$/, '')
}

/** A configuration that makes such a request, as far as explanations go by it. */
export function configOf({ url, headers, body }: HttpRequest): TokenRequestConfig {
  const parameters = new URLSearchParams(body ?? '')
  const basic = readBasic(headerValue(headers, 'authorization') ?? '')
  const text = (name: string) => parameters.get(name) ?? ''
  const shared = {
    ...emptyConfig,
    token_endpoint: url,
    issuer: new URL(url).origin,
    scope: text('scope'),
    resource: parameters.getAll('resource'),
    audience: text('audience'),
    authorization_details: text('authorization_details'),
    dpop: { ...emptyConfig.dpop, on: headerValue(headers, 'dpop') !== null },
  }
  if (basic) return { ...shared, ...basic, token_endpoint_auth_method: 'client_secret_basic' }
  const client = { ...shared, client_id: text('client_id'), client_secret: text('client_secret') }
  if (parameters.has('client_assertion')) return { ...client, token_endpoint_auth_method: 'private_key_jwt' }
  const method = parameters.has('client_secret') ? 'client_secret_post' : 'none'
  return { ...client, token_endpoint_auth_method: method }
}

function readBasic(
  authorization: string,
): Pick<TokenRequestConfig, 'client_id' | 'client_secret' | 'basic_encoding'> | null {
  const [, base64] = /^basic +(\S*)/i.exec(authorization) ?? []
  if (base64 === undefined) return null
  const joined = Buffer.from(base64, 'base64').toString('utf8')
  const at = joined.indexOf(':')
  const [id, secret] = [joined.slice(0, at), joined.slice(at + 1)]
  const decoded = (value: string) => new URLSearchParams(`v=${value}`).get('v') ?? ''
  const encoded = (value: string) => new URLSearchParams([['', value]]).toString().slice(1)
  const isForm = [id, secret].every((value) => encoded(decoded(value)) === value)
  return isForm
    ? { client_id: decoded(id), client_secret: decoded(secret), basic_encoding: 'form' }
    : { client_id: id, client_secret: secret, basic_encoding: 'raw' }
}
