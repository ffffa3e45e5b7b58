import { asString, type JsonValue, member } from '../../json/value.ts'
import { decodePart } from '../decode/decoded-part.ts'
import { chunkAt, clean, type Next, nextAt, type Piece } from './chunks.ts'

/** A JWT in a text, from `start` to `end` of it. */
export interface FoundJwt {
  readonly start: number
  readonly end: number
  /** Without what was inside. */
  readonly token: string
  /** Noun phrases: what was inside and is no part of it. */
  readonly inside: readonly string[]
}

/** The base64url of "{" and what may follow it in a header; not within a longer word, unless that ends in an escape. */
const beginning =
  /(?:(?<![A-Za-z\d-])(?<![A-Za-z\d]_)|(?<=%[\dA-Fa-f]{2}|=3D|\\[nrt]))e(?:y[AJ]|w[ok0])[\w+/-]/g

/** Places that are looked at: a bound for a text of nothing but beginnings. */
const mostTried = 40

/**
 * The JWTs in a text, in order, whatever is around them. White space is removed from one only if the parts cannot be read
 * without what follows it, or if the signature then has the length that its algorithm has: no neighbour is glued to it.
 * In linear time. Never throws.
 * @see RFC 7515 section 7.1, RFC 7518 section 3.1
 */
export function findJwts(text: string): readonly FoundJwt[] {
  const found: FoundJwt[] = []
  let tried = 0
  beginning.lastIndex = 0
  for (let match = beginning.exec(text); match && tried < mostTried; match = beginning.exec(text)) {
    tried++
    const jwt = jwtAt(text, match.index)
    if (jwt) found.push(jwt)
    beginning.lastIndex = jwt?.end ?? chunkAt(text, match.index).end
  }
  return found
}

/** The one that begins there, put together again if it was wrapped; if that makes none, what is in one piece. */
function jwtAt(text: string, start: number): FoundJwt | null {
  const first = chunkAt(text, start)
  const wrapped = new Pieces(text, start, first)
  const header = wrapped.collect()
  const whole = header && jwtOf(wrapped, header)
  if (whole || wrapped.breaks.length === 0) return whole
  const alone = new Pieces(text, start, first)
  const ownHeader = alone.header
  return ownHeader && jwtOf(alone, ownHeader)
}

/** A token that is put together. */
class Pieces {
  readonly text: string
  readonly start: number
  readonly pieces: string[]
  readonly breaks: string[] = []
  end: number

  constructor(text: string, start: number, first: Piece) {
    this.text = text
    this.start = start
    this.pieces = [first.text]
    this.end = first.end
  }

  get token(): string {
    return this.pieces.join('')
  }

  get header(): JsonValue | null {
    const { value } = decodePart(this.token.split('.', 1)[0] ?? '')
    return value?.kind === 'object' ? value : null
  }

  add(next: Next): void {
    // A line of quoted-printable ends in "=" (RFC 2045 section 6.7).
    const last = this.pieces.pop() ?? ''
    const isSoft =
      last.endsWith('=') &&
      (!next.text.startsWith('.') || lengthOf(last.slice(last.lastIndexOf('.') + 1)) % 4 === 0)
    this.pieces.push(isSoft ? last.slice(0, -1) : last, next.text)
    this.breaks.push(isSoft ? `=${next.between}` : next.between)
    this.end = next.end
  }

  /** Adds what is missing; returns the header, `null` if there is none. */
  collect(): JsonValue | null {
    this.#untilDots(2)
    const { header } = this
    if (!header) return null
    if (isEncrypted(header)) this.#untilDots(4)
    for (const next of rest(this, header)) this.add(next)
    return header
  }

  #untilDots(wanted: number): void {
    for (let dots = dotsIn(this.token); dots < wanted;) {
      const next = nextAt(this.text, this.end)
      if (!next) return
      this.add(next)
      dots += dotsIn(next.text)
    }
  }
}

function jwtOf({ text, start, end, token: collected, breaks }: Pieces, header: JsonValue): FoundJwt | null {
  const isEmphasised = text.charAt(start - 1) === '_' && collected.endsWith('_')
  const token = withoutStop(isEmphasised ? collected.slice(0, -1) : collected)
  const last = lengthOf(token.slice(token.lastIndexOf('.') + 1))
  // Dots for characters that are missing: it is cut, and shown as that.
  if (collected.endsWith('..') && token !== collected && !lastPartLengths(header).has(last)) return null
  const [compact = ''] = token.split('~', 1)
  const parts = compact.split('.', 6)
  const after = text.slice(end, end + 2)
  // A character in it that no token has: that one is damaged, and is shown whole.
  if (
    !clean.test(token) ||
    /^[!@$^*]\w/.test(after) ||
    (parts.length === 2 && !/^(?:[\s"'`<>,;)\]}&|\\]|$)/.test(after))
  )
    return null
  const isWhole = isEncrypted(header)
    ? parts.length === 5
    : (parts.length === 2 || parts.length === 3) && holdsClaims(parts[1] ?? '', breaks.length > 0)
  if (!isWhole) return null
  return { start, end: end - (collected.length - token.length), token, inside: insideOf(breaks) }
}

const isEncrypted = (header: JsonValue): boolean => member(header, 'enc') !== undefined

const dotsIn = (text: string): number => text.split('.').length - 1

/** Chunks of a signature that are looked at. */
const mostChunks = 30

/**
 * The chunks that complete the last part: those with which it has the length that the algorithm gives it, or that mail
 * or a shell marked as one line; else, if the earlier lines are all of one length, those that fill such lines.
 */
function rest({ text, start, end, token: signed, breaks }: Pieces, header: JsonValue): readonly Next[] {
  const lengths = lastPartLengths(header)
  let length = lengthOf(signed.slice(signed.lastIndexOf('.') + 1))
  if (signed.includes('~') || lengths.has(length)) return []
  const marked: Next[] = []
  const chunks: Next[] = []
  const width = breaks.length === 0 ? null : widthOf(text, start, breaks)
  let lastBreak = text.lastIndexOf('\n', end - 1)
  let isFull = width !== null
  for (let at = end; chunks.length < mostChunks;) {
    const next = nextAt(text, at)
    if (!next || next.text.includes('.')) break
    isFull &&= next.between.includes('\n') && at - lastBreak - 1 === width
    chunks.push(next)
    length += lengthOf(next.text)
    if (lengths.has(length)) return chunks
    const isMarked =
      /[\\^`]|["'].*["']/s.test(next.between) || (text.charAt(at - 1) === '=' && next.between.includes('\n'))
    if ((isMarked || isFull) && marked.length === chunks.length - 1) marked.push(next)
    lastBreak = text.lastIndexOf('\n', next.end - 1)
    at = next.end
  }
  return marked
}

/** The length of the lines that the token was wrapped into; `null` if they differ, or there was but one break. */
function widthOf(text: string, start: number, breaks: readonly string[]): number | null {
  const lines = text
    .slice(text.lastIndexOf('\n', start) + 1)
    .split('\n', breaks.length + 1)
    .slice(0, breaks.length)
    .map(({ length }) => length)
  const [first = 0] = lines
  return lines.every((length) => length === first) ? first : null
}

const lengthOf = (part: string): number => part.replace(/=+$/, '').length

/** Characters of a signature or an authentication tag by algorithm. @see RFC 7518 sections 3.1 and 5.1, RFC 8037 section 3.1 */
const lengthsByAlgorithm: readonly (readonly [algorithm: RegExp, characters: readonly number[]])[] = [
  [/^none$/i, [0]],
  [/^HS256$/, [43]],
  [/^HS384$/, [64]],
  [/^(HS512|ES256K?)$/, [86]],
  [/^ES384$/, [128]],
  [/^ES512$/, [176]],
  [/^(EdDSA|Ed25519|Ed448)$/, [86, 152]],
  // By the key, of 1024 to 8192 bits
  [/^[RP]S(256|384|512)$/, [171, 342, 512, 683, 1366]],
  [/^A128CBC-HS256$|^A\d+GCM$/, [22]],
  [/^A192CBC-HS384$/, [32]],
  [/^A256CBC-HS512$/, [43]],
]

function lastPartLengths(header: JsonValue): ReadonlySet<number> {
  const algorithm = asString(member(header, 'enc')) ?? asString(member(header, 'alg')) ?? ''
  return new Set(lengthsByAlgorithm.find(([named]) => named.test(algorithm))?.[1])
}

/** Without the full stop, or the dots, of the sentence around it. */
function withoutStop(token: string): string {
  const stopped = /^((?:[^.]+\.){2}[^.]+|[^.]+\.[^.]+\.(?=\.))\.+$/.exec(token)?.[1]
  return stopped ?? token
}

/** Claims, or another JWT. A payload beyond that many characters is not read for it. */
const longestRead = 200_000

function holdsClaims(payload: string, isJoined: boolean): boolean {
  if (!/^e[yw]|^ZX[lc]/.test(payload)) return false
  if (payload.length > longestRead) return true
  const { json, value } = decodePart(payload)
  return isJoined ? value?.kind === 'object' || payload.startsWith('ZX') : json !== null
}

function insideOf(breaks: readonly string[]): readonly string[] {
  return [
    ...(breaks.length > 0 ? ['white space inside the token'] : []),
    ...(breaks.some((one) => /\S/.test(one)) ? ['the marks of its wrapped lines'] : []),
  ]
}
