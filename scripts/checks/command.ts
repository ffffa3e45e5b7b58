import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** Runs a program of this project; its output is printed as it comes, or collected. */
export async function command(
  program: string,
  options: readonly string[],
  { env = {}, collect = false }: { env?: NodeJS.ProcessEnv; collect?: boolean } = {},
): Promise<{ code: number; output: string }> {
  const PATH = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}
  const child = spawn(program, options, {
    cwd: root,
    stdio: ['ignore', collect ? 'pipe' : 'inherit', collect ? 'pipe' : 'inherit'],
    env: { ...process.env, ...colour, ...env, PATH },
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: chunks.join('') })
    })
  })
}
