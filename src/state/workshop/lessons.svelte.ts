import type { Lesson } from '../../lib/lessons/lesson.ts'
import { type Found, judgeFound, progressOf } from '../../lib/lessons/progress.ts'
import { lessons } from '../../lib/lessons/built-in/lessons.ts'
import { fillIn } from './fill-in.ts'
import { type LessonSource, OwnLessons } from './own-lessons.svelte.ts'
import { onePerPage } from '../base/one-per-page.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

/** What is to be known of the lesson under way. */
interface Attempt {
  /** The number of the last exchange before it began. */
  readonly since: number
  /** Gives back what it filled in. */
  readonly giveBack: () => void
}

/** The desk of a page, made when lessons are first asked for. */
export const deskOf = onePerPage((playground: Playground): LessonDesk => new LessonDesk(playground))

/** The lessons, and the one under way. It changes the form when it begins and when it is left, and sends nothing. */
export class LessonDesk {
  readonly #playground: Playground
  #attempt: Attempt | null = $state.raw(null)
  /** Which choice of the prediction was made; `null` for none. */
  #predicted: number | null = $state.raw(null)
  #hints = $state.raw(0)
  #found: readonly number[] = $state.raw([])
  /** What was entered last for a step, and what it is. */
  #judged: Readonly<Record<number, Found>> = $state.raw({})

  readonly all: readonly Lesson[] = lessons
  readonly #own: OwnLessons

  readonly progress = $derived.by(() => {
    const { current } = this
    const attempt = this.#attempt
    if (current === null || attempt === null) return null
    const { exchanges, connection } = this.#playground
    // As it was sent: what was broken on purpose is not what the form had.
    const entries = exchanges.history.entries
      .map((sent) => connection.breaker?.madeFrom(sent) ?? sent)
      .toReversed()
    return progressOf(current, { entries, since: attempt.since, found: this.#found })
  })

  constructor(playground: Playground) {
    this.#playground = playground
    this.#own = new OwnLessons(playground)
  }

  /** The lessons of whoever hosts the page, and those of files that the user opened. */
  get own(): readonly Lesson[] {
    return this.#own.lessons
  }

  /** The files that they are from, with the reasons why others are refused. */
  get sources(): readonly LessonSource[] {
    return this.#own.sources
  }

  /** What is refused of them, and why. */
  get problems(): readonly string[] {
    return this.sources.flatMap(({ where, problems }) => problems.map((problem) => `${where}: ${problem}`))
  }

  /** Reads the text of a file that the user opened. */
  take(text: string, where: string): void {
    this.#own.take(text, where)
  }

  /** Reads the lessons of whoever hosts the page, by one request the first time. */
  loadLessons(): Promise<void> {
    return this.#own.load()
  }

  /** To which origins the requests of a lesson would go. */
  originsOf(lesson: Lesson): readonly string[] {
    return this.#own.originsOf(lesson)
  }

  /** `null` if no lesson is under way. */
  get current(): Lesson | null {
    return this.#playground.lesson
  }

  get predicted(): number | null {
    return this.#predicted
  }

  get hints(): number {
    return this.#hints
  }

  get judged(): Readonly<Record<number, Found>> {
    return this.#judged
  }

  /** The ids of what was solved on this device. */
  get solved(): readonly string[] {
    return this.#playground.preferences.settings.solved
  }

  /** Those that the one under way is among: what is built in, or what is not. */
  readonly among: readonly Lesson[] = $derived.by(() =>
    this.own.some(({ id }) => id === this.current?.id) ? this.own : this.all,
  )

  /** The lesson that comes after the one under way; `null` after the last. */
  readonly next = $derived.by(() => {
    const { among } = this
    const at = among.findIndex(({ id }) => id === this.current?.id)
    return (at < 0 ? null : among[at + 1]) ?? null
  })

  /** The lesson of that name; that of the host is asked for if none that is here has it. */
  async find(id: string): Promise<Lesson | null> {
    const here = () => [...this.all, ...this.own].find((one) => one.id === id)
    if (!here()) await this.loadLessons()
    return here() ?? null
  }

  /** Fills in what a lesson begins with; whether there is one of that name. Another one that is under way is left first. */
  async begin(id: string): Promise<boolean> {
    const lesson = await this.find(id)
    if (!lesson) return false
    await this.#start(lesson)
    return true
  }

  /** Fills the form in anew; what was sent before counts no more. */
  async startAgain(): Promise<void> {
    if (this.current) await this.#start(this.current)
  }

  async #start(lesson: Lesson): Promise<void> {
    this.leave()
    this.#playground.connection.breaker?.disarm()
    const { connection, exchanges, atHand } = this.#playground
    const { use } = toolsOf(this.#playground)
    // The token that the user has is for no server and no API of a lesson.
    const give = [connection.lend(), use.lend(), atHand.lend()]
    const since = exchanges.last
    this.#playground.lesson = lesson
    const attempt = { since, giveBack: () => give.forEach((back) => back()) }
    this.#attempt = attempt
    this.#predicted = null
    this.#hints = 0
    this.#found = []
    this.#judged = {}
    await fillIn(this.#playground, lesson.start, () => this.#attempt === attempt)
  }

  /** Ends the lesson; the form and the token at hand are as they were before, and no fault is left for the next request. */
  leave(): void {
    const { lesson, link, connection } = this.#playground
    if (lesson === null) return
    connection.breaker?.disarm()
    this.#attempt?.giveBack()
    this.#attempt = null
    this.#playground.lesson = null
    link?.endWith(lesson)
  }

  predict(choice: number): void {
    this.#predicted = choice
  }

  moreHints(): void {
    this.#hints += 1
  }

  /** Compares what was entered with the token at hand. */
  enter(step: number, text: string): void {
    const asked = this.current?.steps[step]
    if (!asked || !('find' in asked)) return
    const { held } = toolsOf(this.#playground)
    const found = judgeFound(text, asked.find, held.issued?.claims ?? null)
    this.#judged = { ...this.#judged, [step]: found }
    if (found === 'right') this.#found = [...this.#found, step]
  }

  /** Keeps on this device that the lesson under way is solved. */
  keepSolved(): void {
    const id = this.current?.id
    if (id === undefined || this.solved.includes(id)) return
    this.#playground.preferences.update(({ solved }) => ({
      solved: solved.includes(id) ? solved : [...solved, id],
    }))
  }

  /** Forgets what was solved. */
  resetProgress(): void {
    this.#playground.preferences.update(() => ({ solved: [] }))
  }
}
