import { bodyOf } from './pem-body.ts'

/** What is between a BEGIN line and its END line. */
export interface PemBlock {
  /** `RSA PRIVATE KEY` */
  readonly label: string
  /** As received, header lines included. */
  readonly body: string
  /** The base64 of it, without what source code, markup and lists put around each line. */
  readonly base64: string
  /** Whether its BEGIN line is there. */
  readonly begins: boolean
  /** In words, what was taken off or mended to read it: "HTML tags". Empty for a block as RFC 7468 has it. */
  readonly removed: readonly string[]
}

/** Any dash there is, and none. Word processors and chats change them, or leave some out. */
const dash = '[-*\\u2010-\\u2015\\u2212\\uFE58\\uFE63\\uFF0D]'
const gap = '[\\s_+]{0,3}'
const qualified = `(?:(?:RSA|EC|DSA|ENCRYPTED|OPENSSH|X509|TRUSTED|NEW|ANY|PGP)${gap}){0,2}`
const named = `(?:PRIVATE${gap}KEY|PUBLIC${gap}KEY|CERTIFICATE(?:${gap}REQUEST)?)(?:${gap}BLOCK)?`

/**
 * A line as `-----BEGIN PRIVATE KEY-----`: with any label if it has its dashes, and with fewer or none, or in another
 * case, if it is one of the labels that are known. The bounds keep it linear.
 */
const boundary = new RegExp(
  `(?:(?:${dash}[ \\t]?){1,12}[ \\t]{0,2})?\\b(BEGIN|END)${gap}(${qualified}${named})(?:[ \\t]{0,2}(?:[ \\t]?${dash}){1,12})?` +
    `|${dash}{2,8}[ \\t]{0,3}(BEGIN|END) ([A-Z0-9. ]{3,40}?)[ \\t]{0,3}${dash}{2,8}`,
  'gi',
)

/** Escapes of JSON, of source code and of env files, also doubled; base64 has no backslash. */
const escapes = /\\{1,8}(?:u([\da-f]{4})|x([\da-f]{2})|([rnt])|([/-]))/gi
const strictLine = /^-{5}(?:BEGIN|END)(?: [A-Z0-9]+)+-{5}$/

interface Boundary {
  readonly text: string
  readonly begins: boolean
  readonly label: string
  readonly start: number
  readonly end: number
}

/**
 * The blocks of a text, in order, whatever is around them: bag attributes, a chain of certificates, the rest of
 * an env or JSON file. Line breaks may be missing, or written as `\n`. A block without its END line goes on to the
 * next boundary, or to the end of the text; one without its BEGIN line begins at the last boundary, or with the text.
 * @see RFC 7468 section 2
 */
export function readPem(text: string): readonly PemBlock[] {
  const plain = withoutEscapes(text)
  const found = boundariesOf(plain)
  const escaped = plain === text ? [] : ['escapes such as \\n']
  return found.flatMap((at, index) => {
    const before = found[index - 1]
    const after = found[index + 1]
    if (!at.begins && before?.begins === true) return []
    const [start, end] = at.begins ? [at.end, after?.start ?? plain.length] : [before?.end ?? 0, at.start]
    const body = plain.slice(start, end)
    const { base64, removed } = bodyOf(body, at.begins ? linePrefix(plain, at.start) : '')
    const lines = at.begins ? [at, ...(after?.begins === false ? [after] : [])] : [at]
    return [
      {
        label: at.label,
        body,
        base64,
        begins: at.begins,
        removed: [...escaped, ...removed, ...trouble(lines, at.begins)],
      },
    ]
  })
}

/** What is not as it should be in the lines around a block. */
function trouble(lines: readonly Boundary[], begins: boolean): readonly string[] {
  return [
    ...(lines.every(({ text }) => strictLine.test(text))
      ? []
      : ['another spelling of the BEGIN and END lines']),
    ...(begins ? [] : ['a missing BEGIN line']),
    ...(begins && lines.length === 1 ? ['a missing END line'] : []),
  ]
}

function withoutEscapes(text: string): string {
  return text.replace(escapes, (_, hex4?: string, hex2?: string, white?: string, plain?: string) => {
    const hex = hex4 ?? hex2
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return white === undefined ? (plain ?? '') : '\n'
  })
}

function boundariesOf(plain: string): readonly Boundary[] {
  return [...plain.matchAll(boundary)].flatMap((match) => {
    const [text] = match
    const verb = match[1] ?? match[3] ?? ''
    // Words of a sentence are neither in capitals nor between dashes.
    if (text === text.replace(new RegExp(dash), '') && text !== text.toUpperCase()) return []
    const label = (match[2] ?? match[4] ?? '').toUpperCase().replace(/[\s_+]+/g, ' ')
    const spelled = label.replace(/(PRIVATE|PUBLIC)(KEY)/, '$1 $2').replace(/(CERTIFICATE)(REQUEST)/, '$1 $2')
    const begins = verb.toUpperCase() === 'BEGIN'
    return [{ text, begins, label: spelled, start: match.index, end: match.index + text.length }]
  })
}

/** What is on the line of a boundary before it: a comment sign, the number of the line, the name of a container. */
function linePrefix(plain: string, start: number): string {
  const line = plain.slice(Math.max(0, start - 80), start)
  return line.slice(Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1)
}

/** Whether a text has the beginning or the end of such a block. */
export function looksLikePem(text: string): boolean {
  return boundariesOf(withoutEscapes(text)).length > 0
}

/** What is left of a text if its blocks are taken out, on one line: nothing, for a file that holds blocks alone. */
export function aroundPem(text: string): string {
  const plain = withoutEscapes(text)
  let rest = ''
  let at = 0
  let inside = false
  for (const { begins, start, end } of boundariesOf(plain)) {
    if (!inside && (begins || at > 0)) rest += plain.slice(at, start)
    inside = begins
    at = end
  }
  return inside ? rest : rest + plain.slice(at)
}

/** One block, in lines of 64 characters. @see RFC 7468 section 3 */
export function writePem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
