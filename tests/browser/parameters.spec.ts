import type { Locator, Page } from '@playwright/test'
import { decodeJwt } from 'jose'
import { clients } from '../servers/clients.ts'
import type { FaultServer } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const api = 'https://practice.example/api'
const reports = 'https://practice.example/reports'

/** By keyboard: parts of the form that are loaded later move what a mouse would aim at. */
async function open(page: Page): Promise<void> {
  await page.getByText('Resource, audience, RAR, more').press('Enter')
  await expect(page.getByLabel('Resource', { exact: true })).toBeVisible()
}

async function send(playground: PlaygroundPage, id: number, words: string): Promise<void> {
  await playground.getToken.click()
  const status = playground.page.getByRole('status').filter({ hasText: `Request ${id}: ${words}` })
  await expect(status).toHaveCount(1)
}

const issued = '200 OK. Token received.'
const refused = (heading: string) => `400 Bad Request. ${heading}.`

/** The claims of the token on screen. */
const claimsOf = async (playground: PlaygroundPage) =>
  decodeJwt((await playground.field('Access token').textContent()) ?? '')

/** The parameters that a fault server got last, in order. */
function parametersIn({ requests }: FaultServer): [string, string][] {
  const body = requests.findLast(({ method }) => method === 'POST')?.body.toString()
  return [...new URLSearchParams(body)]
}

/** Adds a parameter or a header field, on the next line of its list. */
async function add(page: Page, one: 'parameter' | 'header', number: number, [name, value]: [string, string]) {
  await page.getByRole('button', { name: `Add a ${one}` }).click()
  await page.getByLabel(`Name of ${one} ${number}`).fill(name)
  await page.getByLabel(`Value of ${one} ${number}`).fill(value)
}

const point = ({ response }: PlaygroundPage, sent: string): Locator =>
  response.getByRole('listitem').filter({ hasText: sent })

test.describe('the resource (RFC 8707 2)', () => {
  test('one: the token is for it alone', async ({ playground, page, authorizationServer, api }) => {
    await playground.connectTo(authorizationServer.tokenEndpoint)
    await open(page)
    await playground.field('Resource').fill(api.reports)
    await expect(playground.rawRequest).toContainText(`&resource=${encodeURIComponent(api.reports)}`)
    await send(playground, 1, issued)
    expect(await claimsOf(playground)).toMatchObject({ aud: api.reports })
    await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(api.reports)
  })

  test('two: the practice server gives a token for both, oidc-provider for one at a time', async ({
    playground,
    page,
    authorizationServer,
    api: protectedApi,
    guard,
  }) => {
    guard.expectConsole(/400/)
    await open(page)
    await playground.field('Resource').fill(api)
    await page.getByRole('button', { name: 'Add another resource' }).click()
    await expect(playground.field('Resource 2')).toBeFocused()
    await playground.field('Resource 2').fill(reports)
    await send(playground, 1, issued)
    expect(await claimsOf(playground)).toMatchObject({ aud: [api, reports] })

    await playground.connectTo(authorizationServer.tokenEndpoint)
    await playground.field('Resource').fill(protectedApi.origin)
    await page.getByRole('button', { name: 'Add another resource' }).click()
    await playground.field('Resource 2').fill(protectedApi.reports)
    await send(playground, 2, refused('The server accepts one resource at a time'))
    await expect(playground.response).toContainText('only a single resource')
    await expect(playground.stoppedAt).toContainText('Resource or audience allowed')
    await expect(playground.fixes.first()).toHaveText(`Ask for ${protectedApi.origin} alone`)

    await playground.fixes.nth(1).getByRole('button').click()
    await expect(playground.field('Resource')).toHaveValue(protectedApi.reports)
    await expect(playground.field('Resource 2')).toHaveCount(0)

    await playground.field('Resource').fill(protectedApi.origin)
    await page.getByRole('button', { name: 'Add another resource' }).click()
    await playground.field('Resource 2').fill(protectedApi.reports)
    await page.getByRole('button', { name: 'Remove number 1' }).click()
    await expect(playground.field('Resource')).toBeFocused()
    await expect(playground.field('Resource')).toHaveValue(protectedApi.reports)
    await expect(playground.field('Resource 2')).toHaveCount(0)
    await send(playground, 3, issued)
    expect(await claimsOf(playground)).toMatchObject({ aud: protectedApi.reports })
  })

  test('unknown: both refuse, and it is explained', async ({
    playground,
    page,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/400/)
    await open(page)
    await playground.field('Resource').fill('https://nobody.example/')
    await send(playground, 1, refused('The server refused: invalid_target'))
    await expect(playground.response).toContainText('The server’s check “resource is known” failed')

    await playground.connectTo(authorizationServer.tokenEndpoint)
    await playground.field('Resource').fill('https://nobody.example/')
    await send(playground, 2, refused('The server does not know the resource'))
    await expect(playground.response).toContainText('The server does not know “https://nobody.example/”.')
    await expect(playground.stoppedAt).toContainText('Resource or audience allowed')
    await playground.fixes.getByRole('button', { name: 'Ask without a resource' }).click()
    await send(playground, 3, issued)
  })

  test('what it has to be is said while it is typed', async ({ playground, page }) => {
    await open(page)
    await playground.field('Resource').fill('orders')
    await expect(page.getByText('Not an absolute URI, which a resource has to be.')).toBeVisible()
    await playground.field('Resource').fill('urn:orders')
    await expect(page.getByText('Not an absolute URI')).toHaveCount(0)
    await playground.field('Resource').fill('https://api.example/#part')
    await expect(page.getByText('A resource has no fragment.')).toBeVisible()
    await playground.field('Resource').fill('')
    await expect(playground.field('Resource')).toBeVisible()
    await expect(playground.rawRequest).not.toContainText('resource')
    await expect(page.getByRole('button', { name: 'Reset' })).toHaveCount(0)
  })
})

test('the audience is sent as it is typed', async ({ playground, page, faults }) => {
  await playground.connectTo(faults.url('/token'))
  await open(page)
  await playground.field('Audience').fill('https://api.example/ or +so%')
  await send(playground, 1, issued)
  expect(parametersIn(faults)).toContainEqual(['audience', 'https://api.example/ or +so%'])
  await page.getByRole('button', { name: 'Parameters', exact: true }).click()
  await expect(playground.request.getByRole('row').filter({ hasText: /^bodyaudience/ })).toContainText(
    'Audience',
  )
})

test.describe('authorization details (RFC 9396)', () => {
  const payload = (page: Page) => page.getByRole('region', { name: 'Decoded payload' })
  const granted = 'authorization_details, as granted'

  test('from a template: oidc-provider grants them, and the page shows what was granted', async ({
    playground,
    page,
    authorizationServer,
  }) => {
    await playground.connectTo(authorizationServer.tokenEndpoint)
    await open(page)
    await page.getByRole('button', { name: 'API access' }).click()
    await expect(playground.field('Authorization details')).toHaveValue(/"type": "greeting_access"/)
    await expect(playground.field('Authorization details')).toBeFocused()
    await expect(page.getByRole('button', { name: 'Payment' })).toBeDisabled()
    await send(playground, 1, issued)
    await playground.response.getByText(/requirements met/).click()
    await expect(point(playground, granted)).toContainText('(passed)')
    await expect(playground.rawResponse).toContainText('"type":"greeting_access"')
    await expect(payload(page)).toContainText('"type": "greeting_access"')
  })

  test('typed: both servers grant them', async ({ playground, page, authorizationServer }) => {
    const typed = '[ {"type": "greeting_access", "actions": ["read", "write"]} ]'
    for (const [id, connect] of [
      [1, () => playground.choose('practice')],
      [2, () => playground.connectTo(authorizationServer.tokenEndpoint)],
    ] as const) {
      await connect()
      if (id === 1) await open(page)
      await playground.field('Authorization details').fill(typed)
      await expect(playground.rawRequest).toContainText(
        new URLSearchParams([['authorization_details', typed.replaceAll(' ', '')]]).toString(),
      )
      await send(playground, id, issued)
      await expect(playground.response).toContainText(granted)
      await expect(payload(page)).toContainText('"write"')
    }
  })

  test('an unknown type: both servers refuse it, and it is explained', async ({
    playground,
    page,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/400/)
    const typed = '[{"type":"unheard_of"}]'
    await open(page)
    await playground.field('Authorization details').fill(typed)
    await send(playground, 1, refused('The server refused: invalid_authorization_details'))
    await expect(playground.response).toContainText(
      'The server’s check “The types of authorization are known” failed',
    )

    await playground.connectTo(authorizationServer.tokenEndpoint)
    await playground.field('Authorization details').fill(typed)
    const notAccepted = refused('The server does not accept the authorization_details')
    await send(playground, 2, notAccepted)
    await expect(playground.response).toContainText('A type that the server does not know')
    await expect(playground.fixes.first()).toContainText('authorization_details_types_supported')

    await playground.connect({ id: clients.payments.id })
    await playground.field('Authorization details').fill('[{"type":"greeting_access","actions":["read"]}]')
    await send(playground, 3, notAccepted)
    await expect(playground.fixes.last()).toHaveText('Allow the client this type at the server.')
  })

  test('mistakes are named while it is typed, and an object is put into a list', async ({
    playground,
    page,
    faults,
  }) => {
    await playground.connectTo(faults.url('/token'))
    await open(page)
    const field = playground.field('Authorization details')
    await field.fill('[{"type": "x",}]')
    await expect(page.getByText(/^Not JSON: .*double-quoted property name/)).toBeVisible()
    await expect(field).toHaveAccessibleDescription(/Not JSON/)
    await field.fill('"x"')
    await expect(page.getByText('It has to be a JSON array of objects.')).toBeVisible()
    await field.fill('[{"type": "x"}, {"actions": []}]')
    await expect(page.getByText('Element 2 has no type')).toBeVisible()

    await field.fill('{"type": "x", "id": 12345678901234567890, "rate": 1.0}')
    await page.getByRole('button', { name: 'Put it into a list' }).click()
    await expect(field).toHaveValue('[{"type": "x", "id": 12345678901234567890, "rate": 1.0}]')
    await expect(field).toBeFocused()
    await send(playground, 1, issued)
    expect(parametersIn(faults)).toContainEqual([
      'authorization_details',
      '[{"type":"x","id":12345678901234567890,"rate":1.0}]',
    ])
  })
})

test.describe('more parameters', () => {
  test('go out in order, with repeats, without those switched off', async ({ playground, page, faults }) => {
    await playground.connectTo(faults.url('/token'))
    await open(page)
    await add(page, 'parameter', 1, ['tenant', 'a b&c=d'])
    await expect(page.getByLabel('Name of parameter 1')).toHaveValue('tenant')
    await add(page, 'parameter', 2, ['acr', 'ü+%'])
    await add(page, 'parameter', 3, ['tenant', ''])
    await add(page, 'parameter', 4, ['debug', 'off'])
    await expect(page.getByText('tenant is sent more than once').first()).toBeVisible()
    await page.getByLabel('Send parameter 4').uncheck()
    await page.getByRole('button', { name: 'Move parameter 2 up' }).click()
    await expect(page.getByLabel('Name of parameter 1')).toHaveValue('acr')
    await expect(page.getByLabel('Name of parameter 1')).toBeFocused()
    await send(playground, 1, issued)
    expect(parametersIn(faults).filter(([name]) => /tenant|acr|debug/.test(name))).toEqual([
      ['acr', 'ü+%'],
      ['tenant', 'a b&c=d'],
      ['tenant', ''],
    ])
    const body = faults.requests.findLast(({ method }) => method === 'POST')?.body.toString() ?? ''
    await playground.showSecrets()
    await expect(playground.rawRequest).toContainText(body)
  })

  test('the focus goes along: to what is added, moved, or left', async ({ playground, page }) => {
    await open(page)
    await page.getByRole('button', { name: 'Add a parameter' }).click()
    await expect(page.getByLabel('Name of parameter 1')).toBeFocused()
    await page.keyboard.type('one')
    for (const [number, name] of [
      [2, 'two'],
      [3, 'three'],
    ] as const) {
      await add(page, 'parameter', number, [name, name])
    }
    await page.getByRole('button', { name: 'Move parameter 3 up' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Move parameter 2 up' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Name of parameter 1')).toHaveValue('three')
    await page.getByRole('button', { name: 'Remove parameter 3' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Remove parameter 2' })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Add a parameter' })).toBeFocused()
    await expect(playground.rawRequest).not.toContainText('three')
  })

  test('those of the grant and of the client authentication are not overwritten', async ({
    playground,
    page,
  }) => {
    await open(page)
    await add(page, 'parameter', 1, ['grant_type', 'password'])
    await expect(page.getByText('grant_type is made by the grant')).toBeVisible()
    await expect(page.getByLabel('Name of parameter 1')).toHaveAccessibleDescription(/grant_type is made/)
    await expect(playground.getToken).toBeDisabled()
    await page.getByLabel('Name of parameter 1').fill('client_secret')
    await expect(playground.getToken).toBeEnabled()
    await playground.connect({ method: 'client_secret_post' })
    await expect(page.getByText('client_secret is made by the grant')).toBeVisible()
    await page.getByLabel('Send parameter 1').uncheck()
    await expect(playground.getToken).toBeEnabled()
  })

  test('what the practice server does not know is ignored, and noted', async ({ playground, page }) => {
    await open(page)
    await add(page, 'parameter', 1, ['tenant', 'a'])
    await send(playground, 1, issued)
    await playground.response.getByText('Server’s checks').click()
    const check = playground.response.getByRole('listitem').filter({ hasText: 'Unrecognized parameters' })
    await expect(check).toContainText('tenant')
  })
})

test.describe('header fields', () => {
  test('under the name of a secret have a value that is not seen until secrets are shown', async ({
    playground,
    page,
  }) => {
    await open(page)
    await add(page, 'header', 1, ['X-Api-Key', 'k3y'])
    await add(page, 'header', 2, ['X-Tenant', 'acme'])
    const [key, tenant] = [page.getByLabel('Value of header 1'), page.getByLabel('Value of header 2')]
    await expect(key).toHaveCSS('-webkit-text-security', 'disc')
    await expect(tenant).toHaveCSS('-webkit-text-security', 'none')
    await playground.showSecrets()
    await expect(key).toHaveCSS('-webkit-text-security', 'none')
    await expect(playground.field('Client secret')).toHaveCSS('-webkit-text-security', 'none')
  })

  test('are on the wire as they are shown: spelling, order, repeats joined', async ({
    playground,
    page,
    faults,
  }) => {
    await playground.connectTo(faults.url('/token'))
    await open(page)
    await add(page, 'header', 1, ['X-Tenant', 'a'])
    await add(page, 'header', 2, ['traceparent', '00-1-2-01'])
    await add(page, 'header', 3, ['x-tenant', ' b, c '])
    await add(page, 'header', 4, ['X-Off', 'never'])
    await add(page, 'header', 5, ['X-Latin', 'café'])
    await page.getByLabel('Send header 4').uncheck()
    await expect(page.getByText('Browsers join repeats into one line').first()).toBeVisible()
    await expect(playground.rawRequest).toContainText(
      'X-Tenant: a, b, c\ntraceparent: 00-1-2-01\nX-Latin: café',
    )
    await send(playground, 1, issued)
    const [preflight, request] = faults.requests
    expect(request?.headers).toContainEqual(['X-Tenant', 'a, b, c'])
    expect(request?.headers).toContainEqual(['traceparent', '00-1-2-01'])
    expect(request?.headers).toContainEqual(['X-Latin', 'café'])
    expect(request?.headers.filter(([name]) => /tenant|off/i.test(name))).toHaveLength(1)
    expect(new Map(preflight?.headers).get('Access-Control-Request-Headers')).toBe(
      'traceparent,x-latin,x-tenant',
    )
    await expect(playground.rawRequest).toContainText('X-Tenant: a, b, c')
  })

  test('those of the browser give way to them, if a page may set them', async ({
    playground,
    page,
    faults,
  }) => {
    await playground.connectTo(faults.url('/token'))
    await open(page)
    await add(page, 'header', 1, ['Accept-Language', 'nb'])
    await add(page, 'header', 2, ['Cache-Control', 'max-age=0'])
    await send(playground, 1, issued)
    const shown = ((await playground.rawRequest.textContent()) ?? '').split('\n')
    const received = faults.requests.findLast(({ method }) => method === 'POST')?.headers
    for (const name of ['accept-language', 'cache-control', 'pragma']) {
      const lines = shown.filter((line) => line.toLowerCase().startsWith(`${name}:`))
      const values = received?.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value)
      expect(lines.map((line) => line.slice(name.length + 2))).toEqual(values)
    }
  })

  test('User-Agent is refused if this browser drops it', async ({ playground, page }) => {
    await open(page)
    await add(page, 'header', 1, ['User-Agent', 'x'])
    await expect(page.getByText('This browser drops User-Agent without a word')).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
  })

  test('Host cannot be sent by a page, and why is said', async ({ playground, page }) => {
    await open(page)
    await add(page, 'header', 1, ['Host', 'x'])
    await expect(page.getByText('A page cannot send Host: it follows from the URL.')).toBeVisible()
    await expect(page.getByLabel('Name of header 1')).toHaveAccessibleDescription(/it follows/)
    await expect(playground.getToken).toBeDisabled()
    await page.getByLabel('Name of header 1').fill('X-Other')
    await expect(playground.getToken).toBeEnabled()
  })

  test('line breaks cannot be typed, and are refused from elsewhere; one click mends them', async ({
    playground,
    page,
    faults,
  }) => {
    await playground.connectTo(faults.url('/token'))
    await open(page)
    await add(page, 'header', 1, ['X-Trace', 'STORED'])
    await page.evaluate(() => {
      const name = 'client-credentials-playground /'
      localStorage.setItem(name, (localStorage.getItem(name) ?? '').replace('STORED', 'a\\r\\nX-Injected: b'))
    })
    await page.reload()
    await playground.connect({ secret: 'password' })
    await expect(page.getByText('A header value has no line breaks.')).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
    await page.getByRole('button', { name: 'Make them spaces' }).click()
    await expect(page.getByLabel('Value of header 1')).toBeFocused()
    await send(playground, 1, issued)
    const request = faults.requests.findLast(({ method }) => method === 'POST')
    expect(request?.headers).toContainEqual(['X-Trace', 'a X-Injected: b'])
  })
})

test('what was copied along is named next to its field, one click leaves the value, and undo brings it back', async ({
  playground,
  page,
  faults,
}) => {
  const token = faults.url('/token')
  await playground.connectTo(`curl -X POST "${token}" \\`, { id: 'clientId: m2m', secret: '"top-5ecret"' })
  const mend = (name: string) => page.getByRole('button', { name, exact: true })
  await expect(page.getByLabel('Token endpoint')).toHaveAttribute('aria-invalid', 'true')
  await mend(`Use ${token}`).click()
  await mend('Use m2m').click()
  const secret = page.getByLabel('Client secret')
  await mend('Use the secret alone').click()
  await expect(secret).toHaveValue('top-5ecret')
  await expect(secret).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(secret).toHaveValue('"top-5ecret"')
  await mend('Use the secret alone').click()

  await page.getByLabel('Scope').fill('https%3A%2F%2Fgraph.microsoft.com%2F.default')
  await expect(playground.connection).toContainText('The scope is percent-encoded.')
  await mend('Use https://graph.microsoft.com/.default').click()
  await secret.fill(`Basic ${Buffer.from('other:top-5ecret').toString('base64')}`)
  await expect(page.locator('body')).not.toContainText('top-5ecret')
  await mend('Make it client ID and secret').click()
  await expect(page.getByLabel('Client ID')).toHaveValue('other')
  await expect(playground.connection.getByRole('button', { name: /^(Use|Make|Clear|Move) / })).toHaveCount(0)
  await send(playground, 1, issued)
  expect(parametersIn(faults)).toEqual([
    ['scope', 'https://graph.microsoft.com/.default'],
    ['grant_type', 'client_credentials'],
    ['client_id', 'other'],
    ['client_secret', 'top-5ecret'],
  ])
})

test('names that every JavaScript object knows are names like any other', async ({
  playground,
  page,
  faults,
}) => {
  await playground.connectTo(faults.url('/token'))
  await open(page)
  await add(page, 'parameter', 1, ['constructor', 'a'])
  await add(page, 'header', 1, ['constructor', 'b'])
  await expect(playground.rawRequest).toContainText('constructor: b')
  await expect(playground.rawRequest).toContainText('constructor=a')
  await playground.request.getByText('Preflight first').click()
  await expect(playground.field('Predicted preflight')).toContainText(
    'access-control-request-headers: constructor',
  )
  await page.getByRole('button', { name: 'Parameters', exact: true }).click()
  const rows = playground.request.getByRole('row').filter({ hasText: 'constructor' })
  await expect(rows.nth(0)).toContainText('Header fields')
  await expect(rows.nth(1)).toContainText('More parameters')
  await send(playground, 1, issued)
  expect(parametersIn(faults)).toContainEqual(['constructor', 'a'])
  const request = faults.requests.findLast(({ method }) => method === 'POST')
  expect(request?.headers).toContainEqual(['constructor', 'b'])
})

test('Get token leads to the field in the way, inside a closed part as well', async ({
  playground,
  page,
}) => {
  const details = page.getByRole('group').filter({ hasText: 'Resource, audience, RAR, more' })
  const summary = page.getByText('Resource, audience, RAR, more')
  await open(page)
  await add(page, 'parameter', 1, ['fine', 'x'])
  await add(page, 'header', 1, ['Host', 'x'])
  await summary.click()
  await expect(page.getByLabel('Name of header 1')).toBeHidden()
  await playground.getToken.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name of header 1')).toBeFocused()
  await expect(details.first()).toHaveAttribute('open', '')
  await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()

  await page.getByLabel('Name of header 1').fill('X-Fine')
  await playground.field('Bind the token to a key (DPoP)').check()
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  await expect(playground.field('Key to bind to')).not.toHaveValue('')
  await page.getByText('More members of the proof').click()
  await playground.field('More members').fill('{"htu": ')
  await expect(page.getByText(/^Not JSON/)).toBeVisible()
  await page.getByText('More members of the proof').click()
  await expect(playground.field('More members')).toBeHidden()
  await playground.field('Scope').press('Enter')
  await expect(playground.field('More members')).toBeFocused()
})

test.describe('memory', () => {
  async function fillAll(playground: PlaygroundPage) {
    const { page } = playground
    await open(page)
    await playground.field('Resource').fill(api)
    await page.getByRole('button', { name: 'Add another resource' }).click()
    await playground.field('Resource 2').fill(reports)
    await playground.field('Audience').fill('orders')
    await playground.field('Authorization details').fill('[{"type":"greeting_access"}]')
    await add(page, 'parameter', 1, ['tenant', 'a'])
    await add(page, 'parameter', 2, ['client_secret', 'typed-secret'])
    await page.getByLabel('Send parameter 2').uncheck()
    await add(page, 'header', 1, ['X-Tenant', 'b'])
    await add(page, 'header', 2, ['X-Api-Key', 'typed-key'])
  }

  async function expectAll(playground: PlaygroundPage, secrets: 'kept' | 'blank') {
    const { page } = playground
    await expect(playground.field('Resource')).toHaveValue(api)
    await expect(playground.field('Resource 2')).toHaveValue(reports)
    await expect(playground.field('Audience')).toHaveValue('orders')
    await expect(playground.field('Authorization details')).toHaveValue('[{"type":"greeting_access"}]')
    await expect(page.getByLabel('Name of parameter 1')).toHaveValue('tenant')
    await expect(page.getByLabel('Value of parameter 1')).toHaveValue('a')
    await expect(page.getByLabel('Name of parameter 2')).toHaveValue('client_secret')
    await expect(page.getByLabel('Value of parameter 2')).toHaveValue(
      secrets === 'kept' ? 'typed-secret' : '',
    )
    await expect(page.getByLabel('Send parameter 2')).not.toBeChecked()
    await expect(page.getByLabel('Value of header 1')).toHaveValue('b')
    await expect(page.getByLabel('Name of header 2')).toHaveValue('X-Api-Key')
    await expect(page.getByLabel('Value of header 2')).toHaveValue(secrets === 'kept' ? 'typed-key' : '')
  }

  test('what was typed survives a reload, and is in sight; secrets do not', async ({ playground, page }) => {
    await fillAll(playground)
    await page.reload()
    await expectAll(playground, 'blank')
    const stored = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))
    expect(stored).toContain('tenant')
    expect(stored).not.toMatch(/typed-(secret|key)/)
  })

  test('clearing the last of it leaves the fields where they are', async ({ playground, page }) => {
    await open(page)
    await playground.field('Resource').fill(api)
    await page.reload()
    await expect(playground.field('Resource')).toHaveValue(api)
    await playground.field('Resource').fill('')
    await playground.field('Resource').pressSequentially('urn:x')
    await expect(playground.rawRequest).toContainText('resource=urn%3Ax')
  })

  test('another server and back: nothing is lost, secrets neither', async ({ playground }) => {
    await fillAll(playground)
    await playground.choose('own')
    await expect(playground.field('Resource 2')).toHaveCount(0)
    await playground.choose('practice')
    await expectAll(playground, 'kept')
  })
})
