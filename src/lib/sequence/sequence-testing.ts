import type { Sequence } from './sequence.ts'

/** Texts that would be markup, statements or controls if they were not written as text. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"\'><a href="javascript:alert(1)">&amp;&lt;',
  ']]><!-- -->',
  '; end',
  'END',
  'a#59;b#lt;',
  'x: y',
  '%%{init: {"theme": "dark"}}%%',
  'line\r\n  L0->>L1: forged',
  '->>L1: forged',
  'wrap: style a:#b;',
  '<br/>\u0000\u0007\u202Ereversed\uD800\uFFFE',
  'ﬂ°°60¶ß',
]

/** A sequence in which every text is the one given. */
export function sequenceFull(text: string): Sequence {
  const lane = { title: text, detail: text, name: text }
  const response = { text, tone: 'ok', came: true, when: text } as const
  const call = {
    kind: 'call',
    to: 1,
    request: text,
    detail: text,
    when: text,
    exchange: 1,
    after: null,
    stopped: { at: text, by: 'proven' },
  } as const
  return {
    lanes: [lane, lane],
    messages: [
      { kind: 'note', text },
      { kind: 'preflight', to: 1, request: text, detail: text, response: null },
      { ...call, response },
      { ...call, response: { ...response, came: false } },
    ],
  }
}
