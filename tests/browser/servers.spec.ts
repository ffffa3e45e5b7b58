import { readFileSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { PlaygroundPage, storageKey } from './playground-page.ts'

const answers = {
  yes: 'works from a browser',
  setup: 'works after CORS setup',
  unknown: 'CORS unknown',
  no: 'no CORS: unreadable from a page',
} as const

/** What the guide of each server says of pages, and whether its steps for CORS name the page’s origin. */
const guides: readonly (readonly [id: string, answers: keyof typeof answers, namesOrigin: boolean])[] = [
  ['simpleidserver', 'yes', true],
  ['helseid', 'unknown', true],
  ['keycloak', 'setup', true],
  ['duende', 'setup', true],
  ['openiddict', 'setup', true],
  ['oidc-provider', 'setup', true],
  ['hydra', 'setup', true],
  ['spring', 'setup', true],
  ['zitadel', 'yes', false],
  ['authentik', 'setup', true],
  ['glewlwyd', 'yes', true],
  ['lemonldap', 'yes', true],
  ['django', 'setup', true],
  ['fastapi', 'setup', true],
  ['mock-oauth2-server', 'yes', false],
  ['oauth2-mock-server', 'yes', false],
  ['entra', 'no', false],
  ['auth0', 'no', false],
  ['okta', 'no', false],
  ['curity', 'no', false],
]

/** One of each kind of guide. */
const kinds = guides.filter(([id]) => /^(simpleidserver|helseid|keycloak|zitadel|entra)$/.test(id))

/** The guide of the chosen server, opened. */
const guide = (playground: PlaygroundPage) => playground.unfold('Setup: ')

/** A section of the guide, opened. */
async function section(playground: PlaygroundPage, title: string): Promise<Locator> {
  await guide(playground)
  return playground.unfold(title)
}

test('the picker has its groups in order, each server once', async ({ playground }) => {
  const groups = await playground
    .field('Server')
    .locator('optgroup')
    .evaluateAll((elements) =>
      elements.map((group) => [
        group.getAttribute('label'),
        [...group.querySelectorAll('option')].map(({ value }) => value),
      ]),
    )
  const ids = guides.map(([id]) => id)
  expect(groups).toEqual([
    ['With this page', ['practice', 'local']],
    ['Tutorials and samples', ids.slice(0, 2)],
    ['Servers you run', ids.slice(2, 16)],
    ['Do not allow a page', ids.slice(16)],
    ['Any other', ['own']],
  ])
})

test('a server shows its guide, with this page’s origin if the server must allow it', async ({
  playground,
  site,
}) => {
  const { origin } = new URL(site)
  for (const [id, answer, namesOrigin] of kinds) {
    await playground.choose(id)
    const setup = playground.connection.locator('summary').filter({ hasText: 'Setup: ' })
    await expect(setup, id).toContainText(answers[answer])
    // A setup to do is shown without asking; if nothing is to be done, it is a line.
    await expect(playground.connection.getByText('Source:'), id).toHaveCount(answer === 'yes' ? 0 : 1)
    const whole = await guide(playground)
    await expect(whole.locator('.badge').filter({ hasText: answers[answer] }), id).toBeVisible()
    await expect(whole.getByText('Source:'), id).toBeVisible()
    await expect(playground.connection.getByText('is not one of the pattern'), id).toHaveCount(0)
    const cors = playground.connection.locator('summary').filter({ hasText: 'Let this page call it (CORS)' })
    await expect(cors, id).toHaveCount(answer === 'no' ? 0 : 1)
    if (answer === 'no') continue
    const steps = await section(playground, 'Let this page call it (CORS)')
    const code = (await steps.locator('pre').allTextContents()).join('\n')
    expect([id, code.includes(origin)]).toEqual([id, namesOrigin])
  }
  for (const id of ['practice', 'local', 'own']) {
    await playground.choose(id)
    const about = await playground.unfold('About: ')
    await expect(about.locator('p').first(), id).toBeVisible()
    await expect(playground.connection.getByText('Source:'), id).toHaveCount(0)
  }
})

test('your own has a recipe for each framework, and an API too, found where it is called', async ({
  playground,
  page,
  site,
}) => {
  const { origin } = new URL(site)
  await playground.choose('own')
  await playground.connect({ endpoint: 'https://as.example/token' })
  const about = await playground.unfold('About: Your own')
  await about.getByText('Let this page call it (CORS)').click()
  const madeWith = about.getByLabel('Made with', { exact: true })
  await expect(madeWith).toHaveValue('')
  await expect(about.locator('pre')).toHaveCount(0)
  for (const [framework, words] of [
    ['spring', 'CorsConfigurationSource'],
    ['asp-net', '.WithExposedHeaders("WWW-Authenticate"'],
    ['django', 'CORS_EXPOSE_HEADERS'],
    ['fastapi', 'CORSMiddleware'],
    ['express', 'exposedHeaders'],
    ['nginx', 'location "/token"'],
    ['apache', 'Header always set Access-Control-Allow-Origin'],
  ] as const) {
    await madeWith.selectOption(framework)
    const recipe = about.getByRole('region', { name: 'Let this page call it (CORS)' })
    await expect(recipe, framework).toContainText(words)
    await expect(recipe, framework).toContainText(origin)
  }

  await playground.choose('spring')
  await playground.connect({ issuer: 'https://as.example' })
  await playground.field('API URL').fill('https://api.example/things')
  await playground.openMore()
  const api = page.getByRole('region', { name: 'At an API' })
  await api.getByText('Set up an API of your own').click()
  await expect(api.getByLabel('Made with', { exact: true })).toHaveValue('spring')
  const checks = api.getByRole('region', { name: 'What it checks of a token' })
  await expect(checks).toContainText('issuer-uri: "https://as.example"')
  await expect(checks).toContainText('audiences: "https://api.example"')
  await expect(api.getByRole('region', { name: 'DPoP, and a POST without a cookie' })).toContainText(
    'csrf.disable()',
  )
})

test('the setup is open until a response came, and then only if the user opens it', async ({
  playground,
  faults,
}) => {
  await playground.choose('keycloak')
  const setup = playground.connection.locator('summary').filter({ hasText: 'Setup: Keycloak' }).locator('..')
  await expect(setup).toHaveAttribute('open')
  await playground.connect({ endpoint: faults.url('/token'), id: 'm2m', secret: 'password' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(setup).not.toHaveAttribute('open')
  await setup.locator('summary').first().click()
  await playground.getToken.click()
  await expect(playground.request).toContainText('#2 · sent')
  await expect(setup).toHaveAttribute('open')
})

test('every link of a guide is https, and sends its target nothing', async ({ playground }) => {
  for (const [id] of kinds) {
    await playground.choose(id)
    await guide(playground)
    await expect(playground.connection.getByText('Source:')).toBeVisible()
    for (const summary of await playground.connection.locator('.guide summary').all()) await summary.click()
    const links = await playground.connection
      .locator('a')
      .evaluateAll((elements) =>
        elements.map((link) => [
          link.getAttribute('href'),
          link.getAttribute('target'),
          link.getAttribute('rel'),
        ]),
      )
    expect(links.length, id).toBeGreaterThan(0)
    for (const [href, target, rel] of links) {
      expect(href, id).toMatch(/^https:\/\/\S+$/)
      expect([href, target, rel]).toEqual([href, '_blank', 'noopener noreferrer'])
    }
  }
})

test('a server that allows no page says why, and what works instead: the request is composed all the same', async ({
  playground,
}) => {
  await playground.choose('entra')
  await expect(
    playground.connection.locator('.badge').filter({ hasText: 'no CORS: unreadable from a page' }),
  ).toBeVisible()
  await expect(playground.connection).toContainText(
    'It refuses this grant to every request with an Origin header',
  )
  await expect(playground.connection).toContainText('What works: compose the request here, copy it')
  await playground.connect({ id: 'mine', secret: 'hidden' })
  await expect(playground.rawRequest).toContainText('client_id=mine')
})

test.describe('the parts of the addresses', () => {
  test('Keycloak: base and realm make issuer and token endpoint, and are read from them', async ({
    playground,
    page,
  }) => {
    await playground.choose('keycloak')
    await playground.field('Base URL').fill('https://kc.example/auth')
    await playground.field('Realm').fill('my shop')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue(
      'https://kc.example/auth/realms/my%20shop',
    )
    const endpoint = 'https://kc.example/auth/realms/my%20shop/protocol/openid-connect/token'
    await expect(playground.field('Token endpoint')).toHaveValue(endpoint)
    await playground.connect({ id: 'm2m' })
    await expect(playground.rawRequest).toContainText(
      'POST /auth/realms/my%20shop/protocol/openid-connect/token HTTP/1.1',
    )
    await page.reload()
    await expect(playground.field('Base URL')).toHaveValue('https://kc.example/auth')
    await expect(playground.field('Realm')).toHaveValue('my shop')
    await playground.field('Token endpoint').fill(endpoint.replace('my%20shop', 'other'))
    await expect(playground.field('Realm')).toHaveValue('other')
  })

  test('SimpleIdServer: a slash after the base and an empty realm leave no second slash', async ({
    playground,
    page,
  }) => {
    await playground.choose('simpleidserver')
    await guide(playground)
    await playground.field('Base URL').fill('https://id.example/')
    await expect(playground.field('Token endpoint')).toHaveValue('https://id.example/master/token')
    await expect(playground.field('Base URL')).toHaveValue('https://id.example/')
    await playground.field('Realm').fill('')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue('https://id.example')
    await expect(playground.field('Token endpoint')).toHaveValue('https://id.example/token')
    await page.reload()
    await guide(playground)
    await expect(playground.field('Base URL')).toHaveValue('https://id.example')
    await expect(playground.field('Realm')).toHaveValue('')
  })

  test('authentik: the application is part of the issuer alone', async ({ playground }) => {
    await playground.choose('authentik')
    await playground.field('Application (slug)').fill('shop')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue(
      'http://localhost:9000/application/o/shop/',
    )
    await expect(playground.field('Token endpoint')).toHaveValue('http://localhost:9000/application/o/token/')
    await playground.field('Base URL').fill('https://id.example')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue(
      'https://id.example/application/o/shop/',
    )
    await expect(playground.field('Application (slug)')).toHaveValue('shop')
  })

  test('an endpoint edited by hand is not undone, and the way back keeps the realm', async ({
    playground,
    page,
  }) => {
    await playground.choose('keycloak')
    await playground.field('Base URL').fill('https://kc.example')
    await playground.field('Realm').fill('shop')
    await playground.field('Token endpoint').fill('https://proxy.example/token')
    await expect(playground.connection).toContainText('The token endpoint is not one of the pattern')
    await expect(playground.field('Realm')).toHaveCount(0)
    await page.reload()
    await expect(playground.field('Token endpoint')).toHaveValue('https://proxy.example/token')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue('https://kc.example/realms/shop')
    await playground.connection.getByRole('button', { name: 'Back to the pattern' }).click()
    await expect(playground.field('Token endpoint')).toHaveValue(
      'https://kc.example/realms/shop/protocol/openid-connect/token',
    )
    await expect(playground.field('Realm')).toHaveValue('shop')
  })
})

test('what a server does otherwise is mended by one click', async ({ playground }) => {
  await playground.choose('simpleidserver')
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
  const quirks = await section(playground, 'Good to know')
  const raw = quirks.getByRole('button', { name: 'Basic header, not encoded' })
  await expect(raw).toHaveAttribute('aria-pressed', 'false')
  await raw.click()
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_basic')
  await expect(playground.field('Encoding in the header')).toHaveValue('raw')
  await expect(raw).toHaveAttribute('aria-pressed', 'true')
  await quirks.getByRole('button', { name: 'Send the credentials in the body' }).click()
  await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
  await expect(raw).toHaveAttribute('aria-pressed', 'false')
})

test(
  'copy buttons copy the origin, and code with the origin in it',
  { tag: '@full' },
  async ({ playground, page, site }) => {
    const { origin } = new URL(site)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await playground.choose('keycloak')
    const steps = await section(playground, 'Let this page call it (CORS)')
    // Once in a while Chromium empties the clipboard after a write, when the context of a test before is taken down.
    await expect(async () => {
      await steps.getByRole('button', { name: 'Copy Let this page call it (CORS), 1' }).click()
      await expect(steps.getByRole('status')).toHaveText('Copied')
      expect(await clipboard()).toBe(origin)
    }).toPass()
    const code = await steps.locator('pre').nth(1).textContent()
    expect(code).toContain(`'webOrigins=["${origin}"]'`)
    await expect(async () => {
      await steps.getByRole('button', { name: 'Copy Let this page call it (CORS), 2' }).click()
      expect(await clipboard()).toBe(code)
    }).toPass()
  },
)

test('the commands of a guide are those of the form: base, realm, client and API, without the secret', async ({
  playground,
}) => {
  await playground.choose('keycloak')
  await playground.field('Base URL').fill('https://sso.example/auth')
  await playground.field('Realm').fill('prod')
  await playground.connect({ id: 'shop', secret: 'never-in-a-guide' })
  const steps = await section(playground, 'Make a client')
  const code = steps.locator('pre').filter({ hasText: 'create clients' })
  await expect(code).toContainText("--server 'https://sso.example/auth'")
  await expect(code).toContainText("create clients -r 'prod' -s 'clientId=shop'")
  await expect(code).toContainText('"${CLIENT_SECRET:?')
  await expect(steps).not.toContainText('never-in-a-guide')
  await playground.connect({ id: 'orders' })
  await expect(code).toContainText("'clientId=orders'")
  await playground.choose('spring')
  await section(playground, 'Start one')
  await expect(playground.connection.locator('code', { hasText: /^pom\.xml$/ })).toBeVisible()
})

test('SimpleIdServer’s tutorial: its values are there', async ({ playground }) => {
  await playground.choose('simpleidserver')
  const values = {
    'Issuer or discovery URL': 'https://localhost:5001/master',
    'Token endpoint': 'https://localhost:5001/master/token',
    'Client ID': 'm2m',
    'Client authentication': 'client_secret_post',
    'Client secret': 'password',
    Scope: 'read',
  }
  for (const [name, value] of Object.entries(values))
    await expect(playground.field(name), name).toHaveValue(value)
  await expect(playground.rawRequest).toContainText('POST /master/token HTTP/1.1')
})

test('HelseID’s sample: its values are there', async ({ playground }) => {
  await playground.choose('helseid')
  const values = {
    'Issuer or discovery URL': 'https://helseid-sts.test.nhn.no',
    'Token endpoint': 'https://helseid-sts.test.nhn.no/connect/token',
    'Client ID': 'helseid-sample-client-credentials-for-multitenant-app',
    'Client authentication': 'private_key_jwt',
    Scope: 'nhn:test-public-samplecode/client-credentials',
    aud: 'issuer',
    typ: 'client-authentication+jwt',
    'Lifetime, seconds': '10',
  }
  for (const [name, value] of Object.entries(values))
    await expect(playground.field(name), name).toHaveValue(value)
  await expect(playground.field('Bind the token to a key (DPoP)')).toBeChecked()
  await (
    await section(playground, 'Make a client')
  )
    .getByRole('button', { name: 'Parent and child organization' })
    .click()
  await expect(playground.field('More payload members')).toHaveValue(/"NO:ORGNR:999977774:999977776"/)
})

/** Saved connections, opened. */
async function saved(playground: PlaygroundPage) {
  const details = await playground.unfold('Saved connections')
  await expect(playground.field('Save this connection as')).toBeVisible()
  return {
    details,
    save: async (name: string) => {
      await playground.field('Save this connection as').fill(name)
      await details.getByRole('button', { name: /^(Save|Replace)$/ }).click()
    },
    names: details.getByRole('button', { name: /^Open / }),
  }
}

const mine = {
  endpoint: 'https://as.example/token',
  id: 'shop',
  secret: 'never-to-be-stored',
  scope: 'a b',
} as const

test.describe('saved connections', () => {
  test('one is a server of the picker from then on, after a reload too, and without its secret', async ({
    playground,
    page,
  }) => {
    const group = playground.field('Server').locator('optgroup[label="Saved by you"]')
    await expect(group).toHaveCount(0)
    await playground.connectTo(mine.endpoint, mine)
    await (await saved(playground)).save(' The shop ')
    await expect(group.locator('option')).toHaveText(['The shop'])

    await page.reload()
    await playground.choose({ label: 'The shop' })
    await expect(playground.field('Token endpoint')).toHaveValue(mine.endpoint)
    await expect(playground.field('Client ID')).toHaveValue('shop')
    await expect(playground.field('Scope')).toHaveValue('a b')
    await expect(playground.field('Client secret')).toHaveValue('')
    await expect(await playground.unfold('About: The shop')).toContainText(
      'Its secret is not: type it again.',
    )
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))
    expect(kept).toContain('The shop')
    expect(kept).not.toContain(mine.secret)
    await page.reload()
    await expect(playground.field('Server').locator('option:checked')).toHaveText('The shop')
  })

  test('it keeps the guide and the own values of the server it was made for', async ({ playground }) => {
    await playground.choose('keycloak')
    await playground.field('Realm').fill('shop')
    const { save, names } = await saved(playground)
    await save('Shop realm')
    await playground.choose('practice')
    await saved(playground)
    await names.filter({ hasText: 'Shop realm' }).click()
    await expect(playground.field('Server').locator('option:checked')).toHaveText('Shop realm')
    await expect(
      playground.connection.locator('.badge').filter({ hasText: 'works after CORS setup' }),
    ).toBeVisible()
    await expect(playground.field('Realm')).toHaveValue('shop')
    await expect(playground.connection).toContainText('Saved here, for Keycloak.')
  })

  test('it is renamed, and not to a name that another has', async ({ playground }) => {
    const { save, names, details } = await saved(playground)
    await save('One')
    await save('Two')
    await expect(names).toHaveText(['Open One', 'Open Two'])
    await details.getByRole('button', { name: 'Rename One' }).click()
    const name = playground.field('New name')
    await expect(name).toBeFocused()
    await name.fill('Two')
    await expect(details).toContainText('Another has this name.')
    await name.press('Enter')
    await expect(name).toBeVisible()
    await name.fill('Three')
    await name.press('Enter')
    await expect(names).toHaveText(['Open Three', 'Open Two'])
    await expect(playground.field('Server').getByRole('option', { name: 'Three' })).toHaveCount(1)
    await details.getByRole('button', { name: 'Rename Two' }).click()
    await name.press('Escape')
    await expect(names).toHaveText(['Open Three', 'Open Two'])
  })

  test('it is removed, and back by Undo in its old place', async ({ playground, page }) => {
    const { save, names, details } = await saved(playground)
    await save('One')
    await save('Two')
    await details.getByRole('button', { name: 'Remove One' }).click()
    await expect(names).toHaveText(['Open Two'])
    await expect(details.getByRole('status').filter({ hasText: 'Removed One.' })).toBeVisible()
    const undo = details.getByRole('button', { name: 'Undo' })
    await expect(undo).toBeFocused()
    await undo.press('Enter')
    await expect(names).toHaveText(['Open One', 'Open Two'])
    await page.reload()
    await saved(playground)
    await expect(names).toHaveText(['Open One', 'Open Two'])
  })

  test('another tab, opened before, loses nothing of it, and follows', async ({ playground, page, site }) => {
    const older = new PlaygroundPage(await page.context().newPage())
    await older.page.goto(site)
    await expect(older.field('Server')).toBeVisible()
    await playground.connectTo(mine.endpoint, mine)
    const { save, names, details } = await saved(playground)
    await save('One')
    await older.field('Theme').selectOption('dark')
    await expect(playground.field('Theme')).toHaveValue('dark')
    await older.choose({ label: 'One' })
    await details.getByRole('button', { name: 'Remove One' }).click()
    await expect(older.field('Server').getByRole('option', { name: 'One' })).toBeAttached()
    await expect(older.field('Token endpoint')).toHaveValue(mine.endpoint)
    await details.getByRole('button', { name: 'Undo' }).click()
    await page.reload()
    await saved(playground)
    await expect(names).toHaveText(['Open One'])
    await older.page.close()
  })

  test('the one in use can be removed: what it was made from is chosen then', async ({ playground }) => {
    await playground.choose('hydra')
    const { save, details } = await saved(playground)
    await save('Mine')
    await playground.choose({ label: 'Mine' })
    await details.getByRole('button', { name: 'Remove Mine' }).click()
    await expect(playground.field('Server')).toHaveValue('hydra')
  })

  test('saved again under its name, it has the new values, and Reset leads to them', async ({
    playground,
    page,
  }) => {
    await playground.connectTo(mine.endpoint, mine)
    const { save, details } = await saved(playground)
    await save('Mine')
    await playground.choose({ label: 'Mine' })
    await expect(playground.field('Scope')).toHaveValue('a b')
    await playground.choose('own')
    await playground.connect({ scope: 'new' })
    await save('Mine')
    await playground.choose({ label: 'Mine' })
    await expect(playground.field('Scope')).toHaveValue('new')

    await playground.connect({ secret: 'still here', scope: 'newer' })
    await save('Mine')
    await expect(details.getByRole('button', { name: /^Open / })).toHaveCount(1)
    await expect(playground.field('Server').locator('option:checked')).toHaveText('Mine')
    await expect(playground.field('Client secret')).toHaveValue('still here')
    await playground.connect({ scope: 'passing' })
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect(playground.field('Scope')).toHaveValue('newer')
  })

  test('a removed one leaves nothing behind for the next', async ({ playground, page }) => {
    await playground.connectTo(mine.endpoint, mine)
    const { save, details } = await saved(playground)
    await save('Old')
    await playground.choose({ label: 'Old' })
    await playground.connect({ scope: 'of the old one', secret: 'of the old one' })
    await details.getByRole('button', { name: 'Remove Old' }).click()
    await playground.choose('practice')
    await save('New')
    await playground.choose({ label: 'New' })
    await expect(playground.field('Scope')).toHaveValue('read')
    await expect(playground.field('Token endpoint')).toHaveValue('https://practice.example/token')
    await expect(playground.field('Client secret')).toHaveValue('practice-secret')
    const kept = await page.evaluate((key) => localStorage.getItem(key) ?? '', storageKey)
    expect(kept).not.toContain('of the old one')
  })
})

test.describe('saved connections as a file', () => {
  const forged = (connections: unknown): string =>
    JSON.stringify({ format: 'client-credentials-playground/connections', version: 1, connections })

  test(
    'what is downloaded comes in again, by file and as text, and has no secret',
    { tag: '@full' },
    async ({ playground, page, site }) => {
      await playground.connectTo(mine.endpoint, mine)
      const { save, names, details } = await saved(playground)
      await save('The shop')
      await save('The other')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        details.getByRole('button', { name: 'Download' }).click(),
      ])
      expect(download.suggestedFilename()).toBe('connections.json')
      const path = await download.path()
      const text = readFileSync(path, 'utf8')
      expect(JSON.parse(text)).toMatchObject({
        format: 'client-credentials-playground/connections',
        connections: [
          { name: 'The shop', server: 'own', config: { token_endpoint: mine.endpoint, scope: 'a b' } },
          { name: 'The other' },
        ],
      })
      expect(text).not.toContain(mine.secret)

      const { origin } = new URL(site)
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
      await expect(async () => {
        await details.getByRole('button', { name: 'Copy all saved connections' }).click()
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
      }).toPass()

      for (const by of ['file', 'text'] as const) {
        await page.evaluate((key) => {
          localStorage.removeItem(key)
        }, storageKey)
        await page.reload()
        await saved(playground)
        await expect(names).toHaveCount(0)
        await details.getByText('Import', { exact: true }).click()
        if (by === 'file') await playground.field('A file that was exported').setInputFiles(path)
        else {
          await playground.field('Or its text').fill(text)
          await details.getByRole('button', { name: 'Import the text' }).click()
        }
        await expect(details).toContainText('2 connections were taken over.')
        await expect(names).toHaveText(['Open The shop', 'Open The other'])
      }
      await playground.choose({ label: 'The shop' })
      await expect(playground.field('Token endpoint')).toHaveValue(mine.endpoint)
      await expect(playground.field('Client secret')).toHaveValue('')

      await playground.field('Or its text').fill(text)
      await details.getByRole('button', { name: 'Import the text' }).click()
      await expect(details).toContainText('There is already one named The shop.')
      await expect(names).toHaveCount(2)
    },
  )

  test('what is no such file is refused in words, by both ways, and nothing is imported', async ({
    playground,
  }) => {
    const { names, details } = await saved(playground)
    await details.getByText('Import', { exact: true }).click()
    for (const [text, words] of [
      ['not json', 'This cannot be read.'],
      ['{"connections": []}', 'This is JSON, and not connections that this page exported.'],
      [forged([]).replace('"version":1', '"version":9'), 'of version 9 of the format'],
    ] as const) {
      await playground.field('Or its text').fill(text)
      await details.getByRole('button', { name: 'Import the text' }).click()
      await expect(details.getByRole('status')).toContainText(words)
      await expect(playground.field('Or its text')).toHaveValue(text)
    }
    await playground.field('A file that was exported').setInputFiles({
      name: 'photo.json',
      mimeType: 'application/json',
      buffer: Buffer.from([0xff, 0xd8, 0xff, 0x00]),
    })
    await expect(details.getByRole('status')).toContainText('This cannot be read.')
    await expect(names).toHaveCount(0)
  })

  test('forged members bring no secret and no markup', async ({ playground, page }) => {
    const { names, details } = await saved(playground)
    await details.getByText('Import', { exact: true }).click()
    const image = `<img src=x onerror="document.title='injected'">`
    await playground.field('Or its text').fill(
      forged([
        {
          name: image,
          server: '__proto__',
          config: {
            client_secret: 'smuggled',
            token_endpoint: 'javascript:alert(1)',
            client_id: 'x',
            token_endpoint_auth_method: 'constructor',
            resource: 'no list',
            dpop: { on: 'yes' },
          },
        },
        { name: 'nothing else' },
        7,
      ]),
    )
    await details.getByRole('button', { name: 'Import the text' }).click()
    await expect(details).toContainText('One connection was taken over.')
    await expect(details).toContainText('Number 2 has no name or no server.')
    await expect(details).toContainText('Number 3 has no name or no server.')
    await names.first().click()
    await expect(playground.field('Client ID')).toHaveValue('x')
    await expect(playground.field('Client secret')).toHaveValue('')
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_post')
    await expect(page).toHaveTitle('Client Credentials Playground')
    const kept = await page.evaluate((key) => localStorage.getItem(key) ?? '', storageKey)
    expect(kept).toContain('onerror')
    expect(kept).not.toContain('smuggled')
  })
})
