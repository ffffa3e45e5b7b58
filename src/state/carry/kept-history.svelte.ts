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

  /** From now on, or no more: what is kept is deleted at once. */
  choose(on: boolean): void {
    this.#isOn = on
    if (!on) {
      this.#session.clear()
      return
    }
    this.#save()
    this.#session.whenLeft(() => {
      this.#save()
    })
  }

  /** Deletes what is kept, and goes on. */
  empty(): void {
    if (this.#isOn) this.#session.write('')
  }

  restore(): void {
    const text = this.#session.read()
    if (text === null) return
    if (text !== '') openHar(this.#playground, text, beforeReload)
    this.choose(true)
  }

  /** What is there, and before it what was there before the last reload; the oldest are left out if that is too long. */
  #save(): void {
    const { exchanges, environment } = this.#playground
    const earlier = archivesOf(this.#playground).all.find(({ name }) => name === beforeReload)?.entries ?? []
    const entries = [...exchanges.history.entries, ...earlier].toReversed()
    if (entries.length === 0) {
      this.#session.write('')
      return
    }
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
    this.#session.write(text)
  }
}
