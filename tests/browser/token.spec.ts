import { deflateRawSync } from 'node:zlib'
import { unsignedToken } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

async function paste(playground: PlaygroundPage, text: string): Promise<void> {
  await playground.pasteToken(text)
}

const payload = (playground: PlaygroundPage) => playground.field('Decoded payload as JSON')

test('a token can be pasted and decoded without a request, whatever clings to it', async ({
  playground,
  page,
}) => {
  const token = unsignedToken('{"sub":"æøå","exp":4102444800}')
  await paste(playground, ` Authorization: Bearer "${token.slice(0, 20)}\n${token.slice(20)}" `)
  await expect(payload(playground)).toContainText('"sub": "æøå"')
  await expect(playground.field('Access token')).toHaveText(token)
  await expect(playground.token).toContainText('Removed:')
  await expect(playground.token).toContainText('signature not checked')
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(playground.token).toContainText('The access token appears here, decoded.')
})

test('a pasted token and an issued one are side by side', async ({ playground }) => {
  await playground.getToken.click()
  await expect(payload(playground)).toContainText('practice-client')
  await paste(playground, unsignedToken('{"sub":"pasted"}'))
  await expect(payload(playground)).toContainText('"sub": "pasted"')
  await playground.token.getByRole('button', { name: 'Issued' }).click()
  await expect(payload(playground)).toContainText('practice-client')
})

test('numbers, names and order are kept', async ({ playground, faults }) => {
  await playground.connectTo(faults.url('/big-integers'))
  await playground.getToken.click()
  await expect(payload(playground)).toContainText('"id": 12345678901234567890')
  await expect(payload(playground)).toContainText('"rate": 1.0')
  await expect(payload(playground)).toContainText('"tiny": 1e-400')
})

test('repeated names are flagged', async ({ playground, faults, page }) => {
  await playground.connectTo(faults.url('/duplicate-keys'))
  await playground.getToken.click()
  await expect(payload(playground)).toContainText('"sub": "first"')
  await expect(payload(playground)).toContainText('"sub": "second"')
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(
    /sub.*(twice|more than once|2 times)/i,
  )
  await expect(playground.response).toContainText('access_token more than once')
})

test('JWE, opaque and alg none are recognised and explained', async ({ playground, faults, page }) => {
  for (const [path, words] of [
    ['/jwe', 'encrypted for the resource server'],
    ['/opaque', 'This token is opaque to its client.'],
    ['/alg-none', 'nobody signed this'],
  ] as const) {
    await playground.connectTo(faults.url(path))
    await playground.getToken.click()
    await expect(playground.token).toContainText(words)
  }
  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('none')
})

test('what is broken is named, and what can be shown is shown', async ({ playground, page }) => {
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url')
  await playground.pasteToken('e')
  const box = playground.field('Paste a token')
  await box.fill(`${header}.${Buffer.from('not json').toString('base64url')}.c2ln`)
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText('not JSON')
  await expect(page.getByRole('region', { name: 'Decoded header' })).toContainText('"alg": "RS256"')
  await box.fill(`${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.c2ln`)
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText('offset 1')
  await box.fill(`${header}.e!0.c2ln`)
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText('!')
})

test('a token that is cut, compressed, or no text is shown as far as it goes, and said to be so', async ({
  playground,
  page,
}) => {
  const part = (data: string | Uint8Array) => Buffer.from(data).toString('base64url')
  const claims = '{"iss":"https://as.example","roles":["read"],"ver":1,"cid":"0oa1","scp":["read"]}'
  const region = page.getByRole('region', { name: 'Decoded payload' })
  await paste(playground, `${part('{"alg":"RS256"}')}.${part(claims)}...`)
  await expect(payload(playground)).toContainText('"cid": "0oa1"')
  await expect(playground.token).toContainText('It is cut: “...” at its end')
  await expect(region.getByText('(Okta)').first()).toBeAttached()

  const box = playground.field('Paste a token')
  await box.fill('eyJhbGci...abc')
  await expect(playground.token).toContainText('This is not a token as it is. It is cut')
  await expect(playground.token).not.toContainText('That is allowed')

  const header = part('{"alg":"ES256","zip":"DEF"}')
  await box.fill(`${header}.${part(deflateRawSync(claims))}.${part(new Uint8Array(64))}`)
  await expect(region).toContainText('It is compressed (zip: DEF)')
  await expect(page.getByRole('region', { name: 'Inflated payload' })).toContainText('"roles"')

  await box.fill(`${header}.${part(new Uint8Array([0xff, 0x01, 0x41]))}.${part(new Uint8Array(64))}`)
  await expect(page.getByRole('group', { name: 'Bytes of the decoded payload' })).toContainText('ff 01 41')
  await expect(region).toContainText('It cannot be inflated')
})

test('times are shown as number, local time and distance', async ({ playground, page }) => {
  const soon = Math.floor(Date.now() / 1000) + 250
  await paste(playground, unsignedToken(`{"exp":${soon},"iat":1700000000000}`))
  const region = page.getByRole('region', { name: 'Decoded payload' })
  await expect(region).toContainText(`"exp": ${soon}`)
  await expect(region).toContainText('(in 4 min)')
  await expect(region).toContainText(String(new Date().getFullYear()))
  await expect(region).toContainText('looks like milliseconds')
  await expect(playground.token.getByText(/^expires in 4 m \d\d s$/)).toBeVisible()
})

test('claims and header parameters are explained with their section', async ({ playground, page }) => {
  await playground.getToken.click()
  const claims = page.getByRole('region', { name: 'Decoded payload' })
  const expiry = claims.getByRole('button', { name: 'exp', exact: true })
  await expiry.click()
  await expect(expiry).toHaveAttribute('aria-expanded', 'true')
  await expect(claims.getByRole('link', { name: 'RFC 7519 4.1.4' })).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4',
  )
  const type = page
    .getByRole('region', { name: 'Decoded header' })
    .getByRole('link', { name: 'RFC 9068 2.1' })
  await expect(type).toBeHidden()
  await page.getByRole('button', { name: 'Explain all' }).click()
  await expect(type).toBeVisible()
  await page.reload()
  await playground.getToken.click()
  await expect(type).toBeVisible()
})

test('a token of a megabyte is decoded and stays usable', async ({ playground, page }) => {
  const claims = JSON.stringify({
    sub: 'big',
    list: Array.from({ length: 20_000 }, (_, index) => `item number ${index} of a long list`),
  })
  await paste(playground, unsignedToken(claims))
  await expect(payload(playground)).toContainText('"sub": "big"')
  await expect(playground.token).toContainText('The first 400 lines.')
  await page.getByRole('button', { name: 'Decoded payload as indented JSON' }).click()
  await page.getByRole('button', { name: 'Show 400 more' }).click()
  await expect(payload(playground)).toContainText('item number 700 of')
})

test('the same big number twice, and repeats in several places, are each shown', async ({
  playground,
  page,
}) => {
  await playground.pasteToken('e')
  const region = page.getByRole('region', { name: 'Decoded payload' })
  await playground
    .field('Paste a token')
    .fill(unsignedToken('{"sub":12345678901234567890,"id":12345678901234567890}'))
  await expect(region).toContainText('"id": 12345678901234567890')
  await playground.field('Paste a token').fill(unsignedToken('{"a":{"x":1,"x":2},"b":{"x":1,"x":2},"z":3}'))
  await expect(region).toContainText('"z": 3')
})

test.describe('a response with more than a token in it', () => {
  const token = unsignedToken('{"sub":"cleaned","exp":4102444800}')
  for (const [body, button] of [
    [{ access_token: `Bearer ${token}`, token_type: 'Bearer' }, 'Go on with the cleaned token'],
    [{ data: { accessToken: token } }, 'Use the token under “data.accessToken”'],
  ] as const)
    test(button, async ({ playground, faults, page }) => {
      const headers = { 'Content-Type': 'application/json' }
      await playground.connectTo(faults.answer('/odd', () => ({ headers, body: JSON.stringify(body) })))
      await playground.getToken.click()
      const sent = await playground.rawResponse.textContent()
      await playground.response.getByRole('button', { name: button }).click()
      await expect(playground.field('Access token')).toHaveText(token)
      await expect(payload(playground)).toContainText('"sub": "cleaned"')
      await expect(playground.response.getByRole('button', { name: button })).toHaveCount(0)
      await expect(playground.rawResponse).toHaveText(sent ?? '')
      await playground.field('API URL').fill(faults.url('/echo'))
      await page.getByRole('button', { name: 'Call API' }).click()
      await expect.poll(() => JSON.stringify(faults.requests.at(-1)?.headers)).toContain(`Bearer ${token}`)
    })
})
