import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rolldown } from 'vite'
import { edited } from './hosting.ts'

const icon = join(import.meta.dirname, '../public/favicon.svg')

/**
 * Puts the one script, the icon and what an operator edits, empty, into the HTML of a page, which is all that remains of the build,
 * under a name of its own. The script is at the end, so that the first screen is there before it.
 */
export function leaveOneFile(bundle: Rolldown.OutputBundle): Rolldown.OutputAsset {
  const [chunk, ...others] = Object.values(bundle).filter((file) => file.type === 'chunk')
  if (!chunk || others.length > 0) throw new Error('The page in one file needs exactly one script.')
  const page = bundle['index.html']
  if (page?.type !== 'asset') throw new Error('There is no index.html.')
  const html = page.source.toString()
  const tag = new RegExp(`<script type="module"[^>]*src="\\./${chunk.fileName}"></script>\\s*`)
  if (!tag.test(html)) throw new Error(`The HTML does not load ${chunk.fileName}.`)
  const picture = `data:image/svg+xml,${encodeURIComponent(readFileSync(icon, 'utf8').trim())}`
  page.source = html
    .replace(tag, '')
    .replace('<div id="app">', () => `${Object.entries(edited).map(embed).join('')}<div id="app">`)
    .replace('./favicon.svg', () => picture)
    .replace(/<link rel="manifest"[^>]*>\s*/, '')
    .replace('</body>', () => `<script type="module">${withoutMarkup(chunk.code.trim())}</script></body>`)
  page.fileName = 'playground.html'
  for (const name of Object.keys(bundle)) if (name !== 'index.html') Reflect.deleteProperty(bundle, name)
  return page
}

const embed = ([name, text]: [string, string]): string =>
  `<script type="application/json" id="${name}">${text}</script>`

/** What HTML would read as the end of a script or as a comment is only ever in strings and patterns, where this means the same. */
const withoutMarkup = (code: string): string => code.replace(/<(?=\/script|script|!--)/gi, String.raw`\x3C`)
