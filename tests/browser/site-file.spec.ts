import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const team = { name: 'Team', token_endpoint: 'https://id.example/token', client_id: 'm2m', scope: 'read' }

const file = {
  title: 'Identity lab',
  notice: 'New here? Read https://wiki.example/lab first. <b>Not bold.</b>',
  servers: [team, 'practice'],
  server: 'Team',
  hide: ['keys', 'parameters', 'dpop', 'saved', 'share', 'guide'],
}

/** Opens the page with that next to it; `held` waits with it until it is let go. */
async function open(page: Page, body: string, held?: Promise<void>): Promise<PlaygroundPage> {
  await page.route('**/playground.json', async (route) => {
    await held
    await route.fulfill({ body, contentType: 'application/json' })
  })
  await page.goto('.')
  return new PlaygroundPage(page)
}

const options = (page: Page) => page.getByLabel('Server', { exact: true }).locator('option').allTextContents()

test('it says what the page is called, what to know, which servers there are and what is not needed', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('.json')) asked.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  const playground = await open(page, JSON.stringify(file))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Identity lab')
  await expect(page).toHaveTitle('Identity lab')
  const notice = page.getByRole('complementary', { name: 'Notice' })
  await expect(notice).toHaveText(file.notice)
  await expect(notice.getByRole('link')).toHaveAttribute('href', 'https://wiki.example/lab')
  expect(await options(page)).toEqual(['Team', 'Practice server'])
  await expect(playground.field('Token endpoint')).toHaveValue('https://id.example/token')
  await expect(playground.field('Client secret')).toHaveValue('')
  await expect(page.getByRole('complementary', { name: 'playground.json' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Keys/ })).toHaveCount(0)
  await expect(page.getByText('Bind the token to a key (DPoP)')).toHaveCount(0)
  await expect(playground.connection.locator('summary')).toHaveCount(0)

  await playground.choose('practice')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const history = await playground.openHistory()
  await expect(history.getByRole('listitem')).toHaveCount(1)
  await history.getByRole('button', { name: /#0 .*\/playground\.json/ }).click()
  await expect(playground.rawRequest).toContainText('GET /playground.json HTTP/1.1')
  await expect(playground.response).toContainText('Asked by this page itself')
  await expect(playground.rawResponse).toContainText('Identity lab')
  expect(asked).toEqual(['GET /playground.json'])

  // What the user chose goes before what the file begins with.
  await page.reload()
  await expect(page).toHaveTitle('Identity lab')
  await expect(playground.field('Server')).toHaveValue('practice')
  await playground.choose('site-Team')
  await playground.field('Scope').fill('mine')
  await page.reload()
  await expect(playground.field('Server')).toHaveValue('site-Team')
  await expect(playground.field('Scope')).toHaveValue('mine')
})

test('what was typed or asked for before it came stays', async ({ page }) => {
  let come: () => void = () => undefined
  const playground = await open(page, JSON.stringify(file), new Promise((resolve) => (come = resolve)))
  await playground.field('Scope').fill('typed')
  come()
  await expect(page).toHaveTitle('Identity lab')
  await expect(playground.field('Scope')).toHaveValue('typed')
  await expect(playground.field('Server')).toHaveValue('practice')
  await playground.getToken.click()
  await expect(playground.response).toContainText('invalid_scope')
})

test.describe('of one that is wrong', () => {
  test('what can be used is, the page says what cannot, and works', async ({ page }) => {
    const secret = 'n0t-for-everybody'
    const wrong = { title: 'Identity lab', servers: [{ ...team, client_secret: secret }], x: 1 }
    const playground = await open(page, JSON.stringify(wrong))
    const problems = page.getByRole('complementary', { name: 'playground.json' })
    // They are not for the users of the form, which is below.
    await expect(problems.getByRole('listitem')).toHaveCount(0)
    await problems.getByText('For whoever hosts this page').click()
    await expect(problems.getByRole('listitem')).toHaveText([
      /^x of the file is not known/,
      /^servers\[0\]\.client_secret is a secret, or has one in it\. Everybody can read this file/,
    ])
    await expect(problems).not.toContainText(secret)
    expect((await options(page)).length).toBeGreaterThan(20)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
  })

  test('all of it is said if it is no JSON', async ({ page }) => {
    const playground = await open(page, '{title}')
    await expect(page.getByRole('complementary', { name: 'playground.json' })).toContainText('Not JSON')
    await expect(playground.getToken).toBeEnabled()
  })

  test('nothing is said if the host has a page for what is missing', async ({ page }) => {
    const playground = await open(page, '<!doctype html>')
    const history = await playground.openHistory()
    await expect(history.getByRole('button', { name: /#0 / })).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'playground.json' })).toHaveCount(0)
  })
})

test('the page in one file has it in it, and asks nobody', async ({ page, guard }) => {
  const folder = mkdtempSync(join(tmpdir(), 'playground-site-'))
  const target = join(folder, 'playground.html')
  const html = readFileSync(join(import.meta.dirname, '../../dist/playground.html'), 'utf8')
  const element = '<script type="application/json" id="playground.json">{}</script>'
  expect(html.split(element)).toHaveLength(2)
  writeFileSync(
    target,
    html.replace(element, () => element.replace('{}', () => JSON.stringify(file))),
  )
  guard.allowOrigin('file:///')
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto(pathToFileURL(target).href)
  await expect(page).toHaveTitle('Identity lab')
  const playground = new PlaygroundPage(page)
  await expect(playground.field('Token endpoint')).toHaveValue('https://id.example/token')
  expect(urls).toEqual([pathToFileURL(target).href])
  rmSync(folder, { recursive: true })
})
