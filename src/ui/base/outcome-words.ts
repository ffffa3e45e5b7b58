import type { Exchange, Outcome } from '../../lib/http/message.ts'

/** An outcome in a word or two, with the tone it is shown in; the word is never left to the colour. */
export function describeOutcome(outcome: Outcome): {
  readonly text: string
  readonly tone: 'ok' | 'warn' | 'bad'
} {
  switch (outcome.kind) {
    case 'response': {
      const { status, statusText } = outcome.response
      const { ended } = outcome
      return {
        text: `${status} ${statusText}`.trim() + (ended ? `, ${endings[ended]}` : ''),
        tone: status < 300 ? 'ok' : status < 500 ? 'warn' : 'bad',
      }
    }
    case 'opaque':
      return { text: 'Not readable', tone: 'warn' }
    case 'opaque-redirect':
      return { text: 'Redirect, not followed', tone: 'warn' }
    case 'failure':
      return { text: outcome.partial ? `${outcome.partial.status}, broken off` : 'No response', tone: 'bad' }
    case 'aborted':
      return {
        text: { person: 'Cancelled', timeout: 'Timed out', size: 'Too large' }[outcome.by],
        tone: 'bad',
      }
    default:
      return outcome satisfies never
  }
}

/** How the reading of a stream of events ended that was still open. */
const endings = { person: 'stopped', timeout: 'still open', size: 'cut' } as const

/** What an exchange is called: its number, which is negative for one of a file or of before a reload. */
export const numberOf = ({ id, via }: Pick<Exchange, 'id' | 'via'>): string =>
  id < 0 ? `${via === 'reload' ? 'earlier' : 'file'} ${-id}` : `#${id}`

/** The outcome as short as can be: the status, or a word. */
export function statusWord(outcome: Outcome): string {
  return outcome.kind === 'response' ? String(outcome.response.status) : describeOutcome(outcome).text
}

/** `1 234 567` bytes as `1.2 MB`; below a thousand, exact. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
