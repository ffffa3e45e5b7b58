import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './checks/command.ts'

/** One of each that `npm run build` makes, its first and its last. */
const built = [
  'dist/index.html',
  'dist/playground.html',
  'pack/serve.js',
  'pack/directory.js',
  'pack/relay/index.html',
]

/** Before `npm pack`: refuses to make a package without the built files. */
export default function prepack(): void {
  const missing = built.filter((file) => !existsSync(join(root, file)))
  if (missing.length === 0) return
  console.error(`There is no ${missing.join(', no ')} yet: run \`npm run build\` first.`)
  process.exitCode = 1
}
