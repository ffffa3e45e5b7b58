import { expect, test } from './fixtures.ts'

test('settings survive a reload; the secret does not', async ({ playground, page }) => {
  await playground.connectTo('https://as.example/token', {
    id: 'mine',
    secret: 'never-to-be-stored',
    scope: 'a b',
  })
  await playground.connect({ method: 'client_secret_basic', encoding: 'raw' })
  await playground.field('Timeout').fill('7')
  await playground.field('Theme').selectOption('dark')
  await page.reload()
  await expect(playground.field('Server')).toHaveValue('own')
  await expect(playground.field('Token endpoint')).toHaveValue('https://as.example/token')
  await expect(playground.field('Client ID')).toHaveValue('mine')
  await expect(playground.field('Client secret')).toHaveValue('')
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_basic')
  await expect(playground.field('Encoding in the header')).toHaveValue('raw')
  await expect(playground.field('Scope')).toHaveValue('a b')
  await expect(playground.field('Timeout')).toHaveValue('7')
  await expect(playground.field('Theme')).toHaveValue('dark')
})

test('the practice server is ready again after a reload', async ({ playground, page }) => {
  await playground.connect({ scope: 'write' })
  await page.reload()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
})

test('nothing that was typed is lost when another server is shown', async ({ playground }) => {
  await playground.connectTo('https://as.example/token', { secret: 'kept in memory' })
  await playground.choose('practice')
  await playground.choose('own')
  await expect(playground.field('Token endpoint')).toHaveValue('https://as.example/token')
  await expect(playground.field('Client secret')).toHaveValue('kept in memory')
})

test('no secret and no token reaches storage, the URL, the title or the console', async ({
  playground,
  page,
  faults,
}) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await playground.connectTo(faults.url('/big-integers'), {
    secret: 'sup3r-s3cret',
    method: 'client_secret_post',
  })
  await playground.showSecrets()
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT, RS256')
  await playground.connect({ endpoint: 'https://user:sup3r-s3cret@as.example/token' })
  const token = (await playground.field('Access token').textContent()) ?? ''
  await playground.token.getByRole('button', { name: 'Paste', exact: true }).click()
  await playground.field('Paste a token').fill(token)
  await playground.field('Client ID').fill(token)

  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const caches = await globalThis.caches.keys()
    return JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      databases,
      caches,
      history.state,
    ])
  })
  for (const place of [kept, page.url(), await page.title(), said.join()]) {
    expect(place).not.toContain('sup3r-s3cret')
    expect(place).not.toContain(token.slice(0, 20))
  }
  expect(kept).toContain('own')
})

test('forged settings do no harm', async ({ page, playground }) => {
  await page.evaluate(() => {
    localStorage.setItem(
      'client-credentials-playground /',
      '{"server":"__proto__","timeout":1e9,"configs":{"own":{"scope":{}}}}',
    )
  })
  await page.reload()
  await expect(playground.field('Server')).toHaveValue('practice')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
})

test('History has every exchange, and opens each again in full', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.expectConsole(/403/)
  await playground.connectTo(faults.url('/empty-403'), { scope: 'first' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('403')
  await playground.connect({ endpoint: faults.url('/token'), scope: 'second' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(page.getByRole('button', { name: 'History 2' })).toBeVisible()

  const history = await playground.openHistory()
  const entries = history.getByRole('listitem')
  await expect(entries).toHaveCount(2)
  await expect(entries.first()).toContainText('#2')
  await expect(entries.first()).toContainText('/token')
  await entries.nth(1).getByRole('button').first().click()
  await expect(history).toBeHidden()
  await expect(playground.rawRequest).toContainText('scope=first')
  await expect(playground.rawRequest).toContainText('POST /empty-403')
  await expect(playground.response).toContainText('An empty response (status 403)')
  await expect(playground.request).toContainText('#1 · sent')
  await expect(playground.request.getByRole('button', { name: 'Use its values' })).toBeVisible()
  await expect(playground.field('Scope')).toHaveValue('second')
})
