import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { clients } from '../tests/servers/clients.ts'
import { startLocalServers } from '../tests/servers/local-servers.ts'
import { relayOrigins } from './relay/relay-origins.ts'
import { startSite } from './site.ts'

const preferred = { site: 5173, authorizationServer: 9000, api: 9001 }

const root = join(import.meta.dirname, '..')

/** Where a page that knows the relay is built: dist/ knows nothing of it. */
const relayFolder = join(root, '.tmp/relay')

/**
 * `npm start [-- --port 5173] [--relay https://host ...]`: builds the page, serves it, and runs an authorization server and
 * an API next to it. With `--relay` the page can send requests to those origins through this process.
 */
export default async function start(options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: { port: { type: 'string' }, relay: { type: 'string', multiple: true } },
  })
  const port = Number(values.port ?? preferred.site)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`--port wants a number from 0 to 65535, not ${String(values.port)}.`)
    process.exitCode = 2
    return
  }
  const relayed = relayOrigins(values.relay ?? [])
  if (relayed.problem !== null) {
    console.error(relayed.problem)
    process.exitCode = 2
    return
  }
  const relay =
    relayed.origins.length > 0
      ? { origins: relayed.origins, folder: relayFolder, onRefusal: printRefusal }
      : undefined

  await build({
    root,
    logLevel: 'warn',
    ...(relay && { mode: 'relay', build: { outDir: relay.folder } }),
  })
  const servers = await startLocalServers(preferred, { onRefusal: printRefusal })
  const { authorizationServer, api } = servers
  const site = await startSite(
    port,
    { authorizationServer: authorizationServer.issuer, api: api.origin },
    relay,
  )

  const stop = stopped()
  const { id, secret, scope } = clients.post
  console.log(`
  Client Credentials Playground

${line('Page', `${site.origin}/`, site.busy)}
${line('Authorization server', authorizationServer.issuer, authorizationServer.busy)}
${line('API', api.greeting, api.busy)}
${line('Client', `${id}, secret ${secret}, scope ${scope}`)}
${line('Register your own', `POST ${authorizationServer.registrationEndpoint}`)}${relay ? `\n${line('Relay', relay.origins.join(', '))}` : ''}

  Why a token is refused is said here, where the answer is silent. Ctrl+C stops all of them.
`)

  await stop
  await Promise.all([site.close(), servers.close()])
  process.exitCode = 0
}

/** Anybody can influence these words: nothing in them may control the terminal. */
function printRefusal(why: string): void {
  console.log(`  Refused  ${why.replace(/[^\x20-\x7e]/g, '?')}`)
}

function line(name: string, value: string, busy?: number): string {
  const remark = busy === undefined ? '' : `  (port ${busy} was busy)`
  return `  ${name.padEnd(22)}${value}${remark}`
}

/**
 * Ctrl+C reaches this process twice, from the terminal and from npm, so that it must not die of the second. A
 * shell between npm and this process may die of a signal without passing it on: then the parent is another.
 */
function stopped(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const stop = () => {
      clearInterval(watch)
      resolve()
    }
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop()
    }, 500)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
