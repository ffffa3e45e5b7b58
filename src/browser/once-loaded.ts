import type { Playground } from '../state/playground.svelte.ts'
import { rememberLeaving } from './leaving.ts'
import { readSite } from './site-file.ts'
import type { BrowserStore } from './store.ts'

/** What is done once the page can be used: none of it is waited for. */
export async function onceLoaded(playground: Playground, store: BrowserStore): Promise<void> {
  const session = await playground.environment.session()
  rememberLeaving(store, session)
  await Promise.allSettled([
    readSite(playground),
    session.read() === null
      ? null
      : import('../state/carry/kept-history.svelte.ts').then(({ restore }) => {
          restore(playground, session)
        }),
  ])
}
