import { meaningOf } from '../http/format.ts'
import { headerValue, type HeaderList, type HttpRequest, type Outcome } from '../http/message.ts'
import { essence } from '../http/preflight.ts'
import { annotationsFor } from '../oauth/compose/annotations.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { filledCall, filledConfig } from '../oauth/config/config-fields.ts'
import { isSecretName } from '../text/hides-secret.ts'
import { differsEachTime } from './each-time.ts'
import type { Item } from './row.ts'

/** What an exchange was made from. */
interface MadeFrom {
  readonly config: TokenRequestConfig
  /** Of a call of an API. */
  readonly call?: ApiCall
  /** What was wrong with it on purpose; `null` if nothing was. */
  readonly fault?: string | null
}

/** The form as it was when the request was made, by its labels; what is switched off is left out. */
export function configItems({ config, call, fault = null }: MadeFrom): readonly Item[] {
  const filled = [...(call ? filledCall(call) : []), ...filledConfig(config)]
  return [
    ...filled.map(({ label, text, entry, isSecret = entry !== undefined && isSecretName(entry) }): Item => {
      const name = entry === undefined ? label : `${label}: ${entry}`
      return { key: name, name, value: text, ...(isSecret && { secrecy: 'secret' }) }
    }),
    ...(fault === null ? [] : [plain('Broken on purpose', fault)]),
  ]
}

const plain = (name: string, value: string): Item => ({ key: name, name, value })

/** Method and URL, the query left out: that is among the parameters. */
export function lineItems({ method, url }: HttpRequest): readonly Item[] {
  const { origin, pathname } = new URL(url)
  return [plain('Method', method), plain('Server', origin), plain('Path', pathname)]
}

/** Header fields, by their names in any case. @see RFC 9110 section 5.1 */
export const fieldItems = (about: string, headers: HeaderList): readonly Item[] =>
  headers.map(([name, value]): Item => {
    const key = name.toLowerCase()
    const { fields } = annotationsOf(about)
    return {
      key,
      name,
      value,
      ...(meaningOf(fields, key)?.secret === true && { secrecy: 'credentials' }),
      isEachTime: differsEachTime('fields', key),
    }
  })

const annotationsOf = (about: string) =>
  Object.hasOwn(annotationsFor, about)
    ? annotationsFor[about as keyof typeof annotationsFor]
    : annotationsFor.host

/** Whether the body of a request is a form. */
export const isForm = ({ headers }: HttpRequest): boolean =>
  essence(headerValue(headers, 'content-type') ?? '') === 'application/x-www-form-urlencoded'

/** The parameters of the query, with a question mark before their names, and of the form in the body, decoded. */
export function parameterItems(about: string, request: HttpRequest): readonly Item[] {
  const query = new URL(request.url).search.slice(1)
  const form = isForm(request) ? (request.body ?? '') : ''
  return [
    ...pairsOf(query).map((pair) => parameterItem(about, pair, '?')),
    ...pairsOf(form).map((pair) => parameterItem(about, pair, '')),
  ]
}

const pairsOf = (text: string): readonly string[] => text.split('&').filter((pair) => pair !== '')

function parameterItem(about: string, pair: string, before: string): Item {
  const [[name = '', value = ''] = []] = new URLSearchParams(pair)
  const isSecret = isSecretName(name) || meaningOf(annotationsOf(about).parameters, name)?.secret === true
  return {
    key: before + name,
    name: before + name,
    value,
    written: pair.slice(pair.indexOf('=') + 1 || pair.length),
    ...(isSecret && { secrecy: 'secret' }),
    isEachTime: differsEachTime('parameters', name),
  }
}

/** The status line, or why there is none, and the header fields that can be read. */
export function responseItems(about: string, outcome: Outcome): readonly Item[] {
  const response = 'response' in outcome ? outcome.response : 'partial' in outcome ? outcome.partial : null
  const status = response ? `${response.status} ${response.statusText}`.trim() : ''
  return [
    plain('Status', [status, wordsFor(outcome)].filter(Boolean).join(', ') || 'none'),
    ...fieldItems(about, response?.headers ?? []),
  ]
}

function wordsFor(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      return outcome.ended === undefined ? '' : 'ended before its end'
    case 'opaque':
      return 'not readable'
    case 'opaque-redirect':
      return 'a redirect, not followed'
    case 'failure':
      return `${outcome.partial ? 'broken off' : 'no response'} (${outcome.name}: ${outcome.message})`
    case 'aborted':
      return { person: 'cancelled', timeout: 'timed out', size: 'too large' }[outcome.by]
    default:
      return outcome satisfies never
  }
}
