import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minifySync, type Plugin } from 'vite'
import { worker } from './worker.ts'

/** What the worker keeps: what the page loads. Neither the page in one file, nor what an operator edits, nor what hosts read; an example is for who writes such a file. */
const kept = /^(index\.html|manifest\.json|[\w-]+\.(svg|png)|assets\/.+\.(js|css))$/

/**
 * Adds `sw.js` to the page as a folder: the worker with its list of all files and their hashes, so that a file of another
 * build is never kept as one of this. A page that our own program serves has none, so the one with the relay gets none.
 */
export function serviceWorker(): Plugin {
  let publicDir = ''
  let wanted = false
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir
      wanted = config.mode === 'production'
    },
    generateBundle: {
      // After whatever changes a file.
      order: 'post',
      handler(_options, bundle) {
        if (!wanted) return
        const made = Object.values(bundle).map(
          (file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const,
        )
        const copied = readdirSync(publicDir).map(
          (name) => [name, readFileSync(join(publicDir, name))] as const,
        )
        const files = [...made, ...copied].filter(([name]) => kept.test(name))
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: workerSource(new Map(files)) })
      },
    },
  }
}

/** The worker for these files, by their paths. The same files give the same worker, byte for byte. */
function workerSource(files: ReadonlyMap<string, string | Uint8Array>): string {
  const names = [...files.keys()].sort()
  const hashes = Object.fromEntries(names.map((name) => [name, `sha256-${hash(files.get(name) ?? '')}`]))
  const list = JSON.stringify(hashes)
  const { code, errors } = minifySync('sw.js', `(${String(worker)})(self,VERSION,FILES)`, { module: false })
  const [error] = errors
  if (error) throw new Error(error.message)
  return code.replace(
    /VERSION,FILES\);?\s*$/,
    () => `"${hash(list).replace(/\W/g, '').slice(0, 12)}",${list});\n`,
  )
}

const hash = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64')
