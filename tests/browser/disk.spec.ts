import { chromium, expect, test } from '@playwright/test'
import { findBrowsers } from '../../scripts/browser.ts'
import { secretsOnDisk } from '../../scripts/disk/verdict.ts'

// Firefox: npm run test:disk firefox
test('no secret is on the disk once the browser is closed, and what is kept is @full', async () => {
  test.setTimeout(90_000)
  const { notFound, leaked } = await secretsOnDisk(
    'chromium',
    findBrowsers()?.full.executablePath ?? chromium.executablePath(),
  )
  expect(notFound, 'what the search has to find').toEqual([])
  expect(leaked).toEqual([])
})
