import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../oauth/config/config.ts'
import { toMermaid } from './mermaid.ts'
import { sequenceOf } from './plan.ts'
import { hostileTexts, sequenceFull } from './sequence-testing.ts'

/** Characters that mean nothing to Mermaid, and entity codes. */
const text = String.raw`(?:[\w ,./()-]|#\d+;|<br/>)*`
const statement = new RegExp(
  `^(?:  participant L\\d as ${text}|  Note over L\\d: ${text}|  L\\d--?(?:>>|x)L\\d: ${text})$`,
)

describe('toMermaid', () => {
  it('has one statement a line, and nothing in a text that Mermaid would read, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (hostile) => {
        const [first, ...lines] = toMermaid(sequenceFull(hostile)).replace(/\n$/, '').split('\n')
        expect(first).toBe('sequenceDiagram')
        expect(lines).toHaveLength(10)
        expect(lines.filter((line) => !statement.test(line))).toEqual([])
        expect(lines.filter((line) => /\bend\b/i.test(line))).toEqual([])
      }),
    )
  })

  it.each([
    ['a; b', 'a#59; b'],
    ['#lt;', '#35;lt#59;'],
    ['x: y', 'x#58; y'],
    ['end', '#101;nd'],
    ['The END.', 'The #69;ND.'],
    ['endpoint, send', 'endpoint, send'],
    ['a\nb', 'a b'],
    ['<br/>"\'`', '#60;br/#62;#34;#39;#96;'],
    ['%%{init}%%', '#37;#37;#123;init#125;#37;#37;'],
    ['client’s', 'client#8217;s'],
    ['😀', '#128512;'],
  ])('writes “%s” as %s', (given, written) => {
    expect(toMermaid(sequenceFull(given))).toContain(`Note over L0: ${written}\n`)
  })

  it('is a diagram to paste', () => {
    const config = {
      ...emptyConfig,
      token_endpoint: 'http://localhost:8080/token',
      token_endpoint_auth_method: 'client_secret_basic',
    } as const
    expect(toMermaid(sequenceOf(config, { pageOrigin: 'https://page.example' }))).toBe(
      [
        'sequenceDiagram',
        '  participant L0 as This page<br/>page.example',
        '  participant L1 as Authorization server<br/>localhost#58;8080',
        '  participant L2 as API<br/>not chosen yet',
        '  L0-->>L1: OPTIONS /token<br/>the browser asks whether it may send authorization',
        '  L1-->>L0: 2xx, allowed',
        '  L0->>L1: POST /token<br/>client ID and secret in the Authorization header',
        '  L1->>L0: 200 access token',
        '  L0-->>L2: OPTIONS<br/>the browser asks whether it may send authorization',
        '  L2-->>L0: 2xx, allowed',
        '  L0->>L2: GET<br/>Bearer token',
        '  L2->>L0: 200',
        '',
      ].join('\n'),
    )
  })
})
