/** What the build knows of itself; see vite.config.ts. */
declare const __BUILD__: {
  readonly version: string
  readonly license: string
  readonly repository: string | null
  readonly commit: string
}
