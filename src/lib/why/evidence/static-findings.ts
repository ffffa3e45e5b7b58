import { isBlockedPort, isLoopback } from '../../http/http-url.ts'
import { addressSpace, crossesInto, pageSpace, type AddressSpace } from '../../http/address-space.ts'
import { type Mixed, mixedContentOf } from '../../http/mixed-content.ts'
import type { Evidence, PageFacts, Target } from './evidence.ts'

/** What is known without any network. */
export interface StaticFacts {
  /** Why the URL cannot be fetched at all; `null` if it can. */
  readonly badUrl: 'scheme' | 'credentials' | null
  readonly blockedPort: boolean
  /** http: from a page of https:; `null` if it is none. */
  readonly mixed: Mixed | null
  readonly sameOrigin: boolean
  /** Whether the browser itself may turn from http: to https:, which looks to a page like a redirect. @see RFC 6797 section 8.3 */
  readonly mayBeUpgraded: boolean
  /** Whether this page's origin is `null`, which no list of origins can hold safely. */
  readonly ownOriginNull: boolean
  /** The space that a permission is needed for; `null` if none is. */
  readonly crossesInto: Exclude<AddressSpace, 'public'> | null
  /** Chromium refuses that outright to a page that is no secure context. */
  readonly insecureCrossing: boolean
  /** The other names of this machine, by probe; empty if the host is none of them. */
  readonly otherNames: Readonly<Partial<Record<'localhost' | 'ipv4' | 'ipv6', string>>>
}

const loopbackNames = { localhost: 'localhost', ipv4: '127.0.0.1', ipv6: '[::1]' }

/** Everything that follows from the URL, the page and the rules of browsers. */
export function staticFacts(page: PageFacts, target: Target): StaticFacts {
  const url = URL.canParse(target.url) ? new URL(target.url) : new URL('about:invalid')
  const to = addressSpace(url)
  // WebKit has no permission for the local network, and lets every page go there.
  const crosses = page.engine !== 'webkit' && to !== 'public' && crossesInto(pageSpace(page.origin), to)
  return {
    badUrl: badUrl(url),
    blockedPort: isBlockedPort(url),
    mixed: mixedContentOf(page.origin, page.engine, url),
    sameOrigin: url.origin === page.origin && page.origin !== 'null',
    mayBeUpgraded: url.protocol === 'http:' && !isLoopback(url),
    ownOriginNull: page.origin === 'null',
    crossesInto: crosses ? to : null,
    insecureCrossing: crosses && !page.secureContext,
    otherNames: isLoopback(url) ? namesBeside(url) : {},
  }
}

/** Whether the request can never leave the browser, so that no probe would show more. */
export function isHopeless({ page, target, violation }: Evidence): boolean {
  const { badUrl, blockedPort, mixed } = staticFacts(page, target)
  return violation !== null || badUrl !== null || blockedPort || mixed === 'blocked'
}

function badUrl({ protocol, username, password }: URL): StaticFacts['badUrl'] {
  if (protocol !== 'http:' && protocol !== 'https:') return 'scheme'
  return username !== '' || password !== '' ? 'credentials' : null
}

function namesBeside(url: URL): StaticFacts['otherNames'] {
  return Object.fromEntries(Object.entries(loopbackNames).filter(([, name]) => name !== url.hostname))
}
