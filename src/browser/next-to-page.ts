import type { NextToPage } from '../lib/saved/host-file.ts'

/** Where a file next to the page is: in the document, as in the page in one file, or on the host, if the page came from one. */
export function nextToPage(name: string): NextToPage | null {
  const own = document.querySelector(`script[type="application/json"][id="${name}"]`)
  if (own) return { text: own.textContent }
  return /^https?:$/.test(location.protocol) ? { url: new URL(name, location.href).href } : null
}
