import type { HttpResponse, Outcome } from '../http/message.ts'
import { readApiResponse } from '../oauth/api/api-response.ts'
import { readTokenResponse } from '../oauth/response/read-response.ts'
import { type RunEntry, secretsOf } from './run-entry.ts'
import type { Returned } from './sequence.ts'
import { codeIn } from './words.ts'

/** What an exchange came to, in its status and a word or two of ours. */
export function returnedBy(entry: RunEntry): Returned {
  const { outcome } = entry.exchange
  switch (outcome.kind) {
    case 'response': {
      const { status } = outcome.response
      const said = meaningOf(entry)
      return { text: [status, said].filter(Boolean).join(' '), tone: toneOf(status), came: true, when: '' }
    }
    case 'opaque':
      return { text: 'a response, not readable', tone: 'warn', came: true, when: '' }
    case 'opaque-redirect':
      return { text: 'a redirect, not followed', tone: 'warn', came: true, when: '' }
    case 'failure':
      return outcome.partial
        ? broken(outcome.partial, 'broken off')
        : { text: 'no response', tone: 'bad', came: false, when: '' }
    case 'aborted': {
      const why = { person: 'cancelled', timeout: 'no response in time', size: 'too large' }[outcome.by]
      return outcome.partial
        ? broken(outcome.partial, why === 'no response in time' ? 'not whole in time' : why)
        : { text: why, tone: 'bad', came: false, when: '' }
    }
    default:
      return outcome satisfies never
  }
}

/** Whether anything came back, so that the browser must have been allowed to send the request. */
export function cameBack(outcome: Outcome): boolean {
  return 'partial' in outcome ? outcome.partial !== null : true
}

const broken = ({ status }: HttpResponse, why: string): Returned => ({
  text: `${status}, ${why}`,
  tone: 'bad',
  came: true,
  when: '',
})

/** 2xx green; no redirect is followed, so it is none. */
export function toneOf(status: number): Returned['tone'] {
  if (status < 300) return 'ok'
  return status < 500 ? 'warn' : 'bad'
}

/** The error code of a refusal, or the one thing a token request is made for. */
function meaningOf(entry: RunEntry): string | null {
  const { about, exchange } = entry
  const read = readers.get(about)
  const reading = read?.(exchange.outcome)
  if (reading?.kind === 'refused') return codeIn(reading.error?.error, secretsOf(entry))
  return about === 'token' && reading?.kind === 'issued' ? 'access token' : null
}

type Reader = (outcome: Outcome) => ReturnType<typeof readTokenResponse> | ReturnType<typeof readApiResponse>

/** Of what OAuth knows no errors for, no body is read. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['api', readApiResponse],
  ['token', readTokenResponse],
  ['registration', readTokenResponse],
  ['introspection', readTokenResponse],
  ['revocation', readTokenResponse],
])
