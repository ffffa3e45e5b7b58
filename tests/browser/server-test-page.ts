import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures.ts'

interface ReportFile {
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly found: string }[]
}

/** The region `Server test`, worked by its names. */
export class ServerTestPage {
  readonly region: Locator
  readonly rule: Locator

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Server test', exact: true })
    this.rule = this.region.getByRole('article', { name: 'Selected rule' })
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Test this server', exact: true }).click()
    await expect(this.button('Start the test')).toBeVisible()
  }

  /** Starts a test, and waits for its report. */
  async run(): Promise<void> {
    await this.button('Start the test').click()
    await this.over()
  }

  /** Waits for the report. */
  async over(): Promise<void> {
    await expect(this.rule).toBeVisible({ timeout: 90_000 })
  }

  /** A rule of the report by its title. */
  line(title: string): Locator {
    return this.region.getByRole('listitem').getByRole('button').filter({ hasText: title })
  }

  async saved(format: 'JSON' | 'Markdown' | 'JUnit'): Promise<string> {
    const button = this.button(`Save as ${format}`)
    if (!(await button.isVisible())) await this.region.getByText('Take it along, or compare').click()
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()])
    return readFile(await download.path(), 'utf8')
  }

  async report(): Promise<ReportFile> {
    const report = JSON.parse(await this.saved('JSON')) as ReportFile
    expect(report.checks.length).toBeGreaterThan(130)
    return report
  }

  /** The verdicts that are not ok, by id: a group of which nothing was tried is one entry, by its prefix. */
  async notOk(): Promise<Readonly<Record<string, string>>> {
    const { checks } = await this.report()
    const verdicts = checks.filter(({ verdict }) => verdict !== 'ok').map(({ id, verdict }) => [id, verdict])
    const untried = ['assertion-', 'dpop-', 'api-dpop-', 'jwt-', 'revoke-'].filter((prefix) =>
      checks.filter(({ id }) => id.startsWith(prefix)).every(({ verdict }) => verdict === 'skipped'),
    )
    const others = verdicts.filter(([id = '']) => !untried.some((prefix) => id.startsWith(prefix)))
    return Object.fromEntries([...others, ...untried.map((prefix) => [`${prefix}*`, 'skipped'])]) as Record<
      string,
      string
    >
  }
}
