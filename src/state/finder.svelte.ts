import type { Connection } from './connection.svelte.ts'
import type { Ask, Discovery } from './discovery.svelte.ts'

/** Shows an exchange by its number, unless the user has opened another one meanwhile. */
type Opener = (exchange: number) => Promise<unknown> | undefined

/** Finds a server by what was typed; what does so is loaded when it is first asked for. */
export class Finder {
  readonly #connection: Connection
  readonly #ask: Ask
  readonly #origin: string
  readonly #opener: () => Opener
  #discovery: Discovery | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  /**
   * @param ask sends a request that is for metadata
   * @param origin of the page
   * @param opener gives, at the start, what shows an exchange at the end
   */
  constructor(connection: Connection, ask: Ask, origin: string, opener: () => Opener) {
    this.#connection = connection
    this.#ask = ask
    this.#origin = origin
    this.#opener = opener
  }

  /** `null` until somebody looks for a server. */
  get discovery(): Discovery | null {
    return this.#discovery
  }

  /** What kept the page from looking, in the platform's words; `null` when nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  forgetTrouble(): void {
    this.#trouble = null
  }

  async load(): Promise<Discovery> {
    const { Discovery } = await import('./discovery.svelte.ts')
    this.#discovery ??= new Discovery(this.#connection, this.#ask, this.#origin)
    return this.#discovery
  }

  async find(): Promise<void> {
    const open = this.#opener()
    const still = this.#connection.still(({ discovery }) => discovery)
    try {
      const discovery = await this.load()
      if (!still()) return
      await discovery.find()
      // What the server says of itself is in the form by now; if it said nothing, the reason is in the response.
      const { failed } = discovery
      if (failed !== null) await open(failed)
    } catch (error) {
      this.#trouble = String(error)
    }
  }
}
