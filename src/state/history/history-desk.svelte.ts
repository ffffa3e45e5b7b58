import { originOf, type Outcome } from '../../lib/http/message.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { type About, plain, type Sent } from '../base/sent.ts'
import { purposeAgain } from '../token/send-call.ts'
import { toolsOf } from '../token/token-tools.ts'

/** What a request came to, as far as History is filtered by it. */
export type Result = '2xx' | '3xx' | '4xx' | '5xx' | 'none'

/** Which exchanges of History are shown; `null` for all. */
export interface HistoryFilter {
  readonly kind: About | null
  readonly origin: string | null
  readonly result: Result | null
}

const noFilter: HistoryFilter = { kind: null, origin: null, result: null }

/** The desk of a page, made when a part of it first needs it. */
export const historyDeskOf = onePerPage((playground: Playground): HistoryDesk => new HistoryDesk(playground))

/** What is done with the exchanges of History: they are filtered, compared, made anew and deleted. */
export class HistoryDesk {
  readonly #playground: Playground
  #filter: HistoryFilter = $state.raw(noFilter)
  /** The first of two that are to be compared. */
  #marked: Sent | null = $state.raw(null)
  #pair: readonly [Sent, Sent] | null = $state.raw(null)
  /** What was deleted and can be put back. */
  #deleted: readonly Sent[] = $state.raw([])
  /** The one of them that was on screen. */
  #shown: Sent | null = null

  constructor(playground: Playground) {
    this.#playground = playground
  }

  get filter(): HistoryFilter {
    return this.#filter
  }

  /** Whether some may not be shown. */
  get isFiltered(): boolean {
    return Object.values(this.#filter).some((wanted) => wanted !== null)
  }

  choose(change: Partial<HistoryFilter>): void {
    this.#filter = { ...this.#filter, ...change }
  }

  clearFilter(): void {
    this.#filter = noFilter
  }

  /** The exchanges that the filter lets through, the newest first. */
  get shown(): readonly Sent[] {
    const { kind, origin, result } = this.#filter
    return this.#entries.filter(
      ({ about, exchange: { request, outcome } }) =>
        (kind === null || about === kind) &&
        (origin === null || originOf(request.url) === origin) &&
        (result === null || resultOf(outcome) === result),
    )
  }

  /** What there is to choose from, and what is chosen, in the order of History. */
  get choices(): {
    readonly kinds: readonly About[]
    readonly origins: readonly string[]
    readonly results: readonly Result[]
  } {
    const { kind, origin, result } = this.#filter
    const found = this.#entries.map(({ exchange }) => exchange)
    return {
      kinds: distinct([...this.#entries.map(({ about }) => about), kind]),
      origins: distinct([...found.map(({ request }) => originOf(request.url)), origin]),
      results: distinct([...found.map(({ outcome }) => resultOf(outcome)), result]).toSorted(),
    }
  }

  get #entries(): readonly Sent[] {
    return this.#playground.exchanges.history.entries
  }

  /** The first of two to compare, while the second is to be chosen. */
  get marked(): Sent | null {
    return this.#marked
  }

  /** The two that are compared, in their order; `null` as long as there are none. */
  get pair(): readonly [Sent, Sent] | null {
    return this.#pair
  }

  /** Chooses the first of two or, if that is chosen, the second; the first once more is no longer chosen. @returns whether two are chosen now */
  mark(sent: Sent): boolean {
    const first = this.#marked
    this.#marked = first === null ? sent : null
    if (first === null || first === sent) return false
    this.compare(first, sent)
    return true
  }

  compare(first: Sent, second: Sent): void {
    this.#marked = null
    this.#pair = [first, second]
  }

  swap(): void {
    if (this.#pair) this.#pair = [this.#pair[1], this.#pair[0]]
  }

  /** The exchange of that number; `null` if History does not have it any more. */
  find(id: number): Sent | null {
    return this.#entries.find(({ exchange }) => exchange.id === id) ?? null
  }

  /** The last one before of the same kind, as a rule at the same URL; `null` if there is none. */
  before({ about, exchange: { id, request } }: Sent): Sent | null {
    const earlier = this.#entries.filter((one) => one.about === about && one.exchange.id < id)
    return earlier.find((one) => one.exchange.request.url === request.url) ?? earlier[0] ?? null
  }

  /** Why an exchange cannot be deleted now; `null` if it can. */
  whyKept({ exchange }: Sent): string | null {
    const { lesson } = this.#playground
    return lesson !== null && exchange.id > toolsOf(this.#playground).use.since
      ? 'The lesson under way counts on it. Leave the lesson first.'
      : null
  }

  /** How many were deleted and can be put back. */
  get deleted(): number {
    return this.#deleted.length
  }

  delete(sent: Sent): void {
    this.#delete((one) => one === sent)
  }

  /** Deletes all, whatever the filter shows, but those of a lesson under way. */
  clear(): void {
    this.#delete(() => true)
  }

  /** The numbers go on counting, and a token stays at hand. */
  #delete(isWanted: (sent: Sent) => boolean): void {
    const { exchanges, view, selected } = this.#playground
    const gone = this.#entries.filter((sent) => isWanted(sent) && this.whyKept(sent) === null)
    const isGone = (sent: Sent | null): boolean => gone.some(({ exchange }) => exchange === sent?.exchange)
    exchanges.keep(this.#entries.filter((sent) => !gone.includes(sent)))
    this.#deleted = [...this.#deleted, ...gone]
    if (isGone(this.#marked)) this.#marked = null
    if (this.#pair?.some(isGone)) this.#pair = null
    if (!isGone(view)) return
    this.#shown = gone.find(({ exchange }) => exchange === selected?.exchange) ?? null
    this.#playground.close()
  }

  /** Puts back what was deleted, and shows what was on screen then. */
  async undo(): Promise<void> {
    const [deleted, shown] = [this.#deleted, this.#shown]
    const all = [...this.#entries, ...deleted]
    this.#playground.exchanges.keep(all.toSorted((one, other) => other.exchange.id - one.exchange.id))
    this.letGo()
    if (shown) await this.#playground.open(shown)
  }

  /** Forgets what was deleted. */
  letGo(): void {
    this.#deleted = []
    this.#shown = null
  }

  /** Whether it was made from a configuration, so that it can be made anew. */
  isMadeOfConfiguration({ about }: Sent): boolean {
    return Object.hasOwn(again, about)
  }

  /** Why such an exchange is not made anew; `null` if it is. */
  whyNotAgain({ fault }: Sent): string | null {
    return fault === null ? null : 'It was broken on purpose: Break it makes such a request.'
  }

  /** Makes the request anew from what it was made from, with new signatures, and sends it. */
  async sendAgain(sent: Sent): Promise<void> {
    if (!this.isMadeOfConfiguration(sent) || this.whyNotAgain(sent) !== null) return
    const { use, operations } = toolsOf(this.#playground)
    const { config, exchange } = sent
    if (sent.about === 'token')
      await this.#playground.sendAs(purposeAgain('Token request', exchange.id), plain('token', config))
    else if (sent.about === 'api') await use.sendAgain(sent)
    else if (sent.about === 'introspection' || sent.about === 'revocation') await operations.askAgain(sent)
  }
}

/** What is made from a configuration. */
const again: Readonly<Partial<Record<About, true>>> = {
  token: true,
  api: true,
  introspection: true,
  revocation: true,
}

/** What a request came to. */
function resultOf(outcome: Outcome): Result {
  if (outcome.kind === 'opaque-redirect') return '3xx'
  if (outcome.kind !== 'response') return 'none'
  const { status } = outcome.response
  if (status < 300) return '2xx'
  return status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx'
}

const distinct = <T>(values: readonly (T | null)[]): readonly T[] => [
  ...new Set(values.filter((value) => value !== null)),
]
