import { createHash } from 'node:crypto'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { type Plugin, runnerImport } from 'vite'
import { cssHash } from './css-hash.ts'
import { type Delivery, noticeMarkup, noticeScript, noticeStyles } from './notice.ts'
import { leaveOneFile } from './one-file.ts'

/** The page may run its own files and speak to any server the user names, and nothing else. One file has no files. */
function contentSecurityPolicy(delivery: Delivery, html: string): string {
  const own = delivery === 'folder' ? ["'self'"] : []
  return [
    "default-src 'none'",
    ['script-src', ...own, ...hashes(html, /<script(?: type="module")?>(.*?)<\/script>/gs)].join(' '),
    ['style-src', ...own, ...hashes(html, /<style>(.*?)<\/style>/gs)].join(' '),
    ['img-src', ...own, 'data:'].join(' '),
    ...own.flatMap((self) => [`font-src ${self}`, `worker-src ${self}`, `manifest-src ${self}`]),
    // wss: for the connection check: Firefox shows by the close code of a socket that TLS failed.
    'connect-src https: http: wss:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    // Svelte's own policy, for the constant markup of components; and ours, which yields the URL of the service worker.
    ['trusted-types svelte-trusted-html', ...own.map(() => 'own-worker')].join(' '),
  ].join('; ')
}

/** How a policy lets in what is in the document itself. */
const hashes = (html: string, elements: RegExp): string[] =>
  [...html.matchAll(elements)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )

/**
 * Makes the built HTML show the first screen before any script has run: the shell and the form as the page draws them,
 * with their styles in the document. For built pages only: Vite's development server needs inline styles and a web socket.
 */
export const prerender = (delivery: Delivery): Plugin => ({
  name: 'prerender',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(html, { bundle = {} }) {
      const [link, href] = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/.exec(html) ?? []
      const style = href === undefined ? undefined : bundle[href]
      if (link === undefined || style?.type !== 'asset')
        throw new Error('The first screen has no style sheet.')
      const css = Buffer.from(style.source).toString().trim() + noticeStyles
      const screen = (await firstScreen()) + noticeMarkup(delivery)
      // A script that needs them too fetches what no link names; one that is disabled fetches nothing.
      const kept = delivery === 'folder' ? link.replace('>', ' disabled>') : ''
      return (
        html
          .replace(/\n\s+/g, '\n')
          // Before anything that the document links to, and after its encoding.
          .replace('<link', () => `<script>${noticeScript(delivery)}</script><link`)
          .replace(link, () => `<style>${css}</style>${kept}`)
          .replace('<div id="app"></div>', () => `<div id="app">${screen}</div>`)
      )
    },
  },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = delivery === 'file' ? leaveOneFile(bundle) : bundle['index.html']
      if (page?.type !== 'asset') throw new Error('There is no index.html.')
      const html = page.source.toString()
      page.source = html.replace(
        '<head>',
        () => `<head>
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(delivery, html)}">
<meta name="referrer" content="no-referrer">`,
      )
    },
  },
})

async function firstScreen(): Promise<string> {
  const { module } = await runnerImport<{ firstScreen: string }>('/src/first-screen.ts', {
    configFile: false,
    mode: 'production',
    logLevel: 'error',
    // The styles are those of the build; only the markup is needed here.
    plugins: [svelte({ configFile: false, emitCss: false, compilerOptions: { css: 'external', cssHash } })],
  })
  const screen = module.firstScreen
    // Without its script the button of a form would send the form itself.
    .replace(
      /form="token-request"(.*?) aria-disabled="false"/,
      'type="button"$1 disabled aria-disabled="true"',
    )
    // By comments Svelte finds what it hydrates; this page is drawn anew.
    .replace(/<!--.*?-->/gs, '')
    // Nobody unfolds, opens or rests on anything before the script is there.
    .replace(
      /(<details[^>]*><summary>(?:(?!<\/summary>).)*<\/summary>)(?:(?!<details).)*?(?=<\/details>)/gs,
      '$1',
    )
    .replace(/(<span class="added [^"]*folded"[^>]*>).*?<\/span>(?=<\/span><span class="page)/gs, '$1&nbsp;')
    .replace(/<(section|div) id="\w+" popover="".*?<\/\1>/gs, '')
    .replace(/> +</g, '><')
    .replace(/ title="[^"]*"/g, '')
  if (/<[^>]+ style="/.test(screen))
    throw new Error('The policy would drop a style attribute of the first screen.')
  return screen
}
