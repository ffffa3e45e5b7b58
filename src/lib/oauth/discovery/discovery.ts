import { rfc } from '../../spec.ts'
import { checkEndpoint } from '../check/check-endpoint.ts'
import { withoutSlash } from '../../http/http-url.ts'
import type { Problem } from '../check/problem.ts'
import { strayText } from '../../text/stray-text.ts'
import { allowInsecureRequests, customFetch, discoveryRequest } from 'oauth4webapi'
import type { HttpRequest } from '../../http/message.ts'

/** Something to be said of what was typed to find a server by, with a text to put in its place if that helps. */
export type DiscoveryNote = Pick<Problem, 'message' | 'fix' | 'spec'>

/** Where a server's metadata may be, in the order to ask. */
export type Attempts =
  | {
      readonly ok: true
      /**
       * The issuer identifier that was typed, which the metadata must name; `null` if a document or an endpoint was
       * typed, so that the issuer is derived from the URL asked, see `issuerOfDocument`.
       */
      readonly issuer: string | null
      /** Absolute http(s) URLs, each once. */
      readonly urls: readonly string[]
      readonly notes: readonly DiscoveryNote[]
    }
  | { readonly ok: false; readonly problem: DiscoveryNote }

/** No URL in use is longer; more than this is something else that was pasted. */
const longest = 4096

/**
 * The URLs at which the metadata of a server may be found, from its issuer identifier, the URL of the document, or an
 * endpoint that was typed by mistake. Accepts any text; never throws.
 * @see RFC 8414 sections 3.1 and 5
 */
export function discoveryAttempts(text: string): Attempts {
  const typed = unwrapped(text)
  const problem = textProblem(typed)
  if (problem) return { ok: false, problem }
  const { href } = new URL(withoutFragment(typed))
  const documented = issuerOfDocument(href)
  const guessed = issuerOfEndpoint(href)
  if (documented !== null && guessed === null) {
    return { ok: true, issuer: null, urls: unique([href, ...metadataUrls(documented)]), notes: [] }
  }
  const issuer = typed.replace(/[?#].*$/s, '')
  const notes = [...queryNote(typed, issuer), ...endpointNote(guessed)]
  if (guessed === null) return { ok: true, issuer, urls: metadataUrls(issuer), notes }
  const asTyped = documented === null ? metadataUrls(issuer) : []
  return { ok: true, issuer: null, urls: unique([...metadataUrls(guessed), ...asTyped]), notes }
}

/**
 * The issuer identifier a metadata URL belongs to, without a slash at its end, which such a URL does not show; `null`
 * if the URL has neither of the registered names in it.
 * @see RFC 8414 section 3.1
 */
export function issuerOfDocument(url: string): string | null {
  const { origin, pathname } = new URL(url)
  const parts = /^(.*?)\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(\/.*)?$/.exec(
    pathname,
  )
  return parts ? withoutSlash(origin + (parts[1] ?? '') + (parts[2] ?? '')) : null
}

/** The standard's own form first, then those servers had before it. Without a path there are but two. */
function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  // "any terminating "/" MUST be removed before inserting"
  const path = withoutSlash(pathname)
  return unique([
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}${path}/.well-known/oauth-authorization-server`,
  ])
}

/** What keeps a text from being a URL to ask at, or to be asked from; `null` if nothing does. */
export function textProblem(typed: string): DiscoveryNote | null {
  if (typed.trim() === '')
    return { message: 'Enter an issuer identifier, or the URL of a discovery document.' }
  if (typed.startsWith('{')) return { message: 'This is JSON, and not a URL. Metadata can be pasted below.' }
  if (typed.length > longest) return { message: `This is too long for a URL: ${typed.length} characters.` }
  const placeholder = /\{[^{}]*\}|<[^<>]*>/.exec(typed)?.[0]
  if (placeholder !== undefined) return { message: `Put your own value in place of ${placeholder}.` }
  const problem = checkEndpoint(typed)
  return problem?.level === 'error' || problem?.level === 'missing' ? problem : null
}

function queryNote(typed: string, issuer: string): DiscoveryNote[] {
  if (typed === issuer) return []
  const message = 'An issuer identifier has no query and no fragment: what follows it is left out here.'
  return [{ message, fix: { label: 'Remove it', value: issuer }, spec: rfc(8414, '2') }]
}

function endpointNote(issuer: string | null): DiscoveryNote[] {
  if (issuer === null) return []
  const message = `This looks like an endpoint, and not like an issuer: its server is looked for at ${issuer} first.`
  return [{ message, fix: { label: 'Use that', value: issuer }, spec: rfc(8414, '3.1') }]
}

/** Without what a paste brings along: white space, characters nobody sees, brackets, the quotes and the comma of JSON. */
export function unwrapped(text: string): string {
  if (text.length > 2 * longest) return text.trim()
  const cleaned = strayText(text)?.cleaned ?? text
  const bare = cleaned.replace(/^["'`]+|["'`,;]+$/g, '')
  return /^<(https?:[^<>]*)>$/i.exec(bare)?.[1] ?? bare
}

export const withoutFragment = (url: string): string => url.replace(/#.*$/s, '')
const unique = (urls: readonly string[]): string[] => [...new Set(urls)]

/** What endpoints are called, as the last step of a path. */
const operation =
  '(?:token|token_info|access_token|introspect|introspection|revoke|revocation|authorize|userinfo|jwks|jwks\\.json|certs)'

const ending = (pattern: string): RegExp => new RegExp(`${pattern}/*$`, 'i')

/** How the paths of servers end at an endpoint, and what an issuer has there instead; the first that fits counts. */
const endings: readonly (readonly [ending: RegExp, instead: string])[] = [
  // Keycloak
  [ending('/protocol/openid-connect/.*'), ''],
  // Microsoft Entra ID
  [ending('/oauth2/v2\\.0/\\w+'), '/v2.0'],
  [ending('/discovery/v2\\.0/keys'), '/v2.0'],
  // Duende IdentityServer, HelseID
  [ending('/\\.well-known/openid-configuration/jwks'), ''],
  [ending('/\\.well-known/jwks(?:\\.json)?'), ''],
  // Okta: its own server, then those one can add
  [ending('/oauth2/v1/\\w+'), ''],
  [ending(`/v1/${operation}`), ''],
  // PingFederate
  [ending('/as/token\\.oauth2'), ''],
  // Salesforce
  [ending('/services/oauth2/\\w+'), ''],
  // SimpleIdServer, OpenIddict, Hydra, Spring, Auth0 and most others
  [ending(`(?:/(?:connect|oauth2?|mtls))*/${operation}(?:/${operation})?`), ''],
]

/** The issuer that an endpoint belongs to, guessed from how its path ends; `null` if it ends like none. */
export function issuerOfEndpoint(url: string): string | null {
  const { origin, pathname } = new URL(url)
  const known = endings.find(([end]) => end.test(pathname))
  return known ? origin + pathname.replace(known[0], known[1]) : null
}

/**
 * Composes the request for the metadata at one of the URLs of `discoveryAttempts`: a plain GET, for which a browser
 * makes no preflight. oauth4webapi builds it but for the URL, as two rules for one cannot express all that are tried.
 * @see RFC 8414 section 3.1
 */
export async function composeDiscoveryRequest(url: string): Promise<HttpRequest> {
  let recorded: HttpRequest | undefined
  await discoveryRequest(new URL(url), {
    [allowInsecureRequests]: true,
    [customFetch]: (_own, { method, headers }) => {
      recorded = { method, url, headers: Object.entries(headers), body: null }
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  if (!recorded) throw new Error('oauth4webapi did not call its fetch')
  return recorded
}
