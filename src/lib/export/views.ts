import { decodeBase64 } from '../encoding/base64.ts'

/** A text with some of its escapes decoded. It knows for each character which of the original it came from. */
export interface View {
  readonly text: string
  /** Which part of the original a part of this text came from; `to` is past its end. */
  readonly origin: (from: number, to: number) => readonly [start: number, end: number]
}

/** A way to write characters with others. What it decodes to is never longer. */
interface Coding {
  readonly pattern: RegExp
  readonly decode: (found: string) => string
}

const codings: readonly Coding[] = [
  // RFC 8259 section 7
  {
    pattern: /\\(?:u[\da-f]{4}|["\\/bfnrt])/gi,
    decode: (found) => attempt(() => JSON.parse(`"${found}"`) as string, found),
  },
  // RFC 3986 section 2.1, a character of UTF-8 at a time
  {
    pattern:
      /%(?:[0-7][\da-f]|[cd][\da-f]%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-7](?:%[89ab][\da-f]){3})/gi,
    decode: (found) => attempt(() => decodeURIComponent(found), found),
  },
  // https://url.spec.whatwg.org/#urlencoded-parsing
  { pattern: /\+/g, decode: () => ' ' },
  // https://html.spec.whatwg.org/multipage/syntax.html#character-references
  {
    pattern: /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});/gi,
    decode: (found) => characterOf(found.slice(1, -1)),
  },
  // RFC 4648 sections 4 and 5, a run at a time
  {
    pattern: /[\w+/-]{8,}={0,2}/g,
    decode: (found) => attempt(() => new TextDecoder().decode(decodeBase64(padded(found))), found),
  },
]

/** How many codings may be one in the other. More for short texts, as each doubles the work at most. */
const depths = { short: 3, long: 2, longest: 100_000 }

/**
 * The text as it is and with what is written in JSON, percent-encoding, forms, HTML or base64 decoded, one in the other as well: as whoever
 * has the text could read it.
 */
export function viewsOf(text: string): readonly View[] {
  const views: View[] = [{ text, origin: (from, to) => [from, to] }]
  const seen = new Set([text])
  const depth = text.length > depths.longest ? depths.long : depths.short
  let level: readonly View[] = views
  for (let step = 0; step < depth; step += 1) {
    level = level
      .flatMap((view) => codings.map((coding) => decodedIn(view, coding)))
      .filter((view) => !seen.has(view.text) && seen.add(view.text))
    views.push(...level)
  }
  return views
}

function decodedIn(view: View, { pattern, decode }: Coding): View {
  const { text } = view
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  const pieces: string[] = []
  let length = 0
  const keep = (from: number, to: number): void => {
    pieces.push(text.slice(from, to))
    for (let at = from; at < to; at += 1, length += 1) {
      starts[length] = at
      ends[length] = at + 1
    }
  }
  let from = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const decoded = decode(found)
    if (decoded.length > found.length) continue
    keep(from, index)
    from = index + found.length
    pieces.push(decoded)
    starts.fill(index, length, length + decoded.length)
    ends.fill(from, length, length + decoded.length)
    length += decoded.length
  }
  keep(from, text.length)
  return {
    text: pieces.join(''),
    origin: (start, end) => view.origin(starts[start] ?? text.length, ends[end - 1] ?? text.length),
  }
}

/** As a decoder that is strict about it wants it. */
function padded(base64: string): string {
  const plain = base64.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
  // A quarter of a byte more is no base64, and decoders drop it.
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain
  return whole.padEnd(Math.ceil(whole.length / 4) * 4, '=')
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function characterOf(reference: string): string {
  const name = reference.toLowerCase()
  if (Object.hasOwn(named, name)) return named[name] ?? ''
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** `otherwise` for what the platform throws at: it was not written so. */
function attempt(decode: () => string, otherwise: string): string {
  try {
    return decode()
  } catch {
    // SyntaxError, URIError or InvalidCharacterError
    return otherwise
  }
}
