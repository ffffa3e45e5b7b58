import { cpus, release, type } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { startFaultServer } from '../tests/servers/fault-server.ts'
import { serveWithBrotli } from './bench/brotli-site.ts'
import { launchChromium } from './bench/chromium.ts'
import { measureEndurance } from './bench/endurance.ts'
import { measureFiles } from './bench/files.ts'
import { measureExchanges, mintAtOnce } from './bench/exchanges.ts'
import { measureLarge } from './bench/large.ts'
import { measureLoading } from './bench/loading.ts'
import { oneFilePage } from './bench/one-file-page.ts'
import { measureRefusals } from './bench/refusals.ts'
import { printSection } from './bench/report.ts'

const root = join(import.meta.dirname, '..')

/** `npm run bench`: sizes and times of the built page on this machine, and how it explains refusals, as numbers; nothing here passes or fails. */
export default async function bench(): Promise<void> {
  await build({ root, logLevel: 'warn' })
  const site = await serveWithBrotli(join(root, 'dist'), { '/one-file.html': oneFilePage })
  const server = await startFaultServer()
  const browser = await launchChromium()
  const page = `${site.origin}/`
  const oneFile = `${site.origin}/one-file.html`
  const endpoint = mintAtOnce(server)

  const cores = cpus()
  console.log(`${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ${type()} ${release()}`)
  console.log(`Node ${process.version}, Chromium ${browser.version()}`)
  try {
    printSection(measureFiles(join(root, 'dist')))
    for (const section of await measureLoading(browser, page, oneFile)) printSection(section)
    printSection(await measureExchanges(browser, page, oneFile, endpoint))
    printSection(await measureLarge(browser, page, server))
    printSection(await measureEndurance(browser, page, endpoint))
    printSection(await measureRefusals())
  } finally {
    await Promise.all([browser.close(), server.close(), site.close()])
  }
}
