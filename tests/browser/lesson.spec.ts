import type { Locator } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LessonPage } from './lesson-page.ts'

const mine = 'https://as.example/token'

test('a whole lesson by keyboard: begun, predicted, solved, left; axe finds nothing, and the form is as it was', async ({
  page,
  site,
}) => {
  const lab = new LessonPage(page)
  await page.goto(site)
  await lab.connectTo(mine, { secret: 'typed before' })
  const type = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

  await page.getByRole('button', { name: 'Lessons', exact: true }).focus()
  await type('Enter')
  const list = page.getByRole('region', { name: 'Lessons', exact: true })
  await expect(list.getByRole('listitem')).toHaveCount(16)
  expect(await violations(page)).toEqual([])
  const first = list.getByRole('button', { name: 'The first token' })
  while (!(await first.evaluate((one) => one === document.activeElement))) await type('Tab')
  await type('Enter')

  await expect(lab.lesson.getByRole('heading', { level: 3 })).toBeFocused()
  await expect(lab.field('Token endpoint')).toHaveValue('https://practice.example/token')
  expect(await violations(page)).toEqual([])
  await type('Tab', 'ArrowDown', 'ArrowDown')
  await expect(lab.lesson.getByRole('radio', { name: 'A JSON object with an access token' })).toBeChecked()
  await lab.field('Scope').focus()
  await type('Control+Enter')
  await expect(lab.lesson.getByText('Solved', { exact: true })).toBeVisible()
  await expect(lab.lesson.getByRole('status').filter({ hasText: 'You predicted it.' })).toBeVisible()
  await expect(lab.lesson).toContainText('There was one request and no user.')
  expect(await violations(page)).toEqual([])

  await lab.lesson.getByRole('button', { name: 'Leave', exact: true }).focus()
  await type('Enter')
  await expect(lab.lesson).toHaveCount(0)
  await expect(lab.field('Token endpoint')).toHaveValue(mine)
  await expect(lab.field('Client secret')).toHaveValue('typed before')
  await page.getByRole('button', { name: 'Lessons', exact: true }).click()
  await expect(list).toContainText('1 of 16 done')
  await list.getByRole('button', { name: 'Reset progress' }).click()
  await expect(list).toContainText('0 of 16 done')
})

test('a link to a lesson says what it is about before it begins, begins it on a click, and leaving it brings the form back', async ({
  page,
  site,
}) => {
  const lab = new LessonPage(page)
  await page.goto(`${site}#1;lesson=wrong-secret`)
  const link = page.getByRole('region', { name: 'Link', exact: true })
  await expect(link).toContainText('It begins the lesson The wrong secret.')
  await expect(link).toContainText('stay in this page')
  await expect(lab.lesson).toHaveCount(0)
  await link.getByRole('button', { name: 'Use it' }).click()
  await expect(lab.lesson.getByRole('heading', { name: 'The wrong secret', exact: true })).toBeVisible()
  await expect(link).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()

  await lab.lesson.getByText('Link to this lesson').click()
  await expect(lab.lesson).toContainText(`${site}#1;lesson=wrong-secret`)
  await lab.lesson.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(lab.lesson).toHaveCount(0)
})

test('a lesson on a phone is above the exchange, and its handout has what it was about, without secrets and tokens', async ({
  page,
  site,
}) => {
  const lab = new LessonPage(page)
  await page.addInitScript(() => {
    window.print = () => undefined
  })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(site)
  await lab.begin('The first token')
  await lab.press('Get token')
  await expect(lab.lesson.getByText('Solved', { exact: true })).toBeVisible()
  const bottomOf = (one: Locator) => one.evaluate((element) => element.getBoundingClientRect().bottom)
  expect(await bottomOf(lab.lesson)).toBeLessThan(await bottomOf(lab.request))
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)

  await lab.lesson.getByRole('button', { name: 'Print handout' }).click()
  const handout = page.locator('.handout')
  await expect(handout).toContainText('The first token')
  await expect(handout).toContainText('Get an access token from an authorization server')
  await expect(handout).toContainText('There was one request and no user.')
  await expect(handout).not.toContainText('practice-secret')
  const token = /"access_token":"([^"]+)"/.exec((await lab.rawResponse.textContent()) ?? '')?.[1]
  expect(token).toMatch(/^eyJ/)
  await expect(handout).not.toContainText(token?.split('.')[2] ?? '')
})

test('a lesson next to the exchange: nothing of the page is lost at 1280, and before a room it is a pane of its own', async ({
  page,
  site,
}) => {
  const lab = new LessonPage(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(site)
  await lab.begin('The first token')
  await lab.press('Get token')
  await expect(lab.lesson.getByText('Solved', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  const payload = page.getByRole('region', { name: 'Decoded payload' })
  for (const seen of [
    page.getByText('POST /token HTTP/1.1'),
    page.getByText('200 OK').first(),
    payload.getByText('scope', { exact: true }),
    page.getByText(/expires in/).first(),
    page.getByRole('button', { name: 'Verify with the server’s keys' }),
  ])
    await expect(seen).toBeInViewport({ ratio: 0.4 })

  await lab.fill('Client secret', 'wrong')
  await lab.press('Get token')
  const card = lab.response
  for (const seen of [
    card.getByRole('heading', { name: 'The server refused: invalid_client' }),
    card.getByText('What to try'),
    card.getByText('Correct what the check names.', { exact: false }),
  ])
    await expect(seen).toBeInViewport({ ratio: 0.9 })

  await page.getByRole('button', { name: 'Projector', exact: true }).click()
  const pager = page.getByRole('navigation', { name: 'Panes' })
  await expect(pager.getByRole('button', { name: 'Lesson', exact: true })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await expect(lab.lesson).toBeVisible()
  await expect(lab.request).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(lab.request).toBeVisible()
})
