import { chromium, type Browser } from '@playwright/test'
import { ensureBrowsers, launchOf } from '../browser.ts'

/** The browser that the tests use, without the errands that would disturb a measurement. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...launchOf(ensureBrowsers().full),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}
