import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative paths, so that dist/ works under any path of any host.
  base: './',
  plugins: [svelte()],
  build: { target: 'es2022' },
  test: { include: ['src/**/*.test.ts', 'tests/{conformance,vectors}/**/*.test.ts'] },
})
