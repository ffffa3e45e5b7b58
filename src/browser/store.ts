import type { Store } from '../state/base/environment.ts'

/** The store of a page that a browser may keep in memory while other pages of the same store run. */
export interface BrowserStore extends Store {
  /** Whether it was cleared since this page was opened, whatever has been written since then. */
  wasCleared(): boolean
}

/**
 * Text under one name in localStorage, which all tabs of this origin share; if the browser denies that, nothing is kept and nothing breaks.
 * @param former what is under this name moves to the other, unless something is there
 */
export function browserStore(name: string, former: string): BrowserStore {
  const mark = `${name} forgotten`
  const lastCleared = () => attempt(() => localStorage.getItem(mark))
  const opened = lastCleared()
  attempt(() => {
    const left = localStorage.getItem(former)
    if (left === null || localStorage.getItem(name) !== null) return
    localStorage.setItem(name, left)
    localStorage.removeItem(former)
  })
  return {
    read: () => attempt(() => localStorage.getItem(name)),
    write: (text) => {
      attempt(() => {
        localStorage.setItem(name, text)
      })
    },
    clear: () => {
      attempt(() => {
        // The removal of what is not there is told to nobody.
        localStorage.setItem(name, '')
        localStorage.removeItem(name)
        localStorage.removeItem(former)
        // All that remains. A page that the browser has in memory sees by it that something was forgotten.
        localStorage.setItem(mark, String(Date.now()))
      })
    },
    wasCleared: () => lastCleared() !== opened,
    follow: (changed) => {
      // It has no key if everything was cleared.
      addEventListener('storage', ({ key }) => {
        if (key === name || key === mark || key === null) changed()
      })
    },
  }
}

/** `null` for a SecurityError (storage blocked, opaque origin) or a QuotaExceededError. */
function attempt<T>(access: () => T): T | null {
  try {
    return access()
  } catch {
    return null
  }
}
