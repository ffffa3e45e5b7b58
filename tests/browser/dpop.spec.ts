import type { Locator, Page } from '@playwright/test'
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload } from 'jose'
import { clients } from '../servers/clients.ts'
import { unsignedToken } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

/** A JWT out of a request. */
interface Signed {
  readonly header: { readonly alg: string; readonly typ?: string; readonly jwk?: JWK }
  readonly claims: JWTPayload
}

const read = (jwt: string): Signed => ({
  header: decodeProtectedHeader(jwt) as Signed['header'],
  claims: decodeJwt(jwt),
})

/** The proofs, and the assertions if there are any, that go to a token endpoint from now on, as the browser sends them. */
function listen(page: Page, endpoint: string) {
  const sent: { readonly proof: Signed; readonly assertion: Signed | null }[] = []
  page.on('request', (request) => {
    if (request.method() !== 'POST' || request.url() !== endpoint) return
    const assertion = new URLSearchParams(request.postData() ?? '').get('client_assertion')
    sent.push({
      proof: read(request.headers()['dpop'] ?? ''),
      assertion: assertion === null ? null : read(assertion),
    })
  })
  return sent
}

const editorOf = ({ page }: PlaygroundPage): Locator => page.getByRole('group', { name: 'DPoP proof' })
const jktIn = async (place: Locator): Promise<string> =>
  /[\w-]{43}/.exec((await place.getByText('by its thumbprint').textContent()) ?? '')?.[0] ?? ''

/** Ticks the box and makes a key there; gives the thumbprint that the form shows. */
async function bind(playground: PlaygroundPage, alg = 'ES256'): Promise<string> {
  await playground.field('Bind the token to a key (DPoP)').check()
  const editor = editorOf(playground)
  const chosen = editor.getByLabel('Key to bind to')
  const before = await chosen.inputValue()
  await editor.getByLabel('Algorithm of a new key').selectOption(alg)
  await editor.getByRole('button', { name: 'Generate' }).click()
  await expect(chosen).not.toHaveValue(before)
  return jktIn(editor)
}

/** Waits for the exchange of that number to be on screen, with those words. */
async function arrived({ page }: PlaygroundPage, id: number, words: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: `Request ${id}: ${words}` })).toHaveCount(1)
}

/** Sends, and waits for the exchange that should be the last one of it. */
async function send(playground: PlaygroundPage, id: number, words: string): Promise<void> {
  await playground.getToken.click()
  await arrived(playground, id, words)
}

const issued = '200 OK. Token received.'
const refused = (heading: string, status = '400 Bad Request') => `${status}. ${heading}.`
const asksForNonce = 'The server asks for its nonce in the proof'

const point = ({ response }: PlaygroundPage, sent: string | RegExp): Locator =>
  response.getByRole('listitem').filter({ hasText: sent })

async function openPoints({ response }: PlaygroundPage): Promise<void> {
  await response.getByText(/requirements met/).click()
}

/** Imports the private key of a client, and has assertions signed with it. */
async function signWith(playground: PlaygroundPage, issuer: string, jwk: JWK | undefined): Promise<void> {
  const { page } = playground
  await page.getByRole('button', { name: /^Keys/ }).click()
  const keys = page.getByRole('region', { name: 'Keys' })
  await keys.getByLabel('JWK, PKCS#8, PKCS#1 or SEC1, as you have it').fill(JSON.stringify(jwk))
  await keys.getByRole('button', { name: 'Import key' }).click()
  await expect(keys.getByRole('status')).toContainText('Imported')
  await keys.getByRole('button', { name: 'Close' }).click()
  await playground.field('Issuer or discovery URL').fill(issuer)
  await playground.field('Client authentication').selectOption('private_key_jwt')
  await playground.field('Signing key').selectOption({ index: 1 })
}

const json = { 'Content-Type': 'application/json' }
const refusal = (error: string, error_description: string) => ({
  status: 400,
  headers: json,
  body: JSON.stringify({ error, error_description }),
})
const token = (token_type: string, claims: object) => ({
  headers: { ...json, 'Cache-Control': 'no-store' },
  body: JSON.stringify({ access_token: unsignedToken(JSON.stringify(claims)), token_type, expires_in: 60 }),
})
const now = () => Math.floor(Date.now() / 1000)

/** The claims of the proof that a fault server received. */
const proofIn = (headers: readonly (readonly [string, string])[]): JWTPayload =>
  decodeJwt(headers.find(([name]) => name === 'DPoP')?.[1] ?? '')

test.describe('a token bound to a key', () => {
  test('is named DPoP and names the key, and the page compares both with what it signed (RFC 9449 5, 6.1)', async ({
    playground,
    page,
    authorizationServer,
  }) => {
    await playground.connectTo(authorizationServer.tokenEndpoint, { id: clients.dpop.id })
    const jkt = await bind(playground)
    await send(playground, 1, issued)
    const accessToken = (await playground.field('Access token').textContent()) ?? ''
    expect(decodeJwt(accessToken)['cnf']).toEqual({ jkt })
    await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(jkt)
    await openPoints(playground)
    await expect(point(playground, 'token_type DPoP, after a DPoP proof')).toContainText('(passed)')
    await expect(point(playground, `cnf.jkt ${jkt}`)).toContainText(
      'cnf.jkt is the thumbprint of the key that signed the proof',
    )
    await expect(point(playground, `cnf.jkt ${jkt}`)).toContainText('(passed)')
  })

  test('PS256: the proof is accepted', async ({ playground, page, authorizationServer }) => {
    const sent = listen(page, authorizationServer.tokenEndpoint)
    await playground.connectTo(authorizationServer.tokenEndpoint, { id: clients.dpop.id })
    const jkt = await bind(playground, 'PS256')
    await send(playground, 1, issued)
    expect(sent[0]?.proof.header).toMatchObject({ alg: 'PS256', typ: 'dpop+jwt' })
    expect(Object.keys(sent[0]?.proof.header.jwk ?? {})).not.toContain('d')
    await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(jkt)
  })

  test('one key signs assertion and proof, or each has its own', async ({
    playground,
    page,
    authorizationServer: { issuer, tokenEndpoint, privateJwks },
  }) => {
    const { id } = clients.keyEs256
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id })
    await signWith(playground, issuer, privateJwks[id])
    await playground.field('Bind the token to a key (DPoP)').check()
    await expect(playground.field('Key to bind to')).toHaveValue('')
    const shared = await jktIn(editorOf(playground))
    await send(playground, 1, issued)
    const { x } = privateJwks[id] ?? {}
    expect(sent[0]?.proof.header.jwk).toMatchObject({ x })
    const payload = page.getByRole('region', { name: 'Decoded payload' })
    await expect(payload).toContainText(shared)

    const own = await bind(playground, 'PS256')
    expect(own).not.toBe(shared)
    await send(playground, 2, issued)
    expect(sent[1]?.assertion?.header.alg).toBe('ES256')
    expect(sent[1]?.proof.header.alg).toBe('PS256')
    await expect(payload).toContainText(own)
  })

  test('what the server does not bind is shown: the proof was ignored', async ({ playground, faults }) => {
    await playground.connectTo(faults.answer('/bearer', token('Bearer', { iat: now() })))
    await bind(playground)
    await send(playground, 1, issued)
    await expect(point(playground, 'token_type Bearer, after a DPoP proof')).toContainText(
      'The proof was ignored: the token is bound to no key, and whoever has it can use it.',
    )
    await expect(point(playground, 'token_type Bearer, after a DPoP proof')).toContainText('(failed)')
  })

  test('a thumbprint of another key is shown', async ({ playground, faults }) => {
    const other = 'A'.repeat(43)
    await playground.connectTo(faults.answer('/other', token('DPoP', { iat: now(), cnf: { jkt: other } })))
    const jkt = await bind(playground)
    await send(playground, 1, issued)
    const row = point(playground, `cnf.jkt ${other}`)
    await expect(row).toContainText('(failed)')
    await expect(row).toContainText(`The key that signed the proof has another thumbprint: ${jkt}.`)
  })

  test('the key is named by the form again after a reload, and asked for if it is gone', async ({
    playground,
    page,
  }) => {
    await bind(playground)
    await page.reload()
    await expect(editorOf(playground)).toContainText('The key chosen before is not here now.')
    await expect(playground.getToken).toBeDisabled()
    await playground.field('Scope').press('Enter')
    await expect(playground.field('Key to bind to')).toBeFocused()
  })

  test('a client that must prove a key: the page says so, and how, in one click', async ({
    playground,
    page,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/400/)
    await playground.connectTo(authorizationServer.tokenEndpoint, { id: clients.dpop.id })
    await send(playground, 1, refused('The server refused: invalid_grant'))
    await expect(playground.causes.first()).toHaveText('No DPoP proof was sent')
    await playground.fixes.first().getByRole('button', { name: 'Bind the token to a key (DPoP)' }).click()
    await expect(playground.field('Bind the token to a key (DPoP)')).toBeChecked()
    await bind(playground)
    await send(playground, 2, issued)
    await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText('"jkt"')
  })
})

test.describe('a nonce of the server', () => {
  test('one click makes two exchanges; the nonce is kept until it is forgotten (RFC 9449 8)', async ({
    playground,
    page,
    authorizationServer: { tokenEndpoint },
    guard,
  }) => {
    guard.expectConsole(/400/)
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id: clients.dpopNonce.id })
    await bind(playground)
    const editor = editorOf(playground)
    await expect(editor.getByLabel('Nonce')).toHaveValue('')
    await send(playground, 2, issued)

    const [first, second] = sent
    expect(sent).toHaveLength(2)
    expect(first?.proof.claims).not.toHaveProperty('nonce')
    expect(second?.proof.claims['nonce']).toMatch(/^[\w-]{43}$/)
    expect(second?.proof.claims.jti).not.toBe(first?.proof.claims.jti)
    expect(second?.proof.header.jwk).toEqual(first?.proof.header.jwk)
    await expect(editor.getByLabel('Nonce')).toHaveValue(String(second?.proof.claims['nonce']))

    const history = await playground.openHistory()
    const entries = history.getByRole('listitem')
    await expect(entries).toHaveCount(2)
    await expect(entries.nth(0)).toContainText('200 OK')
    await expect(entries.nth(0)).toContainText('Token request with the nonce of #1')
    await expect(entries.nth(1)).toContainText('400 Bad Request')
    await page.keyboard.press('Escape')

    await send(playground, 3, issued)
    expect(sent).toHaveLength(3)
    expect(sent[2]?.proof.claims['nonce']).toBeDefined()
    await expect(playground.response).not.toContainText('Two exchanges')

    await editor.getByRole('button', { name: 'Forget it' }).click()
    await expect(editor.getByLabel('Nonce')).toHaveValue('')
    await send(playground, 5, issued)
    expect(sent).toHaveLength(5)
    expect(sent[3]?.proof.claims).not.toHaveProperty('nonce')
    expect(sent[4]?.proof.claims).toHaveProperty('nonce')
  })

  test('the two exchanges are in Response, with the way to either', async ({
    playground,
    page,
    authorizationServer: { tokenEndpoint },
    guard,
  }) => {
    guard.expectConsole(/400/)
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id: clients.dpopNonce.id })
    await bind(playground)
    await send(playground, 2, issued)
    const { response, request } = playground
    await expect(response).toContainText('Two exchanges')
    await expect(response.getByRole('button', { name: '#2' })).toHaveAttribute('aria-current', 'true')
    await expect(request.getByLabel('DPoP payload')).toContainText(String(sent[1]?.proof.claims['nonce']))

    await response.getByRole('button', { name: '#1' }).click()
    await arrived(playground, 1, refused(asksForNonce))
    await expect(response.getByRole('button', { name: '#1' })).toHaveAttribute('aria-current', 'true')
    await expect(request.getByLabel('DPoP payload')).toContainText(String(sent[0]?.proof.claims.jti))
    await expect(request.getByLabel('DPoP payload')).not.toContainText('nonce')
    await expect(playground.heading(asksForNonce)).toBeVisible()
    await expect(response).toContainText('The proof had no nonce yet. This response brings one')

    await response.getByRole('button', { name: '#2' }).click()
    await arrived(playground, 2, issued)
    await expect(playground.token).toContainText('JWT, RS256')
  })

  test('the retry of a signed assertion has a new one, and a new proof', async ({
    playground,
    page,
    authorizationServer: { issuer, tokenEndpoint, privateJwks },
    guard,
  }) => {
    guard.expectConsole(/400/)
    const { id } = clients.keyDpopNonce
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id })
    await signWith(playground, issuer, privateJwks[id])
    await playground.field('Bind the token to a key (DPoP)').check()
    await send(playground, 2, issued)
    const [first, second] = sent
    expect(sent).toHaveLength(2)
    expect(first?.assertion?.claims.jti).toBeTruthy()
    expect(second?.assertion?.claims.jti).not.toBe(first?.assertion?.claims.jti)
    expect(second?.proof.claims.jti).not.toBe(first?.proof.claims.jti)
    expect(first?.proof.claims).not.toHaveProperty('nonce')
    expect(second?.proof.claims).toHaveProperty('nonce')
  })

  for (const status of [401]) {
    test(`asked for again and again (${status}), it is tried once, and explained`, async ({
      playground,
      faults,
      guard,
    }) => {
      guard.expectConsole(new RegExp(String(status)))
      let given = 0
      const endpoint = faults.answer('/insatiable', () => {
        given += 1
        return {
          status,
          headers: { ...json, 'DPoP-Nonce': `nonce-${given}`, 'Access-Control-Expose-Headers': 'DPoP-Nonce' },
          body: '{"error":"use_dpop_nonce"}',
        }
      })
      const nonces = () =>
        faults.requests
          .filter(({ method }) => method === 'POST')
          .map(({ headers }) => proofIn(headers)['nonce'])
      await playground.connectTo(endpoint)
      await bind(playground)
      const words = refused(asksForNonce, status === 400 ? '400 Bad Request' : '401 Unauthorized')
      await send(playground, 2, words)
      await expect(playground.response).toContainText('does not accept the nonce that was in the proof')
      await expect(playground.response).toContainText('once and no more')
      await expect(playground.fixes.last()).toContainText('keeps its nonces in one process of several')
      await expect(playground.response).toContainText('Two exchanges')
      await expect(playground.getToken).toBeEnabled()
      expect(nonces()).toEqual([undefined, 'nonce-1'])
    })
  }

  test('the newest is kept, from whatever response it comes (RFC 9449 8.2)', async ({
    playground,
    page,
    faults,
    guard,
  }) => {
    guard.expectConsole(/400/)
    let given = 0
    const nonces: unknown[] = []
    const endpoint = faults.answer('/once', ({ headers }) => {
      const { nonce } = proofIn(headers)
      nonces.push(nonce)
      const good = given > 0 && nonce === `nonce-${given}`
      given += 1
      const more = { 'DPoP-Nonce': `nonce-${given}`, 'Access-Control-Expose-Headers': 'DPoP-Nonce' }
      const answer = good ? token('DPoP', { iat: now() }) : refusal('use_dpop_nonce', 'another one')
      return { ...answer, headers: { ...answer.headers, ...more } }
    })
    await playground.connectTo(endpoint)
    await bind(playground)
    await send(playground, 2, issued)
    await expect(editorOf(playground).getByLabel('Nonce')).toHaveValue('nonce-2')
    await send(playground, 3, issued)
    expect(nonces).toEqual([undefined, 'nonce-1', 'nonce-2'])
    await page.getByRole('button', { name: 'Send this one again' }).click()
    await arrived(playground, 4, refused(asksForNonce))
    await expect(editorOf(playground).getByLabel('Nonce')).toHaveValue('nonce-4')
  })

  test('goes with the request it is for, though the form has moved on to another server', async ({
    playground,
    faults,
    guard,
  }) => {
    guard.expectConsole(/400/)
    let release: () => void = () => undefined
    const edited = new Promise<void>((resolve) => (release = resolve))
    const nonces: unknown[] = []
    const endpoint = faults.answer('/held', async ({ headers }) => {
      const { nonce } = proofIn(headers)
      nonces.push(nonce)
      if (nonce !== undefined) return token('DPoP', { iat: now() })
      await edited
      const more = { 'DPoP-Nonce': 'wanted', 'Access-Control-Expose-Headers': 'DPoP-Nonce' }
      return { ...refusal('use_dpop_nonce', 'a nonce'), headers: { ...json, ...more } }
    })
    await playground.connectTo(endpoint)
    await bind(playground)
    await playground.getToken.click()
    await playground.field('Token endpoint').fill('https://other.example/token')
    await expect(editorOf(playground).getByLabel('Nonce')).toHaveValue('')
    release()
    await arrived(playground, 2, issued)
    expect(nonces).toEqual([undefined, 'wanted'])
  })

  test('hidden by CORS, it is one exchange: no retry, and what the server must expose', async ({
    playground,
    page,
    authorizationServer: { tokenEndpoint },
    guard,
  }) => {
    guard.expectConsole(/400/)
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id: clients.dpopHiddenNonce.id })
    await bind(playground)
    await send(playground, 1, refused('The server asks for a nonce that this page cannot read'))
    await expect(playground.response).toContainText(
      'No second request can succeed from here, and none was made.',
    )
    await expect(playground.fixes.first()).toContainText('Access-Control-Expose-Headers: DPoP-Nonce')
    await expect(playground.getToken).toBeEnabled()
    await expect(page.getByRole('button', { name: 'History 1' })).toBeVisible()
    expect(sent).toHaveLength(1)
  })

  test('the practice client has one: one click on it, one on Get token, and the token is bound', async ({
    playground,
    page,
  }) => {
    await page.getByText('Clients to try here').click()
    await page.getByRole('button', { name: 'practice-dpop' }).click()
    const editor = editorOf(playground)
    await expect(editor).toContainText('should name this key by its thumbprint')
    const jkt = await jktIn(editor)
    await send(playground, 2, issued)
    await expect(playground.rawResponse).toContainText('"token_type":"DPoP"')
    await expect(page.getByRole('region', { name: 'Decoded payload' })).toContainText(jkt)
    await openPoints(playground)
    await expect(point(playground, `cnf.jkt ${jkt}`)).toContainText('(passed)')
    await playground.response.getByRole('button', { name: '#1' }).click()
    const check = playground.response
      .getByRole('listitem')
      .filter({ hasText: 'nonce is one this server gave' })
    await expect(check.last()).toContainText('failed')
  })
})

test.describe('a proof that is refused', () => {
  const elsewhere = '{"htu": "https://elsewhere.example/token"}'

  async function sendElsewhere(playground: PlaygroundPage): Promise<void> {
    await playground.page.getByText('More members of the proof').click()
    await playground.field('More members').fill(elsewhere)
  }

  test('for another URL: the server’s words are led back to htu', async ({
    playground,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/400/)
    await playground.connectTo(authorizationServer.tokenEndpoint, { id: clients.dpop.id })
    await bind(playground)
    await sendElsewhere(playground)
    await send(playground, 1, refused('The proof is for another URL'))
    await expect(playground.stoppedAt).toContainText('DPoP proof valid')
    await expect(playground.response).toContainText(
      `htu of the proof is https://elsewhere.example/token, and the request went to ${authorizationServer.tokenEndpoint}.`,
    )
    await expect(playground.request.getByLabel('DPoP payload')).toContainText('elsewhere.example')
    await playground.response.getByRole('button', { name: 'Leave your own members out of the proof' }).click()
    await expect(playground.field('More members')).toHaveValue('')
    await send(playground, 2, issued)
  })

  test('for another URL: the practice server names the check', async ({ playground, page }) => {
    await page.getByText('Clients to try here').click()
    await page.getByRole('button', { name: 'practice-dpop' }).click()
    await sendElsewhere(playground)
    await send(playground, 1, refused('The server refused: invalid_dpop_proof'))
    const check = playground.response.getByRole('listitem').filter({ hasText: 'htu is the URL' }).last()
    await expect(check).toContainText('failed')
    await expect(check).toContainText('https://elsewhere.example/token')
    await expect(playground.response).toContainText('The server’s check “htu is the URL” failed')
  })

  test('for the second time: the practice server names the check', async ({ playground, page }) => {
    await page.getByText('Clients to try here').click()
    await page.getByRole('button', { name: 'practice-dpop' }).click()
    await expect(playground.field('Client ID')).toHaveValue('practice-dpop')
    await send(playground, 2, issued)
    const shown = await playground.request.getByLabel('DPoP payload').textContent()
    await expect(playground.request.getByRole('link', { name: 'RFC 9449 11.1' })).toBeVisible()
    await page.getByRole('button', { name: 'Send this one again' }).click()
    await arrived(playground, 3, refused('The server refused: invalid_dpop_proof'))
    expect(await playground.request.getByLabel('DPoP payload').textContent()).toBe(shown)
    await expect(playground.response).toContainText(
      'The server’s check “The proof was not used before” failed: A replay',
    )
  })

  test('for the second time: what oidc-provider says little of is explained', async ({
    playground,
    page,
    authorizationServer: { tokenEndpoint },
    guard,
  }) => {
    guard.expectConsole(/400/)
    const sent = listen(page, tokenEndpoint)
    await playground.connectTo(tokenEndpoint, { id: clients.dpop.id })
    await bind(playground)
    await send(playground, 1, issued)
    await page.getByRole('button', { name: 'Send this one again' }).click()
    await arrived(playground, 2, refused('The proof was used before'))
    expect(sent[1]).toEqual(sent[0])
    await expect(playground.response).toContainText('These very bytes were sent before, as #1.')
    // They worked then, so that nothing else can be wrong with them.
    await expect(playground.causes).toHaveCount(0)
    await expect(playground.fixes).toHaveText([/Send the request from the form: the page makes a new proof/])
    await send(playground, 3, issued)
  })

  test('a missing end: one click puts exp into it, and the next request succeeds', async ({
    playground,
    page,
    faults,
    guard,
  }) => {
    guard.expectConsole(/400/)
    const proofs: JWTPayload[] = []
    const endpoint = faults.answer('/exp', ({ headers }) => {
      const proof = proofIn(headers)
      proofs.push(proof)
      const { exp = 0, iat = 0 } = proof
      if (exp < now()) return refusal('invalid_dpop_proof', 'DPoP is expired')
      return exp - iat > 300 ? refusal('invalid_dpop_proof', 'too long') : token('DPoP', { iat: now() })
    })
    await playground.connectTo(endpoint)
    await bind(playground)
    await send(playground, 1, refused('The server demands an exp in the proof'))
    await page.getByRole('button', { name: 'Put an exp of 200 s into the proof' }).click()
    await send(playground, 2, issued)
    expect(proofs[0]).not.toHaveProperty('exp')
    expect(proofs[1]?.exp).toBe((proofs[1]?.iat ?? 0) + 200)
    await page.getByText('More members of the proof').click()
    await expect(playground.field('exp, seconds after iat (0: none)')).toHaveValue('200')
  })
})

test('the server’s clock is derived from its token, and set in one click', async ({
  playground,
  page,
  faults,
}) => {
  const shifts: number[] = []
  const endpoint = faults.answer('/ahead', ({ headers }) => {
    const { iat = 0 } = proofIn(headers)
    shifts.push(iat - now())
    return token('DPoP', { iat: now() + 120 })
  })
  await playground.connectTo(endpoint)
  await bind(playground)
  await expect(playground.field('Clock skew, seconds')).toHaveValue('0')
  await send(playground, 1, issued)
  await expect(page.getByText(/the server’s clock\s+is 1[12]\d s ahead/)).toBeVisible()
  const use = page.getByRole('button', { name: /^Use 1[12]\d$/ })
  const seconds = ((await use.textContent()) ?? '').replace('Use ', '')
  await use.click()
  await expect(playground.field('Clock skew, seconds')).toHaveValue(seconds)
  await expect(playground.field('Clock skew, seconds')).toBeFocused()
  // It reaches the token at hand: the next proof is dated by it.
  const dated: number[] = []
  const api = faults.answer('/things', ({ headers }) => {
    dated.push((proofIn(headers).iat ?? 0) - now())
    return { body: '{}' }
  })
  await playground.field('API URL').fill(api)
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect.poll(() => dated).toHaveLength(1)
  expect(dated[0]).toBeGreaterThan(Number(seconds) - 10)
  await send(playground, 3, issued)
  const [before = NaN, after = NaN] = shifts
  expect(before).toBeLessThanOrEqual(0)
  expect(before).toBeGreaterThan(-30)
  expect(after).toBeLessThanOrEqual(Number(seconds))
  expect(after).toBeGreaterThan(Number(seconds) - 30)
})

test('the preflight names dpop, and the field is spelled DPoP on the wire (RFC 9449 4.1)', async ({
  playground,
  faults,
}) => {
  await playground.connectTo(faults.url('/token'))
  await bind(playground)
  await playground.request.getByText('Preflight first').click()
  await expect(playground.field('Predicted preflight')).toContainText('access-control-request-headers: dpop')
  await expect(playground.rawRequest).toContainText('DPoP: eyJ')
  await send(playground, 1, issued)
  const [preflight, request] = faults.requests
  expect(preflight?.method).toBe('OPTIONS')
  expect(new Map(preflight?.headers).get('Access-Control-Request-Headers')).toBe('dpop')
  const proof = new Map(request?.headers).get('DPoP')
  expect(proof).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
  await expect(playground.rawRequest).toContainText(`DPoP: ${String(proof)}`)
  expect(decodeJwt(String(proof))).toMatchObject({ htm: 'POST', htu: faults.url('/token') })
})

test('the proof is explained among the parameters, too', async ({ playground, page }) => {
  await bind(playground)
  await page.getByRole('button', { name: 'Parameters', exact: true }).click()
  const row = playground.request.getByRole('row').filter({ hasText: /^headerDPoP/ })
  await expect(row).toContainText('The proof that the sender has the key the token is to be bound to')
})
