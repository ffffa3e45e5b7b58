import type { ConnectionChecks } from './connection-checks.svelte.ts'
import type { Page } from './first-evidence.ts'
import type { Sent } from './sent.ts'

/** Why responses are missing; what finds it out is loaded when the first one is. */
export class Why {
  readonly #page: Page
  #checks: ConnectionChecks | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  constructor(page: Page) {
    this.#page = page
  }

  /** `null` until a response is missing, or the connection is checked beforehand. */
  get checks(): ConnectionChecks | null {
    return this.#checks
  }

  /** What kept the page itself from finding out, in the platform's words; `null` when nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Checks the connection before anything is sent. */
  check(): Promise<void> {
    return this.#with((checks) => {
      checks.check()
    })
  }

  /** What a browser keeps to itself is looked for without being asked. */
  ask(sent: Sent): Promise<void> {
    return this.#with((checks) => {
      checks.after(sent)
    })
  }

  async #with(work: (checks: ConnectionChecks) => void): Promise<void> {
    try {
      const { ConnectionChecks } = await import('./connection-checks.svelte.ts')
      this.#checks ??= new ConnectionChecks(this.#page)
      this.#trouble = null
      work(this.#checks)
    } catch (error) {
      this.#trouble = String(error)
    }
  }
}
