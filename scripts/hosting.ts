import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root } from './checks/command.ts'

/** What every host of the page should send with each of its files, besides what depends on the file. */
export const headersOfAll = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  // Nothing of the local network: the page may ask for that.
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), clipboard-read=(), clipboard-write=(self)',
} as const

/** Of a file whose name has its hash, and of all others. */
export const caching = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const

/** The policy that a built page has in itself, and that no other page may have it in a frame, which only a header can say. */
export function policyOf(html: string): string {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? []
  if (policy === undefined) throw new Error('The page has no policy.')
  return `${policy.replaceAll('&#39;', "'")}; frame-ancestors 'none'`
}

/** The files of hosting/ that have a policy in them, each with the place of what the build makes of it. */
export const hostFiles = {
  'nginx.conf': 'hosting/built/nginx.conf',
  Caddyfile: 'hosting/built/Caddyfile',
  'apache.conf': 'hosting/built/apache.conf',
  // Hosts that read it look for it next to the page.
  _headers: 'dist/_headers',
} as const

/** What whoever hosts the page may write, as it is shipped. */
export const edited = { 'playground.json': '{}', 'lessons.json': '[]' } as const

/** What is worth compressing, from that size on in bytes. */
const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest'])
const smallest = 1024

/** Makes the host files for what is in dist/, and compresses its files: for servers that send these as they are. */
export function writeHosting(): void {
  const dist = join(root, 'dist')
  const policy = (page: string): string => policyOf(readFileSync(join(dist, page), 'utf8'))
  mkdirSync(join(root, 'hosting/built'), { recursive: true })
  for (const [name, target] of Object.entries(hostFiles)) {
    const text = readFileSync(join(root, 'hosting', name), 'utf8')
      .replaceAll('@POLICY@', () => policy('index.html'))
      .replaceAll('@POLICY_OF_ONE_FILE@', () => policy('playground.html'))
    writeFileSync(join(root, target), text)
  }
  for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name)
    // A copy that is compressed would not be what they write.
    if (!file.isFile() || !compressible.has(extname(path)) || Object.hasOwn(edited, file.name)) continue
    const content = readFileSync(path)
    if (content.length < smallest) continue
    writeFileSync(`${path}.br`, brotliCompressSync(content))
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  }
}
