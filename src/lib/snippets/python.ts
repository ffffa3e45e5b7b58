import { codeOf, escaped, lines, type Syntax } from './code.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '#',
  quoted: pythonQuoted,
  plus: ' + ',
  variable: (name) => `os.environ['${name}']`,
  formEncoded: (name) => `quote_plus(os.environ['${name}'])`,
}

/** Python 3 with nothing installed. `urllib.request` would respell fields, join those of one name and follow redirects. */
export const python = { label: 'Python', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, reads, encodes, comments, text, body } = codeOf(recorded, secrets, syntax, () => [
    'python3 request.py',
  ])
  const { method, origin, target, fields } = parts
  const { protocol, host } = new URL(origin)
  const connection = protocol === 'https:' ? 'HTTPSConnection' : 'HTTPConnection'
  const content = body('    ')
  return lines(
    `${comments}${reads ? 'import os\n' : ''}from http.client import ${connection}`,
    encodes ? 'from urllib.parse import quote_plus' : null,
    '',
    content && `body = (\n    ${content}\n).encode()`,
    `connection = ${connection}(${pythonQuoted(host)})`,
    `connection.putrequest(${pythonQuoted(method)}, ${text(target)}, skip_accept_encoding=True)`,
    ...fields.map(([name, value]) => `connection.putheader(${pythonQuoted(name)}, ${text(value)})`),
    content && "connection.putheader('Content-Length', str(len(body)))",
    content ? 'connection.endheaders(body)' : 'connection.endheaders()',
    'response = connection.getresponse()',
    'print(response.status, response.reason)',
    'print(response.headers)',
    "print(response.read().decode(errors='replace'))",
  )
}

/** @see https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals */
export function pythonQuoted(text: string): string {
  return `'${escaped(text, "'")}'`
}
