import { forbiddenHeader } from '../../http/forbidden-headers.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import { authMethodOf } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { copiedHeader } from './copied-value.ts'
import type { Problem } from './problem.ts'
import { strayText } from '../../text/stray-text.ts'

/** Checks the user's own header fields, some of which a browser never sends. @see RFC 9110 section 5.5 */
export function checkHeaders(config: TokenRequestConfig): Problem[] {
  return config.headers.flatMap(({ name, value, on }, index) => {
    if (!on || (name === '' && value === '')) return []
    for (const rule of rules) {
      const problem = rule(name, value, config)
      if (problem) return [{ field: 'headers', index, ...problem }]
    }
    return []
  })
}

/** What ends a line, and NUL, which no field value may have. @see RFC 9110 section 5.5 */
const breaks = /[\0\r\n]+/
const beyondLatin1 = /[^\0-\xff]/u

/** In order of weight; the first that applies is shown, and the later ones rely on the earlier ones. */
const rules: readonly ((
  name: string,
  value: string,
  config: TokenRequestConfig,
) => Omit<Problem, 'field'> | null)[] = [
  (name) => (name === '' ? { level: 'note', message: 'Without a name it is not sent.' } : null),
  (name) =>
    /^[\w!#$%&'*+.^`|~-]+$/.test(name)
      ? null
      : { level: 'error', message: 'Not a header name: letters, digits and - only.', spec: rfc(9110, '5.1') },
  (_name, value) =>
    breaks.test(value.trim())
      ? {
          level: 'error',
          message: 'A header value has no line breaks.',
          fix: { label: 'Make them spaces', value: value.trim().split(breaks).filter(Boolean).join(' ') },
          spec: rfc(9110, '5.5'),
        }
      : null,
  (_name, value) => {
    const found = strayText(value.trim())
    if (!found) return null
    const level = beyondLatin1.test(value) ? 'error' : 'warning'
    const message = `Contains ${found.what}, which may come from a paste.`
    return { level, message, fix: { label: 'Remove', value: found.cleaned }, spec: rfc(9110, '5.5') }
  },
  (_name, value) => {
    const [beyond] = beyondLatin1.exec(value) ?? []
    return beyond === undefined
      ? null
      : {
          level: 'error',
          message: `A browser sends header values in Latin-1, which has no ${beyond}.`,
          spec: rfc(9110, '5.5'),
        }
  },
  (name, value) => {
    const why = forbiddenHeader(name, value)
    return why === null
      ? null
      : {
          level: 'error',
          message: `A page cannot send ${name}: ${why}`,
          spec: fetchStandard('forbidden-request-header'),
        }
  },
  (name, _value, config) => {
    const maker = makers(config).get(name.toLowerCase())
    return maker === undefined
      ? null
      : { level: 'error', message: `${name} is made by ${maker}; a second one would spoil it.` }
  },
  (name) =>
    isDropped(name)
      ? {
          level: 'error',
          message: `This browser drops ${name} without a word; another may send it.`,
          spec: fetchStandard('forbidden-request-header'),
        }
      : null,
  (name) =>
    name.toLowerCase() === 'user-agent'
      ? { level: 'warning', message: 'Firefox sends it; Chromium drops it without a word.' }
      : null,
  copiedHeader,
  (name, _value, { headers }) => {
    const same = headers.filter((other) => other.on && other.name.toLowerCase() === name.toLowerCase())
    return same.length > 1
      ? {
          level: 'note',
          message: 'Browsers join repeats into one line, with a comma.',
          spec: rfc(9110, '5.3'),
        }
      : null
  },
]

/** Whether this very platform leaves a field of that name out, as Chromium does with `User-Agent`. */
function isDropped(name: string): boolean {
  return !new Request('https://as.example', { headers: [[name, 'x']] }).headers.has(name)
}

/** What makes a field already, by its name in lower case. */
function makers(config: TokenRequestConfig): ReadonlyMap<string, string> {
  return new Map([
    ['accept', 'this page'],
    ['content-type', 'this page'],
    ...authMethodOf(config).headers.map((name) => [name, 'the client authentication'] as const),
    ...(config.dpop.on ? [['dpop', 'the binding to a key'] as const] : []),
  ])
}
