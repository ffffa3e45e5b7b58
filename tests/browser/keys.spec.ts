import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const pem = (key: KeyObject, type: 'pkcs8' | 'sec1') => key.export({ type, format: 'pem' }).toString()
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

async function generate(keys: Locator, alg: string, extractable = false): Promise<Locator> {
  const group = keys.getByRole('group', { name: 'Generate a key' })
  await group.getByLabel('Algorithm', { exact: true }).selectOption(alg)
  if (extractable) await group.getByLabel('extractable').check()
  await group.getByRole('button', { name: 'Generate key' }).click()
  const card = keys
    .getByRole('article')
    .filter({ has: keys.page().getByRole('heading', { name: alg, exact: true }) })
  await expect(card).toBeVisible({ timeout: 20_000 })
  return card
}

/** A public half as shown in the page, in one of its forms. */
async function shown(card: Locator, form: 'JWK' | 'JWK Set' | 'PEM'): Promise<string> {
  await card.getByRole('button', { name: form, exact: true }).click()
  return (await card.getByLabel(`Public key as ${form}`, { exact: true }).textContent()) ?? ''
}

test.describe('a key generated here', () => {
  test('its public half parses in every form, and the thumbprint is that of RFC 7638', async ({
    playground,
  }) => {
    const keys = await playground.openKeys()
    await expect(keys).toContainText('No keys yet.')
    const card = await generate(keys, 'ES256')
    const jwk = JSON.parse(await shown(card, 'JWK')) as JWK
    expect(jwk).toMatchObject({ alg: 'ES256', use: 'sig' })
    expect(Object.keys(jwk).filter((name) => ['d', 'p', 'q', 'k'].includes(name))).toEqual([])
    await importJWK(jwk)
    const thumbprint = await calculateJwkThumbprint(jwk)
    expect(jwk.kid).toBe(thumbprint)
    await expect(card.getByText(thumbprint, { exact: true })).toHaveCount(2)

    expect(JSON.parse(await shown(card, 'JWK Set'))).toEqual({ keys: [jwk] })

    const parsed = createPublicKey(await shown(card, 'PEM'))
    expect(spki(parsed)).toBe(spki(createPublicKey({ key: { ...jwk }, format: 'jwk' })))
    await expect(playground.page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
  })

  test('the algorithm shown first is the one that is made', async ({ playground }) => {
    const keys = await playground.openKeys()
    const alg = keys.getByLabel('Algorithm', { exact: true })
    await expect(alg.getByRole('option', { name: 'RS256' })).toBeAttached()
    await expect(alg).toHaveValue('ES256')
    await keys.getByRole('button', { name: 'Generate key' }).click()
    await expect(keys.getByRole('heading', { name: 'ES256' })).toBeVisible()
  })

  test('has a certificate made: it parses, and x5t#S256 is its SHA-256', async ({ playground }) => {
    const keys = await playground.openKeys()
    const card = await generate(keys, 'ES256')
    const publicKey = createPublicKey(await shown(card, 'PEM'))
    await card.getByText('Certificate', { exact: true }).click()
    await card.getByLabel('Common name').fill('O=a, b')
    await card.getByRole('button', { name: 'Make a certificate' }).click()
    const certificate = new X509Certificate(
      (await card.getByLabel('Certificate as PEM', { exact: true }).textContent()) ?? '',
    )
    expect(spki(certificate.publicKey)).toBe(spki(publicKey))
    expect(certificate.verify(publicKey)).toBe(true)
    expect(certificate.subject).toBe('CN=O=a\\, b')
    const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url')
    await expect(card.getByText(thumbprint, { exact: true })).toBeVisible()
    await card.getByRole('button', { name: 'Discard it' }).click()
    await expect(card.getByRole('button', { name: 'Make a certificate' })).toBeVisible()
  })
})

test.describe('a private key brought along', () => {
  const once = pem(p256.privateKey, 'sec1').trim().replaceAll('\n', '\\n')

  test('SEC1 out of an env file, in quotes and on one line', async ({ playground }) => {
    const said = await playground.importKey(`SIGNING_KEY="${once}"\r\nOTHER=1\r\n`)
    await expect(said).toContainText('Imported: ES256')
    const keys = await playground.openKeys()
    const card = keys.getByRole('article')
    await expect(card).toContainText('Imported from PEM (SEC1)')
    await expect(card).toContainText('not extractable')
    expect(spki(createPublicKey(await shown(card, 'PEM')))).toBe(spki(p256.publicKey))
  })

  test('an RSA JWK without alg asks for the algorithm', async ({ playground }) => {
    const said = await playground.importKey(JSON.stringify(rsa.privateKey.export({ format: 'jwk' })))
    await expect(said).toContainText('Choose the algorithm')
    await expect(said.getByRole('button')).toHaveText(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
    await said.getByRole('button', { name: 'PS384' }).click()
    await expect(said).toContainText('Imported: PS384')
    const keys = await playground.openKeys()
    await expect(keys.getByRole('article').getByRole('heading')).toHaveText('PS384')
  })

  test('what is encrypted is refused with the command that helps, and stays to be corrected', async ({
    playground,
  }) => {
    const options = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret', format: 'pem' } as const
    const text = rsa.privateKey.export(options).toString()
    const said = await playground.importKey(text)
    await expect(said).toContainText('encrypted with a passphrase')
    await expect(said.locator('code')).toHaveText('openssl pkcs8 -in key.pem -out plain.pem')
    await expect(said.getByRole('button', { name: 'Copy' })).toBeVisible()
    const keys = await playground.openKeys()
    await expect(keys.getByRole('textbox', { name: 'JWK, PKCS#8, PKCS#1 or SEC1' })).toHaveValue(text)
    await expect(keys.getByRole('article')).toHaveCount(0)
  })

  test('strings of source code are imported, and what was taken off is said; a keystore is named with its command', async ({
    playground,
  }) => {
    const lines = pem(p256.privateKey, 'pkcs8').trim().split('\n')
    const said = await playground.importKey(lines.map((line) => `"${line}\\n"`).join(' +\n  '))
    await expect(said).toContainText('Imported: ES256')
    await expect(said).toContainText(
      'Taken off or mended: escapes such as \\n; the quotes and operators of strings in source code.',
    )
    const secret = `data:\n  tls.key: ${Buffer.from(pem(p256.privateKey, 'pkcs8')).toString('base64')}\n`
    await expect(await playground.importKey(secret)).toContainText('the base64 of “tls.key”')
    const { kty, n, e, d } = rsa.privateKey.export({ format: 'jwk' })
    await playground.importKey(JSON.stringify({ kty, n, e, d, alg: 'RS256' }))
    await expect(said).toContainText('Imported: RS256')
    await expect(said).toContainText('The JWK has no p, q, dp, dq, qi')
    const keystore = Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), Buffer.alloc(80)])
    await playground.importKey(keystore.toString('base64'))
    await expect(said).toContainText('This is a Java keystore')
    await expect(said.locator('code')).toHaveText(/^keytool -importkeystore .* && openssl pkcs12 /)
  })

  test('a second try replaces the first one’s message', async ({ playground }) => {
    await expect(await playground.importKey('my key')).toContainText('This is no private key')
    const said = await playground.importKey(pem(p256.privateKey, 'pkcs8'))
    await expect(said).toContainText('Imported: ES256')
    await expect(said).not.toContainText('This is no private key')
  })
})

/** All that a user, an extension or the next visitor could find of this page. */
async function everywhere(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => {
    const read = async (name: string) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error(name))
      })
      const rows: unknown[] = []
      for (const store of database.objectStoreNames) {
        rows.push(
          await new Promise((resolve, reject) => {
            const reading = database.transaction(store).objectStore(store).getAll()
            reading.onsuccess = () => resolve(reading.result)
            reading.onerror = () => reject(new Error(store))
          }),
        )
      }
      database.close()
      return rows
    }
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    return JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      document.title,
      await Promise.all(names.map(read)),
      history.state,
      [...fields].map(({ value }) => value),
    ])
  })
  return [kept, page.url(), await page.content()].join('\n')
}

/** Pieces of a private key, long enough to be nothing else. */
const privateParts = (key: KeyObject): string[] => {
  const { d = '' } = key.export({ format: 'jwk' })
  const lines = pem(key, 'pkcs8').trim().split('\n')
  return [d.slice(0, 24), ...lines.slice(2, -1).map((line) => line.slice(0, 24))]
}

test.describe('the private half', () => {
  test('is nowhere in the page nor in its storage once it was imported, nor in what is sent', async ({
    playground,
    page,
  }) => {
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    const secrets = privateParts(p256.privateKey)
    await playground.importKey(pem(p256.privateKey, 'pkcs8'))
    const keys = await playground.openKeys()
    const pasted = keys.getByRole('textbox', { name: 'JWK, PKCS#8' })
    await expect(pasted).toHaveValue('')
    await pasted.focus()
    await page.keyboard.press('Control+Z')
    await keys.getByRole('button', { name: 'Remember on this device' }).click()
    await expect(keys.getByText('remembered', { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await playground.showSecrets()
    await page.getByText('Clients to try here').click()
    await page.getByRole('button', { name: 'a client with your own key' }).click()
    await expect(playground.rawRequest).toContainText('client_assertion=eyJ')
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await playground.openKeys()
    const found = [await everywhere(page), ...said].join('\n')
    expect(found).toContain(await calculateJwkThumbprint(p256.publicKey.export({ format: 'jwk' })))
    for (const secret of secrets) expect(found).not.toContain(secret)
  })

  test('cannot be read out of the browser’s store, where it was remembered', async ({ playground, page }) => {
    const keys = await playground.openKeys()
    await generate(keys, 'ES256')
    await keys.getByRole('button', { name: 'Remember on this device' }).click()
    await expect(keys.getByRole('button', { name: 'Forget' })).toBeVisible()
    const attempts = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('client-credentials-playground / keys')
        opening.onsuccess = () => resolve(opening.result)
      })
      const [stored] = await new Promise<{ privateKey: CryptoKey }[]>((resolve) => {
        const reading = database.transaction('keys').objectStore('keys').getAll()
        reading.onsuccess = () => resolve(reading.result as { privateKey: CryptoKey }[])
      })
      if (!stored) return ['nothing stored']
      return Promise.all(
        (['pkcs8', 'jwk'] as const).map((format) =>
          crypto.subtle.exportKey(format, stored.privateKey).then(
            () => 'read',
            (error: unknown) => (error as Error).name,
          ),
        ),
      )
    })
    expect(attempts).toEqual(['InvalidAccessError', 'InvalidAccessError'])
  })
})

/** What is in the key storage of this browser. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('client-credentials-playground / keys')
      opening.onsuccess = () => resolve(opening.result)
    })
    const keys = await new Promise<{ certificate: unknown }[]>((resolve) => {
      const reading = database.transaction('keys').objectStore('keys').getAll()
      reading.onsuccess = () => resolve(reading.result as { certificate: unknown }[])
    })
    database.close()
    return keys.map(({ certificate }) => ({ certificate }))
  })

test.describe('remembering', () => {
  const ownKey = async (playground: PlaygroundPage) => {
    await playground.page.getByText('Clients to try here').click()
    await playground.page.getByRole('button', { name: 'a client with your own key' }).click()
    await expect(playground.field('Client ID')).toHaveValue(/^practice-key-/)
  }

  test('a remembered key is there after a reload, and signs; a forgotten one is gone', async ({
    playground,
    page,
  }) => {
    const keys = await playground.openKeys()
    const card = await generate(keys, 'ES256')
    const { kid } = JSON.parse(await shown(card, 'JWK')) as JWK
    await card.getByRole('button', { name: 'Remember on this device' }).click()
    await expect(card.getByText('remembered', { exact: true })).toBeVisible()

    await page.reload()
    await expect(page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
    await ownKey(playground)
    await expect(playground.field('Signing key')).toHaveValue(String(kid))
    await expect(playground.field('client_assertion header')).toContainText(`"kid": "${String(kid)}"`)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')

    await playground.openKeys()
    await card.getByRole('button', { name: 'Forget' }).click()
    await expect(card.getByText('remembered', { exact: true })).toHaveCount(0)
    await expect(card).toBeVisible()
    await page.reload()
    await expect(page.getByText('The key chosen before is not here now.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
    await expect(playground.getToken).toBeDisabled()
  })

  test('a key is gone with the page unless it was remembered, and so is one removed', async ({
    playground,
    page,
  }) => {
    let keys = await playground.openKeys()
    await generate(keys, 'ES256')
    const other = await generate(keys, 'Ed25519')
    await other.getByRole('button', { name: 'Remember on this device' }).click()
    await expect(other.getByRole('button', { name: 'Forget' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
    keys = await playground.openKeys()
    await keys.getByRole('button', { name: 'Remove' }).click()
    await expect(keys).toContainText('No keys yet.')
    // It is gone from the page at once, and from the device a moment later.
    await expect.poll(() => stored(page)).toEqual([])
    await page.reload()
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
  })

  test('a certificate made after it was remembered is remembered, too', async ({ playground, page }) => {
    const card = await generate(await playground.openKeys(), 'ES256')
    await card.getByRole('button', { name: 'Remember on this device' }).click()
    await expect(card.getByRole('button', { name: 'Forget' })).toBeVisible()
    await card.getByText('Certificate', { exact: true }).click()
    await card.getByRole('button', { name: 'Make a certificate' }).click()
    const certificate = card.getByLabel('Certificate as PEM', { exact: true })
    const text = (await certificate.textContent()) ?? ''
    // It is shown at once, and kept a moment later.
    const isKept = async () => (await stored(page)).some(({ certificate }) => typeof certificate === 'string')
    await expect.poll(isKept).toBe(true)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Keys 1' })).toBeVisible()
    await playground.openKeys()
    await card.getByText('Certificate', { exact: true }).click()
    await expect(certificate).toHaveText(text)
  })

  test('an extractable key cannot be remembered', async ({ playground, page }) => {
    const keys = await playground.openKeys()
    const card = await generate(keys, 'ES256', true)
    await expect(keys).toContainText('can be read by scripts of this page, and cannot be remembered')
    await expect(card.getByText('extractable', { exact: true })).toBeVisible()
    await expect(card).toContainText('so it is not remembered')
    await expect(card.getByRole('button', { name: 'Remember on this device' })).toHaveCount(0)
    await page.reload()
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await expect(page.getByRole('button', { name: 'Keys 0' })).toBeVisible()
  })
})

test.describe('by keyboard', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { activeElement: element } = document
      return element instanceof HTMLSelectElement || element instanceof HTMLInputElement
        ? element.labels?.[0]?.textContent.trim()
        : element?.textContent.trim()
    })

  async function tabTo(page: Page, name: string): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      if ((await focused(page)) === name) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`No way to ${name} by Tab`)
  }

  test('a key is made, shown, remembered and certified, and the focus is never lost', async ({
    playground,
    page,
  }) => {
    await tabTo(page, 'Keys 0')
    await page.keyboard.press('Enter')
    const keys = page.getByRole('region', { name: 'Keys', exact: true })
    await expect(keys.getByLabel('Algorithm', { exact: true })).toBeVisible()
    await tabTo(page, 'Algorithm')
    await page.keyboard.press('R')
    await expect(keys.getByLabel('Algorithm', { exact: true })).toHaveValue('RS256')
    await tabTo(page, 'Generate key')
    await page.keyboard.press('Enter')
    const card = keys.getByRole('article')
    await expect(card).toBeVisible()
    await expect(keys.getByRole('button', { name: 'Generate key' })).toBeFocused()

    await page.keyboard.press('Shift+Tab')
    for (let tries = 0; tries < 20 && (await focused(page)) !== 'PEM'; tries += 1) {
      await page.keyboard.press('Shift+Tab')
    }
    await page.keyboard.press('Space')
    await expect(card.getByLabel('Public key as PEM')).toContainText('BEGIN PUBLIC KEY')
    await expect(card.getByRole('button', { name: 'PEM', exact: true })).toBeFocused()

    await tabTo(page, 'Certificate')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Make a certificate')
    await page.keyboard.press('Enter')
    await expect(card.getByLabel('Certificate as PEM')).toContainText('BEGIN CERTIFICATE')
    await expect(card.locator(':focus')).toHaveCount(1)

    await tabTo(page, 'Remember on this device')
    await page.keyboard.press('Enter')
    await expect(card.getByRole('button', { name: 'Forget' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(card.getByRole('button', { name: 'Remember on this device' })).toBeFocused()

    await page.keyboard.press('Escape')
    await expect(keys).toBeHidden()
    await expect(page.getByRole('button', { name: 'Keys 1' })).toBeFocused()

    await playground.field('Client authentication').selectOption('private_key_jwt')
    await page.getByRole('button', { name: 'Generate', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Keys 2' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Generate', exact: true })).toBeFocused()
    await page.getByRole('button', { name: 'Register this key' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Registered as /)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Register this key' })).toBeFocused()
  })

  test('what is pasted by keyboard is imported, and the focus stays', async ({ playground, page }) => {
    const keys = await playground.openKeys()
    await keys.getByRole('textbox', { name: 'JWK, PKCS#8' }).fill(pem(p256.privateKey, 'pkcs8'))
    await keys.getByRole('button', { name: 'Import key' }).focus()
    await page.keyboard.press('Enter')
    await expect(keys.getByRole('article')).toBeVisible()
    await expect(keys.getByRole('button', { name: 'Import key' })).toBeFocused()

    await keys
      .getByRole('textbox', { name: 'JWK, PKCS#8' })
      .fill(JSON.stringify(rsa.privateKey.export({ format: 'jwk' })))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await keys.getByRole('button', { name: 'RS512' }).focus()
    await page.keyboard.press('Enter')
    await expect(keys.getByRole('article')).toHaveCount(2)
    await expect(keys.getByRole('button', { name: 'Import key' })).toBeFocused()

    await keys.getByRole('article').first().getByRole('button', { name: 'Remove' }).focus()
    await page.keyboard.press('Enter')
    await expect(keys.getByRole('article')).toHaveCount(1)
    await expect(keys.locator(':focus')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Keys 1' })).toBeFocused()
  })
})

test('axe finds nothing in the drawer and in the assertion’s editor', async ({ playground, page }) => {
  test.slow()
  await playground.importKey('my key')
  const keys = await playground.openKeys()
  const card = await generate(keys, 'ES256')
  await card.getByText('Certificate', { exact: true }).click()
  await card.getByRole('button', { name: 'Make a certificate' }).click()
  await expect(card.getByLabel('Certificate as PEM')).toContainText('BEGIN CERTIFICATE')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')

  await playground.field('Client authentication').selectOption('private_key_jwt')
  await expect(playground.field('Signing key')).toBeVisible()
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  await playground.field('aud').selectOption('custom')
  await playground.field('kid').selectOption('custom')
  await page.getByText('More header and payload members').click()
  await playground.field('More header members').fill('{')
  expect(await violations(page)).toEqual([])
  await playground.field('More header members').fill('{}')
  await playground.field('aud, as typed').fill('x')
  await expect(playground.field('client_assertion header')).toContainText('ES256')
  expect(await violations(page)).toEqual([])
  await playground.field('Client authentication').selectOption('self_signed_tls_client_auth')
  await expect(page.getByText('choose or show a certificate')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await playground.choose('helseid')
  await page.getByText('HelseID: organisation numbers').click()
  await playground.field('assertion_details').selectOption('multi')
  expect(await violations(page)).toEqual([])
})
