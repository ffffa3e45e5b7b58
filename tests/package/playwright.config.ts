import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

const [light] = (base.projects ?? []).filter(({ name }) => name === 'light')

/** `npm run test:package`: what `npm pack` made, installed in a folder of its own. Not a part of `npm test`. */
export default defineConfig({
  ...base,
  testDir: '.',
  globalSetup: '../browser/global-setup.ts',
  outputDir: '../../test-results/package',
  workers: 2,
  forbidOnly: true,
  projects: [{ name: 'package', use: light?.use ?? {} }],
})
