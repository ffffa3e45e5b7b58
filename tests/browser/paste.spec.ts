import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

const panel = (page: Page) => page.getByRole('region', { name: 'Paste', exact: true })
const box = (page: Page) => panel(page).getByRole('textbox')

const command = `curl 'https://as.example/connect/token' \\
  -H 'Content-Type: application/x-www-form-urlencoded' \\
  -H 'Cookie: session=1' \\
  -u 'm2m:hunter22' \\
  --data-raw 'grant_type=client_credentials&scope=read+write&tenant=lab'`

/** Pastes a text outside any field, as Ctrl+V does. */
async function pasteOutside(page: Page, text: string): Promise<void> {
  await listening(page)
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

/** What listens to the page comes after the form. */
const listening = (page: Page) =>
  page.locator('button[popovertarget=paste][hidden]').waitFor({ state: 'attached' })

async function drop(page: Page, name: string, text: string): Promise<void> {
  await listening(page)
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const files = new DataTransfer()
      files.items.add(new File([content], fileName))
      return files
    },
    [name, text] as const,
  )
  await page.locator('body').dispatchEvent('drop', { dataTransfer })
}

test('a command is shown next to what is there, changes nothing before it is used, sends nothing, and is put back by one click', async ({
  playground,
  page,
}) => {
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await playground.field('Scope').fill('mine')

  // By keyboard alone
  const opener = page.getByRole('button', { name: 'Paste anything' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await box(page).fill(command)
  await page.keyboard.press('Control+Enter')

  const status = panel(page).getByRole('status').first()
  await expect(status).toContainText('curl')
  await expect(status).toBeFocused()
  await expect(panel(page)).toContainText('now https://practice.example/token')
  await expect(panel(page)).toContainText('paste https://as.example/connect/token')
  await expect(panel(page)).toContainText('Get token sends to https://as.example')
  await expect(panel(page)).toContainText('Cookie')
  await expect(panel(page)).toContainText('tenant=lab')
  await expect(panel(page)).not.toContainText('hunter')
  await expect(playground.field('Scope')).toHaveValue('mine')
  expect(await violations(page)).toEqual([])

  await panel(page).getByRole('button', { name: 'Fill in the form' }).focus()
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('status')).toContainText('Nothing was sent')
  await expect(playground.field('Token endpoint')).toHaveValue('https://as.example/connect/token')
  await expect(playground.field('Client ID')).toHaveValue('m2m')
  await expect(playground.field('Client secret')).toHaveValue('hunter22')
  await expect(playground.field('Scope')).toHaveValue('read write')
  await expect(playground.rawRequest).toContainText('tenant=lab')
  expect(await page.content()).not.toContain(command.slice(0, 60))

  await panel(page).getByRole('button', { name: 'Back to what was there' }).click()
  await expect(playground.field('Server')).toHaveValue('practice')
  await expect(playground.field('Scope')).toHaveValue('mine')
  expect([...origins].filter((origin) => !origin.includes('localhost'))).toEqual([])
})

test('a secret that is pasted goes into the field of the secret alone, and not into storage', async ({
  playground,
  page,
}) => {
  await page.getByRole('button', { name: 'Paste anything' }).click()
  await box(page).fill(
    `curl https://as.example/token -H 'X-Api-Key: hunter24' -d grant_type=client_credentials -d client_id=m2m -d client_secret=hunter22 -d password=hunter23`,
  )
  await panel(page).getByRole('button', { name: 'Read it' }).click()
  await panel(page).getByRole('button', { name: 'Fill in the form' }).click()
  await expect(playground.field('Client secret')).toHaveValue('hunter22')
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  expect(kept).not.toContain('hunter')
  await playground.showSecrets()
  await expect(playground.rawRequest).toContainText('client_secret=hunter22')
  await expect(playground.rawRequest).not.toContainText('hunter23')
  await expect(playground.rawRequest).not.toContainText('hunter24')
})

test('what is pasted outside a field opens in the drawer, and a token alone is at hand at once', async ({
  playground,
  page,
}) => {
  await pasteOutside(page, command)
  await expect(panel(page)).toContainText('paste https://as.example/connect/token')
  await panel(page).getByRole('button', { name: 'Leave it' }).click()
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(playground.field('Token endpoint')).toHaveValue('https://practice.example/token')

  const part = (text: string) => Buffer.from(text).toString('base64url')
  const token = `${part('{"alg":"RS256"}')}.${part('{"sub":"pasted-one"}')}.c2ln`
  await pasteOutside(page, `Bearer ${token}`)
  await expect(playground.token).toContainText('pasted-one')
  await expect(panel(page)).toBeHidden()
})

test('a file that is dropped is read: the settings of a client, several of which are a choice', async ({
  playground,
  page,
}) => {
  const env = [
    'SHOP_CLIENT_ID=shop',
    'SHOP_CLIENT_SECRET=hunter22',
    'BANK_CLIENT_ID=bank',
    'BANK_CLIENT_SECRET=hunter23',
    'BANK_TOKEN_URL=https://bank.example/token',
  ].join('\n')
  await drop(page, 'two<b>.env', env)
  await expect(panel(page).getByRole('status').first()).toContainText('two<b>.env')
  await panel(page).getByRole('radio', { name: /bank/i }).check()
  await expect(panel(page)).toContainText('Get token sends to https://bank.example')
  await panel(page).getByRole('button', { name: 'Fill in the form' }).click()
  await expect(playground.field('Client ID')).toHaveValue('bank')
  await expect(playground.field('Client secret')).toHaveValue('hunter23')
})

test('a call of an API is filled in with its token at hand, and an issuer is there to be found', async ({
  playground,
  page,
}) => {
  await pasteOutside(page, `curl https://api.example/orders?page=2 -H 'Authorization: Bearer opaque-token'`)
  await expect(panel(page)).toContainText('GET https://api.example/orders?page=2')
  await expect(panel(page)).not.toContainText('opaque-token')
  await panel(page).getByRole('button', { name: 'Fill in the API call' }).click()
  await expect(page.getByLabel('API URL')).toHaveValue('https://api.example/orders?page=2')
  await expect(playground.token).toContainText('opaque')

  await panel(page).getByRole('button', { name: 'Paste something else' }).click()
  await box(page).fill('https://id.example/realms/lab')
  await page.keyboard.press('Control+Enter')
  await panel(page).getByRole('button', { name: 'Fill in the URL' }).click()
  await expect(playground.field('Issuer or discovery URL')).toHaveValue('https://id.example/realms/lab')
  await expect(playground.field('Server')).toHaveValue('keycloak')
})

const nine = (one: string) => Array<string>(9).fill(one).join(',')
/** Nine to the ninth, by references. @see https://en.wikipedia.org/wiki/Billion_laughs_attack */
const bomb = Array.from(
  { length: 9 },
  (_, at) => `a${at}: &a${at} [${nine(at === 0 ? 'x' : `*a${at - 1}`)}]`,
).join('\n')

for (const [name, text, says] of [
  [
    'a substitution of the shell',
    'curl https://as.example/token -u "m2m:$(cat secret)"',
    /output of another command/,
  ],
  ['YAML whose references multiply', bomb, /alias/i],
  ['nothing that is known', 'Once upon a time', /does not know/],
] as const) {
  test(`${name} is refused, and changes nothing`, async ({ playground, page }) => {
    await page.getByRole('button', { name: 'Paste anything' }).click()
    await box(page).fill(text)
    await panel(page).getByRole('button', { name: 'Read it' }).click()
    await expect(panel(page).getByRole('status')).toContainText(says)
    await expect(box(page)).toHaveValue(text)
    await expect(playground.field('Token endpoint')).toHaveValue('https://practice.example/token')
    await expect(panel(page).getByRole('button', { name: /Fill in/ })).toHaveCount(0)
  })
}

test('ten megabytes are refused, and leave the page usable; hostile text stays text', async ({
  playground,
  page,
}) => {
  await page.getByRole('button', { name: 'Paste anything' }).click()
  await page.getByLabel('Or a file').setInputFiles({
    name: 'large.json',
    mimeType: 'application/json',
    buffer: Buffer.from(`{"__proto__":{"polluted":1},"a":[${'{},'.repeat(3_500_000)}1]}`),
  })
  await expect(panel(page).getByRole('status')).toContainText('characters are read')

  await box(page).fill(
    `curl 'https://as.example/token?a=<img src=x>\u202E' -d 'grant_type=client_credentials&client_id=<b>m2m</b>\u202Egpj'`,
  )
  await panel(page).getByRole('button', { name: 'Read it' }).click()
  await expect(panel(page)).toContainText('<b>m2m</b>')
  await expect(panel(page)).toContainText('U+202E')
  await expect(panel(page).locator('b, img')).toHaveCount(0)
  await playground.field('Server').isEnabled()
})

test('at 390 px it fits', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Paste anything' }).click()
  await box(page).fill(command)
  await panel(page).getByRole('button', { name: 'Read it' }).click()
  await expect(panel(page).getByRole('button', { name: 'Fill in the form' })).toBeVisible()
  expect(await panel(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
  expect(await violations(page)).toEqual([])
  await playground.field('Scope').isVisible()
})
