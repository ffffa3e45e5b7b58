import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const secret = 'practice-secret'

/** A token, an API called with it, and the token as it was issued. */
async function useIt(playground: PlaygroundPage, page: Page): Promise<string> {
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT')
  const token = (await playground.field('Access token').textContent()) ?? ''
  expect(token.split('.')).toHaveLength(3)
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('Hello')
  return token
}

async function project(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Projector' }).click()
  await expect(pager(page)).toBeVisible()
}

const pager = (page: Page) => page.getByRole('navigation', { name: 'Panes' })

/** By the key, from no field. */
async function turnTo(page: Page, key: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press(key)
}

const names = ['Connection', 'Request', 'Response', 'Token', 'Use the token', 'Sequence'] as const

/** The regions that can be seen, of those above. */
async function onScreen(page: Page): Promise<string[]> {
  const seen: string[] = []
  for (const name of names)
    if (await page.getByRole('region', { name, exact: true }).isVisible()) seen.push(name)
  return seen
}

/** Sizes of what can be read, in pixels: the smallest of all text, and of what is on the wire. */
const smallest = (page: Page): Promise<{ text: number; wire: number }> =>
  page.evaluate(() => {
    const sizes = { text: Infinity, wire: Infinity }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement: element, textContent } = walker.currentNode
      if (!element?.checkVisibility() || (textContent ?? '').trim() === '') continue
      if (element.closest('.visually-hidden, script, style')) continue
      const kind = element.closest('.wire') ? 'wire' : 'text'
      sizes[kind] = Math.min(sizes[kind], parseFloat(getComputedStyle(element).fontSize))
    }
    return sizes
  })

/** All that a page gives away: its text and attributes, what is in its fields, and what a screen reader is told. */
async function allOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: unknown[] }
  await session.detach()
  const seen = await page.evaluate(() => [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
  ])
  return JSON.stringify([nodes, seen])
}

test('before a room: one pane at a time by keyboard, in type of 22 px and more', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await useIt(playground, page)
  await project(page)
  for (const [index, name] of names.entries()) {
    await turnTo(page, String(index + 1))
    await expect.poll(() => onScreen(page)).toEqual([name])
    await expect(pager(page).getByRole('button', { name, exact: true })).toHaveAttribute(
      'aria-current',
      'true',
    )
    const { text, wire } = await smallest(page)
    expect(text, name).toBeGreaterThanOrEqual(22)
    expect(wire, name).toBeGreaterThanOrEqual(20)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBe(0)
  }
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => onScreen(page)).toEqual(['Sequence'])
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => onScreen(page)).toEqual(['Use the token'])
})

test('axe finds nothing before a room, with the contrast that is asked for at most', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await useIt(playground, page)
  await project(page)
  for (const key of ['1', '3', '4', '6']) {
    await turnTo(page, key)
    await expect(pager(page).locator('[aria-current]')).toContainText(key)
    expect(await violations(page, 'enhanced'), key).toEqual([])
  }
})

test('the projector shows no secret and no token: not in a text, an attribute or a field, nor to a screen reader', async ({
  playground,
  page,
}) => {
  await playground.showSecrets()
  const token = await useIt(playground, page)
  await page.getByRole('button', { name: 'Introspect' }).click()
  await expect(playground.rawResponse).toContainText('"active":true')
  await playground.pasteToken(token)
  await playground.lookAt(1)
  await expect(playground.rawResponse).toContainText(token)
  const before = await allOf(page)
  for (const kept of [secret, btoa(`practice-client:${secret}`), token]) expect(before).toContain(kept)

  await project(page)
  for (const id of [1, 2, 3]) {
    await turnTo(page, '2')
    await playground.lookAt(id)
    await page.getByRole('button', { name: 'Parameters' }).click()
    await expect(playground.rawRequest).toContainText('••••••••')
    await turnTo(page, '3')
    for (const key of ['1', '3', '4', '6']) {
      await turnTo(page, key)
      const all = await allOf(page)
      for (const hidden of [secret, btoa(`practice-client:${secret}`), token, token.split('.')[2] ?? ''])
        expect(all).not.toContain(hidden)
    }
  }
  await turnTo(page, '3')
  await playground.lookAt(1)
  await expect(playground.rawResponse).toContainText('"access_token":"••••••••","token_type":"Bearer"')
  await playground.openHistory()
  expect(await allOf(page)).not.toContain(token)
})

test('a secret can be typed before a room, and is gone from its field once that is left', async ({
  playground,
  page,
}) => {
  await project(page)
  await expect(playground.field('Client secret')).toHaveValue('')
  await playground.field('Client secret').pressSequentially('wr0ng-3')
  // Digits and Escape are typed, and lead nowhere.
  await page.keyboard.press('Escape')
  await expect.poll(() => onScreen(page)).toEqual(['Connection'])
  await playground.field('Client ID').focus()
  expect(await allOf(page)).not.toContain('wr0ng-3')
  await playground.getToken.click()
  await turnTo(page, '3')
  await expect(playground.response).toContainText('401')
})

test('Escape ends it, and all is as it was: secrets, explanations, the page', async ({
  playground,
  page,
}) => {
  await playground.showSecrets()
  await useIt(playground, page)
  const meaning = playground.token.getByText('The authorization server that issued the token.')
  await expect(meaning).toBeHidden()
  await project(page)
  await turnTo(page, '4')
  await expect(meaning).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show secrets' })).toBeHidden()

  await page.reload()
  await expect(pager(page)).toBeVisible()
  await playground.getToken.click()
  await turnTo(page, '4')
  await expect(meaning).toBeVisible()
  await turnTo(page, 'Escape')
  await expect(pager(page)).toBeHidden()
  await expect(meaning).toBeHidden()
  await expect(page.getByRole('button', { name: 'Projector' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Explain all' })).toHaveAttribute('aria-pressed', 'false')
  await playground.lookAt(1)
  expect(await onScreen(page)).toEqual(names.slice(0, 5))
})

test('secrets that were shown before the projector are shown after it', async ({ playground, page }) => {
  await playground.showSecrets()
  await project(page)
  await pager(page).getByRole('button', { name: 'End' }).click()
  await expect(playground.field('Client secret')).toHaveValue(secret)
  await expect(playground.rawRequest).toContainText(btoa(`practice-client:${secret}`))
})

test('the handout of a token request and an API call is one page, without a secret, a token or a control', async ({
  playground,
  page,
}) => {
  await page.evaluate(() => Object.assign(globalThis, { print: () => undefined }))
  await playground.showSecrets()
  await playground.field('Theme').selectOption('dark')
  const token = await useIt(playground, page)
  await page.getByRole('button', { name: 'Sequence' }).click()
  await page.getByRole('button', { name: 'Print handout' }).click()
  const handout = page.locator('.handout')
  await expect(handout).toBeAttached()
  await expect(handout).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(handout).toBeVisible()
  const text = await page.evaluate(() => document.body.innerText)
  for (const said of [
    'POST /token HTTP/1.1',
    'GET /api/greeting',
    '200 OK',
    '"access_token":"••••••••"',
    'Bearer ••••••••',
    'practice-client',
    'RFC 6749 4.4.2',
  ])
    expect(text).toContain(said)
  const all = decodeURIComponent(await handout.evaluate(({ outerHTML }) => outerHTML))
  expect(all).toContain('Bearer token')
  for (const hidden of [secret, btoa(`practice-client:${secret}`), token.split('.')[2] ?? '']) {
    expect(text).not.toContain(hidden)
    expect(all).not.toContain(hidden)
  }
  expect(
    await page
      .locator('button, input, select, textarea, summary')
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length),
  ).toBe(0)
  expect(
    await handout.evaluate((one) => [
      getComputedStyle(one).color,
      getComputedStyle(document.documentElement).backgroundColor,
    ]),
  ).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  const margin = { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' }
  for (const format of ['A4', 'Letter']) {
    await page.emulateMedia({ media: null })
    await page.getByRole('button', { name: 'Print handout' }).click()
    await expect(handout).toBeAttached()
    const pdf = (await page.pdf({ format, margin })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g), format).toHaveLength(1)
  }
})
