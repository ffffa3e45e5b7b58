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
  /** Without clients of ours: for a guide, which makes its own. */
  readonly empty: boolean
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
  const env = { ...server.options, ...(server.empty && { EMPTY: 'true' }) }
  try {
    for (const name of [...realServers[server.name], server.name])
      await servers(['start', name, '--origin', origin, '--cors', server.cors], env)
  } catch (error) {
    failures.set(key, error as Error)
    throw error
  }
}

/** Stops a server and those that it needed. Rejects if the script fails. */
export async function stopReal(name: RealName): Promise<void> {
  for (const each of [name, ...realServers[name]]) await servers(['stop', each], {})
}

async function servers(options: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(script, options, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => printed.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`servers.sh ${options.join(' ')} failed:\n${printed.join('').trim()}`)
}
