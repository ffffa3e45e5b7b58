import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Connected } from '../lib/share/link-config.ts'
import type { ReadLink } from '../lib/share/read-link.ts'
import type { Connection } from './connection.svelte.ts'

/** What a link does outside of the form. */
export interface LinkEffects {
  /** Begins a lesson by its name; `false` if this copy of the page has none of it. */
  readonly beginLesson: (id: string) => Promise<boolean>
  /** Removes it from the address, so that a reload does not ask again. */
  readonly clear: () => void
  /** Removes what is shown of it. */
  readonly close: () => void
}

/** What was there before a link was used: the server in use, and what the form had for the server of the link. */
interface Before {
  readonly server: string
  readonly config: TokenRequestConfig
}

/** A link that the address had. It changes nothing before the user says so, what it changed is put back in one click, and it sends nothing. */
export class OpenedLink {
  readonly read: Exclude<ReadLink, { kind: 'none' }>
  readonly #connection: Connection
  readonly #effects: LinkEffects
  #before: Before | null = $state.raw(null)
  /** What the form had when the user went back: what was typed since comes again with the link. */
  #after: TokenRequestConfig | null = null
  #problem: string | null = $state.raw(null)

  constructor(read: OpenedLink['read'], connection: Connection, effects: LinkEffects) {
    this.read = read
    this.#connection = connection
    this.#effects = effects
  }

  /** Whether the form is as the link says, or as it was changed since. */
  get isUsed(): boolean {
    return this.#before !== null
  }

  /** What of the link this copy of the page does not have; `null` for nothing. */
  get problem(): string | null {
    return this.#problem
  }

  /** Fills in the form, and begins the lesson. */
  async use(): Promise<void> {
    if (this.read.kind === 'refused' || this.isUsed) return
    const { connection, lesson } = this.read
    const before = connection && this.#lookAt(connection)
    const hasBegun = lesson === null || (await this.#effects.beginLesson(lesson))
    this.#problem = hasBegun ? null : 'There is no lesson of this name in this copy.'
    if (!connection) {
      if (hasBegun) this.leave()
      return
    }
    this.#connection.choose(connection.server.id)
    this.#connection.adopt(this.#after ?? connection.config)
    this.#before = before
    this.#effects.clear()
  }

  /** What is there, with the server of the link chosen. */
  #lookAt({ server }: Connected): Before {
    const { id } = this.#connection.server
    this.#connection.choose(server.id)
    return { server: id, config: this.#connection.config }
  }

  /** Puts back what was there, secrets included. What was typed for other servers has never changed. */
  back(): void {
    if (this.read.kind === 'refused' || !this.read.connection || !this.#before) return
    this.#connection.choose(this.read.connection.server.id)
    this.#after = this.#connection.config
    this.#connection.adopt(this.#before.config)
    this.#connection.choose(this.#before.server)
    this.#before = null
  }

  /** Done with it, whether it was used or not. */
  leave(): void {
    this.#effects.clear()
    this.#effects.close()
  }
}
