import { quoted } from '../../lib/text/quoted.ts'
import type { LessonDesk } from '../../state/workshop/lessons.svelte.ts'

/** In bytes: no more of a file is read, which is more than is accepted. */
const most = 1_048_576

/** Reads files of lessons. */
export async function takeFiles(desk: LessonDesk, files: FileList | null): Promise<void> {
  for (const file of [...(files ?? [])].slice(0, 20))
    desk.take(await file.slice(0, most).text(), quoted(file.name))
}
