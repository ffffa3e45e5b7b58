/** What base64url text encodes. `bytes` is `null` only when no reading of the text is left. */
export interface Base64urlDecoded {
  readonly bytes: Uint8Array<ArrayBuffer> | null
  /** One plain sentence for each way the text differs from what RFC 7515 asks for. */
  readonly problems: readonly string[]
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Character code -> six bits. */
const sextets = new Uint8Array(128)
for (let i = 0; i < alphabet.length; i++) sextets[alphabet.charCodeAt(i)] = i

/** Deviations that can be mended: what shows them, how, and what is said. Only checked if the text is not clean. */
const mends: readonly (readonly [seen: RegExp, replace: (text: string) => string, problem: string])[] = [
  [/\s/, (text) => text.replace(/\s+/g, ''), 'It contains white space, which base64url does not allow.'],
  [/=/, withoutPadding, 'It ends with "=" padding, which RFC 7515 leaves out.'],
  [
    /[+/]/,
    (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
    'It uses "+" or "/" of plain base64; base64url has "-" and "_" instead.',
  ],
]

function withoutPadding(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === '=') end--
  return text.slice(0, end)
}

/**
 * Decodes base64url as RFC 7515 uses it ("with all trailing '=' characters omitted ... and without the inclusion of
 * any line breaks, whitespace, or other additional characters"), says what is wrong, and gives the bytes all the
 * same whenever they can still be had. Never throws.
 *
 * @see RFC 4648 section 5
 */
export function decodeBase64url(text: string): Base64urlDecoded {
  const problems: string[] = []
  let clean = text
  if (!/^[\w-]*$/.test(text)) {
    for (const [seen, replace, problem] of mends) {
      const mended = seen.test(clean) ? replace(clean) : clean
      if (mended !== clean) problems.push(problem)
      clean = mended
    }
    const illegal = /[^\w-]/u.exec(clean)
    if (illegal !== null) {
      problems.push(
        `It contains ${describe(illegal[0], text.indexOf(illegal[0]))}, which base64url does not have.`,
      )
      return { bytes: null, problems }
    }
  }
  if (clean.length % 4 === 1) {
    problems.push(
      `A length of ${clean.length} cannot be base64url: the last one carries no whole byte. Was it cut?`,
    )
  }
  const { bytes, rest } = decodeClean(clean)
  if (rest !== 0 && clean.length % 4 !== 1) {
    problems.push('The last character has bits set that belong to no byte; a strict reader refuses it.')
  }
  return { bytes, problems }
}

function describe(character: string, index: number): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `${JSON.stringify(character)} (U+${code}) at position ${index + 1}`
}

/** `rest` is the bits left over after the last whole byte. */
function decodeClean(text: string): { bytes: Uint8Array<ArrayBuffer>; rest: number } {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < text.length; i++) {
    held = (held << 6) | (sextets[text.charCodeAt(i)] ?? 0)
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >> bits
    held &= (1 << bits) - 1
  }
  return { bytes, rest: held }
}
