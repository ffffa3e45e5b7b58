import { join } from 'node:path'
import { line, readOptions, relayed, stopped } from '../serving.ts'
import { root, startSite, type Site } from '../site.ts'

/** Nobody else's default, so that nothing else keeps settings or keys at its origin. */
const preferred = 4290

/**
 * `npx client-credentials-playground [--port 4290] [--relay https://host ...]`: serves the page on this machine, prints its
 * address, and opens nothing. Ctrl+C stops it.
 */
async function serve(): Promise<void> {
  const asked = readOptions(process.argv.slice(2), preferred)
  if (asked === null) return
  const relay = relayed(asked, join(root, 'pack/relay'))
  const site = await startSite(asked.port, undefined, relay).catch((error: unknown) => {
    console.error((error as Error).message)
    process.exitCode = 1
    return null
  })
  if (site) await until(site, relay?.origins ?? [])
}

async function until(site: Site, origins: readonly string[]): Promise<void> {
  const stop = stopped()
  console.log(`
  Client Credentials Playground

${line('Page', `${site.origin}/`, site.busy)}${origins.length > 0 ? `\n${line('Relay', origins.join(', '))}` : ''}

  Ctrl+C stops it.
`)
  await stop
  await site.close()
  process.exitCode = 0
}

await serve()
