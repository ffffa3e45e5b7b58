import { codeOf, escaped, lines, type Syntax } from './code.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '//',
  quoted: jsQuoted,
  plus: ' + ',
  variable: (name) => `process.env.${name}`,
  formEncoded: (name) => `form(process.env.${name})`,
}

/** The `fetch` of Node 18 and later; with the secrets shown, of a page or of another runtime too. */
export const javascript = { label: 'JavaScript fetch', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, encodes, comments, text, body } = codeOf(recorded, secrets, syntax, () => [
    'node request.mjs',
  ])
  const { method, origin, target, fields } = parts
  const content = body('    ')
  return lines(
    `${comments}${encodes ? `const form = (text) => new URLSearchParams([['', text]]).toString().slice(1)\n` : ''}`,
    `const response = await fetch(${text([origin, ...target])}, {`,
    `  method: ${jsQuoted(method)},`,
    '  headers: [',
    ...fields.map(([name, value]) => `    [${jsQuoted(name)}, ${text(value)}],`),
    '  ],',
    content && `  body:\n    ${content},`,
    "  redirect: 'manual',",
    '})',
    'console.log(response.status, response.statusText, [...response.headers])',
    'console.log(await response.text())',
  )
}

/** @see https://tc39.es/ecma262/#sec-literals-string-literals */
export function jsQuoted(text: string): string {
  return `'${escaped(text, "'")}'`
}
