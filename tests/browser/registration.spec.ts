import { expect, test } from './fixtures.ts'

const json = { 'Content-Type': 'application/json' }
const secret = 'initial-access-s3cret'

test('an endpoint that wants an initial access token gets one from its field, which nothing else does', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.expectConsole(/401/)
  const registration_endpoint = faults.answer('/register', ({ headers, body }) => {
    const sent = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    if (sent !== `Bearer ${secret}`) return { status: 401, headers: json, body: '{"error":"invalid_token"}' }
    const registered = {
      ...(JSON.parse(body.toString()) as object),
      client_id: 'from-registration',
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: 'given',
      jwks: undefined,
    }
    return { status: 201, headers: json, body: JSON.stringify(registered) }
  })
  faults.answer('/.well-known/oauth-authorization-server', {
    headers: json,
    body: JSON.stringify({
      issuer: faults.origin,
      token_endpoint: faults.url('/token'),
      registration_endpoint,
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
    }),
  })
  await playground.choose('own')
  await playground.find(faults.origin)
  await expect(playground.connection).toContainText('✓ Metadata')
  await playground.field('Client authentication').selectOption('private_key_jwt')
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  const field = playground.field('Initial access token')
  await expect(field).toBeHidden()
  const register = page.getByRole('button', { name: 'Register this key' })
  await register.click()
  await expect(playground.connection).toContainText('It demands an initial access token')
  await expect(field).toBeVisible()
  await expect(field).toHaveCSS('-webkit-text-security', 'disc')

  await field.fill(secret)
  await register.click()
  await expect(playground.connection).toContainText('Registered as from-registration.')
  await expect(playground.connection).toContainText('It registered client_secret_basic')
  await expect(playground.connection).toContainText('The response leaves out jwks')
  await expect(playground.field('Client ID')).toHaveValue('from-registration')

  // In History the token is masked, and with the next request it does not go.
  const history = await playground.openHistory()
  await history.getByText('Client registration').first().click()
  await expect(playground.rawRequest).toContainText('POST /register HTTP/1.1')
  await expect(playground.rawRequest).toContainText('authorization: Bearer ••••••••')
  await page.keyboard.press('Escape')

  const kept = await page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      window.history.state,
      location.href,
      await indexedDB.databases(),
    ]),
  )
  expect(kept).toContain('own')
  expect(kept).not.toContain(secret)

  await page.getByRole('button', { name: 'Use client_secret_basic with the secret it gave' }).click()
  await expect(playground.field('Client secret')).toHaveValue('given')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const others = faults.requests.filter(({ url }) => url !== '/register')
  expect(JSON.stringify(others.map(({ headers, body }) => [headers, body.toString()]))).not.toContain(secret)

  await page.reload()
  await playground.field('Client authentication').selectOption('private_key_jwt')
  await playground.find(faults.origin)
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  await page.getByText('If it demands an initial access token').click()
  await expect(field).toHaveValue('')
})

test('an offer to register at another origin, accepted by keyboard, leads on to the button that registers', async ({
  playground,
  page,
  faults,
}) => {
  const registration_endpoint = 'https://registration.of-a-department.practice.example/clients'
  faults.answer('/.well-known/oauth-authorization-server', {
    headers: json,
    body: JSON.stringify({
      issuer: faults.origin,
      token_endpoint: faults.url('/token'),
      registration_endpoint,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
  })
  await playground.choose('own')
  await playground.find(faults.origin)
  await playground.field('Client authentication').selectOption('private_key_jwt')
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  await expect(playground.connection).toContainText(`The metadata name ${registration_endpoint}, at another`)
  await playground.connection.getByRole('button', { name: 'Use it' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Register this key' })).toBeFocused()
})
