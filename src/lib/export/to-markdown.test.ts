import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Explanation } from '../explanation/explanation.ts'
import { jsonResponse, tokenExchange, versions } from '../har/exchange-testing.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { code, codeBlock, words } from './markdown-text.ts'
import { markdownEntry, markdownHead } from './to-markdown.ts'

const explanation: Explanation = {
  title: 'The server refused: “invalid_client”',
  says: { who: 'server', words: 'Invalid client_id or secret' },
  meaning: 'Client authentication failed.',
  causes: ['The secret is another one.', 'The client is not registered.'],
  certainty: 'likely',
  fixes: ['Enter the secret again.', { text: 'Use the request body', change: {} }],
  spec: [{ label: 'RFC 6749 section 5.2', href: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' }],
}

/** The lines of a document that are outside its blocks of code, by the rules of CommonMark for fences. */
function outside(document: string): string {
  let fence: string | null = null
  const kept: string[] = []
  for (const line of document.split(/\r\n|\n|\r/)) {
    const [, opening] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? []
    if (fence === null && opening !== undefined) fence = opening
    else if (fence !== null && new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line)) fence = null
    else if (fence === null) kept.push(line)
  }
  expect(fence).toBeNull()
  return kept.join('\n')
}

describe('a ticket', () => {
  it('says what was tried, what was sent, what came, why, and by what', () => {
    const recorded = tokenExchange()
    const config = {
      ...recorded.config,
      token_endpoint_auth_method: 'client_secret_basic' as const,
      scope: 'read',
    }
    expect(markdownHead(versions, 2)).toMatchInlineSnapshot(`
      "- Saved: \`2026-01-02T03:04:05.000Z\`
      - Page: Client Credentials Playground 0.1.0, commit \`abc1234\`
      - Browser: \`Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\`
      - Secrets, tokens and keys: masked as \`••••••••\` (2 places)"
    `)
    expect(markdownEntry({ ...recorded, config, explanation }, '401')).toMatchInlineSnapshot(`
      "## Token request: 401

      - Exchange 3, sent \`2026-01-02T03:04:05.000Z\`, 13 ms

      ### What was tried

      - Token endpoint: \`https://id.example/token\`
      - Client ID: \`m2m\`
      - Client authentication: Basic header (\`client_secret_basic\`)
      - Scope: \`read\`

      ### Request

      \`\`\`http
      POST /token HTTP/1.1
      Host: id.example
      Content-Type: application/x-www-form-urlencoded

      grant_type=client_credentials&client_id=m2m&scope=read
      \`\`\`

      ### Response

      \`\`\`http
      HTTP/1.1 401 
      content-type: application/json

      {"error":"invalid_client"}
      \`\`\`

      ### The server refused: “invalid_client”

      The server says: “Invalid client_id or secret”

      Client authentication failed.

      **Likely causes, the likeliest first**

      1. The secret is another one.
      2. The client is not registered.

      **What to try**

      - Enter the secret again.
      - Use the request body

      See [RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)."
    `)
  })

  it('says that nothing came, with the words of the browser', () => {
    const outcome = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    const text = markdownEntry({ ...tokenExchange({ outcome }), explanation: null }, 'No response')
    expect(text).toContain('### Response\n\nNo response.\nThe browser says: `Failed to fetch`')
  })

  it('has no line of a message outside its block, whatever is in it', () => {
    const piece = fc.constantFrom(
      '`',
      '```',
      '````',
      '\n',
      '\r',
      '\r\n',
      '~~~',
      '# x',
      '<b>',
      '[a](b)',
      ' ',
      'HOSTILE',
      '\u202E',
    )
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (body, received) => {
        const request = { ...tokenExchange().exchange.request, body }
        const outcome = jsonResponse(400, received)
        const ticket = markdownEntry({ ...tokenExchange({ request, outcome }), explanation: null }, '400')
        expect(outside(ticket)).not.toMatch(/HOSTILE|<b>|~~~|# x/)
        expect(ticket).not.toContain('\u202E')
      }),
    )
  })

  it('has a bounded part of a long body, and says so', () => {
    const ticket = markdownEntry(
      { ...tokenExchange({ outcome: jsonResponse(200, 'x'.repeat(50_000)) }), explanation: null },
      '200',
    )
    expect(ticket).toContain('The body has 50000 bytes. Its beginning is shown.')
    expect(ticket.length).toBeLessThan(25_000)
  })

  it('has what the user added', () => {
    const config = {
      ...emptyConfig,
      resource: ['https://a.example/`x`'],
      dpop: { ...emptyConfig.dpop, on: true },
      parameters: [
        { name: 'a', value: 'b', on: true },
        { name: 'off', value: 'c', on: false },
      ],
    }
    const ticket = markdownEntry({ ...tokenExchange(), config, explanation: null }, '400')
    expect(ticket).toContain('- Resource: `` https://a.example/`x` ``')
    expect(ticket).toContain('- Parameter `a`: `b`')
    expect(ticket).not.toContain('`off`')
    expect(ticket).toContain('bound to a key (DPoP)')
  })
})

describe('words', () => {
  it.each([
    ['*bold* _it_ client_id', '\\*bold\\* \\_it\\_ client_id'],
    ['<script>&amp;[x](y)`z`', '\\<script\\>\\&amp;\\[x\\](y)\\`z\\`'],
    ['ping @everyone, see #12', 'ping @<!-- -->everyone, see #<!-- -->12'],
    ['https://evil.example www.evil.example', 'https:<!-- -->//evil.example www<!-- -->.evil.example'],
    ['# no heading', '\\# no heading'],
    ['1. no list', '1\\. no list'],
    ['- no list', '\\- no list'],
    ['two\nlines\u202E', 'two lines\\[U+202E\\]'],
    ['$x$ ~~y~~ a|b', '\\$x\\$ \\~\\~y\\~\\~ a\\|b'],
  ])('%j have no meaning but their own', (text, expected) => {
    expect(words(text)).toBe(expected)
  })
})

it('a span of code holds any text on one line', () => {
  expect(code('a`b')).toBe('``a`b``')
  expect(code('`a`')).toBe('`` `a` ``')
  expect(code('a\nb')).toBe('`a b`')
  expect(code('')).toBe('(empty)')
  expect(codeBlock('```\nx', 'http')).toBe('````http\n```\nx\n````')
})
