import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'

const programs = {
  driver: '/usr/bin/WebKitWebDriver',
  screen: '/usr/bin/Xvfb',
  bus: '/usr/bin/dbus-run-session',
}

/** In the folder of the library, by the architecture and the version of its interface. */
const browsers = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((folder) =>
  ['4.1', '6.0', '4.0'].map(
    (version) => `/usr/lib/${folder}/webkit${version === '6.0' ? 'gtk' : '2gtk'}-${version}/MiniBrowser`,
  ),
)

/** A browser under test, by WebDriver. @see https://www.w3.org/TR/webdriver2/ */
export interface WebKit {
  /** Its name and version. */
  readonly name: string
  /** Sends a command of WebDriver to the session. Throws what the driver says, if it refuses. */
  command(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** Runs the body of a function in the page, and gives what it returns. */
  run(script: string, ...args: readonly unknown[]): Promise<unknown>
  /** A new session, with nothing of the one before it. */
  renew(options?: { readonly trusting?: boolean }): Promise<void>
  close(): Promise<void>
}

/** What to install, as a sentence; `null` if all is there. */
export function whatIsMissing(exists: (path: string) => boolean = existsSync): string | null {
  const missing = Object.values(programs).filter((path) => !exists(path))
  if (!browsers.some(exists)) missing.push('MiniBrowser')
  return missing.length === 0
    ? null
    : `WebKitGTK and what drives it are not installed (not found: ${missing.join(', ')}). On Debian, as root: apt-get install --no-install-recommends webkit2gtk-driver xvfb dbus`
}

/** Starts WebKitGTK on a screen of its own. Throws with what to install if that is not there. */
export async function startWebKit(): Promise<WebKit> {
  const missing = whatIsMissing()
  if (missing !== null) throw new Error(missing)
  const browser = browsers.find((path) => existsSync(path))
  const [display, port] = [await startScreen(), await freePort()]
  const driver = start(
    programs.bus,
    ['--', programs.driver, `--port=${port}`, '--host=127.0.0.1', '--replace-on-new-session'],
    {
      DISPLAY: `:${display.number}`,
    },
  )
  const base = `http://127.0.0.1:${port}`
  let session = ''
  let name = ''

  const command: WebKit['command'] = (method, path, body) =>
    call(`${base}/session/${session}${path}`, method, body)
  const end = async (): Promise<void> => {
    if (session !== '') await command('DELETE', '')
    session = ''
  }
  const renew: WebKit['renew'] = async ({ trusting = false } = {}) => {
    await end()
    const alwaysMatch = {
      acceptInsecureCerts: trusting,
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    }
    const made = (await call(`${base}/session`, 'POST', { capabilities: { alwaysMatch } })) as {
      sessionId: string
      capabilities: { browserName: string; browserVersion: string }
    }
    session = made.sessionId
    name = `${made.capabilities.browserName} ${made.capabilities.browserVersion}`
    // The screen has no window manager that would do it.
    await command('POST', '/window/rect', { x: 0, y: 0, width: 1300, height: 900 })
  }
  const close = async (): Promise<void> => {
    await end().catch(() => undefined)
    stop(driver)
    stop(display.process)
  }
  try {
    await until(() => fetch(`${base}/status`).then(({ ok }) => ok))
    await renew()
  } catch (error) {
    await close()
    throw error
  }
  return {
    get name() {
      return name
    },
    command,
    run: (script, ...args) => command('POST', '/execute/sync', { script, args }),
    renew,
    close,
  }
}

async function call(url: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${JSON.stringify(value)}`)
  return value
}

/** A process that ends with all that it has started. */
function start(
  program: string,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(program, options, {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
}

function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid)
  } catch {
    // It has ended by itself.
  }
}

/** X chooses a number that is free, and says which. */
async function startScreen(): Promise<{ process: ChildProcess; number: number }> {
  const screen = start(programs.screen, [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1400x1000x24',
    '-nolisten',
    'tcp',
  ])
  const number = await new Promise<number>((resolve, reject) => {
    screen.stdio[3]?.on('data', (data: unknown) => {
      resolve(Number(String(data)))
    })
    screen.on('exit', () => {
      reject(new Error('Xvfb did not start.'))
    })
  })
  return { process: screen, number }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Waits until it holds. Throws the last reason why it does not. */
export async function until(holds: () => Promise<unknown>, milliseconds = 20_000): Promise<void> {
  const end = performance.now() + milliseconds
  for (;;) {
    try {
      if (await holds()) return
      if (performance.now() > end) throw new Error('It never came to be.')
    } catch (error) {
      // The page may just be another one, or the driver not there yet.
      if (performance.now() > end) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
