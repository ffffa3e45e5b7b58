import { spawnSync } from 'node:child_process'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { mergeConfig, type UserConfig } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }
import { chunks } from './scripts/chunks.ts'
import { cssHash } from './scripts/css-hash.ts'
import { isRuntime } from './scripts/inline-runtime.ts'
import { inventory } from './scripts/inventory.ts'
import { prerender } from './scripts/prerender.ts'
import { serviceWorker } from './scripts/service-worker.ts'

const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' })

/** What the page says of itself. A checkout without git names its commit in the environment, or has none that is known. */
const build = {
  version: packageJson.version,
  license: packageJson.license,
  repository: 'repository' in packageJson ? String(packageJson.repository) : null,
  commit: process.env['COMMIT'] ?? (git.status === 0 ? git.stdout.trim() : 'unknown'),
}

const runeTests = 'src/**/*.svelte.test.ts'

/** A folder of files: its scripts as they are needed. */
function folder(): UserConfig {
  const { plugins, fileOf } = chunks()
  return {
    plugins: [...plugins, prerender('folder'), inventory(), serviceWorker()],
    build: {
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [{ name: fileOf, debugName: 'chunks' }],
            includeDependenciesRecursively: false,
          },
        },
      },
    },
  }
}

/** One file, next to that folder: what is imported late is in the one script, too. */
const file: UserConfig = {
  plugins: [prerender('file')],
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    cssCodeSplit: false,
    // It is large by intention.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { output: { codeSplitting: false } },
  },
}

const common: ViteUserConfig = {
  // Relative paths, so that dist/ works under any path of any host.
  base: './',
  define: { __BUILD__: JSON.stringify(build) },
  plugins: [svelte({ configFile: false, compilerOptions: { cssHash } })],
  // Browsers of this target know modulepreload.
  build: {
    target: 'es2022',
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed) => needed.filter((name) => !isRuntime(name)),
    },
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash:8].js',
        chunkFileNames: 'assets/[name]-[hash:8].js',
        assetFileNames: 'assets/[name]-[hash:8][extname]',
      },
    },
  },
  test: {
    // For slow machines: property tests build their generators first.
    testTimeout: 30_000,
    hookTimeout: 60_000,
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
            'tests/{architecture,browser,conformance,vectors,servers}/**/*.test.ts',
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
          // A file that puts a module off with doMock would do so for those after it.
          isolate: true,
          include: [runeTests],
          environment: './tests/rune-environment.ts',
        },
      },
    ],
  },
}

/** `vite build --mode one-file` makes the page in one file; `--mode relay` the page that knows the relay. */
export default defineConfig(({ mode }) => mergeConfig(common, mode === 'one-file' ? file : folder()))
