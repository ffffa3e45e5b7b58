/** A section of a specification: its name for the reader, and its address. */
export interface SpecLink {
  readonly label: string
  readonly href: string
}

/**
 * The sections this project refers to. A rule that cites a section must be listed here first, so a mistyped
 * number does not compile and one test can check them all against the published documents.
 */
export const sections = {
  4648: ['5'],
  5915: ['3'],
  5958: ['2', '3'],
  6749: [
    '1.4',
    '1.9',
    '2.2',
    '2.3',
    '2.3.1',
    '3.2',
    '3.2.1',
    '3.3',
    '4.1.2.1',
    '4.4',
    '4.4.2',
    '4.4.3',
    '5.1',
    '5.2',
    '7.1',
    'A.1',
    'A.12',
    'B',
  ],
  6750: ['1.2', '2', '2.1', '2.3', '3', '3.1', '5.3'],
  6761: ['6.3'],
  7009: ['2.1', '2.2', '2.2.1', '2.3', '3'],
  7515: [
    '2',
    '3.1',
    '4.1.1',
    '4.1.2',
    '4.1.3',
    '4.1.4',
    '4.1.5',
    '4.1.6',
    '4.1.7',
    '4.1.8',
    '4.1.9',
    '4.1.10',
    '4.1.11',
    '5.2',
    '7.1',
    'D',
  ],
  7516: ['3.1', '4.1.1', '4.1.2', '4.1.3'],
  7517: ['4', '4.2', '4.3', '4.4', '4.5', '5'],
  7518: [
    '3.1',
    '3.2',
    '3.3',
    '3.4',
    '3.5',
    '3.6',
    '4.1',
    '4.2',
    '4.3',
    '4.4',
    '4.5',
    '4.6',
    '4.6.1.1',
    '4.6.1.2',
    '4.6.1.3',
    '4.7',
    '4.7.1.1',
    '4.7.1.2',
    '4.8',
    '4.8.1.1',
    '4.8.1.2',
    '5.1',
    '5.2',
    '5.3',
  ],
  7519: [
    '2',
    '3',
    '4',
    '4.1.1',
    '4.1.2',
    '4.1.3',
    '4.1.4',
    '4.1.5',
    '4.1.6',
    '4.1.7',
    '4.2',
    '4.3',
    '5.1',
    '5.2',
    '5.3',
    '6',
    '7.2',
    '7.3',
  ],
  7521: ['4.2'],
  7523: ['2.2', '3', '3.2'],
  7591: ['2', '3', '3.1', '3.2.1', '3.2.2'],
  7617: ['2', '2.1'],
  7638: ['3', '3.1', '3.2', '3.3'],
  7662: ['2', '2.1', '2.2', '2.3', '4'],
  7797: ['3', '7'],
  7800: ['3.1', '3.2', '3.3', '3.4', '3.5'],
  8037: ['3.1'],
  8259: ['4', '6', '7', '8.1', '8.3'],
  8414: ['2', '3', '3.1', '3.2', '3.3', '4', '5'],
  8417: ['2.2'],
  8628: ['3.5'],
  8693: ['4.1', '4.2', '4.3', '4.4'],
  8705: ['2', '2.1', '2.2', '3.1', '3.3', '5'],
  8707: ['2', '2.1', '2.2'],
  8725: ['3.2', '3.5', '3.8', '3.9', '3.10', '3.11'],
  8812: ['3.2'],
  9068: ['2.1', '2.2', '2.2.1', '2.2.2', '2.2.3', '2.2.3.1', '3', '4', '5', '6'],
  9110: [
    '4.2.2',
    '4.2.4',
    '4.3.4',
    '5.1',
    '5.3',
    '5.5',
    '5.6.4',
    '7.2',
    '8.3',
    '9.1',
    '9.3.1',
    '9.3.3',
    '9.3.7',
    '10.2.3',
    '11.1',
    '11.2',
    '11.6.1',
    '15.3',
    '15.4',
    '15.5',
    '15.5.2',
    '15.5.4',
    '15.5.5',
    '15.5.6',
    '15.5.14',
    '15.5.16',
    '15.6',
  ],
  9112: ['2.1', '3', '4', '5', '8', '9.5'],
  9396: ['2', '2.1', '2.2', '7', '8', '9.1', '10'],
  9449: ['4.1', '4.2', '4.3', '5', '5.1', '5.2', '6.1', '7.1', '7.2', '8', '8.1', '8.2', '9', '11.1'],
  9457: ['3'],
  9700: ['2.3'],
  9701: ['4', '5'],
  9728: ['1.2', '2', '2.2', '3.1', '3.2', '3.3', '5.1', '7.3', '7.6'],
  9864: ['2.2'],
} as const satisfies Record<number, readonly string[]>

type Rfc = keyof typeof sections

/** A link to a section (`'4.4.2'`) or appendix (`'B'`) of an RFC. */
export function rfc<N extends Rfc>(number: N, section: (typeof sections)[N][number]): SpecLink {
  const anchor = /^[A-Z]/.test(section) ? `appendix-${section}` : `section-${section}`
  const name = /^[A-Z]/.test(section) ? `appendix ${section}` : section
  return {
    label: `RFC ${String(number)} ${name}`,
    href: `https://www.rfc-editor.org/rfc/rfc${String(number)}#${anchor}`,
  }
}

/** Anchors of the WHATWG Fetch Standard, which rules what a page may send and read. */
const fetchAnchors = {
  'cors-preflight-fetch': 'CORS-preflight fetch',
  'cors-safelisted-request-header': 'CORS-safelisted request-header',
  'cors-safelisted-response-header-name': 'CORS-safelisted response-header',
  'concept-filtered-response-opaque-redirect': 'opaque-redirect filtered response',
  'concept-network-error': 'network error',
  'cross-origin-resource-policy-header': 'Cross-Origin-Resource-Policy header',
  'forbidden-method': 'forbidden method',
  'forbidden-request-header': 'forbidden request-header',
  'http-cors-protocol': 'HTTP CORS protocol',
  'port-blocking': 'port blocking',
} as const

/** A link to the WHATWG Fetch Standard. */
export function fetchStandard(anchor: keyof typeof fetchAnchors): SpecLink {
  return { label: `Fetch: ${fetchAnchors[anchor]}`, href: `https://fetch.spec.whatwg.org/#${anchor}` }
}

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

/** What a browser makes of a host name before it sends anything there. */
export const hostParsing: SpecLink = {
  label: 'URL: host parsing',
  href: 'https://url.spec.whatwg.org/#host-parsing',
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
