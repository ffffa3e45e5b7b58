import { parseSettings, validTimeout, type Settings, type Theme } from '../lib/saved/settings.ts'
import type { Store } from './environment.ts'

/** The settings that survive a reload. Every change is written at once. */
export class Preferences {
  readonly #store: Store
  #settings: Settings

  constructor(store: Store) {
    this.#store = store
    this.#settings = $state.raw(parseSettings(store.read()))
  }

  get settings(): Settings {
    return this.#settings
  }

  chooseTheme(theme: Theme): void {
    this.update({ theme })
  }

  /** Seconds; a value out of bounds changes nothing. */
  setTimeout(seconds: number): void {
    const timeout = validTimeout(seconds)
    if (timeout !== null) this.update({ timeout })
  }

  update(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change }
    this.#store.write(JSON.stringify(this.#settings))
  }
}
