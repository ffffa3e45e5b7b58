import { isPrivateHost } from './address-space.ts'
import type { Engine } from './engine.ts'
import { isLoopback } from './http-url.ts'

/**
 * Why a page of https: may not call http:. `exempt`: Chromium lets it, with the permission for the local network.
 * `loopback`: WebKit blocks its own machine too, which the specification and the others let pass.
 */
export type Mixed = 'blocked' | 'exempt' | 'loopback'

/**
 * Whether a request is mixed content to that browser; `null` if it is none. WebKitGTK 2.50 (Safari 26) sends nothing to
 * http://localhost from a page of https:, measured, and shows the page nothing but “Load failed”.
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function mixedContentOf(pageOrigin: string, engine: Engine, url: URL): Mixed | null {
  if (!pageOrigin.startsWith('https:') || url.protocol !== 'http:') return null
  if (isLoopback(url)) return engine === 'webkit' ? 'loopback' : null
  return engine === 'chromium' && isPrivateHost(url) ? 'exempt' : 'blocked'
}
