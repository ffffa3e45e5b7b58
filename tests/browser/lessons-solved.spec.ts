import { lessons } from '../../src/lib/lessons/built-in/lessons.ts'
import { expect, test } from './fixtures.ts'
import { LessonPage } from './lesson-page.ts'
import { apiTurns } from './lesson-turns-api.ts'
import { keyTurns } from './lesson-turns-key.ts'
import { tokenTurns } from './lesson-turns-token.ts'
import { tutorialTurns } from './lesson-turns-tutorial.ts'
import type { Turns } from './lesson-ways.ts'

const turns: Readonly<Record<string, Turns>> = {
  ...tokenTurns,
  ...apiTurns,
  ...keyTurns,
  ...tutorialTurns,
}

// A clock that was set stays so for its context.
test.use({ isolated: true })

// Four runs of a lesson, each of as many clicks as a user needs.
test.describe.configure({ timeout: 120_000 })

for (const { id, title, closing } of lessons) {
  test(`${id}: three wrong turns do not solve it, and what it asks for does`, async ({ page, site }) => {
    const lab = new LessonPage(page)
    await lab.wait(0)
    await page.goto(site)
    const { solve, wrong } = turns[id] ?? {
      solve: () => Promise.reject(new Error(`${id} has no way`)),
      wrong: {},
    }
    await lab.begin(title)
    const toDo = lab.lesson.getByRole('listitem').filter({ hasText: /, to do/ })
    const solved = lab.lesson.getByText('Solved', { exact: true })
    expect(Object.keys(wrong)).toHaveLength(3)
    for (const [turn, [left, way]] of Object.entries(wrong)) {
      await way(lab)
      await expect(toDo, turn).toHaveCount(left)
      await expect(solved, turn).toBeHidden()
      await lab.click('Start again')
      // SimpleIdServer issues equal tokens in one second.
      await lab.wait(1)
    }
    await solve(lab)
    await expect(solved).toBeVisible()
    await expect(lab.lesson).toContainText(closing)
  })
}

test('the focus stays in the lesson: after its last hint, and after a value that is right', async ({
  page,
  site,
}) => {
  await page.goto(site)
  const lab = new LessonPage(page)
  await lab.begin('Read the token')
  for (const hint of [1, 2, 3])
    await lab.lesson.getByRole('button', { name: `Hint ${hint} of 3` }).press('Enter')
  await expect(lab.lesson.locator('.hints')).toBeFocused()
  await lab.press('Get token')
  const issuer = lab.lesson.getByRole('textbox').first()
  await issuer.fill('https://practice.example')
  await issuer.press('Enter')
  await expect(lab.lesson.getByRole('textbox')).toHaveCount(2)
  await expect(lab.lesson.getByRole('textbox').first()).toBeFocused()
  await lab.click('Start again')
  await expect(lab.lesson.getByRole('textbox').first()).toHaveValue('')
})

test('progress that is reset next to a solved lesson stays reset', async ({ page, site }) => {
  await page.goto(site)
  const lesson = new LessonPage(page)
  await lesson.begin('The first token')
  await lesson.press('Get token')
  await expect(lesson.lesson).toContainText('Solved')
  await lesson.click('Lessons')
  const list = page.getByRole('region', { name: 'Lessons', exact: true })
  await expect(list).toContainText('1 of 16 done')
  await list.getByRole('button', { name: 'Reset progress' }).click()
  await expect(list).toContainText('0 of 16 done')
  await page.getByLabel('Theme').selectOption('dark')
  await expect(list).toContainText('0 of 16 done')
})
