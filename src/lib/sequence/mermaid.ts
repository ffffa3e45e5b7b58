import { quoted } from '../text/quoted.ts'
import {
  detailLine,
  isDashed,
  type Message,
  requestLine,
  responseLine,
  type Sequence,
  stopLine,
} from './sequence.ts'

/**
 * The sequence as a Mermaid diagram. Whatever a text holds, it is a text there: all but harmless characters are written
 * as entity codes.
 * @see https://mermaid.js.org/syntax/sequenceDiagram.html
 */
export function toMermaid({ lanes, messages }: Sequence): string {
  const participants = lanes.map(
    ({ title, detail }, index) => `  participant L${index} as ${lines([title, detail])}`,
  )
  return ['sequenceDiagram', ...participants, ...messages.flatMap(statements), ''].join('\n')
}

function statements(message: Message): string[] {
  if (message.kind === 'note') return [`  Note over L0: ${escaped(message.text)}`]
  const { to, response } = message
  const line = isDashed(message) ? '--' : '-'
  const head = response?.came === false ? 'x' : '>>'
  const stop = stopLine(message)
  const stops = stop === '' ? [] : [`  Note over L${to}: ${escaped(stop)}`]
  const request = `  L0${line}${head}L${to}: ${lines([requestLine(message), detailLine(message)])}`
  if (!response) return [request, ...stops]
  if (!response.came) return [request, ...stops, `  Note over L0: ${escaped(responseLine(response))}`]
  const back = isDashed(message) || response.when !== '' ? '--' : '-'
  return [request, ...stops, `  L${to}${back}>>L0: ${escaped(responseLine(response))}`]
}

const lines = (texts: readonly string[]): string => texts.filter(Boolean).map(escaped).join('<br/>')

/**
 * A text that Mermaid shows as it is. `#` and `;` make an entity code, a colon ends a name, `%%` begins a comment and
 * `end` ends a block.
 */
function escaped(text: string): string {
  const code = (character: string): string => `#${character.codePointAt(0) ?? 0};`
  return quoted(text)
    .replace(/[^\w ,./()-]/gu, code)
    .replace(/(?<!\w)end(?!\w)/gi, (word) => code(word) + word.slice(1))
}
