import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { violations } from './axe.ts'
import { built, test as deployed } from './deployments.ts'
import { expect, test, workerInControl } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

const example = readFileSync(join(import.meta.dirname, '../../public/lessons.example.json'), 'utf8')

const small = (id: string, title: string, more: object = {}) => ({
  id,
  title,
  goal: 'Get a token.',
  text: ['Press “Get token”.'],
  start: { server: 'practice', client: 'practice-client' },
  steps: [{ what: 'The server issues a token', exchange: { about: 'token', status: 200 } }],
  closing: 'Done.',
  ...more,
})
const far = {
  server: 'own',
  config: { token_endpoint: 'https://as.example/token' },
  call: { url: 'https://api.example/a' },
}

async function openLessons(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Lessons', exact: true }).click()
  const list = page.getByRole('region', { name: 'Lessons', exact: true })
  await expect(list.getByRole('listitem').first()).toBeVisible()
  return list
}

/** Serves that next to the page; gives what the page asked for. */
async function host(page: Page, body: string): Promise<string[]> {
  const asked: string[] = []
  await page.route('**/lessons.json', async (route) => {
    asked.push(route.request().method())
    await route.fulfill({ body, contentType: 'application/json' })
  })
  return asked
}

/** Drops a file on the page, as from the desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], fileName, { type: 'application/json' }))
      return transfer
    },
    [name, text] as const,
  )
  const body = page.locator('body')
  await body.dispatchEvent('dragover', { dataTransfer })
  await body.dispatchEvent('drop', { dataTransfer })
}

test('a trainer’s file next to the page is asked for when Lessons is opened, once, and its lesson is solved by what is sent', async ({
  page,
}) => {
  const wrong = { ...small('wrong', 'Wrong'), author: 'A' }
  const asked = await host(page, JSON.stringify([...(JSON.parse(example) as object[]), wrong]))
  await page.goto('.', { waitUntil: 'networkidle' })
  expect(asked).toEqual([])
  const list = await openLessons(page)
  const entry = list.getByRole('listitem').filter({ hasText: 'Credentials in the body, at our server' })
  await expect(entry).toContainText('Requests go to https://practice.example')
  // What is refused is for whoever hosts the page.
  await expect(list.getByText(/author is not known/)).toBeHidden()
  await list.getByText('lessons.json: 1 lesson, 1 problem').click()
  await expect(list.getByText('lessons[1].author is not known.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await entry.getByRole('button').click()

  const playground = new PlaygroundPage(page)
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true })
  await expect(lesson).toContainText('1 of 1')
  await expect(playground.field('Scope')).toHaveValue('')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText('401')
  await playground.field('Client authentication').selectOption('client_secret_post')
  await playground.field('Scope').fill('read')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await lesson.getByRole('textbox').fill('practice-client')
  await lesson.getByRole('button', { name: 'Check' }).click()
  await expect(lesson.getByText('Solved', { exact: true })).toHaveCount(0)
  await page.getByLabel('Present the token', { exact: true }).selectOption('bearer')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(lesson.getByText('Solved', { exact: true })).toBeVisible()

  await openLessons(page)
  expect(asked).toEqual(['GET'])
  await page.keyboard.press('Escape')
  const history = await playground.openHistory()
  await expect(history.getByRole('button', { name: /#0 .*\/lessons\.json/ })).toBeVisible()
})

test('a file that is dropped while a lesson is open is read: what it is refused for is text, and nothing of it runs or is sent', async ({
  page,
}) => {
  await host(page, '[]')
  await page.goto('.', { waitUntil: 'networkidle' })
  const list = await openLessons(page)
  await list
    .getByRole('button', { name: /^1 ?The first token|The first token/ })
    .first()
    .click()
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true })
  await expect(lesson).toContainText('The first token')

  const script = '<img src=x onerror="document.title=\'owned\'">'
  const hostile = [
    small('safe', 'Safe', { start: far }),
    small('markup', script),
    small('hidden', 'a\u202Eb'),
    small('secret', 'Secret', { start: { ...far, config: { client_secret: 'hunter22' } } }),
  ]
  await drop(page, 'class<b>.json', JSON.stringify(hostile))
  await expect(list.getByRole('status')).toContainText('class<b>.json: 1 lesson, 3 problems')
  await expect(list.getByRole('status')).toContainText('lessons[1].title has markup in it, <img.')
  await expect(list.getByRole('status')).toContainText('nobody sees: U+202E')
  await expect(list.getByRole('status')).toContainText('lessons[3].start.config.client_secret is a secret')
  await expect(list).not.toContainText('hunter22')
  await expect(list.locator('img, b')).toHaveCount(0)
  await expect(page).not.toHaveTitle('owned')
  expect(await violations(page)).toEqual([])

  // Where it would send to is there before it begins, and nothing is sent when it does: the guard hears each request.
  const entry = list.getByRole('listitem').filter({ hasText: 'Safe' })
  await expect(entry).toContainText('Requests go to https://as.example, https://api.example')
  await entry.getByRole('button').click()
  await expect(page.getByLabel('Token endpoint', { exact: true })).toHaveValue('https://as.example/token')
  await expect(page.getByLabel('Client secret', { exact: true })).toHaveValue('')
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  await lesson.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByLabel('Token endpoint', { exact: true })).toHaveValue(
    'https://practice.example/token',
  )
})

test('a file is chosen in Lessons, and one of ten megabytes leaves the page usable', async ({ page }) => {
  await host(page, '<!doctype html>')
  await page.goto('.', { waitUntil: 'networkidle' })
  const list = await openLessons(page)
  const before = await list.getByRole('listitem').count()
  const field = list.getByLabel('Lessons from a file')
  const fileOf = (name: string, text: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  })
  await field.setInputFiles(fileOf('large.json', `[${' '.repeat(10_000_000)}]`))
  await expect(list.getByRole('status')).toContainText('large.json: 0 lessons, 1 problem')
  await expect(list.getByRole('status')).toContainText('It has more than 262144 characters.')
  await field.setInputFiles(fileOf('deep.json', '['.repeat(200_000)))
  await expect(list.getByRole('status')).toContainText('It is nested more than 20 levels deep.')
  await field.setInputFiles(fileOf('good.json', JSON.stringify([small('one', 'One'), small('two', 'Two')])))
  await expect(list.getByRole('listitem')).toHaveCount(before + 2)
  await list
    .getByRole('listitem')
    .filter({ hasText: 'One' })
    .getByRole('button', { name: /One/ })
    .last()
    .click()
  await new PlaygroundPage(page).getToken.click()
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true })
  await lesson.getByRole('button', { name: 'Next: Two' }).click()
  await expect(lesson.getByRole('heading', { name: 'Two' })).toBeVisible()
})

test('the page in one file has its lessons in it, and asks nobody', async ({ page, guard }) => {
  const folder = mkdtempSync(join(tmpdir(), 'playground-lessons-'))
  const target = join(folder, 'playground.html')
  const element = '<script type="application/json" id="lessons.json">[]</script>'
  const html = readFileSync(join(import.meta.dirname, '../../dist/playground.html'), 'utf8')
  expect(html.split(element)).toHaveLength(2)
  writeFileSync(
    target,
    html.replace(element, () => element.replace('[]', () => JSON.stringify([small('one', 'Of this file')]))),
  )
  guard.allowOrigin('file:///')
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto(pathToFileURL(target).href)
  const list = await openLessons(page)
  await expect(list.getByRole('listitem').filter({ hasText: 'Of this file' })).toBeVisible()
  expect(urls.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(target).href])
  await page.goto('about:blank')
  rmSync(folder, { recursive: true })
})

deployed.describe('with the service worker', () => {
  deployed.use({ isolated: true, serviceWorkers: 'allow' })

  deployed(
    'a trainer’s lessons are there with the network cut, once they were read',
    async ({ page, host }) => {
      const { page: address, deploy, cut } = await host()
      deploy(new Map(built).set('lessons.json', Buffer.from(example)))
      await page.goto(address)
      await workerInControl(page)
      const title = 'Credentials in the body, at our server'
      await expect((await openLessons(page)).getByText(title)).toBeVisible()
      await cut()
      await page.goto('about:blank')
      await page.goto(address)
      const list = await openLessons(page)
      await list.getByText(title).click()
      await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toContainText(title)
      await new PlaygroundPage(page).getToken.click()
      await expect(new PlaygroundPage(page).response).toContainText('200 OK')
    },
  )
})
