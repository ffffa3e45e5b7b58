import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { firstDer, oidText, readDer, writeDer } from './der.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('lengths', () => {
  test.each([
    [0, [0x04, 0x00]],
    [127, [0x04, 0x7f]],
    [128, [0x04, 0x81, 0x80]],
    [256, [0x04, 0x82, 0x01, 0x00]],
    [65_536, [0x04, 0x83, 0x01, 0x00, 0x00]],
  ])('of %i bytes', (length, head) => {
    const written = writeDer(0x04, new Uint8Array(length))
    expect([...written.slice(0, head.length)]).toEqual(head)
    expect(firstDer(written)?.content).toHaveLength(length)
  })

  test.each([
    ['the indefinite one', bytes(0x30, 0x80, 0x00, 0x00)],
    ['one in more than four bytes', bytes(0x30, 0x85, 0, 0, 0, 0, 1, 0)],
    ['one beyond the end', bytes(0x30, 0x02, 0x05)],
    ['one that is cut', bytes(0x30, 0x82, 0x01)],
    ['none', bytes(0x30)],
  ])('%s is no DER', (_, data) => {
    expect(firstDer(data)).toBeNull()
    expect(readDer(data)).toBeNull()
  })
})

it('reads back whatever was written, to the last byte', () => {
  const element = fc.tuple(fc.constantFrom(0x02, 0x04, 0x30, 0xa0), fc.uint8Array({ maxLength: 300 }))
  fc.assert(
    fc.property(fc.array(element, { maxLength: 5 }), (elements) => {
      const written = bytes(...elements.flatMap(([tag, content]) => [...writeDer(tag, content)]))
      const read = readDer(written)?.map(({ tag, content }) => [tag, new Uint8Array(content)])
      expect(read).toEqual(elements.map(([tag, content]) => [tag, new Uint8Array(content)]))
    }),
  )
})

test.each([
  ['1.2.840.113549.1.1.1', bytes(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01)],
  ['1.3.132.0.34', bytes(0x2b, 0x81, 0x04, 0x00, 0x22)],
  ['2.16.840.1.101.3.4.3.17', bytes(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11)],
  ['2.999.3', bytes(0x88, 0x37, 0x03)],
])('ITU-T X.690 section 8.19: %s', (text, content) => {
  expect(oidText(content)).toBe(text)
})
