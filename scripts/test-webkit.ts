import { startLocalServers } from '../tests/servers/local-servers.ts'
import build from './build.ts'
import { passes, resultOf } from './faults/complaints.ts'
import { startSite } from './site.ts'
import { startWebKit } from './webkit/driver.ts'
import { journeys } from './webkit/journeys.ts'
import { WebKitPage } from './webkit/page.ts'

/** `npm run test:webkit [PART OF A NAME]`: what users do with the page, in WebKitGTK; the faults are in `test:faults webkit`. */
export default async function testWebKit([part = '']: string[]): Promise<void> {
  const chosen = Object.entries(journeys).filter(([name]) => name.includes(part))
  if (chosen.length === 0) throw new Error(`The journeys are: ${Object.keys(journeys).join('; ')}`)
  // Before the build: what is missing is to be said at once.
  const webkit = await startWebKit()
  const closing: (() => Promise<void>)[] = [() => webkit.close()]
  const results: boolean[] = []
  try {
    await build(['site'])
    const servers = await startLocalServers()
    closing.push(() => servers.close())
    const site = await startSite(0, {
      authorizationServer: servers.authorizationServer.issuer,
      api: servers.api.origin,
    })
    closing.push(() => site.close())
    console.log(webkit.name)
    for (const [name, journey] of chosen) {
      const took = await passes(name, async () => {
        await webkit.renew()
        const page = new WebKitPage(webkit)
        await page.open(site.origin)
        await journey({ page, site: site.origin, servers })
        return []
      })
      results.push(took)
    }
  } finally {
    await Promise.all(closing.map((close) => close()))
  }
  const { passed, failed } = resultOf(results)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
