import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

const [full] = (base.projects ?? []).filter(({ name }) => name === 'full')

/** `npm run test:real`: one server at a time, in the browser that people use. Not a part of `npm test`. */
export default defineConfig({
  ...base,
  testDir: '.',
  globalSetup: '../browser/global-setup.ts',
  outputDir: '../../test-results/real',
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  projects: [{ name: 'real', use: full?.use ?? {} }],
})
