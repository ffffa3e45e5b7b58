import { apiLessons } from './api.ts'
import { credentialLessons } from './credentials.ts'
import { firstLessons } from './first.ts'
import { keyLessons } from './keys.ts'
import { serverLessons } from './server.ts'
import { tutorialLessons } from './tutorials.ts'
import type { Lesson } from '../lesson.ts'

/** The lessons that are built in, in the order in which they build on each other. Loaded when they are first asked for. */
export const lessons: readonly Lesson[] = [
  ...firstLessons,
  ...credentialLessons,
  ...apiLessons,
  ...keyLessons,
  ...serverLessons,
  ...tutorialLessons,
]
