import { codeOf, escaped, lines, type Syntax } from './code.ts'
import type { Text } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '//',
  quoted: goQuoted,
  plus: ' + ',
  variable: (name) => `os.Getenv("${name}")`,
  formEncoded: (name) => `url.QueryEscape(os.Getenv("${name}"))`,
}

/** Go with its standard library. The transport, unlike a client, follows no redirect. */
export const go = { label: 'Go', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, reads, encodes, comments, text, body } = codeOf(recorded, secrets, syntax, () => [
    'go run request.go',
  ])
  const { method, origin, target, fields } = parts
  const content = body('\t\t')
  const imports = [
    'fmt',
    'net/http',
    'net/http/httputil',
    ...(encodes ? ['net/url'] : []),
    ...(reads ? ['os'] : []),
    ...(content === null ? [] : ['strings']),
  ]
  const odd = oddPath(target)
  const names = new Map<string, string[]>()
  for (const [name, value] of fields) names.set(keyOf(name), [...(names.get(keyOf(name)) ?? []), text(value)])
  return lines(
    `${comments}package main\n`,
    `import (\n${imports.map((name) => `\t"${name}"\n`).join('')})\n`,
    'func main() {',
    content && `\tbody := ${content}`,
    `\trequest, err := http.NewRequest(${goQuoted(method)}, ${text(odd ? [origin] : [origin, ...target])}, ${content ? 'strings.NewReader(body)' : 'nil'})`,
    failed,
    odd && `\trequest.URL.Opaque = ${goQuoted(odd.path)}`,
    odd?.query ? `\trequest.URL.RawQuery = ${text(odd.query)}` : null,
    '\trequest.Header = http.Header{',
    ...Array.from(names, ([name, values]) => `\t\t${goQuoted(name)}: {${values.join(', ')}},`),
    '\t}',
    '\tresponse, err := http.DefaultTransport.RoundTrip(request)',
    failed,
    '\tdefer response.Body.Close()',
    '\tdump, err := httputil.DumpResponse(response, true)',
    failed,
    '\tfmt.Println(string(dump))',
    '}',
  )
}

const failed = '\tif err != nil {\n\t\tpanic(err)\n\t}'

/** Names go out as they are spelled here; of `User-Agent` Go would send its own in addition to another spelling. */
const keyOf = (name: string): string => (name.toLowerCase() === 'user-agent' ? 'User-Agent' : name)

/** Path and query apart, if Go would refuse the path or encode it anew; `null` if it keeps it as it is. */
function oddPath([first = '', ...rest]: Text): { path: string; query: Text | null } | null {
  if (typeof first !== 'string' || !/^[^?]*(?:[|^]|%(?![\dA-Fa-f]{2}))/.test(first)) return null
  const [path = '', ...query] = first.split('?')
  return { path, query: query.length > 0 ? [query.join('?'), ...rest] : null }
}

/** @see https://go.dev/ref/spec#String_literals */
export function goQuoted(text: string): string {
  return `"${escaped(text, '"')}"`
}
