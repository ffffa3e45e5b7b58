import { decodeBase64url } from '../../encoding/base64url.ts'
import { fromHex } from './inside.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What is known of a number before it is read. */
interface Expected {
  readonly name: string
  readonly isRsa: boolean
  /** Whether it is a number of JSON. */
  readonly isNumber: boolean
  /** Bytes, if they are known. */
  readonly size: number | null
}

interface Writing {
  readonly bytes: Bytes | null
  /** In words, how it is written; empty if in base64url as RFC 7515 has it. */
  readonly hows: readonly string[]
}

/** Of a modulus: of less than 2,048 bits it is in base64url, and of more than 16,384 in none. */
const modulusDigits = /^\d{300,5000}$/
const exponents: ReadonlyMap<string, bigint> = new Map([
  ['3', 3n],
  ['17', 17n],
  ['65537', 65537n],
  ['03', 3n],
  ['10001', 65537n],
  ['010001', 65537n],
  ['00010001', 65537n],
])

/** Reads a number of a key, in base64url or however else it is met. Never throws. @see RFC 7518 section 6.3.1 */
export function otherWriting(written: string, expected: Expected): Writing {
  const number =
    expected.isRsa || expected.isNumber || expected.size !== null ? fromDigits(written, expected) : null
  if (number !== null) return number
  const hows: string[] = []
  let text = written
  for (const [how, seen, replacement] of wrappings) {
    if (!seen.test(text)) continue
    text = text.replace(new RegExp(seen.source, 'gi'), replacement)
    hows.push(how)
  }
  const hex = fromHexadecimal(text, expected.size)
  if (hex !== null) return { bytes: hex, hows: [...hows, 'hexadecimal'] }
  const spaced = withPlus(text, expected)
  const { bytes, problems } = decodeBase64url(spaced ?? text)
  const all = [...hows, ...(spaced === null ? [] : ['spaces in place of +']), ...problems.map(short)]
  const twice = bytes === null ? null : encodedTwice(bytes)
  return twice === null ? { bytes, hows: all } : { bytes: twice, hows: [...all, 'base64 twice'] }
}

/** What is put around or between the characters: how, what shows it, and what is in its place. */
const wrappings: readonly (readonly [how: string, seen: RegExp, replacement: (found: string) => string])[] = [
  ['percent-encoding', /%[\da-f]{2}/i, (found) => String.fromCharCode(Number.parseInt(found.slice(1), 16))],
  ['escapes of a string', /\\{1,4}(?:[rnt]|u00[\da-f]{2})/i, (found) => unescaped(found)],
  ['quotation marks', /["']/, () => ''],
]

function unescaped(found: string): string {
  const [hex] = /[\da-f]{2}$/i.exec(found.includes('u00') ? found : '') ?? []
  return hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16))
}

/** A problem of base64url in a few words. */
function short(problem: string): string {
  if (problem.includes('white space')) return 'white space'
  if (problem.includes('padding')) return 'padding'
  if (problem.includes('plain base64')) return 'the alphabet of plain base64'
  return 'a last character that is not whole'
}

function fromDigits(written: string, { name, isNumber, size }: Expected): Writing | null {
  if (name === 'e' && size === null) {
    const exponent = isNumber ? Number(written) : Number.NaN
    const asNumber = Number.isSafeInteger(exponent) && exponent > 0 ? BigInt(exponent) : undefined
    const bare = written.trim().replace(/^0x/i, '')
    const value = asNumber ?? exponents.get(bare)
    if (value === undefined) return null
    const isHex = !isNumber && (bare !== written.trim() || /^0|^10001$/.test(bare))
    return { bytes: toBytes(value), hows: [isHex ? 'hexadecimal' : 'a decimal number'] }
  }
  if (size !== null && /^\d{60,170}$/.test(written))
    return { bytes: toBytes(BigInt(written)), hows: ['a decimal number'] }
  const isDecimal = isNumber ? /^\d{1,5000}$/.test(written) : modulusDigits.test(written)
  return isDecimal ? { bytes: toBytes(BigInt(written)), hows: ['a decimal number'] } : null
}

/** A number as its bytes, the highest first. */
export function toBytes(value: bigint): Bytes {
  const hex = value.toString(16)
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)
}

/** Only as long as no base64url of digits alone is; of a coordinate, of its size. */
function fromHexadecimal(text: string, size: number | null): Bytes | null {
  if (!/^(?:0x)?(?:[\da-f]{2}[:\s]?){31,4100}$/i.test(text)) return null
  const bytes = fromHex(text.replace(/^0x/i, ''))
  return size === null || bytes.length === size || bytes.length === size + 1 ? bytes : null
}

/** A form decodes + as a space. Spaces that were put in are another thing, and the length is wrong with a + for each. */
function withPlus(text: string, { isRsa, size }: Expected): string | null {
  if (!text.includes(' ') || /[\r\n]/.test(text)) return null
  // A space at an end is a + only if the number is too short without it.
  const meant = [text.trim(), text].find((one) => {
    const length = decodeBase64url(one.replaceAll(' ', '+')).bytes?.length ?? 0
    return isRsa ? length % 32 <= 1 && length >= 128 : length === size
  })
  return meant?.includes(' ') === true ? meant.replaceAll(' ', '+') : null
}

/** The bytes are text in base64 themselves, as no number is by chance. */
function encodedTwice(bytes: Bytes): Bytes | null {
  if (bytes.length < 40) return null
  const text = new TextDecoder('latin1').decode(bytes)
  return /^[\w+/-]+={0,2}$/.test(text) ? decodeBase64url(text.replace(/=+$/, '')).bytes : null
}
