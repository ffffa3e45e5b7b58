import { join } from 'node:path'
import { build } from 'vite'
import { clients } from '../tests/servers/clients.ts'
import { startLocalServers } from '../tests/servers/local-servers.ts'
import { line, printRefusal, readOptions, relayed, stopped } from './serving.ts'
import { startSite } from './site.ts'

const preferred = { site: 4290, authorizationServer: 9000, api: 9001 }

const root = join(import.meta.dirname, '..')

/** Where the page is built: what `npm run build` has made stays in dist/, which knows nothing of the relay. */
const folders = { site: join(root, '.tmp/site'), relay: join(root, '.tmp/relay') }

/**
 * `npm start [-- --port 4290] [--relay https://host ...]`: builds the page, serves it, and runs an authorization server and
 * an API next to it. With `--relay` the page can send requests to those origins through this process.
 */
export default async function start(options: string[]): Promise<void> {
  const asked = readOptions(options, preferred.site)
  if (asked === null) return
  const relay = relayed(asked, folders.relay)
  const folder = relay?.folder ?? folders.site

  await build({ root, logLevel: 'warn', ...(relay && { mode: 'relay' }), build: { outDir: folder } })
  const servers = await startLocalServers(preferred, { onRefusal: printRefusal })
  const { authorizationServer, api } = servers
  const site = await startSite(
    asked.port,
    { authorizationServer: authorizationServer.issuer, api: api.origin },
    relay,
    folder,
  )

  const stop = stopped()
  const { id, secret, scope } = clients.post
  console.log(`
  Client Credentials Playground

${line('Page', `${site.origin}/`, site.busy)}
${line('Authorization server', authorizationServer.issuer, authorizationServer.busy)}
${line('API', api.greeting, api.busy)}
${line('MCP server', `${api.mcp}, scope mcp:tools, resource as its URL`)}
${line('Client', `${id}, secret ${secret}, scope ${scope}`)}
${line('Register your own', `POST ${authorizationServer.registrationEndpoint}`)}${relay ? `\n${line('Relay', relay.origins.join(', '))}` : ''}

  Why a token is refused is said here, where the answer is silent. Ctrl+C stops all of them.
`)

  await stop
  await Promise.all([site.close(), servers.close()])
  process.exitCode = 0
}
