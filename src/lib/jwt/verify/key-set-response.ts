import type { Explanation, Fix } from '../../explanation/explanation.ts'
import { decodeBody } from '../../http/body.ts'
import type { HttpResponse, Outcome } from '../../http/message.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, member } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { longestKeyText, readKeys, type KeySource } from './key-source.ts'
import { otherThanSet, serverWords } from './not-a-key-set.ts'

export type KeySetAnswer =
  | { readonly ok: true; readonly source: KeySource }
  | { readonly ok: false; readonly explanation: Explanation }

/** The keys in the response of a server to the request for its JWK Set, or why there are none. @see RFC 7517 section 5 */
export function readKeySetAnswer(outcome: Outcome): KeySetAnswer {
  switch (outcome.kind) {
    case 'response':
      return readResponse(outcome.response)
    case 'failure':
      return outcome.partial
        ? none('Broken off', 'The connection ended before the response was complete. Fetch the keys again.')
        : none('No readable response', 'The browser gave this page no response to read.', {
            causes: [
              'The server serves its keys without CORS, as is common.',
              'The server is down.',
              'The browser does not trust the server’s certificate.',
            ],
            certainty: 'possible',
            fixes: [lookInTab, paste],
          })
    case 'opaque':
    case 'opaque-redirect':
      return none('Redirect, not followed', 'The server sends elsewhere, and browsers hide where to.', {
        fixes: ['Open the URL in a tab, and type the one it ends at.', paste],
      })
    case 'aborted':
      return none(aborted[outcome.by].title, aborted[outcome.by].meaning)
    default:
      return outcome satisfies never
  }
}

const paste: Fix = { text: 'Paste the keys', paste: 'keys' }
/** Why no server was asked for its keys: no URL of them is known. */
export const notAsked: Explanation = {
  title: 'Nobody said where the keys are',
  meaning: 'Find the server by its issuer, type the URL (jwks_uri of its metadata), or paste the keys.',
  causes: [],
  certainty: 'certain',
  fixes: [paste],
  spec: [],
}

const lookInTab = 'Open the URL in a tab. If it shows the keys there, copy the text and paste it.'

const aborted = {
  person: { title: 'Cancelled', meaning: 'The request was cancelled before the keys came.' },
  timeout: { title: 'No response in time', meaning: 'The time was over before the server responded.' },
  size: { title: 'Too large', meaning: 'More than 16 MiB came. That is a download, not a set of keys.' },
} as const

function readResponse(response: HttpResponse): KeySetAnswer {
  const { status } = response
  const body = decodeBody(response)
  if (status !== 200) {
    const said = body.kind === 'text' && body.text.length <= longestKeyText ? parseJson(body.text) : null
    const words = said?.ok === true ? serverWords(said.value) : null
    return none(
      `No keys at this URL (${status})`,
      `${words === null ? '' : `The server says: “${quoted(words)}”. `}The server’s metadata names the right URL: it is jwks_uri.`,
    )
  }
  if (body.kind === 'empty') return none('The response is empty', 'A JWK Set is a JSON object with “keys”.')
  if (body.kind === 'binary') return none('The response is not text', body.why)
  const source = readKeys(body.text)
  if (source.kind === 'set')
    return {
      ok: true,
      source: withWarning({ ...source, notes: [...otherThanSet(body.text), ...source.notes] }),
    }
  const json = body.text.length > longestKeyText ? null : parseJson(body.text)
  const moveTo = json?.ok ? asString(member(json.value, 'jwks_uri')) : undefined
  if (moveTo !== undefined)
    return none('This is the server’s metadata', 'It says where the keys are.', {
      fixes: [{ text: 'Fetch them there', moveTo }],
    })
  const meaning = source.kind === 'unreadable' ? source.message : 'A JWK Set is a JSON object with “keys”.'
  return none('The response has no keys', meaning)
}

/** "HMAC keys [...] MUST be kept secret": one that is served to a page is served to everybody. @see RFC 7518 section 6.4 */
function withWarning(source: Extract<KeySource, { kind: 'set' }>): KeySource {
  if (source.keys.every(({ kty }) => kty !== 'oct')) return source
  const note = 'A shared secret (kty oct) is served here: whoever reads this URL can make tokens that verify.'
  return { ...source, notes: [note, ...source.notes] }
}

function none(title: string, meaning: string, more: Partial<Explanation> = {}): KeySetAnswer {
  const spec = [rfc(7517, '5')]
  return {
    ok: false,
    explanation: { title, meaning, causes: [], certainty: 'certain', fixes: [], spec, ...more },
  }
}
