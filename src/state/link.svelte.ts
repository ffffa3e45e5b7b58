import type { Lesson } from '../lib/lessons/lesson.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { Connected } from '../lib/share/link-config.ts'
import type { ReadLink } from '../lib/share/read-link.ts'
import type { Connection } from './connection.svelte.ts'

/** What a link does outside of the form. */
export interface LinkEffects {
  /** Begins a lesson by its name; `false` if this copy of the page has none of it. */
  readonly beginLesson: (id: string) => Promise<boolean>
  /** The lesson under way; `null` if there is none. */
  readonly lesson: () => Lesson | null
  /** Leaves it. */
  readonly leaveLesson: () => Promise<void>
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
  /** The lesson in which it was used: what it filled in is gone with that. */
  #within: Lesson | null = $state.raw(null)
  #busy = false
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

  /** Whether it is about the form that is there: not while a lesson that began later has another one. */
  get isShown(): boolean {
    return !this.isUsed || this.#within === this.#effects.lesson()
  }

  /** What of the link this copy of the page does not have; `null` for nothing. */
  get problem(): string | null {
    return this.#problem
  }

  /** Fills in the form, and begins the lesson. */
  async use(): Promise<void> {
    if (this.read.kind === 'refused' || this.isUsed || this.#busy) return
    const { connection, lesson } = this.read
    this.#busy = true
    try {
      // Before anything is chosen: a lesson gives back what is there as it begins.
      const hasBegun = lesson === null || (await this.#effects.beginLesson(lesson))
      this.#problem = hasBegun ? null : 'There is no lesson of this name in this copy.'
      if (connection) this.#fillIn(connection)
      else if (hasBegun) this.leave()
    } finally {
      this.#busy = false
    }
  }

  #fillIn(connection: Connected): void {
    const before = this.#lookAt(connection)
    this.#connection.adopt(this.#after ?? connection.config)
    this.#before = before
    this.#within = this.#effects.lesson()
    this.#effects.clear()
  }

  /** What is there, with the server of the link chosen. */
  #lookAt({ server }: Connected): Before {
    const { id } = this.#connection.server
    this.#connection.choose(server.id)
    return { server: id, config: this.#connection.config }
  }

  /** Puts back what was there, secrets included, and leaves the lesson that it began. What was typed for other servers has never changed. */
  async back(): Promise<void> {
    if (this.read.kind === 'refused' || !this.read.connection || !this.#before) return
    this.#connection.choose(this.read.connection.server.id)
    this.#after = this.#connection.config
    this.#connection.adopt(this.#before.config)
    this.#connection.choose(this.#before.server)
    this.#before = null
    if (this.#within !== null && this.#within.id === this.read.lesson) await this.#effects.leaveLesson()
  }

  /** What it filled in is gone with the lesson in which it was used; there is no way back to that. */
  endWith(lesson: Lesson): void {
    if (this.isUsed && this.#within === lesson) this.leave()
  }

  /** Done with it, whether it was used or not. */
  leave(): void {
    this.#effects.clear()
    this.#effects.close()
  }
}
