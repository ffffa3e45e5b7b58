import { codeOf, escaped, lines, type Syntax } from './code.ts'
import { fieldLine } from './curl-command.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '//',
  quoted: phpQuoted,
  plus: ' . ',
  variable: (name) => `getenv("${name}")`,
  formEncoded: (name) => `urlencode(getenv("${name}"))`,
}

/** PHP with its curl extension. */
export const php = { label: 'PHP', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, comments, text, body } = codeOf(recorded, secrets, syntax, () => [
    'php request.php, with the extension curl',
  ])
  const { method, origin, target, fields } = parts
  const content = body('        ')
  return lines(
    `<?php\n${comments}$request = curl_init(${text([origin, ...target])});`,
    'curl_setopt_array($request, [',
    `    CURLOPT_CUSTOMREQUEST => ${phpQuoted(method)},`,
    method === 'HEAD' ? '    CURLOPT_NOBODY => true,' : null,
    '    CURLOPT_HTTPHEADER => [',
    ...fields.map(([name, value]) => `        ${text(fieldLine(name, value))},`),
    '    ],',
    content && `    CURLOPT_POSTFIELDS =>\n        ${content},`,
    '    CURLOPT_HEADER => true,',
    ']);',
    'if (curl_exec($request) === false) {',
    '    echo curl_error($request), "\\n";',
    '}',
  )
}

/** @see https://www.php.net/manual/en/language.types.string.php#language.types.string.syntax.double */
export function phpQuoted(text: string): string {
  return `"${escaped(text, '"$', (hex) => `\\u{${hex}}`)}"`
}
