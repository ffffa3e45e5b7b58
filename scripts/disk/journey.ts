import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { listenOnLoopback } from '../../tests/servers/loopback.ts'
import { fill, named, select, timeout, tokenIn } from '../faults/firefox-page.ts'
import { startSite } from '../site.ts'

/** What was given to the page, by what it is. */
interface Typed {
  /** The search has to find these: where the page was, and what it keeps in `localStorage`. */
  readonly kept: Readonly<Record<'address' | 'client ID', string>>
  /** The search must not find these. */
  readonly secret: Readonly<Record<string, string>>
}

/** With the private key as it is imported, of which the search looks for the secret member. */
interface Planned extends Typed {
  readonly jwk: string
}

export type Kind = 'chromium' | 'firefox'

/** What a browser does by default, where puppeteer has it do something else. */
const asUsual = {
  'browser.sessionstore.resume_from_crash': true,
  'browser.sessionstore.interval': 500,
  'signon.rememberSignons': true,
  'browser.formfill.enable': true,
}

/**
 * Types a secret of every kind into the page, in a browser with that profile, leaves some of them there, and goes to
 * another page. The browser is closed afterwards.
 */
export async function typeSecrets(kind: Kind, executablePath: string, profile: string): Promise<Typed> {
  const typed = newSecrets()
  const server = await startServer(typed.secret['access token'] ?? '')
  const site = await startSite(0)
  const browser = await launch({
    browser: kind === 'firefox' ? 'firefox' : 'chrome',
    executablePath,
    userDataDir: profile,
    headless: true,
    ...(kind === 'firefox' ? { extraPrefsFirefox: asUsual } : { args: ['--no-sandbox'] }),
  })
  try {
    await visit(browser, `${site.origin}/?${typed.kept.address}`, server.origin, typed)
  } finally {
    await browser.close()
    await Promise.all([site.close(), server.close()])
  }
  return typed
}

function newSecrets(): Planned {
  const word = (): string => randomBytes(12).toString('hex')
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const token = ['{"alg":"ES256","typ":"at+jwt"}', `{"iss":"https://as.example","jti":"${word()}"}`, word()]
  return {
    jwk: JSON.stringify(jwk),
    kept: { address: `visited-${word()}`, 'client ID': `client-${word()}` },
    secret: {
      'client secret': `s3cret+${word()}/é`,
      'X-Api-Key': `key/${word()}`,
      'value of a parameter': `password+${word()}`,
      'header of the API call': `api-${word()}`,
      'access token': `issued-${word()}`,
      'pasted token': token.map((part) => Buffer.from(part).toString('base64url')).join('.'),
      'imported key': String(jwk.d),
      'key that was not imported': pemOf(other),
      'initial access token': `initial-${word()}`,
    },
  }
}

/** In one line, as people have it in environment variables. */
const pemOf = (key: ReturnType<typeof generateKeyPairSync>['privateKey']): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n').slice(1, -2).join('')

/** Issues a token to everybody, accepts no registration without a token, and is a page besides. */
async function startServer(token: string) {
  const listener = await listenOnLoopback()
  const { origin } = listener
  const metadata = {
    issuer: origin,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
  }
  const bodies: Readonly<Record<string, object>> = {
    '/.well-known/oauth-authorization-server': metadata,
    '/token': { access_token: token, token_type: 'Bearer', expires_in: 600 },
    '/register': { error: 'invalid_token' },
  }
  listener.serve((request, response) => {
    const body = bodies[request.url ?? '']
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, authorization')
    response.setHeader('Content-Type', body ? 'application/json' : 'text/html')
    response.statusCode = request.method === 'OPTIONS' ? 204 : request.url === '/register' ? 401 : 200
    response.end(body ? JSON.stringify(body) : '<title>Elsewhere</title>')
  })
  return listener
}

async function visit(
  browser: Browser,
  site: string,
  server: string,
  { kept, secret, jwk }: Planned,
): Promise<void> {
  const of = (name: string): string => secret[name] ?? ''
  const page = await browser.newPage()
  await page.goto(site)
  await select(page, 'Server', 'own')
  await fill(page, 'Issuer or discovery URL', server)
  await press(page, 'Find')
  await page.waitForFunction(() => document.body.textContent.includes('✓ Metadata'), { timeout })
  await fill(page, 'Client ID', kept['client ID'])
  await select(page, 'Client authentication', 'client_secret_basic')
  await fill(page, 'Client secret', of('client secret'))
  await unfold(page, 'Resource, audience, RAR, more')
  await entry(page, 'header', 'X-Api-Key', of('X-Api-Key'))
  await entry(page, 'parameter', 'password', of('value of a parameter'))
  await press(page, 'Get token')
  await tokenIn(page)
  await press(page, 'More ways to use the token')
  await entry(page, 'call header', 'X-Api-Key', of('header of the API call'))
  await press(page, 'Paste')
  await type(page, '[aria-label="Paste a token"]', of('pasted token'))
  await importKey(page, jwk, of('key that was not imported'))
  await select(page, 'Client authentication', 'private_key_jwt')
  await press(page, 'Generate')
  await press(page, 'Register this key')
  await page.waitForFunction(() => document.body.textContent.includes('It demands an initial access token'))
  await fill(page, 'Initial access token', of('initial access token'))
  await select(page, 'Client authentication', 'client_secret_basic')
  // What a page has in its fields is written down when it is left.
  await page.goto(`${server}/elsewhere`)
  await page.close()
}

async function unfold(page: Page, name: string): Promise<void> {
  const opened = await page.waitForFunction(
    (name) => {
      const summary = [...document.querySelectorAll('summary')].find(({ textContent }) =>
        textContent.includes(name),
      )
      if (summary && !summary.parentElement?.hasAttribute('open')) summary.click()
      return summary !== undefined
    },
    { timeout },
    name,
  )
  await opened.dispose()
}

/** A name and a value, in a list of such. */
async function entry(page: Page, one: string, name: string, value: string): Promise<void> {
  await press(page, `Add a ${one}`)
  await type(page, `[aria-label="Name of ${one} 1"]`, name)
  await type(page, `[aria-label="Value of ${one} 1"]`, value)
}

const type = (page: Page, selector: string, text: string): Promise<void> =>
  page.locator(selector).setTimeout(timeout).fill(text)

/** Imports one key, and leaves another in the field. */
async function importKey(page: Page, jwk: string, left: string): Promise<void> {
  await page.click('[popovertarget=keys]')
  const field = '#keys fieldset textarea'
  await type(page, field, jwk)
  await press(page, 'Import key')
  await page.waitForFunction(() => document.querySelector('#keys')?.textContent.includes('Imported: ES256'), {
    timeout,
  })
  await type(page, field, left)
  await page.keyboard.press('Escape')
}

/** By a script: what is scrolled to, or lies over it, is no matter here. */
async function press(page: Page, name: string): Promise<void> {
  const button = await page.waitForSelector(named(name, 'button'), { timeout })
  await button?.evaluate((element) => {
    if (element instanceof HTMLElement) element.click()
  })
}
