import { isObject, parsePlain } from '../json/own-members.ts'
import { quoted } from '../text/quoted.ts'
import { type FromFile, readEntry } from './read-entry.ts'
import { pageName } from './recorded.ts'

/** The longest file that is read, in characters, and how many exchanges of it. */
export const harBounds = { text: 8_000_000, entries: 1000 }

/** The exchanges of a file, the oldest first, or why none is read. */
export type ReadHar =
  | {
      readonly ok: true
      /** Numbered from 1, each marked as from a file. */
      readonly entries: readonly FromFile[]
      /** What recorded them, in words. */
      readonly by: string
      /** What of the file is not read, and why, in sentences. */
      readonly ignored: readonly string[]
    }
  | { readonly ok: false; readonly why: string }

/**
 * Reads HAR of this page, of the developer tools of browsers, and of proxies. Nothing of it is executed or asked for; what is no
 * exchange over HTTP is left out and counted. Never throws.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHar(text: string): ReadHar {
  if (text.length > harBounds.text)
    return { ok: false, why: `The file is too long: at most ${harBounds.text / 1_000_000} MB are read.` }
  const parsed = parsePlain(text.replace(/^\uFEFF/, ''))
  return parsed.ok
    ? readHarDocument(parsed.value)
    : { ok: false, why: `This is no HAR file. ${parsed.message}` }
}

/** Whether a value has the outline of HAR. */
export function isHar(document: unknown): boolean {
  const log = logOf(document)
  return log !== null && Array.isArray(own(log, 'entries'))
}

/** The same of what the text was parsed to. */
export function readHarDocument(document: unknown): ReadHar {
  const log = logOf(document)
  const listed = log && own(log, 'entries')
  if (log === null || !Array.isArray(listed))
    return { ok: false, why: 'This is no HAR file: it has no member log with entries.' }
  const version = own(log, 'version')
  if (typeof version === 'string' && !/^1\.|^$/.test(version))
    return { ok: false, why: `The page reads HAR 1.2. This file says version ${quoted(version)}.` }
  const { name, creator } = creatorOf(log)
  const read = listed.slice(0, harBounds.entries).map((entry: unknown) => readEntry(entry, name === pageName))
  const entries = read
    .flatMap((one) => ('exchange' in one ? [one] : []))
    .sort((one, other) => one.exchange.startedAt - other.exchange.startedAt)
    .map((one, index) => ({ ...one, exchange: { ...one.exchange, id: index + 1 } }))
  const ignored = [
    ...counted(read.flatMap((one) => ('why' in one ? [one.why] : []))),
    ...counted(read.flatMap((one) => ('note' in one && one.note !== null ? [one.note] : []))),
    ...(listed.length > harBounds.entries
      ? [`The file has ${listed.length} exchanges. The first ${harBounds.entries} are read.`]
      : []),
  ]
  if (entries.length === 0)
    return { ok: false, why: ['The file has no exchange that the page can show.', ...ignored].join(' ') }
  return { ok: true, entries: entries.map(withoutNote), by: creator, ignored }
}

const withoutNote = ({ exchange, about, written }: FromFile): FromFile => ({ exchange, about, written })

/** Each sentence once, with how many entries it is about. */
function counted(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)].map((sentence) => {
    const count = sentences.filter((one) => one === sentence).length
    return `${count} ${count === 1 ? 'entry' : 'entries'}: ${sentence}`
  })
}

/** What wrote the file: its name for comparing, and name and version in words. */
function creatorOf(log: Readonly<Record<string, unknown>>): {
  readonly name: string
  readonly creator: string
} {
  const creator = own(log, 'creator')
  const [name, version] = ['name', 'version'].map((member) => {
    const value = isObject(creator) ? own(creator, member) : undefined
    return typeof value === 'string' ? value : ''
  })
  return {
    name: name ?? '',
    creator: quoted(`${name ?? ''} ${version ?? ''}`.trim() || 'an unnamed program'),
  }
}

const logOf = (document: unknown): Readonly<Record<string, unknown>> | null => {
  const log = isObject(document) ? own(document, 'log') : undefined
  return isObject(log) ? log : null
}

const own = (members: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined
