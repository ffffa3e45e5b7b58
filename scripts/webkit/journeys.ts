import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { clients } from '../../tests/servers/clients.ts'
import { http } from '../../tests/servers/faulty-endpoint.ts'
import type { LocalServers } from '../../tests/servers/local-servers.ts'
import { startStaticHost } from '../../tests/servers/static-host.ts'
import { tokenEndpoint } from '../../tests/servers/token-endpoint.ts'
import type { WebKitPage } from './page.ts'

/** What a journey starts with. */
interface Given {
  /** Open, and nothing has happened to it. */
  readonly page: WebKitPage
  /** Where it is served from, next to the servers. */
  readonly site: string
  readonly servers: LocalServers
}

type Journey = (given: Given) => Promise<void>

/** What a user does with the page, by what it is about. It throws if something is not as it should be. */
export const journeys: Readonly<Record<string, Journey>> = {
  'first token, decoded and verified': async ({ page }) => {
    await page.press('Get token')
    await page.sees('200 OK', 'Response')
    await page.sees('Decoded payload', 'Token')
    await page.press('Verify with the …', 'Verification')
    await page.sees('signature verified', 'Token')
  },

  'a server of one’s own: found, post and basic': async ({ page, servers }) => {
    await page.select('Server', 'own')
    await page.fill('Issuer or discovery URL', servers.authorizationServer.issuer)
    await page.press('Find')
    await page.sees('✓ Metadata', 'Connection')
    for (const client of [clients.post, clients.basic]) {
      await page.select('Client authentication', client.method)
      await page.fill('Client ID', client.id)
      await page.fill('Client secret', client.secret)
      await page.fill('Scope', client.scope)
      await page.press('Get token')
      await page.sees('200 OK', 'Response')
      await page.until(
        `${client.id} in the token`,
        `return within('Token').textContent.includes('"' + arguments[0] + '"')`,
        client.id,
      )
    }
    await page.press('Verify with the …', 'Verification')
    await page.sees('signature verified', 'Token')
  },

  'DPoP with the nonce of the server': async ({ page, servers }) => {
    await connect(page, servers, clients.dpopNonce)
    await page.check('Bind the token to a key (DPoP)')
    await page.press('Generate')
    await page.until('key', `return find('select', 'Key to bind to', null)?.value.length === 43`)
    await page.press('Get token')
    await page.sees('200 OK', 'Response')
    await page.sees('"jkt"', 'Token')
    await page.press('History …')
    await page.sees('Token request with the nonce of #1', 'History')
  },

  'keys: made, imported, remembered, used': async ({ page, site }) => {
    await page.press('Keys …')
    for (const alg of ['ES256', 'Ed25519', 'PS256', 'ES512']) {
      await page.select('Algorithm', alg, 'Keys')
      await page.press('Generate key', 'Keys')
      await page.until(
        `key for ${alg}`,
        `return [...document.querySelectorAll('#keys article')].some((card) => clean(card.querySelector('h3, h4')?.textContent) === arguments[0])`,
        alg,
      )
    }
    for (const key of [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }),
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ]) {
      await page.fill('JWK, PKCS#8, PKCS#1 or SEC1, as you have it', key.toString(), 'Keys')
      await page.press('Import key', 'Keys')
      await page.sees('Imported: ', 'Keys')
      await page.until(
        'end of the key in the field',
        `return document.querySelector('#keys textarea').value === ''`,
      )
    }
    await page.press('Remember on this device', 'Keys')
    await page.sees('remembered', 'Keys')
    await page.open(site)
    await page.until('key of the time before', `return find('button', 'Keys 1', null) !== undefined`)
    await page.press('Clients to try here')
    await page.press('a client with your own key')
    await page.press('Get token')
    await page.sees('200 OK', 'Response')
  },

  'an API is called': async ({ page, servers }) => {
    await connect(page, servers, clients.post)
    await page.press('Get token')
    await page.sees('Decoded payload', 'Token')
    await page.fill('API URL', `${servers.api.origin}/greeting`, 'Use the token')
    await page.press('Call API', 'Use the token')
    await page.sees('GET /greeting', 'Request')
    await page.sees('200 OK', 'Response')
    await page.press('History …')
    await page.sees('API call', 'History')
    await page.key('\uE00C')
    await page.until('end of History', `return !seen(document.querySelector('#history'))`)
  },

  'themes, a narrow window, the clipboard': async ({ page }) => {
    const background = (): Promise<unknown> =>
      page.ask(`return getComputedStyle(document.querySelector('header')).backgroundColor`)
    await page.select('Theme', 'light')
    const light = await background()
    await page.select('Theme', 'dark')
    if ((await background()) === light) throw new Error('Dark is as light as light.')
    await page.resize(400, 900)
    const wider = await page.ask(
      `return document.documentElement.scrollWidth - document.documentElement.clientWidth`,
    )
    await page.resize(1300, 900)
    if (wider !== 0) throw new Error(`A narrow page is ${String(wider)} px wider than its window.`)
    await page.press('Get token')
    await page.sees('200 OK', 'Response')
    await page.press('Copy access token', 'Token')
    await page.sees('Copied', 'Token')
  },

  'secrets are masked, and shown on demand': async ({ page }) => {
    const look = `return getComputedStyle(find('input', 'Client secret', null)).webkitTextSecurity`
    if ((await page.ask(look)) !== 'disc') throw new Error('The secret is not masked.')
    await page.press('Reveal')
    await page.until('secret in clear', `${look} === 'none'`)
  },

  'back from elsewhere the form shows what it sends': async ({ page, servers, site }) => {
    await connect(page, servers, clients.post)
    await page.press('Get token')
    await page.sees('200 OK', 'Response')
    await page.until('end of what goes on', `return !document.body.textContent.includes('Waiting for')`)
    await page.webkit.command('POST', '/url', { url: `${site}/favicon.svg` })
    await page.back()
    await page.until('page', `return find('button', 'Get token', null) !== undefined`)
    const [secret, endpoint] = [await page.valueOf('Client secret'), await page.valueOf('Token endpoint')]
    if (endpoint !== servers.authorizationServer.tokenEndpoint)
      throw new Error(`The endpoint is ${String(endpoint)}.`)
    const kept = await page.ask(`return document.body.textContent.includes('200 OK')`)
    if (kept && secret !== clients.post.secret)
      throw new Error(`The secret is “${String(secret)}”, and another is sent.`)
    if (!kept && secret !== '') throw new Error('A page that was loaded anew has the secret.')
  },

  'as one file, from the disk, it calls http://localhost': async ({ page }) => {
    const { endpoint, close } = await http(tokenEndpoint())()
    try {
      await page.open(pathToFileURL(join(import.meta.dirname, '../../dist/playground.html')).href)
      await page.press('Get token')
      await page.sees('Decoded payload', 'Token')
      await page.select('Server', 'own')
      await page.select('Client authentication', 'client_secret_basic')
      await page.fill('Token endpoint', endpoint)
      await page.fill('Client ID', 'm2m')
      await page.fill('Client secret', 'secret')
      await page.press('Get token')
      await page.sees('an-opaque-token', 'Token')
    } finally {
      await close()
    }
  },

  'a page of https: says that http://localhost is blocked, before and after': async ({ page, servers }) => {
    await page.webkit.renew({ trusting: true })
    const host = await startStaticHost({ tls: true })
    try {
      await page.open(`https://localhost:${host.port}/`)
      await connect(page, servers, clients.post)
      await page.sees('This browser sends nothing from a page of https: to http://localhost', 'Connection')
      await page.press('Get token')
      await page.sees('This browser lets no page of https: call http://localhost', 'Connection check')
      await page.sees('they let a page of https: call this machine', 'Connection check')
    } finally {
      await host.close()
    }
  },
}

interface Client {
  readonly id: string
  readonly secret: string
  readonly method: string
}

/** The local authorization server by its endpoint alone, as that client. */
async function connect(
  page: WebKitPage,
  servers: LocalServers,
  { id, secret, method }: Client,
): Promise<void> {
  await page.select('Server', 'own')
  await page.select('Client authentication', method)
  await page.fill('Token endpoint', servers.authorizationServer.tokenEndpoint)
  await page.fill('Client ID', id)
  await page.fill('Client secret', secret)
  await page.fill('Scope', 'read')
}
