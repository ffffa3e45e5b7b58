import type { CurlOption } from './curl-options.ts'

/** What a command sends as its body, or puts into the query with `-G`. */
export interface CurlData {
  /** `null`: it has no data. */
  readonly text: string | null
  readonly ignored: readonly string[]
}

/** What an option adds, or that it reads a file. */
type Piece = { readonly text: string } | { readonly file: string }

/** What is written to the command, `null` if nothing is known of it. */
type Stdin = string | null

const kinds: Readonly<Record<string, (value: string, stdin: Stdin) => Piece>> = {
  data: (value, stdin) => ofFile(value, stdin, (text) => text.replace(/[\r\n\0]/g, '')),
  'data-ascii': (value, stdin) => ofFile(value, stdin, (text) => text.replace(/[\r\n\0]/g, '')),
  'data-binary': (value, stdin) => ofFile(value, stdin, (text) => text),
  'data-raw': (value) => ({ text: value }),
  'data-urlencode': encoded,
  json: (value, stdin) => ofFile(value, stdin, (text) => text),
}

/**
 * The data of a command: pieces with an ampersand between them, those of `--json` without. A file is not read; what is
 * written to the command is.
 * @see https://curl.se/docs/manpage.html#-d
 */
export function curlData(options: readonly CurlOption[], stdin: Stdin): CurlData {
  const ignored: string[] = []
  let text: string | null = null
  for (const { name, value } of options) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined) continue
    const piece = kind(value, stdin)
    if ('file' in piece) {
      ignored.push(`--${name} reads ${piece.file}, which the page does not have: the body is not whole.`)
      text ??= ''
    } else text = text === null || text === '' ? piece.text : text + (name === 'json' ? '' : '&') + piece.text
  }
  return { text, ignored }
}

function ofFile(value: string, stdin: Stdin, read: (text: string) => string): Piece {
  if (!value.startsWith('@')) return { text: value }
  return value === '@-' && stdin !== null ? { text: read(stdin) } : { file: fileOf(value.slice(1)) }
}

/** Name and content, of which the content is encoded. @see https://curl.se/docs/manpage.html#--data-urlencode */
function encoded(value: string): Piece {
  const [, name = '', sign, content = ''] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? []
  if (sign === '@') return { file: fileOf(content) }
  if (sign === undefined) return { text: formEncoded(value) }
  return { text: name === '' ? formEncoded(content) : `${name}=${formEncoded(content)}` }
}

/** A file by what it is: its name may be one of a user. */
const fileOf = (name: string): string => (name === '-' ? 'what is written to the command' : 'a file')

const formEncoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')

/** The members of a query that options add. @see https://curl.se/docs/manpage.html#--url-query */
export function addedQuery(options: readonly CurlOption[]): CurlData {
  const pieces = options
    .filter(({ name }) => name === 'url-query')
    .map(({ value }) => (value.startsWith('+') ? { text: value.slice(1) } : encoded(value)))
  const texts = pieces.flatMap((piece) => ('text' in piece ? [piece.text] : []))
  return {
    text: texts.length === 0 ? null : texts.join('&'),
    ignored:
      texts.length === pieces.length ? [] : ['--url-query reads a file, which the page does not have.'],
  }
}

/** The fields of a multipart form as a form of pairs, which is what a token endpoint accepts. @see RFC 7578 section 4 */
export function multipart(options: readonly CurlOption[]): CurlData {
  const parts = options.filter(({ name }) => name === 'form' || name === 'form-string')
  if (parts.length === 0) return { text: null, ignored: [] }
  const pairs = parts.flatMap(({ name, value }): [string, string][] => {
    const [, field = '', content = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? []
    const isFile = name === 'form' && /^[@<]/.test(content)
    return isFile ? [] : [[field, name === 'form' ? content.replace(/;type=[^;]*$/, '') : content]]
  })
  return {
    text: new URLSearchParams(pairs).toString(),
    ignored: [
      '--form sends multipart/form-data. The page sends a form of names and values, as a token endpoint expects.',
      ...(pairs.length < parts.length ? ['--form reads a file, which the page does not have.'] : []),
    ],
  }
}
