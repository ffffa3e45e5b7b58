import { quoted } from '../../text/quoted.ts'

/** Something that clings to a token, by a pattern that is anchored at the token, and what it is called. */
type Clinging = readonly [pattern: RegExp, what: string | ((match: RegExpExecArray) => string)]

const quotes = String.raw`"'\`\u2018-\u201F\u00AB\u00BB`

const before: readonly Clinging[] = [
  [/(?<!\w)(bearer|dpop|oauth)(?:[\s:]|%20|\+)+$/i, ([, name = '']) => `the scheme ${spelled(name)}`],
  [/(?<=[:=]\s*\\?["'`]?)(?<!\w)(jwt|token)\s+$/i, ([, name = '']) => `the scheme ${spelled(name)}`],
  [new RegExp(`\\\\*[${quotes}]\\s*$`), 'quotation marks'],
  [/<([\w:.-]{1,60})>\s*$/, ([, name = '']) => `the element “${quoted(name)}”`],
  [/[<({[]\s*$/, 'brackets'],
  [/(?<=^|\n)[>\s]*>\s*$/, 'the marks of its wrapped lines'],
  [/[*_]{1,3}$/, 'the marks of Markdown'],
  [/(?:proxy-)?authorization\s*\\*["']?\s*(?:[:=]|%3A|,)\s*$/i, 'the header name Authorization'],
  [/-H\s*$/, 'the option -H of curl'],
  [
    /(?<![\w.-])(?:(?:export|set|setx|let|const|var)\s+|\$env:|\$)?([\w.-]{1,60})\s*\\*["']?\s*(?:=>|:=|[:=]|%3D)\s*$/i,
    ([, name = '']) => `the name “${quoted(name)}”`,
  ],
]

const after: readonly Clinging[] = [
  [new RegExp(`^\\s*\\\\*[${quotes}]`), 'quotation marks'],
  [/^\s*<\/([\w:.-]{1,60})>/, ([, name = '']) => `the element “${quoted(name)}”`],
  [/^\s*[>)}\]]/, 'brackets'],
  [/^[*_]{1,3}/, 'the marks of Markdown'],
  [/^\s*,/, 'a trailing comma'],
  [/^\s*;/, 'a trailing semicolon'],
  [/^\.+/, 'a full stop'],
  [/^[!?:]+/, 'punctuation'],
]

const schemes: Readonly<Record<string, string>> = {
  bearer: 'Bearer',
  dpop: 'DPoP',
  jwt: 'JWT',
  token: 'Token',
  oauth: 'OAuth',
}
const spelled = (scheme: string): string => schemes[scheme.toLowerCase()] ?? scheme

/** What is farther away is one thing, by how the whole text begins. */
const wholes: readonly (readonly [looks: RegExp, what: string])[] = [
  [
    /^\s*(?:[$>#]\s+)?(?:curl|wget|https?|xh|grpcurl|Invoke-(?:RestMethod|WebRequest)|iwr|irm)(?:\.exe)?\s/i,
    'the command around it',
  ],
  [
    /^\s*(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\S+(?:\s+HTTP\/[\d.]+)?\s|HTTP\/[\d.]+\s+\d{3})/,
    'the HTTP message around it',
  ],
]

/** Layers of wrapping removed: quotes in a header in quotes in a command are three. */
const mostLayers = 12

/** Characters next to a token that are looked at. */
const nearby = 400

/**
 * What is around a part of a text, from the inside out, as noun phrases: “the scheme Bearer”, “quotation marks”.
 * @param start of the part
 * @param end behind it
 */
export function around(text: string, start: number, end: number): readonly string[] {
  const said = new Set<string>()
  const query = /(?:^|[?#&])([\w.-]{1,60})=$/.exec(text.slice(Math.max(0, start - nearby), start))
  if (query && (/^[?#&]|^access_token=/.test(query[0]) || text.charAt(end) === '&')) {
    said.add(`the parameters around ${query[1] ?? ''}`)
    let from = start
    while (from > 0 && !/\s/.test(text.charAt(from - 1))) from--
    farther(text, text.slice(0, from), text.slice(end).replace(/^\S*/, ''), said)
    return [...said]
  }
  const head = peeled(text.slice(0, start), before, said, (rest) => rest.slice(-nearby))
  const tail = peeled(text.slice(end), after, said, (rest) => rest.slice(0, nearby))
  farther(text, head, tail, said)
  return [...said]
}

function peeled(
  text: string,
  clinging: readonly Clinging[],
  said: Set<string>,
  near: (text: string) => string,
): string {
  let rest = text
  for (let layer = 0; layer < mostLayers; layer++) {
    const window = near(rest)
    const found = clinging.flatMap(([pattern, what]) => {
      const match = pattern.exec(window)
      return match ? [{ match, what }] : []
    })[0]
    if (!found) break
    const { match, what } = found
    said.add(typeof what === 'string' ? what : what(match))
    const { length } = match[0]
    rest = clinging === before ? rest.slice(0, rest.length - length) : rest.slice(length)
  }
  return rest
}

function farther(text: string, head: string, tail: string, said: Set<string>): void {
  const isBefore = head.trim() !== ''
  const isAfter = tail.trim() !== ''
  if (!isBefore && !isAfter) {
    if (head !== '' || tail !== '') said.add('white space around the token')
    return
  }
  const whole = wholes.find(([looks]) => looks.test(text.slice(0, nearby)))
  if (whole) said.add(whole[1])
  else {
    if (isBefore) said.add('the text before it')
    if (isAfter) said.add('the text after it')
  }
}
