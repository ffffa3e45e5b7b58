import { decodeJwt } from 'jose'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'
import { closedPort } from '../servers/sockets.ts'

type Answer = 'issued' | 'refused' | 'no response'

/** Brings the page into a state, and waits until it shows it. */
async function reach(playground: PlaygroundPage, answer: Answer, unreachable: string): Promise<void> {
  if (answer === 'no response') {
    await playground.connectTo(unreachable)
    await playground.getToken.click()
    await expect(playground.response.getByRole('heading', { level: 4 }).first()).toBeVisible({
      timeout: 20_000,
    })
    return
  }
  if (answer === 'refused') await playground.field('Client secret').fill('wrong')
  await playground.getToken.click()
  await expect(playground.response).toContainText(answer === 'issued' ? '200 OK' : '401')
}

const answers: readonly Answer[] = ['issued', 'refused', 'no response']

const sizes = [
  { width: 1280, height: 800 },
  { width: 1280, height: 600 },
  { width: 1920, height: 1080 },
  { width: 1100, height: 560 },
]

for (const answer of answers) {
  test(`${answer}: the page does not scroll, and every panel has a part on screen, at every size`, async ({
    playground,
    page,
    faults,
    guard,
  }) => {
    guard.allowConsole(/401|ERR_/)
    await reach(playground, answer, faults.url('/reset'))
    for (const size of sizes) {
      await page.setViewportSize(size)
      expect(
        await page.evaluate(() => {
          const { scrollHeight, scrollWidth } = document.documentElement
          return [scrollHeight - innerHeight, scrollWidth - innerWidth]
        }),
      ).toEqual([0, 0])
      for (const name of ['Connection', 'Request', 'Response', 'Token', 'Use the token']) {
        await expect(page.getByRole('region', { name, exact: true })).toBeInViewport({ ratio: 0.05 })
      }
      await expect(playground.getToken).toBeInViewport({ ratio: 1 })
      await expect(page.getByRole('button', { name: 'Call API' })).toBeInViewport({ ratio: 1 })
    }
  })
}

test('1280x800 with a token: request line, status, every claim, expiry and the way to verify it are on screen', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await reach(playground, 'issued', '')
  const whole = { ratio: 1 }
  await expect(playground.rawRequest.getByText('POST /token HTTP/1.1')).toBeInViewport(whole)
  await expect(playground.rawResponse.getByText('HTTP/1.1 200 OK')).toBeInViewport(whole)
  const payload = page.getByRole('region', { name: 'Decoded payload' })
  for (const claim of ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope'])
    await expect(payload.getByRole('button', { name: claim, exact: true })).toBeInViewport(whole)
  await expect(playground.token.getByText(/^expires in 4 m/)).toBeInViewport(whole)
  await expect(page.getByRole('button', { name: 'Verify with the server’s keys' })).toBeInViewport(whole)
})

test('1280x800 refused: title, cause and what to try are on screen', async ({ playground, page, guard }) => {
  guard.allowConsole(/401/)
  await page.setViewportSize({ width: 1280, height: 800 })
  await reach(playground, 'refused', '')
  await expect(playground.response.getByRole('heading', { level: 3 }).first()).toBeInViewport({ ratio: 1 })
  await expect(playground.response.getByText(/The secret matches/).first()).toBeInViewport({ ratio: 1 })
  await expect(
    playground.response.getByRole('list', { name: 'What to try' }).getByRole('listitem').first(),
  ).toBeInViewport({ ratio: 1 })
  await expect(playground.rawResponse).toBeInViewport({ ratio: 0.5 })
})

test('1280x800 after an API call: its response is on screen, and the token stays', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await reach(playground, 'issued', '')
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('Hello')
  await expect(playground.rawResponse).toBeInViewport({ ratio: 1 })
  await expect(playground.token).toBeInViewport({ ratio: 1 })
  await expect(playground.token).toContainText('of exchange 1')
})

for (const answer of answers) {
  test(`390x844, ${answer}: what came of it is on screen, and the page is short`, async ({
    playground,
    page,
    faults,
    guard,
  }) => {
    guard.allowConsole(/401|ERR_/)
    await page.setViewportSize({ width: 390, height: 844 })
    await reach(playground, answer, faults.url('/reset'))
    await expect(answer === 'issued' ? playground.token : playground.response).toBeInViewport()
    const { height, aside } = await page.evaluate(() => ({
      height: document.documentElement.scrollHeight,
      aside: document.documentElement.scrollWidth - innerWidth,
    }))
    expect(height).toBeLessThan(2200)
    expect(aside).toBe(0)
    await page
      .getByRole('navigation', { name: 'Parts of the page' })
      .getByRole('link', { name: 'Form' })
      .click()
    await expect(playground.field('Issuer or discovery URL')).toBeInViewport()
  })
}

test('what a label hides scrolls with its pane: nothing focused is covered by the foot of the form', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 600 })
  const foot = await playground.getToken.boundingBox()
  await playground.field('Issuer or discovery URL').focus()
  for (let tab = 0; tab < 12; tab += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const { bottom } = document.activeElement?.getBoundingClientRect() ?? { bottom: 0 }
      return { bottom, inForm: document.activeElement?.closest('form')?.id === 'token-request' }
    })
    if (focused.inForm) expect(focused.bottom).toBeLessThanOrEqual(foot?.y ?? 0)
  }
})

test('a narrow page: nothing focused is covered by the bars at its edges', async ({ playground, page }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await playground.getToken.click()
  await expect(playground.token).toContainText('JWT')
  for (const key of ['Tab', 'Shift+Tab'])
    for (let tab = 0; tab < 24; tab += 1) {
      await page.keyboard.press(key)
      const covered = await page.evaluate(() => {
        const focused = document.activeElement
        const top = document.querySelector('header')
        const bottom = document.querySelector('nav[aria-label="Parts of the page"]')
        if (!focused || !top || !bottom) return 'a bar is missing'
        const inside = [
          document.body,
          ...top.querySelectorAll('*'),
          ...bottom.querySelectorAll('*'),
        ].includes(focused)
        const { height, top: start, bottom: end } = focused.getBoundingClientRect()
        const [from, to] = [top.getBoundingClientRect().bottom, bottom.getBoundingClientRect().top]
        // What is higher than the room between them is cut at one end.
        if (inside || height > to - from || (start >= from && end <= to)) return null
        return `${focused.outerHTML.slice(0, 80)}: ${start} to ${end}, not in ${from} to ${to}`
      })
      expect.soft(covered, `${key} ${tab}`).toBeNull()
    }
})

test('the strip shows each exchange in order; arrow keys move along it, and the next request is its last step', async ({
  playground,
  page,
}) => {
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await page.getByRole('button', { name: 'Introspect' }).click()
  await expect(playground.rawResponse).toContainText('"active":true')
  const strip = page.getByRole('navigation', { name: 'Exchanges' })
  const steps = strip.getByRole('listitem').getByRole('button')
  await expect(steps).toHaveText([
    '1 POST /token token request 200',
    '2 POST /introspect token query 200',
    'Next: token query',
  ])
  await expect(steps.nth(1)).toHaveAttribute('aria-current', 'step')
  await steps.nth(1).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(steps.nth(0)).toBeFocused()
  await expect(playground.rawRequest).toContainText('POST /token')
  await expect(playground.rawResponse).toContainText('access_token')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(steps.nth(2)).toBeFocused()
  await expect(playground.request).toContainText('exactly what will be sent')
  await expect(playground.response).toContainText('not sent yet')
  await playground.response.getByRole('button', { name: 'Show #2' }).click()
  await expect(playground.rawResponse).toContainText('"active":true')
})

test('request and response are always those of one exchange', async ({ playground, page, guard }) => {
  guard.allowConsole(/401/)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.field('Client secret').fill('wrong')
  await expect(playground.response).toContainText('not sent yet')
  await playground.getToken.click()
  await expect(playground.response).toContainText('401')
  await expect(playground.request).toContainText('#2 · sent')
  await expect(playground.token).toContainText('none in this response; that of #1 is at hand')
  await playground.token.getByRole('button', { name: 'Show #1' }).click()
  await expect(playground.request).toContainText('#1 · sent')
  await expect(playground.response).toContainText('200 OK')
  await page.getByRole('button', { name: 'Use its values' }).click()
  await expect(playground.field('Client secret')).toHaveValue('practice-secret')
})

test('lines of the browser fold to one, by style alone', async ({ playground, page }) => {
  const group = playground.rawRequest.getByRole('group', { name: 'added by the browser' }).last()
  const height = () => group.evaluate((element) => element.getBoundingClientRect().height)
  const whole = await playground.rawRequest.evaluate((element) => [
    element.textContent,
    (element as HTMLElement).innerText,
  ])
  expect(whole[0]).toContain('User-Agent: ')
  expect(whole[1]).toContain('User-Agent: ')
  const folded = await height()
  const button = playground.request.getByRole('button', { name: /^Unfold \d+ lines of the browser/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect.poll(height).toBeGreaterThan(folded * 3)
  await playground.request.getByRole('button', { name: /^Fold/ }).click()
  await expect.poll(height).toBe(folded)
  await group.click()
  await expect.poll(height).toBeGreaterThan(folded * 3)
})

test('a search in the page unfolds what it leads into', async ({ playground }) => {
  const group = playground.rawRequest.getByRole('group', { name: 'added by the browser' }).last()
  const before = await group.evaluate((element) => element.getBoundingClientRect().height)
  // What a search does: it scrolls the text into view.
  await group.evaluate((element) => {
    element.scrollTop = 40
  })
  await expect
    .poll(() => group.evaluate((element) => element.getBoundingClientRect().height))
    .toBeGreaterThan(before)
})

for (const zoom of [
  { name: '200 % zoom', width: 640, height: 400 },
  { name: '320 px', width: 320, height: 640 },
]) {
  test(`${zoom.name}: nothing scrolls sideways`, async ({ playground, page, guard }) => {
    guard.allowConsole(/401/)
    await page.setViewportSize({ width: zoom.width, height: zoom.height })
    for (const answer of ['issued', 'refused'] as const) {
      await reach(playground, answer, '')
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    }
  })
}

test('forced colours: the step on screen and a pressed button are shown by their frame', async ({
  playground,
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  const outlined = page.getByRole('navigation', { name: 'Exchanges' }).locator('[aria-current="step"]')
  const other = page.getByRole('navigation', { name: 'Exchanges' }).getByRole('button', { name: 'Next' })
  const width = (locator: typeof outlined) =>
    locator.evaluate((element) => getComputedStyle(element).borderTopWidth)
  expect(await width(outlined)).not.toBe(await width(other))
})

test('axe finds nothing: an API call, an introspection, the sequence, the copy menu, about', async ({
  playground,
  page,
}) => {
  test.slow()
  await playground.getToken.click()
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('Hello')
  await page.getByRole('button', { name: 'More ways to use the token' }).click()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Sequence' }).click()
  await expect(page.getByRole('list', { name: 'What happened' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Copy as code' }).click()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'About this page' }).click()
  await expect(page.getByText('What is stored')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('a pasted token is at hand: it is verified with the keys of its own issuer, and called with', async ({
  playground,
  page,
  api,
  authorizationServer,
}) => {
  // Issued by a server that is not the one in the form.
  const { id, secret } = authorizationServer.clients.post
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    scope: 'read',
  })
  const response = await fetch(authorizationServer.tokenEndpoint, { method: 'POST', body })
  const { access_token: token } = (await response.json()) as { access_token: string }
  await expect(playground.token.getByRole('button', { name: 'Paste', exact: true })).toBeVisible()
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, `Authorization: Bearer ${token}`)
  await expect(playground.field('Access token')).toHaveText(token)
  await expect(playground.field('Paste a token')).toHaveCount(0)
  const { host } = new URL(authorizationServer.issuer)
  await playground.verification.getByRole('button', { name: `Verify with the keys of ${host}` }).click()
  await expect(playground.token).toContainText('signature verified')
  const history = await playground.openHistory()
  await expect(history.getByRole('listitem').first()).toContainText('/jwks')
  await page.keyboard.press('Escape')

  await playground.field('API URL').fill(api.greeting)
  await page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('Hello, m2m!')
  await expect(playground.field('Access token')).toHaveText(token)
})

test('a paste into a field stays in the field', async ({ playground, page }) => {
  await playground.field('Client ID').evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('region', { name: 'Decoded payload' })).toHaveCount(0)
})

test('what refused at one server is no advice for another: its fixes change nothing there', async ({
  playground,
  faults,
  guard,
}) => {
  guard.allowConsole(/401/)
  const body = '{"error":"invalid_client"}'
  const headers = { 'Content-Type': 'application/json' }
  await playground.connectTo(faults.answer('/refused', { status: 401, headers, body }))
  await playground.getToken.click()
  const fixes = playground.response.getByRole('list', { name: 'What to try' })
  await expect(fixes.getByRole('button').first()).toBeVisible()
  await playground.choose('practice')
  await playground.lookAt(1)
  await expect(fixes).toBeVisible()
  await expect(fixes.getByRole('button')).toHaveCount(0)
})

test('if nothing listens, the card says how the chosen server is started; the wait is a line', async ({
  playground,
  page,
  guard,
  faults,
}) => {
  guard.allowConsole(/ERR_|CORS/)
  const port = await closedPort()
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    for (const scheme of ['http', 'https']) guard.allowOrigin(`${scheme}://${host}:${port}`)
  }
  await playground.choose('keycloak')
  await playground.connect({
    endpoint: `http://localhost:${port}/realms/a/protocol/openid-connect/token`,
  })
  await playground.connect({ id: 'm2m', secret: 'password' })
  await playground.getToken.click()
  await expect(playground.response.getByRole('list', { name: 'Causes', exact: true })).toBeVisible({
    timeout: 20_000,
  })
  await playground.response.getByText('How to start Keycloak').click()
  await expect(playground.response).toContainText('start-dev')

  await playground.connect({ endpoint: faults.url('/never') })
  await playground.getToken.click()
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const line = page.locator('.waiting')
  await expect(line).toBeVisible()
  await expect(line).toHaveCSS('animation-duration', '30s')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(line).toHaveCount(0)
})

test('a failed Find shows why next to its request, and offers the connection check', async ({
  playground,
  startPathIssuer,
  guard,
}) => {
  guard.allowConsole(/ERR_|CORS|404/)
  const { issuer } = await startPathIssuer({ form: 'oidc', cors: false })
  await playground.choose('own')
  await playground.find(issuer)
  await expect(playground.response.getByRole('heading', { name: 'No readable response' })).toBeVisible()
  await expect(playground.rawRequest).toContainText('GET ')
  await playground.response.getByRole('button', { name: /^Check (why|again)$/ }).click()
  await expect(playground.response.getByRole('list', { name: 'Causes', exact: true })).toBeVisible({
    timeout: 20_000,
  })
})

test('the connection is checked from the issuer alone', async ({
  playground,
  page,
  startPathIssuer,
  guard,
}) => {
  guard.allowConsole(/ERR_|CORS|404/)
  const { issuer } = await startPathIssuer({ form: 'oidc', cors: false })
  await playground.choose('own')
  await playground.field('Issuer or discovery URL').fill(issuer)
  await page.getByRole('button', { name: 'Check connection' }).click()
  await expect(playground.response.getByRole('list', { name: 'Causes', exact: true })).toBeVisible({
    timeout: 20_000,
  })
})

test('a URL that is half typed leaves the request on screen', async ({ playground }) => {
  await expect(playground.rawRequest).toContainText('POST /token')
  await expect(playground.page.getByText('No token is at hand: the API is called without one')).toBeVisible()
  const before = await playground.request.boundingBox()
  await playground.field('Token endpoint').fill('htt')
  await expect(playground.request).toContainText('To be completed or corrected: token endpoint.')
  await expect(playground.field('Last complete request')).toContainText('POST /token')
  expect((await playground.request.boundingBox())?.height).toBe(before?.height)
})

test('what a client signs is explained as such: in there, the issuer is the client', async ({
  playground,
  page,
}) => {
  await page.getByText('Clients to try here').click()
  await page.getByRole('button', { name: 'practice-secret-jwt' }).click()
  await expect(playground.request).toContainText('The client itself, by its client ID: it signs this JWT.')
  await expect(playground.request).not.toContainText('The authorization server that issued the token.')
})

test('a key that is imported is chosen, if the form requires one', async ({
  playground,
  authorizationServer,
}) => {
  await playground.connect({ method: 'private_key_jwt' })
  const [jwk] = Object.values(authorizationServer.privateJwks)
  await playground.importKey(JSON.stringify(jwk))
  await playground.page.keyboard.press('Escape')
  await expect(playground.field('Signing key')).not.toHaveValue('')
})

test('what is said of the practice server is said of its endpoint only', async ({ playground, page }) => {
  await page.getByText('About: Practice server').click()
  const stays = playground.connection.getByText('Nothing you send to it leaves the page.')
  await expect(stays).toBeVisible()
  await playground.field('Token endpoint').fill('https://elsewhere.example/token')
  await expect(stays).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText('elsewhere.example')
})

test(
  'a request is copied as code, with variables for its secrets unless they are shown',
  {
    tag: '@full',
  },
  async ({ playground, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await playground.connect({ method: 'client_secret_post' })
    await expect(playground.rawRequest).toContainText('client_secret=')
    const copied = async (target: string) => {
      await page.getByRole('button', { name: 'Copy as code' }).click()
      const menu = page.getByRole('group', { name: 'Copy as code' })
      await menu.getByRole('button', { name: target, exact: true }).click()
      await expect(menu.getByRole('status')).toHaveText(`${target} copied`)
      await page.keyboard.press('Escape')
      return page.evaluate(() => navigator.clipboard.readText())
    }
    expect(await copied('curl')).toMatch(/client_secret='?"\$CLIENT_SECRET"/)
    expect(await copied('Python')).not.toContain('practice-secret')
    await playground.showSecrets()
    expect(await copied('curl')).toContain('client_secret=practice-secret')

    // What lives for seconds is signed for the copy, and written down; the secret it is signed with is not there.
    await playground.page.getByRole('button', { name: 'Show secrets' }).click()
    await playground.connect({ method: 'client_secret_jwt' })
    await expect(playground.rawRequest).toContainText('client_assertion=')
    expect(await copied('C#')).toContain('GetEnvironmentVariable("CLIENT_ASSERTION")')
    await page.getByRole('button', { name: 'Copy as code' }).click()
    await page.getByRole('checkbox', { name: /^Sign anew for each copy/ }).check()
    await page.keyboard.press('Escape')
    const assertion = async () => decodeJwt(/client_assertion=([\w.-]+)/.exec(await copied('C#'))?.[1] ?? '')
    const first = await assertion()
    expect(first).toMatchObject({ iss: 'practice-client' })
    expect((await assertion()).jti).not.toBe(first.jti)
  },
)

test('the sequence shows which check stopped a request, follows the run, and selects by mouse and by key', async ({
  playground,
  page,
  guard,
}) => {
  guard.allowConsole(/401/)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await page.getByRole('button', { name: 'Sequence' }).click()
  const arrows = page.getByRole('list', { name: 'What happened' }).getByRole('button')
  await expect(arrows).toHaveCount(1)
  await expect(arrows.nth(0)).toHaveAttribute('aria-current', 'true')
  await expect(arrows.nth(0)).not.toContainText('stopped')

  // It follows while it is open: the request goes out by key, and the secret is changed by script, as the drawer is over the form.
  await playground.field('Client secret').evaluate((field: HTMLInputElement) => {
    field.value = 'wrong'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await page.keyboard.press('Control+Enter')
  await expect(arrows).toHaveCount(2)
  await expect(arrows.nth(1)).toContainText('stopped: The secret matches, 401 invalid_client')
  await expect(arrows.nth(1)).toHaveAttribute('aria-current', 'true')

  await arrows.nth(0).click()
  await expect(arrows.nth(0)).toHaveAttribute('aria-current', 'true')
  await expect(arrows.nth(1)).not.toHaveAttribute('aria-current')
  await page.keyboard.press('ArrowDown')
  await expect(arrows.nth(1)).toBeFocused()
  await expect(arrows.nth(1)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Escape')
  await expect(playground.response).toContainText('401')
})
