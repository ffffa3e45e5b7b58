import type { Explanation, Fix } from '../../explanation/explanation.ts'
import type { Outcome } from '../../http/message.ts'
import { rfc } from '../../spec.ts'
import type { NoDocument } from './document-reading.ts'

/** Whose metadata were asked for: a server's, or those of an API that tokens are for. */
export type Described = 'server' | 'resource'

/**
 * Why a request for metadata brought none; `null` if it did.
 * @see RFC 8414 section 3.2
 * @see RFC 9728 section 3.2
 */
export function explainAttempt(
  reading: { readonly kind: 'found' } | NoDocument,
  of: Described = 'server',
): Explanation | null {
  const explanation = explained(reading, of)
  return explanation && of === 'resource' ? { ...explanation, spec: [rfc(9728, '3.2')] } : explanation
}

function explained(reading: { readonly kind: 'found' } | NoDocument, of: Described): Explanation | null {
  switch (reading.kind) {
    case 'found':
      return null
    case 'absent':
      return absent(reading.status, of)
    case 'not-metadata':
      return because(
        reading.why,
        `Metadata is a JSON object that describes the ${of === 'server' ? 'server' : 'API'}.`,
        [paste],
      )
    case 'unreadable':
      return unreadable(reading.outcome)
    default:
      return reading satisfies never
  }
}

const paste: Fix = { text: 'Paste the metadata', paste: 'metadata' }
const lookInTab = 'Open the URL in a tab. If it shows the metadata there, copy the text and paste it.'

function because(title: string, meaning: string, fixes: readonly Fix[] = []): Explanation {
  return { title, meaning, causes: [], certainty: 'certain', fixes, spec: [rfc(8414, '3.2')] }
}

function absent(status: number, of: Described): Explanation {
  const known = statusMeanings.find(({ applies }) => applies(status)) ?? otherStatus
  const { title, meaning } = of === 'resource' && known === nothingThere ? noResource : known
  return because(`${title} (${status})`, meaning)
}

const nothingThere = {
  applies: (status: number) => status === 404 || status === 410,
  title: 'Nothing there',
  meaning:
    'The server has no metadata at this URL. It may have it at another, or its issuer is a different one.',
}
const noResource = {
  title: 'No metadata of an API',
  meaning: 'An API that names its authorization server would have its metadata here. Many APIs have none.',
}

const otherStatus = { title: 'Refused', meaning: 'The server has no metadata for this URL.' }
const statusMeanings = [
  nothingThere,
  {
    applies: (status: number) => status === 401 || status === 403,
    title: 'Not shown to us',
    meaning: 'The server gives this URL only to those it knows. Metadata is public, as a rule.',
  },
  {
    applies: (status: number) => status >= 500,
    title: 'The server failed',
    meaning: 'The server, or a proxy before it, is broken or still starting.',
  },
  {
    applies: (status: number) => status >= 300 && status < 400,
    title: 'Redirect, not followed',
    meaning: 'The server sends elsewhere. Enter the URL it ends at.',
  },
]

type Unreadable = Exclude<Outcome, { kind: 'response' }>

function unreadable(outcome: Unreadable): Explanation {
  switch (outcome.kind) {
    case 'failure':
      return outcome.partial
        ? because('Broken off', 'The connection ended before the response was complete.', [lookInTab, paste])
        : {
            ...because('No readable response', 'The browser gave this page no response to read.', [
              lookInTab,
              paste,
            ]),
            causes: [
              'The server allows no page to read its metadata (missing CORS).',
              'The server is down.',
              'The browser does not trust the server’s certificate.',
            ],
            certainty: 'possible',
          }
    case 'opaque':
    case 'opaque-redirect':
      return because(
        'Redirect, not followed',
        'The server sends elsewhere, and browsers hide where to. Open the URL in a tab, and enter the one it ends at as the issuer or discovery URL.',
      )
    case 'aborted':
      return aborted[outcome.by]
    default:
      return outcome satisfies never
  }
}

const aborted = {
  person: because('Cancelled', 'The request was cancelled before the response was there.'),
  timeout: because('No response in time', 'The time was over before the server responded.', [
    lookInTab,
    paste,
  ]),
  size: because('Too large', 'More than 16 MiB came. That is a download, not metadata.'),
} as const
