import type { Store } from '../state/environment.ts'

/**
 * Text under one name in localStorage, which all tabs of this origin share; if the browser denies that, nothing is kept and nothing breaks.
 * @param former what is under this name moves to the other, unless something is there
 */
export function browserStore(name: string, former: string): Store {
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
      })
    },
    follow: (changed) => {
      // It has no key if everything was cleared.
      addEventListener('storage', ({ key }) => {
        if (key === name || key === null) changed()
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
