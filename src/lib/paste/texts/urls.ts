import { httpUrl } from '../../http/http-url.ts'
import { issuerOfDocument } from '../../oauth/discovery/discovery.ts'
import { placeholderInUrl } from '../../oauth/check/typed-endpoint.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import type { Kind } from '../kind.ts'

/** No URL in use is longer. */
const longest = 4096

/**
 * A URL alone: an issuer, the URL of metadata, an endpoint, an API. What it is, **Find** finds out. One with a secret in it is refused: it would be
 * sent, stored and logged with the address.
 * @see RFC 8414 section 3.1, RFC 9728 section 3.1
 */
export const url: Kind = {
  kind: 'url',
  read({ text }) {
    const [, found = ''] =
      /^[<"'`(]?(https?:\/\/[^\s<>"'`]+?)[>"'`),;]{0,2}$/i.exec(text.slice(0, longest + 9)) ?? []
    const read = httpUrl(found)
    if (read === null || text.length > longest) return null
    const what = issuerOfDocument(found) === null ? 'a URL' : 'the URL of a server’s metadata'
    const reason = reasons.find(([seen]) => seen(read, found))?.[1]
    return reason === undefined
      ? { what, proposals: [{ kind: 'url', name: '', text: found }], ignored: [] }
      : { what, refusal: reason }
  },
}

/** Why a URL is not used. */
const reasons: readonly (readonly [seen: (url: URL, text: string) => boolean, refusal: string])[] = [
  [
    ({ username, password }) => username !== '' || password !== '',
    'It has a user name or a password in it. Browsers refuse to send to such a URL, and it would be stored with the address. Enter them as client ID and client secret.',
  ],
  [
    ({ hash }) => /^#\d+;/.test(hash),
    'It is a link to a configuration of a copy of this page. Open it in a tab.',
  ],
  [
    (_, text) => hidesSecret(text, ''),
    'A member of its query or fragment is named like a secret, or is a token. URLs end up in logs and histories. Paste the URL without it.',
  ],
  [
    (_, text) => placeholderInUrl(text) !== null,
    'It has a placeholder in it. Put in what it is at your server.',
  ],
]
