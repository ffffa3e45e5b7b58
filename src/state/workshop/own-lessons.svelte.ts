import { hostFile } from '../../lib/saved/host-file.ts'
import { httpUrl } from '../../lib/http/http-url.ts'
import type { Lesson } from '../../lib/lessons/lesson.ts'
import { lessons } from '../../lib/lessons/built-in/lessons.ts'
import {
  lessonBounds,
  lessonsFileName,
  type ReadLessons,
  readLessons,
} from '../../lib/lessons/own/read-lessons.ts'
import type { SiteFile } from '../../lib/saved/site-file.ts'
import { records } from '../../lib/servers/records/records.ts'
import type { Server } from '../../lib/servers/servers.ts'
import type { Connection } from '../connection.svelte.ts'
import type { Environment } from '../base/environment.ts'
import type { Exchanges } from '../base/exchanges.svelte.ts'
import { plain } from '../base/sent.ts'

/** A file of lessons. */
interface LessonFile {
  /** Its name, as the user knows it. */
  readonly where: string
  readonly text: string
  /** Whether the host has it, and not the user. */
  readonly hosted: boolean
}

/** The same with what was read of it. */
export type LessonSource = Omit<LessonFile, 'text'> & ReadLessons

/** What of the page they need. */
interface Page {
  readonly connection: Connection
  readonly exchanges: Exchanges
  readonly environment: Environment
  readonly site: SiteFile | null
}

/** The lessons of whoever hosts the page, and those of files that the user opened. In memory only. */
export class OwnLessons {
  readonly #page: Page
  #files: readonly LessonFile[] = $state.raw([])
  #loading: Promise<void> | null = null

  /** Each file, with its lessons and with the reasons why others are refused; read anew once the host has named its servers. */
  readonly sources: readonly LessonSource[] = $derived.by(() => {
    const servers = this.#servers.map(({ id }) => id)
    return this.#files.reduce<readonly LessonSource[]>((before, { text, ...file }) => {
      const used = [...lessons, ...before.flatMap((source) => source.lessons)].map(({ id }) => id)
      return [...before, { ...file, ...readLessons(text, servers, used) }]
    }, [])
  })

  readonly lessons: readonly Lesson[] = $derived.by(() => this.sources.flatMap((source) => source.lessons))

  constructor(page: Page) {
    this.#page = page
  }

  /** Reads the text of a file. One of the same name that was read before goes. */
  take(text: string, where: string, hosted = false): void {
    const others = this.#files.filter((file) => file.where !== where)
    // Of one that is too long, no more is kept than shows that.
    this.#files = [...others, { where, text: text.slice(0, lessonBounds.file + 1), hosted }]
  }

  /** Asks for the file next to the page, once it is wanted, and reads it. It is asked for again only if no response came. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch(() => {
      // No response came, or a part of the page did not: the list says nothing of lessons that it does not know.
      this.#loading = null
    })
    return this.#loading
  }

  async #load(): Promise<void> {
    const { exchanges, connection, environment } = this.#page
    const purpose = 'The lessons of this copy of the page'
    const text = await hostFile(await environment.nextToPage(lessonsFileName), (request) =>
      exchanges.askHost(request, purpose, plain('host', connection.config)),
    )
    if (text !== null && text.trim() !== '[]') this.take(text, lessonsFileName, true)
  }

  /**
   * The origins to which the requests of a lesson would go, each once, that of the token endpoint first. They are shown before it
   * begins.
   */
  originsOf({ start }: Lesson): readonly string[] {
    const { environment } = this.#page
    const server = this.#servers.find(({ id }) => id === start.server)
    if (!server) return []
    const [first] = records[server.kind].apis?.(environment.localApi) ?? []
    const { token_endpoint, discovery } = { ...server.config, ...start.config }
    const urls = [token_endpoint, discovery, start.call.url ?? first?.call.url]
    const origins = urls.flatMap((url) => httpUrl(url)?.origin ?? [])
    return origins.filter((origin, index) => origins.indexOf(origin) === index)
  }

  /** Those that a file may name: what the user saved is for nobody else. */
  get #servers(): readonly Server[] {
    const { connection, site } = this.#page
    return [...(site?.servers ?? []), ...connection.known]
  }
}
