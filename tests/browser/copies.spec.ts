import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { staticFiles } from '../../scripts/static-files.ts'
import { listenOnLoopback, type Listener } from '../servers/loopback.ts'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage } from './playground-page.ts'

test.use({ isolated: true })

/** One origin with two copies of the page, at /a/ and /b/, and an empty page at /. */
async function hostOfTwo(): Promise<Listener> {
  const host = await listenOnLoopback()
  const files = staticFiles(join(import.meta.dirname, '../../dist'))
  host.serve((request, response) => {
    const [, path] = /^\/[ab](\/.*)$/.exec(request.url ?? '') ?? []
    if (path === undefined) return response.setHeader('Content-Type', 'text/html').end()
    request.url = path
    return files(request, response)
  })
  return host
}

/** Gives what was kept another name. */
async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.evaluate(
    async ([fromText, toText, fromKeys, toKeys]) => {
      localStorage.setItem(toText, localStorage.getItem(fromText) ?? '')
      localStorage.removeItem(fromText)
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(new Error('IndexedDB'))
        })
      const open = (name: string) => {
        const opening = indexedDB.open(name)
        opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
        return done(opening)
      }
      const source = await open(fromKeys)
      const rows = await done(source.transaction('keys').objectStore('keys').getAll())
      const names = await done(source.transaction('keys').objectStore('keys').getAllKeys())
      source.close()
      const target = await open(toKeys)
      const store = target.transaction('keys', 'readwrite').objectStore('keys')
      await Promise.all(rows.map((row, index) => done(store.put(row, names[index]))))
      target.close()
      await done(indexedDB.deleteDatabase(fromKeys))
    },
    [from, to, `${from} keys`, `${to}-keys`] as const,
  )
}

const kept = (page: Page) =>
  page.evaluate(async () => ({
    texts: Object.keys(localStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }))

const former = 'client-credentials-playground'
const ofA = { texts: [`${former} /a/`], databases: [`${former} /a/ keys`] }

test('two copies at one origin keep nothing in common, and what all shared before goes to the first that opens, once', async ({
  page,
  guard,
}) => {
  const host = await hostOfTwo()
  guard.allowOrigin(host.origin)
  const playground = new PlaygroundPage(page)
  await page.goto(`${host.origin}/a/`)
  await playground.field('Scope').fill('of-a')
  const keys = await playground.openKeys()
  await keys.getByRole('button', { name: 'Generate key' }).click()
  await keys.getByRole('button', { name: 'Remember on this device' }).click()
  await expect(keys.getByText('remembered', { exact: true })).toBeVisible()
  expect(await kept(page)).toEqual(ofA)

  await page.goto(host.origin)
  await rename(page, `${former} /a/`, former)
  expect(await kept(page)).toEqual({ texts: [former], databases: [`${former}-keys`] })

  await page.goto(`${host.origin}/a/index.html`)
  await expect(playground.field('Scope')).toHaveValue('of-a')
  await expect(page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
  await expect.poll(() => kept(page)).toEqual(ofA)

  await page.goto(`${host.origin}/b/`)
  await expect(page.getByText('No response yet')).toBeVisible()
  await expect(playground.field('Scope')).toHaveValue('read')
  await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()

  // Another version of the page may still use the old name: it is not asked a second time.
  await page.evaluate((name) => {
    localStorage.setItem(name, '{"theme":"dark"}')
  }, former)
  await page.goto(`${host.origin}/a/`)
  await expect(playground.field('Theme')).toHaveValue('system')
  expect(await page.evaluate((name) => localStorage.getItem(name), former)).toBe('{"theme":"dark"}')
  await host.close()
})
