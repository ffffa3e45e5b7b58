import type { ServerGuide } from '../../lib/explanation/server-record.ts'

/** Whether a page may call a server of that kind: tone and words. */
export const fromPage: Readonly<Record<ServerGuide['browser'], readonly [tone: string, words: string]>> = {
  yes: ['ok', 'works from a browser'],
  'after-setup': ['warn', 'works after CORS setup'],
  unknown: ['warn', 'CORS unknown'],
  no: ['bad', 'no CORS: unreadable from a page'],
}
