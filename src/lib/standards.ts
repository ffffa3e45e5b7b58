import type { SpecLink } from './spec.ts'

/** What browsers ask the user before a page from a public address may reach a private one. */
export const localNetworkAccess: SpecLink = {
  label: 'Local Network Access',
  href: 'https://wicg.github.io/local-network-access/',
}

/** What a page of https: may not load over http:. */
export const mixedContent: SpecLink = {
  label: 'Mixed Content: should fetching be blocked',
  href: 'https://w3c.github.io/webappsec-mixed-content/#should-block-fetch',
}

/** The directive that says where a page may connect to. */
export const contentSecurityPolicy: SpecLink = {
  label: 'CSP: connect-src',
  href: 'https://w3c.github.io/webappsec-csp/#directive-connect-src',
}

/** The serializer that RFC 6749 appendix B became in the WHATWG URL Standard. */
export const urlencodedSerializer: SpecLink = {
  label: 'URL: application/x-www-form-urlencoded',
  href: 'https://url.spec.whatwg.org/#urlencoded-serializing',
}

/** A body that is a stream of events, which need never end. */
export const eventStreams: SpecLink = {
  label: 'HTML: event streams',
  href: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
}

/** The registry of claim names. */
export const ianaClaims: SpecLink = {
  label: 'IANA: JSON Web Token Claims',
  href: 'https://www.iana.org/assignments/jwt/jwt.xhtml#claims',
}

const mcpVersion = 'https://modelcontextprotocol.io/specification/2025-11-25'
/** Links to the Model Context Protocol, and to JSON-RPC 2.0, which its messages are. */
export const mcpSpec = {
  transports: { label: 'MCP: transports', href: `${mcpVersion}/basic/transports` },
  tools: { label: 'MCP: tools', href: `${mcpVersion}/server/tools` },
  lifecycle: { label: 'MCP: lifecycle', href: `${mcpVersion}/basic/lifecycle` },
  error: { label: 'JSON-RPC 2.0: errors', href: 'https://www.jsonrpc.org/specification#error_object' },
} as const

/** A link to OpenID Connect Core 1.0, whose claims turn up in access tokens too. */
export function openIdConnect(anchor: 'IDToken' | 'StandardClaims'): SpecLink {
  return {
    label: `OpenID Connect Core ${{ IDToken: '2', StandardClaims: '5.1' }[anchor]}`,
    href: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  }
}
