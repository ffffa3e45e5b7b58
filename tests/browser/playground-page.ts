import type { Locator, Page } from '@playwright/test'
import type { AuthMethod } from '../../src/lib/oauth/config/auth-methods.ts'

interface Connection {
  /** The issuer identifier, as typed to find the server by. */
  readonly issuer?: string
  readonly endpoint?: string
  readonly id?: string
  readonly secret?: string
  readonly method?: AuthMethod
  readonly encoding?: 'form' | 'strict' | 'raw'
  readonly scope?: string
}

/** Where the page at `/` keeps its settings, in `localStorage`. */
export const storageKey = 'client-credentials-playground /'

/** The page by its accessible names, as a user or a screen reader finds things. */
export class PlaygroundPage {
  readonly connection: Locator
  readonly request: Locator
  readonly response: Locator
  readonly token: Locator
  readonly rawRequest: Locator
  readonly rawResponse: Locator
  readonly getToken: Locator
  /** In the panel of the token: whether a key signed it, and what else can be said of it. */
  readonly verification: Locator
  readonly checks: Locator
  /** Why a request was refused: where it stopped, what remains as a cause, and what to try. */
  readonly stoppedAt: Locator
  readonly causes: Locator
  readonly fixes: Locator

  constructor(readonly page: Page) {
    const region = (name: string) => page.getByRole('region', { name, exact: true })
    this.connection = region('Connection')
    this.request = region('Request')
    this.response = region('Response')
    this.token = region('Token')
    this.verification = region('Verification')
    this.checks = region('Checks')
    const list = (name: string | RegExp) => this.response.getByRole('list', { name })
    this.stoppedAt = list('How far it got').getByRole('listitem').filter({ hasText: 'stopped here' })
    this.causes = list(/^(Cause|Likely causes?|Possible causes)\b/).getByRole('listitem')
    this.fixes = list('What to try').getByRole('listitem')
    this.rawRequest = page.getByLabel('Raw request', { exact: true })
    this.rawResponse = page.getByLabel('Raw response', { exact: true })
    this.getToken = page.getByRole('button', { name: 'Get token' })
  }

  /** The heading of the card: the cause if one is certain or likely, else the code of the server. */
  heading(name: string): Locator {
    return this.response.getByRole('heading', { name, exact: true })
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  /** A server by its id; what the user saved is known by its name only, as `{ label }`. */
  async choose(server: string | { readonly label: string }): Promise<void> {
    await this.field('Server').selectOption(server)
  }

  async connect({ issuer, endpoint, id, secret, method, encoding, scope }: Connection): Promise<void> {
    if (issuer !== undefined) await this.field('Issuer or discovery URL').fill(issuer)
    if (method !== undefined) await this.field('Client authentication').selectOption(method)
    if (encoding !== undefined) {
      await this.unfold('Basic encoding')
      await this.field('Encoding in the header').selectOption(encoding)
    }
    if (endpoint !== undefined) await this.field('Token endpoint').fill(endpoint)
    if (id !== undefined) await this.field('Client ID').fill(id)
    if (secret !== undefined) await this.field('Client secret').fill(secret)
    if (scope !== undefined) await this.field('Scope').fill(scope)
  }

  /** Your own server at that address, with the seed's client; its secret if the method has one. */
  async connectTo(endpoint: string, connection: Connection = {}): Promise<void> {
    const { method = 'client_secret_post' } = connection
    const secret = method.startsWith('client_secret_') ? { secret: 'password' } : {}
    await this.choose('own')
    await this.connect({ id: 'm2m', ...secret, scope: 'read', ...connection, endpoint })
  }

  /** A fold of the form by what its summary has, opened unless it is. */
  async unfold(name: string): Promise<Locator> {
    const summary = this.connection.locator('summary').filter({ hasText: name })
    const fold = summary.locator('..')
    if ((await fold.getAttribute('open')) === null) await summary.click()
    return fold
  }

  /** Types what to find a server by, and finds it. */
  async find(issuer: string): Promise<void> {
    await this.field('Issuer or discovery URL').fill(issuer)
    await this.page.getByRole('button', { name: 'Find', exact: true }).click()
  }

  async showSecrets(): Promise<void> {
    await this.page.getByRole('button', { name: 'Show secrets' }).click()
  }

  /** The rest of Use the token, opened unless it is. */
  async openMore(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'More ways to use the token' })
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
  }

  /** Opens the field for a token from elsewhere, and fills it. */
  async pasteToken(text: string): Promise<void> {
    const button = this.token.getByRole('button', { name: 'Paste', exact: true })
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
    await this.field('Paste a token').fill(text)
  }

  /** Shows the request to be sent next, by the last step of the strip. */
  async lookAtNext(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Exchanges' })
      .getByRole('button', { name: /^Next/ })
      .click()
  }

  /** Shows the exchange of that number, by its step of the strip. */
  async lookAt(id: number): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Exchanges' })
      .getByRole('button', { name: new RegExp(`^${id} `) })
      .click()
  }

  async openHistory(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^History/ }).click()
    return this.page.getByRole('region', { name: 'History' })
  }

  /** The drawer with the keys, opened unless it is. */
  async openKeys(): Promise<Locator> {
    const keys = this.page.getByRole('region', { name: 'Keys', exact: true })
    if (await keys.isHidden()) await this.page.getByRole('button', { name: /^Keys \d/ }).click()
    return keys
  }

  /** Imports a private key through the drawer, which stays open; `alg` for keys that leave a choice. */
  async importKey(text: string, alg?: string): Promise<Locator> {
    const keys = await this.openKeys()
    const group = keys.getByRole('group', { name: 'Import a private key' })
    await group.getByRole('textbox').fill(text)
    await group.getByRole('button', { name: 'Import key' }).click()
    if (alg !== undefined) await group.getByRole('button', { name: alg, exact: true }).click()
    return group.getByRole('status')
  }

  /** A part of a JWT in the request on screen, such as `client_assertion header`, as it reads now. */
  async signedPart(name: string): Promise<Record<string, unknown>> {
    return JSON.parse((await this.field(name).textContent()) ?? '') as Record<string, unknown>
  }
}
