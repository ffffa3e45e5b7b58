import { exportEntries } from '../../lib/export/formats.ts'
import type { Session } from '../base/environment.ts'
import type { Playground } from '../playground.svelte.ts'
import { archivesOf } from './archives.svelte.ts'
import { openHar } from './archive.ts'
import { secretsAtHand } from './explained.ts'

/** What is listed of before a reload. */
const beforeReload = 'Before the reload'

/** In characters: a browser gives five million to all of an origin. */
const most = 2_000_000

/** More exchanges are not masked in the moment that the page is left. */
const longest = 100

const made = new WeakMap<Playground, KeptHistory>()

/** Of this page, made when it is first asked for; it outlives the part of the page that is drawn. */
export async function keptHistoryOf(playground: Playground): Promise<KeptHistory> {
  const session = await playground.environment.session()
  const kept = made.get(playground) ?? new KeptHistory(playground, session)
  made.set(playground, kept)
  return kept
}

/** Lists what was kept over a reload, and goes on keeping. */
export function restore(playground: Playground, session: Session): void {
  const kept = new KeptHistory(playground, session)
  made.set(playground, kept)
  kept.restore()
}

/** Keeps History over a reload of this tab if the user asks for that: without secrets, tokens and keys, and to look at. */
export class KeptHistory {
  readonly #playground: Playground
  readonly #session: Session
  #isOn = $state.raw(false)

  constructor(playground: Playground, session: Session) {
    this.#playground = playground
    this.#session = session
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** From now on, or no more: what is kept is deleted at once. While the page is open nothing is there but the choice. */
  choose(on: boolean): void {
    this.#isOn = on
    if (!on) {
      this.#session.clear()
      return
    }
    this.#session.write('')
    this.#session.whenLeft(() => this.#kept())
  }

  restore(): void {
    const text = this.#session.read()
    if (text === null) return
    if (text !== '') openHar(this.#playground, text, beforeReload, 'reload')
    this.choose(true)
  }

  /** What is there, and before it what was there before the last reload; the oldest are left out if that is too long. */
  #kept(): string {
    const { exchanges, environment } = this.#playground
    const earlier = archivesOf(this.#playground).all.find(({ name }) => name === beforeReload)?.entries ?? []
    const entries = [...exchanges.history.entries, ...earlier].slice(0, longest).toReversed()
    if (entries.length === 0) return ''
    const { text } = exportEntries(
      entries.map((sent) => ({ ...sent, explanation: null })),
      {
        format: 'har',
        withSecrets: false,
        secrets: secretsAtHand(this.#playground),
        limit: most,
        versions: {
          version: '',
          commit: '',
          userAgent: environment.browser.userAgent,
          now: environment.clock.now(),
        },
        outcome: () => '',
      },
    )
    return text
  }
}
