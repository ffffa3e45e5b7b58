import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it.each([
  ['https://host.example/token', 'nothing after host and port'],
  ['http://169.254.169.254', 'credentials of its machines'],
])('npm start -- --relay %s ends at once with exit code 2 and says why', async (value, words) => {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start', '--relay', value], { cwd: root })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  const [code] = (await once(child, 'close')) as [number]
  expect(said).toContain('--relay')
  expect(said).toContain(words)
  expect(code).toBe(2)
})
