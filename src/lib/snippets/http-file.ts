import { notesOf } from './notes.ts'
import { joined, partsOf, type Text, variableNamesOf, variablesOf } from './parts.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

/**
 * A file that editors send. REST Client of VS Code reads a variable from the environment, JetBrains from
 * `http-client.private.env.json` first. Neither form-encodes one that both could read.
 * @see https://github.com/Huachao/vscode-restclient, https://www.jetbrains.com/help/idea/exploring-http-syntax.html
 */
export const httpFile = { label: 'HTTP file', render } as const satisfies Renderer

function render({ request }: Recorded, secrets: Secrets): string {
  const parts = partsOf(request, secrets)
  const { method, origin, target, fields, body } = parts
  const names = variableNamesOf(parts)
  const encoded = variablesOf(parts).filter((one) => one.formEncoded)
  const content = body && written(joined(body))
  const notes = [
    ...notesOf(request, parts),
    ...(names.length > 0 ? ['JetBrains: set them in http-client.private.env.json'] : []),
    ...encoded.map(({ variable }) => `${variable} holds the value form-encoded, as it is sent`),
    ...(content !== null && isRead(request.body ?? '') ? [changed] : []),
  ]
  return [
    ...notes.map((note) => `# ${note}`),
    ...names.map((name) => `@${name} = {{$processEnv ${name}}}`),
    ...(names.length > 0 ? [''] : []),
    '# @no-redirect',
    '# @no-cookie-jar',
    '# @no-auto-encoding',
    `${method} ${written([origin, ...target])} HTTP/1.1`,
    ...fields.map(([name, value]) => `${name}: ${written(value)}`.trimEnd()),
    ...(content === null ? [] : ['', content]),
    '',
  ].join('\n')
}

const changed =
  'The editor may change this body: it ends lines as its system does, and reads {{ and lines that begin with # // < or >'

const isRead = (body: string): boolean => /\r|\n|\{\{|^\s*(?:#|\/\/|[<>])/.test(body)

const written = (text: Text): string =>
  text.map((piece) => (typeof piece === 'string' ? piece : `{{${piece.variable}}}`)).join('')
