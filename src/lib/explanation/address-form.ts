import { match, type Values } from './pattern.ts'
import type { Addresses } from './server-record.ts'

/** Where a server is; empty if nothing says so. */
export interface ServerAddresses {
  readonly token_endpoint: string
  readonly discovery: string
}

/** What the addresses of a product have in the place of its variables, if their form is one that others do not have; else `null`. */
export function valuesInForm(
  { patterns }: Pick<Addresses, 'patterns'>,
  { token_endpoint, discovery }: ServerAddresses,
): Values | null {
  const [pattern, url] =
    token_endpoint === ''
      ? [patterns.discovery, discovery.replace(/\/\.well-known\/.*$/, '')]
      : [patterns.token_endpoint, token_endpoint]
  const literal = pattern.replace(/\/?\{\w+\}/g, '')
  return common.test(literal) || !pattern.startsWith('{base}') ? null : match(pattern, url)
}

/** Paths that servers of many kinds have. */
const common = /^\/?(?:(?:oauth2?|connect|o|api|auth|v2\.0)\/?)?(?:token\/?)?$/

/** The product whose addresses alone have that form; `null` if there is none, or more than one. */
export function onlyInForm<Server extends Pick<Addresses, 'patterns'> & { readonly group: string }>(
  addresses: ServerAddresses,
  servers: readonly Server[],
): Server | null {
  const alike = servers.filter(
    (server) => server.group !== 'saved' && valuesInForm(server, addresses) !== null,
  )
  return alike.length === 1 ? (alike[0] ?? null) : null
}
