import { describe, expect, it } from 'vitest'
import { lz4Block, mozLz4, snappyAt, snappyBlocks } from './decoders.ts'

const text = (from: Uint8Array | null): string | undefined => from?.toString()
const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))))

describe('a block of LZ4', () => {
  it('is literals and repeats of what came before', () => {
    expect(text(lz4Block(bytes(0x42, 'abcd', 4, 0, 0x30, 'end'), 13))).toBe('abcdabcdabend')
  })

  it('may repeat what it is just writing', () => {
    expect(text(lz4Block(bytes(0x1f, 'a', 1, 0, 1, 0x10, 'b'), 22))).toBe(`${'a'.repeat(21)}b`)
  })

  it('has lengths of more than a nibble', () => {
    const long = 'x'.repeat(15 + 255 + 3)
    expect(text(lz4Block(bytes(0xf0, 255, 3, long), long.length))).toBe(long)
  })

  it('is rejected if it repeats what is not there, or ends early', () => {
    expect(() => lz4Block(bytes(0x40, 'abcd', 9, 0), 8)).toThrow(RangeError)
    expect(() => lz4Block(bytes(0x40, 'ab'), 4)).toThrow(RangeError)
    expect(() => lz4Block(bytes(0x20, 'ab'), 4)).toThrow(RangeError)
  })

  it('is what a file of mozLz4 has after its size', () => {
    expect(text(mozLz4(bytes('mozLz40', 0, 13, 0, 0, 0, 0x42, 'abcd', 4, 0, 0x30, 'end')))).toBe(
      'abcdabcdabend',
    )
    expect(mozLz4(bytes('SQLite format 3', 0))).toBeNull()
  })
})

describe('a block of Snappy', () => {
  it('is literals and copies with offsets of one, two and four bytes', () => {
    const block = bytes(
      24,
      3 << 2,
      'abcd',
      1,
      4,
      (3 << 2) | 2,
      4,
      0,
      (3 << 2) | 3,
      4,
      0,
      0,
      0,
      7 << 2,
      'and-rest',
    )
    expect(text(snappyAt(block, 0))).toBe('abcdabcdabcdabcdand-rest')
  })

  it('has literals whose length follows in bytes of its own', () => {
    const long = 'y'.repeat(300)
    expect(text(snappyAt(bytes(0xac, 2, 61 << 2, 43, 1, long), 0))).toBe(long)
  })

  it('is none if it copies what is not there, is cut off, or is too short to hold a secret', () => {
    expect(snappyAt(bytes(24, 3 << 2, 'abcd', 1, 5), 0)).toBeNull()
    expect(snappyAt(bytes(24, 23 << 2, 'abcd'), 0)).toBeNull()
    expect(snappyAt(bytes(4, 3 << 2, 'abcd'), 0)).toBeNull()
  })

  it('is found wherever it begins', () => {
    const block = bytes(20, 3 << 2, 'abcd', (15 << 2) | 2, 4, 0)
    const found = [...snappyBlocks(Buffer.concat([bytes('head', 0, 0), block, bytes('tail')]))].map(String)
    expect(found).toContain('abcd'.repeat(5))
  })
})
