import type { HeaderList } from './message.ts'

/** What a server requires before it grants access: one entry of `WWW-Authenticate`. @see RFC 9110 section 11.6.1 */
export interface Challenge {
  /** As it was written; schemes are case-insensitive. Empty if parameters came without a scheme. */
  readonly scheme: string
  /** What is there instead of parameters, as with `Negotiate`; `null` for nearly every scheme. */
  readonly token68: string | null
  /** In order, repeats kept, names as they were written; of quoted values the meaning. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/** How much of a field is read: far more than any server means, and little enough for a hostile one. */
const most = { characters: 32_768, challenges: 32, parameters: 128 }

/** What is written otherwise than the grammar has it; the first is whatever is nothing of a challenge at all. */
export type Deviation =
  | 'stray'
  | 'comma-after-scheme'
  | 'no-comma'
  | 'no-scheme'
  | 'colon'
  | 'bare-words'
  | 'bare-value'
  | 'other-quotes'
  | 'escaped-quotes'
  | 'quote-inside'
  | 'quote-open'
  | 'not-ascii'

/** Told of each deviation, with the name that it is at. */
export type Notice = (deviation: Deviation, name: string) => void

interface Open {
  readonly scheme: string
  token68: string | null
  readonly parameters: [name: string, value: string][]
  /** Whether the last value had no quotes, so that words after it may belong to it. */
  bare: boolean
}

const tchar = "[\\w!#$%&'*+.^`|~-]"
const sticky = (source: string) => new RegExp(source, 'y')

const separators = /[\t ,;]*/y
const space = /[\t ]*/y
const word = sticky(`${tchar}+`)
/** A colon only before a quote, as in JSON: elsewhere it is of a URL. */
const equals = /[\t ]*=[\t ]*|"?[\t ]*:[\t ]*(?=")/y
const quote = /\\[^]|"/g
const named = `[\\t ]+${tchar}+[\\t ]*=`
/** What follows a quote that ends a value: the end, a comma with what may follow one, or the next name. */
const closing = sticky(
  `[\\t ]*(?:$|[}\\]]|[,;][\\t ,;]*(?:$|"?${tchar}+(?:"?:|[\\t ]*(?:=|$|[,;])|${named}|[\\t ]+[\\w\\-.~+/]+=*[\\t ]*(?:$|,))))|[\\t ]+${tchar}+(?:${named}|[\\t ]*=)`,
)
/** What is before a quote that begins a value. */
const opening = new RegExp(`[\\t ,;]+${tchar}+[\\t ]*=[\\t ]*$`)
const typographic = '(?:[\u201c-\u201f]|\u00e2\u0080[\u009c-\u009f])'
/** Quotes of another kind, and quotes with a backslash before each. */
const otherQuotes = sticky(
  `(?:'([^"]*?)'|${typographic}([^"]*?)${typographic})(?=[\\t ]*(?:$|[,;])|${named})`,
)
const escapedQuotes = /\\"([^"]*?)\\"/y
const bareValue = /[^\t ,;"]*/y
/** Only up to a comma or the end; else it is the name of a parameter. */
const token68 = /[\w\-.~+/]+=*(?=[\t ]*(?:,|$))/y

/**
 * Reads the value of `WWW-Authenticate`, several challenges in one field included. Accepts what servers send beyond the
 * grammar: a comma after the scheme, missing commas, values without quotes, in other quotes, with quotes inside or with
 * one that is not closed, parameters without a scheme; skips what is nothing of the kind. Never throws.
 * @param notice is told what deviates from the grammar
 * @see RFC 9110 section 11.6.1
 */
export function parseChallenges(value: string, notice: Notice = () => undefined): readonly Challenge[] {
  const text = value.slice(0, most.characters)
  const found: Open[] = []
  let parameters = 0
  for (let at = 0; at < text.length && found.length <= most.challenges && parameters < most.parameters;) {
    const start = at + (match(separators, text, at)?.length ?? 0)
    const afterComma = text.slice(at, start).includes(',')
    const name = match(word, text, start)
    const last = found.at(-1)
    if (name === null) {
      if (start < text.length) notice('stray', text.charAt(start))
      at = start + 1
      continue
    }
    const end = start + name.length
    const sign = match(equals, text, end)
    if (sign !== null) {
      if (!last) notice('no-scheme', name)
      else if (last.parameters.length === 0 && afterComma) notice('comma-after-scheme', last.scheme)
      else if (last.parameters.length > 0 && !afterComma) notice('no-comma', name)
      if (sign.includes(':')) notice('colon', name)
      const read = valueAt(text, end + sign.length, (deviation) => {
        notice(deviation, name)
      })
      const challenge = last ?? opened(found, '')
      challenge.parameters.push([name, read.value])
      challenge.bare = read.bare
      parameters++
      at = read.end
      continue
    }
    if (last?.bare === true && !afterComma) {
      notice('bare-words', last.parameters.at(-1)?.[0] ?? '')
      appendWord(last, text.slice(at, end))
      at = end
      continue
    }
    if (last && !afterComma) notice('no-comma', name)
    const challenge = opened(found, name)
    at = end + (match(space, text, end)?.length ?? 0)
    const credentials = at > end ? match(token68, text, at) : null
    if (credentials === null) continue
    challenge.token68 = credentials
    at += credentials.length
  }
  return found.slice(0, most.challenges).map(({ scheme, token68: whole, parameters: read }) => ({
    scheme,
    token68: whole,
    parameters: read,
  }))
}

/** The challenges of a response, however many fields they came in. A script sees repeats joined into one. */
export const challengesOf = (headers: HeaderList): readonly Challenge[] =>
  parseChallenges(challengeField(headers))

/** All fields `WWW-Authenticate` of a response as one, as a script sees them; empty if there is none. */
export const challengeField = (headers: HeaderList): string =>
  headers
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .map(([, value]) => value)
    .join(', ')

/** The first value of a parameter; its name is case-insensitive. `null` if there is none. */
export function challengeParameter({ parameters }: Challenge, name: string): string | null {
  return parameters.find(([own]) => own.toLowerCase() === name)?.[1] ?? null
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

function opened(found: Open[], scheme: string): Open {
  const challenge: Open = { scheme, token68: null, parameters: [], bare: false }
  found.push(challenge)
  return challenge
}

interface Value {
  readonly value: string
  readonly end: number
  readonly bare: boolean
}

function valueAt(text: string, at: number, notice: (deviation: Deviation) => void): Value {
  if (text.charAt(at) === '"') {
    const end = endOfQuoted(text, at + 1, notice)
    const value = decoded(text.slice(at + 1, end).replace(/\\([^])/g, '$1'))
    if (/[^\x20-\x7e\t]/.test(value)) notice('not-ascii')
    return { value, end: text.charAt(end) === '"' ? end + 1 : end, bare: false }
  }
  for (const [pattern, deviation] of [
    [otherQuotes, 'other-quotes'],
    [escapedQuotes, 'escaped-quotes'],
  ] as const) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) continue
    notice(deviation)
    return { value: decoded(found[1] ?? found[2] ?? ''), end: pattern.lastIndex, bare: false }
  }
  const value = match(bareValue, text, at) ?? ''
  notice('bare-value')
  return { value, end: at + value.length, bare: true }
}

/** The index of the quote that ends a value, or of what follows a value without one. */
function endOfQuoted(text: string, from: number, notice: (deviation: Deviation) => void): number {
  let first = -1
  quote.lastIndex = from
  for (let found = quote.exec(text); found; found = quote.exec(text)) {
    if (found[0] !== '"') continue
    closing.lastIndex = found.index + 1
    if (closing.test(text)) {
      if (first >= 0) notice('quote-inside')
      return found.index
    }
    // It begins the next value: the end of this one is before the name, if there was no quote.
    const next = opening.exec(text.slice(Math.max(from, found.index - 80), found.index))
    if (next) {
      if (first >= 0) return first
      notice('quote-open')
      return found.index - next[0].length
    }
    if (first < 0) first = found.index
  }
  if (first < 0) notice('quote-open')
  return first < 0 ? text.length : first
}

/** UTF-8 that was read byte by byte, as HTTP has no other characters; else as it is. */
function decoded(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (one) => one.charCodeAt(0)))
  } catch {
    // Bytes of another encoding.
    return text
  }
}

/** `error_description=The token expired`: three words of one value. */
function appendWord({ parameters }: Open, text: string): void {
  const last = parameters.at(-1)
  if (last) last[1] += text
}
