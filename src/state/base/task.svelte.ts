/** One thing under way at a time: whether it is, how to end it, and what kept the page itself from doing it. */
export class Task {
  #cancel: AbortController | null = $state.raw(null)
  #trouble: string | null = $state.raw(null)

  get busy(): boolean {
    return this.#cancel !== null
  }

  /** In the platform's words: a part of the page did not load, or the browser would not sign. `null` if nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Does the work; nothing happens while other work is under way. Never rejects. */
  async run(work: (cancel: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#cancel) return
    const cancel = new AbortController()
    this.#cancel = cancel
    try {
      await work(cancel.signal)
      this.#trouble = null
    } catch (error) {
      this.#trouble = String(error)
    } finally {
      this.#cancel = null
    }
  }

  cancel(): void {
    this.#cancel?.abort()
  }
}
