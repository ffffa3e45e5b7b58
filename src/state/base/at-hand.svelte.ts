import type { View } from './sent.ts'

/** The access tokens to show and use: the one that was issued or opened last, and a pasted one. */
export class AtHand {
  #issued: View | null = $state.raw(null)
  #pasted = $state.raw('')
  #pastedFrom = $state.raw('')
  #source: 'issued' | 'pasted' = $state.raw('issued')

  /** The tokens that the user goes on with in place of `access_token`, by the number of the exchange. */
  readonly instead: Record<number, string> = {}

  /** The exchange that brought a token. */
  get issued(): View | null {
    return this.#issued
  }

  /** A token from elsewhere; empty if there is none. */
  get pasted(): string {
    return this.#pasted
  }

  /** The text that the pasted token was in; empty if there is none. */
  get pastedFrom(): string {
    return this.#pastedFrom
  }

  /** Which of the two is the one at hand. */
  get source(): 'issued' | 'pasted' {
    return this.#pasted !== '' && (this.#issued === null || this.#source === 'pasted') ? 'pasted' : 'issued'
  }

  get isEmpty(): boolean {
    return this.#issued === null && this.#pasted === ''
  }

  /** Sets the tokens aside for a while. @returns gives them back, in place of what is at hand then */
  lend(): () => void {
    const [issued, pasted, from, source] = [this.#issued, this.#pasted, this.#pastedFrom, this.#source]
    this.#issued = null
    this.paste('')
    return () => {
      this.#issued = issued
      this.paste(pasted, from)
      this.#source = source
    }
  }

  choose(source: 'issued' | 'pasted'): void {
    this.#source = source
  }

  take(issued: View): void {
    this.#issued = issued
    this.#source = 'issued'
  }

  /** Accepts a token from elsewhere, without what clung to it; an empty text removes it. @param from the text that it was in */
  paste(token: string, from = token): void {
    this.#pasted = token
    this.#pastedFrom = from
    this.#source = token === '' ? 'issued' : 'pasted'
  }
}
