import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('axe finds nothing: empty, issued, refused, unreachable, history', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  test.slow()
  guard.allowConsole(/ERR_/)
  expect(await violations(page)).toEqual([])

  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  for (const summary of await page.locator('summary').all()) await summary.click()
  expect(await violations(page)).toEqual([])

  await playground.connect({ secret: 'wrong', scope: 'a,b' })
  await page.getByRole('button', { name: 'Parameters' }).click()
  await playground.getToken.click()
  await expect(playground.response).toContainText('401')
  expect(await violations(page)).toEqual([])

  await playground.connectTo(faults.url('/reset'))
  await playground.getToken.click()
  await expect(playground.response).toContainText('No response')
  await playground.openHistory()
  expect(await violations(page)).toEqual([])

  await page.keyboard.press('Escape')
  await playground.connectTo('nonsense', { id: '' })
  expect(await violations(page)).toEqual([])
})

test('everything is done by keyboard alone', async ({ playground, page }) => {
  const tabTo = async (name: string) => {
    const target = page
      .getByLabel(name, { exact: true })
      .or(page.getByRole('button', { name, exact: true }))
      .first()
    for (let tries = 0; tries < 60; tries += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`No way to ${name} by Tab`)
  }
  await tabTo('Scope')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('write')
  await page.keyboard.press('Enter')
  await expect(playground.response).toContainText('200 OK')
  await expect(page.getByRole('status').filter({ hasText: '200 OK. Token received.' })).toHaveCount(1)

  await tabTo('Show secrets')
  await page.keyboard.press('Space')
  await expect(playground.rawRequest).toContainText('cHJhY3RpY2U')

  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'History 2' })).toBeVisible()

  await page.keyboard.press('Shift+Tab')
  await page.reload()
  await tabTo('History 0')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'History' })).toBeHidden()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('History')
})

test('nothing is cut off from 320 px to 3840 px', async ({ playground, page }) => {
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  for (const summary of await page.locator('summary').all()) await summary.click()
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  for (const width of [320, 390, 768, 1280, 1920, 3840]) {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(overflow, `at ${width} px`).toBe(0)
  }
})

test('fields are checked as they are typed, and mended in one click', async ({ playground, page }) => {
  await playground.connectTo('localhost:9000/token')
  await expect(page.getByText('The scheme is missing.')).toBeVisible()
  await expect(playground.getToken).toBeDisabled()
  await page.getByRole('button', { name: 'Put http:// in front' }).click()
  await expect(playground.field('Token endpoint')).toHaveValue('http://localhost:9000/token')
  await expect(playground.getToken).toBeEnabled()

  await playground.field('Client secret').fill('secret\u200B ')
  await expect(page.getByText('Contains a zero-width space and a space')).toBeVisible()
  await expect(playground.getToken).toBeEnabled()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(playground.field('Client secret')).toHaveValue('secret')

  await playground.field('Scope').fill('read,write')
  await page.getByRole('button', { name: 'Use spaces' }).click()
  await expect(playground.field('Scope')).toHaveValue('read write')

  await playground.field('Token endpoint').fill('http://as.example/token')
  await expect(page.getByText('secret and token can be read on the way')).toBeVisible()
  await playground.field('Token endpoint').fill('https://user:pw@as.example/token')
  await expect(playground.getToken).toBeDisabled()
  await playground.field('Token endpoint').fill('https://as.example/token#part')
  await expect(page.getByText('An endpoint has no fragment')).toBeVisible()
  await expect(playground.getToken).toBeEnabled()
})

test('without colour: every state has its word', async ({ playground }) => {
  await playground.getToken.click()
  await playground.response.getByText(/requirements met/).click()
  await expect(playground.response.getByText('✓ accepted')).toBeVisible()
  await expect(
    playground.response.getByRole('listitem').filter({ hasText: 'An issued token comes with status 200' }),
  ).toContainText('(passed)')
})

test('the theme follows the system until it is chosen', async ({ playground, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await background()
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await background()
  expect(dark).not.toBe(light)
  await playground.field('Theme').selectOption('light')
  expect(await background()).toBe(light)
  await page.emulateMedia({ colorScheme: 'light' })
  await playground.field('Theme').selectOption('dark')
  expect(await background()).toBe(dark)
})

test('a request that cannot be sent leads to the field that is in the way', async ({ playground, page }) => {
  await playground.choose('own')
  await expect(playground.getToken).toBeDisabled()
  await playground.field('Scope').focus()
  await page.keyboard.press('Control+Enter')
  await expect(playground.field('Token endpoint')).toBeFocused()
  await playground.field('Token endpoint').fill('https://as.example/token')
  await page.keyboard.press('Enter')
  await expect(playground.field('Client ID')).toBeFocused()
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
})

test('the focus stays where it is useful: on Get token, on a mended field, after Cancel', async ({
  playground,
  page,
  faults,
}) => {
  await playground.getToken.focus()
  await page.keyboard.press('Enter')
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.getToken).toBeFocused()
  await playground.connectTo(faults.url('/never'), { scope: 'a,b' })
  await page.getByRole('button', { name: 'Use spaces' }).click()
  await expect(playground.field('Scope')).toBeFocused()
  await playground.getToken.click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(playground.getToken).toBeFocused()
})

test('a fix that is a change of the form is one click', async ({
  playground,
  page,
  guard,
  authorizationServer,
}) => {
  guard.expectConsole(/401/)
  const { id, secret } = authorizationServer.clients.basic
  await playground.connectTo(authorizationServer.tokenEndpoint, {
    id,
    secret,
    method: 'client_secret_basic',
    encoding: 'raw',
  })
  await playground.getToken.click()
  await page.getByRole('button', { name: 'Encode ID and secret (RFC 6749)' }).click()
  await expect(playground.field('Encoding in the header')).toHaveValue('form')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
})

test('there is a way back: to the server’s own values, and to those of an earlier exchange', async ({
  playground,
  page,
}) => {
  await playground.connect({ id: 'spoiled', secret: 'spoiled', scope: 'write' })
  await page.reload()
  await page.getByRole('button', { name: 'Reset' }).click()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.connect({ id: 'spoiled', scope: 'other' })
  await playground.response.getByRole('button', { name: 'Show #1' }).click()
  await page.getByRole('button', { name: 'Use its values' }).click()
  await expect(playground.field('Client ID')).toHaveValue('practice-client')
  await expect(playground.field('Scope')).toHaveValue('read')
  await playground.response.getByRole('button', { name: 'Show #1' }).click()
  await expect(playground.request).toContainText('#1 · sent')
  await expect(page.getByRole('button', { name: 'Use its values' })).toHaveCount(0)
})

test('the clients the practice server knows are one click away', async ({ playground, page }) => {
  await page.getByText('Clients to try here').click()
  await page.getByRole('button', { name: 'practice-es256' }).click()
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, ES256')
  await page.getByRole('button', { name: 'practice-public' }).click()
  await expect(playground.field('Client authentication')).toHaveValue('none')
  await playground.getToken.click()
  await expect(playground.response).toContainText('unauthorized_client')
})
