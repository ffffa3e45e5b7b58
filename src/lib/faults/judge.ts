import { type Check, fail, note, pass, type Result, skipped, warn } from '../check.ts'
import { challengesOf } from '../http/challenges.ts'
import { type Exchange, headerValue, type HttpResponse } from '../http/message.ts'
import { readApiResponse } from '../oauth/api/api-response.ts'
import { scopeTokens } from '../oauth/config/config.ts'
import { readTokenResponse } from '../oauth/response/read-response.ts'
import { responseScope } from '../oauth/response/token-facts.ts'
import { quoted } from '../text/quoted.ts'
import type { Expectation, Fault } from './fault.ts'
import type { Target } from './faults.ts'
import { unknownScope } from './scope-faults.ts'

/** What a response says, as far as an expectation goes. */
interface Seen {
  readonly who: 'server' | 'API'
  readonly status: number
  /** The registered code; `null` if there is none, or the page cannot see it. */
  readonly code: string | null
  readonly accepted: boolean
  /** `scope` that came with a token; `null` if none did. */
  readonly scope: string | null
}

/**
 * Judges what a broken request came to by what the standard expects.
 * @param worked whether the same request, unbroken, has been accepted before: else something besides the fault may be why it
 * was refused
 */
export function judge(fault: Fault, target: Target, exchange: Exchange, worked: boolean): Check {
  const { expects } = fault
  const { outcome } = exchange
  const result =
    outcome.kind === 'response'
      ? judged(expects, seen(target, outcome, outcome.response), worked)
      : skipped('The page could not read a response, so nothing can be said of the server.')
  const challenge = target === 'api' && result.result === 'pass' ? aboutChallenge(exchange) : ''
  return { what: titles[result.result], ...result, found: result.found + challenge, spec: expects.spec }
}

const titles: Readonly<Record<Check['result'], string>> = {
  pass: 'As the standard expects',
  note: 'Worth knowing',
  warn: 'Deviates from the standard',
  fail: 'Deviates from the standard',
  skipped: 'Cannot be told',
}

function seen(target: Target, outcome: Exchange['outcome'], { status }: HttpResponse): Seen {
  if (target === 'api') {
    const reading = readApiResponse(outcome)
    const code = reading.kind === 'refused' ? (reading.error?.error ?? null) : null
    return { who: 'API', status, code, accepted: reading.kind === 'accepted', scope: null }
  }
  const reading = readTokenResponse(outcome)
  const code = reading.kind === 'refused' ? reading.error.error : null
  return { who: 'server', status, code, accepted: reading.kind === 'issued', scope: responseScope(reading) }
}

function judged(expects: Expectation, said: Seen, worked: boolean): Result {
  const { who, status, code, accepted } = said
  if (accepted) return judgedAcceptance(expects, said)
  if (status === 429 || status === 503)
    return skipped(`The ${who} responded with ${status}: it is busy, or limits requests.`)
  const gave = `The standard expects ${inWords(expects, who)}, and the ${who} responded with ${describe(said)}.`
  if (status >= 500) return fail(`${gave} A fault of the client is none of the ${who}.`)
  const { statuses, codes } = expects
  const noted =
    code !== null && expects.noted && Object.hasOwn(expects.noted, code) ? expects.noted[code] : undefined
  if (noted !== undefined) return note(noted)
  const fitsStatus = statuses === '4xx' ? status >= 400 : statuses.includes(status)
  const isHidden = who === 'API' && code === null
  const fitsCode = codes.length === 0 || isHidden || (code !== null && codes.includes(code))
  if (fitsStatus && fitsCode) return pass(gave)
  if (!worked)
    return skipped(
      `${gave} The same request has not been accepted unbroken yet, so something else may be why.`,
    )
  return deviation[expects.weight](gave)
}

const deviation = { must: fail, should: warn, note } as const

function judgedAcceptance({ accepted, ...expects }: Expectation, { who, scope }: Seen): Result {
  const what = who === 'API' ? 'The API accepted the call' : 'The server issued a token'
  if (accepted === 'fits') return pass(`${what}, which the standard allows.`)
  if (typeof accepted === 'object') return note(accepted.noted)
  if (accepted === 'never')
    return deviation[expects.weight](
      `The standard expects ${inWords({ accepted, ...expects }, who)}. ${what}.`,
    )
  if (scope === null) return fail(`${what}, and its response does not say which scope it has.`)
  return scopeTokens(scope).includes(unknownScope)
    ? warn(`${what} with a scope that no server should have: ${quoted(scope)}.`)
    : pass(`${what} with less scope than asked for, and says so: ${quoted(scope)}.`)
}

/** "401 with invalid_client", "a token, or 400 with invalid_scope". */
function inWords({ statuses, codes, accepted }: Expectation, who: Seen['who']): string {
  const status = statuses === '4xx' ? 'a refusal (4xx)' : statuses.join(' or ')
  const refusal = codes.length === 0 ? status : `${status} with ${codes.join(' or ')}`
  return accepted === 'fits' || accepted === 'with less scope'
    ? `${who === 'API' ? 'a success' : 'a token'}, or ${refusal}`
    : refusal
}

const describe = ({ status, code }: Seen): string =>
  code === null ? String(status) : `${status} ${quoted(code)}`

/** "the resource server MUST include the HTTP "WWW-Authenticate" response header field". @see RFC 6750 section 3 */
function aboutChallenge({ outcome, serverView }: Exchange): string {
  if (outcome.kind !== 'response') return ''
  if (challengesOf(outcome.response.headers).length > 0) return ' Its challenge came with it.'
  const isHidden = headerValue(serverView?.hiddenHeaders ?? [], 'www-authenticate') !== null
  return isHidden
    ? ' Its challenge is hidden from the page by CORS.'
    : ' Whether a challenge came with it, the page cannot see.'
}
