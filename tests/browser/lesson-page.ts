import { expect, type Locator, type Page } from '@playwright/test'
import { PlaygroundPage } from './playground-page.ts'

/** A page with a lesson, worked by the names of its buttons and fields. */
export class LessonPage extends PlaygroundPage {
  readonly lesson: Locator
  readonly #exchanges: Locator
  #now = Date.now()

  constructor(page: Page) {
    super(page)
    this.lesson = page.getByRole('region', { name: 'Lesson', exact: true })
    this.#exchanges = page
      .getByRole('navigation', { name: 'Exchanges' })
      .locator('[data-step]:not([data-step="next"])')
  }

  /** Begins a lesson out of the list. */
  async begin(title: string): Promise<void> {
    await this.click('Lessons')
    const list = this.page.getByRole('region', { name: 'Lessons', exact: true })
    await list.getByRole('button', { name: title }).click()
    await expect(this.lesson.getByRole('heading', { name: title, exact: true })).toBeVisible()
  }

  /** Presses a button of that name. */
  async click(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
  }

  /** Presses buttons, each of which sends one request. */
  async press(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.#sends(1, name)
  }

  /** “Get token”, which sends a second request with the nonce of the first response. */
  async getTokenWithNonce(): Promise<void> {
    await this.#sends(2, 'Get token')
  }

  async #sends(count: number, name: string): Promise<void> {
    const before = await this.#exchanges.count()
    await this.click(name)
    await expect(this.#exchanges).toHaveCount(before + count)
  }

  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text)
  }

  async select(label: string, option: string): Promise<void> {
    await this.field(label).selectOption({ label: option })
  }

  /** “Call API”, with the token presented so. */
  async callWith(presentation: string): Promise<void> {
    await this.select('Present the token', presentation)
    await this.press('Call API')
  }

  /** “Call API” with a proof, which may be wrong on purpose. */
  async callWithProof(proof: string): Promise<void> {
    await this.select('Present the token', 'DPoP, with a proof')
    await this.openMore()
    await this.select('Proof of the call', proof)
    await this.press('Call API')
  }

  /** A button of “Ready to call”. */
  async ready(name: string): Promise<void> {
    await this.openMore()
    await this.page
      .getByRole('group', { name: 'Ready to call' })
      .getByRole('button', { name, exact: true })
      .click()
  }

  /** A button of “Clients to try here”, which fills in that client. */
  async useClient(id: string): Promise<void> {
    await this.unfold('Clients to try here')
    await this.click(id)
    await expect(this.field('Client ID')).toHaveValue(id)
  }

  /** “Generate” below Signing key, and “Register this key”. */
  async registerKey(): Promise<void> {
    await this.connection.getByRole('button', { name: 'Generate', exact: true }).first().click()
    await expect(this.field('Signing key')).not.toHaveValue('')
    await this.press('Register this key')
  }

  /** A parameter besides those of the form. */
  async addParameter(name: string, value: string): Promise<void> {
    await this.unfold('Resource, audience, RAR, more')
    await this.click('Add a parameter')
    await this.fill('Name of parameter 1', name)
    await this.fill('Value of parameter 1', value)
  }

  /** The value of a claim, as the decoded payload shows it; a list of one is its member. */
  async claim(name: string): Promise<string> {
    const payload = this.page.getByLabel('Decoded payload as JSON')
    await expect(payload).toContainText(`"${name}"`)
    const [, value = ''] =
      new RegExp(`"${name}": \\[?\\s*"?([^",\\n]+)`).exec((await payload.textContent()) ?? '') ?? []
    return value
  }

  /** Enters what was found, at the step of that label. */
  async enter(step: string, text: string): Promise<void> {
    const item = this.lesson.getByRole('listitem').filter({ hasText: step })
    await item.getByRole('textbox').fill(text)
    await item.getByRole('button', { name: 'Check' }).click()
  }

  /** The number of the newest exchange. */
  async newest(): Promise<number> {
    return this.#exchanges.count()
  }

  /** Time goes by, and by hand alone: a busy machine lets a token of seconds expire early. */
  async wait(seconds: number): Promise<void> {
    this.#now += seconds * 1000
    await this.page.clock.setFixedTime(this.#now)
  }
}
