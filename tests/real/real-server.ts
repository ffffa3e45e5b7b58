import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The servers of `tests/servers/real`, each with the others that it needs next to it. */
export const realServers = {
  keycloak: [],
  spring: [],
  'spring-api': ['spring'],
  'mock-oauth2-server': [],
  hydra: [],
  zitadel: [],
  django: [],
  fastapi: [],
  mcp: [],
} as const satisfies Record<string, readonly string[]>

export type RealName = keyof typeof realServers

/** Whether it lets the page of that origin read its responses. */
type Cors = 'right' | 'wrong' | 'none'

/** A server as it is to run for a test. */
export interface RealServer {
  readonly name: RealName
  readonly cors: Cors
  /** With clients of ours; empty, for a guide that makes its own; or not at all, for one that starts it, too. */
  readonly run: 'with clients' | 'empty' | 'not'
  /** Its own options, as environment variables; the README next to it has them. */
  readonly options: Readonly<Record<string, string>>
}

const script = join(import.meta.dirname, '../servers/real/servers.sh')

/** What could not be started is not tried again for every test. */
const failures = new Map<string, Error>()

/**
 * Starts a server for the page of this origin, and those that it needs; what runs with these options already stays.
 * Rejects with all that the script has printed if one does not start.
 */
export async function startReal(server: RealServer, origin: string): Promise<void> {
  const key = JSON.stringify(server)
  const before = failures.get(key)
  if (before) throw before
  try {
    await start(server, origin)
  } catch (error) {
    failures.set(key, error as Error)
    throw error
  }
}

async function start({ name, cors, run, options }: RealServer, origin: string): Promise<void> {
  if (run === 'not') {
    await servers(['stop', name], {})
    await servers(['prepare', name], {})
    return
  }
  const env = { ...options, ...(run === 'empty' && { EMPTY: 'true' }) }
  for (const each of [...realServers[name], name])
    await servers(['start', each, '--origin', origin, '--cors', cors], env)
}

/** The folder with the programs of a server that was prepared. */
export async function programsOf(name: RealName): Promise<string> {
  return (await servers(['programs', name], {})).trim()
}

/** Stops a server and those that it needed. Rejects if the script fails. */
export async function stopReal(name: RealName): Promise<void> {
  for (const each of [name, ...realServers[name]]) await servers(['stop', each], {})
}

async function servers(options: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(script, options, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => printed.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`servers.sh ${options.join(' ')} failed:\n${printed.join('').trim()}`)
  return printed.join('')
}
