import { readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import type { Handler } from '../tests/servers/loopback.ts'

/** The kinds of files that a built page has. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Responds to GET and HEAD with the files of a folder, of the kinds above, and to all else with 404 or 405. Nothing outside
 * the folder is reached, and no folder is listed.
 */
export function staticFiles(folder: string): Handler {
  return ({ method = '', url = '/' }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    const path = pathOf(url)
    const file = path === null ? null : fileAt(folder, path)
    if (path === null || file === null) return response.writeHead(404).end()
    response.writeHead(200, {
      'Content-Type': types[extname(file)],
      'Content-Length': statSync(file).size,
      // A file of that folder has its hash in its name.
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    })
    return response.end(method === 'HEAD' ? undefined : readFileSync(file))
  }
}

/** The path of a request without query and percent-encoding; `null` if it has none that can be decoded. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*/, ''))
    return path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return null
  }
}

function fileAt(folder: string, path: string): string | null {
  const file = normalize(join(folder, path))
  if (!file.startsWith(folder + sep) || path.includes('\0') || !Object.hasOwn(types, extname(file)))
    return null
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : null
}
