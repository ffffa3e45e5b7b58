import { isBlockedPort, isLoopback } from '../../http/http-url.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import type { Remark } from './problem.ts'

/** The first thing that is wrong with a token endpoint, `null` when nothing is. @see RFC 6749 section 3.2 */
export function checkEndpoint(value: string): Remark | null {
  // As the URL parser does: it strips spaces and C0 controls, and no other white space.
  const trimmed = value.replace(/^[\0- ]+|[\0- ]+$/g, '')
  if (value.trim() === '') return { level: 'missing', message: 'Enter the URL of the token endpoint.' }
  return schemeProblem(trimmed) ?? urlProblem(new URL(trimmed))
}

function schemeProblem(value: string): Remark | null {
  if (/^https?:\/\/./i.test(value)) {
    return URL.canParse(value) ? null : { level: 'error', message: 'This is not a URL.' }
  }
  const bare = /^(\/\/)?((?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?(?:[/?#].*)?)$/i.exec(value)?.[2]
  if (bare === undefined || !/[.:/]|^localhost/i.test(bare)) {
    return { level: 'error', message: 'This is not an http: or https: URL.' }
  }
  const scheme = URL.canParse(`http://${bare}`) && isLoopback(new URL(`http://${bare}`)) ? 'http' : 'https'
  return {
    level: 'error',
    message: 'The scheme is missing.',
    fix: { label: `Put ${scheme}:// in front`, value: `${scheme}://${bare}` },
  }
}

/** In order of weight; the first that applies is shown. */
function urlProblem(url: URL): Remark | null {
  if (url.username !== '' || url.password !== '') {
    return {
      level: 'error',
      message: 'Browsers refuse to send to a URL with a user name or password in it.',
      fix: { label: 'Remove them', value: without(url, { username: '', password: '' }) },
    }
  }
  if (isBlockedPort(url)) {
    return {
      level: 'error',
      message: `Browsers refuse to send to port ${url.port}; the server must listen on another.`,
      spec: fetchStandard('port-blocking'),
    }
  }
  if (url.href.includes('#')) {
    return {
      level: 'warning',
      message: 'An endpoint has no fragment; everything from # on is not sent.',
      fix: { label: 'Remove the fragment', value: without(url, { hash: '' }) },
      spec: rfc(6749, '3.2'),
    }
  }
  if (url.pathname.includes('/.well-known/')) {
    return {
      level: 'warning',
      message: 'This looks like a discovery document. Its token_endpoint member is what belongs here.',
      spec: rfc(8414, '2'),
    }
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return {
      level: 'warning',
      message: 'http: to another machine: secret and token can be read on the way.',
      spec: rfc(6749, '3.2'),
    }
  }
  return null
}

function without(url: URL, parts: Partial<Pick<URL, 'username' | 'password' | 'hash'>>): string {
  return Object.assign(new URL(url), parts).href
}
