import type { Environment } from 'vitest/runtime'

/** Node, with modules compiled as for a browser: on a server `$state` and `$derived` would not be reactive. */
export default {
  name: 'runes',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment
