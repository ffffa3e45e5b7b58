import { readSiteFile, siteFileName } from '../lib/saved/site-file.ts'
import { plain } from '../state/sent.ts'
import type { Playground } from '../state/playground.svelte.ts'

/** The element of the page in one file that has the same text in it. */
const embedded = `script[type="application/json"][id="${siteFileName}"]`

/**
 * Reads what whoever hosts the page says of it, and does so: from the document if it is in there, else by one request for
 * the file next to the page, if that came from a server. A file that is not there says nothing.
 */
export async function readSite(playground: Playground): Promise<void> {
  const own = document.querySelector(embedded)
  const text = own ? own.textContent : await fetched(playground)
  const { connection } = playground
  if (text === null || text.trim() === '{}') return
  const site = readSiteFile(text, connection.known)
  playground.site = site
  if (site.title !== null) document.title = site.title
  // What was sent has its response on screen, or will have: the form next to it stays.
  const isBusy = playground.view !== null || playground.sending !== null
  connection.offer(site.servers ?? connection.known, site.server, isBusy)
}

/** The text of the file; `null` if there is none. A host that has a page for everything that is missing gives HTML. */
async function fetched({ exchanges, connection }: Playground): Promise<string | null> {
  if (!/^https?:$/.test(location.protocol)) return null
  const request = {
    method: 'GET',
    url: new URL(siteFileName, location.href).href,
    headers: [['Accept', 'application/json']] as const,
    body: null,
  }
  const intent = plain('host', connection.config)
  const { outcome } = await exchanges.askHost(request, 'How this copy of the page is set up', intent)
  if (outcome.kind !== 'response' || outcome.response.status !== 200) return null
  const text = new TextDecoder().decode(outcome.response.body)
  return text.trimStart().startsWith('<') ? null : text
}
