import type { HttpRequest } from '../http/message.ts'
import { predictPreflight } from '../http/preflight.ts'
import type { AuthMethod } from '../oauth/config/auth-methods.ts'
import { hidesSecret } from '../text/hides-secret.ts'
import { quoted } from '../text/quoted.ts'

const withoutCertificate = 'client ID, and no certificate'

/** How the client authenticates. */
export const authWords: Readonly<Record<AuthMethod, string>> = {
  client_secret_basic: 'client ID and secret in the Authorization header',
  client_secret_post: 'client ID and secret in the body',
  client_secret_jwt: 'client assertion signed with the client secret',
  private_key_jwt: 'client assertion signed with the client’s key',
  tls_client_auth: withoutCertificate,
  self_signed_tls_client_auth: withoutCertificate,
  none: 'client ID alone',
}

/** How much of a path is shown. */
const longestPath = 80

/** The path of a URL, without a query and without what may be a secret. */
export function pathOf(url: string, secrets: readonly string[]): string {
  const { pathname } = new URL(url)
  const hides = (text: string): boolean => secrets.some((secret) => hidesSecret(text, secret))
  const segments = pathname.split('/').map((segment) => (hides(segment) ? '…' : segment))
  const path = hides(segments.join('/')) ? '/…' : segments.join('/')
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path
}

/** An error code of a response, `null` for what is none or may be a secret. */
export function codeIn(error: string | undefined, secrets: readonly string[]): string | null {
  if (error === undefined || !/^[a-z]+(?:[_-][a-z]+)*$/i.test(error) || error.length > 40) return null
  return secrets.some((secret) => hidesSecret(error, secret)) ? null : error
}

/** The method as it is shown: a user can type anything for one. */
export function methodWord(method: string): string {
  return quoted(method).slice(0, 20)
}

/** Why a browser asks before this request, `null` if it does not: because of the method, header fields, or both. */
export function preflightWords(request: HttpRequest, pageOrigin: string): string | null {
  const preflight = predictPreflight(request, pageOrigin)
  if (!preflight) return null
  const names = preflight.request.headers.find(([name]) => name === 'access-control-request-headers')?.[1]
  const sends = names === undefined ? [] : [`send ${quoted(names.replaceAll(',', ', '))}`]
  const uses =
    preflight.reasons.length > (names?.split(',').length ?? 0) ? [`use ${methodWord(request.method)}`] : []
  return `the browser asks whether it may ${[...uses, ...sends].join(' and ')}`
}
