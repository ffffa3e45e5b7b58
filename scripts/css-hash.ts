import { createHash } from 'node:crypto'

/**
 * The class by which the styles of a component are its own: shorter than Svelte's, as the HTML has it at every element. It
 * follows from the path below `src` alone; a test holds that no two components share one.
 */
export const cssHash = ({ filename }: { filename: string }): string => {
  const path = filename.replaceAll('\\', '/').replace(/^(.*\/)?src\//, '')
  return `s-${createHash('sha256').update(path).digest('base64url').slice(0, 3)}`
}
