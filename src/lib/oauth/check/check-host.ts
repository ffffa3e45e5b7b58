import { hostParsing } from '../../spec.ts'
import type { Remark } from './problem.ts'

/** The host in an http: or https: URL as it is written, without user and port. Around it, the parser strips spaces and C0 controls. */
const writtenHost = /^[\0- ]*https?:[\\/]*(?:[^\\/?#]*@)?(\[[^\]]*\]|[^\\/?#:]*)/i

/**
 * Names the host that a URL leads to if it is written in other characters: letters of other alphabets, percent-encoded
 * or wide ones, other dots, an address of other digits. It may look like the name of another server.
 */
export function checkHost(value: string): Remark | null {
  // As the URL parser does, anywhere.
  const written = writtenHost.exec(value.replace(/[\t\n\r]/g, ''))?.[1]
  const url = written === undefined ? null : parsed(value)
  if (written === undefined || url === null) return null
  const { host, hostname } = url
  if (written.trimEnd().toLowerCase() === hostname) return null
  return { level: 'note', message: `The browser sends this to ${host}.`, spec: hostParsing }
}

/** `URL.canParse` of Node 20 denies Latin letters beyond ASCII once it was called often enough to be optimised. */
function parsed(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    // What is no URL leads to no host.
    return null
  }
}
