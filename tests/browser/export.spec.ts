import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Export', exact: true })
const preview = (page: Page) =>
  panel(page).getByRole('region', { name: 'This leaves the page, and nothing else' })

/** A token, and a refusal after it. */
async function twoExchanges(playground: PlaygroundPage): Promise<void> {
  const { getToken, response, token } = playground
  await playground.field('Scope').fill('read')
  await getToken.click()
  await expect(token).toContainText('practice-client')
  await playground.field('Scope').fill('nonsense')
  await getToken.click()
  await expect(response).toContainText('invalid_scope')
}

async function openExport(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Response' }).getByRole('button', { name: 'Export' }).click()
  await expect(preview(page)).toBeVisible()
}

async function saved(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel(page).getByRole('button', { name: 'Save', exact: true }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

const hidden = /practice-secret|eyJ|cHJhY3RpY2U/

test('what is shown before is what leaves, in each format, and no secret and no token is in it unless that is asked for', async ({
  playground,
  page,
}) => {
  await twoExchanges(playground)
  await openExport(page)
  expect(await violations(page)).toEqual([])
  await panel(page).getByLabel('Exchanges').selectOption('all')
  for (const format of ['har', 'markdown', 'json']) {
    await panel(page).getByLabel('Format').selectOption(format)
    const text = await saved(page)
    expect(text).not.toMatch(hidden)
    expect(text).toContain('invalid_scope')
    await expect(preview(page)).toHaveText(text, { useInnerText: false })
  }
  await panel(page).getByLabel('With secrets, tokens and keys').check()
  await expect(panel(page)).toContainText('Whoever has the file')
  expect(await saved(page)).toMatch(/eyJ/)

  // Off again each time it is opened
  await page.keyboard.press('Escape')
  await openExport(page)
  await expect(panel(page).getByLabel('With secrets, tokens and keys')).not.toBeChecked()
})

test('the ticket has what was tried, the messages, and what the page says of them', async ({
  playground,
  page,
}) => {
  await twoExchanges(playground)
  await openExport(page)
  await panel(page).getByLabel('Format').selectOption('markdown')
  const text = await saved(page)
  expect(text).toContain('POST /token')
  expect(text).toContain('400')
  expect(text).toMatch(/scope/i)
  expect(text).toMatch(/rfc-editor\.org|rfc6749/i)
})

test('a saved HAR opens to be looked at: with its explanation, and as evidence of nothing', async ({
  playground,
  page,
}) => {
  await twoExchanges(playground)
  await openExport(page)
  await panel(page).getByLabel('Exchanges').selectOption('all')
  const text = await saved(page)
  await page.reload()
  await page.locator('button[popovertarget=paste][hidden]').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Paste anything' }).click()
  await page.getByLabel('Or a file').setInputFiles({
    name: 'of a colleague.har',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  })
  const paste = page.getByRole('region', { name: 'Paste', exact: true })
  await expect(paste.getByRole('status').first()).toContainText('2 recorded exchanges')
  await paste.getByRole('button', { name: 'Look at the exchanges' }).click()
  await expect(paste.getByRole('status')).toContainText('2 exchanges are in History')
  await page.keyboard.press('Escape')

  const history = await playground.openHistory()
  const file = history.getByRole('region', { name: 'of a colleague.har' })
  await expect(file.getByRole('listitem')).toHaveCount(2)
  await file.getByRole('button', { name: /400/ }).click()
  await expect(playground.response).toContainText('invalid_scope')
  await expect(playground.response).toContainText('What to try')
  await expect(playground.request).toContainText('not sent by this page')
  await playground.openHistory()
  await file.getByRole('button', { name: /200/ }).click()
  await expect(playground.response).toContainText('200')
  // Its token is masked, and not at hand.
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Use the token' })).toContainText('No token is at hand')

  await playground.openHistory()
  await file.getByRole('button', { name: 'Remove' }).click()
  await expect(file).toBeHidden()
})

test('History is kept over a reload only if that is asked for, masked, and forgotten at once', async ({
  playground,
  page,
}) => {
  // As it was left, before a script of the page reads it.
  await page.addInitScript(() => {
    Object.assign(globalThis, { left: JSON.stringify(Object.entries(sessionStorage)) })
  })
  const left = () => page.evaluate(() => (globalThis as { left?: string }).left ?? '')
  const kept = () => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))
  const reload = async () => {
    await page.reload()
    await page.locator('button[popovertarget=paste][hidden]').waitFor({ state: 'attached' })
  }
  await twoExchanges(playground)
  await reload()
  expect(await left()).toBe('[]')
  await twoExchanges(playground)
  const history = await playground.openHistory()
  await history.getByLabel('Keep over a reload').check()
  await reload()
  expect(await left()).not.toMatch(hidden)
  expect(await left()).toContain('invalid_scope')
  await playground.openHistory()
  const before = history.getByRole('region', { name: 'Before the reload' })
  await expect(before.getByRole('listitem')).toHaveCount(2)
  await expect(history.getByLabel('Keep over a reload')).toBeChecked()
  // While the page is open nothing of it is there.
  expect(await kept()).not.toContain('invalid_scope')
  await before.getByRole('button', { name: /400/ }).click()
  await expect(playground.request).toContainText('from before the reload')

  // What is removed is not kept once more.
  await playground.openHistory()
  await before.getByRole('button', { name: 'Remove' }).click()
  await reload()
  expect(await left()).not.toContain('invalid_scope')
  await playground.openHistory()
  await expect(before).toBeHidden()
  await history.getByLabel('Keep over a reload').uncheck()
  expect(await kept()).toBe('[]')

  // And by Forget everything
  await page.keyboard.press('Escape')
  await twoExchanges(playground)
  await playground.openHistory()
  await history.getByLabel('Keep over a reload').check()
  await history.getByRole('button', { name: 'Forget everything' }).click()
  await history
    .getByRole('group', { name: 'Forget everything' })
    .getByRole('button', { name: /^Forget/ })
    .click()
  await page.waitForLoadState()
  await playground.getToken.waitFor()
  await expect.poll(left).toBe('[]')
  expect(await kept()).toBe('[]')
})

test('the preview has what nobody sees marked, and the file as it is; hostile text stays text', async ({
  playground,
  page,
}) => {
  await playground.field('Scope').fill('a\u202Eb<img src=x>`````')
  await playground.getToken.click()
  await expect(playground.response).toContainText('invalid_scope')
  await openExport(page)
  await panel(page).getByLabel('Format').selectOption('json')
  const text = await saved(page)
  expect(text).toContain('\u202E')
  await expect(preview(page)).toHaveText(text, { useInnerText: false })
  await expect(preview(page).locator('img')).toHaveCount(0)
})

test('at 390 px the export fits', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await twoExchanges(playground)
  await openExport(page)
  expect(await panel(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
  expect(await violations(page)).toEqual([])
})
