import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const toKeycloak =
  '#1;server=keycloak;discovery=https://id.example/realms/lab;endpoint=~/protocol/openid-connect/token;client=m2m;header=X-Lab'

const card = (page: Page) => page.getByRole('region', { name: 'Link', exact: true })

/** Opens the page anew with that fragment: to change the fragment alone would keep the page. */
async function open(page: Page, site: string, fragment: string): Promise<PlaygroundPage> {
  await page.goto('about:blank')
  await page.goto(site + fragment)
  return new PlaygroundPage(page)
}

test('a link is shown first, and nothing of it is filled in or sent before it is used; one click puts all back', async ({
  page,
  site,
}) => {
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  const playground = await open(page, site, '')
  await playground.choose('keycloak')
  await playground.field('Client secret').fill('hunter22')
  await playground.field('Scope').fill('mine')
  await playground.choose('practice')
  await playground.field('Scope').fill('read write')

  // A link of a mail, opened in the tab of the page.
  await page.evaluate((hash) => {
    location.hash = hash
  }, toKeycloak)
  const link = card(page)
  await expect(link).toContainText('Token endpoint')
  const endpoint = 'https://id.example/realms/lab/protocol/openid-connect/token'
  await expect(link).toContainText('now https://practice.example/token')
  await expect(link).toContainText(`link ${endpoint}`)
  await expect(link.getByRole('listitem')).toHaveText([
    'Get token sends to https://id.example',
    'Find sends to https://id.example',
  ])
  await expect(playground.field('Server')).toHaveValue('practice')
  await expect(playground.field('Scope')).toHaveValue('read write')
  expect(await violations(page)).toEqual([])

  // By keyboard alone
  await link.focus()
  await page.keyboard.press('Tab')
  await expect(link.locator('summary')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(link.getByRole('button', { name: 'Use it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(link).toBeFocused()
  await expect(playground.field('Server')).toHaveValue('keycloak')
  await expect(playground.field('Token endpoint')).toHaveValue(endpoint)
  await expect(playground.field('Client ID')).toHaveValue('m2m')
  await expect(playground.field('Client secret')).toHaveValue('')
  await expect(playground.field('Scope')).toHaveValue('')
  expect(new URL(page.url()).hash).toBe('')
  expect(await violations(page)).toEqual([])

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(playground.field('Server')).toHaveValue('practice')
  await expect(playground.field('Scope')).toHaveValue('read write')
  await link.getByRole('button', { name: 'Leave it' }).click()
  await expect(link).toHaveCount(0)
  await expect(playground.connection).toBeFocused()
  await playground.choose('keycloak')
  await expect(playground.field('Client secret')).toHaveValue('hunter22')
  await expect(playground.field('Scope')).toHaveValue('mine')
  expect([...origins]).toEqual([new URL(site).origin])
})

test('a hostile link is refused with the reason, and is gone from the address once it is left', async ({
  page,
  site,
}) => {
  const playground = await open(page, site, '#1;server=own;endpoint=https://id.example@evil.example/token')
  const link = card(page)
  await expect(link).toContainText(
    'is not used. Token endpoint has a user name, a query or a fragment in its URL',
  )
  await expect(link.getByRole('button', { name: 'Use it' })).toHaveCount(0)
  await link.getByRole('button', { name: 'Leave it' }).click()
  await expect(link).toHaveCount(0)
  await page.reload()
  await expect(playground.field('Server')).toHaveValue('practice')
  await expect(page.getByText('Share as a link')).toBeVisible()
  await expect(link).toHaveCount(0)
})

test('a place in the page is no link, and a lesson that is not there is said to be', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open(page, site, '#1;lesson=no-such-lesson')
  const link = card(page)
  await link.getByRole('button', { name: 'Use it' }).click()
  await expect(link).toContainText('There is no lesson of this name in this copy.')
  await page
    .getByRole('navigation', { name: 'Parts of the page' })
    .getByRole('link', { name: 'Response' })
    .click()
  expect(new URL(page.url()).hash).toBe('#response')
  await expect(page.locator('#response')).toBeInViewport()
  await link.getByRole('button', { name: 'Leave it' }).click()
  // The place that the user went to since stays in the address.
  expect(new URL(page.url()).hash).toBe('#response')
})

test('a link with a lesson fills both in, and leaving the lesson brings back what was there before the link', async ({
  page,
  site,
}) => {
  const playground = await open(page, site, '')
  await playground.choose('keycloak')
  await playground.field('Client secret').fill('hunter22')
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true })
  const follow = async (fragment: string) => {
    await page.evaluate((hash) => (location.hash = hash), fragment)
    await card(page).getByRole('button', { name: 'Use it' }).click()
  }
  await follow('#1;lesson=first-token')
  await expect(lesson.getByRole('heading', { level: 3 })).toBeFocused()
  await expect(card(page)).toHaveCount(0)

  await follow('#1;lesson=wrong-secret;server=own;endpoint=https://as.example/token;client=m2m')
  await expect(lesson.getByRole('heading', { level: 3 })).toHaveText('The wrong secret')
  await expect(playground.field('Client ID')).toHaveValue('m2m')
  await lesson.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(lesson).toHaveCount(0)
  await expect(card(page)).toHaveCount(0)
  await expect(playground.connection).toBeFocused()
  await expect(playground.field('Server')).toHaveValue('keycloak')
  await expect(playground.field('Client secret')).toHaveValue('hunter22')
  await page.reload()
  await expect(playground.field('Server')).toHaveValue('keycloak')
})

test('a copied link opens as what it was made of, without the secret @full', async ({
  page,
  site,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const playground = await open(page, site, '')
  await playground.choose('keycloak')
  await playground.connect({ id: 'm2m', secret: 'hunter22', scope: 'read write' })
  const share = await playground.unfold('Share as a link')
  await expect(share).toContainText('In it: Keycloak, Client ID and Scope.')
  await expect(share).toContainText('Not in it: the client secret.')
  await expect(share).toContainText('This link leads to this machine only')
  await share.getByRole('button', { name: 'Copy link' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${site}#1;server=keycloak;client=m2m;scope=read+write`)

  await share.getByRole('button', { name: 'Show QR code' }).click()
  const dialog = page.getByRole('dialog', { name: 'QR code' })
  await expect(dialog.getByRole('img', { name: `QR code of ${copied}` })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(share.getByRole('button', { name: 'Show QR code' })).toBeFocused()

  const other = await context.newPage()
  const opened = await open(other, site, new URL(copied).hash)
  await opened.choose('practice')
  await card(other).getByRole('button', { name: 'Use it' }).click()
  await expect(opened.field('Server')).toHaveValue('keycloak')
  await expect(opened.field('Client ID')).toHaveValue('m2m')
  await expect(opened.field('Scope')).toHaveValue('read write')
  await expect(opened.field('Client secret')).toHaveValue('')
})

test('in the page as one file, opened from disk, a link works, too', async ({ page, guard }) => {
  guard.allowOrigin('file:///')
  const file = pathToFileURL(join(import.meta.dirname, '../../dist/playground.html')).href
  await page.goto(`${file}#1;server=own;endpoint=https://as.example/token;client=m2m`)
  const playground = new PlaygroundPage(page)
  await card(page).getByRole('button', { name: 'Use it' }).click()
  await expect(playground.field('Client ID')).toHaveValue('m2m')
  expect(page.url()).toBe(file)
  const share = await playground.unfold('Share as a link')
  await expect(share).toContainText('This link leads to this machine only')
})
