import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Explanation } from '../explanation/explanation.ts'
import { anyRecorded, jsonResponse, tokenExchange, versions } from '../har/exchange-testing.ts'
import { harBounds, readHar } from '../har/read-har.ts'
import type { Recorded } from '../har/recorded.ts'
import type { HttpRequest, Outcome } from '../http/message.ts'
import { mask } from '../http/redact.ts'
import type { Explained } from './explained.ts'
import { exportEntries, type ExportOptions, type FormatId, formats } from './formats.ts'

const ids = Object.keys(formats) as FormatId[]
const options = (format: FormatId, change: Partial<ExportOptions> = {}): ExportOptions => ({
  format,
  withSecrets: false,
  secrets: [],
  versions,
  outcome: () => 'as it came',
  ...change,
})
const explained = (recorded: Recorded, explanation: Explanation | null = null): Explained => ({
  ...recorded,
  explanation,
})

/** Secrets as clients have them: long and odd enough to be no words. */
const secret = fc
  .tuple(fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }), fc.integer({ min: 10, max: 99 }))
  .map(([text, number]) => `s${number}${text.replaceAll(/[•*]/g, '-').trim()}§${number}`)

const percent = (text: string) => encodeURIComponent(text)
const form = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const escaped = (text: string) =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

/** How a secret can be written. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  percent,
  (text) => percent(text).toLowerCase(),
  form,
  json,
  escaped,
  (text) => json(json(text)),
  (text) => json(text).replaceAll('/', '\\/'),
  (text) => json(form(text)),
  (text) => base64(`m2m:${text}`),
  (text) => base64(`m2m:${form(text)}`),
  (text) => base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  (text) => percent(percent(text)),
]

/** Where one can be. What is first gives it away by a name or a header field; the others repeat it. */
const owners: readonly ((text: string) => Partial<Sent>)[] = [
  (text) => ({ headers: [['Authorization', `Basic ${base64(`m2m:${form(text)}`)}`]] }),
  (text) => ({ headers: [['Authorization', `Bearer ${text.replaceAll(/[^\w.~+/-]/g, 'x')}`]] }),
  (text) => ({ headers: [['X-Api-Key', text]] }),
  (text) => ({ headers: [['Cookie', `a=1; sid=${text.replaceAll(/[;\s]/g, '')}`]] }),
  (text) => ({ body: `client_id=m2m&client_secret=${form(text)}` }),
  (text) => ({ query: `?access_token=${form(text)}` }),
  (text) => ({ response: JSON.stringify({ access_token: text }) }),
  (text) => ({ response: JSON.stringify({ keys: { kty: 'oct', k: text } }) }),
  (text) => ({ response: JSON.stringify({ result: [{ client_secrets: ['x', text] }] }) }),
  (text) => ({ location: `https://a.example/cb#id_token=${percent(text)}` }),
]

interface Sent {
  readonly headers: HttpRequest['headers']
  readonly body: string
  readonly query: string
  readonly response: string
  readonly location: string
}

const places: readonly ((written: string) => Partial<Sent>)[] = [
  (written) => ({ headers: [['X-Other', written.replaceAll(/[^\x20-\x7e]/g, '')]] }),
  (written) => ({ body: `x=1&y=${written}` }),
  (written) => ({ query: `?q=${written}` }),
  (written) => ({ response: `{"detail":"it was ${written}, sorry"}` }),
  (written) => ({ response: `<p>${written}</p>` }),
  (written) => ({ location: `https://a.example/${written}/x` }),
]

function exchangeOf(sent: Partial<Sent>, id: number): Recorded {
  const url = new URL(`https://id.example/token${sent.query ?? ''}`).href
  const headers = [['Content-Type', 'application/x-www-form-urlencoded'] as const, ...(sent.headers ?? [])]
  const request = { method: 'POST', url, headers, body: sent.body ?? '' }
  const outcome = jsonResponse(200, sent.response ?? '{}') as Outcome & { kind: 'response' }
  const fields = [
    ...outcome.response.headers,
    ...(sent.location ? [['Location', sent.location] as const] : []),
  ]
  return tokenExchange({
    id,
    request,
    outcome: { ...outcome, response: { ...outcome.response, headers: fields } },
  })
}

/** Every way to read a text, as one: by other code than that which masks. */
function readings(text: string): string {
  const unescaped = (one: string) =>
    one
      .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\(["\\/])/g, '$1')
  const decoded = (one: string) =>
    one.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
  const level = (one: string) => [one, unescaped(one), decoded(one), decoded(one.replaceAll('+', ' '))]
  const twice = level(text).flatMap(level)
  const runs = [...new Set(twice)].flatMap((one) => one.match(/[\w+/-]{8,}/g) ?? [])
  const bytes = runs.map((run) => Buffer.from(run, 'base64').toString())
  return [...twice, ...twice.flatMap(level), ...bytes.flatMap(level)].join('\n')
}

describe.each(ids)('%s', (format) => {
  it('has no secret, token or key that is anywhere in the exchanges, in any encoding', () => {
    const arbitrary = fc.record({
      text: secret,
      owner: fc.constantFrom(...owners),
      repeats: fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...encodings)), {
        maxLength: 4,
      }),
      isFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(arbitrary, ({ text: written, owner, repeats, isFirst }) => {
        const owning = exchangeOf(owner(written), 1)
        const text = valueOf(owner, written)
        const others = repeats.map(([place, encoding], at) => exchangeOf(place(encoding(text)), at + 2))
        const planted = isFirst ? [owning, ...others] : [...others, owning]
        const explanation: Explanation = {
          title: `The server refused: “${text}”`,
          says: { who: 'server', words: form(text) },
          meaning: text,
          causes: [text],
          certainty: 'likely',
          observed: [text],
          fixes: [text, { text, href: 'https://a.example/' }],
          spec: [],
        }
        const { text: left } = exportEntries(
          planted.map((one) => explained(one, explanation)),
          options(format),
        )
        expect(readings(left).includes(text)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('has no secret that only the form has', () => {
    const echo = exchangeOf({ response: '{"detail":"hunter2-§9"}' }, 1)
    const { text, masked } = exportEntries([explained(echo)], options(format, { secrets: ['hunter2-§9'] }))
    expect(text).not.toContain('hunter2')
    expect(masked).toBe(1)
  })

  it('has them if that was asked for', () => {
    const sent = exchangeOf({ body: 'client_secret=hunter2-9', response: '{"access_token":"abc-123"}' }, 1)
    const { text, masked } = exportEntries([explained(sent)], options(format, { withSecrets: true }))
    expect(text).toContain('hunter2-9')
    expect(text).toContain('abc-123')
    expect(masked).toBe('shown')
  })

  it('is made of any exchange, and never throws', () => {
    fc.assert(
      fc.property(fc.array(anyRecorded, { maxLength: 3 }), fc.boolean(), (entries, withSecrets) => {
        const made = exportEntries(
          entries.map((one) => explained(one)),
          options(format, { withSecrets }),
        )
        expect(made.leftOut).toBe(0)
        if (format === 'markdown') expect(made.text).not.toMatch(/\p{Surrogate}/u)
        else expect(JSON.parse(made.text)).toBeTypeOf('object')
      }),
    )
  })

  it('is not longer than what can be imported: the oldest are left out', () => {
    const entries = [1, 2, 3].map((id) =>
      explained(exchangeOf({ response: `{"x":"${'y'.repeat(3000)}"}` }, id)),
    )
    const made = exportEntries(entries, options(format, { limit: 20_000 }))
    expect(made.text.length).toBeLessThan(20_000)
    expect(made.leftOut).toBe(1)
    expect(made.text).not.toContain('Exchange 1')
  })
})

/** What of a secret its owner has: some places hold not every character. */
function valueOf(owner: (text: string) => Partial<Sent>, text: string): string {
  const sent = owner(text)
  const [, value = ''] = sent.headers?.[0] ?? []
  if (value.startsWith('Bearer ')) return value.slice(7)
  return value.startsWith('a=1; sid=') ? value.slice(9) : text
}

describe('HAR', () => {
  it('is read again with the same messages, secrets and all', () => {
    fc.assert(
      fc.property(anyRecorded, (recorded) => {
        const { text } = exportEntries([explained(recorded)], options('har', { withSecrets: true }))
        const read = readHar(text)
        expect(read.ok && read.entries[0]?.exchange.outcome).toEqual(recorded.exchange.outcome)
      }),
    )
  })

  it('is read again with what is masked', () => {
    const { text } = exportEntries(
      [explained(exchangeOf({ body: 'client_secret=hunter2-9' }, 1))],
      options('har'),
    )
    const read = readHar(text)
    expect(read.ok && read.entries[0]?.exchange.request.body).toBe(`client_secret=${mask}`)
    expect(harBounds.text).toBeGreaterThan(text.length)
  })
})

describe('JSON', () => {
  it('says what it is, and has plain members', () => {
    const explanation: Explanation = {
      title: 'The client is not known',
      meaning: 'It is not registered.',
      causes: ['Another client ID.'],
      certainty: 'likely',
      fixes: ['Compare it.'],
      spec: [{ label: 'RFC 6749 section 5.2', href: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' }],
    }
    const { text } = exportEntries([explained(tokenExchange(), explanation)], options('json'))
    expect(JSON.parse(text)).toEqual({
      format: 'client-credentials-playground/exchanges',
      version: 1,
      exported: '2026-01-02T03:04:05.000Z',
      page: { version: '0.1.0', commit: 'abc1234' },
      browser: versions.userAgent,
      secrets: 'masked',
      exchanges: [
        {
          number: 3,
          kind: 'token',
          purpose: 'Token request',
          started: '2026-01-02T03:04:05.000Z',
          duration_ms: 12.5,
          configuration: { token_endpoint: 'https://id.example/token', client_id: 'm2m' },
          request: {
            method: 'POST',
            url: 'https://id.example/token',
            headers: [['Content-Type', 'application/x-www-form-urlencoded']],
            body: 'grant_type=client_credentials&client_id=m2m&scope=read',
          },
          outcome: {
            kind: 'response',
            status: 401,
            status_text: '',
            headers: [['content-type', 'application/json']],
            body: '{"error":"invalid_client"}',
          },
          explanation: {
            title: 'The client is not known',
            meaning: 'It is not registered.',
            certainty: 'likely',
            causes: ['Another client ID.'],
            try: ['Compare it.'],
            sections: [
              { label: 'RFC 6749 section 5.2', href: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' },
            ],
          },
        },
      ],
    })
  })
})
