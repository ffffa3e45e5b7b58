import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { clients } from '../servers/clients.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const header = 'client_assertion header'
const payload = 'client_assertion payload'

/** One of the practice server's clients, with everything else as the server starts with. */
async function practiceClient(playground: PlaygroundPage, name: string): Promise<void> {
  const client = playground.page.getByRole('button', { name, exact: true })
  if (await client.isHidden()) await playground.page.getByText('Clients to try here').click()
  await client.click()
}

const ownKey = 'a client with your own key'

/** Chooses the key of the ring that a JWK is. */
async function signWith(playground: PlaygroundPage, jwk: JWK): Promise<void> {
  await playground.field('Signing key').selectOption(await calculateJwkThumbprint(jwk))
}

async function more(
  playground: PlaygroundPage,
  members: { header?: object; payload?: object },
): Promise<void> {
  const field = playground.field('More payload members')
  if (await field.isHidden()) await playground.page.getByText('More header and payload members').click()
  if (members.payload) await field.fill(JSON.stringify(members.payload))
  if (members.header) await playground.field('More header members').fill(JSON.stringify(members.header))
}

/** Presses the button and waits for the response to this very request. */
async function send(playground: PlaygroundPage, status: RegExp): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText(status)
  await expect(playground.response).not.toContainText('an earlier request')
  await expect(playground.response).not.toContainText('a new one is under way')
}

/** The request as text, with its secrets. */
const form = async (playground: PlaygroundPage) =>
  new URLSearchParams(((await playground.rawRequest.textContent()) ?? '').split('\n\n')[1])

test.describe('client_secret_jwt at oidc-provider', () => {
  for (const name of ['hs512'] as const) {
    test(`gets a token with ${name.toUpperCase()}`, async ({ playground, authorizationServer }) => {
      const { id, secret, assertionAlg } = authorizationServer.clients[name]
      await playground.connectTo(authorizationServer.tokenEndpoint, {
        issuer: authorizationServer.issuer,
        method: 'client_secret_jwt',
        id,
        secret,
      })
      await playground.field('alg').selectOption(assertionAlg)
      await expect(playground.field(header)).toContainText(`"alg": "${assertionAlg}"`)
      await send(playground, /200 OK/)
      await expect(playground.token).toContainText('JWT, RS256')
      await expect(playground.rawRequest).not.toContainText('client_secret=')
    })
  }
})

test.describe('private_key_jwt at oidc-provider', () => {
  for (const name of ['keyPs256', 'keyEd25519'] as const) {
    test(`gets a token with an imported key for ${name.slice('key'.length)}`, async ({
      playground,
      authorizationServer: { issuer, tokenEndpoint, clients, privateJwks },
      page,
    }) => {
      const { id, assertionAlg } = clients[name]
      const jwk = privateJwks[id] ?? {}
      await playground.connectTo(tokenEndpoint, { issuer, id, method: 'private_key_jwt' })
      const said = await playground.importKey(JSON.stringify(jwk))
      await expect(said).toContainText(`Imported: ${assertionAlg}, kid ${id}`)
      await page.keyboard.press('Escape')
      await signWith(playground, jwk)
      await expect(playground.field(header)).toContainText(`"alg": "${assertionAlg}"`)
      expect(await playground.signedPart(header)).toEqual({
        alg: assertionAlg,
        typ: 'client-authentication+jwt',
        kid: id,
      })
      await send(playground, /200 OK/)
      await expect(playground.field('Decoded payload as JSON')).toContainText(`"client_id": "${id}"`)
    })
  }
})

test.describe('a key generated here', () => {
  test('is registered at oidc-provider, which Find found, and gets a token', async ({ playground, page }) => {
    await playground.choose('local')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await playground.field('Client authentication').selectOption('private_key_jwt')
    const register = page.getByRole('button', { name: 'Register this key' })
    await expect(register).toHaveCount(0)
    await page.getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(playground.field('Signing key')).not.toHaveValue('')
    await register.click()
    await expect(page.getByText(/^Registered as /)).toBeVisible()
    await expect(playground.field('Client ID')).not.toHaveValue('m2m')
    await send(playground, /200 OK/)
    const id = await playground.field('Client ID').inputValue()
    await expect(playground.field('Decoded payload as JSON')).toContainText(`"client_id": "${id}"`)
  })

  test('is registered at the practice server in one click, and gets a token', async ({ playground }) => {
    await practiceClient(playground, ownKey)
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
    await expect(playground.field(header)).toContainText('"alg": "ES256"')
    await send(playground, /200 OK/)
    await expect(playground.token).toContainText('JWT, RS256')
  })

  test('a quick Get token sends the form as it is until the client is registered, and never a mixture', async ({
    playground,
    page,
  }) => {
    // The practice server imports the key that is registered with it: held, until the test says so.
    await page.evaluate(() => {
      const { subtle } = crypto
      const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>
      const released = new Promise((resolve) => {
        window.addEventListener('release', resolve)
      })
      const held = async (...args: unknown[]) => {
        if ((args[1] as JsonWebKey).kty === 'EC') {
          document.body.classList.add('held')
          await released
        }
        return importKey(...args)
      }
      Object.assign(subtle, { importKey: held })
    })
    await practiceClient(playground, ownKey)
    await expect(page.locator('body.held')).toHaveCount(1)
    await send(playground, /200 OK/)
    await expect(playground.rawRequest).toContainText('authorization: Basic')
    await expect(playground.rawRequest).not.toContainText('client_assertion')
    await expect(playground.field('Client authentication')).toHaveValue('client_secret_basic')
    await page.evaluate(() => window.dispatchEvent(new Event('release')))
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
    await expect(playground.field('Client authentication')).toHaveValue('private_key_jwt')
    await send(playground, /200 OK/)
  })

  test('what registers it is an exchange in History, and has the public half alone', async ({
    playground,
    page,
  }) => {
    await practiceClient(playground, ownKey)
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
    const history = await playground.openHistory()
    await history.getByRole('listitem').first().getByRole('button').first().click()
    await expect(playground.rawRequest).toContainText('POST /register')
    await playground.showSecrets()
    const sent = (await playground.rawRequest.textContent()) ?? ''
    const { jwks } = JSON.parse(sent.split('\n\n')[1] ?? '') as { jwks: { keys: JWK[] } }
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    await expect(page.getByText('Send this one again')).toHaveCount(0)
  })
})

type Spoil = (playground: PlaygroundPage) => Promise<unknown>
const choose =
  (label: string, option: string): Spoil =>
  (playground) =>
    playground.field(label).selectOption(option)
const fill =
  (label: string, value: string): Spoil =>
  (playground) =>
    playground.field(label).fill(value)
const both =
  (...spoils: readonly Spoil[]): Spoil =>
  async (playground) => {
    for (const spoil of spoils) await spoil(playground)
  }

const wrongAudience = both(choose('aud', 'custom'), fill('aud, as typed', 'https://elsewhere.example'))
const unknownKid = both(choose('kid', 'custom'), fill('kid, as typed', 'nobody'))

test.describe('refused by the practice server: the failed check is the cause', () => {
  const secretCases: readonly (readonly [what: string, spoil: Spoil, check: string, found: string])[] = [
    ['another audience', wrongAudience, 'aud is this server', 'https://elsewhere.example'],
    [
      'a wrong secret',
      fill('Client secret', 'a-wrong-secret-that-is-as-long-as-the-right-one'),
      'The client signed the assertion',
      'with its secret (HS256)',
    ],
    [
      'another method than it is registered for',
      choose('Client authentication', 'client_secret_post'),
      'The client authenticates the way it is registered',
      'client_secret_post, but it is registered for client_secret_jwt',
    ],
  ]

  test('of a client that signs with its secret', async ({ playground }) => {
    for (const [what, spoil, check, found] of secretCases) {
      await test.step(what, async () => {
        await practiceClient(playground, 'practice-secret-jwt')
        await spoil(playground)
        await send(playground, /401/)
        await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
        await expect(playground.stoppedAt).toContainText(check)
        await expect(playground.causes).toContainText([`The server’s check “${check}” failed: `])
        await expect(playground.causes).toContainText([found])
      })
    }
    await practiceClient(playground, 'practice-secret-jwt')
    await send(playground, /200 OK/)
  })

  test('of a client that signs with a key: an unknown kid', async ({ playground }) => {
    await practiceClient(playground, ownKey)
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
    await unknownKid(playground)
    await send(playground, /401/)
    await expect(playground.response).toContainText(
      "The server’s check “The client signed the assertion” failed: kid 'nobody' is not registered",
    )
  })

  test('the same bytes twice', async ({ playground, page }) => {
    await practiceClient(playground, 'practice-secret-jwt')
    await send(playground, /200 OK/)
    const { jti } = await playground.signedPart(payload)
    await page.getByRole('button', { name: 'Send this one again' }).click()
    await expect(playground.response).toContainText('401')
    await expect(playground.response).toContainText(
      `The server’s check “The assertion was not used before” failed: A replay: jti '${String(jti)}' was used`,
    )
    await expect(playground.token).toContainText('none in this response')
    expect((await playground.signedPart(payload))['jti']).toBe(jti)
  })
})

test.describe('refused by oidc-provider, which does not say why: what is out is the first cause', () => {
  /** The client signs with its secret, and something is wrong. */
  async function sendSpoilt(
    playground: PlaygroundPage,
    { issuer, tokenEndpoint }: { readonly issuer: string; readonly tokenEndpoint: string },
    spoil: Spoil,
  ): Promise<void> {
    const { id, secret } = clients.hs256
    await playground.connectTo(tokenEndpoint, { issuer, id, method: 'client_secret_jwt', secret })
    await spoil(playground)
    await send(playground, /401 Unauthorized/)
  }

  test('another audience: the one click that mends it', async ({
    playground,
    authorizationServer,
    guard,
  }) => {
    guard.expectConsole(/401/)
    await sendSpoilt(playground, authorizationServer, wrongAudience)
    await expect(playground.heading('The assertion is for another server')).toBeVisible()
    await expect(playground.stoppedAt).toContainText('Client assertion valid')
    await expect(playground.response).toContainText('aud of the assertion is “https://elsewhere.example”.')
    await playground.fixes.first().getByRole('button', { name: 'aud: issuer' }).click()
    await send(playground, /200 OK/)
  })

  test('a wrong secret to sign with', async ({ playground, authorizationServer, guard }) => {
    guard.expectConsole(/401/)
    const wrong = fill('Client secret', 'a-wrong-secret-of-32-bytes-HS256-')
    await sendSpoilt(playground, authorizationServer, wrong)
    await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
    await expect(playground.stoppedAt).toHaveCount(0)
    await expect(playground.causes.first()).toHaveText(
      'The signature of the assertion does not verify with the client’s secret',
    )
    await expect(playground.fixes.first()).toHaveText('Enter the secret that the server has for this client.')
  })

  test('an unknown kid, of a client that signs with a key', async ({
    playground,
    page,
    authorizationServer: { issuer, tokenEndpoint, clients, privateJwks },
    guard,
  }) => {
    guard.expectConsole(/401/)
    const { id } = clients.keyEs256
    const jwk = privateJwks[id] ?? {}
    await playground.connectTo(tokenEndpoint, { issuer, id, method: 'private_key_jwt' })
    await playground.importKey(JSON.stringify(jwk))
    await page.keyboard.press('Escape')
    await signWith(playground, jwk)
    await unknownKid(playground)
    await send(playground, /401 Unauthorized/)
    await expect(playground.heading('The server refused: invalid_client')).toBeVisible()
    await expect(playground.causes.first()).toHaveText('The server has no key to verify the assertion with')
    await expect(playground.response).toContainText('kid of the assertion was typed: “nobody”.')
    await playground.fixes.first().getByRole('button', { name: 'kid: the key’s own' }).click()
    await send(playground, /200 OK/)
  })

  test('the same bytes twice', async ({ playground, page, authorizationServer, guard }) => {
    guard.expectConsole(/401/)
    const { issuer, tokenEndpoint, clients } = authorizationServer
    const { id, secret } = clients.hs256
    await playground.connectTo(tokenEndpoint, { issuer, id, secret, method: 'client_secret_jwt' })
    await send(playground, /200 OK/)
    await page.getByRole('button', { name: 'Send this one again' }).click()
    await expect(playground.response).toContainText('401 Unauthorized')
    await expect(playground.heading('The assertion was used before')).toBeVisible()
    await expect(playground.response).toContainText('These very bytes were sent before, as #1.')
    // They worked then, so that nothing else can be wrong with them.
    await expect(playground.causes).toHaveCount(0)
    await expect(playground.fixes).toHaveText([/the page signs a new assertion, with a new jti/])
    await send(playground, /200 OK/)
  })
})

test.describe('the assertion, decoded where it is', () => {
  test('shows what was chosen, and changes as it is edited', async ({ playground, page }) => {
    await practiceClient(playground, ownKey)
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
    const id = await playground.field('Client ID').inputValue()
    const kid = await playground.field('Signing key').inputValue()
    await expect(playground.field(payload)).toContainText(`"sub": "${id}"`)
    expect(await playground.signedPart(header)).toEqual({
      alg: 'ES256',
      typ: 'client-authentication+jwt',
      kid,
    })
    const first = await playground.signedPart(payload)
    expect(first).toEqual({
      iss: id,
      sub: id,
      aud: 'https://practice.example',
      iat: expect.any(Number),
      nbf: first['iat'],
      exp: Number(first['iat']) + 60,
      jti: expect.stringMatching(/.{16,}/),
    })

    await playground.field('aud').selectOption('token_endpoint')
    await expect(playground.field(payload)).toContainText('"aud": "https://practice.example/token"')
    await playground.field('aud').selectOption('both')
    await expect(playground.field(payload)).toContainText(
      /"aud": \[\s*"https:\/\/practice.example",\s*"https:\/\/practice.example\/token"\s*\]/,
    )
    await wrongAudience(playground)
    await expect(playground.field(payload)).toContainText('"aud": "https://elsewhere.example"')

    await playground.field('typ').selectOption('JWT')
    await expect(playground.field(header)).toContainText('"typ": "JWT"')
    await playground.field('typ').selectOption('')
    await expect(playground.field(header)).not.toContainText('typ')
    await unknownKid(playground)
    await expect(playground.field(header)).toContainText('"kid": "nobody"')
    await playground.field('kid').selectOption('none')
    await expect(playground.field(header)).not.toContainText('kid')

    await playground.field('nbf').uncheck()
    await expect(playground.field(payload)).not.toContainText('nbf')
    await playground.field('Lifetime, seconds').fill('10')
    await expect
      .poll(async () => {
        const { iat, exp } = await playground.signedPart(payload)
        return Number(exp) - Number(iat)
      })
      .toBe(10)

    await more(playground, { header: { cty: 'x' }, payload: { exp: 42, tenant: [1] } })
    await expect(playground.field(header)).toContainText('"cty": "x"')
    await expect(playground.field(payload)).toContainText('"tenant"')
    expect(await playground.signedPart(payload)).toMatchObject({ exp: 42, tenant: [1] })
    await playground.field('More payload members').fill('{"exp":')
    await expect(page.getByText(/^Not JSON: /)).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
  })

  test('is masked in the raw request, until secrets are shown', async ({ playground, page }) => {
    await practiceClient(playground, 'practice-secret-jwt')
    await expect(playground.rawRequest).toContainText('client_assertion=••••••••')
    await page.getByRole('button', { name: 'Parameters' }).click()
    const row = page.getByRole('row').filter({ hasText: 'The JWT by which the client proves itself' })
    await expect(row).toContainText('••••••••')
    await expect(row).not.toContainText('eyJ')
    await playground.showSecrets()
    await expect(row).toContainText('eyJ')
    await expect(playground.rawRequest).toContainText('client_assertion=eyJ')
  })

  test('is another one with each send, and the one that was sent stays to be seen', async ({
    playground,
    page,
  }) => {
    await practiceClient(playground, 'practice-secret-jwt')
    await playground.showSecrets()
    const ids = []
    for (let sends = 0; sends < 2; sends += 1) {
      await send(playground, /200 OK/)
      await expect(page.getByRole('button', { name: `History ${sends + 1}` })).toBeVisible()
      const [head, body] = ((await form(playground)).get('client_assertion') ?? '').split('.')
      const sent = await playground.signedPart(payload)
      expect(JSON.parse(Buffer.from(body ?? '', 'base64url').toString())).toEqual(sent)
      expect(JSON.parse(Buffer.from(head ?? '', 'base64url').toString())).toEqual(
        await playground.signedPart(header),
      )
      ids.push(sent['jti'])
    }
    await playground.lookAtNext()
    await expect(playground.field(payload)).not.toContainText(String(ids[1]))
    ids.push((await playground.signedPart(payload))['jti'])
    expect(new Set(ids).size).toBe(3)
    await playground.lookAt(2)
    await expect(playground.field(payload)).toContainText(String(ids[1]))
  })

  test('names the certificate made in the drawer as x5t#S256', async ({ playground, page }) => {
    await practiceClient(playground, ownKey)
    await playground.field('x5t#S256').check()
    await expect(page.getByText('This key has no certificate yet')).toBeVisible()
    await expect(playground.field(header)).toContainText('ES256')
    await expect(playground.field(header)).not.toContainText('x5t#S256')
    const keys = await playground.openKeys()
    await keys.getByText('Certificate', { exact: true }).click()
    await keys.getByRole('button', { name: 'Make a certificate' }).click()
    const thumbprint = keys.getByText(/^[\w-]{43}$/).last()
    await expect(keys.getByLabel('Certificate as PEM')).toContainText('BEGIN CERTIFICATE')
    const text = await thumbprint.textContent()
    await page.keyboard.press('Escape')
    await expect(page.getByText('This key has no certificate yet')).toHaveCount(0)
    await expect(playground.field(header)).toContainText(`"x5t#S256": "${String(text)}"`)
    await send(playground, /200 OK/)
  })
})

test.describe('certificates of the TLS handshake', () => {
  for (const [method, words] of [
    ['tls_client_auth', 'mtls_endpoint_aliases'],
    ['self_signed_tls_client_auth', 'makes a self-signed one'],
  ] as const) {
    test(`${method}: what a page cannot do is said, and what it can is sent`, async ({
      playground,
      authorizationServer,
      guard,
    }) => {
      guard.expectConsole(/401/)
      await playground.connectTo(authorizationServer.tokenEndpoint, { method })
      const connection = playground.page.getByRole('region', { name: 'Connection' })
      await expect(connection).toContainText('A page cannot choose or show a certificate.')
      await expect(connection).toContainText(words)
      await expect(playground.field('Client secret')).toHaveCount(0)
      await expect(playground.rawRequest).toContainText('client_id=m2m')
      expect(Object.fromEntries(await form(playground))).toEqual({
        grant_type: 'client_credentials',
        client_id: 'm2m',
        scope: 'read',
      })
      await expect(playground.rawRequest).not.toContainText('authorization')
      await send(playground, /401/)
      await expect(playground.heading('No certificate was shown')).toBeVisible()
      await expect(playground.response).toContainText('the browser presents no certificate for it')
      await expect(playground.stoppedAt).toContainText('Client authentication method right')
      await expect(playground.fixes.first()).toContainText('curl')
      await expect(playground.fixes.filter({ hasText: 'secret' })).toHaveCount(0)
    })
  }
})

test.describe('what is in the way has the focus when Get token is pressed', () => {
  test('the key, then the issuer', async ({ playground, page }) => {
    await playground.connectTo('https://as.example/token', { method: 'private_key_jwt' })
    await expect(playground.field('Signing key')).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
    await playground.field('Scope').press('Enter')
    await expect(playground.field('Signing key')).toBeFocused()
    await expect(page.getByText('Choose the key to sign with.')).toBeVisible()
    await page.getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(playground.field('Signing key')).not.toHaveValue('')
    await playground.field('Scope').press('Enter')
    await expect(playground.field('aud')).toBeFocused()
    await expect(page.getByText('The issuer is not known.')).toBeVisible()
    await playground.field('Issuer or discovery URL').fill('https://as.example')
    await expect(playground.getToken).toBeEnabled()
    await more(playground, { payload: {} })
    await playground.field('More payload members').fill('[]')
    await page.getByText('More header and payload members').click()
    await playground.field('Scope').press('Enter')
    await expect(playground.field('More payload members')).toBeFocused()
    await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  })
})

test.describe('HelseID’s client credentials sample', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...(privateKey.export({ format: 'jwk' }) as JWK), alg: 'RS512' }
  const clientId = 'helseid-sample-client-credentials-for-multitenant-app'
  const details = (system: string, value: string) => ({
    type: 'helseid_authorization',
    practitioner_role: { organization: { identifier: { system, type: 'ENH', value } } },
  })

  test('its assertion and its proof, member for member, and nothing is sent', async ({
    playground,
    page,
  }) => {
    await playground.choose('helseid')
    await playground.importKey(JSON.stringify(jwk))
    await page.keyboard.press('Escape')
    await signWith(playground, jwk)
    await expect(playground.field('kid')).toHaveValue('key')
    await expect(playground.field('assertion_details')).toHaveValue('multi')
    await expect(playground.field('Parent organisation number')).toHaveValue('999977774')
    await playground.field('Child organisation number').fill('99997777')
    const warning = page.getByText('HID-1004')
    await expect(warning).toBeVisible()
    await playground.field('Child organisation number').fill('999977776')
    await expect(warning).toHaveCount(0)

    await expect(playground.field(payload)).toContainText('NO:ORGNR:999977774:999977776')
    await expect(playground.field(header)).not.toContainText('kid')
    expect(await playground.signedPart(header)).toEqual({ alg: 'RS512', typ: 'client-authentication+jwt' })
    const assertion = await playground.signedPart(payload)
    const iat = Number(assertion['iat'])
    expect(assertion).toEqual({
      iss: clientId,
      sub: clientId,
      aud: 'https://helseid-sts.test.nhn.no',
      exp: iat + 10,
      iat,
      nbf: iat,
      jti: expect.any(String),
      assertion_details: details('urn:oid:1.0.6523', 'NO:ORGNR:999977774:999977776'),
    })

    expect(await playground.signedPart('DPoP header')).toEqual({
      alg: 'RS512',
      typ: 'dpop+jwt',
      jwk: { kty: 'RSA', n: jwk.n, e: 'AQAB' },
    })
    expect(await playground.signedPart('DPoP payload')).toEqual({
      jti: expect.any(String),
      htm: 'POST',
      htu: 'https://helseid-sts.test.nhn.no/connect/token',
      iat: expect.any(Number),
    })

    await playground.showSecrets()
    const body = Object.fromEntries(await form(playground))
    expect(body).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope: 'nhn:test-public-samplecode/client-credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: expect.stringMatching(/^eyJ/),
    })

    await playground.field('Child organisation number').fill('')
    await expect(playground.field(payload)).toContainText('"NO:ORGNR:999977774:"')
    await expect(warning).toHaveCount(0)
    await playground.field('assertion_details').selectOption('single')
    await playground.field('Child organisation number').fill('999977776')
    await expect(playground.field(payload)).toContainText('"999977776"')
    expect((await playground.signedPart(payload))['assertion_details']).toEqual(
      details('urn:oid:2.16.578.1.12.4.1.4.101', '999977776'),
    )
    await playground.field('assertion_details').selectOption('none')
    await expect(playground.field(payload)).not.toContainText('assertion_details')
    await expect(playground.field('assertion_details')).toBeVisible()
    await expect(page.getByRole('button', { name: 'History 0' })).toBeVisible()
  })

  test('its organisation numbers are asked for there and at what is saved for it, and nowhere else', async ({
    playground,
    page,
  }) => {
    const organisations = page.getByText('HelseID: organisation numbers')
    await playground.choose('helseid')
    await expect(organisations).toBeVisible()
    await page.getByText('Saved connections').click()
    await playground.field('Save this connection as').fill('Health')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await playground.choose('own')
    await playground.connect({ method: 'private_key_jwt' })
    await expect(playground.field('Signing key')).toBeVisible()
    await expect(organisations).toHaveCount(0)
    await playground.choose({ label: 'Health' })
    await expect(organisations).toBeVisible()

    // Elsewhere the claim is one of the members, and is never hidden.
    await playground.choose('own')
    await more(playground, { payload: { assertion_details: details('urn:oid:1.0.6523', 'NO:ORGNR:1:') } })
    await page.reload()
    await expect(playground.field('More payload members')).toHaveValue(/NO:ORGNR:1:/)
    await expect(playground.field('More payload members')).toBeVisible()
    await expect(organisations).toHaveCount(0)
  })
})
