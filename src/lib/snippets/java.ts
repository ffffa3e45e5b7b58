import { codeOf, escaped, lines, type Syntax } from './code.ts'
import type { Text } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '//',
  quoted: javaQuoted,
  plus: ' + ',
  variable: (name) => `System.getenv("${name}")`,
  formEncoded: (name) => `URLEncoder.encode(System.getenv("${name}"), UTF_8)`,
}

/** Java with its own client. By default that asks for HTTP/2 with fields that no page sends. */
export const java = { label: 'Java', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, encodes, comments, text, body } = codeOf(recorded, secrets, syntax, ({ target }) => [
    'java Request.java, from Java 11 on',
    ...(JSON.stringify(escapedTarget(target)) === JSON.stringify(target)
      ? []
      : ['java.net.URI accepts only some characters; the others are percent-encoded here']),
  ])
  const { method, origin, target, fields } = parts
  const content = body('            ')
  return lines(
    comments + 'import java.net.URI;',
    encodes ? 'import java.net.URLEncoder;' : null,
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpRequest.BodyPublishers;',
    'import java.net.http.HttpResponse.BodyHandlers;',
    encodes ? '\nimport static java.nio.charset.StandardCharsets.UTF_8;' : null,
    '\nclass Request {',
    '    public static void main(String[] arguments) throws Exception {',
    content && `        var body = ${content};`,
    `        var request = HttpRequest.newBuilder(URI.create(${text([origin, ...escapedTarget(target)])}))`,
    `            .method(${javaQuoted(method)}, ${content ? 'BodyPublishers.ofString(body)' : 'BodyPublishers.noBody()'})`,
    ...fields.map(([name, value]) => `            .header(${javaQuoted(name)}, ${text(value)})`),
    '            .build();',
    '        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();',
    '        var response = client.send(request, BodyHandlers.ofString());',
    '        System.out.println(response.statusCode());',
    '        System.out.println(response.headers().map());',
    '        System.out.println(response.body());',
    '    }',
    '}',
  )
}

/** What `java.net.URI` refuses, percent-encoded: brackets in a path, and what RFC 2396 calls unwise anywhere. */
function escapedTarget(target: Text): Text {
  let inQuery = false
  return target.map((piece) => {
    if (typeof piece !== 'string') return piece
    return piece.replace(/\?|[[\]{}|\\^`]|%(?![\dA-Fa-f]{2})/g, (found) => {
      inQuery ||= found === '?'
      const taken = found === '?' || (inQuery && /[[\]]/.test(found))
      return taken ? found : `%${found.charCodeAt(0).toString(16).toUpperCase()}`
    })
  })
}

/** In ASCII, as a compiler before Java 18 reads a file in the encoding of its system. @see https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.10.5 */
export function javaQuoted(text: string): string {
  return `"${escaped(text, '"', (hex) => `\\u${hex}`, /[^ -~]/)}"`
}
