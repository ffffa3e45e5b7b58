import { embeddedJson } from '../../json/embedded.ts'
import { parseJson } from '../../json/parse.ts'
import { asString } from '../../json/value.ts'
import { encodeBase64url } from '../../encoding/base64.ts'
import { eachInvisible } from '../../text/invisible.ts'
import { quoted } from '../../text/quoted.ts'
import { around } from './around.ts'
import { findJwts } from './find-jwt.ts'
import { tokensInJson, tokensNamedIn } from './named-token.ts'
import { type CleanToken, peeled } from './peel.ts'

export type { CleanToken } from './peel.ts'

/** The colours of a terminal. @see ECMA-48 section 8.3.117 */
// eslint-disable-next-line no-control-regex -- it is the control character that begins them
const colours = /\u001B\[[\d;]{0,20}[A-Za-z]/g

/**
 * Gets the token out of what people paste and servers send: a token response, a command, an HTTP message, a line of a log or
 * of a file, a URL, a quoted or wrapped string. Of several tokens it is the first, and the others are said. Changes nothing
 * inside the token but white space and invisible characters, which no token has; white space that may separate it from
 * words stays. A text without a token is given back as it is, on one line. In linear time. Never throws.
 * @see RFC 6750 section 2.1
 */
export function cleanToken(pasted: string): CleanToken {
  const plain = pasted.replace(colours, '')
  const visible = plain.replace(eachInvisible, '')
  const { token, removed } = extracted(visible, 0)
  return {
    token,
    removed: [
      ...new Set([
        ...(plain === pasted ? [] : ['the colours of a terminal']),
        ...(visible === plain ? [] : ['invisible characters']),
        ...removed,
      ]),
    ],
  }
}

/** Texts inside texts that are opened. */
const deepest = 3

function extracted(text: string, depth: number): CleanToken {
  const isJson = /^\s*(?:[{["]|HTTP\/\d)/.test(text)
  return (
    (isJson && depth < deepest ? fromJson(text, depth) : null) ??
    fromText(text) ??
    (!isJson && depth < deepest ? fromJson(text, depth) : null) ??
    peeled(text)
  )
}

/** What JSON in the text has under the name of a token, or what looks like a piece of such JSON. */
function fromJson(text: string, depth: number): CleanToken | null {
  const whole = parseJson(text)
  const inside = whole.ok ? asString(whole.value) : undefined
  if (inside !== undefined && /[{"]/.test(inside))
    return withRemoved(extracted(inside, depth + 1), ['quotation marks'])
  const json = whole.ok ? whole.value : embeddedJson(text, (value) => tokensInJson(value).length > 0)?.value
  const [found, ...others] = json ? tokensInJson(json) : []
  if (found) {
    const more = others.filter(({ name }) => name === found.name).length
    return withRemoved(extracted(found.value, depth + 1), [wrapper(found.name), ...further(more)])
  }
  const [, name = '', value = ''] = piece.exec(text) ?? []
  return value === '' ? null : withRemoved(extracted(value, depth + 1), [wrapper(name)])
}

/** A member of a JSON text that is not whole. */
const piece = /"((?:access_?|auth_?)?token|jwt)\\{0,9}"\s{0,20}:\s{0,20}\\{0,9}"([^"\\]*)/i

const wrapper = (name: string): string =>
  name === 'access_token' ? 'the token response around access_token' : `the JSON around “${quoted(name)}”`

const further = (count: number): readonly string[] =>
  count === 0 ? [] : [count === 1 ? 'a second token, which is another one' : `${count} more tokens`]

const withRemoved = ({ token, removed }: CleanToken, more: readonly string[]): CleanToken => ({
  token,
  removed: [...more, ...removed],
})

/** A JWT anywhere in the text, or what it has under the name of a token or after a scheme. */
function fromText(text: string): CleanToken | null {
  const jwts = findJwts(text)
  const [named] = tokensNamedIn(text)
  const jwt = jwts.find(({ start }) => start === named?.start) ?? jwts[0]
  if (named && named.start !== jwt?.start && (!jwt || named.isStandard)) {
    const token = unescaped(named.value)
    return {
      token,
      removed: [
        ...around(text, named.start, named.end),
        ...(token === named.value ? [] : ['the escapes of a URL']),
      ],
    }
  }
  if (!jwt) return null
  const { token, inside, start, end } = jwt
  const others = new Set(jwts.map((one) => one.token)).size - 1
  return { token, removed: [...inside, ...around(text, start, end), ...further(others)] }
}

/** A "+" is one of the token: a token has no white space. */
const unescaped = (value: string): string =>
  value.includes('%')
    ? (new URLSearchParams(`value=${value.replaceAll('+', '%2B')}`).get('value') ?? '')
    : value

/** The token with another payload under its old header and signature: what a forger would send. @see RFC 7515 section 7.1 */
export function withPayload(token: string, payload: string): string {
  const [header = '', , signature = ''] = token.split('.')
  return `${header}.${encodeBase64url(new TextEncoder().encode(payload))}.${signature}`
}
