import { readLink } from '../lib/share/read-link.ts'
import { OpenedLink } from '../state/link.svelte.ts'
import type { Playground } from '../state/playground.svelte.ts'

/** Shows the link that the address has, and uses nothing of it. A place in the page is none. */
export function openLink(playground: Playground): void {
  const { hash } = location
  const read = readLink(hash, playground.connection.known)
  if (read.kind === 'none') return
  playground.link = new OpenedLink(read, playground.connection, {
    beginLesson: async (id) => {
      const { deskOf } = await import('../state/workshop/lessons.svelte.ts')
      return deskOf(playground).begin(id)
    },
    lesson: () => playground.lesson,
    leaveLesson: async () => {
      const { deskOf } = await import('../state/workshop/lessons.svelte.ts')
      deskOf(playground).leave()
    },
    clear: () => {
      // Another link may have come meanwhile.
      if (location.hash === hash) history.replaceState(history.state, '', location.pathname + location.search)
    },
    close: () => {
      playground.link = null
    },
  })
}
