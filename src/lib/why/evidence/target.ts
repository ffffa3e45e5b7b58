import { type HeaderList, headerValue, type HttpRequest } from '../../http/message.ts'
import { predictPreflight } from '../../http/preflight.ts'
import type { About, Target } from './evidence.ts'
import { isSecretName } from '../../text/hides-secret.ts'

/**
 * What of a request from a page of that origin the diagnosis goes by: nothing that is secret. `avoidable` says whether
 * it can be sent so that the browser asks nothing first.
 */
export function targetOf(
  { url, method, ...rest }: HttpRequest,
  origin: string,
  about: About,
  avoidable: boolean,
): Target {
  const preflight = predictPreflight({ url, method, ...rest }, origin)?.request.headers ?? []
  const asks = headerValue(preflight, 'access-control-request-headers')?.split(',') ?? []
  return {
    url,
    method,
    asks,
    about,
    avoidable: avoidable && asks.length > 0 && asks.every((name) => name === 'authorization'),
    token: about === 'api' ? tokenIn(rest.headers) : null,
  }
}

/** Of three parts that points separate, as a signed token has. @see RFC 7515 section 7.1 */
function tokenIn(headers: HeaderList): Target['token'] {
  const value = headerValue(headers, 'authorization')?.trim() ?? ''
  if (value === '') return headers.some(([name]) => isSecretName(name)) ? null : 'none'
  if (/^basic\b/i.test(value)) return null
  const token = value.replace(/^\S+ +/, '')
  return /^[\w-]+\.[\w-]+\.[\w-]*/.test(token) ? 'JWT' : 'opaque'
}

/** The URL with `probe` in place of what a member of its query that is named like a secret has. */
export function withoutSecrets(href: string): string {
  const url = new URL(href)
  for (const name of new Set(url.searchParams.keys()))
    if (isSecretName(name)) url.searchParams.set(name, 'probe')
  return url.href
}
