import { chromium, type Browser } from '@playwright/test'
import { ensureBrowser } from '../browser.ts'

/** The browser that the tests use, without the errands that would disturb a measurement. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath } = ensureBrowser()
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}
