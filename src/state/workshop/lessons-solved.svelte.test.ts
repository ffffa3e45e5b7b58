import { describe, expect, it } from 'vitest'
import { lessons } from '../../lib/lessons/built-in/lessons.ts'
import { LessonPage, type Ways } from './lesson-page-testing.ts'
import { apiWays } from './lesson-ways-api-testing.ts'
import { keyWays } from './lesson-ways-key-testing.ts'
import { tutorialWays } from './lesson-ways-tutorial-testing.ts'
import { tokenWays } from './lesson-ways-token-testing.ts'

const ways: Readonly<Record<string, Ways>> = { ...tokenWays, ...apiWays, ...keyWays, ...tutorialWays }

/** What solves a lesson also solves these. */
const also: Readonly<Record<string, readonly string[]>> = {
  'wrong-secret': ['first-token'],
  'scope-granted': ['first-token'],
  'header-or-body': ['first-token'],
  'call-the-api': ['first-token'],
  audience: ['first-token'],
}

it('each lesson has its ways', () => {
  expect(Object.keys(ways)).toEqual(lessons.map(({ id }) => id))
})

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  const { solve, wrong } = ways[id] ?? { solve: () => Promise.resolve(), wrong: {} }
  const turns = Object.entries(wrong)

  it('is solved by what it asks for, as often as it begins, and no other lesson is but those it is a part of', async () => {
    const page = await LessonPage.at(lesson)
    await solve(page)
    expect(page.solved).toEqual([id, ...(also[id] ?? [])].sort())
    await page.desk.startAgain()
    expect(page.left).toBe(lesson.steps.length)
    await solve(page)
    expect(page.left).toBe(0)
  })

  it.each(turns)('is not solved by %s', async (_turn, [left, way]) => {
    const page = await LessonPage.at(lesson)
    await way(page)
    expect(page.left).toBe(left)
  })

  it('has three wrong turns, and one of them ends one step before the end', () => {
    expect(turns).toHaveLength(3)
    expect(turns.map(([, [left]]) => left)).toContain(1)
  })
})
