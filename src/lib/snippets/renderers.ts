import { curl } from './curl.ts'
import type { Renderer } from './renderer.ts'

/** Every form in which a request can be taken along. */
export const renderers = { curl } as const satisfies Readonly<Record<string, Renderer>>
