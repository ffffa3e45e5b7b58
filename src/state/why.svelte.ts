import type { ConnectionChecks } from './connection-checks.svelte.ts'
import type { Page } from './first-evidence.ts'
import type { Sent } from './base/sent.ts'

/** Far more than a line of a log has. */
const longest = 4000

/** Why responses are missing or refuse; what finds it out is loaded when the first one is. */
export class Why {
  readonly #page: Page
  #checks: ConnectionChecks | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)
  /** Lines of logs, by the number of the exchange they are about. */
  #lines: Readonly<Record<number, string>> = $state.raw({})

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

  /** What the user copied out of a log about that exchange; empty for nothing. */
  lineOf(id: number): string {
    return this.#lines[id] ?? ''
  }

  keep(id: number, line: string): void {
    this.#lines = { ...this.#lines, [id]: line.slice(0, longest) }
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
