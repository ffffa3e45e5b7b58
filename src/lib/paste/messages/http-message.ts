import { headerValue, type HeaderList } from '../../http/message.ts'
import type { Kind } from '../kind.ts'
import { type PastedRequest, proposed, type Refused, requestOf } from '../pasted-request.ts'
import { fieldsOf, linesOf, requestLine } from './message-lines.ts'

const what = 'an HTTP request'

/** A response, which may be before or after it. @see RFC 9112 section 4 */
const statusLine = /^HTTP\/\d(?:\.\d)? \d{3}(?: |$)/

/** How `curl -v` writes what it sends. */
const sentLine = /^> [A-Z]+ \S+ HTTP\/\d/

/** The fields in which HTTP/2 and HTTP/3 have a request line. @see RFC 9113 section 8.3.1 */
const pseudo = /^:(?:method|authority|scheme|path):/

/**
 * A message as it is on the wire, as a proxy, `curl -v` or developer tools show it: one after another, with responses
 * between.
 * @see RFC 9112 section 2.1
 */
export const httpMessage: Kind = {
  kind: 'http-message',
  read({ text }) {
    const lines = linesOf(text)
    const [first = ''] = lines
    const isTranscript = /^(?:\* |> |< |\{ |\} )/.test(first) && lines.some((line) => sentLine.test(line))
    if (isTranscript) return proposed(what, ofTranscript(lines))
    if (pseudo.test(first)) return proposed(what, [ofPseudoFields(lines)])
    const isMessage =
      requestLine.test(first) || (statusLine.test(first) && lines.some((line) => requestLine.test(line)))
    if (!isMessage || isOfFile(text)) return null
    const hasResponse = lines.some((line) => statusLine.test(line))
    return proposed(what, messagesIn(lines).map(ofMessage), hasResponse ? ['The response is not used.'] : [])
  },
}

/** What only a file for an editor has: a separator or a variable. */
const isOfFile = (text: string): boolean => /^###|\{\{|^@[\w-]+[ \t]*=/m.test(text)

/** The lines of each request. */
function messagesIn(lines: readonly string[]): readonly (readonly string[])[] {
  const messages: string[][] = []
  let current: string[] | null = null
  for (const line of lines) {
    if (requestLine.test(line)) {
      current = []
      messages.push(current)
    } else if (statusLine.test(line)) current = null
    current?.push(line)
  }
  return messages
}

function ofMessage([first = '', ...rest]: readonly string[]): PastedRequest | Refused {
  const [, method = '', target = ''] = requestLine.exec(first) ?? []
  const blank = rest.indexOf('')
  const { headers, others } = fieldsOf(blank < 0 ? rest : rest.slice(0, blank))
  const text = blank < 0 ? '' : rest.slice(blank + 1).join('\n')
  return requestOf({
    method,
    url: urlOf(target, headerValue(headers, 'host')),
    headers,
    body: bodyOf(text, headers),
    ignored: others > 0 ? ['A line of its head is no header field, and is not used.'] : [],
  })
}

/** The target with the host before it, unless it has its own. @see RFC 9112 section 3.2 */
function urlOf(target: string, host: string | null): string {
  if (!target.startsWith('/')) return target
  return host === null ? '' : host + target
}

/** As long as the message says that it is: what a paste has behind is no part of it. @see RFC 9112 section 6.2 */
function bodyOf(text: string, headers: HeaderList): string | null {
  const whole = text.replace(/\n$/, '')
  const length = headerValue(headers, 'content-length') ?? ''
  if (!/^\d{1,9}$/.test(length)) return whole === '' ? null : whole
  const bytes = new TextEncoder().encode(text)
  const body =
    bytes.length > Number(length) ? new TextDecoder().decode(bytes.slice(0, Number(length))) : whole
  return body === '' ? null : body
}

/** `> ` is before what was sent; the body is not in it. @see https://curl.se/docs/manpage.html#-v */
function ofTranscript(lines: readonly string[]): readonly (PastedRequest | Refused)[] {
  const sent = lines.filter((line) => /^>(?: |$)/.test(line)).map((line) => line.slice(2))
  return messagesIn(sent)
    .map(ofMessage)
    .map((one) =>
      'refusal' in one
        ? one
        : { ...one, ignored: [...one.ignored, 'curl -v does not show the body of the request.'] },
    )
}

function ofPseudoFields(lines: readonly string[]): PastedRequest | Refused {
  const blank = lines.indexOf('')
  const { headers } = fieldsOf(blank < 0 ? lines : lines.slice(0, blank))
  const value = (name: string): string => headers.find(([one]) => one === name)?.[1] ?? ''
  const scheme = value(':scheme')
  return requestOf({
    method: value(':method'),
    url: `${scheme === '' ? '' : `${scheme}://`}${value(':authority')}${value(':path')}`,
    headers: headers.filter(([name]) => !name.startsWith(':')),
    body: blank < 0 ? null : bodyOf(lines.slice(blank + 1).join('\n'), headers),
  })
}
