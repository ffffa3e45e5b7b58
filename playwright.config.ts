import { defineConfig, devices } from '@playwright/test'
import { findBrowsers, launchOf, type Browser } from './scripts/browser.ts'

const browsers = findBrowsers()
const inContinuousIntegration = Boolean(process.env['CI'])

const args = [
  // The browser’s own errands (updates, models, the password leak check) stay at home ...
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // A page is gone before code that was optimised is worth it: a tenth of the browser’s work.
  '--js-flags=--no-opt --no-maglev',
  // ... and whatever else asks for a name beyond this machine learns that there is none, but for this machine’s name in a LAN.
  '--host-resolver-rules=MAP lan.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
]

const launch = (browser: Browser | undefined) => ({
  launchOptions: { ...(browser && launchOf(browser)), args },
})

const waiting = /@waits|relay\.spec\.ts/

export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/browser/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 4,
  retries: 0,
  forbidOnly: inContinuousIntegration,
  reporter: 'list',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    actionTimeout: 10_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    // A page is what the build made, and not what a test before left in a cache; the tests of the worker allow it.
    serviceWorkers: process.env['TEST_WORKER'] === undefined ? 'block' : 'allow',
  },
  projects: [
    // Tests that mostly wait run alongside those that compute; so does the build of the page with the relay.
    { name: 'waiting', grep: waiting, workers: 2, use: launch(browsers?.light) },
    { name: 'light', grepInvert: [waiting, /@full/], workers: 3, use: launch(browsers?.light) },
    // Permissions, the clipboard and the local network: the headless shell has other rules.
    { name: 'full', grep: /@full/, workers: 1, use: launch(browsers?.full) },
  ],
})
