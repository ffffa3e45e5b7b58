import type { KeyStore } from '../lib/keys/key-store.ts'
import type { Session, Store } from '../state/base/environment.ts'
import type { BrowserStore } from './store.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * Makes the page come back as it was left, if the browser kept it in memory: its fields show what it will send. WebKit
 * empties those with autocomplete=off as it keeps the page. If everything was forgotten meanwhile, in this tab or
 * another, the page forgets it too, even if something was stored again by then.
 */
export function rememberLeaving(store: BrowserStore, session: Session): void {
  const forgetHere = (): void => {
    session.clear()
    openAnew()
  }
  let left: readonly (readonly [field: Field, value: string])[] = []
  let kept: string | null = null
  addEventListener('pagehide', () => {
    kept = store.read()
    left = [...document.querySelectorAll<Field>('input:not([type=file]), textarea')].map((field) => [
      field,
      field.value,
    ])
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    if (store.wasCleared() || (kept !== null && store.read() === null)) {
      forgetHere()
      return
    }
    const fields = left
    left = []
    // WebKit empties them in a task that comes after this event.
    setTimeout(() => {
      for (const [field, value] of fields) if (field.value !== value) field.value = value
    })
  })
  store.follow(() => {
    if (store.wasCleared() || store.read() === null) forgetHere()
  })
  // It was left, kept and shown again before this script came.
  if (store.wasCleared()) forgetHere()
}

/** Lets go of everything: what is kept first, as memory goes with the page. Rejects if the keys cannot be removed, and has forgotten nothing then. */
export async function forget(
  store: Store,
  keyStore: (() => Promise<KeyStore>) | null,
  session: Session,
): Promise<void> {
  if (keyStore) await (await keyStore()).clear()
  store.clear()
  session.clear()
  openAnew()
}

/** Not by a reload, after which Firefox fills fields and choices in as they were. */
function openAnew(): void {
  location.replace(location.pathname + location.search)
}
