import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The page may run its own files and speak to any server the user names, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // wss: for the connection check: Firefox tells by the code a socket closes with that TLS failed.
  'connect-src https: http: wss:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  // Svelte's own policy; it is used for the constant markup of components.
  'trusted-types svelte-trusted-html',
].join('; ')

/** For built pages only: Vite's development server needs inline styles and a web socket. */
const securityMetas: Plugin = {
  name: 'security-metas',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
      { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head-prepend' },
    ],
  },
}

/** What `main.ts` imports, and what that imports: the modules of the first screen. */
const firstScreen = new Set<string>()

/** Keeps the first screen in one file: many small ones compress worse and cost round trips. */
const firstScreenInOne: Plugin = {
  name: 'first-screen-in-one',
  apply: 'build',
  buildEnd() {
    const include = (id: string): void => {
      const module = this.getModuleInfo(id)
      if (!module || firstScreen.has(id)) return
      firstScreen.add(id)
      module.importedIds.forEach(include)
    }
    for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) include(id)
  },
}

const runeTests = 'src/**/*.svelte.test.ts'

export default defineConfig({
  // Relative paths, so that dist/ works under any path of any host.
  base: './',
  plugins: [svelte({ configFile: false }), securityMetas, firstScreenInOne],
  // Browsers of this target know modulepreload.
  build: {
    target: 'es2022',
    modulePreload: {
      polyfill: false,
      // What a later part needs it finds as it loads: a list of it all would weigh on the first screen.
      resolveDependencies: (_file, dependencies) => dependencies.filter((name) => name.endsWith('.css')),
    },
    rolldownOptions: {
      output: {
        // The first screen lists all the others: short names keep the list short.
        chunkFileNames: 'assets/[hash:8].js',
        assetFileNames: 'assets/[hash:8][extname]',
        codeSplitting: { groups: [{ name: 'first', test: (id) => firstScreen.has(id) }] },
      },
    },
  },
  test: {
    // For slow machines: property tests build their generators first.
    testTimeout: 30_000,
    // Files share a process, which saves half of the time: nothing is left behind for the next.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'tests/{browser,conformance,vectors,servers}/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [runeTests],
        },
      },
      {
        extends: true,
        // Else `svelte` is the server's, whose `flushSync` does nothing.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'runes',
          include: [runeTests],
          environment: './tests/rune-environment.ts',
        },
      },
    ],
  },
})
