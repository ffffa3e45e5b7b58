import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const comparison = (page: Page) => page.getByRole('region', { name: 'Compare', exact: true })
const differing = (page: Page, title: string) =>
  comparison(page)
    .getByRole('list', { name: `What differs in ${title}`, exact: true })
    .getByRole('listitem')

/** A token, and a refusal of the same with another secret and another scope. */
async function refuseAfterSuccess(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.connect({ secret: 'practice-Secret', scope: 'read write' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('401')
}

test('a refusal after a success begins with what differs since, and leads to the comparison', async ({
  playground,
  page,
}) => {
  await refuseAfterSuccess(playground)
  const card = playground.response.getByRole('article').first()
  await expect(card.locator('p').first()).toContainText('It worked in #1; since then: Client secret, Scope.')
  await card.getByRole('button', { name: 'Compare with #1' }).click()
  await expect(differing(page, 'Configuration')).toHaveCount(2)
  await expect(differing(page, 'Configuration').first()).toContainText(
    /Client secret.*only upper and lower case, both have 15 characters/,
  )
  await expect(differing(page, 'Configuration').last()).toContainText(/Scope.*#1.*read.*#2.*read write/)
  await expect(differing(page, 'Configuration').last().locator('mark')).toHaveText(' write')
  await expect(differing(page, 'Response').first()).toContainText(/Status.*200 OK.*401 Unauthorized/)
  await comparison(page).getByRole('button', { name: 'Swap' }).click()
  await expect(differing(page, 'Response').first()).toContainText(/Status.*401 Unauthorized.*200 OK/)
})

test('a comparison shows no secret and no token while they are masked', async ({ playground, page }) => {
  const secret = await playground.field('Client secret').inputValue()
  await refuseAfterSuccess(playground)
  await playground.lookAt(1)
  await expect(playground.rawResponse).toContainText('access_token')
  const token = /"access_token":"([^"]+)"/.exec((await playground.rawResponse.textContent()) ?? '')?.[1] ?? ''
  expect(token).toMatch(/^ey/)
  await playground.lookAt(2)
  await page.getByRole('button', { name: 'Compare with #1' }).click()
  const folds = comparison(page).locator('summary')
  await expect(folds.first()).toBeVisible()
  for (const fold of await folds.all()) await fold.click()
  await expect(comparison(page).getByRole('list', { name: 'The same in Parameters' })).toBeVisible()
  const masked = await comparison(page).innerHTML()
  const basic = (one: string) => Buffer.from(`practice-client:${one}`).toString('base64')
  for (const hidden of [
    secret,
    'practice-Secret',
    basic(secret),
    basic('practice-Secret'),
    token,
    token.split('.')[2] ?? '',
  ])
    expect(masked).not.toContain(hidden)
  await comparison(page).getByRole('button', { name: 'Close' }).click()
  await playground.showSecrets()
  await page.getByRole('button', { name: 'Compare with #1' }).click()
  await expect(differing(page, 'Configuration').first()).toContainText(secret)
  await expect(differing(page, 'Response body').first()).toContainText(token)
})

test('the claims of two tokens are compared; what is another one each time comes last', async ({
  playground,
  page,
}) => {
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT')
  await playground.field('Scope').fill('write')
  await playground.getToken.click()
  await expect(playground.request).toContainText('#2')
  await playground.response.getByRole('button', { name: 'Compare', exact: true }).click()
  const claims = differing(page, 'Token claims')
  await expect(claims.first()).toContainText(/scope.*"read".*"write"/)
  await expect(claims.last()).toContainText('another one each time')
  const names = await claims.locator('.name').allTextContents()
  expect(names.slice(1)).toEqual(expect.arrayContaining(['jti']))
  await expect(
    comparison(page).getByText(/\d differences, and \d+ that are another one each time\./),
  ).toBeVisible()
})

test('hostile text is compared as text', async ({ playground, page, faults, guard }) => {
  guard.expectConsole(/400/)
  let turn = 0
  const endpoint = faults.answer('/hostile', () => {
    turn += 1
    const words = turn === 1 ? '<img src=x onerror="alert(1)">' : '<b>\u202Edekcah\u202C</b>'
    return {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        error: 'invalid_client',
        error_description: words,
        ['__proto__']: turn,
        '<i>': turn,
      }),
    }
  })
  await playground.connectTo(endpoint)
  for (const id of [1, 2]) {
    await playground.getToken.click()
    await expect(playground.request).toContainText(`#${id}`)
  }
  await playground.response.getByRole('button', { name: 'Compare', exact: true }).click()
  const rows = differing(page, 'Response body')
  await expect(rows.first()).toContainText('<img src=x onerror=')
  await expect(rows.first().locator('[data-mark="U+202E"]')).toHaveCount(1)
  await expect(rows.filter({ hasText: '["<i>"]' })).toHaveCount(1)
  await expect(comparison(page).locator('img, b, i')).toHaveCount(0)
})

for (const width of [390, 1280, 1920]) {
  test(`the comparison is accessible, and fits ${width} pixels`, async ({ playground, page }) => {
    await refuseAfterSuccess(playground)
    await page.setViewportSize({ width, height: 844 })
    await page.getByRole('button', { name: 'Compare with #1' }).click()
    await expect(differing(page, 'Response body').first()).toBeVisible()
    const box = await comparison(page).boundingBox()
    expect(box?.width).toBe(Math.min(width, 72 * 16))
    expect(await comparison(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    expect(await violations(page)).toEqual([])
  })
}

test('a refusal whose success was deleted says so', async ({ playground, page }) => {
  await refuseAfterSuccess(playground)
  const history = await playground.openHistory()
  await history.getByRole('button', { name: 'Delete' }).last().click()
  await history.getByRole('button', { name: 'Close' }).click()
  await expect(playground.response).toContainText('It worked in #1; since then: Client secret, Scope.')
  await expect(playground.response).toContainText('#1 is no longer in History.')
  await expect(page.getByRole('button', { name: 'Compare with #1' })).toHaveCount(0)
})
