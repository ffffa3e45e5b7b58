import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decodeBase64url } from './base64url.ts'
import { decodeUtf8 } from './utf8.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('RFC 7515 appendix C: "base64url Encoding without Padding"', () => {
  it('the octets "3 236 255 224 193" are "A-z_4ME"', () => {
    expect(decodeBase64url('A-z_4ME')).toEqual({ bytes: bytes(3, 236, 255, 224, 193), problems: [] })
  })

  it('any bytes come back, without a problem, as Node encodes them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
        const text = Buffer.from(data).toString('base64url')
        expect(decodeBase64url(text)).toEqual({ bytes: new Uint8Array(data), problems: [] })
      }),
    )
  })

  it('any text gives a result: bytes, or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const decoded = decodeBase64url(text)
        expect(decoded.bytes !== null || decoded.problems.length > 0).toBe(true)
      }),
    )
  })
})

describe('deviations are named, and mended if they can be', () => {
  test.each([
    ['Zm8=', 'fo', ['It ends with "=" padding, which RFC 7515 leaves out.']],
    ['Zm+/', 'fo\xbf', ['It uses "+" or "/" of plain base64; base64url has "-" and "_" instead.']],
    ['Zm 8\n', 'fo', ['It contains white space, which base64url does not allow.']],
    ['Zm9', 'fo', ['The last character has bits set that belong to no byte; a strict reader refuses it.']],
    ['Zm9vY', 'foo', ['A length of 5 cannot be base64url: the last one carries no whole byte. Was it cut?']],
    ['Z', '', ['A length of 1 cannot be base64url: the last one carries no whole byte. Was it cut?']],
    ['', '', []],
  ])('%j', (text, binary, problems) => {
    const decoded = decodeBase64url(text)
    expect(decoded.problems).toEqual(problems)
    expect(String.fromCharCode(...(decoded.bytes ?? []))).toBe(binary)
  })

  test.each([
    ['Zm9v!mFy', 'It contains "!" (U+0021) at position 5, which base64url does not have.'],
    ['Zm 9v…', 'It contains "…" (U+2026) at position 6, which base64url does not have.'],
    ['a=b', 'It contains "=" (U+003D) at position 2, which base64url does not have.'],
    ['😀', 'It contains "😀" (U+1F600) at position 1, which base64url does not have.'],
  ])('%j has no bytes', (text, problem) => {
    expect(decodeBase64url(text).bytes).toBeNull()
    expect(decodeBase64url(text).problems.at(-1)).toBe(problem)
  })
})

describe('UTF-8', () => {
  test.each([
    [bytes(0x61, 0xff, 0x62), 1],
    [bytes(0xc3), 0],
    [bytes(0x61, 0xef, 0xbf), 1],
    [bytes(0xef, 0xbf, 0xbd, 0xe9), 3],
    [bytes(0x61, 0xed, 0xa0, 0x80), 1],
    [bytes(0xf0, 0x9f, 0x98, 0x80, 0xc0, 0x80), 4],
  ])('%j is not UTF-8 from offset %i', (data, offset) => {
    expect(decodeUtf8(data)).toMatchObject({ ok: false, offset })
  })

  it('keeps a byte order mark', () => {
    expect(decodeUtf8(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ ok: true, text: '\uFEFFa' })
  })

  it('finds the first offset at which no character can begin, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const read = decodeUtf8(data)
        if (read.ok) expect(new TextEncoder().encode(read.text)).toEqual(new Uint8Array(data))
        else expect(decodeUtf8(data.subarray(0, read.offset)).ok).toBe(true)
      }),
    )
  })
})
