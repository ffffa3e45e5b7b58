import type { Locator, Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const iss = 'https://practice.example'
const aud = 'https://practice.example/api'

const algs = 'ES256 ES384 ES512 PS256 RS256 Ed25519'
const granted =
  'HTTP/1.1 200 OK\nContent-Type: application/json\nCache-Control: no-store\n\n{"access":"granted"}'

/** A refusal, byte for byte. */
const refusal = (status: '401 Unauthorized' | '403 Forbidden', challenge: string): string =>
  `HTTP/1.1 ${status}\nWWW-Authenticate: ${challenge}\nCache-Control: no-store\n\n`
const invalidToken = (description: string, realm = aud): string =>
  refusal(
    '401 Unauthorized',
    `Bearer realm="${realm}", error="invalid_token", error_description="${description}"`,
  )

const section = (page: Page): Locator =>
  page.getByRole('region', { name: 'What a resource server decides', exact: true })

/** Waits for the response to be this one, every character of it. */
async function answers(page: Page, response: string): Promise<void> {
  const message = page.getByLabel('Resource server’s response', { exact: true })
  await expect.poll(() => message.textContent()).toBe(response)
}

const step = (page: Page, what: string): Locator =>
  section(page).getByRole('listitem').filter({ hasText: what })

const choose = (page: Page, option: string): Promise<void> =>
  section(page).getByRole('button', { name: option, exact: true }).click()

/** A token at hand, and what is demanded of it. */
async function open(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await playground.openMore()
}

async function demand({ page }: PlaygroundPage, demands: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(demands)) {
    await page.getByLabel(`Required ${name}`, { exact: true }).fill(value)
  }
}

test.describe('of a bearer token', () => {
  test('grants what the token says of itself, in one click', async ({ playground, page }) => {
    await open(playground)
    await answers(page, granted)
    await expect(step(page, 'The issuer is the one it trusts')).toContainText('No issuer is demanded.')
    await expect(playground.field('Required audience')).toHaveValue('')
    await choose(page, 'Take from the token')
    await expect(playground.field('Required issuer')).toHaveValue(iss)
    await expect(playground.field('Required audience')).toHaveValue(aud)
    await expect(playground.field('Required scope')).toHaveValue('read')
    await answers(page, granted)
    await expect(step(page, 'The issuer is the one it trusts')).toContainText(`(passed) iss is “${iss}”.`)
    await expect(step(page, 'Its scope is enough')).toContainText('scope has “read”.')
    await expect(step(page, 'A key of the issuer signed it')).toContainText('(skipped)')
    await expect(section(page)).toContainText('The signature was not checked, as there are no keys yet')
  })

  test('RFC 6750 3.1: invalid_token is 401, of another issuer', async ({ playground, page }) => {
    await open(playground)
    await demand(playground, { issuer: 'https://other.example', audience: aud })
    await answers(page, invalidToken('The issuer is not trusted'))
    await expect(step(page, 'The issuer is the one it trusts')).toContainText(
      `iss is “${iss}”, and “https://other.example” is trusted.`,
    )
    await expect(step(page, 'It is the audience')).toContainText('Not reached')
    // Issuers are compared character by character.
    await demand(playground, { issuer: `${iss}/` })
    await answers(page, invalidToken('The issuer is not trusted'))
    await demand(playground, { issuer: iss })
    await answers(page, granted)
  })

  test('RFC 7519 4.1.3: the principal MUST identify itself with a value in aud', async ({
    playground,
    page,
  }) => {
    await open(playground)
    await demand(playground, { audience: 'https://api.example' })
    await answers(page, invalidToken('The audience is another', 'https://api.example'))
    await expect(step(page, 'It is the audience')).toContainText(
      `aud is “${aud}”, and this API is “https://api.example”.`,
    )
  })

  test('RFC 6750 3.1: insufficient_scope is 403, with the scope that is needed', async ({
    playground,
    page,
  }) => {
    await open(playground)
    await demand(playground, { scope: 'read write' })
    await answers(
      page,
      refusal(
        '403 Forbidden',
        'Bearer realm="api", error="insufficient_scope", ' +
          'error_description="The request needs more scope than the access token has", scope="read write"',
      ),
    )
    await expect(step(page, 'Its scope is enough')).toContainText('Missing: “write”.')
  })

  test('RFC 6750 3.1: without authentication the response SHOULD NOT include an error code', async ({
    playground,
    page,
  }) => {
    await open(playground)
    await choose(page, 'None')
    await answers(page, refusal('401 Unauthorized', 'Bearer realm="api"'))
    await expect(step(page, 'The request brings a token')).toContainText('There is none.')
    await expect(section(page)).not.toContainText('The signature was not checked')
  })

  test('RFC 9449 7.1: sent as DPoP, it is bound to no key', async ({ playground, page }) => {
    await open(playground)
    await choose(page, 'DPoP')
    await answers(
      page,
      refusal(
        '401 Unauthorized',
        `DPoP realm="api", error="invalid_token", error_description="The access token is not bound to a key", algs="${algs}"`,
      ),
    )
  })

  test('of an opaque one it can make nothing by itself', async ({ playground, page }) => {
    await playground.connect({ id: 'practice-opaque', secret: 'practice-secret-opaque' })
    await open(playground)
    await answers(page, invalidToken('The access token is not a JWT', 'api'))
    await expect(section(page)).toContainText('asks the server what they mean (introspection)')
    await expect(section(page).getByRole('button', { name: 'Take from the token' })).toHaveCount(0)
  })
})

test('tampered with: accepted without keys, and refused with them', async ({ playground, page }) => {
  await open(playground)
  await choose(page, 'Tampered with')
  await answers(page, granted)
  await expect(section(page)).toContainText('Verify with the server’s keys')
  await playground.verification.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await answers(page, invalidToken('The signature is not valid', 'api'))
  await expect(step(page, 'A key of the issuer signed it')).toContainText('(failed)')
  await expect(section(page)).not.toContainText('The signature was not checked')
  await choose(page, 'The one at hand')
  await answers(page, granted)
  await expect(step(page, 'A key of the issuer signed it')).toContainText('(passed)')
  await playground.verification.getByText('Other keys').click()
  await playground.verification.getByRole('button', { name: 'Pasted', exact: true }).click()
  await expect(section(page)).toContainText('The server’s keys were fetched, but another source')
})

test.describe('as time passes', () => {
  // A clock that was set stays so for its context, and goes on by hand alone.
  test.use({ isolated: true })

  test('expired: the same token is refused from its exp on, with nothing pressed', async ({
    playground,
    page,
  }) => {
    const start = Date.now()
    await page.clock.setFixedTime(start)
    await page.reload()
    await open(playground)
    await answers(page, granted)
    await expect(step(page, 'It is good now')).toContainText(/exp is in \d min/)
    await page.clock.setFixedTime(start + 245_000)
    await expect(step(page, 'It is good now')).toContainText(/exp is in \d\d s/)
    await answers(page, granted)
    await page.clock.setFixedTime(start + 310_000)
    await answers(page, invalidToken('The access token expired', 'api'))
    await expect(step(page, 'It is good now')).toContainText(/exp is \d+ s ago/)
  })
})

test('RFC 9449 7.2: a DPoP-bound token MUST NOT be accepted as a bearer token', async ({
  playground,
  page,
}) => {
  await playground.field('Bind the token to a key (DPoP)').check()
  const editor = page.getByRole('group', { name: 'DPoP proof' })
  await editor.getByRole('button', { name: 'Generate' }).click()
  await expect(editor.getByLabel('Key to bind to')).not.toHaveValue('')
  await open(playground)
  // As the token is bound, until another scheme is chosen.
  await answers(page, granted)
  await choose(page, 'Bearer')
  await answers(page, invalidToken('The access token is bound to a key', 'api'))
  await expect(step(page, 'The scheme fits how it is bound')).toContainText('cnf.jkt')
  await choose(page, 'DPoP')
  await answers(page, granted)
  await expect(step(page, 'The scheme fits how it is bound')).toContainText('a proof of that key')
})

test('what was demanded stays, folded or not and of whatever token', async ({ playground, page }) => {
  await open(playground)
  await demand(playground, { issuer: 'https://other.example', scope: 'admin' })
  await page.getByRole('button', { name: 'More ways to use the token' }).click()
  await expect(playground.field('Required issuer')).toBeHidden()
  await playground.getToken.click()
  await playground.openMore()
  await expect(playground.field('Required issuer')).toHaveValue('https://other.example')
  await expect(playground.field('Required scope')).toHaveValue('admin')
})

test.describe('for everybody', () => {
  test('by keyboard alone', async ({ playground, page }) => {
    await playground.getToken.click()
    await page.getByRole('button', { name: 'More ways to use the token' }).focus()
    await page.keyboard.press('Enter')
    await expect(playground.field('Required issuer')).toBeVisible()
    await playground.field('Required issuer').focus()
    await page.keyboard.type('https://other.example')
    await answers(page, invalidToken('The issuer is not trusted', 'api'))
    for (const name of ['Required audience', 'Required scope']) {
      await page.keyboard.press('Tab')
      await expect(playground.field(name)).toBeFocused()
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await answers(page, granted)
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await answers(page, refusal('401 Unauthorized', `Bearer realm="${aud}"`))
  })

  test('axe finds nothing', async ({ playground, page }) => {
    test.slow()
    await open(playground)
    await answers(page, granted)
    expect(await violations(page)).toEqual([])
    await demand(playground, { issuer: 'https://other.example' })
    await answers(page, invalidToken('The issuer is not trusted', 'api'))
    expect(await violations(page)).toEqual([])
  })
})
