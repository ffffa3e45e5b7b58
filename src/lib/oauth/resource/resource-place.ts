import { httpUrl } from '../../http/http-url.ts'
import type { HttpRequest } from '../../http/message.ts'
import {
  type Attempts,
  discoveryAttempts,
  textProblem,
  unwrapped,
  withoutFragment,
} from '../discovery/discovery.ts'

const wellKnown = '/.well-known/oauth-protected-resource'

/**
 * The URLs at which the metadata of a protected resource may be: the one that the standard makes of its identifier, then
 * that of the root of its origin, where MCP clients look too.
 * "any terminating slash (/) following the host component MUST be removed"; one at the end of a path stays, as does a query.
 * @param resource an absolute http(s) URL
 * @see RFC 9728 section 3.1
 */
export function resourceMetadataUrls(resource: string): readonly string[] {
  return [...new Set([insertedUrl(resource), new URL(resource).origin + wellKnown])]
}

/** The metadata URL that the standard makes of a resource identifier, which has to be a URL. */
export function insertedUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  return origin + wellKnown + (pathname === '/' ? '' : pathname) + search
}

/**
 * The resource identifier that a metadata URL was made of; `null` if the URL has not the registered name in it. Of one
 * that has the name at its end instead, as some append it, what is before it.
 * @param url an absolute URL
 * @see RFC 9728 section 3.1
 */
export function resourceOfDocument(url: string): string | null {
  const { origin, pathname, search } = new URL(url)
  const parts = /^(.*?)\/\.well-known\/oauth-protected-resource(\/.*)?$/.exec(pathname)
  return parts ? origin + (parts[1] ?? '') + (parts[2] ?? '') + search : null
}

/** How the paths of APIs end, and those of issuers do not: `https://host/api/auth` may be an issuer. */
const endings = /\/(?:mcp|sse|graphql|api(?:\/v\d+)?)\/*$/i

/** Whether a path is one of those at which MCP servers listen, to POST requests alone. */
export function isMcpPath(url: string): boolean {
  return /\/(?:mcp|sse)(?:\/|$)/i.test(httpUrl(url)?.pathname ?? '')
}

/** Where the metadata of a resource are asked for. */
interface ResourcePlace {
  /** What the metadata have to name as their `resource`. */
  readonly asked: string
  /** In the order to ask. */
  readonly urls: readonly string[]
}

/** What is asked for a text, and in which order. */
export type Search =
  | {
      readonly ok: true
      /** Where a server describes itself; `null` if the text says that it is about an API. */
      readonly server: Extract<Attempts, { ok: true }> | null
      /** Where an API does; `null` if the text says that it is about a server. */
      readonly resource: ResourcePlace | null
      /** Whether the API is asked before the server. */
      readonly isResource: boolean
    }
  | Extract<Attempts, { ok: false }>

/**
 * What to ask for a text that was typed to find a server by.
 *
 * Whoever has an issuer is served as ever: the places of its metadata come first, so that nothing is slower. Those of an
 * API come after them, and only if they brought nothing. Whoever has the URL of an API that says so by its path gets the
 * reverse, as its server has no metadata there: one request in place of four. The URL of a document, or of an endpoint,
 * says by itself whose it is, and the other kind is not asked for at all. Accepts any text; never throws.
 * @param called the URL that was called, if the text is the `resource_metadata` of the challenge in its response: what the metadata
 * have to name then
 * @see RFC 9728 section 3.1
 * @see RFC 8414 section 3.1
 */
export function searchFor(text: string, called?: string): Search {
  const typed = withoutFragment(unwrapped(text))
  const problem = textProblem(typed)
  if (problem) return { ok: false, problem }
  const { href } = new URL(typed)
  const documented = called ?? resourceOfDocument(href)
  if (documented !== null) {
    return { ok: true, server: null, resource: { asked: documented, urls: [href] }, isResource: true }
  }
  const server = discoveryAttempts(text)
  if (!server.ok) return server
  const resource = server.issuer === null ? null : { asked: typed, urls: resourceMetadataUrls(typed) }
  return {
    ok: true,
    server,
    resource,
    isResource: resource !== null && endings.test(new URL(typed).pathname),
  }
}

/** Composes the request for the metadata of a resource: a plain GET, for which a browser makes no preflight. @see RFC 9728 section 3.1 */
export function composeResourceRequest(url: string): HttpRequest {
  return { method: 'GET', url, headers: [['accept', 'application/json']], body: null }
}
