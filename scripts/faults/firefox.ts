import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const system = ['firefox-esr', 'firefox'].map((name) => `/usr/bin/${name}`)

/** The Firefox to test with: the one that is named, or the system's. */
function findFirefox(): string | undefined {
  const named = process.env['FIREFOX_BIN']
  if (named === undefined || named === '') return system.find((path) => existsSync(path))
  if (!existsSync(named)) throw new Error(`FIREFOX_BIN is ${named}, but there is no such file.`)
  return named
}

/** Finds a Firefox or, as root on Debian and its like, installs one. Throws with what to do if it can do neither. */
export function ensureFirefox(): string {
  const found = findFirefox() ?? (installDebians() ? findFirefox() : undefined)
  if (found !== undefined) return found
  throw new Error(
    'No Firefox was found. Install one (on Debian: sudo apt-get install firefox-esr) or name it: FIREFOX_BIN=/path/to/firefox npm run test:faults firefox',
  )
}

function installDebians(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false
  return (
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'firefox-esr'])
  )
}

function run(command: string, options: readonly string[]): boolean {
  console.log(`No Firefox yet: ${command} ${options.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, options, { stdio: 'inherit', env }).status === 0
}
