import { decodeBase64 } from '../encoding/base64.ts'
import { eachInvisible, invisibleIn } from '../text/invisible.ts'

/** Longer texts differ in more than a word could say. */
const longest = 100_000

/** What two texts may differ in alone: without it, they are equal. The commonest first. */
const only: readonly (readonly [words: string, without: (text: string) => string])[] = [
  ['white space at an end', (text) => text.trim()],
  ['upper and lower case', (text) => text.toLowerCase()],
  ['a slash at the end', (text) => text.replace(/\/$/, '')],
  ['ends of lines', (text) => text.replaceAll('\r\n', '\n')],
  ['characters that nobody sees', (text) => text.replace(eachInvisible, '')],
  ['how letters are composed (Unicode)', (text) => text.normalize('NFC')],
  ['the order of the words', (text) => text.split(' ').sort().join(' ')],
  ['white space and case', (text) => text.replace(/\s+/g, '').toLowerCase()],
]

/** What two texts that differ have as their only difference, as in "only upper and lower case"; empty if there is more. */
function onlyDifference(first: string, second: string): string {
  if (first.length > longest || second.length > longest) return ''
  const found = only.find(([, without]) => without(first) === without(second))
  return found ? `only ${found[0]}` : ''
}

/** The same, with the characters named that nobody sees. */
export function differenceInWords(first: string, second: string): string {
  const words = onlyDifference(first, second)
  if (words !== 'only characters that nobody sees') return words
  return `${words}: ${[...new Set([...invisibleIn(first), ...invisibleIn(second)])].slice(0, 8).join(', ')}`
}

/** How two secrets differ, without a character of either: by their lengths, and what is their only difference. */
export function secretDifference(first: string, second: string): string {
  const [one, other] = [readBasic(first), readBasic(second)]
  if (one && other) {
    const secret =
      one.secret === other.secret
        ? 'the secret is the same'
        : `the secret differs, ${lengths(one.secret, other.secret)}`
    return one.id === other.id ? secret : `another client ID, ${secret}`
  }
  return lengths(first, second)
}

const lengths = (first: string, second: string): string =>
  [onlyDifference(first, second), inCharacters(first.length, second.length)].filter(Boolean).join(', ')

const inCharacters = (first: number, second: number): string =>
  first === second ? `both have ${characters(first)}` : `${first} and ${characters(second)}`

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`)

/** Client ID and secret of a Basic header, as they are encoded in it; `null` for anything else. @see RFC 7617 section 2 */
function readBasic(text: string): { readonly id: string; readonly secret: string } | null {
  const base64 = /^basic ((?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)$/i.exec(text)?.[1]
  if (base64 === undefined) return null
  const joined = new TextDecoder().decode(decodeBase64(base64))
  const colon = joined.indexOf(':')
  return colon < 0 ? null : { id: joined.slice(0, colon), secret: joined.slice(colon + 1) }
}
