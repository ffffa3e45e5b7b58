import { forbiddenHeader } from '../http/forbidden-headers.ts'
import { fetchStandard, rfc } from '../spec.ts'
import type { TokenRequestConfig } from './config.ts'
import type { Problem } from './problem.ts'

/** Checks the header fields of the person's own: a browser sends some of them never. @see RFC 9110 section 5.5 */
export function checkHeaders(config: TokenRequestConfig): Problem[] {
  return config.headers.flatMap(({ name, value, on }, index) => {
    if (!on || (name === '' && value === '')) return []
    const problem = rules.map((rule) => rule(name, value, config)).find((found) => found !== null)
    return problem ? [{ field: 'headers', index, ...problem }] : []
  })
}

/** In order of weight; the first that applies is told. */
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
    // eslint-disable-next-line no-control-regex -- what a field value may not have are control characters
    /[\0\r\n]|[^\x00-\xff]/.test(value)
      ? {
          level: 'error',
          message: 'A header value has no line breaks and no characters beyond Latin-1.',
          spec: rfc(9110, '5.5'),
        }
      : null,
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
    const maker = makers(config)[name.toLowerCase()]
    return maker === undefined
      ? null
      : { level: 'error', message: `${name} is made by ${maker}; a second one would spoil it.` }
  },
  (name) =>
    name.toLowerCase() === 'user-agent'
      ? { level: 'warning', message: 'Firefox sends it; Chromium drops it without a word.' }
      : null,
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

/** What makes a field already, by its name in lower case. */
function makers(config: TokenRequestConfig): Readonly<Record<string, string>> {
  return {
    accept: 'this page',
    'content-type': 'this page',
    ...(config.token_endpoint_auth_method === 'client_secret_basic'
      ? { authorization: 'the client authentication' }
      : {}),
    ...(config.dpop.on ? { dpop: 'the binding to a key' } : {}),
  }
}
