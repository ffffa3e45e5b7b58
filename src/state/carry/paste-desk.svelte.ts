import type { KeyAlg } from '../../lib/keys/key.ts'
import { filling } from '../../lib/paste/filling.ts'
import type { NotUsed, Recognised } from '../../lib/paste/kind.ts'
import type { Proposal } from '../../lib/paste/proposal.ts'
import type { Connected } from '../../lib/share/link-config.ts'
import type { Lesson } from '../../lib/lessons/lesson.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { foundBy, type Used, usePasted } from './use-pasted.ts'

/** What was pasted or dropped, and what it is. */
interface Pasted {
  readonly text: string
  /** The name of a file; empty for a text. */
  readonly fileName: string
  /** `undefined` while it is read, `null` if nobody knows what it is. */
  readonly found: Recognised | NotUsed | null | undefined
}

const nothing: Pasted = { text: '', fileName: '', found: null }

/** The desk of a page, made when something is first pasted. */
export const pasteDeskOf = onePerPage((playground: Playground): PasteDesk => new PasteDesk(playground))

/** Reads what is pasted, and shows what it would fill in. It changes nothing before the user says so, and never sends. */
export class PasteDesk {
  readonly #playground: Playground
  #pasted: Pasted = $state.raw(nothing)
  #chosen = $state.raw(0)
  #used: Used | null = $state.raw(null)
  /** The lesson in which it was used: what it filled in is gone with that. */
  #within: Lesson | null = $state.raw(null)

  constructor(playground: Playground) {
    this.#playground = playground
  }

  get text(): string {
    return this.#pasted.text
  }

  get fileName(): string {
    return this.#pasted.fileName
  }

  /** What it is; `undefined` while that is not known yet, `null` if nobody knows. */
  get found(): Pasted['found'] {
    return this.#pasted.found
  }

  /** What can be done with it. */
  get proposals(): readonly Proposal[] {
    const { found } = this.#pasted
    return found && 'proposals' in found ? found.proposals : []
  }

  get chosen(): number {
    return this.#chosen
  }

  /** The form as it would be; `null` for what is not for the form. */
  get then(): Connected | null {
    const proposal = this.proposals[this.#chosen]
    const { servers } = this.#playground.connection
    if (proposal?.kind === 'connection') return filling(proposal, this.now, servers)
    return proposal?.kind === 'url' ? filling(foundBy(proposal.text), this.now, servers) : null
  }

  /** The form as it is. */
  get now(): Connected {
    const { server, config } = this.#playground.connection
    return { server, config }
  }

  /** What came of using it; `null` until then. */
  get used(): Used | null {
    return this.#used
  }

  /** Puts back what was there; `null` if there is no way back. */
  get back(): (() => void) | null {
    const used = this.#used
    if (used?.kind !== 'used' || used.back === null || this.#within !== this.#playground.lesson) return null
    return () => {
      used.back?.()
      this.#used = null
    }
  }

  /** Reads another text; an empty one removes what is there. */
  async read(text: string, fileName = ''): Promise<void> {
    this.#chosen = 0
    this.#used = null
    if (text.trim() === '') {
      this.#pasted = nothing
      return
    }
    const pasted = { text, fileName, found: undefined }
    this.#pasted = pasted
    const { recognise } = await import('../../lib/paste/recognise/recognise.ts')
    const found = await recognise(text)
    // What is there by now may be another text.
    if (this.#pasted === pasted) this.#pasted = { ...pasted, found }
  }

  choose(index: number): void {
    this.#chosen = index
    this.#used = null
  }

  /** Does with the text what was chosen. @param alg what a key is to sign with, if it can sign with several */
  async use(alg: KeyAlg | null = null): Promise<void> {
    const { proposals, text, fileName } = this
    const proposal = proposals[this.#chosen]
    if (!proposal) return
    const { lesson } = this.#playground
    const used = await usePasted(this.#playground, proposal, { alg, where: fileName || 'what was pasted' })
    if (this.text !== text) return
    this.#used = used
    this.#within = lesson
    // There may be a secret in it: it does not stay in the page.
    if (used.kind === 'used') this.#pasted = nothing
  }
}
