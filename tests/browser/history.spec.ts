import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

/** A token for `read`, one that is refused for its secret, one for `write`. */
async function sendThree(playground: PlaygroundPage): Promise<void> {
  const secret = await playground.field('Client secret').inputValue()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.field('Client secret').fill('not-it')
  await playground.getToken.click()
  await expect(playground.response).toContainText('401')
  await playground.connect({ secret, scope: 'write' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
}

test('History shows one kind, one origin or one result, and says how many that are', async ({
  playground,
  page,
}) => {
  await sendThree(playground)
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(page.getByText('API call #4:')).toBeVisible()
  const history = await playground.openHistory()
  const entries = history.getByRole('listitem')
  await expect(history.getByText('4 shown')).toBeVisible()
  await expect(history.getByRole('button', { name: 'Clear filter' })).toHaveCount(0)
  await history.getByLabel('Kind').selectOption('Token requests')
  await expect(history.getByText('3 of 4 shown')).toBeVisible()
  await history.getByLabel('Result').selectOption('4xx')
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText('#2')
  await history.getByRole('button', { name: 'Clear filter' }).click()
  await expect(entries).toHaveCount(4)
  await expect(history.getByLabel('Origin').getByRole('option')).toHaveText([
    'All',
    'https://practice.example',
  ])
})

test('an exchange is sent again with its configuration; the form stays', async ({ playground }) => {
  await sendThree(playground)
  const history = await playground.openHistory()
  await history
    .getByRole('listitem')
    .filter({ hasText: '#1' })
    .getByRole('button', { name: 'Send again with the same configuration' })
    .click()
  await expect(history).toBeHidden()
  await expect(playground.rawRequest).toContainText('scope=read&')
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.field('Scope')).toHaveValue('write')
  await playground.openHistory()
  await expect(history.getByRole('listitem').first()).toContainText(
    'Token request with the configuration of #1',
  )
})

test('an exchange is deleted: the page shows the next request, the token stays, and Undo brings both back', async ({
  playground,
  page,
}) => {
  await sendThree(playground)
  const history = await playground.openHistory()
  const entries = history.getByRole('listitem')
  await entries.filter({ hasText: '#3' }).getByRole('button', { name: 'Delete' }).click()
  await expect(entries).toHaveCount(2)
  await expect(entries.first().getByRole('button').first()).toBeFocused()
  await expect(playground.request).toContainText('exactly what will be sent')
  await expect(playground.token).toContainText('of exchange 3')
  await history.getByRole('button', { name: 'Undo' }).click()
  await expect(entries).toHaveCount(3)
  await expect(playground.request).toContainText('#3')

  await history.getByRole('button', { name: 'Clear History' }).click()
  await expect(history.getByText('No requests.')).toBeVisible()
  await expect(history.getByText('3 exchanges deleted.')).toBeVisible()
  await expect(history.getByRole('button', { name: 'Undo' })).toBeFocused()
  await history.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await playground.getToken.click()
  await playground.openHistory()
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText('#4')
  // What was deleted before History was closed is gone.
  await expect(history.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('an exchange that a lesson counts on is not deleted, and History says why', async ({
  playground,
  page,
}) => {
  await page.getByRole('button', { name: 'Lessons' }).click()
  const lessons = page.getByRole('region', { name: 'Lessons', exact: true })
  await lessons.getByRole('listitem').first().getByRole('button').first().click()
  await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toBeVisible()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const history = await playground.openHistory()
  await history.getByRole('button', { name: 'Delete' }).press('Enter')
  await expect(history.getByText('The lesson under way counts on it. Leave the lesson first.')).toBeVisible()
  await expect(history.getByRole('listitem')).toHaveCount(1)
})

test('what names a deleted exchange says that it is gone', async ({ playground, page }) => {
  await playground.find('https://practice.example')
  const link = page.getByRole('button', { name: 'Exchange 1' })
  await playground.connection.locator('summary').filter({ hasText: 'Asked at' }).click()
  await expect(link).toBeVisible()
  const history = await playground.openHistory()
  await history.getByRole('button', { name: 'Clear History' }).click()
  await history.getByRole('button', { name: 'Close' }).click()
  await link.click()
  await expect(page.getByText('Exchange 1 is no longer in History')).toBeVisible()
})

test('two exchanges are chosen and compared by the keyboard alone; Escape leads back to where one was', async ({
  playground,
  page,
}) => {
  await sendThree(playground)
  await page.getByRole('button', { name: /^History/ }).focus()
  await page.keyboard.press('Enter')
  const history = page.getByRole('region', { name: 'History' })
  const entry = (number: number) =>
    history.getByRole('listitem').filter({ hasText: new RegExp(`^#${number} `) })
  const tabTo = async (name: string, number: number) => {
    const button = entry(number).getByRole('button', { name, exact: true })
    for (let presses = 0; presses < 40; presses += 1) {
      if (await button.evaluate((one) => one === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    await expect(button).toBeFocused()
  }
  await expect(entry(3)).toBeVisible()
  await tabTo('Compare', 2)
  await page.keyboard.press('Space')
  await expect(entry(2).getByRole('button', { name: 'Compare', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(history.getByText('#2 is the first of two.')).toBeVisible()
  await tabTo('Compare with #2', 1)
  await page.keyboard.press('Enter')
  const compare = page.getByRole('region', { name: 'Compare', exact: true })
  await expect(compare.getByRole('list', { name: 'What differs in Configuration' })).toContainText(
    'Client secret',
  )
  await page.keyboard.press('Escape')
  await expect(compare).toBeHidden()
  await expect(history).toBeVisible()
  await expect(entry(1).getByRole('button', { name: 'Compare', exact: true })).toBeFocused()
})

for (const width of [390, 1280]) {
  test(`History with its tools is accessible, and fits ${width} pixels`, async ({ playground, page }) => {
    await sendThree(playground)
    await page.setViewportSize({ width, height: 800 })
    const history = await playground.openHistory()
    await history.getByRole('button', { name: 'Compare' }).first().click()
    await history.getByRole('button', { name: 'Delete' }).last().click()
    await expect(history.getByRole('button', { name: 'Undo' })).toBeVisible()
    expect(await history.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    expect(await violations(page)).toEqual([])
  })
}
