import { embeddedJson } from '../../json/embedded.ts'
import { isObject } from '../../json/own-members.ts'
import { asString, member } from '../../json/value.ts'
import { cleanToken } from '../../jwt/extract/token-text.ts'
import { listed } from '../../text/listed.ts'
import { quoted } from '../../text/quoted.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'

/** Characters of a text and of a token that are read, and names that are said. */
const bounds = { text: 2_000_000, names: 12 }

/** What is said of a token in any case. */
const known: ReadonlySet<string> = new Set(['access_token', 'token_type', 'expires_in', 'scope'])

/** The response of a token endpoint: its JSON, or the whole message as curl and developer tools show it. @see RFC 6749 section 5.1 */
export const tokenResponse: Kind = {
  kind: 'token-response',
  read({ text, document }) {
    if (text.length > bounds.text) return null
    if (isObject(document) && Object.hasOwn(document, 'access_token'))
      return ofMembers(
        typeof document['access_token'] === 'string' ? document['access_token'] : null,
        Object.keys(document),
        typeof document['token_type'] === 'string' ? document['token_type'] : '',
      )
    if (!/^(?:[<>*] ?)?HTTP\/\d/.test(text)) return null
    const json = embeddedJson(text, (value) => member(value, 'access_token') !== undefined)?.value
    if (json?.kind !== 'object') return null
    return ofMembers(
      asString(member(json, 'access_token')) ?? null,
      json.members.map(({ key }) => key),
      asString(member(json, 'token_type')) ?? '',
    )
  },
}

function ofMembers(value: string | null, names: readonly string[], type: string): Recognised | NotUsed {
  const what = 'the response of a token endpoint'
  if (value === null || value.trim() === '')
    return { what, refusal: 'Its access_token is no text, or an empty one.' }
  const placeholder = placeholderIn(value)
  if (placeholder?.level === 'warning') return { what, refusal: `Its access_token ${placeholder.what}.` }
  const others = [...new Set(names)].filter((name) => !known.has(name))
  return {
    what,
    proposals: [{ kind: 'token', name: '', text: cleanToken(value).token }],
    ignored: [
      ...(others.length === 0 ? [] : [`${listed(others.slice(0, bounds.names).map(quoted))}: not used.`]),
      ...(/^dpop$/i.test(type)
        ? ['The token is bound to a key (DPoP). An API accepts it only with a proof by that key.']
        : []),
    ],
  }
}

/** `Authorization: Bearer …`, perhaps as an option of a command. */
const scheme =
  /^(?:-H\s+)?["']?(?:authorization["']?\s*:\s*["']?)?(?:bearer|dpop)\s+([\w.~+/-]{4,}={0,2})["']?$/i

/** Random characters; names and numbers of versions have dots. */
const word = /^[\w~+/-]{20,}={0,2}$/

/** A token that is no JWT, with its scheme or as one long word. What has its look may be a secret as well: so the last. @see RFC 6750 section 2.1 */
export const opaqueToken: Kind = {
  kind: 'opaque-token',
  read({ text }) {
    if (text.length > 20_000) return null
    const [, withScheme] = scheme.exec(text) ?? []
    const token = withScheme ?? (word.test(text) && /\d/.test(text) && /[a-z]/i.test(text) ? text : '')
    if (token === '') return null
    if (placeholderIn(token)?.level === 'warning') return null
    return {
      what:
        withScheme === undefined
          ? 'one long word, as an opaque token is'
          : 'an opaque token, with its scheme',
      proposals: [{ kind: 'token', name: '', text: token }],
      ignored:
        withScheme === undefined
          ? ['If it is a client secret and no token, paste it into the field Client secret.']
          : [],
    }
  },
}
