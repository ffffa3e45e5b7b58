import type { Locator, Page } from '@playwright/test'

interface Connection {
  readonly endpoint?: string
  readonly id?: string
  readonly secret?: string
  readonly method?: 'client_secret_basic' | 'client_secret_post' | 'none'
  readonly encoding?: 'form' | 'strict' | 'raw'
  readonly scope?: string
}

/** The page by its accessible names, as a person or a screen reader finds things. */
export class PlaygroundPage {
  readonly request: Locator
  readonly response: Locator
  readonly token: Locator
  readonly rawRequest: Locator
  readonly rawResponse: Locator
  readonly getToken: Locator

  constructor(readonly page: Page) {
    const region = (name: string) => page.getByRole('region', { name, exact: true })
    this.request = region('Request')
    this.response = region('Response')
    this.token = region('Token')
    this.rawRequest = page.getByLabel('Raw request', { exact: true })
    this.rawResponse = page.getByLabel('Raw response', { exact: true })
    this.getToken = page.getByRole('button', { name: 'Get token' })
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  async choose(server: 'practice' | 'local' | 'simpleidserver' | 'own'): Promise<void> {
    await this.field('Server').selectOption(server)
  }

  async connect({ endpoint, id, secret, method, encoding, scope }: Connection): Promise<void> {
    if (method !== undefined) await this.field('Client authentication').selectOption(method)
    if (encoding !== undefined) await this.field('Encoding in the header').selectOption(encoding)
    if (endpoint !== undefined) await this.field('Token endpoint').fill(endpoint)
    if (id !== undefined) await this.field('Client ID').fill(id)
    if (secret !== undefined) await this.field('Client secret').fill(secret)
    if (scope !== undefined) await this.field('Scope').fill(scope)
  }

  /** Your own server at that address, with the seed's client. */
  async connectTo(endpoint: string, connection: Connection = {}): Promise<void> {
    await this.choose('own')
    await this.connect({ id: 'm2m', secret: 'password', scope: 'read', ...connection, endpoint })
  }

  async showSecrets(): Promise<void> {
    await this.page.getByRole('button', { name: 'Show secrets' }).click()
  }

  async openHistory(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^History/ }).click()
    return this.page.getByRole('region', { name: 'History' })
  }
}
