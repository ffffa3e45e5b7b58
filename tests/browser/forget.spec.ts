import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage, storageKey } from './playground-page.ts'

const secret = 's3cret-to-be-forgotten'
const saved = 'The shop'

/** Everything there is to forget: a token, a remembered key, a saved connection, a secret. */
async function fillIn(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const keys = await playground.openKeys()
  await keys.getByRole('button', { name: 'Generate' }).click()
  const card = keys.getByRole('article')
  await card.getByRole('button', { name: /^Remember/ }).click()
  await expect(card.getByText('remembered', { exact: true })).toBeVisible()
  await playground.page.keyboard.press('Escape')
  await playground.connectTo('https://as.example/token', { secret })
  const fold = await playground.unfold('Saved connections')
  await playground.field('Save this connection as').fill(saved)
  await fold.getByRole('button', { name: 'Save', exact: true }).click()
}

/** Forgets everything by the button behind **?**. */
async function forgetAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'About this page' }).click()
  const about = page.getByRole('region', { name: 'About this page' })
  await about.getByRole('button', { name: 'Forget everything …' }).click()
  await about.getByRole('button', { name: 'Forget it all' }).click()
  await expect(about).toBeHidden()
}

const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), storageKey)

/** As it is when it is opened for the first time. */
async function expectNothing(playground: PlaygroundPage): Promise<void> {
  const { page } = playground
  await expect(playground.field('Server')).toHaveValue('practice')
  await expect(playground.field('Server').getByRole('option', { name: saved })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await playground.choose('own')
  await expect(playground.field('Client secret')).toHaveValue('')
  await expect(playground.field('Token endpoint')).toHaveValue('')
}

test('in one go the page forgets all that it says, in every tab, and nothing before', async ({
  playground,
  page,
  site,
}) => {
  await fillIn(playground)
  const other = new PlaygroundPage(await page.context().newPage())
  await other.page.goto(site)
  await expect(other.page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
  await other.choose('own')
  await other.connect({ secret })

  const fold = await playground.unfold('Saved connections')
  await fold.getByRole('button', { name: 'Forget everything …' }).click()
  const question = fold.getByRole('group', { name: 'Forget everything' })
  await expect(question).toContainText('1 key, 1 of them remembered by this browser')
  await expect(question).toContainText('1 exchange in this tab')
  await expect(question).toContainText('1 saved connection,')
  // A key that is held down presses whatever has the focus next.
  await expect(question).toBeFocused()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(fold.getByRole('button', { name: 'Forget everything …' })).toBeFocused()
  await expect(playground.field('Client secret')).toHaveValue(secret)
  expect(await stored(page)).toContain(saved)

  await forgetAll(page)
  await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
  await expect(other.page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
  expect(await stored(page)).toBeNull()
  await expectNothing(playground)
  await expectNothing(other)
  await other.page.close()
})

test('if the remembered keys cannot be removed, nothing is forgotten, and the page says why', async ({
  playground,
  page,
}) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
  })
  await page.reload()
  await playground.choose('own')
  await playground.connect({ secret })
  const history = await playground.openHistory()
  await page.setViewportSize({ width: 390, height: 300 })
  await history.getByRole('button', { name: 'Forget everything …' }).click()
  await history.getByRole('button', { name: 'Forget it all' }).click()
  await expect(history.getByRole('alert')).toBeInViewport({ ratio: 0.9 })
  await expect(history.getByRole('alert')).toContainText('Nothing was forgotten.')
  await expect(history.getByRole('alert')).toContainText('The disk is full.')
  await expect(playground.field('Client secret')).toHaveValue(secret)
  expect(await stored(page)).not.toBeNull()
})

/** What a browser does that keeps the page in memory; WebKit empties its fields just after it has shown the page. */
const leaveAndComeBack = (page: Page, meanwhile: 'the fields are emptied' | 'all is forgotten elsewhere') =>
  page.evaluate(
    ([what, key]) => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      if (what === 'the fields are emptied')
        setTimeout(() => {
          for (const field of document.querySelectorAll<HTMLInputElement>('input.wire')) field.value = ''
        })
      else localStorage.removeItem(key)
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    },
    [meanwhile, storageKey] as const,
  )

test('back from elsewhere the form shows what it will send', async ({
  playground,
  page,
  authorizationServer,
}) => {
  await playground.connectTo(authorizationServer.tokenEndpoint)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await leaveAndComeBack(page, 'the fields are emptied')
  await expect(playground.field('Client secret')).toHaveValue('password')
  await expect(playground.field('Token endpoint')).toHaveValue(authorizationServer.tokenEndpoint)
  await playground.field('Scope').fill('')
  await leaveAndComeBack(page, 'the fields are emptied')
  await expect(playground.field('Scope')).toHaveValue('')
})

test('back from elsewhere the page has forgotten what was forgotten meanwhile', async ({
  playground,
  page,
}) => {
  await playground.connectTo('https://as.example/token', { secret })
  await expect(playground.rawRequest).toContainText('/token')
  await leaveAndComeBack(page, 'all is forgotten elsewhere')
  await expectNothing(playground)
})

test('back from elsewhere the page forgets what was forgotten meanwhile, even if something was stored since then', async ({
  playground,
  page,
  site,
}) => {
  // A page that the browser keeps in memory runs no script, and is told nothing.
  await page.addInitScript(() => {
    const add = addEventListener
    window.addEventListener = (type: string, ...rest: [EventListenerOrEventListenerObject]) => {
      if (type !== 'storage') add.call(window, type, ...rest)
    }
  })
  await page.reload()
  await playground.connectTo('https://as.example/token', { secret })
  await expect(playground.rawRequest).toContainText('/token')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  const other = new PlaygroundPage(await page.context().newPage())
  await other.page.goto(site)
  await forgetAll(other.page)
  await other.connect({ scope: 'stored-since-then' })
  await expect.poll(() => stored(page)).toContain('stored-since-then')
  await expect(playground.field('Client secret')).toHaveValue(secret)

  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(playground.field('Scope')).toHaveValue('stored-since-then')
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await playground.choose('own')
  await expect(playground.field('Client secret')).toHaveValue('')
  await expect(playground.field('Token endpoint')).toHaveValue('')
})
