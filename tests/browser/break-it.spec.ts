import type { Locator } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const openMenu = async ({ page }: PlaygroundPage): Promise<Locator> => {
  await page.getByRole('button', { name: 'Break it', exact: true }).click()
  return page.getByRole('group', { name: 'Break it' })
}

async function arm(playground: PlaygroundPage, label: string): Promise<void> {
  const menu = await openMenu(playground)
  await menu.getByRole('button', { name: label, exact: true }).click()
  await expect(menu).toBeHidden()
}

const armed = ({ page }: PlaygroundPage) => page.getByRole('group', { name: 'Next request is broken' })

const judgement = ({ page }: PlaygroundPage) => page.getByRole('region', { name: 'Against the standard' })

test('a fault is previewed with its marks, sent once, judged, and gone', async ({ page, playground }) => {
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  await playground.field('Client authentication').selectOption('client_secret_post')
  await playground.showSecrets()
  await arm(playground, 'Wrong secret')
  await expect(armed(playground)).toContainText('Wrong secret')
  await expect(playground.request).toContainText('Broken on purpose')
  await expect(playground.rawRequest).toContainText('client_secret=not-the-secret')
  await expect(playground.rawRequest.locator('.altered')).toHaveText(['client_secret', 'not-the-secret'])
  // Form and token stay what they were.
  await expect(playground.field('Client secret')).toHaveValue('practice-secret')
  expect(await violations(page)).toEqual([])

  await playground.getToken.click()
  await expect(judgement(playground)).toContainText('As the standard expects')
  await expect(judgement(playground)).toContainText('the server responded with 401 invalid_client')
  await expect(judgement(playground).getByRole('link')).toHaveText('RFC 6749 5.2')
  await expect(playground.rawRequest.locator('.altered')).toHaveCount(2)
  await expect(armed(playground)).toHaveCount(0)
  expect(await violations(page)).toEqual([])

  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(judgement(playground)).toHaveCount(0)
  await expect(playground.request).not.toContainText('Broken on purpose')
})

test('by the keyboard: a fault that does not apply says why, and one is undone', async ({
  page,
  playground,
}) => {
  const button = page.getByRole('button', { name: 'Break it', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('group', { name: 'Break it' })
  await expect(menu.getByRole('button', { name: 'Wrong secret' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(menu.locator('summary').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(menu.getByRole('button', { name: 'Wrong secret' })).toBeFocused()
  expect(await violations(page)).toEqual([])
  const expired = menu.getByRole('button', { name: 'Expired' }).first()
  await menu.locator('summary').filter({ hasText: 'The client assertion' }).click()
  await expect(expired).toHaveAttribute('aria-disabled', 'true')
  await expect(expired).toHaveAccessibleDescription('The client does not authenticate with a JWT.')
  await menu.getByRole('button', { name: 'GET instead of POST' }).focus()
  await page.keyboard.press('Enter')
  await expect(playground.rawRequest).toContainText('GET /token?')
  await armed(playground).getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(playground.rawRequest).toContainText('POST /token HTTP/1.1')
  await expect(playground.connection).toBeFocused()
})

test('to another origin nothing is sent before it is confirmed, and no secret is in a URL or in JSON', async ({
  playground,
  faults,
  guard,
}) => {
  guard.allowConsole(/Failed to load resource/)
  await playground.connectTo(`${faults.origin}/token`, { secret: 'the-right-secret' })
  await arm(playground, 'GET instead of POST')
  await expect(armed(playground)).toContainText(`It would go to ${faults.origin}.`)
  await expect(armed(playground)).toContainText('a wrong secret can lock an account')
  await expect(playground.getToken).toBeDisabled()
  await playground.getToken.press('Enter')
  await expect(armed(playground).getByRole('button', { name: 'I may test' })).toBeFocused()
  expect(faults.requests).toEqual([])

  await playground.page.keyboard.press('Enter')
  await expect(armed(playground)).toBeFocused()
  await playground.getToken.click()
  await expect(judgement(playground)).toBeVisible()
  await arm(playground, 'JSON instead of a form')
  await expect(armed(playground)).not.toContainText('It would go to')
  await playground.getToken.click()
  await expect(playground.rawRequest).toContainText('"client_secret":"')
  await expect.poll(() => faults.requests.length).toBeGreaterThan(1)
  const sent = faults.requests.map(({ url, body }) => url + body.toString()).join(' ')
  expect(sent).toContain('not-the-secret')
  expect(sent).not.toContain('the-right-secret')
})

test('at the API: a token with more scope than was signed is refused', async ({ playground, page }) => {
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  await arm(playground, 'Tampered: more scope')
  await expect(playground.rawRequest).toContainText('GET /api/greeting')
  await expect(armed(playground)).toContainText('Tampered: more scope')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(judgement(playground)).toContainText('the API responded with 401 invalid_token')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText('200 OK')
})
