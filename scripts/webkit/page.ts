import { until, type WebKit } from './driver.ts'

/** Finds what is seen, by its accessible name as far as this page makes such names: from labels, texts and headings. */
const finders = `
  const clean = (text) => (text ?? '').replace(/\\s+/g, ' ').trim()
  const seen = (element) => element.checkVisibility({ visibilityProperty: true })
  const nameOf = (element) =>
    clean(element.getAttribute('aria-label')) ||
    clean(document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent) ||
    clean(element.labels?.[0]?.textContent) || clean(element.textContent)
  const within = (region) => region === null ? document
    : [...document.querySelectorAll('section, [role=region], aside')].find((one) => nameOf(one) === region) ?? null
  const find = (selector, name, region) =>
    [...(within(region)?.querySelectorAll(selector) ?? [])].find((element) =>
      seen(element) && (nameOf(element) === name || (name.endsWith('…') && nameOf(element).startsWith(name.slice(0, -1)))))
`
const fields = 'input, select, textarea'
const buttons = 'button, summary'
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/** The page as a user has it in WebKit: clicks and keys are the browser's own. A name may end in … for what follows. */
export class WebKitPage {
  readonly webkit: WebKit

  constructor(webkit: WebKit) {
    this.webkit = webkit
  }

  async open(url: string): Promise<void> {
    await this.webkit.command('POST', '/url', { url })
    await this.until('the form', `return !document.querySelector('.meanwhile') && document.body !== null`)
  }

  async back(): Promise<void> {
    await this.webkit.command('POST', '/back', {})
  }

  async press(name: string, region: string | null = null): Promise<void> {
    const id = await this.#element(buttons, name, region)
    await this.webkit.command('POST', `/element/${id}/click`, {})
  }

  async fill(label: string, text: string, region: string | null = null): Promise<void> {
    const id = await this.#element(fields, label, region)
    await this.webkit.run('arguments[0].focus(); arguments[0].select()', { [elementKey]: id })
    // U+E003 is Backspace. @see https://www.w3.org/TR/webdriver2/#keyboard-actions
    await this.webkit.command('POST', `/element/${id}/value`, { text: text === '' ? '\uE003' : text })
  }

  /** By a script: the list that a select opens is a window of its own here. */
  async select(label: string, value: string, region: string | null = null): Promise<void> {
    const id = await this.#element(fields, label, region)
    await this.webkit.run(
      `arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))`,
      { [elementKey]: id },
      value,
    )
  }

  async check(label: string): Promise<void> {
    const id = await this.#element(fields, label, null)
    await this.webkit.command('POST', `/element/${id}/click`, {})
  }

  async resize(width: number, height: number): Promise<void> {
    await this.webkit.command('POST', '/window/rect', { width, height })
    await this.until('window of that size', 'return innerWidth <= arguments[0] + 60', width)
  }

  /** One key, as WebDriver names it. @see https://www.w3.org/TR/webdriver2/#keyboard-actions */
  async key(value: string): Promise<void> {
    const actions = [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]
    await this.webkit.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  valueOf(label: string, region: string | null = null): Promise<unknown> {
    return this.#ask(`return find('${fields}', arguments[0], arguments[1])?.value ?? null`, label, region)
  }

  /** Whether there is such a button, and it can be pressed. */
  canPress(name: string, region: string | null = null): Promise<unknown> {
    return this.#ask(
      `const button = find('${buttons}', arguments[0], arguments[1])
       return button !== undefined && button.getAttribute('aria-disabled') !== 'true' && !button.disabled`,
      name,
      region,
    )
  }

  /** Waits until the region, or the page, has that text. */
  async sees(text: string, region: string | null = null): Promise<void> {
    await this.until(
      `“${text}” in ${region ?? 'the page'}`,
      `return clean((within(arguments[1])?.body ?? within(arguments[1]))?.textContent).includes(arguments[0])`,
      text,
      region,
    )
  }

  /** Waits until a script returns what counts as true; it may use `find`, `within`, `nameOf` and `clean`. */
  async until(what: string, script: string, ...args: readonly unknown[]): Promise<void> {
    await until(() => this.#ask(script, ...args)).catch((error: unknown) => {
      throw new Error(`There is no ${what}.`, { cause: error })
    })
  }

  ask(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#ask(script, ...args)
  }

  async #element(selector: string, name: string, region: string | null): Promise<string> {
    await this.until(
      `“${name}”`,
      `return find('${selector}', arguments[0], arguments[1]) !== undefined`,
      name,
      region,
    )
    // In the middle nothing that is fixed to an edge lies over it.
    const element = (await this.#ask(
      `const element = find('${selector}', arguments[0], arguments[1])
       element.scrollIntoView({ block: 'center' })
       return element`,
      name,
      region,
    )) as Record<string, string>
    return element[elementKey] ?? ''
  }

  #ask(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.webkit.run(`${finders}\n${script}`, ...args)
  }
}
