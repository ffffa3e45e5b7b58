import type { Locator } from '@playwright/test'
import { unsignedToken } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'

const json = { 'Content-Type': 'application/json' }

/** What is drawn for each invisible character, in order. */
const marksIn = (place: Locator): Promise<string[]> =>
  place
    .locator('[data-mark]')
    .evaluateAll((marks) =>
      marks.map((mark) => getComputedStyle(mark, '::before').content.replaceAll('"', '')),
    )

/** The characters of an element as they are on screen, line by line and from left to right; those without width are left out. */
const asDrawn = (place: Locator): Promise<string> =>
  place.evaluate((element) => {
    const drawn: { text: string; x: number; y: number }[] = []
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.matches('[data-mark]') === true) continue
      const range = document.createRange()
      for (let at = 0; at < (node.nodeValue ?? '').length; at += 1) {
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        const { width, x, y } = range.getBoundingClientRect()
        if (width > 0) drawn.push({ text: range.toString(), x, y: Math.round(y) })
      }
    }
    const ordered = drawn.toSorted((one, other) => one.y - other.y || one.x - other.x)
    return ordered.map(({ text }) => text).join('')
  })

test('what nobody sees is marked, and the message is what it was: its text, and what is copied', async ({
  playground,
  faults,
}) => {
  const body =
    '{"token_type":"Bearer","access_token":"x","sc\u200Bope":"re\u00ADad\u202Edaer\u202C\u{E0041}","a":"b\u2069\u0085c"}'
  await playground.connectTo(faults.answer('/unseen', { headers: json, body }))
  await playground.getToken.click()
  await expect(playground.rawResponse).toContainText('token_type')
  const marks = ['U+200B', 'U+00AD', 'U+202E', 'U+202C', 'U+E0041', 'U+2069', 'U+0085']
  expect(await marksIn(playground.rawResponse)).toEqual(marks)
  expect(await marksIn(playground.field('Indented body'))).toEqual(marks)
  const mark = playground.rawResponse.locator('[data-mark]').first()
  expect((await mark.boundingBox())?.width).toBeGreaterThan(20)

  const texts = await playground.rawResponse.evaluate((element) => {
    const selection = getSelection()
    selection?.selectAllChildren(element)
    const selected = selection?.toString()
    selection?.removeAllRanges()
    return { content: element.textContent, inner: (element as HTMLElement).innerText, selected }
  })
  expect(texts.content).toMatch(/^HTTP\/1\.1 200 OK\n/)
  expect(texts.content.split('\n\n')[1]).toBe(body)
  expect(texts.inner).toBe(texts.content)
  expect(texts.selected).toBe(texts.content)

  await expect(playground.response).toContainText('A name contains invisible characters: U+200B in “sc…ope”.')
})

test('a claim reorders nothing around it', async ({ playground, faults }) => {
  const claims =
    '{"a\u202Eb":"c\u202Ed","e":"f\u2069\u202Eg","שלום":12,"אב":["גד","הו"],"sc\u2066ope":"read"}'
  const body = JSON.stringify({ access_token: unsignedToken(claims), token_type: 'Bearer' })
  await playground.connectTo(faults.answer('/reordering', { headers: json, body }))
  await playground.getToken.click()
  const payload = playground.token.getByLabel('Decoded payload as JSON')
  await expect(payload).toContainText('read')
  await playground.page.getByRole('button', { name: 'Decoded payload as indented JSON' }).click()
  const leftwards = (text: string) => text.replace(/[א-ת]+/g, (word) => Array.from(word).reverse().join(''))
  const visible = (text: string) => leftwards(text.replace(/[\u202E\u2066\u2069\s]/g, ''))
  expect((await asDrawn(payload)).replace(/\s/g, '')).toBe(visible(claims))
  expect(await marksIn(payload)).toEqual(['U+202E', 'U+202E', 'U+2069', 'U+202E', 'U+2066'])

  const explained = playground.token.locator('dt').filter({ hasText: 'ope' })
  expect(await marksIn(explained)).toEqual(['U+2066'])
  await expect(playground.checks).toContainText('Names contain invisible characters: U+202E in “a…b”')

  // In the bytes as received, too, a number does not come before its name.
  const raw = faults.answer('/raw-order', { headers: json, body: claims })
  await playground.connectTo(raw)
  await playground.getToken.click()
  await expect(playground.rawResponse).toContainText('שלום')
  expect((await asDrawn(playground.rawResponse)).split('{"')[1]).toBe(visible(claims).split('{"')[1])
})

test('of very many, 2,000 are marked and the rest are counted', async ({ playground, faults }) => {
  const body = JSON.stringify({ a: '\u200B'.repeat(1500), b: '\u200B'.repeat(512) })
  await playground.connectTo(faults.answer('/many', { headers: json, body }))
  await playground.getToken.click()
  for (const place of [playground.rawResponse, playground.field('Indented body')]) {
    await expect(place.locator('[data-mark]')).toHaveCount(2000)
    await expect(place.locator('[data-more]')).toHaveCount(1)
    const said = await place
      .locator('[data-more]')
      .evaluate((more) => getComputedStyle(more, '::before').content)
    expect(said).toContain('and 12 more invisible characters')
  }
  expect((await playground.rawResponse.textContent())?.split('\n\n')[1]).toBe(body)
})

test('the words of a server, metadata and names of saved connections have marks', async ({
  playground,
  faults,
  guard,
  page,
}) => {
  guard.expectConsole(/400/)
  const body = '{"error":"invalid_sc\u200Bope","error_description":"The sc\u202Eope is unknown."}'
  await playground.connectTo(faults.answer('/refused', { status: 400, headers: json, body }))
  await playground.getToken.click()
  await expect(playground.heading('The server refused: invalid_sc[U+200B]ope')).toBeVisible()
  expect(await marksIn(playground.response.locator('blockquote'))).toEqual(['U+202E'])

  const issuer = faults.origin
  const metadata = { issuer, token_endpoint: `${issuer}/t`, 'scopes\u200B_supported': ['a\u00ADb'] }
  faults.answer('/.well-known/oauth-authorization-server', {
    headers: json,
    body: JSON.stringify(metadata),
  })
  await playground.find(issuer)
  await playground.connection.getByText('What the server says of itself').click()
  const table = playground.connection.locator('dl').filter({ hasText: '_supported' }).last()
  expect(await marksIn(table)).toEqual(['U+200B', 'U+00AD'])
  await expect(playground.connection).toContainText('U+200B in “scopes…_supported”')

  await playground.connection.getByText('Saved connections', { exact: true }).click()
  const details = playground.connection.locator('details').filter({ hasText: 'Or its text' }).last()
  await details.getByText('Import', { exact: true }).click()
  const connections = [{ name: 'pro\u200Bd', server: 'own', config: {} }]
  const file = { format: 'client-credentials-playground/connections', version: 1, connections }
  await details.getByLabel('Or its text').fill(JSON.stringify(file))
  await details.getByRole('button', { name: 'Import the text' }).click()
  expect(await marksIn(page.getByRole('button', { name: /^Open/ }))).toEqual(['U+200B'])
  await playground.choose({ label: 'pro[U+200B]d' })
})

test('a host is named as the browser sends it', async ({ playground }) => {
  await playground.choose('own')
  await playground.field('Token endpoint').fill('https://аррӏе.example/token')
  await expect(playground.field('Token endpoint')).toHaveAccessibleDescription(
    /The browser sends this to xn--80ak6aa92e\.example\./,
  )
  await playground.field('Issuer or discovery URL').fill('https://as\u3002example')
  await expect(playground.field('Issuer or discovery URL')).toHaveAccessibleDescription(
    /The browser sends this to as\.example\./,
  )
  await playground.field('Issuer or discovery URL').fill('https://as.example')
  await expect(playground.field('Issuer or discovery URL')).not.toHaveAccessibleDescription(/sends this/)
})
