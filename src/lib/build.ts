/** What the build knows of itself; see vite.config.ts. */
export const build = __BUILD__
