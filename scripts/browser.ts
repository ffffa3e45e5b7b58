import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Where a browser was found; `executablePath` is left out for Playwright's own, which it finds itself. */
export interface Browser {
  readonly name: string
  readonly executablePath?: string
}

const system = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
)

/** The browser to test with: the one that is named, Playwright's own, the system's. */
export function findBrowser(): Browser | undefined {
  const named = process.env['CHROME_BIN']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME_BIN is ${named}, but there is no such file.`)
    return { name: `${named} (CHROME_BIN)`, executablePath: named }
  }
  if (existsSync(chromium.executablePath())) return { name: 'Playwright’s Chromium' }
  const found = system.find((path) => existsSync(path))
  return found === undefined ? undefined : { name: found, executablePath: found }
}

/** Finds a browser or installs one. Throws with the one command to run where it can do neither. */
export function ensureBrowser(): Browser {
  for (const install of [undefined, installPlaywrights, installDebians]) {
    install?.()
    const browser = findBrowser()
    if (browser !== undefined) return browser
  }
  throw new Error(
    isRoot()
      ? 'No Chromium was found, and none could be installed. Install one and name it: CHROME_BIN=/path/to/chromium npm test'
      : 'No Chromium was found, and none could be downloaded. Install one: sudo npx playwright install --with-deps chromium',
  )
}

const isRoot = () => process.getuid?.() === 0

function installPlaywrights(): void {
  // Without root, --with-deps would ask for a password.
  const withDependencies = isRoot() ? ['--with-deps'] : []
  run('npx', ['playwright', 'install', ...withDependencies, 'chromium'])
}

function installDebians(): void {
  if (!isRoot() || !existsSync('/etc/debian_version')) return
  if (run('apt-get', ['update'])) run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
}

function run(command: string, options: string[]): boolean {
  console.log(`No browser yet: ${command} ${options.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, options, { stdio: 'inherit', env }).status === 0
}
