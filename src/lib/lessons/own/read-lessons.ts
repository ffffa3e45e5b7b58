import { parsePlain } from '../../json/own-members.ts'
import { parseJson } from '../../json/parse.ts'
import { practiceClients } from '../../practice/clients/clients.ts'
import { quoted } from '../../text/quoted.ts'
import type { Lesson } from '../lesson.ts'
import { lessonKind } from './lesson-kind.ts'
import { startKind } from './start-kinds.ts'

/** The name of the file next to index.html. */
export const lessonsFileName = 'lessons.json'

/** Of a file: characters, lessons, levels of nesting, and the problems that are said. */
export const lessonBounds = { file: 262_144, lessons: 50, depth: 20, problems: 50 }

/** What a file has, and why not the rest: sentences for whoever wrote it. */
export interface ReadLessons {
  readonly lessons: readonly Lesson[]
  readonly problems: readonly string[]
}

/** The kind of a lesson, for the servers that there are. */
export const lessonFor = (servers: readonly string[]) =>
  lessonKind(
    startKind(
      servers,
      practiceClients.map(({ client_id }) => client_id),
    ),
  )

/**
 * Reads the lessons of a file. A lesson in which anything is wrong is refused as a whole, with a sentence for each thing
 * that names its place; the others count. Nothing of it is sent, run or shown as markup: a lesson is texts to be shown and values
 * to be compared. Never throws.
 * @param servers the ids of the servers of the picker
 * @param used the ids of lessons that there are already
 */
export function readLessons(text: string, servers: readonly string[], used: readonly string[]): ReadLessons {
  const refused = (problem: string): ReadLessons => ({ lessons: [], problems: [problem] })
  if (text.length > lessonBounds.file) return refused(`It has more than ${lessonBounds.file} characters.`)
  if (depthOf(text) > lessonBounds.depth)
    return refused(`It is nested more than ${lessonBounds.depth} levels deep.`)
  const parsed = parsePlain(text.replace(/^\uFEFF/, ''))
  if (!parsed.ok) return refused(quoted(parsed.message))
  const twice = parseJson(text)
  const [repeat] = twice.ok ? twice.problems.filter(({ kind }) => kind === 'duplicate-name') : []
  if (repeat) return refused(`A name is there twice in one object: ${quoted(repeat.message)}`)
  if (!Array.isArray(parsed.value)) return refused('It is JSON, and not a list of lessons: [{"id": "..."}].')

  const problems: string[] = []
  const { value: all } = parsed as { readonly value: readonly unknown[] }
  if (all.length > lessonBounds.lessons)
    problems.push(`It has ${all.length} lessons, and the first ${lessonBounds.lessons} are read.`)
  const kind = lessonFor(servers)
  const ids = new Set(used)
  const lessons = all.slice(0, lessonBounds.lessons).flatMap((one, index) => {
    const before = problems.length
    const place = `lessons[${index}]`
    const lesson = kind.read(one, place, (problem) => problems.push(problem))
    if (lesson && problems.length === before && ids.has(lesson.id))
      problems.push(`${place}.id is ${lesson.id}, which another lesson has.`)
    if (!lesson || problems.length > before) return []
    ids.add(lesson.id)
    return [lesson]
  })
  const more = problems.length - lessonBounds.problems
  const said = problems.slice(0, lessonBounds.problems)
  return { lessons, problems: more > 0 ? [...said, `There are ${more} more problems.`] : said }
}

/** How deep brackets are nested, before anything reads them. Once through the text, whatever it is. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|[[{\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
