import { parseJson } from '../../json/parse.ts'
import { asString, member } from '../../json/value.ts'
import { encodeBase64url } from '../../encoding/base64.ts'
import { eachInvisible } from '../../text/invisible.ts'

/** A token as it can be sent, and in words what was removed around it. */
export interface CleanToken {
  readonly token: string
  /** Noun phrases: "the scheme Bearer", "quotation marks". Empty when the text was clean. */
  readonly removed: readonly string[]
}

/** What may surround a token; each is anchored at an end, so that no pattern searches the whole text. */
const wrappings: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^-H\s*(?=["'])/, 'the option -H of curl'],
  [/^(?:proxy-)?authorization\s*["']?\s*[:=]/i, 'the header name Authorization'],
  [/^bearer(?=\s)/i, 'the scheme Bearer'],
  [/^dpop(?=\s)/i, 'the scheme DPoP'],
  [/^["'`\u2018-\u201F\u00AB\u00BB\s]+/, 'quotation marks'],
]

const trailing: readonly (readonly [characters: string, what: string])[] = [
  ['"\'`\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u00AB\u00BB', 'quotation marks'],
  [',', 'a trailing comma'],
  [';', 'a trailing semicolon'],
]

/**
 * Gets the token out of what people paste: a whole token response, a fragment or form body with `access_token`, an
 * `Authorization` field, a quoted or wrapped string. Changes nothing inside the token but white space and invisible
 * characters, which no token has (RFC 6750 section 2.1). Never throws.
 */
export function cleanToken(pasted: string): CleanToken {
  const removed = new Set<string>()
  const visible = note(pasted, pasted.replace(eachInvisible, ''), removed, 'invisible characters')
  const peeled = peel(accessToken(visible, removed), removed)
  const token = note(peeled, peeled.replace(/\s+/g, ''), removed, 'white space inside the token')
  return { token, removed: [...removed] }
}

function note(before: string, after: string, removed: Set<string>, what: string): string {
  if (before !== after) removed.add(what)
  return after
}

/** The value of `access_token` in a JSON text, or in a fragment, query or form body; else the text as it is. */
function accessToken(text: string, removed: Set<string>): string {
  const inJson = fromJson(text)
  if (inJson !== undefined) return note(text, inJson, removed, 'the token response around access_token')
  const pair = /(?:^|[?#&\s"'])access_token=([^&\s"']*)/.exec(text)?.[1]
  if (pair === undefined) return text
  const decoded = new URLSearchParams(`value=${pair}`).get('value') ?? ''
  return note(text, decoded, removed, 'the parameters around access_token')
}

/** Reads the JSON in the text (an HTTP response has fields before it), or what looks like a piece of such JSON. */
function fromJson(text: string): string | undefined {
  const start = text.indexOf('{')
  const parsed = start === -1 ? null : parseJson(text.slice(start, text.lastIndexOf('}') + 1))
  if (parsed?.ok === true) return asString(member(parsed.value, 'access_token'))
  return /"access_token"\s*:\s*"([^"\\]*)/.exec(text)?.[1]
}

/** Layers of wrapping removed: quotes in a header in quotes in a command are three. */
const mostLayers = 8

function peel(text: string, removed: Set<string>): string {
  let rest = note(text, text.trim(), removed, 'white space around the token')
  for (let layer = 0; layer < mostLayers; layer++) {
    for (const [pattern, what] of wrappings)
      rest = note(rest, rest.replace(pattern, '').trimStart(), removed, what)
    for (const [characters, what] of trailing) rest = note(rest, withoutEnd(rest, characters), removed, what)
  }
  return rest
}

function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end).trimEnd()
}

/** The token with another payload under its old header and signature: what a forger would send. @see RFC 7515 section 7.1 */
export function withPayload(token: string, payload: string): string {
  const [header = '', , signature = ''] = token.split('.')
  return `${header}.${encodeBase64url(new TextEncoder().encode(payload))}.${signature}`
}
