import { expect, test } from './fixtures.ts'

test('the first token is one click away, with no network', async ({ page, playground, site }) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await expect(playground.field('Server')).toHaveValue('practice')
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.token).toContainText('JWT, RS256')
  await expect(playground.token).toContainText('signature not checked')
  await expect(page.getByRole('region', { name: 'Decoded header' })).toContainText('"typ": "at+jwt"')
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(
    '"iss": "https://practice.example"',
  )
  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('256 bytes')
  expect(urls.filter((url) => !url.startsWith(site))).toEqual([])
})

test('the whole token is in Token, as the response carries it', async ({ playground }) => {
  await playground.getToken.click()
  await expect(playground.rawResponse).toContainText('"access_token":"')
  const body = (await playground.rawResponse.textContent())?.split('\n\n')[1] ?? ''
  const { access_token } = JSON.parse(body) as { access_token: string }
  await expect(playground.field('Access token')).toHaveText(access_token)
})

test('keys are made anew with every page load', async ({ page, playground }) => {
  const kid = async () => {
    await playground.getToken.click()
    const header = page.getByLabel('Decoded header as JSON')
    await expect(header).toContainText('kid')
    return /"kid": "([^"]+)"/.exec((await header.textContent()) ?? '')?.[1]
  }
  const first = await kid()
  await page.reload()
  expect(await kid()).not.toBe(first)
})

test('it is marked as practice, and shows what the server checked and what CORS hides', async ({
  playground,
  page,
}) => {
  await expect(page.getByRole('banner').getByText('in this page · offline')).toBeVisible()
  await playground.getToken.click()
  await playground.response.getByText(/^3 headers readable, \d hidden by CORS$/).click()
  await expect(playground.response.getByText('CORS hides from the page')).toBeVisible()
  await expect(playground.response).toContainText('x-request-id')
  await expect(playground.rawResponse).not.toContainText('x-request-id')
  await playground.response.getByText('Server’s checks: 11 passed').click()
  const checks = playground.response.getByRole('listitem')
  await expect(checks.first()).toContainText('POST to the token endpoint')
  await expect(checks.filter({ hasText: 'The secret matches' })).toContainText('passed')
  await playground.response.getByText('Response to the preflight').click()
  await expect(playground.field('Preflight response')).toContainText('HTTP/1.1 204')
})

test('a wrong secret: the check that failed is named as the cause', async ({ playground }) => {
  await playground.connect({ secret: 'wrong' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('401 Unauthorized')
  await expect(playground.response.getByRole('heading', { name: /refused: invalid_client/ })).toBeVisible()
  await expect(playground.response).toContainText('The server’s check “The secret matches” failed')
  await expect(playground.rawResponse).toContainText('www-authenticate: Basic realm="practice"')
  await expect(playground.token).toContainText('none in this response')
})

test.describe('the secret that needs encoding', () => {
  const awkward = { id: 'practice-encoding', secret: 'p%C3 s+cr:t ü', scope: 'read' }

  test('works form-encoded, in both forms of it, and in the body', async ({ playground }) => {
    for (const how of [
      { method: 'client_secret_basic', encoding: 'form' },
      { method: 'client_secret_basic', encoding: 'strict' },
    ] as const) {
      await playground.connect({ ...awkward, ...how })
      await playground.getToken.click()
      await expect(playground.response).toContainText('200 OK')
      await expect(playground.token).not.toContainText('of an earlier request')
      await playground.connect({ secret: 'wrong' })
      await playground.getToken.click()
      await expect(playground.response).toContainText('401')
    }
  })

  test('fails raw, and the page says why', async ({ playground }) => {
    await playground.connect({ ...awkward, method: 'client_secret_basic', encoding: 'raw' })
    await expect(
      playground.page.getByText('a server that form-decodes, as the standard says, reads other'),
    ).toBeVisible()
    await playground.getToken.click()
    await expect(playground.response).toContainText('401')
    await expect(playground.response).toContainText('form-decode')
  })

  test('its construction is shown step by step', async ({ playground, page }) => {
    await playground.connect({ ...awkward, method: 'client_secret_basic', encoding: 'form' })
    await page.getByText('How the header is built').click()
    const steps = page.locator('dl').filter({ hasText: 'Joined by' })
    await expect(steps).not.toContainText('p%25C3')
    await page.getByRole('button', { name: 'Reveal' }).click()
    await expect(steps).toContainText('practice-encoding:p%25C3+s%2Bcr%3At+%C3%BC')
    await expect(steps).toContainText('cHJhY3RpY2UtZW5jb2Rpbmc6cCUyNUMzK3MlMkJjciUzQXQrJUMzJUJD')
  })
})

test('the note on encodings is only if it matters for this ID and secret', async ({ playground, page }) => {
  const note = page.getByText('the encoding makes a difference')
  await expect(note).toHaveCount(0)
  await playground.connect({ secret: 'a b' })
  await expect(note).toBeVisible()
  await playground.connect({ secret: 'ab' })
  await expect(note).toHaveCount(0)
})

test.describe('refusals of the practice server', () => {
  const grant = ['The client may use this grant', 'RFC 6749 4.4', '4.4'] as const
  const allowed = ['The scope is allowed', 'RFC 6749 3.3', '3.3'] as const
  for (const [id, secret, scope, error, [check, spec, section]] of [
    ['practice-no-grant', 'practice-secret-no-grant', 'read', 'unauthorized_client', grant],
    ['practice-client', 'practice-secret', 'admin', 'invalid_scope', allowed],
    ['practice-client', 'practice-secret', 'read,write', 'invalid_scope', allowed],
  ] as const) {
    test(`${id} asking for ${scope}: ${error}`, async ({ playground }) => {
      await playground.connect({ id, secret, scope, method: 'client_secret_post' })
      await playground.getToken.click()
      await expect(playground.heading(`The server refused: ${error}`)).toBeVisible()
      await expect(playground.stoppedAt).toContainText(check)
      await expect(playground.causes).toContainText([`The server’s check “${check}” failed: `])
      await expect(playground.response.getByRole('link', { name: spec }).first()).toHaveAttribute(
        'href',
        `https://www.rfc-editor.org/rfc/rfc6749#section-${section}`,
      )
    })
  }
})
