import type { ApiProblem } from './problem.ts'
import { parseJson } from '../../json/parse.ts'
import { essence } from '../../http/preflight.ts'
import type { FindKey } from '../../keys/key.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import { type ApiCall, bodyOf, impliedType, methodOf } from '../config/api-call.ts'
import type { ReadToken } from '../response/read-response.ts'
import { checkApiKey } from './check-api-key.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { checkHost } from './check-host.ts'
import { checkHeaders } from './check-headers.ts'
import { loneSurrogate, stray } from './check-text.ts'
import { emptyConfig, type Entry, type TokenRequestConfig } from '../config/config.ts'
import { isBlockedPort, isPlainHttp } from '../../http/http-url.ts'
import { quoted } from '../../text/quoted.ts'
import { placeholderInUrl, urlRule } from './typed-endpoint.ts'

/** What is wrong with one part of a call. */
type Found = Omit<ApiProblem, 'field' | 'index'> | null

/**
 * Checks a call as it is typed; only what is missing and errors prevent sending. Given the token, what
 * does not fit it is said too.
 */
export function checkApiCall(
  call: ApiCall,
  config: TokenRequestConfig,
  findKey: FindKey,
  token: ReadToken | null = null,
): ApiProblem[] {
  return [
    ...about('url', checkUrl(call.url), stray(call.url, config), checkHost(call.url)),
    ...about('method', checkMethod(call)),
    ...checkCallHeaders(call),
    ...about('body', checkBody(call)),
    ...checkApiKey(call, config, findKey, token),
  ]
}

const about = (field: ApiProblem['field'], ...found: Found[]): ApiProblem[] =>
  found.flatMap((problem) => (problem ? [{ field, ...problem }] : []))

/** As a token endpoint is checked, in the words of an API. @see RFC 6750 section 5.3 */
function checkUrl(value: string): Found {
  const problem = checkEndpoint(value)
  if (problem?.level === 'missing') return { level: 'missing', message: 'Enter the URL of the API.' }
  const copied = copiedUrl(value)
  if (copied) return { ...copied, level: problem?.level === 'error' ? 'error' : copied.level }
  if (!URL.canParse(value.trim())) return problem
  const url = new URL(value.trim())
  if (url.username !== '' || url.password !== '') {
    const { href } = Object.assign(new URL(url), { username: '', password: '' })
    const message = 'Browsers refuse to send to a URL with a user name or password in it.'
    return { level: 'error', message, fix: { label: 'Remove them', value: href } }
  }
  if (problem?.level === 'error' || isBlockedPort(url)) return problem
  if (url.searchParams.has('access_token')) {
    return {
      level: 'warning',
      message: 'A token in the URL ends up in logs, and an API must refuse one that is sent in two ways.',
      spec: rfc(6750, '2.3'),
    }
  }
  if (url.href.includes('#')) {
    const { href } = Object.assign(new URL(url), { hash: '' })
    const message = 'Everything from # on stays in the browser.'
    return { level: 'note', message, fix: { label: 'Remove the fragment', value: href } }
  }
  if (isPlainHttp(url)) {
    const message = 'http: to another machine: the token can be read on the way.'
    return { level: 'warning', message, spec: rfc(6750, '5.3') }
  }
  return null
}

/** What was copied along with the URL of an API, and what in it is a placeholder. */
function copiedUrl(value: string): Found {
  const remark = urlRule(value)
  if (remark) return { level: remark.level, message: remark.message, ...(remark.fix && { fix: remark.fix }) }
  const placeholder = placeholderInUrl(value)
  if (placeholder === null) return null
  return {
    level: 'warning',
    message: `${quoted(placeholder)} is a placeholder: enter in its place what it is.`,
  }
}

const forbiddenMethods = ['CONNECT', 'TRACE', 'TRACK']

/** @see https://fetch.spec.whatwg.org/#forbidden-method */
function checkMethod(call: ApiCall): Found {
  const method = methodOf(call)
  if (method === '') return { level: 'missing', message: 'Enter the method.' }
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method)) {
    return { level: 'error', message: 'Not a method: letters and - only.', spec: rfc(9110, '9.1') }
  }
  if (!forbiddenMethods.includes(method)) return null
  const message = `Browsers let no page send ${method}.`
  return { level: 'error', message, spec: fetchStandard('forbidden-method') }
}

/** Two of them are the page's own in a token request, but the user's here. */
function checkCallHeaders({ headers, presentation }: ApiCall): ApiProblem[] {
  const made = presentation === 'none' ? [] : ['authorization', 'dpop']
  const conflicts = headers.flatMap(({ name, on }, index): ApiProblem[] => {
    if (!on || !made.includes(name.toLowerCase())) return []
    const message = `${name} is made from the token. To type your own, present the token “not at all”.`
    return [{ field: 'headers', index, level: 'error', message }]
  })
  const conflicting = conflicts.map(({ index }) => index)
  const others = checkHeaders({ ...emptyConfig, headers: headers.map(renamed) })
  return [
    ...conflicts,
    ...others.flatMap(({ index, ...problem }): ApiProblem[] =>
      index === undefined || conflicting.includes(index) ? [] : [{ ...problem, field: 'headers', index }],
    ),
  ]
}

/** `checkHeaders` keeps these for the page: under another name only what else can be wrong is said. */
const renamed = (entry: Entry): Entry =>
  /^(?:accept|content-type)$/i.test(entry.name) ? { ...entry, name: `${entry.name}-` } : entry

function checkBody(call: ApiCall): Found {
  if (call.body === '') return null
  const body = bodyOf(call)
  if (body === null) {
    const message = `Browsers send no body with ${methodOf(call)}: it is left out.`
    return { level: 'warning', message, spec: rfc(9110, '9.3.1') }
  }
  const surrogate = loneSurrogate(body, emptyConfig)
  if (surrogate) return surrogate
  const implied = impliedType(call)
  if (implied !== null)
    return { level: 'note', message: `Goes out as ${implied}; a header can say otherwise.` }
  const typed = call.headers.find(({ on, name }) => on && name.toLowerCase() === 'content-type')?.value ?? ''
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(essence(typed))) return null
  const parsed = parseJson(body)
  if (parsed.ok) return null
  const place = `line ${parsed.line}, column ${parsed.column}`
  return { level: 'warning', message: `Said to be JSON, and is none. At ${place}: ${parsed.message}` }
}
