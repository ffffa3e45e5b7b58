import { expect, test } from './fixtures.ts'

test('the page opens, and makes no request of its own', async ({ page, site }) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto(site)
  await expect(page).toHaveTitle('Client Credentials Playground')
  await page.waitForLoadState('networkidle')
  expect(urls.filter((url) => !url.startsWith(site))).toEqual([])
})

test('the page knows the servers beside it', async ({ page, site, authorizationServer, api }) => {
  await page.goto(site)
  const content = (name: string) => page.locator(`meta[name="${name}"]`).getAttribute('content')
  expect(await content('local-authorization-server')).toBe(authorizationServer.issuer)
  expect(await content('local-api')).toBe(api.origin)
})

test.describe('the guard fails a test when', () => {
  test.fail()
  test.beforeEach(({ page, site }) => page.goto(site).then(() => undefined))

  test('the console warns', async ({ page }) => {
    await page.evaluate(() => {
      console.warn('a warning')
    })
  })

  test('an error is not caught', async ({ page }) => {
    const thrown = page.waitForEvent('pageerror')
    await page.evaluate(() => {
      void Promise.reject(new Error('nobody caught me'))
    })
    await thrown
  })

  test('the content security policy is violated', async ({ page }) => {
    await page.evaluate(() => {
      document.body.setAttribute('style', 'color: red')
    })
  })

  test('a request goes to a server nobody allowed', async ({ page, guard }) => {
    guard.allowConsole(/ERR_NAME_NOT_RESOLVED/)
    await page.evaluate(() => fetch('https://elsewhere.example').then(String, String))
  })

  test('the console keeps silent about what was expected', ({ guard }) => {
    guard.expectConsole(/401/)
  })
})
