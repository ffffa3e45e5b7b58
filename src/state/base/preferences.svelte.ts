import { parseSettings, validTimeout, type Settings, type Theme } from '../../lib/saved/settings.ts'
import type { Store } from './environment.ts'

/**
 * The settings that survive a reload. Every change is written at once, on top of what is stored by then: another tab may
 * have saved something since this one read it.
 */
export class Preferences {
  readonly #store: Store
  #settings: Settings
  /** The text that the settings were read from or written as; `null` also in a browser that keeps nothing. */
  #stored: string | null

  constructor(store: Store) {
    this.#store = store
    this.#stored = store.read()
    this.#settings = $state.raw(parseSettings(this.#stored))
    store.follow(() => {
      this.#read()
    })
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Whether each claim is shown with what it means; before a room, it always is. */
  get explain(): boolean {
    return this.#settings.explain || this.#settings.projector
  }

  chooseTheme(theme: Theme): void {
    this.update(() => ({ theme }))
  }

  /** Seconds; a value out of bounds changes nothing. */
  setTimeout(seconds: number): void {
    const timeout = validTimeout(seconds)
    if (timeout !== null) this.update(() => ({ timeout }))
  }

  /** @param change receives the settings as they are stored now */
  update(change: (now: Settings) => Partial<Settings>): void {
    this.#read()
    this.#settings = { ...this.#settings, ...change(this.#settings) }
    this.#store.write(JSON.stringify(this.#settings))
    // What a full or denied store has not kept is not taken for the change of another tab.
    this.#stored = this.#store.read()
  }

  #read(): void {
    const text = this.#store.read()
    if (text === this.#stored) return
    this.#stored = text
    this.#settings = parseSettings(text)
  }
}

/** What is to be seen of secrets: `withheld` if not even a masked field has them, as a room may see or hear it. */
export type Secrecy = 'shown' | 'masked' | 'withheld'

/** Whether secrets are shown, wherever they are; never stored, and never before a room. */
export class Secrets {
  readonly #preferences: Preferences
  #shown = $state(false)

  constructor(preferences: Preferences) {
    this.#preferences = preferences
  }

  get seen(): Secrecy {
    if (this.#preferences.settings.projector) return 'withheld'
    return this.#shown ? 'shown' : 'masked'
  }

  get shown(): boolean {
    return this.seen === 'shown'
  }

  /** Before a room nothing changes: what was chosen is there again after it. */
  set shown(show: boolean) {
    if (this.seen !== 'withheld') this.#shown = show
  }
}
