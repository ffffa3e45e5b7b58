import { decodeBody } from '../../http/body.ts'
import type { HttpResponse, Outcome } from '../../http/message.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, member } from '../../json/value.ts'
import { longestKeyText, readKeys, type KeySource } from './key-source.ts'

/** Why no keys came of asking for them. */
export interface KeySetTrouble {
  /** What happened, and what to do, in sentences. */
  readonly words: string
  /** Whether pasting them helps: a tab of its own shows what a page may not read. */
  readonly paste: boolean
  /** Where the keys are instead, as the answer says; `null` where it says nothing of it. */
  readonly elsewhere: string | null
}

export type KeySetAnswer =
  { readonly ok: true; readonly source: KeySource } | { readonly ok: false; readonly trouble: KeySetTrouble }

/** The keys in the answer of a server to the request for its JWK Set, or why there are none. @see RFC 7517 section 5 */
export function readKeySetAnswer(outcome: Outcome): KeySetAnswer {
  switch (outcome.kind) {
    case 'response':
      return readResponse(outcome.response)
    case 'failure':
      return trouble(
        outcome.partial
          ? 'The connection ended before the answer was complete. Fetch the keys again.'
          : 'The browser got no answer that it lets a page read: the server may serve its keys without CORS, as is common, or it is down, or its certificate is not trusted. Open the URL in a tab: if it shows there, copy the text and paste it here.',
        { paste: outcome.partial === null },
      )
    case 'opaque':
    case 'opaque-redirect':
      return trouble(
        'The server sends elsewhere, and browsers hide where to. Open the URL in a tab, and type the one it ends at.',
        { paste: true },
      )
    case 'aborted':
      return trouble(aborted[outcome.by])
    default:
      return outcome satisfies never
  }
}

const aborted = {
  person: 'Cancelled before the keys came.',
  timeout: 'The server had not answered when the time was over.',
  size: 'More than 16 MiB came: that is a download, and no set of keys.',
} as const

function readResponse(response: HttpResponse): KeySetAnswer {
  const { status } = response
  if (status !== 200)
    return trouble(
      `The server answered ${status}: there are no keys at this URL. Its metadata names the right one, jwks_uri.`,
    )
  const body = decodeBody(response)
  if (body.kind !== 'text')
    return trouble(body.kind === 'empty' ? 'The answer is empty.' : `The answer is no text. ${body.why}`)
  const source = readKeys(body.text)
  if (source.kind === 'set') return { ok: true, source: withWarning(source) }
  const json = body.text.length > longestKeyText ? null : parseJson(body.text)
  const elsewhere = json?.ok ? (asString(member(json.value, 'jwks_uri')) ?? null) : null
  if (elsewhere !== null)
    return trouble('This is the server’s metadata. It says where the keys are.', { elsewhere })
  return trouble(source.kind === 'unreadable' ? source.message : 'The answer holds no keys.')
}

/** "HMAC keys [...] MUST be kept secret": one that is served to a page is served to everybody. @see RFC 7518 section 6.4 */
function withWarning(source: Extract<KeySource, { kind: 'set' }>): KeySource {
  if (source.keys.every(({ kty }) => kty !== 'oct')) return source
  const note = 'A shared secret (kty oct) is served here: whoever reads this URL can make tokens that verify.'
  return { ...source, notes: [note, ...source.notes] }
}

function trouble(words: string, more: Partial<KeySetTrouble> = {}): KeySetAnswer {
  return { ok: false, trouble: { words, paste: false, elsewhere: null, ...more } }
}
