import type { Sent } from '../base/sent.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'

/** Exchanges that were recorded elsewhere, or before a reload: to look at, and no evidence of anything. */
export interface Archive {
  /** The name of the file, or what it is. */
  readonly name: string
  /** The newest first. */
  readonly entries: readonly Sent[]
}

/** Those of a page, made when something is first looked at. */
export const archivesOf = onePerPage<Playground, Archives>(() => new Archives())

/** What the user looks at of others, or of before a reload. It is no part of History. */
export class Archives {
  #all: readonly Archive[] = $state.raw([])
  #count = 0

  get all(): readonly Archive[] {
    return this.#all
  }

  /** Adds exchanges, in place of those of the same name. Their numbers are negative: no request of this page has one. */
  add({ name, entries }: Archive): void {
    const numbered = entries.map((sent) => {
      this.#count -= 1
      return { ...sent, exchange: { ...sent.exchange, id: this.#count } }
    })
    this.#all = [...this.#all.filter((one) => one.name !== name), { name, entries: numbered }]
  }

  remove(archive: Archive): void {
    this.#all = this.#all.filter((one) => one !== archive)
  }
}
