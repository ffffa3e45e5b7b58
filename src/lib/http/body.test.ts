import { describe, expect, it } from 'vitest'
import { decodeBody, hexDump } from './body.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const response = (body: Uint8Array, type?: string) => ({
  status: 200,
  statusText: 'OK',
  headers: type === undefined ? [] : ([['content-type', type]] as const),
  body,
})
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('decodeBody', () => {
  it('reads UTF-8 if no charset is named', () => {
    expect(decodeBody(response(utf8('{"å":1}'), 'application/json'))).toMatchObject({
      kind: 'text',
      text: '{"å":1}',
    })
  })

  it('reads the charset the server names', () => {
    const body = decodeBody(response(bytes(0x62, 0x6c, 0xe5), 'text/plain; charset="iso-8859-1"'))
    expect(body).toMatchObject({ kind: 'text', text: 'blå', charset: 'windows-1252' })
  })

  it('keeps a byte order mark, and says so', () => {
    expect(decodeBody(response(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d)))).toMatchObject({
      text: '\uFEFF{}',
      notes: ['The body starts with a byte order mark (U+FEFF).'],
    })
  })

  it.each([
    ['bytes that are not UTF-8', response(bytes(0x7b, 0xe5, 0x7d))],
    ['NUL bytes', response(bytes(0x7b, 0, 0x7d))],
    ['a type that is never text', response(utf8('PNG'), 'image/png')],
  ])('calls %s binary instead of replacing them', (_what, answered) => {
    expect(decodeBody(answered).kind).toBe('binary')
  })

  it('reads on as UTF-8 if the charset is unknown, and says so', () => {
    expect(decodeBody(response(utf8('{}'), 'text/plain; charset=klingon'))).toMatchObject({
      text: '{}',
      notes: ['Unknown charset klingon: read as UTF-8.'],
    })
  })

  it('distinguishes an empty body from an empty text', () => {
    expect(decodeBody(response(bytes()))).toEqual({ kind: 'empty' })
  })
})

describe('hexDump', () => {
  it('shows sixteen bytes a line with their ASCII', () => {
    expect(hexDump(utf8('0123456789abcdef\u0000z'))).toBe(
      '00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n' +
        '00000010  00 7a                                            .z',
    )
  })
})
