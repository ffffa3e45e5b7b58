import { expect, test } from './fixtures.ts'
import { complaintsOf, watch } from './guard.ts'

test('the page opens, and makes no request of its own', async ({ page, site }) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto(site)
  await expect(page).toHaveTitle('Client Credentials Playground')
  await page.waitForLoadState('networkidle')
  expect(urls.filter((url) => !url.startsWith(site))).toEqual([])
})

test('the page knows the servers next to it', async ({ page, site, authorizationServer, api }) => {
  await page.goto(site)
  const content = (name: string) => page.locator(`meta[name="${name}"]`).getAttribute('content')
  expect(await content('local-authorization-server')).toBe(authorizationServer.issuer)
  expect(await content('local-api')).toBe(api.origin)
})

test('the guard hears the console, an error nobody caught, a violated policy and a request elsewhere', async ({
  context,
  playground,
  guard,
}) => {
  const { page } = playground
  const misdeeds = [
    /warning: careful/,
    /uncaught: Error: nobody/,
    /Content Security Policy/,
    /NAME_NOT_RESOLVED/,
  ]
  for (const misdeed of misdeeds) guard.expectConsole(misdeed)
  guard.allowOrigin('https://elsewhere.example')
  const heard = watch(context)
  const thrown = page.waitForEvent('pageerror')
  await page.evaluate(async () => {
    console.warn('careful')
    void Promise.reject(new Error('nobody caught me'))
    document.body.setAttribute('style', 'color: red')
    await fetch('https://elsewhere.example').catch(String)
  })
  await thrown
  const permitted = { origins: new Set([new URL(page.url()).origin]), expected: [], allowed: [] }
  await expect.poll(() => complaintsOf(heard, permitted)).toHaveLength(misdeeds.length + 1)
  expect(complaintsOf(heard, permitted).join()).toContain('a request went to https://elsewhere.example/')
  heard.stop()
})
