import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers } from '../browser.ts'
import { command } from '../checks/command.ts'
import { readPlaywright, type Result } from '../checks/report.ts'

/** The browser tests of the connection check with every fault, or those with that part in their name. */
export async function faultsInChromium(part: string): Promise<Result> {
  ensureBrowsers()
  const folder = mkdtempSync(join(tmpdir(), 'playground-faults-'))
  const file = join(folder, 'playwright.json')
  const env = { TEST_FAULTS: 'all', PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const chosen = part === '' ? [] : ['--grep', part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)]
  const { code } = await command(
    'playwright',
    ['test', 'connection-check.spec', '--reporter=list,json', ...chosen],
    {
      env,
    },
  )
  const result = readPlaywright(code, file)
  rmSync(folder, { recursive: true })
  return result
}
