/** What is between a BEGIN line and its END line. */
export interface PemBlock {
  /** `RSA PRIVATE KEY` */
  readonly label: string
  /** As received, header lines included. */
  readonly body: string
}

/** A line as `-----BEGIN PRIVATE KEY-----`; word processors make other dashes of them. The bounds keep it linear. */
const boundary = /[-–—]{2,8}[ \t]{0,3}(BEGIN|END) ([A-Z0-9 ]{3,40}?)[ \t]{0,3}[-–—]{2,8}/g

/** Escapes of JSON and of env files, also doubled; base64 has no backslash. */
const escapes = /\\{1,8}(?:u([\da-f]{4})|([rnt])|(\/))/gi

/**
 * The blocks of a text, in order, whatever is around them: bag attributes, a chain of certificates, the rest of
 * an env or JSON file. Line breaks may be missing, or written as `\n`. A block without its END line goes on to the
 * next boundary, or to the end of the text.
 * @see RFC 7468 section 2
 */
export function readPem(text: string): readonly PemBlock[] {
  const plain = text.replace(escapes, (_, hex?: string, white?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return white === undefined ? '/' : '\n'
  })
  const found = [...plain.matchAll(boundary)]
  return found.flatMap((match, index) => {
    if (match[1] !== 'BEGIN') return []
    return [
      { label: match[2] ?? '', body: plain.slice(match.index + match[0].length, found[index + 1]?.index) },
    ]
  })
}

/** Whether a text has the beginning of such a block. */
export function looksLikePem(text: string): boolean {
  return text.search(boundary) >= 0
}

/** One block, in lines of 64 characters. @see RFC 7468 section 3 */
export function writePem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
