import type { Session } from '../state/base/environment.ts'

/**
 * Text of this tab in sessionStorage; if the browser denies that, nothing is kept and nothing breaks. What was written before
 * everything was forgotten, in this tab or another, is not read again.
 * @param name as that of `browserStore`, whose mark says when that was
 */
export function browserSession(name: string): Session {
  const own = `${name} history`
  let kept: (() => string) | null = null
  let isListening = false
  const clear = (): void => {
    kept = null
    attempt(() => {
      sessionStorage.removeItem(own)
    })
  }
  const write = (text: string): void => {
    attempt(() => {
      sessionStorage.setItem(own, `${Date.now()} ${text}`)
    })
  }
  return {
    read: () => {
      const [, written = '', text = null] =
        /^(\d+) (.*)$/s.exec(attempt(() => sessionStorage.getItem(own)) ?? '') ?? []
      const forgotten = attempt(() => localStorage.getItem(`${name} forgotten`))
      if (text === null || Number(written) > Number(forgotten ?? 0)) return text
      clear()
      return null
    },
    write,
    clear,
    whenLeft: (callback) => {
      kept = callback
      if (isListening) return
      isListening = true
      addEventListener('pagehide', () => {
        if (kept) write(kept())
      })
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted && kept) write('')
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
