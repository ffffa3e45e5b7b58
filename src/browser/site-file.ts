import { hostFile } from '../lib/saved/host-file.ts'
import { readSiteFile, siteFileName } from '../lib/saved/site-file.ts'
import type { Playground } from '../state/playground.svelte.ts'
import { plain } from '../state/base/sent.ts'
import { nextToPage } from './next-to-page.ts'

/** Reads what whoever hosts the page says of it, and does so. A file that is not there says nothing. */
export async function readSite(playground: Playground): Promise<void> {
  const { connection, exchanges } = playground
  const purpose = 'How this copy of the page is set up'
  // The page works without it.
  const text = await hostFile(nextToPage(siteFileName), (request) =>
    exchanges.askHost(request, purpose, plain('host', connection.config)),
  ).catch(() => null)
  if (text === null || text.trim() === '{}') return
  const site = readSiteFile(text, connection.known)
  playground.site = site
  if (site.title !== null) document.title = site.title
  // What was sent has its response on screen, or will have: the form next to it stays.
  const isBusy = playground.view !== null || playground.sending !== null
  connection.offer(site.servers ?? connection.known, site.server, isBusy)
}
