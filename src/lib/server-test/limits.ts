import { type Exchange, headerValue } from '../http/message.ts'

/** Why a test was stopped before its end. */
export type Stopped =
  | { readonly kind: 'person' }
  /** `seconds` to wait, `null` if the server does not say. */
  | { readonly kind: 'limited'; readonly status: number; readonly seconds: number | null }
  /** The working request got no response any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'no token' }

/** What a server says that is asked too often; `null` if it does not. `now` in milliseconds since the epoch. @see RFC 9110 section 10.2.3, RFC 6585 section 4 */
export function limitOf({ outcome }: Exchange, now: number): Extract<Stopped, { kind: 'limited' }> | null {
  if (outcome.kind !== 'response') return null
  const { status, headers } = outcome.response
  const value = headerValue(headers, 'retry-after')
  if (status !== 429 && (status !== 503 || value === null)) return null
  return { kind: 'limited', status, seconds: value === null ? null : secondsOf(value.trim(), now) }
}

/** A number of seconds, or a date. A day at most: nobody waits longer. */
function secondsOf(value: string, now: number): number | null {
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 0), 86_400)
}

/** Why a test was stopped, in a sentence. */
export function stoppedInWords(stopped: Stopped): string {
  switch (stopped.kind) {
    case 'person':
      return 'The test was stopped.'
    case 'limited': {
      const wait =
        stopped.seconds === null ? 'How long to wait is unknown.' : `It says to wait ${stopped.seconds} s.`
      return `The server responded with ${stopped.status}: it is asked too often. ${wait}`
    }
    case 'gone':
      return 'The server does not respond any more, not to the working request either.'
    case 'no token':
      return 'The working request brought no token, so nothing else was sent.'
    default:
      return stopped satisfies never
  }
}
