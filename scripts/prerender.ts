import { createHash } from 'node:crypto'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { type Plugin, runnerImport } from 'vite'

/** The page may run its own files and speak to any server the user names, and nothing else. */
const contentSecurityPolicy = (styleHash: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${styleHash}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    // wss: for the connection check: Firefox shows by the close code of a socket that TLS failed.
    'connect-src https: http: wss:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    // Svelte's own policy; it is used for the constant markup of components.
    'trusted-types svelte-trusted-html',
  ].join('; ')

/**
 * Makes the built HTML show the first screen before any script has run: the shell and the form as the page draws them,
 * with their styles in the document. For built pages only: Vite's development server needs inline styles and a web socket.
 */
export const prerender: Plugin = {
  name: 'prerender',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(html, { bundle = {} }) {
      const [link, href] = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/.exec(html) ?? []
      const style = href === undefined ? undefined : bundle[href]
      if (link === undefined || style?.type !== 'asset')
        throw new Error('The first screen has no style sheet.')
      const css = Buffer.from(style.source).toString().trim()
      const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`
      const screen = await firstScreen()
      return {
        html: html
          // A script that needs them too fetches what no link names; one that is disabled fetches nothing.
          .replace(link, () => `<style>${css}</style>${link.replace('>', ' disabled>')}`)
          .replace('<div id="app"></div>', () => `<div id="app">${screen}</div>`),
        tags: [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(hash) },
            injectTo: 'head-prepend',
          },
          { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head-prepend' },
        ],
      }
    },
  },
}

async function firstScreen(): Promise<string> {
  const { module } = await runnerImport<{ firstScreen: string }>('/src/first-screen.ts', {
    configFile: false,
    mode: 'production',
    logLevel: 'error',
    // The styles are those of the build; only the markup is needed here.
    plugins: [svelte({ configFile: false, emitCss: false, compilerOptions: { css: 'external' } })],
  })
  const screen = module.firstScreen
    // Without its script the button of a form would send the form itself.
    .replace('form="token-request"', 'type="button"')
    // By comments Svelte finds what it hydrates; this page is drawn anew.
    .replace(/<!--.*?-->/gs, '')
    // Nobody rests on anything before the script is there.
    .replace(/ title="[^"]*"/g, '')
  if (/<[^>]+ style="/.test(screen))
    throw new Error('The policy would drop a style attribute of the first screen.')
  return screen
}
