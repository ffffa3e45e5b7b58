import { isObject, parsePlain } from '../json/own-members.ts'
import { quoted } from './quoted.ts'

/** A value, and in words what was around it: "quotation marks", "“scope=”". Nothing around it: it is as it was typed. */
export interface Bare {
  readonly value: string
  readonly around: readonly string[]
}

/** What opens a quotation, and what closes it. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '”': '”',
  '„': '“”',
  '‘': '’',
  '’': '’',
  '‚': '‘’',
  '«': '»',
  '»': '«',
  '‹': '›',
}

const quote = '["\'`“”„‟‘’‚‛«»‹›]'
const opening = new RegExp(`^\\\\?${quote}+\\s*`)
const closing = new RegExp(`\\s*\\\\?${quote}+$`)

/** What a shell or a program has before a value, as a whole word. */
const command =
  /^(?:curl|export|set|setx|env|const|let|var|val|final|string|-d|--data(?:-raw|-binary|-urlencode)?|-F|--form|-H|--header|-e|--env|--set|\$env:)\s+(?=\S)/i

/** A name and what is between it and its value. A colon without a space may be part of a value, as in `read:users`. */
const label =
  /^["'`]?(?:--?|\$)?(?:env:)?([A-Za-z][\w .()/-]{0,60}?)["'`]?\s*(:=|=>|=|:(?=[\s"'])|:|\t|\s(?=\S+$))\s*(?=\S)/i

/** A name without what its spelling adds: `Client secret`, `client_secret` and `clientSecret` are one. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '')

/** The names and values of a JSON object, of a form or of the query of a URL; `null` if the text is none of them. */
export function membersIn(text: string): readonly (readonly [name: string, value: string])[] | null {
  const parsed = /^\s*\{/.test(text) ? parsePlain(text) : null
  if (parsed?.ok && isObject(parsed.value)) return textsOf(parsed.value)
  if (!/^\s*[?&]?[\w.-]+=[^&\s]*(&[\w.-]+=[^&\s]*)*&?\s*$/.test(text) || !/[?&]/.test(text)) return null
  return [...new URLSearchParams(text.trim().replace(/^[?&]+/, ''))]
}

/** The members that are texts or lists of texts, in objects inside too. */
const textsOf = (object: object, levels = 3): readonly (readonly [string, string])[] =>
  Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[name, value] as const]
    if (Array.isArray(value))
      return [[name, value.filter((item) => typeof item === 'string').join(' ')] as const]
    return isObject(value) && levels > 0 ? textsOf(value, levels - 1) : []
  })

/**
 * The value without what clings to it when it is copied: quotation marks, its name, a comma, the command or the form
 * that it was part of. `names` is what the plain name of such a value ends with.
 */
export function bare(text: string, names: RegExp): Bare {
  const around = new Set<string>()
  let rest = text.trim()
  for (let layer = 0; layer < 8; layer += 1) {
    const peeled = peel(rest, names) ?? (layer > 0 ? ofComment(rest) : null)
    if (peeled === null || peeled.value.trim() === '') break
    around.add(peeled.what)
    rest = peeled.value.trim()
  }
  return around.size === 0 ? { value: text, around: [] } : { value: rest, around: [...around] }
}

type Peeled = { readonly value: string; readonly what: string } | null

function peel(text: string, names: RegExp): Peeled {
  return ofMembers(text, names) ?? ofQuotes(text) ?? ofCommand(text) ?? ofLabel(text, names) ?? ofEnd(text)
}

function ofMembers(text: string, names: RegExp): Peeled {
  const [, value] = membersIn(text)?.find(([name]) => names.test(plainName(name))) ?? []
  if (value === undefined) return null
  return { value, what: text.startsWith('{') ? 'a JSON object' : 'other parts of a form' }
}

/** In pairs, escaped ones too; one without the other was left by what cut the text. */
function ofQuotes(text: string): Peeled {
  const value = text.replace(opening, '').replace(closing, '')
  // Quotation marks inside are of a list, and of no value in them.
  const inside = text.startsWith('[') || value.split(/["“”]/).length > 1
  const first = text.replace(/^\\/, '').charAt(0)
  const pair = quotes[first]?.includes(text.at(-1) ?? '') === true && text.length > 1
  if (value === text || (inside && !pair)) return null
  return inside && /^["'`][^"'`]*["'`]\s*:/.test(text) ? null : { value, what: 'quotation marks' }
}

function ofCommand(text: string): Peeled {
  const [found] = command.exec(text) ?? []
  return found === undefined ? null : { value: text.slice(found.length), what: `“${found.trim()}”` }
}

function ofLabel(text: string, names: RegExp): Peeled {
  const [found, name = '', separator = ''] = label.exec(text) ?? []
  if (found === undefined || !names.test(plainName(name))) return null
  // A word and a space, or a colon without one, is a label only if the name is no word of its own.
  const isWord = /^[a-z]+$/i.test(name) && !/[a-z][A-Z]/.test(name)
  const isSpaced = /\s$/.test(found) || /^["']/.test(text.slice(found.length))
  const isWeak = !found.startsWith('-') && (separator === ':' ? !isSpaced : separator === ' ')
  return isWeak && isWord ? null : { value: text.slice(found.length), what: `“${quoted(found.trim())}”` }
}

const ends: readonly (readonly [end: RegExp, what: string])[] = [
  [/\s+[\\^`]$/, 'the sign that continues a command'],
  [/(?<=\w)(?:\\[nrt])+$/, 'a line break that was escaped'],
  [/,+$/, 'a comma'],
  [/;+$/, 'a semicolon'],
  [/^,+\s*(?=\S)/, 'a comma'],
  [/^[-*•]\s+(?=\S)/, 'the sign of a list'],
  [/^\{(?=[\da-f-]{36}\}$)|(?<=^[\da-f-]{36})\}$/i, 'braces'],
]

function ofEnd(text: string): Peeled {
  for (const [end, what] of ends) if (end.test(text)) return { value: text.replace(end, ''), what }
  return null
}

/** After a value that had a name. */
const ofComment = (text: string): Peeled =>
  /\s(?:#|\/\/)\s.*$/.test(text) ? { value: text.replace(/\s+(?:#|\/\/)\s.*$/, ''), what: 'a comment' } : null

/** The words on a button that puts a value in the place of what was typed; it is no secret. */
export const use = (value: string): string =>
  `Use ${quoted(value.length > 80 ? `${value.slice(0, 79)}…` : value)}`
