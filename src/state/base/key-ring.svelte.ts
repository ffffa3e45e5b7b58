import type { Key } from '../../lib/keys/key.ts'
import type { KeyStore } from '../../lib/keys/key-store.ts'

/** The keys there are to sign with: in memory, and on this device only those the user asked to be remembered. */
export class KeyRing {
  readonly #store: (() => Promise<KeyStore>) | null
  readonly #changed: () => void
  #keys: readonly Key[] = $state.raw([])
  #remembered: readonly string[] = $state.raw([])
  #trouble: string | null = $state.raw(null)
  #last = Promise.resolve()

  /** `store` is `null` if nothing can be remembered; `changed` is called on every change of the ring. */
  constructor(store: (() => Promise<KeyStore>) | null, changed: () => void) {
    this.#store = store
    this.#changed = changed
  }

  get keys(): readonly Key[] {
    return this.#keys
  }

  /** Whether this page can remember keys at all. */
  get canRemember(): boolean {
    return this.#store !== null
  }

  /** Why the device did not do what was asked, in the platform's words; `null` when it did. */
  get trouble(): string | null {
    return this.#trouble
  }

  readonly find = (thumbprint: string): Key | undefined =>
    this.#keys.find((key) => key.thumbprint === thumbprint)

  isRemembered(thumbprint: string): boolean {
    return this.#remembered.includes(thumbprint)
  }

  /** Puts a key into the ring, in place of any with the same thumbprint. */
  put(key: Key): void {
    const known = this.find(key.thumbprint) !== undefined
    this.#keys = known
      ? this.#keys.map((one) => (one.thumbprint === key.thumbprint ? key : one))
      : [...this.#keys, key]
    if (this.isRemembered(key.thumbprint)) void this.remember(key.thumbprint)
    this.#changed()
  }

  /** Puts another version of a key in its place, if it is still there. */
  replace(key: Key): void {
    if (this.find(key.thumbprint)) this.put(key)
  }

  /** Out of the ring at once, and off the device whatever is under way there. */
  async remove(thumbprint: string): Promise<void> {
    this.#keys = this.#keys.filter((key) => key.thumbprint !== thumbprint)
    this.#changed()
    await this.forget(thumbprint)
  }

  /** Keeps a key on this device: for non-extractable ones only, which the store makes sure of. */
  async remember(thumbprint: string): Promise<void> {
    await this.#ask(async (store) => {
      const key = this.find(thumbprint)
      if (!key) return
      await store.put(key)
      this.#remembered = [...this.#remembered.filter((one) => one !== thumbprint), thumbprint]
    })
  }

  async forget(thumbprint: string): Promise<void> {
    await this.#ask(async (store) => {
      await store.remove(thumbprint)
      this.#remembered = this.#remembered.filter((one) => one !== thumbprint)
    })
  }

  /** Brings back what was remembered; keys already in the ring stay as they are. */
  async load(): Promise<void> {
    await this.#ask(async (store) => {
      const stored = await store.all()
      const thumbprints = stored.map(({ thumbprint }) => thumbprint)
      const others = this.#remembered.filter((one) => !thumbprints.includes(one))
      this.#remembered = [...others, ...thumbprints]
      this.#keys = [...this.#keys, ...stored.filter(({ thumbprint }) => !this.find(thumbprint))]
    })
    this.#changed()
  }

  /** One task after the other: what was asked last has the last word. */
  #ask(task: (store: KeyStore) => Promise<void>): Promise<void> {
    this.#last = this.#last.then(() => this.#run(task))
    return this.#last
  }

  async #run(task: (store: KeyStore) => Promise<void>): Promise<void> {
    if (!this.#store) return
    try {
      await task(await this.#store())
      this.#trouble = null
    } catch (error) {
      // A private window, a full disk, storage switched off, or the code for it did not load
      this.#trouble = error instanceof Error ? error.message : String(error)
    }
  }
}
