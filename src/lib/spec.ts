import type { sections } from './spec-sections.ts'

/** A section of a specification: its name for the reader, and its address. */
export interface SpecLink {
  readonly label: string
  readonly href: string
}

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

/** What a browser makes of a host name before it sends anything there. */
export const hostParsing: SpecLink = {
  label: 'URL: host parsing',
  href: 'https://url.spec.whatwg.org/#host-parsing',
}
