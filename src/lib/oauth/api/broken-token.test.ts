import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenToken } from './broken-token.ts'

describe('a broken token', () => {
  it.each([
    ['a JWT: the first character of its signature', 'aa.bb.cc', 'aa.bb.0c'],
    ['one that begins with 0', 'aa.bb.0c', 'aa.bb.1c'],
    ['an encrypted JWT: its tag', 'a.b.c.d.ee', 'a.b.c.d.0e'],
    ['a JWT without a signature: its payload', 'aa.bb.', 'aa.b0.'],
    ['an opaque token: its last character', 'abc', 'ab0'],
    ['padding left alone', 'abc==', 'ab0=='],
    ['a UUID', '5c0c2b8e-6a0e-4e7a-9d0b-0f6a0d5d1c10', '5c0c2b8e-6a0e-4e7a-9d0b-0f6a0d5d1c11'],
  ])('of %s', (_what, whole, broken) => {
    expect(brokenToken(whole)).toBe(broken)
  })

  it('differs in exactly one character, and accepts any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (token) => {
        const broken = brokenToken(token)
        expect(broken).toHaveLength(token.length)
        const changed = Array.from(
          { length: token.length },
          (_, at) => token.charAt(at) !== broken.charAt(at),
        )
        expect(changed.filter(Boolean)).toHaveLength(1)
      }),
    )
  })
})
