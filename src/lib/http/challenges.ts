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

interface Open {
  readonly scheme: string
  token68: string | null
  readonly parameters: [name: string, value: string][]
  /** Whether the last value had no quotes, so that words after it may belong to it. */
  bare: boolean
}

const separators = /[\t ,]*/y
const space = /[\t ]*/y
const word = /[\w!#$%&'*+.^`|~-]+/y
const equals = /[\t ]*=[\t ]*/y
const quotedValue = /"((?:[^"\\]|\\[^])*)(?:"|\\?$)/y
const bareValue = /[^\t ,"]*/y
/** Only up to a comma or the end; else it is the name of a parameter. */
const token68 = /[\w\-.~+/]+=*(?=[\t ]*(?:,|$))/y

/**
 * Reads the value of `WWW-Authenticate`, several challenges in one field included. Accepts what servers send beyond the
 * grammar: missing commas, values without quotes, parameters without a scheme, a quote that is not closed; skips what
 * is nothing of the kind. Never throws.
 * @see RFC 9110 section 11.6.1
 */
export function parseChallenges(value: string): readonly Challenge[] {
  const text = value.slice(0, most.characters)
  const found: Open[] = []
  let parameters = 0
  for (let at = 0; at < text.length && found.length <= most.challenges && parameters < most.parameters;) {
    const start = at + (match(separators, text, at)?.length ?? 0)
    const afterComma = text.slice(at, start).includes(',')
    const name = match(word, text, start)
    const last = found.at(-1)
    if (name === null) {
      at = start + 1
      continue
    }
    const end = start + name.length
    const sign = match(equals, text, end)
    if (sign !== null) {
      const read = valueAt(text, end + sign.length)
      const challenge = last ?? opened(found, '')
      challenge.parameters.push([name, read.value])
      challenge.bare = read.bare
      parameters++
      at = read.end
      continue
    }
    if (last?.bare === true && !afterComma) {
      appendWord(last, text.slice(at, end))
      at = end
      continue
    }
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
export function challengesOf(headers: HeaderList): readonly Challenge[] {
  const fields = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
  return parseChallenges(fields.map(([, value]) => value).join(', '))
}

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

function valueAt(text: string, at: number): { value: string; end: number; bare: boolean } {
  quotedValue.lastIndex = at
  const quoted = quotedValue.exec(text)
  if (quoted) {
    const value = (quoted[1] ?? '').replace(/\\([^])/g, '$1')
    return { value, end: quotedValue.lastIndex, bare: false }
  }
  const value = match(bareValue, text, at) ?? ''
  return { value, end: at + value.length, bare: true }
}

/** `error_description=The token expired`: three words of one value. */
function appendWord({ parameters }: Open, text: string): void {
  const last = parameters.at(-1)
  if (last) last[1] += text
}
