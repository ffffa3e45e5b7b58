import type { Store } from '../state/environment.ts'

/** Text under one name in localStorage; if the browser denies that, nothing is kept and nothing breaks. */
export function browserStore(name: string): Store {
  return {
    read: () => attempt(() => localStorage.getItem(name)),
    write: (text) => {
      attempt(() => {
        localStorage.setItem(name, text)
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
