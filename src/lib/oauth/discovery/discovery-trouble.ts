import type { Outcome } from '../../http/message.ts'
import type { MetadataReading } from './metadata-reading.ts'

/** Why an attempt gave no metadata. */
export interface AttemptTrouble {
  /** In some words: "Nothing there (404)". */
  readonly words: string
  /** What it may mean and what to do, in sentences; `null` where the words say it all. */
  readonly advice: string | null
}

/** What became of an attempt; `null` where metadata was found. */
export function attemptTrouble(reading: MetadataReading): AttemptTrouble | null {
  switch (reading.kind) {
    case 'found':
      return null
    case 'absent':
      return { words: `${statusWords(reading.status)} (${reading.status})`, advice: null }
    case 'not-metadata':
      return { words: reading.why, advice: null }
    case 'unreadable':
      return unreadable(reading.outcome)
    default:
      return reading satisfies never
  }
}

function statusWords(status: number): string {
  if (status === 404 || status === 410) return 'Nothing there'
  if (status === 401 || status === 403) return 'Not shown to us'
  if (status >= 500) return 'The server failed'
  if (status >= 300 && status < 400) return 'Redirect, not followed'
  return 'Refused'
}

type Unreadable = Exclude<Outcome, { kind: 'response' }>

const open = 'Open it in a tab; if it shows, copy its text and paste it below.'

function unreadable(outcome: Unreadable): AttemptTrouble {
  switch (outcome.kind) {
    case 'failure':
      return {
        words: outcome.partial ? 'Broken off' : 'No readable answer',
        advice: outcome.partial
          ? `The connection ended before the answer was complete. ${open}`
          : `The browser got no readable answer: the server is down, its certificate not trusted, or it allows no page to read its metadata (missing CORS). ${open}`,
      }
    case 'opaque':
    case 'opaque-redirect':
      return {
        words: 'Redirect, not followed',
        advice:
          'The server sends elsewhere, and browsers hide where to. Open it in a tab, and enter the URL it ends at in the field above.',
      }
    case 'aborted':
      return aborted[outcome.by]
    default:
      return outcome satisfies never
  }
}

const aborted = {
  person: { words: 'Cancelled', advice: null },
  timeout: {
    words: 'No answer in time',
    advice: `The server had not answered when the time was over. ${open}`,
  },
  size: { words: 'Too large', advice: 'More than 16 MiB came: that is a download, and not metadata.' },
} as const
