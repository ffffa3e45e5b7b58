import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { kibibytes, type Section } from './report.ts'

/** What the build made, by size. `index.html` is the first screen; with the scripts it names, its button works. */
export function measureFiles(dist: string): Section {
  const index = readFileSync(join(dist, 'index.html'))
  const names = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css)$/.test(name))
  const files = names.map((name) => ({ name, content: readFileSync(join(dist, 'assets', name)) }))
  const scripts = files.filter(({ name }) => name.endsWith('.js'))
  const first = scripts.filter(({ name }) => index.includes(name)).map(({ content }) => content)
  const compressed = (contents: readonly Buffer[]) =>
    kibibytes(contents.reduce((sum, content) => sum + brotliCompressSync(content).length, 0))
  return {
    title: 'Files of the built page, by Brotli',
    rows: [
      ['scripts', String(scripts.length), 'about 6, and some by occasion'],
      ['scripts under 2 kB', String(scripts.filter(({ content }) => content.length < 2000).length), '0'],
      ['the first screen', compressed([index])],
      [
        '... with what makes its button work',
        `${compressed([index, ...first])} in ${first.length + 1} files`,
        '34 KiB in 3 files',
      ],
      ['everything', compressed([index, ...files.map(({ content }) => content)])],
    ],
  }
}
