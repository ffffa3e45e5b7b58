import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Where a browser was found; `executablePath` is left out for Playwright's own, which it finds itself. */
export interface Browser {
  readonly name: string
  readonly executablePath?: string
  readonly channel?: 'chromium'
}

/** The browsers to test with, which may be the same. */
export interface Browsers {
  /** The headless shell if there is one: half the work, but without prompts, permissions and the like. */
  readonly light: Browser
  /** What people use. */
  readonly full: Browser
}

const shells = ['/usr/bin/chromium-headless-shell']
const system = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
)

/** The browsers to test with: the one that is named, Playwright's own, the system's. */
export function findBrowsers(): Browsers | undefined {
  const named = process.env['CHROME_BIN']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME_BIN is ${named}, but there is no such file.`)
    const browser = { name: `${named} (CHROME_BIN)`, executablePath: named }
    return { light: browser, full: browser }
  }
  const ownFull = chromium.executablePath()
  const [ownFolder = ''] = /^.*[\\/]chromium-\d+/.exec(ownFull) ?? []
  const ownShell = ownFolder.replace(/chromium-(\d+)$/, 'chromium_headless_shell-$1')

  const light =
    ownFolder !== '' && existsSync(ownShell) ? { name: 'Playwright’s headless shell' } : at(shells)
  const full = existsSync(ownFull)
    ? { name: 'Playwright’s Chromium', channel: 'chromium' as const }
    : at(system)
  if (light) return { light, full: full ?? light }
  return full && { light: full, full }
}

function at(paths: readonly string[]): Browser | undefined {
  const found = paths.find((path) => existsSync(path))
  return found === undefined ? undefined : { name: found, executablePath: found }
}

/** Finds browsers or installs them. Throws with the one command to run if it can do neither. */
export function ensureBrowsers(): Browsers {
  for (const install of [undefined, installPlaywrights, installDebians]) {
    install?.()
    const browsers = findBrowsers()
    if (browsers !== undefined) return browsers
  }
  throw new Error(
    isRoot()
      ? 'No Chromium was found, and none could be installed. Install one and name it: CHROME_BIN=/path/to/chromium npm test'
      : 'No Chromium was found, and none could be downloaded. Install one: sudo npx playwright install --with-deps chromium',
  )
}

/** How Playwright launches it. */
export const launchOf = ({ executablePath, channel }: Browser) => ({
  ...(executablePath !== undefined && { executablePath }),
  ...(channel !== undefined && { channel }),
})

const isRoot = () => process.getuid?.() === 0

/** Chromium and its headless shell. */
function installPlaywrights(): void {
  // Without root, --with-deps would ask for a password.
  const withDependencies = isRoot() ? ['--with-deps'] : []
  run('npx', ['playwright', 'install', ...withDependencies, 'chromium'])
}

function installDebians(): void {
  if (!isRoot() || !existsSync('/etc/debian_version')) return
  if (!run('apt-get', ['update'])) return
  const install = ['install', '-y', '--no-install-recommends']
  // Not every release has the shell.
  if (run('apt-get', [...install, 'chromium'])) run('apt-get', [...install, 'chromium-headless-shell'])
}

function run(command: string, options: string[]): boolean {
  console.log(`No browser yet: ${command} ${options.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, options, { stdio: 'inherit', env }).status === 0
}
